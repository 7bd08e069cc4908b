"""A run of a protected study in the window: nothing plain of it on the disk, and its plans are read."""

import pytest
from pytestqt.qtbot import QtBot
from solving_bench import LONG, Pretend, over

from data.protecting import MAGIC, Cost, Seal
from ui.window.document import Document
from ui.window.simulating import Simulator
from ui.window.workbench import Workbench


@pytest.fixture
def protected(small_document: Document) -> Document:
    """The small hospital as one that is under a passphrase."""
    small_document.opened.seal = Seal.of("le chat dort sur la grue", Cost(10, 1, 1))
    return small_document


def test_its_plans_come_in_and_all_of_its_folder_is_under_the_key(
    qtbot: QtBot, bench: Workbench, pretend: Pretend, protected: Document
) -> None:
    solver = pretend("finish")
    assert solver.start(seconds=5)
    over(qtbot, solver)
    run = solver.run
    assert run is not None
    assert run.best is not None, run.facts
    assert run.folder is not None
    solver.adopt()
    simulator = Simulator(bench)
    simulator.start()
    qtbot.waitUntil(lambda: protected.scenario.forecast is not None, timeout=LONG)
    folders = [*run.folder.path.parent.iterdir()]
    assert len(folders) == 2
    written = [path for folder in folders for path in folder.iterdir() if path.stem != "owner"]
    assert {path.stem for path in written} == {"request", "best", "forecast", "finished"}
    assert all(path.read_bytes().startswith(MAGIC) for path in written)
