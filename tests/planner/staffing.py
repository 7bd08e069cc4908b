"""Cover as the sessions of a problem ask for it, for tests of commands."""

import dataclasses
from collections.abc import Mapping

from planner.demand import cover_id, demand
from planner.problem import Problem
from planner.rostering import CoverRequirement


def staffed(problem: Problem, more: Mapping[tuple[str, int], int] | None = None) -> Problem:
    """Give the cover that the sessions ask for, and `more` people by post and day."""
    wanted = {**demand(problem.theatres, problem.sessions), **(more or {})}
    cover = tuple(
        CoverRequirement(
            id=cover_id(post, problem.horizon, day),
            day=day,
            shifts=frozenset({"D"}),
            least=people,
            best=people,
        )
        for (post, day), people in wanted.items()
    )
    return dataclasses.replace(problem, cover=cover)


def least(problem: Problem) -> dict[str, int]:
    """Give the people needed at least by requirement."""
    return {need.id: need.least for need in problem.cover}
