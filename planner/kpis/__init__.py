"""Indicators of a plan, one family a file; each with its definition in both languages."""

from planner.catalogue import modules
from planner.kpis.contract import KPIS, Kpi, Outcome


def catalogue(profile: str | None = None) -> tuple[Kpi, ...]:
    """Give the indicators of a profile (fr, nhs, us; None: all); reads the folder on first use."""
    modules("planner.kpis")
    return tuple(each for each in KPIS.values() if profile is None or profile in each.profiles)


def sheet(outcome: Outcome, profile: str | None = None) -> dict[str, float | int | None]:
    """Give the value of every indicator of a profile for the parts that a problem has."""
    return {each.name: each.value(outcome) for each in catalogue(profile) if present(each, outcome)}


def present(kpi: Kpi, outcome: Outcome) -> bool:
    """Tell whether a problem has what an indicator is about."""
    parts = {"theatre": outcome.problem.sessions, "roster": outcome.problem.staff}
    return bool(parts.get(kpi.part, True))
