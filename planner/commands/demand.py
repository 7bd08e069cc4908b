"""More patients of a class of priority: copies of those on the list, evenly picked."""

import dataclasses
from collections.abc import Iterator

from planner.cases import CaseId
from planner.changes import Add, Change
from planner.commands.contract import amount, command, known
from planner.plain import to_plain
from planner.problem import Problem


@command("demand", "priority", "percent")
def demand(problem: Problem, priority: str, percent: str) -> Iterator[Change]:
    """Add so many per cent more cases of a class: the copy of P-0001 is P-0001+1."""
    known(problem, "priority", priority)
    share = amount(percent, 1, 300)
    cases = sorted((c for c in problem.cases if c.priority == priority), key=lambda c: c.id)
    taken = {str(each.id) for each in problem.cases}
    more = round(len(cases) * share / 100)
    for number in range(more):
        like = cases[(2 * number + 1) * len(cases) // (2 * more) % len(cases)]
        copy = next(n for n in range(1, len(taken) + 2) if f"{like.id}+{n}" not in taken)
        fresh = dataclasses.replace(like, id=CaseId(f"{like.id}+{copy}"), note="")
        taken.add(fresh.id)
        record = tuple(to_plain(fresh, problem.horizon).items())
        yield Add(kind="case", id=fresh.id, record=record)
