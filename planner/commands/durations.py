"""Cases last longer, or less long, than announced."""

from collections.abc import Iterator

from planner.cases import Case
from planner.changes import Change, Set
from planner.commands.contract import amount, command, known
from planner.fields import specs
from planner.problem import Problem


@command("durations", "percent", "specialty", optional=1)
def durations(problem: Problem, percent: str, *specialty: str) -> Iterator[Change]:
    """Plan cases with so many per cent more minutes, −10 fewer, and as much more deviation."""
    share = amount(percent, -90, 300)
    for each in specialty:
        known(problem, "specialty", each)
    bounds = {spec.name: (spec.low, spec.high) for spec in specs(Case)}
    for case in problem.cases:
        if specialty and case.specialty not in specialty:
            continue
        for field in ("mean", "deviation"):
            low, high = bounds[field]
            before = getattr(case, field)
            after = min(max(round(before * (100 + share) / 100), low), high)
            if after != before:
                yield Set(kind="case", id=case.id, field=field, expected=before, value=after)
