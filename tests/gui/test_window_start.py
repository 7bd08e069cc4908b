"""What a window costs before anybody does anything: no engine, no tables; and Qt's bindings hold."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

HEAVY = {"ortools", "numba", "numpy", "highspy", "pandas", "sqlite_utils", "openpyxl", "solvers"}

FIRST_PAINT = """
import json, sys
from ui.window.app import application, window
app = application()
main = window()
main.show()
app.processEvents()
{more}
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
main.bench.take(None)
"""
DEMO = """
from data.demo import generate
from planner.study import Study
from ui.window.document import Document
main.bench.take(Document.of(Study(id="first", name="first", base=generate("small", 1))))
app.processEvents()
"""


@pytest.mark.parametrize("more", ["", DEMO], ids=["start page", "a study"])
def test_the_first_paint_loads_nothing_heavy(
    root: Path, tmp_path: Path, own_state: Path, more: str
) -> None:
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(root),
        "OPALE_STATE": str(own_state),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT.format(more=more)],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "PySide6" in loaded
    assert loaded & HEAVY == set()


def test_calls_that_return_nothing_keep_their_references(qapp: object) -> None:
    """PySide6 6.12 on Python 3.11 loses a reference to None a call, and ends the program in the end."""
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    painter, thing, widget = QPainter(image), QObject(), QWidget()
    pen, colour, rect = QPen(), QColor("red"), QRect(0, 0, 5, 5)
    moved = []
    for calls in (20, 2_000):  # what is kept once, at the first call of each, is no loss
        before = sys.getrefcount(None)
        for _ in range(calls):
            thing.setObjectName("x")
            widget.setToolTip("x")
            widget.update()
            painter.setPen(pen)
            painter.drawRect(rect)
            painter.fillRect(rect, colour)
        moved.append(sys.getrefcount(None) - before)
    painter.end()
    assert abs(moved[1]) < 20, moved
