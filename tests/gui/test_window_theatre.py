"""The theatre board: what is seen is what the plan has, in both languages; walking, days, filters."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from kpi_house import case, house, session
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from planner.boards.compare import ghosts
from planner.boards.theatre import theatre_board
from planner.changes import ChangeSet, Set
from planner.clock import Horizon
from planner.edits import AdoptPlan, Branch, Record, SetPins
from planner.facts import facts
from planner.hand_edits import Place, TakeOut
from planner.hospital import Specialty, Theatre
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.study import Pin, Study
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed
from ui.window.actions import Actions
from ui.window.boards.theatre_layout import HEIGHTS
from ui.window.boards.theatre_model import tip
from ui.window.boards.theatre_page import TheatrePage
from ui.window.document import Document
from ui.window.look.type import fitting, width
from ui.window.workbench import Workbench

PROBLEM = replace(
    house(
        days=14,
        sessions=(
            session("A"),
            session("B", theatre="R2", end=750, owners=frozenset({"T"})),
            session("C", 1),
            session("D", 3, closed=True),
            session("E", 8),
        ),
        cases=(case("K1", 60), case("K2", 120, due=4), case("K3", 45, due=2), case("K4", 30)),
        rules=(RoomOverlap(id="T01"), SessionOvertime(id="late", tier=2, after="end")),
    ),
    specialties=(Specialty(id="S", name="Surgery"), Specialty(id="T", name="Throat")),
    theatres=(Theatre(id="R1", name="First"), Theatre(id="R2")),
)
PLACED = (Placement("K1", "A", "X1", 480), Placement("K2", "A", "X1", 855))


def opened(bench: Workbench, problem: Problem, placements: tuple[Placement, ...]) -> Document:
    """Open a problem with a plan."""
    document = Document.of(Study(id="t", name="t", base=problem))
    document.do(AdoptPlan(scenario="base", plan=Plan.build(placements)))
    bench.take(document)
    return document


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan."""
    QAccessible.setActive(True)  # as with a screen reader: the tree follows the model
    opened(bench, PROBLEM, PLACED)
    made = TheatrePage(bench, Actions(bench, bench))
    made.resize(960, 760)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def told(page: TheatrePage) -> list[str]:
    """Give the names that the tree of accessible things has for the board."""
    found = QAccessible.queryAccessibleInterface(page.view)
    children = [found.child(n) for n in range(found.childCount())]
    return [child.text(QAccessible.Text.Name) for child in children]


def kinds(page: TheatrePage) -> Counter[str]:
    return Counter(item.kind for item in page.model.scene.items)


def test_every_session_and_bar_has_a_name_in_the_tree_of_accessible_things(
    page: TheatrePage, bench: Workbench
) -> None:
    assert kinds(page) == {"session": 2, "case": 2}
    for lang, theatre in (("en", "theatre R1"), ("fr", "salle R1")):
        bench.speak(lang)
        names = told(page)
        assert len(names) == 4
        assert (
            sum("K1" in name and "08:00–09:00" in name and theatre in name for name in names) == 1
        )
        late = [name for name in names if "15\u00a0min" in name and "A" in name]
        assert late  # the session says how much too long it is


def test_breaches_stand_on_what_they_are_about(page: TheatrePage, bench: Workbench) -> None:
    document = bench.document
    assert document is not None
    signs = [page.view.painter_.sign(n, item) for n, item in enumerate(page.model.scene.items)]
    assert Counter(signs) == {"": 3, "soft": 1}
    overlap = Placement("K3", "A", "X2", 500)
    assert bench.do(Place(scenario="base", placement=overlap))
    board = theatre_board(document.outcome(), (0,))
    marked = {
        bar.case.id for row in board.days[0].rows for b in row.bands for bar in b.bars if bar.sign
    }
    shown = {
        item.id
        for n, item in enumerate(page.model.scene.items)
        if item.kind == "case" and page.view.painter_.sign(n, item) == "hard"
    }
    assert shown == marked == {"K1", "K3"}
    assert sum("Must:" in name for name in told(page)) == 2


def test_ghosts_and_marks_of_a_scenario(page: TheatrePage, bench: Workbench) -> None:
    document = bench.document
    assert document is not None
    bench.do(Branch(parent="base", name="other"))
    document.show("other")
    bench.do(Place(scenario="other", placement=Placement("K1", "A", "X1", 600)))
    bench.do(TakeOut(scenario="other", cases=frozenset({"K2"})))
    assert kinds(page)["ghost"] == 0
    page.toggle_differences()
    expected = ghosts(document.beside_parent())
    assert kinds(page)["ghost"] == sum(map(len, expected.values())) == 2
    names = told(page)
    assert sum("In base" in name for name in names) == 2
    assert sum("moved" in name for name in names) == 1
    bench.do(SetPins(scenario="other", pins=(Pin(kind="case", id="K1"),)))
    longer = Set(kind="case", id="K1", field="mean", expected=60, value=90)
    bench.do(Record(scenario="other", group=ChangeSet(name="Longer", changes=(longer,))))
    (name,) = [name for name in told(page) if name.startswith("K1")]
    assert "pinned" in name
    assert "changed here by “Longer”" in name
    assert "1\u00a0h\u00a030" in name
    assert page.model.scene.stale == {"K1"}  # F70: made for other facts
    assert "its facts have changed" in name
    document.stack.undo()
    assert page.model.scene.stale == frozenset()
    assert not any("its facts have changed" in name for name in told(page))
    document.show("base")
    assert kinds(page)["ghost"] == 0


@pytest.mark.parametrize(("start", "end"), [("2026-03-21", "02:30"), ("2026-03-28", "03:30")])
def test_a_case_past_midnight_is_seen_on_both_days(
    page: TheatrePage, bench: Workbench, start: str, end: str
) -> None:
    """F42 in the window: cut at midnight, the clock change included."""
    horizon = Horizon(start=dt.date.fromisoformat(start), days=2)
    late = session("N", 0, start=1200, end=1440)
    problem = replace(PROBLEM, horizon=horizon, sessions=(late,), cases=(case("K", 270),))
    opened(bench, problem, (Placement("K", "N", "X1", 1320),))
    assert page.all_days == (0, 1)
    (evening,) = [item for item in page.model.scene.items if item.kind == "case"]
    assert (evening.start, evening.end, evening.minutes) == (1320, 1440, 120)
    page.step(1)
    (morning,) = [item for item in page.model.scene.items if item.kind == "case"]
    assert (morning.start, morning.minutes, morning.over) == (0, 150, True)
    (name,) = told(page)
    assert f"00:00–{end}" in name
    assert "2\u00a0h\u00a030 of 4\u00a0h\u00a030" in name
    page.show_week(True)
    days = {item.place for item in page.model.scene.items if item.kind == "case"}
    assert len(days) == 2 or start == "2026-03-28"


def test_days_weeks_and_filters(page: TheatrePage, bench: Workbench) -> None:
    assert page.all_days == (0, 1, 3, 8)
    page.step(1)
    assert page.model.scene.days == (1,)
    page.step(-1)
    page.step(-1)
    assert page.model.scene.days == (0,)
    page.show_week(True)
    assert page.model.scene.days == (0, 1, 2, 3, 4)
    page.step(1)
    assert page.model.scene.days == (7, 8, 9, 10, 11)
    assert "24" in page.bar.date.text()
    page.step(1)
    assert page.day == 7  # there is nothing later
    page.open_day(8)
    assert (page.week, page.model.scene.days) == (False, (8,))
    page.open_day(0)
    page.bar._filter("T", True)
    assert [theatre.id for theatre in page.model.scene.theatres] == ["R2"]
    assert page.tray.model.rowCount() == 0
    assert "(1)" in page.bar.specialties.text()
    page.bar.clear()
    assert [theatre.id for theatre in page.model.scene.theatres] == ["R1", "R2"]


def test_a_closed_session_says_why(page: TheatrePage, bench: Workbench) -> None:
    page.open_day(3)
    (name,) = told(page)
    assert "closed" in name
    bench.do(Branch(parent="base", name="other"))
    assert bench.document is not None
    bench.document.show("other")
    shut = Set(kind="session", id="C", field="closed", expected=False, value=True)
    bench.do(Record(scenario="other", group=ChangeSet(name="Strike", changes=(shut,))))
    page.open_day(1)
    assert ["Strike" in name for name in told(page)] == [True]


def test_models_keep_qts_rules(page: TheatrePage, bench: Workbench) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(m, fatal) for m in (page.model, page.tray.model)]
    page.step(1)
    bench.do(TakeOut(scenario="base", cases=frozenset({"K1"})))
    page.show_week(True)
    assert page.model.rowCount() > 0
    del testers


def test_one_selection_goes_both_ways(page: TheatrePage, bench: Workbench, qtbot: QtBot) -> None:
    (number,) = page.model.numbers("case", "K2")
    at = page.view.visualRect(page.model.index(number)).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (bench.selection.now.kind, bench.selection.now.ids) == ("case", ("K2",))
    page.open_day(1)
    bench.selection.go("session", "A")
    assert page.model.scene.days == (0,)
    (chosen,) = page.view.selectionModel().selectedIndexes()
    assert page.model.item(chosen).id == "A"
    bench.selection.go("case", "K3")  # it waits
    (card,) = page.tray.list.selectionModel().selectedIndexes()
    assert page.tray.model.cards[card.row()].case.id == "K3"
    assert page.view.selectionModel().selectedIndexes() == []


def test_arrows_walk_from_bar_to_bar(page: TheatrePage, bench: Workbench, qtbot: QtBot) -> None:
    bench.do(Place(scenario="base", placement=Placement("K3", "B", "X2", 840)))
    seen = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left):
        qtbot.keyClick(page.view, key)
        seen.append(bench.selection.now.id)
    assert seen == ["K1", "K2", "K3", "K2", "K1"]


def wheel(page: TheatrePage, held: Qt.KeyboardModifier) -> None:
    at = QPointF(300, 60)
    there = QPointF(page.view.viewport().mapToGlobal(at.toPoint()))
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turned = QPoint(0, 120)
    event = QWheelEvent(at, there, QPoint(), turned, none, held, phase, False)
    QApplication.sendEvent(page.view.viewport(), event)


def test_the_wheel_zooms_time_round_the_pointer_and_pans(page: TheatrePage) -> None:
    before = page.view.layout_.minute_at(300)
    wheel(page, Qt.KeyboardModifier.ControlModifier)
    assert page.view.zoom > 1
    scrolled = page.view.horizontalOffset()
    assert page.view.layout_.minute_at(300 + scrolled) == pytest.approx(before, abs=2)
    wheel(page, Qt.KeyboardModifier.ShiftModifier)
    assert page.view.horizontalOffset() < scrolled
    high = page.view.layout_.row
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    wheel(page, both)
    assert page.view.layout_.row > high
    for _ in range(30):
        page.actions_["zoom_out"].trigger()
    assert page.view.layout_.width == page.view.viewport().width()


def test_actions_of_the_view_show_and_hide(page: TheatrePage) -> None:
    page.actions_["legend"].trigger()
    assert page.legend.isVisible()
    assert page.actions_["legend"].isChecked()
    page.actions_["tray"].trigger()
    assert not page.tray.list.isVisible()
    rows = set()
    for _ in HEIGHTS:
        page.actions_["density"].trigger()
        rows.add(page.view.layout_.row)
    assert len(rows) == 3


def test_words_of_bars_are_never_cut(page: TheatrePage, bench: Workbench) -> None:
    """F70 and the label ladder: on every bar stands a whole label of its ladder, or none."""
    for zoom in (1.0, 4.0):
        page.view.zoom = zoom
        page.view.arrange()
        page.view.viewport().repaint()
        looks = list(page.view.painter_.bars.known)
        assert looks
        for look in looks:
            word = fitting(look.titles, look.wide - 14, 10, 600)
            assert word in ("", *look.titles)
            assert width(word, 10, 600) <= look.wide - 14 or not word


@pytest.mark.parametrize("wide", [600, 924, 1180])
@pytest.mark.parametrize("week", [False, True])
def test_the_bar_has_room_for_its_words_in_french(
    page: TheatrePage, bench: Workbench, wide: int, week: bool
) -> None:
    bench.speak("fr")
    page.show_week(week)
    page.resize(wide, 760)
    QApplication.processEvents()
    for button in page.bar.findChildren(QToolButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
    assert page.bar.date.width() >= page.bar.date.sizeHint().width()
    for tile in page.strip.tiles:
        if tile.isVisible():
            assert tile.title.width() >= tile.title.sizeHint().width(), tile.title.text()


def test_bars_are_painted_in_the_colour_of_their_specialty(
    page: TheatrePage, bench: Workbench
) -> None:
    for theme in ("light", "dark", "contrast"):
        bench.wear(theme)
        picture = page.view.viewport().grab().toImage()
        spine = bench.tones()["S"].spine.rgb()
        (number,) = page.model.numbers("case", "K2")
        rect = page.view.visualRect(page.model.index(number))
        assert found(picture, spine, rect.left(), rect.top(), 8, rect.height())
    bench.wear("light")


def found(picture: QImage, colour: int, left: int, top: int, wide: int, high: int) -> bool:
    spots = ((x, y) for x in range(left, left + wide) for y in range(top, top + high))
    return any(picture.pixel(x, y) == colour for x, y in spots)


def test_an_empty_board_has_a_sentence_and_a_button(page: TheatrePage, bench: Workbench) -> None:
    asked: list[bool] = []
    page.actions_.on("solve", lambda: asked.append(True))
    opened(bench, PROBLEM, ())
    assert page.empty.isVisible()
    assert page.empty.words.text() == "This scenario has no plan yet."
    page.empty.button.click()
    assert asked == [True]
    opened(bench, replace(PROBLEM, cases=()), ())
    assert page.empty.words.text() == "There are no cases in this period."
    assert page.tray.empty.isVisible()
    opened(bench, replace(PROBLEM, cases=PROBLEM.cases[:2]), PLACED)
    assert not page.empty.isVisible()
    assert page.tray.empty.words.text() == "All cases have a place."
    page.bar._filter("T", True)
    opened(bench, PROBLEM, PLACED)
    assert page.bar.only == frozenset()  # another study, no filter
    bench.take(None)
    assert page.model.rowCount() == 0


def test_a_provisional_plan_says_so_and_is_not_changed_by_hand(
    page: TheatrePage, bench: Workbench, qtbot: QtBot
) -> None:
    document = bench.document
    assert document is not None
    assert not page.provisional.isVisible()
    document.preview(Plan.build([*PLACED, Placement("K3", "A", "X2", 600)]))
    assert page.provisional.isVisible()
    assert kinds(page)["case"] == 3
    with qtbot.waitSignal(bench.told) as said:
        assert not page.drag.take("K1")
    assert "provisional" in str(said.args)
    document.preview(None)
    assert not page.provisional.isVisible()
    assert kinds(page)["case"] == 2


def test_the_demo_hospital_is_told_bar_by_bar(
    page: TheatrePage, bench: Workbench, small_problem: Problem
) -> None:
    known = first_plan(small_problem, ())
    clocks = Clocks(small_problem, facts(small_problem), small_problem.rules, ())
    document = opened(bench, small_problem, tuple(listed(clocks, known)))
    board = theatre_board(document.outcome())
    for lang in ("en", "fr"):
        bench.speak(lang)
        for day in board.days:
            page.open_day(day.day)
            bands = [band for row in day.rows for band in row.bands]
            names = told(page)
            assert len(names) == len(bands) + sum(len(band.bars) for band in bands)
            for band in bands:
                for bar in band.bars:
                    assert any(name.startswith(f"{bar.case.id} · {bar.title}") for name in names)
    assert page.tray.model.rowCount() == len(board.tray)


def test_hidden_it_waits_and_catches_up_when_shown(page: TheatrePage, bench: Workbench) -> None:
    page.hide()
    bench.do(TakeOut(scenario="base", cases=frozenset({"K1"})))
    assert kinds(page)["case"] == 2
    page.show()
    assert kinds(page)["case"] == 1


def test_leaving_events_alone_that_are_not_ours(page: TheatrePage) -> None:
    assert not page.hand.eventFilter(page.view, QEvent(QEvent.Type.Enter))


def test_every_card_of_the_tray_has_a_name(page: TheatrePage, bench: Workbench) -> None:
    bench.speak("fr")
    found = QAccessible.queryAccessibleInterface(page.tray.list)
    names = [found.child(n).text(QAccessible.Text.Name) for n in range(page.tray.model.rowCount())]
    assert [name.split(" · ")[0] for name in names] == ["K3", "K4"]
    assert "échéance le" in names[0]


def test_the_board_finds_its_place_at_every_size(page: TheatrePage) -> None:
    """Scroll bars that come and go with the room they take must not chase one another."""
    for high in range(400, 900, 37):
        for wide in (520, 700, 1300):
            page.resize(wide, high)
            QApplication.processEvents()
            room = page.view.viewport().width()
            assert page.view.layout_.width == pytest.approx(room, abs=20)
            assert page.tray.opened == (high >= 740)


def test_tool_tips_read_no_markup_from_data(page: TheatrePage, bench: Workbench) -> None:
    bench.do(TakeOut(scenario="base", cases=frozenset({"K1"})))
    words = page.model.data(page.model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert words.startswith("<div>")
    assert tip("a <b>\nc") == "<div>a &lt;b&gt;<br>c</div>"


def test_two_weeks_over_the_clock_change_are_fourteen_columns(
    page: TheatrePage, bench: Workbench
) -> None:
    """F04: every day once, 25 October with its 25 hours too."""
    horizon = Horizon(start=dt.date(2026, 10, 19), days=14)
    daily = tuple(session(f"S{day}", day) for day in range(14))
    opened(bench, replace(PROBLEM, horizon=horizon, sessions=daily), ())
    assert page.all_days == tuple(range(14))
    page.show_week(True)
    seen = [*page.model.scene.days]
    page.step(1)
    seen += page.model.scene.days
    assert seen == list(range(14))
    dates = [horizon.date(day).isoformat() for day in seen]
    assert len(set(dates)) == 14
    assert dates[6] == "2026-10-25"
    assert page.view.layout_.column * 7 == pytest.approx(page.view.layout_.width)


def test_the_menu_of_days_marks_those_that_differ(page: TheatrePage, bench: Workbench) -> None:
    bench.do(Branch(parent="base", name="other"))
    assert bench.document is not None
    bench.document.show("other")
    bench.do(Place(scenario="other", placement=Placement("K3", "E", "X2", 480)))
    page.bar.dates_menu.aboutToShow.emit()
    weeks = [action.menu() for action in page.bar.dates_menu.actions()]
    days = [action for week in weeks for action in week.actions()]
    assert [len(week.actions()) for week in weeks] == [3, 1]
    assert [action.isChecked() for action in days] == [True, False, False, False]
    assert ["other than the parent" in action.text() for action in days] == [False] * 3 + [True]
    days[3].trigger()
    assert page.model.scene.days == (8,)


def test_a_breach_about_a_surgeon_or_a_theatre_shows_its_bars(
    page: TheatrePage, bench: Workbench
) -> None:
    page.open_day(3)
    for kind, id, meant in (("surgeon", "X1", {"K1", "K2"}), ("theatre", "R1", {"A"})):
        bench.selection.go(kind, id, day=0)
        chosen = page.view.selectionModel().selectedIndexes()
        assert {page.model.item(index).id for index in chosen} == meant
        assert bench.selection.now.kind == kind  # showing is not choosing
    bench.selection.go("day", "3", day=3)
    assert page.model.scene.days == (3,)
