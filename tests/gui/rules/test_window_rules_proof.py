"""The proof of a rule, and how its view looks: examples, breaches, nothing cut off, keys, language."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from rules_bench import all_types, cut, field, rule, settle

from ui.window.document import Document
from ui.window.tables.rule_edits import tune
from ui.window.tables.rule_examples import answers
from ui.window.tables.rule_fields import NumberField
from ui.window.tables.rules_page import RulesPage
from ui.window.workbench import Workbench


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


# --- how it looks ----------------------------------------------------------------------


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
        room = page.form.area.viewport().width()
        assert page.form.inside.minimumSizeHint().width() <= room, each.type
        everything = page if each.type == "rest_days" else page.form.inside
        for child in everything.findChildren(QWidget):
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
