"""Equipment breaks down for some days: the cases that need it have no place then."""

from collections.abc import Iterator

from planner.changes import Change, Set
from planner.commands.contract import command, days, known
from planner.facts import facts
from planner.problem import Problem


@command("breakdown", "equipment", "days")
def breakdown(problem: Problem, equipment: str, when: str) -> Iterator[Change]:
    """Let no device of a kind work on the days of `when`; of fewer devices, the quantity is a fact."""
    known(problem, "equipment", equipment)
    chosen, known_facts, horizon = frozenset(days(problem, when)), facts(problem), problem.horizon
    for case in problem.cases:
        if equipment not in known_facts.equipment_of(case):
            continue
        before, after = (
            [horizon.date(day).isoformat() for day in sorted(there)]
            for there in (case.unavailable, case.unavailable | chosen)
        )
        if before != after:
            yield Set(kind="case", id=case.id, field="unavailable", expected=before, value=after)
