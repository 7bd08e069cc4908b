"""What a comparison in the window has found is there for the next one, in another process too."""

from pytestqt.qtbot import QtBot

from data.audits import folder_of
from ui.window.boards.compare_page import ComparePage
from ui.window.document import Document


def test_what_a_comparison_has_found_is_kept(
    page: ComparePage, document: Document, qtbot: QtBot
) -> None:
    page.settle()
    there = folder_of(document.study.id)
    planned = [name for name in page.names if document.outcome(name).plan.placements]
    assert planned
    qtbot.waitUntil(lambda: len([*there.glob("[!.]*")]) == len(planned))
