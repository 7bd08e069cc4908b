"""Theatres and roster in turn on the command line: the plan is taken with the facts that follow from it."""

from planner.following import taker
from planner.kpis.contract import Outcome
from ui.cli.running import Run
from ui.cli.show import note
from ui.cli.speech import lang
from ui.cli.targets import Loaded


def adopt_linked(loaded: Loaded, done: Run, *, save: bool) -> Outcome:
    """Take the plan of a linked run; that of the base goes into a new scenario, which is told.

    Raises:
        Refused: it cannot be written; the file is as it was.
    """
    from ui.cli.adopting import adopt

    into = taker(loaded.study, loaded.target.name, lang())
    outcome = adopt(loaded, done, save=save, into=into)
    if into != loaded.target.name:
        note("cli.linked_into", scenario=into)
    return outcome
