"""What tests of solving share: a worker that pretends, and waiting for what it does."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from planner.changes import ChangeSet, Set
from planner.edits import Record
from planner.study import BASE
from ui.window.document import Document
from ui.window.solving import Solver

PRETEND = Path(__file__).with_name("pretend_worker.py")
ASK = Path(__file__).with_name("pretend_ask.py")
LONG = 30_000
"""Milliseconds that a slow machine may take for what is done in a few hundred."""

Pretend = Callable[[str], Solver]
Pretending = Callable[[str], tuple[str, ...]]


def over(qtbot: QtBot, solver: Solver) -> None:
    """Wait until the run is over."""
    qtbot.waitUntil(lambda: solver.run is not None and not solver.run.on, timeout=LONG)


def with_a_plan(qtbot: QtBot, solver: Solver) -> None:
    """Wait until the run has a plan and is busy with a better one."""
    qtbot.waitUntil(
        lambda: solver.run is not None and solver.run.best is not None and solver.run.step == 2,
        timeout=LONG,
    )


def placed(qtbot: QtBot, solver: Solver, cases: int) -> None:
    """Wait until the best plan of the run has so many cases placed."""

    def there() -> bool:
        best = None if solver.run is None else solver.run.best
        return best is not None and len(list(best.plan.placements)) == cases

    qtbot.waitUntil(there, timeout=LONG)


def longer(document: Document, scenario: str = BASE) -> Record:
    """A change of a fact: a case takes longer."""
    case = document.problem.cases[0]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 30)
    return Record(scenario=scenario, group=ChangeSet(name="longer", changes=(change,)))
