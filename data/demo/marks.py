"""Marks of patients in a demo hospital that came after the others: special needs, anxiety.

Streams of their own, so that all other facts are the same with and without them.
"""

from dataclasses import replace
from typing import Final

from data.demo.streams import Stream
from planner.problem import Problem

SPECIAL: Final = 0.02
"""Share of the patients who should not have to wait: disabled, anxious, confused."""


def with_marks(profile: str, seed: int, problem: Problem) -> Problem:
    """Mark some patients."""
    stream = Stream(profile, seed, "case marks")
    return replace(
        problem,
        cases=tuple(
            replace(case, flags=case.flags | {"special"}) if stream.happens(SPECIAL) else case
            for case in problem.cases
        ),
    )
