"""More scenarios than boards: columns that scroll under their titles, one board laid over the reference."""

import pytest
from board_pages import compare_page
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.edits import Branch
from planner.hand_edits import TakeOut
from ui.window.boards.compare_header import HEAD, NAMED
from ui.window.boards.compare_page import LEFT, ComparePage
from ui.window.boards.compare_sides import Compared, letter, token
from ui.window.document import Document
from ui.window.workbench import Workbench

MORE = ("Fifth", "Sixth", "Seventh", "Eighth", "Ninth")


@pytest.fixture
def many(bench: Workbench, document: Document, qtbot: QtBot) -> ComparePage:
    """Nine scenarios; each of the last five leaves one more case out."""
    cases = [str(each.case) for each in document.study.scenario("base").plan.placements]
    for n, name in enumerate(MORE, 1):
        document.do(Branch(parent="base", name=name))
        document.do(TakeOut(scenario=name, cases=frozenset(cases[:n])))
    page = compare_page(bench, qtbot)
    page.add("Closed", "Later", "Fewer", *MORE)
    page.settle()
    return page


def compared(page: ComparePage) -> Compared:
    assert page.compared is not None
    return page.compared


def test_letters_and_colours_never_end() -> None:
    assert [letter(n) for n in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
    assert [token(n) for n in range(7)] == [
        "ink2",
        "own",
        "accent",
        "soft",
        "own",
        "accent",
        "soft",
    ]


def test_many_scenarios_have_a_column_each_and_two_boards(many: ComparePage) -> None:
    found = compared(many)
    assert found.comparison.scenarios == ("base", "Closed", "Later", "Fewer", *MORE)
    assert many.model.columnCount() == 10
    heads = [many.model.headerData(n, Qt.Orientation.Horizontal) for n in range(1, 10)]
    assert heads == [*"ABCDEFGHI"]
    assert [side.name for side in found.shown] == ["base", "Ninth"], "the last one added is seen"
    boards = [board for board in many.pane.theatres.boards if board.isVisible()]
    assert [board.heading.letter.letter for board in boards] == ["A", "I"]
    ghosts = [item for item in boards[0].model.scene.items if item.kind == "ghost"]
    assert {item.id for item in ghosts} <= {
        str(p.case) for p in found.reference.outcome.plan.placements
    }
    assert [button.name for button in many.bar.sides if button.isVisible()] == ["Base", "Ninth"]
    assert many.bar.all.text() == "9 scenarios"


def test_a_column_or_the_list_lays_another_side_over_the_reference(
    many: ComparePage, qtbot: QtBot
) -> None:
    figures, work = compared(many).comparison, many._state
    five = many.table.columnViewportPosition(5) + 4
    many.table.horizontalScrollBar().setValue(five - many.table.columnWidth(0))
    cell = many.table.visualRect(many.model.index(1, 5)).center()
    qtbot.mouseClick(many.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert compared(many).seen == "Fifth"
    assert compared(many).comparison is figures, "nothing is worked out again"
    assert many._state is work
    assert many.table.currentIndex().column() == 5, "the choice stays where it was made"
    assert many.pane.theatres.boards[1].heading.letter.letter == "E"
    told = [label.text() for label in many.why.findChildren(QLabel)]
    assert many.bench.say("compare_view.changes", letter="E") in told
    assert many.bench.say("compare_view.changes", letter="B") not in told
    menu = many.bar.each.actions()[3].menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Show its boards").trigger()  # type: ignore[attr-defined]
    assert compared(many).seen == "Fewer"
    assert compared(many).people == frozenset(), "its roster is that of the base"
    many.look("Closed")
    assert compared(many).people == {"I1", "I2"}


def test_only_what_is_on_show_is_spoken_of(many: ComparePage) -> None:
    """A plan of fewer cases would keep the rules worse: each side could do with that of the base."""

    def told() -> list[str]:
        texts = (label.text() for label in many.why.findChildren(QLabel))
        return [text for text in texts if "keep the rules better" in text or "would cost" in text]

    whole = compared(many).comparison.lent
    assert len({each.scenario for each in whole}) > 2
    for name in ("Ninth", "Fewer"):
        many.look(name)
        assert told()
        assert all(f"“{name}”" in text for text in told())


def test_titles_stay_where_columns_scroll_beneath_them(many: ComparePage, qtbot: QtBot) -> None:
    table = many.table
    many.resize(1100, 600)
    QApplication.processEvents()
    bar = table.horizontalScrollBar()
    assert bar.maximum() > 0
    assert table.frozen == 0
    whole = table.viewport().grab().toImage()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    wide = table.columnWidth(0)
    assert table.frozen == wide
    scrolled = table.viewport().grab().toImage()
    ratio = scrolled.devicePixelRatio()
    same = [
        whole.pixelColor(round(x * ratio), round(y * ratio))
        == scrolled.pixelColor(round(x * ratio), round(y * ratio))
        for x in range(0, wide - 2, 5)
        for y in range(0, min(table.viewport().height(), 150), 3)
    ]
    assert all(same)
    row = many.model.index(2, 0)
    at = QPoint(20, table.rowViewportPosition(2) + 8)
    assert table.indexAt(at) == row
    before, seen = bar.value(), compared(many).seen
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.currentIndex() == row
    assert (bar.value(), compared(many).seen) == (before, seen)
    reference = many.reference
    qtbot.mouseClick(table.header_.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert many.reference == reference, "the title is no letter"
    table.scrollTo(many.model.index(0, 1))
    assert table.visualRect(many.model.index(0, 1)).left() >= table.frozen


def test_any_of_many_can_be_the_reference(many: ComparePage) -> None:
    many.refer("Fewer")
    many.settle()
    found = compared(many)
    assert found.comparison.reference == "Fewer"
    assert [side.name for side in found.shown] == ["Fewer", "Ninth"]
    many.bar.swap.click()
    many.settle()
    assert [side.name for side in compared(many).shown] == ["Ninth", "Fewer"]
    many.bar.sides[0].menu_.actions()[0].trigger()
    many.settle()
    assert many.reference == "base"


def test_what_was_judged_is_not_judged_again(many: ComparePage, document: Document) -> None:
    before = {side.name: side.outcome for side in compared(many).sides}
    document.do(TakeOut(scenario="Ninth", cases=frozenset(document_cases(document, "Ninth")[:1])))
    many.settle()
    after = {side.name: side.outcome for side in compared(many).sides}
    assert [name for name in after if after[name] is not before[name]] == ["Ninth"]


def document_cases(document: Document, name: str) -> list[str]:
    return [str(each.case) for each in document.study.scenario(name).plan.placements]


def test_four_again_have_a_board_each(many: ComparePage) -> None:
    for _ in range(5):
        many.drop(len(many.names) - 1)
    many.settle()
    assert many.names == ("base", "Closed", "Later", "Fewer")
    assert sum(board.isVisible() for board in many.pane.theatres.boards) == 4
    letters = [board.heading.letter.letter for board in many.pane.theatres.boards]
    assert letters == [*"ABCD"]
    assert not many.bar.all.isVisible()
    assert many.table.header_.height() == HEAD
    assert many.left.width() == LEFT


def test_the_model_of_many_keeps_the_rules_of_qt(
    many: ComparePage, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(many.model)
    assert many.table.header_.height() == NAMED


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_name_is_told_whole_in_its_column(
    many: ComparePage, bench: Workbench, lang: str
) -> None:
    bench.speak(lang)
    for column, side in enumerate(compared(many).sides, 1):
        tip = many.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        assert ("Base" if side.name == "base" else side.name) in tip
    assert many.bar.all.text() == {"en": "9 scenarios", "fr": "9 variantes"}[lang]
