"""The view of rules: families, list, form, examples, breaches, packs."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QPoint,
    QSettings,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from planner.changes import Set
from planner.edits import Branch
from planner.packs.pack import read
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rules.contract import Rule, Scope
from planner.study import BASE, Study
from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.look.palette import dress
from ui.window.settings import Settings
from ui.window.tables.rule_edits import tune
from ui.window.tables.rule_examples import answers
from ui.window.tables.rule_fields import NumberField
from ui.window.tables.rule_model import BADGE, BRIEF, OWN
from ui.window.tables.rules_page import RulesPage
from ui.window.workbench import Workbench

SIZE = (1366 - 188, 640)


@pytest.fixture(scope="module")
def few_facts(small_problem: Problem) -> Problem:
    """The rules of the small demo hospital, without cases, and with fewer people."""
    kept = small_problem.with_records("case", ()).with_records("census", ())
    staff = kept.staff[::3]
    ids = {person.id for person in staff}
    for kind in ("absence", "request"):
        records = tuple(each for each in kept.records(kind) if each.person in ids)
        kept = kept.with_records(kind, records)
    histories = tuple(each for each in kept.histories if each.id in ids)
    return kept.with_records("history", histories).with_records("staff", staff)


@pytest.fixture(scope="module")
def shared(
    qapp: QApplication, few_facts: Problem, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RulesPage]:
    """One view for all tests, of a scenario in which everybody works on ten days in a row."""
    folder = tmp_path_factory.mktemp("rules")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPALE_STATE", str(folder / "state"))
        store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        settings = Settings(store)
        settings.lang, settings.theme = "en", "light"
        bench = Workbench(settings)
        shift = few_facts.shifts[0].id
        duties = [Duty(person.id, day, shift) for person in few_facts.staff for day in range(10)]
        study = Study(id="rules", name="rules", base=few_facts)
        base = dataclasses.replace(study.scenarios[0], plan=Plan.build(duties=duties))
        document = Document.of(dataclasses.replace(study, scenarios=(base,)))
        bench.take(document)
        document.do(Branch(parent=BASE, name="child"))
    if not qapp.styleSheet():
        dress(qapp, bench.theme)
    page = RulesPage(bench, Actions(bench, bench))
    page.resize(*SIZE)
    yield page
    bench.take(None)
    page.close()
    page.deleteLater()
    forget()


@pytest.fixture
def page(qtbot: QtBot, shared: RulesPage) -> Iterator[RulesPage]:
    """The view as it was at first, at the size that it has on a small screen."""
    document = shared.bench.document
    assert document is not None
    document.read_only = False
    document.show("child")
    shared.bench.selection.clear()
    shared._clear()
    if not shared.isVisible():
        shared.show()
        qtbot.waitExposed(shared)
    yield shared
    while document.stack.index() > 1:  # the first step made the scenario
        document.stack.undo()
    shared.bench.speak("en")
    shared.bench.wear("light")
    forget()


@pytest.fixture
def document(page: RulesPage) -> Document:
    """The study of the view."""
    assert page.bench.document is not None
    return page.bench.document


@pytest.fixture
def bench(page: RulesPage) -> Workbench:
    """The workbench of the view."""
    return page.bench


def forget() -> None:
    """Let widgets go that wait for it; without an event loop nobody else does."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def rule(document: Document, id: str) -> Any:
    return next(rule for rule in document.problem.rules if rule.id == id)


def field(page: RulesPage, name: str) -> Any:
    return page.form.rows[name].field


def type_into(qtbot: QtBot, spin: QSpinBox, words: str) -> None:
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, words)


# --- lists ------------------------------------------------------------------------------------------


def test_the_models_keep_the_rules_of_qt(page: RulesPage, qtmodeltester: Any) -> None:
    models: tuple[QAbstractItemModel, ...] = (page.model, page.families)
    for model in models:
        qtmodeltester.check(model)


def test_families_come_from_the_rules_and_count_them(page: RulesPage, document: Document) -> None:
    rules = document.problem.rules
    shown = {family.name: family.rules for family in page.families.found}
    assert shown.pop("") == len(rules)
    assert set(shown) == {rule.family for rule in rules}
    assert sum(shown.values()) == len(rules)
    page._go_family("rest")
    assert {each.family for each in page.model.rules} == {"rest"}
    assert len(page.model.rules) == shown["rest"]


def test_search_and_chip_narrow_the_list_over_all_families(
    page: RulesPage, document: Document
) -> None:
    page._go_family("rooms")
    page.search.setText("rest between")
    assert [each.id for each in page.model.rules] == ["FR06"]
    page.search.setText("nothing of the kind")
    assert page.model.rules == []
    assert page.empty.isVisible()
    page._clear()
    page.go("FR06")
    page.form.enter(enabled=False)
    page.active.setChecked(True)
    assert "FR06" not in [each.id for each in page.model.rules]
    assert len(page.model.rules) == len(document.problem.rules) - 1


def test_a_rule_is_named_with_all_that_is_shown_of_it(page: RulesPage, bench: Workbench) -> None:
    page.go("FR06")
    index = page.list.currentIndex()
    told = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert str(index.data(BRIEF)) in told
    assert str(index.data(BADGE)) in told
    assert bench.say("rules.on") in told
    assert bench.say("rules.has_own") not in told
    page.form.enter(minutes=600)
    told = str(page.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    assert bench.say("rules.has_own") in told
    assert "10" in told


def test_the_space_bar_and_a_click_switch_a_rule(
    qtbot: QtBot, page: RulesPage, document: Document
) -> None:
    page.go("FR06")
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert not rule(document, "FR06").enabled
    assert page.list.currentIndex().data(OWN)
    document.stack.undo()
    assert rule(document, "FR06").enabled
    box = page.list.visualRect(page.list.currentIndex())
    at = QPoint(box.x() + 28, box.center().y())
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not rule(document, "FR06").enabled
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, at.y()))
    assert not rule(document, "FR06").enabled  # beside the switch a click only selects


# --- the form ---------------------------------------------------------------------------------------


def test_what_is_typed_is_tried_before_it_is_meant(
    qtbot: QtBot, page: RulesPage, document: Document
) -> None:
    page.go("FR06")
    assert all(answer.conforms for answer in page.form.examples.answers)
    spin = field(page, "minutes").spin
    type_into(qtbot, spin, "0:30")
    assert "30" in page.form.says.text()
    assert not all(answer.conforms for answer in page.form.examples.answers)
    assert page.form.examples.count.property("look") == "worse"
    assert rule(document, "FR06").minutes == 720
    assert document.scenario.changes == ()
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert rule(document, "FR06").minutes == 30
    assert spin.hasFocus()


def test_a_step_is_one_change_however_often_it_is_taken(
    page: RulesPage, document: Document
) -> None:
    page.go("FR06")
    spin = field(page, "minutes").spin
    for _ in range(3):
        spin.stepDown()
    assert rule(document, "FR06").minutes == 720 - 3 * 60
    (group,) = document.scenario.changes
    assert group.changes == (Set(kind="rule", id="FR06", field="minutes", expected=720, value=540),)
    row = page.form.rows["minutes"]
    assert row.mark.text() == "●"
    assert "12" in row.hint.text()
    assert document.stack.undoText().endswith("9\u00a0h” recorded in “child”")
    document.stack.undo()
    assert document.scenario.changes == ()
    assert spin.value() == 720
    assert row.mark.text() == ""


def test_in_the_base_the_rule_itself_is_changed(page: RulesPage, document: Document) -> None:
    document.show(BASE)
    page.go("FR06")
    assert not page.form.rows["minutes"].hint.isVisible()
    page.form.enter(minutes=660)
    assert document.study.base is document.problem
    assert rule(document, "FR06").minutes == 660
    assert page.form.rows["minutes"].mark.text() == ""
    document.show("child")
    assert rule(document, "FR06").minutes == 660
    assert "11" in page.form.rows["minutes"].hint.text()


def test_the_inherited_value_comes_back(page: RulesPage, document: Document) -> None:
    page.go("FR08")
    page.form.enter(least=5)
    page.form.enter(together=3)
    assert page.restore_button.isEnabled()
    page.form.rows["least"].hint.click()
    assert (rule(document, "FR08").least, rule(document, "FR08").together) == (4, 3)
    page.restore_button.click()
    assert document.scenario.changes == ()
    assert rule(document, "FR08").together == 2
    assert not page.restore_button.isEnabled()


def test_a_value_of_the_parent_scenario_is_marked_as_inherited(
    page: RulesPage, document: Document
) -> None:
    page.go("FR06")
    page.form.enter(minutes=600)
    document.do(Branch(parent="child", name="grandchild"))
    document.show("grandchild")
    row = page.form.rows["minutes"]
    assert row.mark.text() == "○"
    assert "12" in row.hint.text()
    assert not page.list.currentIndex().data(OWN)


def test_a_wish_opens_level_and_weight(page: RulesPage, document: Document) -> None:
    page.go("FR06")
    strength = page.form.strength
    assert not strength.more.isVisible()
    strength.wish.click()
    assert rule(document, "FR06").tier == 2
    assert strength.more.isVisible()
    assert page.list.currentIndex().data(BADGE) == "wish 2"
    strength.level.setCurrentIndex(3)
    strength.level.activated.emit(3)
    strength.weight.spin.setValue(90)
    assert (rule(document, "FR06").tier, rule(document, "FR06").weight) == (4, 90)
    strength.weight.spin.setValue(strength.weight.spin.minimum())
    assert rule(document, "FR06").weight is None
    strength.must.click()
    assert rule(document, "FR06").hard


def test_a_limit_can_be_taken_away(qtbot: QtBot, page: RulesPage, document: Document) -> None:
    page.go("FR04")
    spin = field(page, "most").spin
    type_into(qtbot, spin, "46 h 30")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert rule(document, "FR04").most == 46 * 60 + 30
    spin.setValue(spin.minimum())
    assert rule(document, "FR04").most is None
    assert "no limit" in spin.text()


def test_a_pattern_is_typed_in_words(qtbot: QtBot, page: RulesPage, document: Document) -> None:
    page.go("night_then_day")
    line: QLineEdit = field(page, "pattern").line
    assert line.text() == "night day/late"
    line.selectAll()
    qtbot.keyClicks(line, "night - day")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert rule(document, "night_then_day").pattern == ("night", "-", "day")
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert rule(document, "night_then_day").pattern == ("night", "-", "day")
    assert field(page, "pattern").why.isVisible()


def test_days_and_choices(page: RulesPage, document: Document) -> None:
    page.go("FR08")
    field(page, "including").days[5].click()
    assert rule(document, "FR08").including == {5, 6}
    box: QComboBox = field(page, "night_end").box
    box.setCurrentIndex(box.findData("free"))
    box.activated.emit(box.currentIndex())
    assert rule(document, "FR08").night_end == "free"
    assert "free" in page.form.says.text()


def test_whom_a_rule_is_for(page: RulesPage, document: Document) -> None:
    page.go("FR06")
    scope = page.form.scope
    (chip,) = scope.chips
    chip.click()  # type: ignore[attr-defined]  # a button
    assert rule(document, "FR06").scope == Scope()
    roles = next(a.menu() for a in scope.offered().actions() if a.text() == "role")
    offered = {action.text() for action in roles.actions()}  # type: ignore[attr-defined]  # a menu
    assert offered == {person.role for person in document.problem.staff}
    scope.put("role", "IADE")
    scope.put("role", "IBODE")
    assert rule(document, "FR06").scope == Scope.of(role=["IADE", "IBODE"])
    assert "IADE" in page.form.says.text()
    assert len(scope.chips) == 2


def test_title_and_source_are_written_in_their_place(
    qtbot: QtBot, page: RulesPage, document: Document
) -> None:
    page.go("FR06")
    for text, name in ((page.form.title, "title_en"), (page.form.source, "source")):
        text.pencil.click()
        assert text.line.isVisible()
        text.line.setText("Local agreement <12>")
        qtbot.keyClick(text.line, Qt.Key.Key_Return)
        assert getattr(rule(document, "FR06"), name) == "Local agreement <12>"
        text.pencil.click()
        text.line.setText("no")
        qtbot.keyClick(text.line, Qt.Key.Key_Escape)
        assert getattr(rule(document, "FR06"), name) == "Local agreement <12>"


# --- rules come and go --------------------------------------------------------------------------------


def test_add_duplicate_delete(page: RulesPage, document: Document) -> None:
    before = len(document.problem.rules)
    types = [action for menu in page.fill().actions() for action in menu.menu().actions()]  # type: ignore[attr-defined]  # menus
    assert len(types) > 35
    page.add("run_length")
    assert rule(document, "run_length").tier == 4
    assert page.rule == rule(document, "run_length")
    page.go("FR06")
    page.copy_button.click()
    twin = rule(document, "FR06-2")
    assert (twin.minutes, twin.title_fr.endswith("(copie)")) == (720, True)
    assert page.rule == twin
    assert page.list.currentIndex().data(OWN)
    assert len(page.form.examples.answers) == 6  # those of the rule that it was made from
    page.delete_button.click()
    assert len(document.problem.rules) == before + 1
    assert page.rule is not None
    for _ in range(3):
        document.stack.undo()
    assert len(document.problem.rules) == before


def test_the_pack_that_is_written_is_read_back(
    page: RulesPage, document: Document, tmp_path: Path
) -> None:
    page.go("FR06")
    page.form.enter(enabled=False)
    page.form.enter(minutes=600)
    path = tmp_path / "house.toml"
    page.write(path)
    pack = read(path.read_text(encoding="utf-8"), "house")
    assert pack.rules == document.problem.rules
    page._go_family("rest")
    page.write(path)
    assert {each.family for each in read(path.read_text(encoding="utf-8"), "x").rules} == {"rest"}


def test_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, page: RulesPage, bench: Workbench, tmp_path: Path
) -> None:
    with qtbot.waitSignal(bench.told) as told:
        page.write(tmp_path / "none" / "house.toml")
    assert told.args[1] is True
    assert "house.toml" in told.args[0]


# --- proof --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_example_of_the_packs_conforms(document: Document, lang: str) -> None:
    found = {each.id: answers(each) for each in document.problem.rules}
    assert sum(map(len, found.values())) > 100
    for id, judged in found.items():
        for answer in judged:
            assert answer.conforms, (id, answer.example)
            sentence = answer.sentence(rule(document, id), lang)
            assert bool(sentence) == (answer.says == "refuses")


def test_breaches_of_the_open_plan_are_counted_and_shown(
    qtbot: QtBot, page: RulesPage, bench: Workbench, document: Document
) -> None:
    page.go("run_work")
    judged = document.outcome().judgement.judged
    n = sum(each.rule.id == "run_work" for each in judged)
    assert n > 5
    assert str(n) in page.form.breaches.count.text()
    with qtbot.waitSignals([bench.asked_for_view, bench.selection.wanted]):
        page.form.breaches.show_button.click()
    first = bench.selection.now
    assert first.kind == "staff"
    page.form.breaches.go()
    assert bench.selection.now != first
    page.form.enter(most=14)
    assert page.form.breaches.found == []
    assert not page.form.breaches.show_button.isVisible()


def test_a_rule_that_somebody_asks_for_is_shown(page: RulesPage, bench: Workbench) -> None:
    page._go_family("rooms")
    bench.selection.go("rule", "FR07")
    assert page.rule is not None
    assert page.rule.id == "FR07"
    assert page.list.currentIndex().isValid()


# --- how it looks ---------------------------------------------------------------------------------------


def all_types(document: Document) -> list[Rule[Any, Any]]:
    """Give a rule of each type."""
    return list({each.type: each for each in document.problem.rules}.values())


def settle() -> None:
    """Let layouts within layouts find their sizes."""
    forget()
    for _ in range(3):
        QApplication.processEvents()


def cut(widget: QWidget) -> str:
    """Tell what is cut off in a widget, "" where all is seen."""
    if isinstance(widget, QLabel):
        high = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
        if widget.wordWrap() and widget.textFormat() == Qt.TextFormat.PlainText:
            words = widget.text().split()
            advance = widget.fontMetrics().horizontalAdvance
            if any(advance(word) > widget.width() for word in words):
                return widget.text()
        wide = 0 if widget.wordWrap() else widget.sizeHint().width()
        if not widget.text() or (wide <= widget.width() and high <= widget.height()):
            return ""
        return widget.text()
    if isinstance(widget, QAbstractButton | QComboBox):
        words = widget.text() if isinstance(widget, QAbstractButton) else widget.currentText()
        return words if widget.minimumSizeHint().width() > widget.width() else ""
    if isinstance(widget, QSpinBox):
        line = widget.lineEdit()
        advance = line.fontMetrics().horizontalAdvance(widget.text())
        return widget.text() if advance > line.width() - 4 else ""
    return ""


@pytest.mark.parametrize("lang", ["fr", pytest.param("en", marks=pytest.mark.long)])
def test_nothing_is_cut_off_and_everything_has_a_name(
    page: RulesPage, bench: Workbench, document: Document, lang: str
) -> None:
    bench.speak(lang)
    for each in all_types(document):
        page.go(each.id)
        if each.type in ("rest_days", "session_fill"):  # with own marks and inherited values
            page.form.enter(tier=3 - each.tier, weight=12_345)
        settle()
        assert page.form.inside.minimumSizeHint().width() <= page.form.area.viewport().width()
        for child in page.findChildren(QWidget):
            if not child.isVisible():
                continue
            assert cut(child) == "", each.id
            inside = isinstance(child.parent(), QSpinBox | QComboBox)
            stops = child.focusPolicy() & Qt.FocusPolicy.TabFocus and not inside
            if stops and not isinstance(child, NumberField):
                text = getattr(child, "text", str)()
                assert child.accessibleName() or text, (each.id, type(child).__name__)


def test_the_keyboard_goes_from_the_list_through_the_form(
    qtbot: QtBot, page: RulesPage, bench: Workbench
) -> None:
    page.go("FR06")
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert field(page, "minutes").spin.hasFocus()
    seen = set()
    for _ in range(40):
        now = QApplication.focusWidget()
        assert now is not None
        seen.add(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    form = page.form
    wanted: list[QWidget] = [
        form.title.pencil,
        form.active,
        form.strength.must,  # the arrows go on to the wish
        form.scope.add,
        form.source.pencil,
    ]
    wanted += [page.copy_button, page.list, page.search, page.family_list]
    assert [each for each in wanted if each not in seen] == []


def test_a_study_that_is_only_read_cannot_be_changed(
    qtbot: QtBot, page: RulesPage, document: Document
) -> None:
    document.read_only = True
    page.refresh()
    page.go("FR06")
    assert not page.form.fields.isEnabled()
    assert not page.form.active.isEnabled()
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert rule(document, "FR06").enabled
    assert not page.add_button.isEnabled()
    assert page.export_button.isEnabled()


def test_a_hidden_view_catches_up_when_it_is_shown(page: RulesPage, document: Document) -> None:
    page.go("FR06")
    before = page.rule
    page.hide()
    tune(page.bench, rule(document, "FR06"), minutes=600)
    assert page.rule is before
    page.show()
    assert page.rule == rule(document, "FR06")
    assert "10" in page.form.says.text()


def test_theme_and_language_change_while_it_is_shown(page: RulesPage, bench: Workbench) -> None:
    page.go("FR06")
    bench.speak("fr")
    assert "repos" in page.form.says.text()
    assert page.rule is not None
    assert page.rule.id == "FR06"
    bench.wear("dark")
    assert page.rule.id == "FR06"
    bench.wear("light")
