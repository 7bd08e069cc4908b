"""The boards of a comparison: ghosts, what is hidden, one scroll, one selection, rosters."""

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from planner.boards.compare import ghosts
from planner.boards.theatre import theatre_board
from planner.changes import ChangeSet, Set
from planner.edits import KeepForecast, Record
from planner.hand_edits import Rename
from planner.theatre_view import TheatreView
from solvers.risk.simulation import simulate
from ui.window.boards.compare_page import ComparePage
from ui.window.boards.compare_roster import people_of
from ui.window.boards.theatre_layout import HEIGHTS
from ui.window.boards.theatre_words import one_name
from ui.window.document import Document
from ui.window.workbench import Workbench


def told(view: QAbstractItemView) -> list[str]:
    """Give the names that the tree of accessible things has for a board."""
    found = QAccessible.queryAccessibleInterface(view)
    children = [found.child(n) for n in range(found.childCount())]
    return [child.text(QAccessible.Text.Name) for child in children]


# --- boards --------------------------------------------------------------------------------------


def test_a_heading_has_room_for_a_long_name_before_all_else(
    page: ComparePage, document: Document
) -> None:
    long = "Two ophthalmology half-days a week to orthopaedics"
    document.do(Rename(scenario="Closed", name=long))
    page.settle()
    page.resize(1040, 500)
    QApplication.processEvents()
    heading = page.pane.theatres.boards[1].heading
    assert heading.name.text() == long
    assert heading.told.shown() in heading.told.words
    assert heading.told.geometry().right() <= heading.width()
    assert "dashed" in heading.told.accessibleName()
    heading.resize(240, heading.height())
    assert heading.name.text().endswith("…")
    assert heading.name.toolTip() == heading.name.accessibleName() == long


def test_each_side_has_the_tails_of_its_own_forecast(
    page: ComparePage, document: Document, bench: Workbench
) -> None:
    """One side was simulated, then the other too; a forecast of another plan is out of date."""
    bench.speak("en")
    page.show_differences(False)
    boards = page.pane.theatres.boards
    simulated = {}
    for side in ("base", "Closed"):
        found = simulate(TheatreView(document.study.problem(side), document.outcome(side).plan),
                         replications=200, seed=1)  # fmt: skip
        assert found is not None
        simulated[side] = found
        document.do(KeepForecast(scenario=side, forecast=found))
        page.settle()
        for board, name in zip(boards, ("base", "Closed"), strict=False):
            bands = [item.band for item in board.model.scene.items if item.kind == "session"]
            used = [band for band in bands if band is not None and band.bars]
            assert used
            assert all((band.expected is not None) == (name in simulated) for band in used)
            late = sum("chance" in words for words in told(board.view))
            assert late == (len(used) if name in simulated else 0)
            risks, scene = board.painter_.risks, board.model.scene
            tails = [risks.tail(scene, board.view.layout_, item) for item in scene.items]
            assert any(tails) == (name in simulated)
            board.view.viewport().grab()
    document.do(KeepForecast(scenario="Closed", forecast=simulated["base"]))
    page.settle()
    assert any("out of date" in words for words in told(boards[1].view))


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
                word = {"en": "In “", "fr": "Dans «\u00a0"}[lang]
                assert sum(n.startswith(f"{word}{across.letter} ·") for n in names) == len(lost)
                haunted += len(lost)
    assert haunted > 4


def test_a_session_says_how_the_other_plan_has_it(
    page: ComparePage, document: Document, bench: Workbench
) -> None:
    one, two = page.pane.theatres.boards[:2]
    page.pane.go(0)
    assert one.painter_.beside.words == {"B1": "in B: closed"}
    assert one.differences() == ["B1: in B: closed"]
    assert one.view.accessibleDescription() == "B1: in B: closed"
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
    assert one.painter_.beside.words == {"A2": "in B: open to all · 08:00–15:00"}
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


# --- rosters -------------------------------------------------------------------------------------


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


def test_few_rows_share_the_boards_and_a_procedure_has_one_name_on_all_of_them(
    page: ComparePage, document: Document
) -> None:
    """Each side of its own would write the code here and the full name there."""
    page.resize(1400, 1400)
    page.show_differences(False)
    QApplication.processEvents()
    first, second = page.pane.theatres.boards[:2]
    alone = replace(first.model.scene, theatres=first.model.scene.theatres[:1], low=frozenset())
    first.model.show(alone)
    first.view.arrange()
    assert first.view.layout_.row > HEIGHTS["normal"] * 1.8
    (item, *_) = [each for each in first.model.scene.items if each.bar is not None]
    assert item.bar is not None
    procedure = str(item.bar.case.procedure)
    for case in document.problem.cases:
        if case.procedure == procedure:  # shorter in one of the two alone
            change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=11)
            group = ChangeSet(name=f"short {case.id}", changes=(change,))
            document.do(Record(scenario="Closed", group=group))
    page.settle()
    boards = [first.model.scene, second.model.scene]
    assert boards[0].least == boards[1].least
    shortest_ = min(
        each.end - each.start
        for scene in boards
        for each in scene.items
        if each.bar is not None and each.bar.case.procedure == procedure
    )
    assert boards[0].least[procedure] <= shortest_
    narrow = replace(boards[0], least={procedure: 10})
    ladder = ("A very long name of it", "LONG", "LO")
    names = {
        one_name(narrow, item._replace(start=0, end=minutes), ladder, 3.6 * minutes)
        for minutes in (10, 60, 300)
    }
    assert names == {("LO",)}
    assert one_name(replace(narrow, least={}), item, ladder, 9) == ladder
