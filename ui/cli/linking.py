"""Theatres and roster in turn on the command line: the facts to begin with, and those that follow."""

from planner.amending import Amend
from planner.commands import at_hand, expand
from planner.commands.contract import AtHand, CommandRefusedError
from planner.kpis.contract import Outcome
from planner.problem import Problem
from ui.cli.running import Run
from ui.cli.sentences import Told
from ui.cli.targets import Loaded

FOLLOWING = ("cover-from-plan", "teams-from-roster")
"""The commands whose changes make the facts of both parts follow from a plan."""


def linked_facts(loaded: Loaded) -> Problem:
    """Give the facts of a scenario without those that followed from an earlier plan.

    Raises:
        Told: it is the base, whose own facts would be lost, or one of the parts has nothing.
    """
    scenario = loaded.scenario()
    if scenario.parent is None:
        raise Told("cli.linked_base", target=str(loaded.target.path))
    problem = at_hand(loaded.study, scenario.name).problem
    if not (problem.cases and problem.sessions and problem.staff and problem.cover):
        raise Told("cli.linked_parts")
    return problem


def adopt_linked(loaded: Loaded, done: Run, *, save: bool) -> Outcome:
    """Record the facts that follow from a plan as groups of changes, and take the plan.

    Raises:
        Refused: it cannot be written; the file is as it was.
    """
    from ui.cli.adopting import adopt

    scenario = loaded.target.name
    hand = AtHand(done.result.plan, done.request.problem)
    for name in FOLLOWING:
        try:
            group = expand(loaded.study.problem(scenario), name, hand=hand)
        except CommandRefusedError:
            continue  # all is so already
        loaded.opened.do(Amend(scenario=scenario, group=group))
    return adopt(loaded, done, save=save)
