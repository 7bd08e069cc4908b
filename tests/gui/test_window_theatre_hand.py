"""Keys on the theatre board: nudge, keep with a reason, take out, pin; each can be undone."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from theatre_hands import ALT, SHIFT, at, drag, handled, where

from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Record
from planner.plan import Placement, Plan
from planner.study import Pin
from ui.window.boards.theatre_page import TheatrePage
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan to be changed by hand."""
    return handled(bench, qtbot)


def test_keys_nudge_a_case_in_one_undo_step(page: TheatrePage, qtbot: QtBot) -> None:
    page.bench.selection.pick("case", "K1")
    for _ in range(3):
        qtbot.keyClick(page.view, Qt.Key.Key_Right, ALT)
    assert where(page, "K1") == ("A", 495)
    qtbot.keyClick(page.view, Qt.Key.Key_Left, ALT)
    assert where(page, "K1") == ("A", 490)
    assert page.bench.document is not None
    page.bench.document.stack.undo()
    assert where(page, "K1") == ("A", 480)


def test_keys_carry_a_case_over_an_illegal_place_and_beyond(
    page: TheatrePage, qtbot: QtBot
) -> None:
    page.drag.ask = lambda sentences: "Agreed"
    page.bench.selection.pick("case", "K1")
    qtbot.keyClick(page.view, Qt.Key.Key_Down, ALT)  # R2 08:00: K4 is there
    assert page.drag.held
    assert where(page, "K1") == ("A", 480)
    qtbot.keyClick(page.view, Qt.Key.Key_Up, ALT)  # back where it is allowed
    assert not page.drag.active
    assert where(page, "K1") == ("A", 480)
    qtbot.keyClick(page.view, Qt.Key.Key_Down, ALT)
    qtbot.keyClick(page.view, Qt.Key.Key_Return, SHIFT)
    assert where(page, "K1") == ("B", 480)
    assert page.bench.document is not None
    assert [w.reason for w in page.bench.document.study.waivers("base")] == ["Agreed"]


def test_delete_takes_out_and_f4_pins(page: TheatrePage, qtbot: QtBot) -> None:
    document = page.bench.document
    assert document is not None
    page.bench.selection.pick("case", "K1", "K2")
    page.actions_["pin"].trigger()
    assert set(document.scenario.pins) == {Pin(kind="case", id="K1"), Pin(kind="case", id="K2")}
    assert page.model.scene.pinned == {"K1", "K2"}
    page.actions_["pin"].trigger()
    assert document.scenario.pins == ()
    page.bench.selection.pick("session", "A")
    page.actions_["pin"].trigger()
    assert document.scenario.pins == (Pin(kind="session", id="A"),)
    page.bench.selection.pick("case", "K1", "K2")
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert where(page, "K1") is None
    assert where(page, "K2") is None
    document.stack.undo()
    assert where(page, "K2") == ("A", 720)


def test_a_move_that_mends_more_than_it_breaks_is_allowed(page: TheatrePage) -> None:
    """What was broken before does not count against a move that breaks it less."""
    document = page.bench.document
    assert document is not None
    page.bench.do(AdoptPlan(scenario="base", plan=Plan.build([
        Placement("K1", "A", "X1", 480), Placement("K2", "A", "X1", 500)])))  # fmt: skip
    assert page.drag.take("K2")
    page.drag.aim(0, 0, 530)  # overlaps less
    page.drag.judge()
    assert page.drag.landing is not None
    assert page.drag.landing.verdict is not None
    assert page.drag.landing.verdict.allowed


def test_a_read_only_study_is_not_changed(page: TheatrePage, qtbot: QtBot) -> None:
    document = page.bench.document
    assert document is not None
    document.read_only = True
    page.bench.selection.pick("case", "K1")
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.keyClick(page.view, Qt.Key.Key_Right, ALT)
    drag(page, qtbot, at(page, 0, 500), at(page, 0, 600))
    assert where(page, "K1") == ("A", 480)
    assert not page.drag.active
    with qtbot.waitSignal(page.bench.told, check_params_cb=lambda words, wrong: wrong) as said:
        assert not page.drag.take("K1")  # not even into the hand
    assert document.title in str(said.args)
    page.place_best("K3")
    assert not page.best.busy


def test_the_best_place_is_found_by_key_from_the_tray(page: TheatrePage, qtbot: QtBot) -> None:
    assert page.tray.model.number("K3") == 0
    page.tray.list.setCurrentIndex(page.tray.model.index(0))
    qtbot.keyClick(page.tray.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: where(page, "K3") is not None)
    assert page.bench.document is not None
    assert page.bench.document.outcome().judgement.hard == ()
    assert where(page, "K3") == ("A", 555)  # after K1 and its turnover, before K2
    assert page.bench.selection.now.id == "K3"
    page.bench.document.stack.undo()
    assert where(page, "K3") is None


def test_a_case_that_fits_nowhere_stays_in_the_tray(page: TheatrePage, qtbot: QtBot) -> None:
    document = page.bench.document
    assert document is not None
    longer = Set(kind="case", id="K3", field="mean", expected=45, value=900)
    page.bench.do(Record(scenario="base", group=ChangeSet(name="Long", changes=(longer,))))
    with qtbot.waitSignal(page.bench.told, check_params_cb=lambda _words, wrong: wrong) as said:
        page.tray.best.click()
    assert "K3" in str(said.args)
    assert where(page, "K3") is None


def test_shift_enter_accepts_what_a_case_breaks_where_it_is(
    page: TheatrePage, qtbot: QtBot
) -> None:
    page.drag.ask = lambda sentences: f"{len(sentences)} seen"
    overlap = Plan.build([Placement("K1", "A", "X1", 480), Placement("K2", "A", "X2", 500)])
    page.bench.do(AdoptPlan(scenario="base", plan=overlap))
    page.bench.selection.pick("case", "K1")
    qtbot.keyClick(page.view, Qt.Key.Key_Return, SHIFT)
    document = page.bench.document
    assert document is not None
    assert [w.reason for w in document.study.waivers("base")] == ["1 seen"]
    assert document.outcome().judgement.hard == ()


def test_what_is_wanted_out_of_sight_is_brought_into_view_later(page: TheatrePage) -> None:
    page.hide()
    page.bench.selection.go("session", "N")
    page.show()
    assert page.model.scene.days == (2,)
    (chosen,) = page.view.selectionModel().selectedIndexes()
    assert page.model.item(chosen).id == "N"
