"""The panels round the boards: scenarios, changes, banner, breaches, details, going to things."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from data.journal import recorded
from planner.changes import Adjust, ChangeSet, Remove, Set
from planner.commands import expand
from planner.edits import Branch, Record, SetPins
from planner.hand_edits import Assign, Place
from planner.plan import Placement
from planner.problem import Problem
from planner.study import BASE, Pin, Study
from ui.window.actions import Actions, specs
from ui.window.dialogs.ask import ReasonDialog
from ui.window.dialogs.what_if import WhatIfDialog
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.panels import breaches as breaches_module
from ui.window.panels import scenarios, states
from ui.window.panels.banner import Banner
from ui.window.panels.breach_model import GROUP
from ui.window.panels.breaches import BreachPanel
from ui.window.panels.changes import ChangesPanel
from ui.window.panels.detail import DetailPanel
from ui.window.panels.go_to import GoTo
from ui.window.panels.left import RAIL
from ui.window.panels.mending import tries
from ui.window.panels.right import RightDock
from ui.window.panels.scenarios import ScenariosPanel, fresh_name
from ui.window.panels.stale_box import StaleBox
from ui.window.panels.states import state
from ui.window.workbench import Workbench


@pytest.fixture
def actions(bench: Workbench, small_document: Document) -> Actions:
    return Actions(bench, bench)


def longer(document: Document, minutes: int = 95) -> Record:
    case = document.problem.cases[0]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=minutes)
    group = ChangeSet(name=f"{case.id} longer", changes=(change,))
    return Record(scenario=document.name, group=group)


def test_no_two_actions_share_keys() -> None:
    keys = [key for spec in specs() for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_the_tree_shows_opens_renames_and_deletes(
    bench: Workbench,
    small_document: Document,
    actions: Actions,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel = ScenariosPanel(bench, actions)
    qtbot.addWidget(panel)
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.do(Branch(parent="Two", name="Three"))
    top = panel.tree.topLevelItem(0)
    assert top is not None
    child = top.child(0)
    assert [child.text(0), child.child(0).text(0)] == ["Two", "Three"]
    panel.tree.setCurrentItem(child.child(0))
    assert small_document.name == "Three"
    item = panel.tree.currentItem()
    assert item is not None
    item.setText(0, "Third")
    assert small_document.name == "Third"
    monkeypatch.setattr(QMessageBox, "exec", lambda box: 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    actions["delete"].trigger()
    assert [each.name for each in small_document.study.scenarios] == [BASE, "Two"]
    assert small_document.name == "Two"


def test_a_name_that_is_being_typed_is_left_alone(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    panel = ScenariosPanel(bench, actions)
    qtbot.addWidget(panel)
    panel.show()
    panel.branch()
    editor = panel.tree.findChild(QLineEdit)
    assert editor is not None
    bench.settle()
    assert panel.tree.state() == panel.tree.State.EditingState
    editor.setText("Other")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: small_document.name == "Other")


def test_a_taken_name_is_refused_and_the_tree_goes_back(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    panel = ScenariosPanel(bench, actions)
    qtbot.addWidget(panel)
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.do(Branch(parent=BASE, name="Three"))
    small_document.show("Three")
    with qtbot.waitSignal(bench.told) as told:
        item = panel.tree.currentItem()
        assert item is not None
        item.setText(0, "Two")
    assert told.args[1] is True
    now = panel.tree.currentItem()
    assert now is not None
    assert now.text(0) == "Three"


def test_fresh_names_count_on(small_document: Document) -> None:
    assert fresh_name(small_document.study, "New") == "New"
    small_document.do(Branch(parent=BASE, name="New"))
    assert fresh_name(small_document.study, "New") == "New 2"


def test_changes_are_switched_and_broken_ones_are_marked(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    panel = ChangesPanel(bench, actions)
    qtbot.addWidget(panel)
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    assert panel.empty.isVisibleTo(panel)
    small_document.do(longer(small_document))
    item = panel.list.item(0)
    before = small_document.problem.cases[0].mean
    item.setCheckState(Qt.CheckState.Unchecked)
    assert small_document.problem.cases[0].mean != before
    case = small_document.study.base.cases[0].id
    gone = ChangeSet(name="gone", changes=(Remove(kind="case", id=case),))
    small_document.stack.undo()
    small_document.do(Record(scenario=BASE, group=gone))
    bench.settle()
    assert bench.say("changes.broken") in panel.list.item(0).text()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_banner_says_where_edits_go(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    banner = Banner(bench, actions)
    qtbot.addWidget(banner)
    banner.refresh()
    assert banner.into.text() == bench.say("banner.into_base")
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    small_document.do(longer(small_document))
    assert banner.scenario.text() == "Two"  # at once; what is counted may wait
    bench.settle()
    assert banner.changes.text() == bench.say("banner.changes", n=1)
    assert not banner.stale.isVisibleTo(banner)


def test_an_outdated_plan_says_why_and_undo_takes_it_away(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    box = StaleBox(bench, actions)
    qtbot.addWidget(box)
    session, case = small_document.problem.sessions[0], small_document.problem.cases[0]
    place = Place(scenario=BASE, placement=Placement(case.id, session.id, None, 480))
    small_document.do(place)
    small_document.do(longer(small_document))
    bench.settle()
    assert not box.isHidden()
    assert case.id in box.why.text()
    small_document.stack.undo()
    bench.settle()
    assert box.isHidden()


def test_breaches_are_listed_and_walked_through(
    bench: Workbench,
    small_document: Document,
    actions: Actions,
    qtbot: QtBot,
    qtmodeltester: ModelTester,
) -> None:
    panel = BreachPanel(bench, actions)
    qtbot.addWidget(panel)
    person, shifts = small_document.problem.staff[0].id, small_document.problem.shifts
    night = next(shift for shift in shifts if "night" in shift.tags)
    day = next(shift for shift in shifts if "night" not in shift.tags)
    small_document.do(Assign(scenario=BASE, duties=((person, 3, night.id), (person, 4, day.id))))
    bench.settle()
    qtmodeltester.check(panel.model)
    first = panel.model.index(0).data(GROUP)
    assert first.sign == "hard"
    with qtbot.waitSignal(bench.selection.wanted):
        panel.step(1)
    assert bench.selection.now.kind == "staff"
    assert person in bench.selection.now.ids
    total = sum(len(group.judged) for group in panel.model.found)
    assert panel.count == total
    seen = set()
    for _ in range(total):
        seen.add((panel.view.currentIndex().row(), panel.model.place))
        panel.step(1)
    assert len(seen) == total


def two_shifts(document: Document) -> Assign:
    """Break the rest between a night and the day after it, for one person."""
    person, shifts = document.problem.staff[0].id, document.problem.shifts
    night = next(shift for shift in shifts if "night" in shift.tags)
    day = next(shift for shift in shifts if "night" not in shift.tags)
    return Assign(scenario=BASE, duties=((person, 3, night.id), (person, 4, day.id)))


@pytest.fixture
def breaches(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> BreachPanel:
    """The list of what one night and the day after it break."""
    panel = BreachPanel(bench, actions)
    qtbot.addWidget(panel)
    panel.resize(254, 500)
    small_document.do(two_shifts(small_document))
    panel.show()
    bench.settle()
    rest = next(r for r in range(len(panel.model.found)) if about(panel, r) == "rest_short")
    panel.view.setCurrentIndex(panel.model.index(rest))
    return panel


def about(panel: BreachPanel, row: int) -> str:
    return panel.model.found[row].first.breach.about.what


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_current_card_has_links_under_its_sentence(breaches: BreachPanel, lang: str) -> None:
    breaches.bench.speak(lang)
    box = breaches.view.visualRect(breaches.view.currentIndex())
    links = breaches.links
    assert box.contains(links.geometry())
    shown = [each for each in links.buttons.values() if each.isVisible()]
    say = breaches.bench.say
    assert [each.text() for each in shown] == [say(f"breach.{n}") for n in ("fix", "why", "keep")]
    for each in shown:
        assert each.accessibleName().endswith(breaches.model.title(breaches.model.row))
        assert each.width() >= each.fontMetrics().horizontalAdvance(each.text())
    assert links.width() <= breaches.view.viewport().width()


def test_the_links_are_reached_and_pressed_by_keys(breaches: BreachPanel, qtbot: QtBot) -> None:
    breaches.activateWindow()
    breaches.view.setFocus()
    judged = breaches.model.current
    assert judged is not None
    for name in ("fix", "why"):
        focused = breaches.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        assert breaches.focusWidget() is breaches.links.buttons[name]
    with qtbot.waitSignals([breaches.bench.asked_for_view, breaches.bench.selection.wanted]):
        qtbot.keyClick(breaches.links.buttons["why"], Qt.Key.Key_Return)
    assert breaches.bench.selection.now.kind == "rule"
    assert breaches.bench.selection.now.id == judged.rule.id


def test_a_breach_is_kept_with_a_reason_from_its_card(
    breaches: BreachPanel, small_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = breaches.model.current
    assert judged is not None
    monkeypatch.setattr(breaches_module, "ask_reason", lambda *_: "")
    breaches.keep()
    assert not small_document.scenario.waivers
    monkeypatch.setattr(breaches_module, "ask_reason", lambda *_: "agreed")
    breaches.links.buttons["keep"].click()
    (waived,) = small_document.scenario.waivers
    assert (waived.rule, waived.reason) == (judged.rule.id, "agreed")
    breaches.bench.settle()
    breaches.bench.settle()
    accepted = [row for row, g in enumerate(breaches.model.found) if g.sign == "accepted"]
    breaches.view.setCurrentIndex(breaches.model.index(accepted[0]))
    shown = [name for name, each in breaches.links.buttons.items() if each.isVisible()]
    assert shown == ["why"]


def test_fix_does_a_step_that_mends_the_breach_and_no_worse(
    breaches: BreachPanel, small_document: Document, qtbot: QtBot
) -> None:
    judged = breaches.model.current
    assert judged is not None
    before = small_document.outcome().judgement.score.key
    with qtbot.waitSignal(small_document.changed, timeout=20_000):
        breaches.links.buttons["fix"].click()
    after = small_document.outcome().judgement
    assert after.score.key < before
    assert all(each.breach.about != judged.breach.about for each in after.judged)
    assert breaches.bench.selection.now.kind == "staff"
    small_document.stack.undo()
    assert small_document.outcome().judgement.score.key == before


def test_what_cannot_be_mended_is_said_and_shown(
    breaches: BreachPanel, small_document: Document, qtbot: QtBot
) -> None:
    person = small_document.problem.staff[0].id
    days = [Pin(kind="person", id=person, first=day, last=day) for day in (3, 4)]
    small_document.do(SetPins(scenario=BASE, pins=tuple(days)))
    plan = small_document.plan
    with qtbot.waitSignal(breaches.bench.selection.wanted):
        breaches.fix()
    with qtbot.waitSignal(breaches.bench.told, timeout=5_000) as told:
        pass
    assert told.args == [breaches.bench.say("mend.nothing"), True]
    assert small_document.plan is plan
    assert person in breaches.bench.selection.now.ids


def test_a_case_goes_where_it_breaks_nothing(small_document: Document) -> None:
    problem = small_document.problem
    case = next(c for c in problem.cases if c.earliest is None)
    session = next(s for s in problem.sessions if s.owners and case.specialty not in s.owners)
    placement = Placement(case.id, session.id, None, session.start)
    small_document.do(Place(scenario=BASE, placement=placement))
    judged = next(
        each
        for each in small_document.outcome().judgement.hard
        if each.breach.about.subjects == (case.id,)
    )
    helping = [found for found in tries(small_document, judged, lambda *_, **__: "") if found]
    assert helping
    for step, key in helping:
        after = step.edit.apply(small_document.study).scenario(BASE).plan
        judgement = small_document.outcome(BASE, after).judgement
        assert judgement.score.key == key
        assert all(each.breach.about != judged.breach.about for each in judgement.hard)


def test_a_card_of_many_says_which_is_current(breaches: BreachPanel) -> None:
    many = [n for n, group in enumerate(breaches.model.found) if len(group.judged) > 1]
    row = many[0]
    n = len(breaches.model.found[row].judged)
    breaches.view.setCurrentIndex(breaches.model.index(row))
    assert f"(1 of {n})" in breaches.model.title(row)
    breaches.step(1)  # goes to where one is already
    breaches.step(1)
    assert f"(2 of {n})" in breaches.model.title(row)
    assert "\n" not in breaches.model.sentences(row)


def test_details_show_own_values(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    panel = DetailPanel(bench, actions)
    qtbot.addWidget(panel)
    panel.show()
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    small_document.do(longer(small_document))
    bench.selection.pick("case", small_document.problem.cases[0].id)
    from PySide6.QtWidgets import QLabel

    words = [each.text() for each in panel.findChildren(QLabel)]
    assert any(each.startswith("● 1\u00a0h\u00a035") for each in words)
    bench.selection.clear()
    assert panel.empty.isVisibleTo(panel)


def test_go_to_finds_people_cases_and_rules(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    field = GoTo(bench, actions)
    qtbot.addWidget(field)
    field._list()
    case = small_document.problem.cases[3].id
    with qtbot.waitSignals([bench.asked_for_view, bench.selection.wanted]):
        field._go(case)
    assert bench.selection.now.ids == (case,)
    with qtbot.waitSignal(bench.told) as told:
        field._go("nobody of that name")
    assert told.args[1] is True


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_what_if_is_asked_by_a_form(
    bench: Workbench, small_document: Document, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    dialog = WhatIfDialog(bench, small_document.problem)
    qtbot.addWidget(dialog)
    for row in range(dialog.choice.count()):
        dialog.choice.setCurrentIndex(row)
        assert dialog.told.text()
    dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say("command.close-room")))
    assert dialog.group is not None
    assert dialog.group.name == f"close-room {small_document.problem.theatres[0].id} monday"


def test_a_reason_must_be_written(bench: Workbench, qtbot: QtBot) -> None:
    dialog = ReasonDialog(bench, ["0 h of rest, at least 12 h"] * 8)
    qtbot.addWidget(dialog)
    assert not dialog.keep.isEnabled()
    dialog.field.setPlainText("   ")
    assert not dialog.keep.isEnabled()
    dialog.field.setPlainText("agreed with the head nurse")
    assert dialog.keep.isEnabled()
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.reason == "agreed with the head nurse"


def test_panels_wait_while_somebody_works_and_read_the_journal_once(
    bench: Workbench,
    small_document: Document,
    actions: Actions,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panels = (Banner(bench, actions), ScenariosPanel(bench, actions), StaleBox(bench, actions))
    for panel in panels:
        qtbot.addWidget(panel)
    session, cases = small_document.problem.sessions[0], small_document.problem.cases
    small_document.do(Place(scenario=BASE, placement=Placement(cases[0].id, session.id, None, 480)))
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    small_document.do(longer(small_document))
    bench.settle()
    told: list[str] = []
    monkeypatch.setattr(scenarios, "state", lambda *all_: told.append("state") or state(*all_))
    monkeypatch.setattr(states, "recorded", lambda all_: told.append("journal") or recorded(all_))
    for start in range(500, 600, 20):
        place = Placement(cases[1].id, session.id, None, start)
        small_document.do(Place(scenario="Two", placement=place))
    assert told == []  # nothing is worked out while it goes on
    bench.settle()
    assert "journal" not in told  # the base is as it was
    assert told.count("state") <= 3 * len(small_document.study.scenarios)
    small_document.do(Record(scenario=BASE, group=ChangeSet(name="more", changes=(change(),))))
    for name in ("Two", BASE):
        assert states.stale(small_document, name) is not None
    assert told.count("journal") == 1


def change() -> Adjust:
    return Adjust(kind="ward", id="CHIR", field="beds", delta=1)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_moves_in_the_plan_counts_as_a_change(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    banner, panel = Banner(bench, actions), ChangesPanel(bench, actions)
    for each in (banner, panel):
        qtbot.addWidget(each)
    session, (one, two, *_) = small_document.problem.sessions[0], small_document.problem.cases
    small_document.do(Place(scenario=BASE, placement=Placement(one.id, session.id, None, 480)))
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    bench.settle()
    assert banner.changes.text() == bench.say("banner.changes", n=0)
    assert panel.empty.isVisibleTo(panel)
    small_document.do(Place(scenario="Two", placement=Placement(two.id, session.id, None, 600)))
    bench.settle()
    assert banner.changes.text() == bench.say("banner.changes", n=1)
    assert (panel.list.count(), panel.heading.count.text()) == (1, "1")
    assert bench.say("changes.cases", n=1) in panel.list.item(0).text()
    panel.list.setCurrentRow(0)
    assert (bench.selection.now.kind, bench.selection.now.ids) == ("case", (two.id,))
    small_document.stack.undo()
    bench.settle()
    assert banner.changes.text() == bench.say("banner.changes", n=0)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_banner_counts_the_reasons_that_the_box_gives(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    banner, box = Banner(bench, actions), StaleBox(bench, actions)
    for each in (banner, box):
        qtbot.addWidget(each)
    session, case = small_document.problem.sessions[0], small_document.problem.cases[0]
    small_document.do(Place(scenario=BASE, placement=Placement(case.id, session.id, None, 480)))
    small_document.do(longer(small_document, 90))
    bench.settle()
    assert not box.isHidden()
    assert box.both.isHidden()  # the base has no parent
    small_document.stack.undo()
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    theatre = small_document.problem.theatres[0].id
    group = expand(small_document.problem, "close-room", theatre, "monday")
    for n, edit in enumerate((longer(small_document), Record(scenario="Two", group=group)), 1):
        small_document.do(edit)
        bench.settle()
        assert banner.stale.text() == bench.say("banner.stale_for", n=n)
        assert len(box.why.text().splitlines()) == n
    assert bench.say("date.weekday.long.0") in box.why.text()  # no "monday" of the command
    with qtbot.waitSignal(actions["compare_parent"].triggered):
        box.both.click()


def test_the_tab_counts_breaches_in_the_colour_of_hard_ones(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    dock = RightDock(bench, actions)
    qtbot.addWidget(dock)
    dock.resize(254, 500)
    dock.show()
    bench.settle()
    assert not dock.breaches.model.hard
    assert dock.count.property("look") == "count"
    small_document.do(two_shifts(small_document))
    bench.settle()
    assert dock.breaches.model.hard
    assert dock.count.property("look") == "hard_count"
    assert dock.count.text() == str(dock.breaches.count)
    assert dock.count.width() >= dock.count.sizeHint().width()


@pytest.fixture
def working(
    main: MainWindow, small_problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A window with the small demo hospital, which asks nothing when it is closed."""
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    main.bench.take(Document.of(Study(id="small", name="small", base=small_problem)))
    return main


def test_a_narrow_window_has_a_rail_that_opens_over_the_board(
    working: MainWindow, qtbot: QtBot
) -> None:
    main = working
    main.resize(1366, 700)
    side = main.left_side
    assert not side.rail.isVisible()
    assert side.scenarios.tree.isVisible()
    main.resize(1100, 700)
    qtbot.waitUntil(lambda: main.left.width() == RAIL)
    assert not side.scenarios.tree.isVisible()
    board = main.current_page().geometry()
    side.buttons[1].click()
    assert side.changes.isVisible()
    assert main.current_page().geometry() == board  # it lies over it
    main.activateWindow()
    side.open_scenarios()
    qtbot.waitUntil(side.scenarios.tree.hasFocus)
    qtbot.keyClick(side.scenarios.tree, Qt.Key.Key_Escape)
    assert not side.sheet.isVisible()
    main.resize(1366, 700)
    qtbot.waitUntil(lambda: side.scenarios.tree.isVisible())
    assert main.left.width() > RAIL


def test_what_is_said_goes_with_its_view_or_after_a_time(working: MainWindow) -> None:
    main = working
    saved = main.told.text()
    main.bench.told.emit("No!", True)
    assert (main.told.text(), main.told.property("look")) == ("No!", "hard")
    main.show_view("roster")
    assert (main.told.text(), main.told.property("look")) == (saved, "")
    main.bench.told.emit("Done.", False)
    main.show_view("roster")
    assert main.told.text() == "Done."
    assert main.read.isActive()
    main.read.timeout.emit()
    assert main.told.text() == saved


def test_the_frame_is_as_high_as_the_look_says(working: MainWindow) -> None:
    main = working
    parts = (main.menuBar(), main.bar, main.strip, main.statusBar())
    assert [each.height() for each in parts] == [24, 40, 32, 24]
    assert main.left_side.split.handleWidth() == 1
    for each in (main.solve_button, main.go_to):
        assert each.height() >= each.sizeHint().height()  # no edge is cut


def test_a_long_sentence_has_the_whole_status_line(working: MainWindow) -> None:
    main = working
    main.resize(1040, 540)
    assert not main.checked.isHidden()
    main.bench.told.emit("A plan is out of date: solve it again to compare exactly. " * 3, False)
    assert main.named.isHidden()
    assert main.told.toolTip() == main.told.text()
    main.read.timeout.emit()
    assert not main.named.isHidden()
    assert not main.checked.isHidden()


def test_tab_goes_from_the_breaches_to_their_links_in_the_window(
    working: MainWindow, qtbot: QtBot
) -> None:
    main = working
    main.bench.do(two_shifts(main.bench.document))  # type: ignore[arg-type]  # it is open
    main.bench.settle()
    main.activateWindow()
    panel = main.right_dock.breaches
    main.focus.enter(main.right_dock)
    panel.view.setFocus()
    reached = []
    for _ in range(3):
        focused = main.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(main.focusWidget())
    assert reached == [panel.links.buttons[name] for name in ("fix", "why", "keep")]
    main.resize(1100, 640)
    assert main.left_side.rail in main.focus.areas()
