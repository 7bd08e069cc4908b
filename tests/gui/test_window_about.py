"""What the program says about itself."""

import pytest
from PySide6.QtWidgets import QMessageBox

from planner import __version__
from ui.window.main_window import MainWindow


def test_about_says_the_version_and_that_nothing_leaves(
    main: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(
        QMessageBox, "exec", lambda box: seen.append(box.text() + box.informativeText())
    )
    main.actions_["about"].trigger()
    assert __version__ in seen[0]
    assert "no server" in seen[0]
    assert "Apache" in seen[0]
