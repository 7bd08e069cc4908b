"""The list of breaches: cards, walking, and what can be done about the current one."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.edits import SetPins
from planner.hand_edits import Assign, Place
from planner.plan import Placement
from planner.study import BASE, Pin
from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.panels import breaches as breaches_module
from ui.window.panels.breach_model import GROUP
from ui.window.panels.breaches import BreachPanel
from ui.window.panels.mending import tries
from ui.window.panels.right import RightDock
from ui.window.tables.rules_page import RulesPage
from ui.window.workbench import Workbench


@pytest.fixture
def actions(bench: Workbench, small_document: Document) -> Actions:
    return Actions(bench, bench)


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
    forwards = []
    for by in (1, 1, 1, -1, -1, -1):
        panel.step(by)
        forwards.append((panel.view.currentIndex().row(), panel.model.place))
    assert forwards[3:5] == [forwards[1], forwards[0]]
    assert len(set(forwards)) == 4


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
def test_the_current_card_has_links_under_its_sentence(
    breaches: BreachPanel, lang: str, qtbot: QtBot
) -> None:
    breaches.bench.speak(lang)
    box = breaches.view.visualRect(breaches.view.currentIndex())
    links = breaches.links
    assert box.contains(links.geometry())
    shown = [each for each in links.buttons.values() if each.isVisible()]
    say = breaches.bench.say
    assert [each.text() for each in shown] == [say(f"breach.{n}") for n in ("fix", "why", "keep")]
    for each in shown:
        assert each.accessibleName().endswith(breaches.model.title(breaches.model.row))
        wide = each.fontMetrics().horizontalAdvance(each.text())
        qtbot.waitUntil(lambda button=each, wide=wide: button.width() >= wide)  # type: ignore[misc]  # they are laid out soon
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
    assert str(dock.breaches.model.hard) in dock.tabs.tabBar().accessibleTabName(0)
    assert dock.count.width() >= dock.count.sizeHint().width()


def test_tab_goes_from_the_breaches_to_their_links_in_the_window(
    working: MainWindow, qtbot: QtBot
) -> None:
    main = working
    main.bench.do(two_shifts(main.bench.document))  # type: ignore[arg-type]  # it is open
    main.bench.settle()
    main.activateWindow()
    panel = main.around.right_dock.breaches
    main.focus.enter(main.around.right_dock)
    panel.view.setFocus()
    reached = []
    for _ in range(3):
        focused = main.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(main.focusWidget())
    assert reached == [panel.links.buttons[name] for name in ("fix", "why", "keep")]
    main.resize(1100, 640)
    assert main.around.left_side.rail in main.focus.areas()


def test_why_shows_the_rule_in_the_list_of_rules(working: MainWindow, qtbot: QtBot) -> None:
    main = working
    main.bench.do(two_shifts(main.bench.document))  # type: ignore[arg-type]  # it is open
    main.bench.settle()
    panel = main.around.right_dock.breaches
    for rule in (panel.model.found[-1].first.rule.id, panel.model.found[0].first.rule.id):
        row = next(n for n, g in enumerate(panel.model.found) if g.first.rule.id == rule)
        panel.view.setCurrentIndex(panel.model.index(row))
        panel.links.buttons["why"].click()
        page = main.page("rules")
        assert isinstance(page, RulesPage)
        assert main.current_page() is page
        assert page.rule is not None
        assert page.rule.id == rule
        qtbot.waitUntil(partial(in_view, page))


def in_view(page: RulesPage) -> bool:
    """Tell whether the rule that is current is to be seen in its list."""
    row = page.list.visualRect(page.list.currentIndex())
    return page.list.viewport().rect().contains(row)
