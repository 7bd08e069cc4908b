"""SIGKILL in the midst of work: of the window while somebody edits, of the real worker while it solves."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from data.demo import generate
from data.study_file import create_study
from planner.study import BASE, Study
from ui.window.main_window import MainWindow

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX"),
]

EDITOR = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from planner.changes import ChangeSet, Set
from planner.edits import Record
from ui.window.app import application, window

app = application()
main = window()
main.show()
main.files.open(Path(sys.argv[1]))
document, number = main.bench.document, [0]


def edit():
    case = document.problem.cases[number[0] % len(document.problem.cases)]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 1)
    main.bench.do(Record(scenario="base", group=ChangeSet(name="longer", changes=(change,))))
    number[0] += 1
    print(sum(each.mean for each in document.problem.cases), flush=True)


timer = QTimer()
timer.timeout.connect(edit)
timer.start(5)
app.exec()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    there = tmp_path / "small.opale"
    with create_study(Study(id="kills", name="small", base=generate("small", 1))) as opened:
        opened.save(there)
    return there


@pytest.mark.parametrize("edits", [1, 7, 40])
def test_a_killed_window_loses_no_edit(
    main: MainWindow, path: Path, edits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    script = path.with_name("editor.py")
    script.write_text(EDITOR, encoding="utf-8")
    root = str(Path(__file__).resolve().parents[2])
    surroundings = {
        **os.environ,
        "PYTHONPATH": root,
        "XDG_CONFIG_HOME": str(path.parent / "config"),
    }
    program = subprocess.Popen(
        [sys.executable, str(script), str(path)],
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    told = [int(program.stdout.readline()) for _ in range(edits)]
    program.send_signal(signal.SIGKILL)
    told += [int(line) for line in program.stdout.read().splitlines()]
    program.stdout.close()
    assert program.wait(timeout=30) == -signal.SIGKILL
    assert path.read_bytes() == before
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()) or 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.defaultButton())
    assert main.files.open(path)
    assert len(asked) == 1
    assert path.name in asked[0]
    document = main.bench.document
    assert document is not None
    total = sum(each.mean for each in document.problem.cases)
    assert total - told[-1] in (0, 1)  # one more may have been written and not yet told
    assert document.unsaved
    document.save()


def test_a_killed_worker_leaves_the_window_and_the_plan(
    main: MainWindow, path: Path, qtbot: QtBot
) -> None:
    assert main.files.open(path)
    document, solver = main.bench.document, main.bench.solver
    assert document is not None
    before = document.study
    assert solver.start(seconds=300)
    qtbot.waitUntil(lambda: solver.run is not None and solver.run.plans >= 1, timeout=60_000)
    os.kill(solver.worker.number, signal.SIGKILL)
    qtbot.waitUntil(lambda: solver.run is not None and not solver.run.on, timeout=10_000)
    assert document.study is before
    assert document.study.scenario(BASE).plan.sessions == ()
    assert solver.run is not None
    assert solver.run.best is not None
    assert main.around.right_dock.solve.adopt.isEnabled()
    main.around.right_dock.solve.adopt.click()
    assert document.study.scenario(BASE).plan.sessions
    assert solver.start(seconds=300)  # a new worker is there
    qtbot.waitUntil(lambda: solver.run is not None and solver.run.plans >= 1, timeout=60_000)
    solver.stop()
    qtbot.waitUntil(lambda: solver.run is not None and not solver.run.on, timeout=10_000)
    document.save()


UNNAMED = """
import os
from data.demo import generate
from planner.edits import Branch
from planner.study import Study
from ui.window.document import Document
from ui.window.app import application

application()
document = Document.of(Study(id="new", name="new", base=generate("small", 1)))
document.do(Branch(parent="base", name="Two"))
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_next_start_offers_a_study_that_never_had_a_file(
    main: MainWindow, tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", UNNAMED], env={**os.environ, "PYTHONPATH": root}, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    main.bench.speak(lang)
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()) or 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.defaultButton())
    assert main.files.offer_left()
    assert main.bench.say("window.left.unnamed") in asked[0]
    document = main.bench.document
    assert document is not None
    assert [scenario.name for scenario in document.study.scenarios] == ["base", "Two"]
    document.save(tmp_path / "kept.opale")
    assert not main.files.offer_left()
