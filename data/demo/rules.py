"""The rules in force in the demo hospitals: the packs, and what every roster takes for granted."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from planner.packs import load
from planner.problem import Problem
from planner.rules.contract import Rule
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.allowed_shifts import AllowedShifts
from planner.rules.roster.one_duty import OneDuty

NOTHING: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType({})
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


WARD_TOO: Final[Mapping[str, Mapping[str, Any]]] = {
    "FR02": {},
    "FR20": {},
    "run_long_days": {"tag": "twelve"},
    "whole_weekends": {},
    "fair_burdens": {},
}
"""Rules of the packs that a ward of nurses switches on, and the words that are its own.

The others that are off mean nobody there (nights only, tutors, people paid by the hour), are what
one chooses instead (9 h days, annual hours), or read pauses that its shifts do not have.
"""


def with_rules(problem: Problem, too: Mapping[str, Mapping[str, Any]] = NOTHING) -> Problem:
    """Put the packs in force for the parts that a problem has: theatres, staff, or both.

    Rules of `too` are switched on as well, with other parameters where these are given.
    """
    rules: list[Rule[Any, Any]] = []
    if problem.cases:
        rules += (rule for name in THEATRE_PACKS for rule in load(name).rules)
    if problem.staff:
        rules += GRANTED
        rules += (rule for name in ROSTER_PACKS for rule in load(name).rules)
    chosen = (
        replace(rule, enabled=True, **too[rule.id]) if rule.id in too else rule for rule in rules
    )
    return replace(problem, rules=tuple(chosen))
