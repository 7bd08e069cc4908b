"""What rotations say of the days of their people: facts, for both voices of a rule."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from planner.clock import MINUTES_A_DAY, WEEK
from planner.facts import Facts
from planner.people import ShiftId, StaffMember
from planner.rostering import Rotation, Turn


class CycleDay(NamedTuple):
    """A day of a person of a rotation: the shifts of its line; `tracks` are all that its lines use."""

    person: StaffMember
    day: int
    shifts: frozenset[ShiftId]
    tracks: tuple[str, ...]


def cycle_days(facts: Facts) -> Iterator[CycleDay]:
    """Give the days of the horizon, from that of the facts on, for which a rotation says something.

    It says nothing of days with an absence, after somebody's last day, of public holidays unless the
    rotation works then, and of shifts that are not hers.
    """
    problem = facts.problem
    rotations = {rotation.id: rotation for rotation in problem.rotations}
    weeks = {id: _weeks(facts, rotation) for id, rotation in rotations.items()}
    for turn in problem.turns:
        person, rotation = facts.staff.get(turn.id), rotations.get(turn.rotation)
        if person is None or rotation is None or not any(weeks[rotation.id].values()):
            continue
        used = {id for shifts in weeks[rotation.id].values() for id in shifts}
        tracks = tuple(sorted({facts.shifts[id].track for id in used}))
        for day in range(max(facts.as_of, 0), facts.horizon.days):
            key = _line(facts, rotation, turn, day), facts.horizon.weekday(day)
            shifts = weeks[rotation.id].get(key, frozenset())
            if _says(facts, rotation, person, day, shifts):
                yield CycleDay(person, day, shifts, tracks)


def _weeks(facts: Facts, rotation: Rotation) -> Mapping[tuple[int, int], frozenset[ShiftId]]:
    """Give the shifts by number of line and weekday."""
    found: dict[tuple[int, int], frozenset[ShiftId]] = {}
    for line in facts.problem.lines:
        if line.rotation == rotation.id:
            for weekday, shift in enumerate(line.week):
                if shift is not None and shift in facts.shifts:
                    key = line.number, weekday
                    found[key] = found.get(key, frozenset()) | {shift}
    return found


def _line(facts: Facts, rotation: Rotation, turn: Turn, day: int) -> int:
    passed = (day - facts.horizon.block(day, rotation.weeks)) // WEEK
    return (turn.line - 1 + passed) % rotation.weeks + 1


def _says(
    facts: Facts, rotation: Rotation, person: StaffMember, day: int, shifts: frozenset[ShiftId]
) -> bool:
    if facts.left(person.id, day) or facts.away(person.id, day):
        return False
    if day in facts.holidays and not rotation.holidays:
        return False
    late = any(facts.shifts[shift].end > MINUTES_A_DAY for shift in shifts)
    if late and facts.away(person.id, day + 1):
        return False
    tracks = [facts.shifts[shift].track for shift in shifts]
    return len(tracks) == len(set(tracks)) and (not person.shifts or shifts <= person.shifts)
