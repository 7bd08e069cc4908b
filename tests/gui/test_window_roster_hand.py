"""What a hand does on the roster board: letters, days off, passing on, pins, dragging, reasons."""

from collections.abc import Callable

import pytest
from board_pages import ward_document
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from roster_keys import focused, go, press, works

from ui.window.boards import roster_user
from ui.window.boards.roster_hand import exchanged
from ui.window.boards.roster_page import RosterPage
from ui.window.boards.roster_sheet import EVERYBODY, Group
from ui.window.document import Document
from ui.window.workbench import Workbench

KEY, HELD, MOUSE = Qt.Key, Qt.KeyboardModifier, QEvent.Type


@pytest.fixture
def document(bench: Workbench) -> Document:
    return ward_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return focused(bench, qtbot)


def mouse(page: RosterPage, kind: QEvent.Type, point: QPoint, held: Qt.KeyboardModifier) -> None:
    view = page.grid.duties.viewport()
    button = Qt.MouseButton.NoButton if kind == MOUSE.MouseMove else Qt.MouseButton.LeftButton
    place = QPointF(point), QPointF(view.mapToGlobal(point))
    event = QMouseEvent(kind, *place, button, Qt.MouseButton.LeftButton, held)
    QApplication.sendEvent(view, event)


Carry = Callable[..., None]


@pytest.fixture
def carry(page: RosterPage) -> Carry:
    """Take a duty with the mouse and hold it over another place; `drop` lets it go."""

    def do(
        source: tuple[str, int],
        target: tuple[str, int],
        *,
        drop: bool = True,
        held: Qt.KeyboardModifier = HELD.NoModifier,
    ) -> None:
        boxes = [page.grid.duties.box_of(place) for place in (source, target)]
        first, last = (box.center().toPoint() for box in boxes if box is not None)
        mouse(page, MOUSE.MouseButtonPress, first, HELD.NoModifier)
        mouse(page, MOUSE.MouseMove, first + QPoint(11, 0), HELD.NoModifier)
        mouse(page, MOUSE.MouseMove, last, held)
        if drop:
            mouse(page, MOUSE.MouseButtonRelease, last, held)

    return do


# --- passing on, pins ---------------------------------------------------------------------------


def test_alt_and_arrows_pass_a_duty_on_and_take_what_is_there_in_exchange(
    page: RosterPage, document: Document
) -> None:
    go(page, "IADE-01", 1)
    press(page, KEY.Key_Down, HELD.AltModifier)
    assert [works(document, who, 1) for who in ("IADE-01", "IADE-02")] == ["", "M"]
    assert page.grid.duties.here() == ("IADE-02", 1)
    go(page, "AS-01", 0)
    press(page, KEY.Key_Up, HELD.AltModifier)
    assert [works(document, who, 0) for who in ("AS-01", "IADE-03")] == ["", "J9"]
    go(page, "IADE-01", 0)
    press(page, KEY.Key_Up, HELD.AltModifier)  # there is nobody above
    assert works(document, "IADE-01", 0) == "M"


def test_an_exchange_leaves_other_tracks_alone(page: RosterPage, document: Document) -> None:
    go(page, "IADE-02", 0)
    press(page, "na")
    go(page, "IADE-02", 0)
    press(page, "j")
    assert page.rows is not None
    given = exchanged(page.rows, ("IADE-01", 0), ("IADE-02", 0))
    words = page.user._what(("IADE-01", 0), ("IADE-02", 0))
    assert words == "M → IADE-02, Mon 19 Oct, in exchange for J9"  # the call stays where it is
    assert page.user.hand.move(given)
    assert [works(document, who, 0) for who in ("IADE-01", "IADE-02")] == ["J9", "M+NA"]


# --- dragging -----------------------------------------------------------------------------------


def test_a_duty_is_dragged_to_another_person(
    page: RosterPage, document: Document, carry: Carry
) -> None:
    carry(("IADE-03", 6), ("IADE-02", 6))
    assert [works(document, who, 6) for who in ("IADE-03", "IADE-02")] == ["", "N"]
    assert page.grid.duties.here() == ("IADE-02", 6)
    document.stack.undo()
    assert [works(document, who, 6) for who in ("IADE-03", "IADE-02")] == ["N", ""]


def test_a_duty_is_dragged_to_another_day(document: Document, carry: Carry) -> None:
    carry(("IADE-02", 2), ("IADE-02", 4))
    assert [works(document, "IADE-02", day) for day in (2, 4)] == ["", "M"]


def test_the_bubble_says_what_breaks_with_its_arithmetic(
    page: RosterPage, document: Document, carry: Carry
) -> None:
    carry(("IADE-03", 6), ("IADE-03", 4), drop=False)
    assert page.grid.duties.landing == (("IADE-03", 4), True)
    assert "IADE-03, Fri 23 Oct" in page.user.bubble.words
    page.grid.duties.give_up()
    carry(("IADE-02", 2), ("AS-02", 4), drop=False)  # the morning after her night: nothing new
    page.grid.duties.give_up()
    carry(("AS-01", 2), ("IADE-03", 7), drop=False)
    assert page.grid.duties.landing == (("IADE-03", 7), False)
    assert page.user.bubble.isVisible()
    words = page.user.bubble.words.replace("\u00a0", " ")
    assert "IADE-03: 1 h of rest between N of Sun 25 Oct and J9 of Mon 26 Oct" in words
    assert "11 h short of 12 h" in words
    assert "Shift: drop with a reason" in words
    assert "of rest between" in page.user.bubble.lines.text()
    assert page.user.bubble.lines.property("look") == "hard"
    soft = page.user.hand.judged((("IADE-03", 7, "J9"), ("AS-01", 2, None))).soft
    assert page.user.bubble.wishes.isVisible() == bool(soft)
    box = page.user._in_grid(("IADE-03", 7))
    assert not page.user.bubble.geometry().intersects(box)
    page.bench.speak("fr")
    assert "h de repos entre" in page.user.bubble.words.replace("\u00a0", " ")
    page.grid.duties.give_up()
    page.bench.speak("en")
    assert not page.user.bubble.isVisible()


def test_an_illegal_drop_goes_back_with_its_sentence(
    page: RosterPage, document: Document, bench: Workbench, carry: Carry, qtbot: QtBot
) -> None:
    before = document.scenario.plan
    with qtbot.waitSignal(bench.told) as told:
        carry(("AS-01", 2), ("IADE-03", 7))
    assert told.args[0].startswith("Put back, breach: IADE-03")
    assert "of rest between" in told.args[0]
    assert document.scenario.plan is before
    assert page.grid.duties.landing is None


def test_escape_gives_a_drag_up(page: RosterPage, document: Document, carry: Carry) -> None:
    before = document.scenario.plan
    carry(("IADE-03", 6), ("IADE-02", 6), drop=False)
    press(page, KEY.Key_Escape)
    assert page.grid.duties.landing is None
    assert not page.user.bubble.isVisible()
    box = page.grid.duties.box_of(("IADE-02", 6))
    assert box is not None
    mouse(page, MOUSE.MouseButtonRelease, box.center().toPoint(), HELD.NoModifier)
    assert document.scenario.plan is before


@pytest.mark.parametrize("reason", ["agreed with her", None])
def test_an_illegal_drop_is_kept_with_a_reason(
    page: RosterPage,
    document: Document,
    carry: Carry,
    monkeypatch: pytest.MonkeyPatch,
    reason: str | None,
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(
        roster_user, "ask_reason", lambda _b, told, _p: asked.append(told) or reason
    )
    before = document.scenario.plan
    steps = document.stack.count()
    carry(("AS-01", 2), ("IADE-03", 7), held=HELD.ShiftModifier)
    assert len(asked) == 1
    assert "of rest between" in asked[0][0]
    if reason is None:
        assert document.scenario.plan is before
        return
    assert works(document, "IADE-03", 7) == "J9"
    (waiver,) = document.scenario.waivers
    assert (waiver.rule, waiver.reason, waiver.first, waiver.last) == ("gap", reason, 6, 7)
    assert "accepted breach" in page.grid.model.data(
        page.grid.model.index(2, 7), Qt.ItemDataRole.AccessibleTextRole
    )
    assert document.stack.count() == steps + 1
    document.stack.undo()
    assert document.scenario.plan == before
    assert document.scenario.waivers == ()


def test_what_was_typed_is_kept_with_a_reason(
    page: RosterPage, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_user, "ask_reason", lambda *_: "she asked for it")
    go(page, "AS-02", 4)
    press(page, KEY.Key_Return, HELD.ShiftModifier)
    (waiver,) = document.scenario.waivers
    assert (waiver.rule, waiver.subjects) == ("gap", frozenset({"AS-02"}))
    assert document.outcome().judgement.hard == ()


# --- one selection ------------------------------------------------------------------------------


def test_the_selection_goes_both_ways(page: RosterPage, bench: Workbench) -> None:
    go(page, "AS-01", 3)
    press(page, KEY.Key_Right)
    picked = bench.selection.now
    assert (picked.kind, picked.ids, picked.day, picked.last) == ("staff", ("AS-01",), 4, None)
    press(page, KEY.Key_Right, HELD.ShiftModifier)
    assert (bench.selection.now.day, bench.selection.now.last) == (4, 5)
    bench.selection.pick("staff", "AS-02", day=3, last=4)
    assert page.grid.duties.places() == [("AS-02", 3), ("AS-02", 4)]
    assert page.grid.people.here == {4}
    assert page.grid.cover.dates.here == (3, 4)
    bench.selection.pick("case", "K1")
    assert page.grid.duties.places() == []


def test_what_is_asked_for_is_brought_into_view(page: RosterPage, bench: Workbench) -> None:
    page.grid.show_span(1, "roomy")
    page.resize(976, 180)
    bench.selection.go("staff", "AS-03", day=12)
    box = page.grid.duties.box_of(("AS-03", 12))
    assert box is not None
    assert page.grid.duties.viewport().rect().contains(box.toRect().adjusted(1, 1, -2, -2))
    bench.selection.go("cover", "IADE-M-2026-10-22", day=3)
    assert page.grid.cover.here == (0, 3)
    page.bar.choose(Group(role="IADE"))
    bench.selection.go("staff", "AS-01", day=2)  # not of the group on show: everybody is shown
    assert page.bar.group == EVERYBODY
    assert page.grid.duties.places() == [("AS-01", 2)]


def test_the_menu_of_a_cell_gives_shifts_by_mouse(page: RosterPage, document: Document) -> None:
    go(page, "AS-03", 7, 8)
    menu = page.user.menu()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[0] == "Morning  07:00–15:00\tM"
    assert words[-7:] == [
        "Day off\tDel",
        "Pin\tF4",
        "Pin the whole day for everybody\tCtrl+Shift+P",
        "Pin all days of these people",
        "Keep with a reason…\tShift+Enter",
        "Sick call…\tF7",
        "Record a call-out…\tShift+F7",
    ]
    menu.actions()[0].trigger()
    assert [works(document, "AS-03", day) for day in (7, 8, 9)] == ["M", "M", ""]
    next(action for action in menu.actions() if action.text().startswith("Day off")).trigger()
    assert [works(document, "AS-03", day) for day in (7, 8)] == ["", ""]


def test_enter_and_the_right_button_open_the_menu(page: RosterPage, qtbot: QtBot) -> None:
    go(page, "AS-03", 7)
    with qtbot.waitSignal(page.grid.duties.asked) as asked:
        press(page, KEY.Key_Return)
    box = page.grid.duties.box_of(("AS-03", 7))
    assert box is not None
    corner = page.grid.duties.viewport().mapToGlobal(box.bottomLeft().toPoint())
    assert asked.args == [corner]
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_a_click_on_a_name_chooses_the_person(page: RosterPage, bench: Workbench) -> None:
    people = page.grid.people
    go(page, "AS-01", 4)
    box = people.visualRect(people.model().index(1, 0))
    QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert (bench.selection.now.kind, bench.selection.now.ids) == ("staff", ("IADE-02",))
    assert page.grid.people.here == {1}
