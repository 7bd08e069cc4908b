"""The lanes below the theatre board: every figure has its words, and what is too much has its sign."""

import datetime as dt
from dataclasses import replace

import pytest
from kpi_house import case, session
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from theatre_house import PROBLEM, board, opened

from planner.boards.theatre_lanes import Lane, theatre_lanes
from planner.cases import Procedure
from planner.clock import Horizon
from planner.hand_edits import Place
from planner.hospital import Equipment, Recovery, Ward
from planner.plan import Placement
from planner.rules.crowding import Held
from planner.rules.theatre.equipment import EquipmentInUse
from planner.rules.theatre.recovery_posts import RecoveryPosts
from planner.rules.theatre.ward_beds import WardBeds
from ui.window.actions import Actions
from ui.window.boards.theatre_lane_painter import LANE, LanePainter
from ui.window.boards.theatre_layout import Layout
from ui.window.boards.theatre_page import TheatrePage
from ui.window.look.tokens import THEMES
from ui.window.workbench import Workbench

HOUSE = replace(
    PROBLEM,
    sessions=(session("A"), session("B", theatre="R2"), session("C", 1), session("E", 8)),
    procedures=(
        Procedure(id="P", specialty="S", turnover=15, recovery=60, equipment=frozenset({"ARC"})),
    ),
    equipment=(Equipment(id="ARC", name="C-arm", delay=15),),
    recoveries=(Recovery(id="PACU", posts=2, end=1080),),
    wards=(Ward(id="W", name="Ward <b>", beds=1),),
    cases=(case("K1", 60, ward="W", nights=1), case("K2", 60, ward="W", nights=1), case("K3", 45)),
    rules=(EquipmentInUse(id="T12"), RecoveryPosts(id="T24"), WardBeds(id="T27", tier=3, weight=5)),
)
PLACED = (Placement("K1", "A", "X1", 480), Placement("K2", "B", "X2", 510),
          Placement("K3", "C", "X1", 480))  # fmt: skip


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    QAccessible.setActive(True)
    opened(bench, HOUSE, PLACED)
    made = board(bench, qtbot, 1100)
    bench.settings.keep("theatre/lanes", "yes")
    made.lanes.settle()
    made.lanes.fold()
    QApplication.processEvents()
    return made


def told(page: TheatrePage) -> list[str]:
    """Give the names that the tree of accessible things has for the lanes."""
    found = QAccessible.queryAccessibleInterface(page.lanes.view)
    children = [found.child(n) for n in range(found.childCount())]
    return [child.text(QAccessible.Text.Name) for child in children]


def test_every_step_of_a_lane_has_a_name_in_the_tree_of_accessible_things(
    page: TheatrePage, bench: Workbench
) -> None:
    document = bench.document
    assert document is not None
    things = theatre_lanes(document.outcome(), (0,))
    steps = sum(max(1, len(thing.lanes[0].steps)) for thing in things)
    for lang, short, bed in (
        ("en", "1 too many", "2 beds needed (free: 1)"),
        ("fr", "1 de trop", "2 lits nécessaires (disponibles\u202f: 1)"),
    ):
        bench.speak(lang)
        names = told(page)
        assert len(names) == steps == 7  # three of recovery, one of the ward, three of the device
        (device,) = [name for name in names if name.startswith("C-arm") and short in name]
        assert "08:30–09:15" in device
        assert "K1, K2" in device
        assert len(device.splitlines()) == 2  # its breach
        assert sum(bed in name for name in names) == 1
        assert page.lanes.view.accessibleName()


def test_of_several_days_each_day_has_one_name(page: TheatrePage, bench: Workbench) -> None:
    bench.speak("en")
    for span, days in (("week", 5), ("month", 10)):
        page.show_span(span)  # type: ignore[arg-type]  # a span
        page.lanes.settle()
        names = told(page)
        assert len(names) == 3 * days
        assert sum("at most" in name for name in names) == 4  # two days of recovery and device
        assert sum("nothing planned" in name for name in names) == 3 * days - 5
        page.lanes.view.viewport().grab()
    (wrong,) = [name for name in names if "too many" in name and "C-arm" in name]
    assert "08:30–09:15" in wrong


def test_what_is_wrong_stands_in_the_heading_too_and_folded_it_stands_alone(
    page: TheatrePage, bench: Workbench
) -> None:
    bench.speak("en")
    assert [(str(t.id), most) for t, most in page.lanes.summary.things] == [
        ("W", "2/1"), ("ARC", "2/1"), ("PACU", "2/2"),
    ]  # fmt: skip
    assert page.lanes.summary.accessibleName() == "Too much asked of: Ward <b> 2/1, C-arm 2/1"
    unfolded = page.lanes.height()
    page.actions_["lanes"].trigger()
    assert page.lanes.view.isHidden()
    QApplication.processEvents()
    assert page.lanes.height() == unfolded - 3 * LANE
    assert bench.settings.value("theatre/lanes", "") == "no"
    page.lanes.title.click()
    assert not page.lanes.view.isHidden()
    assert page.actions_["lanes"].isChecked()
    page.lanes.grab()


def test_lanes_follow_an_edit_of_the_plan(page: TheatrePage, bench: Workbench) -> None:
    assert bench.do(Place(scenario="base", placement=Placement("K2", "B", "X2", 600)))
    page.lanes.settle()
    assert [str(thing.id) for thing, _ in page.lanes.summary.things if thing.sign] == ["W"]
    bench.document.stack.undo()  # type: ignore[union-attr]  # opened above
    assert page.lanes.later.isActive()  # they come a moment later, by themselves
    page.lanes.settle()
    assert len([thing for thing, _ in page.lanes.summary.things if thing.sign]) == 2


def test_keys_walk_the_lanes_and_say_where_they_are(page: TheatrePage, qtbot: QtBot) -> None:
    view = page.lanes.view
    view.setFocus()
    rows = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left,
                Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):  # fmt: skip
        qtbot.keyClick(view, key)
        rows.append(view.currentIndex().row())
    assert rows == [0, 1, 3, 6, 5, 6, 3, 2, 2]
    assert "10:00–10:30" in QToolTip.text()
    view.viewport().grab()  # with its ring


def test_enter_rings_the_cases_of_a_step_on_the_board(
    page: TheatrePage, bench: Workbench, qtbot: QtBot
) -> None:
    view = page.lanes.view
    (number,) = [
        n for n, each in enumerate(view.model_.stretches) if each.row == 2 and len(each.cases) == 2
    ]
    at = view.visualRect(view.model_.index(number)).center()
    assert view.indexAt(at).row() == number
    view.setCurrentIndex(view.model_.index(number))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert (bench.selection.now.kind, bench.selection.now.ids) == ("case", ("K1", "K2"))
    assert len(page.view.selectionModel().selectedIndexes()) == 2


def test_a_double_click_on_a_day_of_several_opens_it(page: TheatrePage, qtbot: QtBot) -> None:
    page.show_span("month")
    page.lanes.settle()
    view = page.lanes.view
    at = view.visualRect(view.model_.index(1)).center()  # Tuesday
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (page.span, page.day) == ("day", 1)


def test_lanes_take_a_share_of_the_board_and_scroll_beyond_it(
    page: TheatrePage, bench: Workbench, qtbot: QtBot
) -> None:
    many = tuple(Equipment(id=f"E{n:02}") for n in range(40))
    opened(bench, replace(HOUSE, equipment=(*HOUSE.equipment, *many)), PLACED)
    page.lanes.settle()
    QApplication.processEvents()
    assert page.lanes.height() < 0.4 * (page.lanes.height() + page.view.height())
    view = page.lanes.view
    assert view.verticalScrollBar().maximum() > 0
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.verticalScrollBar().value() > 0
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


def test_unasked_they_are_unfolded_where_there_is_room_for_all(
    bench: Workbench, qtbot: QtBot
) -> None:
    opened(bench, HOUSE, PLACED)
    made = TheatrePage(bench, Actions(bench, bench))
    qtbot.addWidget(made)
    made.show()
    for high, wanted in ((760, True), (330, False), (760, True)):
        made.resize(1100, high)
        made.lanes.settle()
        QApplication.processEvents()
        assert made.lanes.wanted == wanted
        assert made.lanes.view.isHidden() != wanted
        assert made.lanes.height() == (26 + 3 * LANE if wanted else 26)


def test_a_house_without_such_things_has_no_lanes(page: TheatrePage, bench: Workbench) -> None:
    bare = replace(HOUSE, equipment=(), recoveries=(), wards=(), rules=(),
                   procedures=(Procedure(id="P", specialty="S"),),
                   cases=(case("K1"), case("K2"), case("K3", 45)))  # fmt: skip
    opened(bench, bare, PLACED)
    assert page.lanes.isHidden()
    bench.take(None)
    assert page.lanes.isHidden()


def test_nothing_is_kept_of_a_study_that_was_closed(page: TheatrePage, bench: Workbench) -> None:
    assert page.lanes.view.model_.things
    bench.take(None)
    assert page.lanes.view.model_.things == ()
    assert page.lanes.view.model_.problem is None


def test_ctrl_and_the_wheel_over_the_lanes_zoom_the_board(page: TheatrePage) -> None:
    view, at = page.lanes.view, QPointF(100, 10)
    held, none = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.NoButton
    there = view.viewport().mapToGlobal(at)
    event = QWheelEvent(at, there, QPoint(), QPoint(0, 120), none, held,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    view.wheelEvent(event)
    assert page.view.zoom > 1


def test_the_lanes_stand_under_the_hours_of_the_board(page: TheatrePage) -> None:
    page.view.zoom_by(4)
    view = page.lanes.view
    numbers = [n for n, each in enumerate(view.model_.stretches) if each.step is not None]
    for bar in (0, page.view.horizontalScrollBar().maximum()):
        page.view.horizontalScrollBar().setValue(bar)
        for number in numbers:
            each = view.model_.stretches[number]
            if each.step.start > 0:  # type: ignore[union-attr]  # filtered
                left = page.view.layout_.x(0, each.step.start) - page.view.horizontalOffset()  # type: ignore[union-attr]
                assert abs(view.visualRect(view.model_.index(number)).left() - left) <= 1


@pytest.mark.parametrize("theme", list(THEMES))
def test_too_much_is_painted_above_what_there_is_in_every_theme(qapp: object, theme: str) -> None:
    """A ward with two patients for one bed: the upper half is hatched."""
    horizon = Horizon(start=PROBLEM.horizon.start, days=7)
    both = (Held(0, 1440, "K1", 0), Held(0, 1440, "K2", 0))
    painter, shown = LanePainter(THEMES[theme]), Layout(days=(0,), column=300.0)
    for held, over in ((both[:1], False), (both, True)):
        picture = QImage(300, LANE, QImage.Format.Format_RGB32)
        picture.fill(THEMES[theme].colour("paper"))
        drawing = QPainter(picture)
        painter.lane(drawing, shown, Lane("ward", "W", 0, horizon, 1, held), 0, 300)
        drawing.end()
        middle = [picture.pixelColor(x, 7) for x in range(60, 160)]
        assert (THEMES[theme].colour("closed") in middle) == over
        assert picture.pixelColor(100, 18) == painter.held


def test_an_hour_that_comes_again_is_painted_with_all_that_is_held_in_it(qapp: object) -> None:
    """On 25 October a post is held from 02:00 to the second 02:00, one of two then until 03:00."""
    horizon = Horizon(start=dt.date(2026, 10, 25), days=2)
    held = (Held(120, 180, "K1", 0), Held(120, 180, "K2", 0), Held(180, 240, "K3", 0))
    lane = Lane("recovery", "PACU", 0, horizon, 2, held)
    assert [(each.start, each.end, each.asked) for each in lane.steps] == [
        (120, 180, 2),
        (120, 180, 1),
    ]
    painter, shown = (
        LanePainter(THEMES["light"]),
        Layout(days=(0,), column=1440.0, first=0, last=1440),
    )
    picture = QImage(1440, LANE, QImage.Format.Format_RGB32)
    picture.fill(THEMES["light"].colour("paper"))
    drawing = QPainter(picture)
    painter.lane(drawing, shown, lane, 0, 1440)
    drawing.end()
    begin, end = round(shown.x(0, 120)) + 3, round(shown.x(0, 180)) - 3
    assert all(picture.pixelColor(x, 18) == painter.held for x in range(begin, end))
    assert all(picture.pixelColor(x, 8) == painter.held for x in range(begin, end))
