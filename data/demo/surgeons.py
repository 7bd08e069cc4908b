"""Surgeons of a demo hospital: pace, skills and a calendar of two or three operating days a week."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from data.demo.grid import weekday_minutes
from data.demo.kinds import Branch, Kind
from data.demo.period import HORIZON, WEEKS, stamp
from data.demo.streams import Stream
from planner.cases import ProcedureId, Surgeon
from planner.hospital import Session, SpecialtyId, Theatre
from planner.people import Absence

CONSULTATION = (810, 1080)
"""A consultation on an operating day takes the afternoon."""


class Calendar(NamedTuple):
    """A surgeon with the weekdays on which she operates and the share of weeks that she is there."""

    surgeon: Surgeon
    weekdays: frozenset[int]
    presence: float


def calendars(
    profile: str,
    seed: int,
    branches: Iterable[Branch],
    sessions: Sequence[Session],
    most: int = 3,
) -> tuple[tuple[Calendar, ...], tuple[Absence, ...]]:
    """Give the surgeons of all specialties and the days on which each is away.

    Each operates on two weekdays, or on up to `most`.
    """
    stream = Stream(profile, seed, "surgeon")
    away = Stream(profile, seed, "surgeon absence")
    found: list[Calendar] = []
    absences: list[Absence] = []
    for branch in branches:
        minutes = weekday_minutes(sessions, branch.id)
        paces = _paces(stream, branch.surgeons)
        weekdays = _weekdays(stream, branch.surgeons, minutes, most)
        leaves = _leaves(away, branch.surgeons)
        for index in range(branch.surgeons):
            id = f"SURG-{branch.short}-{index + 1:02d}"
            surgeon = Surgeon(
                id=id,
                specialty=SpecialtyId(branch.id),
                procedures=_skills(branch, index),
                pace=paces[index],
            )
            leave = leaves.get(index)
            found.append(Calendar(surgeon, weekdays[index], 1.0 if leave is None else 0.75))
            absences += _away(away, id, weekdays[index], leave)
    return tuple(found), tuple(absences)


def _paces(stream: Stream, count: int) -> list[int]:
    """Draw paces LN(0, 0.12) within 0.75 to 1.35, 100 on average in a specialty."""
    drawn = [min(1.35, max(0.75, stream.lognormal(0.0, 0.12))) for _ in range(count)]
    mean = sum(drawn) / count
    return [round(100 * pace / mean) for pace in drawn]


def _weekdays(
    stream: Stream, count: int, minutes: Mapping[int, int], most: int
) -> list[frozenset[int]]:
    """Deal out two or three weekdays each, so that every weekday gets hands for its minutes.

    A specialty of few surgeons needs all three, and two of them on each day where possible.
    """
    each = [most if count <= 3 or stream.happens(0.5) else 2 for _ in range(count)]
    found: list[set[int]] = [set() for _ in range(count)]
    hands = dict.fromkeys(minutes, 0)
    for turn in range(most):
        for index in stream.shuffled(range(count)):
            free = [day for day in minutes if day not in found[index]]
            if turn < each[index] and free:
                need = {
                    d: (hands[d] > 0, (hands[d] + 0.5 * stream.share()) / minutes[d]) for d in free
                }
                day = min(free, key=need.__getitem__)
                found[index].add(day)
                hands[day] += 1
    return [frozenset(days) for days in found]


def _skills(branch: Branch, index: int) -> frozenset[ProcedureId]:
    """Give what a surgeon does: empty where that is all; rare operations belong to the first few."""
    if all(not kind.surgeons for kind in branch.kinds):
        return frozenset()
    done = (k for k in branch.kinds if not k.surgeons or index < k.surgeons)
    return frozenset(ProcedureId(kind.id) for kind in done)


def _leaves(stream: Stream, count: int) -> dict[int, int]:
    """Draw who is away for a whole week: one in five, and nobody of the same specialty at once."""
    weeks = stream.shuffled(range(WEEKS))
    gone = [index for index in stream.shuffled(range(count)) if stream.happens(0.2)]
    return dict(zip(gone[: max(1, count // 2)], weeks, strict=False))


def _away(
    stream: Stream, id: str, weekdays: frozenset[int], leave: int | None
) -> Iterable[Absence]:
    """Give the absences of a surgeon: days outside the theatres, consultations, a week of leave."""
    half = stream.one(sorted(weekdays)) if weekdays and stream.happens(0.3) else None
    for day in range(HORIZON.days):
        week, weekday = divmod(day, 7)
        if weekday > 4 or week == leave:
            continue
        if weekday not in weekdays:
            yield _absence(id, day, day, "Hors bloc")
        elif weekday == half and week % 2 == 0:
            start, end = CONSULTATION
            words = f"{id}-{stamp(day)}"
            reason = "Consultation"
            yield Absence(
                id=words, person=id, first=day, last=day, start=start, end=end, reason=reason
            )
    if leave is not None:
        yield _absence(id, 7 * leave, 7 * leave + 6, "Congés")


def _absence(person: str, first: int, last: int, reason: str) -> Absence:
    return Absence(
        id=f"{person}-{stamp(first)}", person=person, first=first, last=last, reason=reason
    )


def able(
    kind: Kind,
    specialty: str,
    calendars: Iterable[Calendar],
    sessions: Iterable[Session],
    theatres: Iterable[Theatre],
) -> dict[str, float]:
    """Give who may operate a kind of case, weighted by minutes in rooms that suit it."""
    suited = {theatre.id for theatre in theatres if theatre.features.issuperset(kind.features)}
    minutes: dict[int, int] = {}
    for session in sessions:
        if SpecialtyId(specialty) in session.owners and session.theatre in suited:
            weekday = HORIZON.weekday(session.day)
            minutes[weekday] = minutes.get(weekday, 0) + session.by_clock
    team = [c for c in calendars if c.surgeon.specialty == specialty]
    team = [c for c in team if not c.surgeon.procedures or kind.id in c.surgeon.procedures]
    hands = {day: sum(day in c.weekdays for c in team) for day in minutes}
    found = {}
    for each in team:
        mine = sum(minutes[day] / hands[day] for day in minutes if day in each.weekdays)
        if mine > 0:
            found[each.surgeon.id] = mine * each.presence
    return found
