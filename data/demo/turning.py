"""A rotation for a team of a demo hospital: its people dealt over lines that are there already."""

from collections.abc import Sequence
from dataclasses import replace

from planner.changes import apply
from planner.clock import WEEKDAYS
from planner.commands import expand
from planner.people import ShiftId
from planner.problem import Problem
from planner.rostering import RotationLine


def on_rotation(problem: Problem, team: str, weeks: Sequence[str]) -> Problem:
    """Put a team on a rotation, as the command does; a line is a word a weekday, `-` off."""
    turning, _ = apply(problem, [expand(problem, "rotate", team, str(len(weeks)))])
    (rotation,) = turning.rotations
    lines = tuple(
        RotationLine(
            id=f"{rotation.id}-{number}",
            rotation=rotation.id,
            number=number,
            **{
                day: ShiftId(word)
                for day, word in zip(WEEKDAYS, week.split(), strict=True)
                if word != "-"
            },
        )
        for number, week in enumerate(weeks, start=1)
    )
    return replace(turning, lines=lines)
