"""The tray under the theatre board: cards, filters, what is overdue."""

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot
from theatre_house import shown

from ui.window.boards.theatre_page import TheatrePage
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan."""
    return shown(bench, qtbot)


def test_every_card_of_the_tray_has_a_name(page: TheatrePage, bench: Workbench) -> None:
    bench.speak("fr")
    found = QAccessible.queryAccessibleInterface(page.tray.list)
    names = [found.child(n).text(QAccessible.Text.Name) for n in range(page.tray.model.rowCount())]
    assert [name.split(" · ")[0] for name in names] == ["K3", "K4"]
    assert "échéance le" in names[0]
