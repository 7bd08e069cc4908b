"""A rotation as it turns: its weeks, its people, and which of its lines somebody works on a day."""

from dataclasses import dataclass
from typing import TypeAlias

from planner.clock import WEEK, Horizon
from planner.edits import EditRefusedError
from planner.people import ShiftId
from planner.problem import Problem
from planner.rostering import Rotation, Turn

Weeks: TypeAlias = tuple[tuple[tuple[ShiftId, ...], ...], ...]
"""Line → weekday → the shifts of that day, one a track at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A rotation with its lines as `weeks`, in order, and its people as `turns`."""

    rotation: Rotation
    weeks: Weeks
    turns: tuple[Turn, ...]

    def line(self, turn: Turn, horizon: Horizon, day: int) -> int:
        """Give the number of the line that somebody works on a day; after the last comes the first."""
        weeks = self.rotation.weeks
        passed = (day - horizon.block(day, weeks)) // WEEK
        return (turn.line - 1 + passed) % weeks + 1

    def shifts(self, turn: Turn, horizon: Horizon, day: int) -> tuple[ShiftId, ...]:
        """Give the shifts that somebody has on a day."""
        return self.weeks[self.line(turn, horizon, day) - 1][horizon.weekday(day)]

    @property
    def used(self) -> frozenset[ShiftId]:
        """The shifts that stand in its lines."""
        return frozenset(shift for week in self.weeks for day in week for shift in day)


def wheel(problem: Problem, id: str) -> Wheel:
    """Give a rotation as it turns; a number without a line is a week off.

    Raises:
        EditRefusedError: there is none of that code.
    """
    rotation = next((each for each in problem.rotations if each.id == id), None)
    if rotation is None:
        known = ", ".join(each.id for each in problem.rotations) or "–"
        raise EditRefusedError("no_such_rotation", id=id, known=known)
    lines = [line for line in problem.lines if line.rotation == id]
    weeks = tuple(
        tuple(
            tuple(
                shift
                for line in lines
                if line.number == number and (shift := line.week[weekday]) is not None
            )
            for weekday in range(WEEK)
        )
        for number in range(1, rotation.weeks + 1)
    )
    turns = tuple(turn for turn in problem.turns if turn.rotation == id)
    return Wheel(rotation=rotation, weeks=weeks, turns=turns)
