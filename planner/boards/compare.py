"""The comparison on the theatre board: where the reference has what the plan has elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from planner.boards.theatre import Day, Row, TheatreBoard, whole_hours
from planner.cases import Case
from planner.clock import Horizon
from planner.hospital import Session, Theatre
from planner.kpis.contract import Outcome
from planner.view import Placed
from planner.words import say


class Ghost(NamedTuple):
    """The part of a case on one day of the reference: from and until when by the clock on the wall.

    `now` is where the plan has it, None where it waits; `minutes` pass on that day, `whole` in all.
    `day` is the day, `session` where the reference has it.
    """

    case: Case
    start: int
    end: int
    now: Placed | None
    minutes: int
    whole: int
    day: int
    session: Session


Haunted: TypeAlias = Mapping[tuple[int, str], tuple[Ghost, ...]]
"""Ghosts by day and theatre."""


def ghosts(outcome: Outcome) -> Haunted:
    """Give the ghosts of the reference by day and theatre, in order of start.

    What runs past midnight has a part on every day that it touches, as bars have. A case with the
    same session, in the same place, and start leaves no ghost; nor does one without a start.
    """
    found: dict[tuple[int, str], list[Ghost]] = defaultdict(list)
    if outcome.reference is None:
        return {}
    horizon = outcome.problem.horizon
    for was in outcome.reference.theatre.all_placed():
        now = outcome.theatre.where(was.case.id)
        same = now is not None and _stands(now) == _stands(was)
        if was.start is not None and not same:
            whole, until = was.minutes, was.start + was.minutes
            for day, start, end, minutes in horizon.pieces(was.session.day, was.start, until):
                part = Ghost(was.case, start, end, now, minutes, whole, day, was.session)
                found[day, was.session.theatre].append(part)
    return {key: tuple(sorted(each, key=_start)) for key, each in sorted(found.items())}


def ghost_sentence(ghost: Ghost, horizon: Horizon, reference: str, lang: str) -> str:
    """Say where the reference has a case, and where it is here."""
    end = horizon.shown(ghost.day, ghost.start, ghost.minutes)
    facts = {"case": ghost.case.id, "start": ghost.start, "end": end}
    told = [say("board.ghost", lang, reference=reference, **facts)]
    if ghost.minutes != ghost.whole:
        told.append(say("theatre.part", lang, part=ghost.minutes, whole=ghost.whole))
    if ghost.now is None:
        return " · ".join((*told, say("board.ghost_waits", lang)))
    day, start = now_on_the_wall(ghost.now, horizon)
    theatre = ghost.now.session.theatre
    told.append(say("board.ghost_now", lang, theatre=theatre, day=horizon.date(day), start=start))
    return " · ".join(told)


def now_on_the_wall(now: Placed, horizon: Horizon) -> tuple[int, int]:
    """Give the day and minute at which a case begins, by the clock; of its session, if it has no start."""
    start = now.session.start if now.start is None else now.start
    return horizon.wall(horizon.elapsed(now.session.day, start))


def with_ghosts(board: TheatreBoard, theatres: Iterable[Theatre], haunted: Haunted) -> TheatreBoard:
    """Give a board that has a day, a row and hours for every ghost."""
    days = {day.day: day for day in board.days}
    for number in sorted({day for day, _ in haunted}):
        there = {room: found for (day, room), found in haunted.items() if day == number and found}
        day = days.get(number)
        known = {} if day is None else {row.theatre.id: row for row in day.rows}
        rows = tuple(
            known.get(theatre.id) or Row(theatre, ())
            for theatre in theatres
            if theatre.id in known or theatre.id in there
        )
        if rows:
            times = [time for found in there.values() for g in found for time in (g.start, g.end)]
            times += [] if day is None else [day.first, day.last]
            idle = () if day is None else day.idle
            days[number] = Day(number, rows, *whole_hours(times), idle)
    return replace(board, days=tuple(days[number] for number in sorted(days)))


def _stands(placed: Placed) -> tuple[str, str, int, int | None]:
    """Give where a case stands; a session itself may have moved to another theatre or day."""
    session = placed.session
    return session.id, session.theatre, session.day, placed.start


def _start(ghost: Ghost) -> tuple[int, str]:
    return ghost.start, ghost.case.id


def _touched(outcome: Outcome, placed: Placed) -> Iterator[int]:
    """Give the days on which a case lies."""
    yield placed.session.day
    if placed.start is not None:
        day, end = placed.session.day, placed.start + placed.minutes
        yield from (d for d, *_ in outcome.problem.horizon.pieces(day, placed.start, end))


def changed_days(outcome: Outcome) -> frozenset[int]:
    """Give the days on which a placement or a duty differs from the reference."""
    if outcome.reference is None:
        return frozenset()
    days = {day for day, _ in ghosts(outcome)}
    for placed in outcome.theatre.all_placed():
        was = outcome.reference.theatre.where(placed.case.id)
        if was is None or _stands(was) != _stands(placed):
            days.update(_touched(outcome, placed))
    moved = set(outcome.plan.duties) ^ set(outcome.reference.plan.duties)
    return frozenset(days | {duty.day for duty in moved})
