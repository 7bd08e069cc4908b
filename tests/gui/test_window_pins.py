"""Pins in the window: keys, menus, the list with its ways, what solving keeps and a plan does not."""

from dataclasses import replace

import pytest
from facts_bench import facts_page
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from theatre_hands import PLACED, PROBLEM, handled, where

from planner.edits import AdoptPlan, Branch, SetPins
from planner.hand_edits import TakeOut
from planner.hospital import WEEKDAYS, SessionTemplate
from planner.plan import Plan
from planner.study import Pin, Study
from ui.window.actions import Actions
from ui.window.boards.theatre_page import TheatrePage
from ui.window.dialogs.pins import PinsDialog
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.panels.breaches import BreachPanel
from ui.window.panels.solve import SolvePanel
from ui.window.workbench import Workbench

CASE, SESSION = Pin(kind="case", id="K1"), Pin(kind="session", id="A")


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan to be changed by hand."""
    return handled(bench, qtbot)


@pytest.fixture
def document(page: TheatrePage) -> Document:
    """The open study."""
    assert page.bench.document is not None
    return page.bench.document


@pytest.fixture
def dialog(page: TheatrePage, qtbot: QtBot) -> PinsDialog:
    """The list of pins."""
    made = PinsDialog(page.bench)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def names(page: TheatrePage) -> dict[str, str]:
    """Give the accessible name of each bar and session on the board."""
    model = page.model
    rows = ((item.id, model.index(n, 0)) for n, item in enumerate(model.scene.items))
    role = Qt.ItemDataRole.AccessibleTextRole
    return {id: str(index.data(role)) for id, index in rows}


def test_a_pin_is_said_told_and_undone(page: TheatrePage, document: Document, qtbot: QtBot) -> None:
    page.bench.selection.pick("case", "K1")
    with qtbot.waitSignal(page.bench.told) as said:
        page.actions_["pin"].trigger()
    assert said.args == ["Pinned: 1 case. Solving keeps it as it is.", False]
    assert "pinned" in names(page)["K1"]
    assert "pinned" not in names(page)["K2"]
    document.stack.undo()
    assert "pinned" not in names(page)["K1"]
    document.stack.redo()
    with qtbot.waitSignal(page.bench.told) as said:
        page.actions_["pin"].trigger()
    assert said.args == ["No longer pinned: 1 case.", False]


def test_the_menu_says_what_it_would_do(page: TheatrePage) -> None:
    page.bench.selection.pick("case", "K1")

    def words() -> list[str]:
        menu = QMenu(page)
        page.pins.offer(menu)
        return [action.text().partition("\t")[0] for action in menu.actions()]

    assert words() == ["Pin", "Pin the sessions of Mon 1 Jun", "Pins…"]
    page.actions_["pin"].trigger()
    page.actions_["pin_day"].trigger()
    page.bench.speak("fr")
    assert words()[:2] == ["Rendre libre", "Rendre libres les vacations du lun. 1er juin"]


def test_the_cases_of_a_pinned_session_say_so(page: TheatrePage) -> None:
    page.bench.selection.pick("session", "A")
    page.actions_["pin"].trigger()
    assert all("pinned" in names(page)[id] for id in ("A", "K1", "K2"))
    assert "pinned" not in names(page)["K4"]


def test_an_empty_session_shows_its_pin(page: TheatrePage) -> None:
    page.open_day(1)
    (item,) = (each for each in page.model.scene.items if each.kind == "session")
    before = page.view.viewport().grab().toImage()
    page.bench.selection.pick("session", item.id)
    page.actions_["pin"].trigger()
    page.bench.selection.clear()
    after = page.view.viewport().grab().toImage()
    assert after != before
    page.bench.document.stack.undo()  # type: ignore[union-attr]  # it is there
    assert page.view.viewport().grab().toImage() == before


def test_a_surgeon_a_theatre_and_a_whole_day_are_pinned(
    page: TheatrePage, document: Document
) -> None:
    for kind, id, pins in (
        ("surgeon", "X1", [("case", "K1"), ("case", "K2")]),
        ("theatre", "R2", [("session", "B")]),
    ):
        page.bench.selection.pick(kind, id)
        page.actions_["pin"].trigger()
        assert [(pin.kind, pin.id) for pin in document.scenario.pins] == pins
        page.actions_["pin"].trigger()
    page.bench.selection.clear()
    page.actions_["pin_day"].trigger()
    assert {pin.id for pin in document.scenario.pins} == {"A", "B"}
    page.actions_["pin_day"].trigger()
    assert document.scenario.pins == ()


def test_what_a_parent_pinned_is_freed_there_and_that_is_said(
    page: TheatrePage, document: Document, qtbot: QtBot
) -> None:
    document.do(SetPins(scenario="base", pins=(CASE,)))
    document.do(Branch(parent="base", name="child"))
    document.show("child")
    page.bench.selection.pick("case", "K1")
    with qtbot.waitSignal(page.bench.told) as said:
        page.actions_["pin"].trigger()
    assert "“base”" in said.args[0]
    assert said.args[1]
    assert document.scenario.pins == ()


def test_a_case_that_waits_can_be_pinned_so_and_its_card_says_it(page: TheatrePage) -> None:
    page.bench.selection.pick("case", "K3")
    page.actions_["pin"].trigger()
    role = Qt.ItemDataRole.AccessibleTextRole
    index = page.tray.model.index(page.tray.model.number("K3"), 0)
    assert "pinned" in str(index.data(role))


def test_the_list_goes_to_a_pin_and_frees_it(
    page: TheatrePage, document: Document, dialog: PinsDialog, qtbot: QtBot
) -> None:
    assert dialog.told.text() == page.bench.say("pins.none")
    page.bench.do(SetPins(scenario="base", pins=(CASE, SESSION)))
    rows = [dialog.list.item(n).text() for n in range(dialog.list.count())]
    assert rows == [
        "Case K1\nR1, Mon 1 Jun, 08:00 · pinned here",
        "Session A (R1, Mon 1 Jun)\npinned here",
    ]
    with qtbot.waitSignal(page.bench.asked_for_view) as asked:
        dialog.go.click()
    assert asked.args == ["theatre"]
    assert (page.bench.selection.now.kind, page.bench.selection.now.id) == ("case", "K1")
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert document.scenario.pins == (SESSION,)
    document.stack.undo()
    assert dialog.list.count() == 2


def test_a_pin_that_the_plan_does_not_keep_is_named(
    page: TheatrePage, document: Document, dialog: PinsDialog, qtbot: QtBot
) -> None:
    panel = BreachPanel(page.bench, page.actions_)
    qtbot.addWidget(panel)
    panel.refresh()
    assert panel.pins.isHidden()
    document.do(SetPins(scenario="base", pins=(CASE,)))
    document.do(Branch(parent="base", name="child"))
    document.show("child")
    document.do(TakeOut(scenario="child", cases=frozenset({"K1"})))
    page.bench.settle()
    assert not panel.pins.isHidden()
    assert panel.pins.words.text().splitlines() == [
        "The plan does not keep 1 pin.",
        "case K1",
        "Put it back where whoever pinned it has it, or free it.",
    ]
    assert "inherited from “Base” · The plan does not keep it" in dialog.list.item(0).text()
    dialog.set_free()
    assert "“base”" in dialog.told.text()
    assert document.study.pins("child") == (CASE,)
    dialog.back.click()
    assert where(page, "K1") == ("A", 480)
    assert not dialog.back.isEnabled()
    page.bench.settle()
    assert panel.pins.isHidden()
    document.stack.undo()
    assert where(page, "K1") is None


def test_the_panel_of_solving_says_what_it_keeps(
    page: TheatrePage, document: Document, qtbot: QtBot
) -> None:
    panel = SolvePanel(page.bench, Actions(page.bench, page.bench))
    qtbot.addWidget(panel)
    assert panel.pins.isHidden()
    document.do(SetPins(scenario="base", pins=(CASE, SESSION)))
    assert panel.pins.words.text() == "Solving keeps what is pinned: 1 case and 1 session."
    page.bench.speak("fr")
    panel.word()
    assert panel.pins.words.text() == (
        "Le calcul garde ce qui est fixé\u202f: 1 cas et 1 vacation."
    )


def test_the_list_opens_once_and_closes_with_the_study(main: MainWindow) -> None:
    main.bench.take(Document.of(Study(id="t", name="t", base=PROBLEM)))
    main.bench.do(AdoptPlan(scenario="base", plan=Plan.build(PLACED)))
    for _ in range(2):
        main.actions_["pins"].trigger()
    found = main.findChildren(PinsDialog)
    assert len(found) == 1
    main.bench.take(None)
    assert not found[0].isVisible()


def test_a_study_that_is_only_looked_at_is_not_pinned(
    page: TheatrePage, document: Document, qtbot: QtBot
) -> None:
    document.read_only = True
    page.bench.selection.pick("case", "K1")
    with qtbot.waitSignal(page.bench.told) as said:
        page.pins.pin()
    assert document.title in said.args[0]
    assert document.scenario.pins == ()


def test_records_are_pinned_in_their_tables(bench: Workbench, qtbot: QtBot) -> None:
    """A template keeps its owner where the master schedule is solved."""
    template = SessionTemplate(
        id="M", theatre="R1", weekday=WEEKDAYS[0], start=480, end=720, owners=frozenset({"S"})
    )
    study = Study(id="t", base=replace(PROBLEM, templates=(template,)))
    bench.take(Document.of(study))
    page = facts_page(bench, qtbot)
    for kind, id in (("template", "M"), ("case", "K1")):
        bench.selection.go(kind, id)
        page.actions_["pin"].trigger()
    assert bench.document is not None
    pins = (Pin(kind="template", id="M"), CASE)
    assert bench.document.scenario.pins == pins
    bench.selection.go("theatre", "R1")
    with qtbot.waitSignal(bench.told) as said:
        page.actions_["pin"].trigger()
    assert said.args == [bench.say("pin.nothing"), True]
    assert bench.document.scenario.pins == pins
