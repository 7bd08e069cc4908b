"""The options of a case are what no hard rule closes: nothing legal is ever left out."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

from contract_drawing import draw_rule, tried
from contract_theatre import draw_theatre

from planner.plan import Placement
from planner.problem import Problem
from planner.rules import catalogue
from planner.rules.contract import EVERYONE, Rule
from planner.rules.space import OFF, TheatreSpace

ALWAYS = ("in_session", "surgeon_skill")
"""Without these a case could go to anybody, anywhere; every study has them."""

FROM_THE_OUTSET = (
    *ALWAYS,
    "anaesthesia_type",
    "delivery",
    "earliest",
    "emergency_session",
    "notice",
    "owner",
    "partners",
    "room_features",
    "surgeon_away",
    "teaching",
)
"""What these close for everyone is not even listed; what others close stays listed, and closed."""


def draw_problem(rng: Random) -> tuple[Problem, list[Rule[Any, Any]]]:
    """Draw a problem with rules of all types, hard or soft, for all or some."""
    problem = draw_theatre(rng)
    rules = []
    for type, cls in sorted(catalogue().items()):
        if cls.part == "theatre" and (type in ALWAYS or rng.random() < 0.7):
            rule = replace(draw_rule(rng, cls, problem), id=type)
            rules.append(replace(rule, tier=0, scope=EVERYONE) if type in ALWAYS else rule)
    return replace(problem, rules=tuple(rules)), rules


def everything(problem: Problem) -> TheatreSpace:
    """Make a space in which any case may go anywhere with anybody.

    One that is planned without a surgeon goes with nobody: that is what it means.
    """
    surgeons = [None, *(surgeon.id for surgeon in problem.surgeons)]
    where = product(problem.cases, problem.sessions, surgeons)
    kept = [Placement(c.id, s.id, who) for c, s, who in where if who is None or not c.unattended]
    return TheatreSpace(problem, kept)


def closed(space: TheatreSpace, rules: list[Rule[Any, Any]]) -> set[int]:
    """Give the codes that hard prices close."""
    found = set()
    for rule in rules:
        for price in rule.prices(space) if rule.hard else ():
            for cell in price.cells:
                found.update(code for code in space.domain(cell) if code in price.codes)
    return found - {OFF}


@tried(16, 80)
def test_options_are_what_no_hard_rule_closes(plans: int) -> None:
    kept = refused = 0
    for number in range(plans):
        problem, rules = draw_problem(Random(number))
        wide, listed = everything(problem), TheatreSpace(problem)
        shut = closed(wide, rules)
        legal = {key for key, code in wide.code_of.items() if code not in shut}
        assert legal <= set(listed.code_of), (number, legal - set(listed.code_of))
        known = [
            rule
            for rule in rules
            if rule.scope == EVERYONE
            and rule.type in FROM_THE_OUTSET
            and getattr(rule, "when", "before") == "before"  # what is given back stays listed
        ]
        assert not closed(listed, known), number
        kept += len(legal)
        refused += len(shut)
    assert kept > 100
    assert refused > 100
