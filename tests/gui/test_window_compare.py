"""The comparison: sides, figures with reasons that add up, boards that move as one, what is hidden."""

from collections import Counter
from functools import cache
from random import Random

import pytest
from kpi_house import crowded_house, drawn_plan
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner import kpi_words
from planner.boards.compare import ghosts
from planner.boards.theatre import theatre_board
from planner.changes import ChangeSet, Set
from planner.compare import compare
from planner.edits import AdoptPlan, Branch, Delete, Record
from planner.hand_edits import Place, Rename, TakeOut
from planner.kpis import catalogue
from planner.plan import Placement, Plan
from planner.study import Study
from ui.window.actions import Actions
from ui.window.boards.compare_page import ComparePage
from ui.window.boards.compare_roster import people_of
from ui.window.boards.compare_table import BAR, DELTA, VALUE
from ui.window.document import Document
from ui.window.look.type import TINY, metrics
from ui.window.workbench import Workbench

CLOSED = ChangeSet(
    name="close-room R2 monday",
    changes=(Set(kind="session", id="B1", field="closed", expected=False, value=True),),
)


@cache
def four() -> Study:
    """Make a base with a plan, a child that closes a session, a grandchild, and another child."""
    problem = crowded_house()
    plan = drawn_plan(problem, Random(4))
    study = Study(id="c", name="c", base=problem)
    study = AdoptPlan(scenario="base", plan=plan).apply(study)
    study = Branch(parent="base", name="Closed").apply(study)
    study = Record(scenario="Closed", group=CLOSED).apply(study)
    study = AdoptPlan(scenario="Closed", plan=elsewhere(plan)).apply(study)
    study = Branch(parent="Closed", name="Later").apply(study)
    moved = next(iter(study.scenario("Later").plan.placements))
    study = Place(scenario="Later", placement=moved._replace(session="C1", start=800)).apply(study)
    study = Branch(parent="base", name="Fewer").apply(study)
    cases = [placement.case for placement in plan.placements]
    return TakeOut(scenario="Fewer", cases=frozenset(cases[:3])).apply(study)


def elsewhere(plan: Plan) -> Plan:
    """Give a plan with the cases of the closed session elsewhere, and other duties."""
    placements = [
        each._replace(session="A2", start=480) if each.session == "B1" else each
        for each in plan.placements
    ]
    gone = {person: next(d for d in plan.duties if d.person == person) for person in ("I1", "I2")}
    return Plan.build(placements, [d for d in plan.duties if d not in gone.values()])


@pytest.fixture
def document(bench: Workbench) -> Document:
    made = Document.of(four())
    bench.take(made)
    return made


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> ComparePage:
    """The comparison on its own: base against the scenario with a closed session."""
    QAccessible.setActive(True)
    document.show("Closed")
    made = ComparePage(bench, Actions(bench, bench))
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    qtbot.waitExposed(made)
    made.settle()
    return made


def titles(page: ComparePage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def told(view: QAbstractItemView) -> list[str]:
    """Give the names that the tree of accessible things has for a board."""
    found = QAccessible.queryAccessibleInterface(view)
    children = [found.child(n) for n in range(found.childCount())]
    return [child.text(QAccessible.Text.Name) for child in children]


# --- sides ----------------------------------------------------------------------------------------


def test_the_open_scenario_stands_beside_its_parent(
    page: ComparePage, document: Document, bench: Workbench
) -> None:
    assert page.names == ("base", "Closed")
    document.show("Later")
    page.settle()
    assert page.names == ("Closed", "Later")
    document.show("base")
    page.settle()
    assert page.names == ("base", "Closed")
    assert page.bar.sides[0].accessibleName() == "Side A: Base · base"
    assert page.bar.sides[1].accessibleName() == "Side B: Closed · draft"


def test_one_scenario_alone_is_not_compared(
    bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    actions = Actions(bench, bench)
    actions.on("branch", lambda: bench.do(Branch(parent="base", name="Second")))
    page = ComparePage(bench, actions)
    qtbot.addWidget(page)
    page.show()
    assert page.stack.currentWidget() is page.empty
    assert page.empty.words.text() == "A comparison needs two scenarios."
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    page.settle()
    assert page.stack.currentWidget() is page.body
    assert page.names == ("base", "Second")
    assert page.pane.stack.currentWidget() is page.pane.empty
    assert page.pane.empty.words.text() == "The two theatre plans are identical."


def test_sides_are_chosen_added_swapped_and_dropped(page: ComparePage, document: Document) -> None:
    page.add("Later")
    page.add("Fewer")
    page.settle()
    assert page.names == ("base", "Closed", "Later", "Fewer")
    assert page.model.columnCount() == 5
    assert [page.model.headerData(n, Qt.Orientation.Horizontal) for n in range(1, 5)] == [*"ABCD"]
    assert sum(board.isVisible() for board in page.pane.theatres.boards) == 4
    assert not page.bar.add.isVisible()  # four at most
    page.swap()
    page.choose(3, "base")  # stands on B: both change places
    page.settle()
    assert page.names == ("Closed", "Fewer", "Later", "base")
    page.drop(0)
    page.drop(0)
    page.settle()
    assert page.names == ("Later", "base")
    assert page.compared is not None
    assert page.compared.comparison.scenarios == page.names
    document.do(Delete(name="Later"))
    page.settle()
    assert page.names == ("base", "Closed")  # what is gone is not compared


def test_a_scenario_that_is_renamed_or_undone_leaves_a_sound_comparison(
    page: ComparePage, document: Document
) -> None:
    page.choose(0, "Fewer")
    page.settle()
    document.do(Branch(parent="Fewer", name="Fewest"))
    document.show("Fewest")
    page.settle()
    assert page.names == ("Fewer", "Fewest")
    document.do(Rename(scenario="Fewest", name="None"))
    page.settle()
    assert page.names == ("Fewer", "None")
    for step in (document.stack.undo, document.stack.undo, document.stack.redo):
        step()
        page.settle()
        assert set(page.names) <= {each.name for each in document.study.scenarios}
        assert len(page.names) == 2


# --- figures --------------------------------------------------------------------------------------


def test_the_table_says_what_the_comparison_finds(page: ComparePage, document: Document) -> None:
    outcomes = {name: document.outcome(name) for name in ("base", "Closed")}
    found = compare(outcomes, "base")
    differ = [row for row in found.kpis if row.differs]
    assert 5 < len(differ) < len(found.kpis)
    assert titles(page) == [kpi_words.row_title(row, "en") for row in differ]
    for row, expected in enumerate(differ):
        cells = [str(page.model.index(row, column).data()) for column in range(4)]
        values = [kpi_words.written(expected.kpi, expected.values[n], "en") for n in outcomes]
        assert cells[1:3] == values
        words = kpi_words.difference(expected.kpi, expected.delta["Closed"], "en")
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
        expected = [kpi_words.difference(row.kpi, cause.amount, "en") for cause in causes]
        total = kpi_words.difference(row.kpi, row.delta["Closed"], "en")
        assert amounts == [*expected, total]
        assert shown[-1][0] == "Total"
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
    assert any("B1" in sentence and "from no to yes" in sentence for sentence in sentences)
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


# --- boards ---------------------------------------------------------------------------------------


def test_boards_show_what_differs_and_haunt_each_other(
    page: ComparePage, document: Document, bench: Workbench
) -> None:
    compared = page.compared
    assert compared is not None
    assert page.pane.days == tuple(compared.changed)
    haunted = 0
    for lang in ("en", "fr"):
        bench.speak(lang)
        for day in page.pane.days:
            page.pane.go(day)
            rooms = compared.changed[day]
            assert [t.id for t in page.pane.rows.shown] == sorted(rooms)
            for side, board in zip(compared.sides, page.pane.theatres.boards, strict=False):
                across = compared.across(side)
                assert across is not None
                outcome = side.outcome.against(across.outcome)
                rows = [r for d in theatre_board(outcome, (day,)).days for r in d.rows]
                bands = [b for row in rows if row.theatre.id in rooms for b in row.bands]
                lost = [
                    ghost
                    for (there, room), found in ghosts(outcome).items()
                    if there == day and room in rooms
                    for ghost in found
                ]
                kinds = Counter(item.kind for item in board.model.scene.items if not item.over)
                kinds["ghost"] = sum(i.kind == "ghost" for i in board.model.scene.items)
                assert kinds["session"] == len(bands)
                assert kinds["case"] == sum(len(band.pieces) for band in bands)
                assert kinds["ghost"] == len(lost)
                names = told(board.view)
                assert len(names) == len(board.model.scene.items)
                word = {"en": "In", "fr": "Dans"}[lang]
                assert sum(n.startswith(f"{word} {across.letter} ·") for n in names) == len(lost)
                haunted += len(lost)
    assert haunted > 4


def test_a_session_says_how_the_other_plan_has_it(
    page: ComparePage, document: Document, bench: Workbench
) -> None:
    one, two = page.pane.theatres.boards[:2]
    page.pane.go(0)
    assert one.painter_.beside.words == {"B1": "in B: closed"}
    assert one.differences() == ["B1 : in B: closed"]
    assert one.view.accessibleDescription() == "B1 : in B: closed"
    moved = (
        Set(kind="session", id="A1", field="theatre", expected="R1", value="R2"),
        Set(kind="session", id="A2", field="end", expected=None, value="15:00"),
        Set(kind="session", id="A2", field="owners", expected=None, value=[]),
    )
    assert bench.do(Record(scenario="Closed", group=ChangeSet(name="Moved", changes=moved)))
    page.settle()
    assert one.painter_.beside.words == {"A1": "in B: R2", "B1": "in B: closed"}
    assert [lost.row for lost in one.painter_.beside.lost] == [1]
    assert [lost.words for lost in two.painter_.beside.lost] == ["in A: S · A1"]
    ghost = [item for item in two.model.scene.items if item.kind == "ghost" and item.row == 0]
    where = two.painter_.places(two.model.scene, two.view.layout_, ghost[0], page.compared.sides[0])  # type: ignore[union-attr]
    assert where[0].startswith("in A → ")
    page.pane.go(1)
    assert one.painter_.beside.words == {"A2": "in B: open to all · 8:00–15:00"}
    assert "session with other facts" in page.pane.told.accessibleName()


def test_a_ghost_has_the_colour_of_its_plan(page: ComparePage, bench: Workbench) -> None:
    compared = page.compared
    assert compared is not None
    seen = Counter[str]()
    for day in page.pane.days:
        page.pane.go(day)
        for board, side in zip(page.pane.theatres.boards, compared.sides, strict=False):
            across = compared.across(side)
            assert across is not None
            picture = board.view.viewport().grab().toImage()
            for item in board.model.scene.items:
                if item.kind != "ghost" or item.over:
                    continue
                frame = board.view.frame(item).toRect()
                colours = {
                    picture.pixelColor(x, y).name()
                    for x in range(frame.left(), min(frame.right(), picture.width()))
                    for y in (frame.top(), frame.top() + 1)
                    if y < picture.height()
                }
                near = [_near(colour, bench.theme.colour(across.token)) for colour in colours]
                assert min(near) < 60, (across.letter, item.id)
                seen[across.letter] += 1
    assert seen["A"]


def _near(name: str, colour: QColor) -> int:
    other = QColor(name)
    pairs = zip(other.getRgb()[:3], colour.getRgb()[:3], strict=True)  # type: ignore[index]
    return sum(abs(a - b) for a, b in pairs)


def test_rooms_without_difference_are_hidden_and_counted(page: ComparePage, qtbot: QtBot) -> None:
    page.choose(1, "Fewer")
    page.settle()
    hidden: list[str] = []
    for day in page.pane.days:
        page.pane.go(day)
        hidden = [str(theatre.id) for theatre in page.pane.rows.hidden]
        if hidden:
            break
    assert hidden
    assert page.pane.hidden_.accessibleName().startswith(f"{len(hidden)} theatre")
    assert all(id in page.pane.hidden_.accessibleName() for id in hidden)
    qtbot.mouseClick(page.pane.show_, Qt.MouseButton.LeftButton)
    assert not page.pane.rows.hidden
    assert not page.actions_["differences"].isChecked()


def test_days_are_stepped_through(page: ComparePage, qtbot: QtBot) -> None:
    days = page.pane.days
    assert len(days) > 1
    assert page.pane.day == days[0]
    assert not page.pane.back.isEnabled()
    for day in days[1:]:
        qtbot.mouseClick(page.pane.on, Qt.MouseButton.LeftButton)
        assert page.pane.day == day
    assert not page.pane.on.isEnabled()
    assert f"day {len(days)} of {len(days)}" in page.pane.counted.text()


def test_boards_scroll_and_zoom_as_one(page: ComparePage) -> None:
    one, two = (board.view for board in page.pane.theatres.boards[:2])
    two.zoom_by(3.0)
    assert one.zoom == two.zoom == 3.0
    assert one.layout_.scale == two.layout_.scale
    one.horizontalScrollBar().setValue(111)
    assert two.horizontalScrollBar().value() == 111
    page.add("Fewer")
    page.settle()
    three = page.pane.theatres.boards[2].view
    assert three.zoom == 3.0
    assert [one.layout_.first, one.layout_.last] == [three.layout_.first, three.layout_.last]


def test_one_selection_on_all_boards(page: ComparePage, bench: Workbench) -> None:
    compared = page.compared
    assert compared is not None
    base, other = (side.outcome.theatre for side in compared.sides)
    case = next(
        str(p.case.id)
        for p in base.all_placed()
        if (w := other.where(p.case.id)) is not None and w.session.day == p.session.day
    )
    page.actions_["differences"].trigger()
    bench.selection.go("case", case)
    for board in page.pane.theatres.boards[:2]:
        chosen = {board.model.item(i).id for i in board.view.selectionModel().selectedIndexes()}
        assert chosen == {case}
    bench.selection.clear()
    board = page.pane.theatres.boards[1]
    board.view.setCurrentIndex(board.model.index(board.model.numbers("case", case)[0], 0))
    assert bench.selection.now.ids == (case,)


# --- rosters --------------------------------------------------------------------------------------


def test_rosters_show_the_people_that_differ(page: ComparePage, bench: Workbench) -> None:
    page.pane.show_part("roster")
    compared = page.compared
    assert compared is not None
    assert compared.people == {"I1", "I2"}
    for made, letter in zip(page.pane.roster.sides, "AB", strict=False):
        sheet = made.grid.sheet
        assert sheet is not None
        assert [person.id for person in sheet.people] == ["I1", "I2"]
        marked = [
            (face.row.person.id, mark.column)
            for face in (sheet.face(row) for row in range(2))
            for mark in face.marks
            if mark.what == "changed"
        ]
        expected = {(change.person, change.day) for change in compared.comparison.duties}
        assert set(marked) == expected
        assert made.grid.duties.accessibleName().startswith(f"Roster of {letter} ·")
        cell = made.grid.model.index(0, next(day for who, day in marked if who == "I1"))
        assert "in the reference" in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.pane.hidden_.accessibleName() == "2 people without difference are hidden"
    page.actions_["differences"].trigger()
    assert len(people_of(compared, differences=False)) == 4
    first, second = (made.grid for made in page.pane.roster.sides[:2])
    first.duties.choose("I2", 3)
    first.duties.picked.emit()
    assert bench.selection.now.ids == ("I2",)
    assert second.duties.here() == ("I2", 3)


def test_a_roster_is_not_edited_in_a_comparison(page: ComparePage, document: Document) -> None:
    page.pane.show_part("roster")
    grid = page.pane.roster.sides[1].grid
    before = document.study
    grid.duties.choose("I1", 0)
    for key in (Qt.Key.Key_D, Qt.Key.Key_Delete):
        QTest.keyClick(grid.duties, key)
    assert document.study is before


# --- work -----------------------------------------------------------------------------------------


def test_nothing_is_worked_out_before_it_is_seen(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    document.show("Closed")
    page = ComparePage(bench, Actions(bench, bench))
    qtbot.addWidget(page)
    bench.changed.emit()
    assert page.compared is None
    assert page._work is None
    page.show()
    assert page.compared is None, "the window is there before the work is done"
    qtbot.waitUntil(lambda: page.compared is not None and page._work is None)
    first = page.compared
    before = document.study
    case = next(iter(document.study.scenario("Fewer").plan.placements)).case
    document.do(TakeOut(scenario="Fewer", cases=frozenset({case})))  # stands on no side
    assert document.study is not before
    page.settle()
    assert page.compared is first
    page.hide()
    document.do(Place(scenario="Closed", placement=Placement("K0", "C1", None, 900)))
    assert page._work is None
    assert page.compared is first
    page.show()
    page.settle()
    assert page.compared is not first
    assert page.compared is not None
    assert page.compared.sides[1].outcome is document.outcome("Closed")


def test_the_model_keeps_the_rules_of_qt(page: ComparePage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    page.add("Later")
    page.settle()
    qtmodeltester.check(page.model)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_titles_of_indicators_fit_on_two_lines(page: ComparePage, lang: str) -> None:
    room = page.table.viewport().width() - 2 * VALUE - DELTA - BAR - 14
    for kpi in catalogue():
        title = kpi_words.title(kpi, lang, "P1b" if kpi.name.endswith("class") else "")
        flags = int(Qt.TextFlag.TextWordWrap.value)
        box = metrics(TINY).boundingRect(QRectF(0, 0, room, 200), flags, title)
        assert box.width() <= room
        assert box.height() <= 2 * metrics(TINY).lineSpacing() + 1, title


def test_everything_is_said_in_french_as_well(page: ComparePage, bench: Workbench) -> None:
    bench.speak("fr")
    assert page.pane.parts["theatre"].text() == "Bloc"
    assert "avec différence" in page.pane.counted.text()
    assert page.bar.differences.text() == "Seulement les différences"
    assert page.bar.sides[1].second == "brouillon"
    assert isinstance(page.table, QTableView)
    assert titles(page)[0] in {kpi_words.title(kpi, "fr") for kpi in catalogue()}
