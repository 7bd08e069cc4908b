"""The figures of a comparison: values, senses, reasons that add up, what a side changes."""

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from planner import kpi_words
from planner.changes import ChangeSet, Set
from planner.compare import compare
from planner.edits import Record, SetPins
from planner.kpis import catalogue
from planner.study import Pin
from ui.window.boards.compare_model import KpiModel
from ui.window.boards.compare_page import ComparePage
from ui.window.boards.compare_table import BAR, DELTA, ROW, TALL, VALUE
from ui.window.document import Document
from ui.window.look.type import BODY, SMALL, TINY, metrics, title_size, type_size, width
from ui.window.queue_lane import Lane
from ui.window.queueing import Item
from ui.window.workbench import Workbench


def titles(page: ComparePage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def test_the_table_says_what_the_comparison_finds(page: ComparePage, document: Document) -> None:
    outcomes = {name: document.outcome(name) for name in ("base", "Closed")}
    found = compare(outcomes, "base")
    differ = [row for row in found.kpis if row.differs]
    assert 5 < len(differ) < len(found.kpis)
    assert titles(page) == [kpi_words.row_title(row, "en") for row in differ]
    for row, expected in enumerate(differ):
        cells = [str(page.model.index(row, column).data()) for column in range(4)]
        values = [kpi_words.row_value(expected, n, "en") for n in outcomes]
        assert cells[1:3] == values
        assert values[0] != values[1]  # only what can be seen to differ is listed
        words = kpi_words.row_difference(expected, "Closed", "en")
        assert words != "="
        assert cells[3].removeprefix("↑ ").removeprefix("↓ ") == words
        sense = kpi_words.sense(expected.kpi, expected.delta["Closed"])
        sentence = page.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert all(each in sentence for each in (*values, words)), sentence
        assert ("worse" in sentence, "better" in sentence) == (sense == "worse", sense == "better")
        tip = page.model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
        assert kpi_words.definition(expected.kpi, "en") in tip


def test_only_differences_is_the_default_and_never_hidden(
    page: ComparePage, document: Document
) -> None:
    action = page.actions_["differences"]
    assert action.isChecked()
    assert page.bar.differences.isVisible()
    few = len(titles(page))
    hidden = int(page.hidden_.text().split()[0])
    action.trigger()
    assert len(titles(page)) == few + hidden
    assert not page.foot.isVisible()
    action.trigger()
    assert len(titles(page)) == few


def test_worse_and_better_differ_in_colour_and_direction(
    page: ComparePage, bench: Workbench
) -> None:
    seen = Counter[str]()
    for place, row in enumerate(page.model.rows):
        page.table.choose(place)
        page.table.clearSelection()
        sense = page.model.difference(place, page.compared.others[0])[1]  # type: ignore[union-attr]
        picture = page.table.viewport().grab().toImage()
        words = page.table.visualRect(page.model.index(place, 3))
        bar = page.table.visualRect(page.model.index(place, 4))
        middle = bar.center().x()
        halves = {
            "worse": range(bar.left() + 1, middle - 1),
            "better": range(middle + 2, bar.right() - 1),
        }
        for name, across in halves.items():
            colour = bench.theme.colour(name)
            in_words = any(
                _near(picture.pixelColor(x, y).name(), colour) < 40
                for x in range(words.left(), words.right())
                for y in range(words.top() + 4, words.bottom() - 4)
            )
            in_bar = any(
                _near(picture.pixelColor(x, bar.center().y() - 5).name(), colour) < 40
                for x in across
            )
            assert in_words == in_bar == (sense == name), (row.name, name)
        seen[sense] += 1
    assert seen["worse"]
    assert seen["better"]


def test_reasons_add_up_to_the_difference(page: ComparePage) -> None:
    assert page.compared is not None
    explained = 0
    for place, row in enumerate(page.model.rows):
        page.table.choose(place)
        causes = row.causes["Closed"]
        if not causes:
            continue
        explained += 1
        assert sum(cause.amount for cause in causes) == row.delta["Closed"]
        shown = page.why.sentences[: len(causes) + 1]
        amounts = [amount for _, amount in shown]
        expected = [kpi_words.part(row, cause.amount, "en") for cause in causes]
        total = kpi_words.row_difference(row, "Closed", "en")
        assert amounts == [*expected, total]
        assert shown[-1][0] == "Total"
        assert " :" not in "".join(label.toolTip() for label in page.why.findChildren(QLabel))
        assert all(sentence[:1].isupper() or sentence[:1].isdigit() for sentence, _ in shown)
    assert explained > 5


def test_keys_walk_through_the_figures(page: ComparePage) -> None:
    page.table.choose(0)
    page.table.setFocus()
    for row in page.model.rows[1:4]:
        QTest.keyClick(page.table, Qt.Key.Key_Down)
        assert page.table.chosen() is row
        assert page.why.shown is not None
        assert page.why.shown[2] is row
    page.why.define()
    told = [label.text() for label in page.why.findChildren(QLabel)]
    assert kpi_words.definition(page.model.rows[3].kpi, "en") in told


def test_sentences_have_their_room_at_once_and_stay_where_they_were_scrolled_to(
    page: ComparePage,
) -> None:
    page.why.setFixedHeight(80)
    QApplication.processEvents()
    page.why.whole = True
    for _ in range(2):
        page.why.renew()
        words = [each for each in page.why.findChildren(QLabel) if each.isVisible()]
        assert len(words) > 4
        for each in words:
            assert each.height() >= each.heightForWidth(each.width()), each.text()
        bar = page.why.verticalScrollBar()
        assert bar.maximum() > 20
        bar.setValue(20)
    page.why.renew()
    assert page.why.verticalScrollBar().value() == 20


def test_a_click_on_a_letter_makes_it_the_reference(page: ComparePage, qtbot: QtBot) -> None:
    before = {row.name: row.delta["Closed"] for row in page.model.rows}
    header = page.table.header_
    at = QPoint(header.sectionViewportPosition(2) + header.sectionSize(2) - 12, 12)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    page.settle()
    assert page.reference == "Closed"
    assert page.model.minus() == "A − B"
    turned = {row.name: row.delta["base"] for row in page.model.rows}
    both = before.keys() & turned.keys()
    opposite = [n for n in both if before[n] is not None and turned[n] == -(before[n] or 0)]
    assert len(opposite) >= len(both) - 2  # but what is counted against the reference


def test_what_a_side_changes_is_said_by_group(page: ComparePage, bench: Workbench) -> None:
    sentences = [sentence for sentence, _ in page.why.sentences]
    assert "R2 closed, Monday" in sentences
    assert any("R2" in each and "closed from no to yes" in each for each in sentences)
    bench.speak("fr")
    sentences = [sentence for sentence, _ in page.why.sentences]
    assert "R2 fermée, lundi" in sentences


def test_a_plan_out_of_date_says_why(page: ComparePage, document: Document) -> None:
    said: list[str] = []
    page.bench.told.connect(lambda sentence, _wrong: said.append(sentence))
    longer = Set(kind="case", id="K1", field="mean", expected=None, value=95)
    document.do(Record(scenario="Closed", group=ChangeSet(name="Longer", changes=(longer,))))
    page.settle()
    assert page.compared is not None
    assert [side.state.stale for side in page.compared.sides] == [False, True]
    assert page.pane.theatres.boards[1].heading.stale.isVisible()
    assert not page.pane.theatres.boards[0].heading.stale.isVisible()
    assert "out of date" in page.bar.sides[1].accessibleName()
    assert "B Closed" in said[-1]
    stale = page.compared.sides[1].stale
    assert stale is not None
    assert stale.groups == ("Longer",)
    asked: list[str] = []
    page.actions_.on("solve", lambda: asked.append(document.name))
    again = next(b for b in page.why.findChildren(QPushButton) if b.text() == "Solve again")
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert asked == ["Closed"]


def test_every_side_that_is_out_of_date_can_be_solved_again(
    page: ComparePage, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open one as everywhere; another one beside it, and the next behind that one."""
    queue, opened = page.bench.queue, list[str]()
    page.actions_.on("solve", lambda: opened.append(document.name))

    def begin(_lane: Lane, item: Item, _workers: int) -> bool:
        item.state = "running"
        return True

    monkeypatch.setattr(Lane, "begin", begin)
    page.add("Fewer")
    longer = Set(kind="case", id="K1", field="mean", expected=None, value=95)
    document.do(Record(scenario="base", group=ChangeSet(name="Longer", changes=(longer,))))
    page.settle()
    links = [b for b in page.why.findChildren(QPushButton) if b.text() == "Solve again"]
    names = [link.accessibleName() for link in links]
    assert names == [f"Solve again: {name}" for name in ("Base", "Closed", "Fewer")]
    for link in links:
        link.click()
    links[0].click()  # it is being solved already
    assert opened == ["Closed"]
    assert [(each.scenario, each.state) for each in queue.items] == [
        ("base", "running"),
        ("Fewer", "waiting"),
    ]
    queue.clear()
    document.read_only = True
    page.renew()
    assert not [b for b in page.why.findChildren(QPushButton) if b.text() == "Solve again"]


def test_a_reason_leads_to_whom_it_is_about(page: ComparePage, bench: Workbench) -> None:
    names = [row.name for row in page.model.rows]
    page.table.choose(names.index("staff_minutes"))
    said = bench.say("compare_view.way_to")
    ways = [b for b in page.why.findChildren(QPushButton) if b.toolTip() == said]
    assert ways
    assert page.pane.part == "theatre"
    ways[0].click()
    assert bench.selection.now.kind == "staff"
    assert set(bench.selection.now.ids) <= {"I1", "I2"}
    assert page.pane.part == "roster"
    assert ways[0].accessibleName().startswith(f"{said}: ")


def test_a_side_that_is_out_of_date_is_marked_in_the_table_too(
    page: ComparePage, document: Document
) -> None:
    """Where there are too many sides for a board each, too."""

    def sign() -> bool:
        header = page.table.header_
        right = header.sectionViewportPosition(2) + header.sectionSize(2)
        picture, wanted = header.grab().toImage(), page.bench.theme.stale
        beside = (
            picture.pixelColor(x, y) for x in range(right - 50, right - 30) for y in range(30)
        )
        return any(_near(wanted, each) < 30 for each in beside)

    assert not sign()
    longer = Set(kind="case", id="K1", field="mean", expected=None, value=95)
    document.do(Record(scenario="Closed", group=ChangeSet(name="Longer", changes=(longer,))))
    page.settle()
    assert sign()
    told = page.model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert told.endswith("out of date")


def _near(name: str, colour: QColor) -> int:
    other = QColor(name)
    pairs = zip(other.getRgb()[:3], colour.getRgb()[:3], strict=True)  # type: ignore[index]
    return sum(abs(a - b) for a, b in pairs)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_titles_of_indicators_fit_on_two_lines(page: ComparePage, lang: str) -> None:
    room = page.table.viewport().width() - 2 * VALUE - DELTA - BAR - 14
    for kpi in catalogue():
        title = kpi_words.title(kpi, lang, "P1b" if kpi.name.endswith("class") else "")
        size, lines = title_size(title, room)
        assert lines <= 2, title
        assert size >= SMALL
        words = max(title.split(), key=len)
        assert metrics(size).horizontalAdvance(words) <= room


def test_a_title_of_two_lines_has_a_higher_row(page: ComparePage, bench: Workbench) -> None:
    bench.speak("fr")
    heights = {page.table.rowHeight(row) for row in range(page.model.rowCount())}
    assert heights == {ROW, TALL}
    for row in range(page.model.rowCount()):
        room = page.table.columnWidth(0) - 14
        size, lines = title_size(str(page.model.index(row, 0).data()), room)
        assert lines * metrics(size).lineSpacing() <= page.table.rowHeight(row)


def test_tab_goes_from_the_reasons_to_what_stands_in_them(page: ComparePage) -> None:
    page.table.choose(2)  # made anew: its buttons are the youngest of all
    QApplication.processEvents()
    links = page.why.findChildren(QPushButton)
    assert links
    page.why.setFocus()
    for link in links:
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert page.focusWidget() is link


def test_a_long_difference_is_whole_with_its_arrow(
    page: ComparePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures that differ little have many decimals: the column grows, nothing is cut."""
    long = "↑ +10,2345 pts"
    monkeypatch.setattr(KpiModel, "difference", lambda *_: (long, "better"))
    assert width(long, TINY, 600) + 8 > DELTA
    page.table.fit()
    assert page.table.columnWidth(3) >= width(long, TINY, 600) + 8
    for room in range(40, 120):
        size = type_size(long, room, BODY, 600)
        assert size == TINY or width(long, size, 600) <= room


def test_a_figure_that_is_no_sum_names_what_contributes_most(
    page: ComparePage, document: Document, qtbot: QtBot
) -> None:
    assert page.compared is not None
    rows = [row for row in page.compared.comparison.kpis if row.name == "mean_wait"]
    assert rows[0].differs
    page.why.show_row(page.compared, document.study, rows[0])
    qtbot.waitUntil(lambda: any(amount for _, amount in page.why.sentences))
    told = {label.text() for label in page.why.findChildren(QLabel)}
    assert page.bench.say("compare.no_sum") in told
    before = len(page.why.sentences)
    page.why.renew()  # found once, told again
    assert len(page.why.sentences) == before


def test_pins_that_differ_are_told(page: ComparePage, document: Document) -> None:
    case = next(iter(document.plan.placements)).case
    pin = Pin(kind="case", id=str(case))
    assert page.bench.do(SetPins(scenario="Closed", pins=(pin,)))
    page.settle()
    assert f"Pinned: case {case}" in {words for words, _ in page.why.sentences}
    document.stack.undo()
    page.settle()
    assert not any(words.startswith("Pinned") for words, _ in page.why.sentences)


def test_a_plan_out_of_date_is_marked_until_the_change_is_undone(
    page: ComparePage, document: Document
) -> None:
    """F70: the mark names what was changed, and goes with it, without a new run."""
    case = document.problem.cases[0]
    longer = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 5)
    group = ChangeSet(name="Longer", changes=(longer,))
    assert page.bench.do(Record(scenario="Closed", group=group))
    page.settle()
    heading = page.pane.theatres.boards[1].heading
    assert heading.stale.isVisible()
    assert any("Longer" in label.text() for label in page.why.findChildren(QLabel))
    document.stack.undo()
    page.settle()
    assert not heading.stale.isVisible()
    assert page.compared is not None
    assert page.compared.comparison.stale == ()
