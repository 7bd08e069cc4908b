"""On a screen: a bar that moves, a handsome table, and nothing of it in the result."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="only POSIX has terminals like this")


def on_a_screen(root: Path, place: Path, *words: str) -> tuple[int, str]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "ui.cli", *words],
        cwd=place,
        env={
            **os.environ,
            "PYTHONPATH": str(root),
            "OPALE_STATE": str(place / "state"),
            "TERM": "xterm-256color",
            "COLUMNS": "120",
        },
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how Linux says that nobody writes any more
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return process.wait(60), shown.decode("utf-8", "replace")


def test_a_run_shows_a_bar_and_then_its_result(root: Path, tmp_path: Path) -> None:
    instance = root / "tests" / "samples" / "curtois.txt"
    code, shown = on_a_screen(root, tmp_path, "solve", str(instance), "--seconds", "1.5")
    assert code == 0
    assert "━" in shown
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
    assert "rosters:" in plain
    assert "processor seconds" in plain


def test_a_table_on_a_screen_has_lines(root: Path, small: Path) -> None:
    code, shown = on_a_screen(root, small.parent, "info", str(small))
    assert code == 0
    assert "─" in shown
    assert "base" in shown
