"""Indicators of a plan, one family a file; each with its definition in both languages."""

from typing import Final

from planner.catalogue import modules
from planner.kpis.contract import KPIS, Kpi, Outcome, grouped, value

ORDER: Final = (
    "breaches", "cases", "waiting", "sessions", "overtime", "simulated", "surgeons", "break_in", "recovery",
    "beds", "cover", "hours", "burden", "wishes", "stability",
)  # fmt: skip
"""The families in the order in which people read them; others follow."""


def catalogue(profile: str | None = None) -> tuple[Kpi, ...]:
    """Give the indicators of a profile (fr, nhs, us; None: all); reads the folder on first use."""
    modules("planner.kpis")
    return tuple(
        each
        for each in sorted(KPIS.values(), key=_place)
        if profile is None or profile in each.profiles
    )


def _place(kpi: Kpi) -> int:
    family = kpi.figure.__module__.rpartition(".")[2]
    return ORDER.index(family) if family in ORDER else len(ORDER)


def sheet(outcome: Outcome, profile: str | None = None) -> dict[str, float | int | None]:
    """Give the value of every indicator of a profile for the parts that a problem has.

    An indicator with groups gives one value each, under `name.group`.
    """
    return {
        row_name(each.name, group): value(figure)
        for each in catalogue(profile)
        if present(each, outcome)
        for group, figure in grouped(outcome.figure(each)).items()
    }


def of_name(name: str) -> tuple[Kpi, str]:
    """Give the indicator and the group that the name of a value means.

    Raises:
        KeyError: there is no such indicator.
    """
    modules("planner.kpis")
    plain, _, group = name.partition(".")
    return KPIS[plain], group


def row_name(name: str, group: str) -> str:
    """Give the name of a value: the indicator's, with its group if it has one."""
    return f"{name}.{group}" if group else name


def present(kpi: Kpi, outcome: Outcome) -> bool:
    """Tell whether a problem has what an indicator is about."""
    parts = {"theatre": outcome.problem.sessions, "roster": outcome.problem.staff}
    return bool(parts.get(kpi.part, True))
