"""Windows without a screen, with settings and a state folder of their own."""

import gc
import os
import sys
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from demo_hospitals import generate
from pretend_nursery import nursery
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from pytestqt.qtbot import QtBot
from read_once import read_once
from solving_bench import ASK, PRETEND, Pretend, Pretending

from planner.problem import Problem
from planner.study import Study
from ui.window import worker
from ui.window.actions import Actions
from ui.window.app import application, window
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.panels.solve import SolvePanel
from ui.window.settings import Settings
from ui.window.solving import Solver
from ui.window.workbench import Workbench


@pytest.fixture(scope="session")
def qapp_cls() -> object:
    """Our own making of the application: fonts and names."""
    return application


@pytest.fixture(scope="session")
def qapp() -> object:
    return application()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Widgets of a test go at its end, on this thread, as in the program; a crash is its own.

    What lasts longer than a test is not looked through again after every other one.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Working copies and runs of a test lie in its own folder."""
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture(autouse=True)
def quick_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most windows begin with the same hospital: it is written and read once."""
    read_once(monkeypatch)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    found = Settings(store)
    found.lang, found.theme = "en", "light"
    return found


@pytest.fixture
def bench(qapp: object, settings: Settings) -> Iterator[Workbench]:
    """A workbench without a window."""
    made = Workbench(settings)
    yield made
    made.take(None)


@pytest.fixture(scope="session")
def small_problem() -> Problem:
    """The small demo hospital."""
    return generate("small", 1)


@pytest.fixture
def small_document(bench: Workbench, small_problem: Problem) -> Document:
    """The small demo hospital, open on the bench; nothing is planned yet."""
    document = Document.of(Study(id="small", name="small", base=small_problem))
    bench.take(document)
    return document


@pytest.fixture
def main(qtbot: QtBot, settings: Settings) -> MainWindow:
    """A window that is shown, with nothing open."""
    made = window(settings)
    # What is open goes first: a window that closes asks after it, and nobody is here to answer.
    qtbot.addWidget(made, before_close_func=lambda _: made.bench.take(None))
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def working(
    main: MainWindow, small_problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A window with the small demo hospital, which asks nothing when it is closed."""
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    main.bench.take(Document.of(Study(id="small", name="small", base=small_problem)))
    return main


@pytest.fixture(scope="session")
def pretending() -> Iterator[Pretending]:
    """Give the words that start a worker that pretends; it is forked where that can be done."""
    if not hasattr(os, "fork"):
        yield lambda how: (sys.executable, "-P", str(PRETEND), how)
        return
    with tempfile.TemporaryDirectory(prefix="opale-") as folder, nursery(Path(folder)) as path:
        yield lambda how: (sys.executable, "-I", "-S", str(ASK), str(path), how)


@pytest.fixture
def pretend(bench: Workbench, pretending: Pretending, monkeypatch: pytest.MonkeyPatch) -> Pretend:
    """Have the solver work with a worker that pretends: `finish`, `wait`, `deaf`, `die`, `nothing`."""

    def made(how: str) -> Solver:
        words = pretending(how)
        monkeypatch.setattr(worker, "worker_command", lambda: words)
        return bench.solver

    return made


@pytest.fixture
def panel(qtbot: QtBot, bench: Workbench, small_document: Document) -> SolvePanel:
    """The panel of solving, shown by itself."""
    made = SolvePanel(bench, Actions(bench, bench))
    qtbot.addWidget(made)
    made.resize(318, 600)
    made.show()
    return made
