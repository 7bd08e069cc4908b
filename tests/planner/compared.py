"""Two outcomes compared, by hand or drawn: for tests of comparisons."""

from random import Random

from kpi_house import case, crowded_house, drawn_change, drawn_plan, session

from planner.compare import Comparison, compare
from planner.kpis.contract import Outcome
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem

SESSIONS = (session("A"), session("B", 1), session("C", theatre="R2"))
CASES = (case("K1", 60), case("K2", 90))


def drawn(seed: int) -> dict[str, Outcome]:
    """Draw a reference, the same facts with another plan, and other facts with another plan."""
    random, problem = Random(seed), crowded_house()
    other = drawn_change(problem, random)
    return {
        "base": Outcome(problem, drawn_plan(problem, random)),
        "moved": Outcome(problem, drawn_plan(problem, random)),
        "other": Outcome(other, drawn_plan(other, random)),
    }


def two(
    before: Problem,
    after: Problem,
    placements: tuple[list[Placement], list[Placement]] = ([], []),
    duties: tuple[list[Duty], list[Duty]] = ([], []),
) -> Comparison:
    """Compare two outcomes."""
    plans = [Plan.build(*decisions) for decisions in zip(placements, duties, strict=True)]
    return compare({"a": Outcome(before, plans[0]), "b": Outcome(after, plans[1])}, "a")


def what(comparison: Comparison, name: str) -> dict[str, int]:
    """Give the causes of an indicator with their amounts."""
    row = next(row for row in comparison.kpis if row.name == name)
    return {cause.what.removeprefix("cause."): cause.amount for cause in row.causes["b"]}
