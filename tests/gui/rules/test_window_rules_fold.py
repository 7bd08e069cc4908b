"""Settings that most rules leave as they are stand folded in a form, reached by keys as well."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from rules_bench import field, forget, rule

from planner.rule_words import seldom
from planner.study import BASE
from ui.window.document import Document
from ui.window.tables.rules_page import RulesPage

FOLDED = ("weekdays", "holidays", "average", "pro_rata", "carried", "later", "split", "heavier")


def shut(page: RulesPage) -> None:
    if page.form.fold.open:
        page.form.fold.toggle()


def test_seldom_settings_of_a_long_form_are_folded(page: RulesPage) -> None:
    page.go("FR04")
    shut(page)
    for name in ("tag", "window", "days", "least", "most", "measure"):
        assert field(page, name).isVisible(), name
    for name in FOLDED:
        assert not field(page, name).isVisible(), name
    assert page.form.fold.button.text() == "▸ 9 more settings, at their usual values"
    page.form.fold.button.click()
    assert all(field(page, name).isVisible() for name in FOLDED)
    assert page.form.fold.button.text().startswith("▾")


def test_what_a_rule_sets_is_not_folded(page: RulesPage, document: Document) -> None:
    page.go("FR01")
    shut(page)
    assert field(page, "pro_rata").isVisible()
    assert field(page, "carried").isVisible()
    assert not field(page, "holidays").isVisible()
    found = rule(document, "FR01")
    assert seldom(found) == {*FOLDED, "heavier_by"} - {"pro_rata", "carried"}
    document.show(BASE)
    page.go("FR01")
    assert field(page, "carried").isVisible()


def test_a_setting_stays_in_its_place_while_it_is_changed(
    page: RulesPage, document: Document
) -> None:
    page.go("FR04")
    if not page.form.fold.open:
        page.form.fold.toggle()
    box = field(page, "holidays")
    page.form.enter(holidays="too")
    assert rule(document, "FR04").holidays == "too"
    assert field(page, "holidays") is box
    assert page.form.fold.holds(box)
    page.go("FR06")
    page.go("FR04")
    assert not page.form.fold.holds(field(page, "holidays"))
    assert field(page, "holidays").isVisible()


def test_short_forms_have_no_fold(page: RulesPage) -> None:
    page.go("FR06")
    assert not page.form.fold.button.isVisible()
    assert all(row.field.isVisible() for row in page.form.rows.values())


def test_the_fold_is_reached_and_opened_by_keys(qtbot: QtBot, page: RulesPage) -> None:
    page.go("FR04")
    shut(page)
    last = field(page, "most")
    target = last.focusProxy() or last
    target.setFocus()
    for _ in range(4):
        if page.form.fold.button.hasFocus():
            break
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
    assert page.form.fold.button.hasFocus()
    qtbot.keyClick(page.form.fold.button, Qt.Key.Key_Return)
    assert page.form.fold.open
    QTest.keyClick(page.form.fold.button, Qt.Key.Key_Tab)
    assert page.form.fold.inside.isAncestorOf(page.window().focusWidget())


def test_a_study_that_is_only_looked_at_shows_all(page: RulesPage, document: Document) -> None:
    page.go("FR06")
    shut(page)
    document.read_only = True
    page.go("FR04")
    forget()
    assert all(field(page, name).isVisible() for name in FOLDED)
