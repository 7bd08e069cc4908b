"""A linked run of a study: the facts that it begins with, and the edit that takes its plan.

The facts that follow from a plan become changes of its scenario. In the base they would take the place
of the base's own, which nothing could bring back: such a plan goes into a new scenario.
"""

from collections.abc import Iterator
from typing import Final

from planner.amending import Amend
from planner.commands import at_hand, expand
from planner.commands.contract import AtHand, CommandRefusedError
from planner.edits import AdoptPlan, Branch, Edit, EditRefusedError, fresh_name
from planner.hand_edits import Together
from planner.problem import Problem
from planner.study import Study
from planner.words import say

FOLLOWING: Final = ("cover-from-plan", "teams-from-roster")
"""The commands whose changes make the facts of both parts follow from a plan."""


def linkable(problem: Problem) -> bool:
    """Tell whether both parts have something that the other one asks of it."""
    return bool(problem.cases and problem.sessions and problem.staff and problem.cover)


def linked_facts(study: Study, scenario: str) -> Problem:
    """Give the facts of a scenario without those that followed from an earlier plan.

    Raises:
        EditRefusedError: one of the parts has nothing.
    """
    problem = at_hand(study, scenario).problem
    if not linkable(problem):
        raise EditRefusedError("linked_parts")
    return problem


def taker(study: Study, scenario: str, lang: str) -> str:
    """Name the scenario that takes the plan of a linked run: its own, a new one for that of the base."""
    if study.scenario(scenario).parent is not None:
        return scenario
    return fresh_name(study, say("linked.name", lang))


def adopting(study: Study, scenario: str, adopt: AdoptPlan) -> Together:
    """Give the edit that takes a plan together with the facts that follow from it, as one step.

    A scenario of `adopt` that is not the run's own is branched from it first.
    """
    into = adopt.scenario
    first: tuple[Edit, ...] = () if into == scenario else (Branch(parent=scenario, name=into),)
    edits: tuple[Edit, ...] = (*first, *_following(study, scenario, adopt))
    return Together(edits=(*edits, adopt), named=len(edits))


def _following(study: Study, scenario: str, adopt: AdoptPlan) -> Iterator[Edit]:
    """Give the changes that make the facts of a scenario those that follow from a plan."""
    own = at_hand(study, scenario).problem
    for name in FOLLOWING:
        try:
            group = expand(study.problem(scenario), name, hand=AtHand(adopt.plan, own))
        except CommandRefusedError:
            continue  # all is so already
        yield Amend(scenario=adopt.scenario, group=group)
