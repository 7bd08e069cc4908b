"""Windows without a screen, with settings and a state folder of their own."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from data.demo import generate
from planner.problem import Problem
from planner.study import Study
from ui.window.app import application, window
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.settings import Settings
from ui.window.workbench import Workbench


@pytest.fixture(scope="session")
def qapp_cls() -> object:
    """Our own making of the application: fonts and names."""
    return application


@pytest.fixture(scope="session")
def qapp() -> object:
    return application()


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Working copies and runs of a test lie in its own folder."""
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


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
def main(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    """A window that is shown, with nothing open."""
    made = window(settings)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bench.take(None)
