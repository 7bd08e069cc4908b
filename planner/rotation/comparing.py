"""The lines of a rotation before and after, what both cost by the audit, and the changes between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from planner.changes import Add, Change, ChangeSet, Set, apply
from planner.clock import WEEK, WEEKDAYS
from planner.plain import to_plain
from planner.problem import Problem
from planner.rostering import RotationLine
from planner.rotation.unrolled import Unrolled, unrolled
from planner.rotation.wheel import Weeks, wheel
from planner.score import Judgement


@dataclass(frozen=True)
class Turned:
    """A rotation, and lines that it may have instead of its own."""

    unrolled: Unrolled
    weeks: Weeks

    @cached_property
    def before(self) -> Judgement:
        """What the lines of now cost and break."""
        return self.unrolled.grade(self.unrolled.wheel.weeks)

    @cached_property
    def after(self) -> Judgement:
        """What the other lines cost and break."""
        return self.before if not self.changed else self.unrolled.grade(self.weeks)

    @cached_property
    def changed(self) -> tuple[tuple[int, int], ...]:
        """The days that differ: number of the line, weekday."""
        now = self.unrolled.wheel.weeks
        return tuple(
            (number, day)
            for number, (old, new) in enumerate(zip(now, self.weeks, strict=True), start=1)
            for day in range(WEEK)
            if sorted(old[day]) != sorted(new[day])
        )


def turned(problem: Problem, id: str, changes: tuple[Change, ...]) -> Turned:
    """Set the lines of a rotation beside those that changes make of them.

    Raises:
        EditRefusedError: as when it is unrolled.
    """
    after, _ = apply(problem, (ChangeSet(name="", changes=changes),))
    return Turned(unrolled(problem, id), wheel(after, id).weeks)


def line_changes(problem: Problem, id: str, weeks: Weeks) -> Iterator[Change]:
    """Give the changes of its lines after which a rotation has these weeks.

    The first line of a number takes the first shift of each day, by track, and so on; what no line is
    there for is added.
    """
    taken = {line.id for line in problem.lines}
    tracks = {shift.id: shift.track for shift in problem.shifts}
    for number, week in enumerate(weeks, start=1):
        there = [x for x in problem.lines if (x.rotation, x.number) == (id, number)]
        days = [sorted(day, key=lambda shift: (tracks.get(shift, ""), shift)) for day in week]
        for place in range(max(len(there), *map(len, days), 1)):
            wanted = [day[place] if place < len(day) else None for day in days]
            if place < len(there):
                yield from _set(there[place], wanted)
                continue
            line = RotationLine(
                id=_free(f"{id}-{number}", taken),
                rotation=id,
                number=number,
                **dict(zip(WEEKDAYS, wanted, strict=True)),
            )
            record = tuple(to_plain(line, problem.horizon).items())
            yield Add(kind="line", id=line.id, record=record)


def _set(line: RotationLine, wanted: Sequence[str | None]) -> Iterator[Set]:
    for name, old, new in zip(WEEKDAYS, line.week, wanted, strict=True):
        if old != new:
            yield Set(kind="line", id=line.id, field=name, expected=old, value=new)


def _free(wanted: str, taken: set[str]) -> str:
    id, number = wanted, 2
    while id in taken:
        id, number = f"{wanted}-{number}", number + 1
    taken.add(id)
    return id
