"""The form of a rule: what is typed is tried, then a change; wishes, limits, days, whom it is for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot
from rules_bench import field, rule, type_into

from planner.changes import Set
from planner.edits import Branch
from planner.rule_words import parameters
from planner.rules import catalogue
from planner.rules.contract import Scope
from planner.study import BASE
from ui.window.document import Document
from ui.window.steps import step_words
from ui.window.tables.rule_fields import field_of
from ui.window.tables.rule_model import BADGE, OWN
from ui.window.tables.rules_page import RulesPage
from ui.window.undo import Step
from ui.window.workbench import Workbench


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
    step = document.stack.command(document.stack.index() - 1)
    assert isinstance(step, Step)
    assert step_words(step, "en").endswith("9\u00a0h” recorded in “child”")
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


def test_choices_are_told_in_words(bench: Workbench, document: Document) -> None:
    bench.speak("fr")
    kinds = catalogue()
    for spec in parameters(kinds["window_sum"]):
        if spec.name not in ("tag", "carried"):
            continue
        made = field_of(bench, document.problem, kinds["window_sum"], spec)
        made.show_value("call" if spec.name == "tag" else "hours")
        words = {"tag": "astreinte", "carried": "heures faites"}[spec.name]
        assert made.box.currentText() == words
