"""The rules in force in the demo hospitals: the packs, and what every roster takes for granted."""

from dataclasses import replace
from typing import Any, Final

from planner.packs import load
from planner.problem import Problem
from planner.rules.contract import Rule
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.allowed_shifts import AllowedShifts
from planner.rules.roster.one_duty import OneDuty

ROSTER_PACKS: Final = ("fr_fph", "soft_roster")
THEATRE_PACKS: Final = ("theatre_charter",)

GRANTED: Final[tuple[Rule[Any, Any], ...]] = (
    OneDuty(id="one_duty", title_fr="Un seul poste par jour", title_en="One duty a day"),
    NotWhileAway(
        id="absent", title_fr="Pas de poste pendant une absence", title_en="No duty while away"
    ),
    AllowedShifts(
        id="allowed_shifts",
        title_fr="Postes autorisés à la personne",
        title_en="Shifts that the person may work",
    ),
)
"""Hard in every roster, law or not."""


def with_rules(problem: Problem) -> Problem:
    """Put the packs in force for the parts that a problem has: theatres, staff, or both."""
    rules: list[Rule[Any, Any]] = []
    if problem.cases:
        rules += (rule for name in THEATRE_PACKS for rule in load(name).rules)
    if problem.staff:
        rules += GRANTED
        rules += (rule for name in ROSTER_PACKS for rule in load(name).rules)
    return replace(problem, rules=tuple(rules))
