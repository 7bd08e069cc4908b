"""What-ifs ready to try: one click makes a scenario with its changes; one undo takes it away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from planner.gallery import gallery
from ui.window.dialogs.gallery import GalleryDialog, tried
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_one_click_chooses_and_one_undo_takes_it_back(
    bench: Workbench, small_document: Document, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    document, before = small_document, small_document.study
    ready = list(gallery(document.problem, document.plan))
    assert len(ready) > 8
    for place, expected in enumerate(ready):
        dialog = GalleryDialog(bench, document.problem, document.plan)
        qtbot.addWidget(dialog)
        assert len(dialog.buttons) == len(ready)
        assert dialog.buttons[place].text() == expected.title(lang).replace("&", "&&")
        qtbot.mouseClick(dialog.buttons[place], Qt.MouseButton.LeftButton)
        assert dialog.result() == QDialog.DialogCode.Accepted
        assert dialog.chosen == expected
        name, edit = tried(document.study, document.name, expected, lang)
        assert bench.do(edit)
        assert document.study.scenario(name).parent == document.name
        assert document.study.notes(name) == ()
        document.stack.undo()
        assert document.study == before


def test_the_same_one_twice_has_another_name(bench: Workbench, small_document: Document) -> None:
    document = small_document
    what_if = next(iter(gallery(document.problem, document.plan)))
    names = []
    for _ in range(3):
        name, edit = tried(document.study, document.name, what_if, "en")
        assert bench.do(edit)
        names.append(name)
    assert len(set(names)) == 3
    assert names[1].endswith("(2)")
