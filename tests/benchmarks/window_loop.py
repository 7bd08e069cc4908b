"""How long the window's loop is held: `PYTHONPATH=. python tests/benchmarks/window_loop.py [FILE]`.

Opens a study offscreen (chu with a plan and twenty what-ifs, made here where no file is named) and prints
for each act the length of the call, CPU-milliseconds of the GUI thread in it, the longest time in which
the loop did not turn until it is quiet, and CPU-seconds of the program. Nothing is asserted here.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtTest import QTest

from data.demo import generate
from data.study_file import create_study
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Record, Switch
from planner.facts import facts
from planner.plan import Plan
from planner.study import BASE, Study
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed
from ui.window.app import application, give_way, window
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.settings import Settings

TICK: Final = 5
"""Milliseconds between two turns of the loop that nothing holds."""
QUIET: Final = 3000
"""Milliseconds in which everything that follows an act has come."""
MANY: Final = 20
CHANGES: Final = 30
GROUP: Final = "longer"


class Loop:
    """Notes the longest time between two turns of the loop."""

    def __init__(self) -> None:
        self.last, self.most = time.perf_counter(), 0.0
        self.timer = QTimer()
        self.timer.setInterval(TICK)
        self.timer.timeout.connect(self.turn)
        self.timer.start()

    def turn(self) -> None:
        """Note that the loop has turned."""
        now = time.perf_counter()
        self.most, self.last = max(self.most, now - self.last), now


def measure(loop: Loop, what: str, act: Callable[[], object]) -> None:
    """Do something and print what it costs."""
    QTest.qWait(20)
    loop.most = 0.0
    whole, wall, mine = time.process_time(), time.perf_counter(), time.thread_time()
    act()
    wall, mine = time.perf_counter() - wall, time.thread_time() - mine
    QTest.qWait(QUIET)
    whole = time.process_time() - whole
    print(f"{what:28}{1000 * wall:9.0f}{1000 * mine:9.0f}{1000 * loop.most:9.0f}{whole:9.2f}")


def made(path: Path) -> None:
    """Write chu with its greedy plan and what-ifs in which cases last longer."""
    problem = generate("chu", 1)
    clocks = Clocks(problem, facts(problem), problem.rules, ())
    plan = Plan.build(listed(clocks, first_plan(problem, ())))
    study = AdoptPlan(scenario=BASE, plan=plan).apply(Study(id="loop", name="chu", base=problem))
    for number in range(MANY):
        name, cases = (
            f"what-if {number + 1}",
            problem.cases[number :: len(problem.cases) // CHANGES],
        )
        study = Branch(parent=BASE, name=name).apply(study)
        longer = tuple(
            Set(kind="case", id=str(case.id), field="mean", expected=case.mean, value=case.mean + 5)
            for case in cases[:CHANGES]
        )
        study = Record(scenario=name, group=ChangeSet(name=GROUP, changes=longer)).apply(study)
    opened = create_study(study)
    opened.save(path)
    opened.close()


def acts(main: MainWindow, loop: Loop, path: Path) -> None:
    """Open the study and do what a planner does first."""
    measure(loop, "open", lambda: main.files.open(path))
    document = main.bench.document
    assert isinstance(document, Document)
    name, other = (each.name for each in document.study.scenarios[-2:])
    group = next(iter(document.study.changes(name))).name
    off = Switch(scenario=name, group=group, enabled=False)
    measure(loop, "show another scenario", lambda: document.show(name))
    measure(loop, "first switch", lambda: main.bench.do(off))
    measure(loop, "undo", document.stack.undo)
    measure(loop, "switch again (redo)", document.stack.redo)
    measure(loop, "undo again", document.stack.undo)
    measure(loop, "show a third scenario", lambda: document.show(other))
    for number in ("first", "second"):
        branch = Branch(parent=other, name=f"{other}, {number} branch")
        measure(loop, f"{number} branch", partial(main.bench.do, branch))
    document.stack.setClean()
    main.bench.take(None)


def main(given: str) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OPALE_STATE"] = folder
        path = Path(folder) / "loop.opale"
        if given:
            shutil.copy(given, path)
        else:
            made(path)
        app = application()
        store = QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat)
        shown = window(Settings(store))
        give_way(shown)
        shown.resize(1366, 768)
        shown.show()
        app.processEvents()
        QTest.qWait(QUIET)
        print(f"{'':28}{'call ms':>9}{'CPU ms':>9}{'held ms':>9}{'CPU s':>9}")
        acts(shown, Loop(), path)


if __name__ == "__main__":
    main("".join(sys.argv[1:2]))
