"""The view of rules: its families and its list; rules come and go; packs are written."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from pytestqt.qtbot import QtBot
from rules_bench import rule

from planner.packs.pack import read
from ui.window.document import Document
from ui.window.tables.rule_examples import examples
from ui.window.tables.rule_model import BADGE, BRIEF, OWN
from ui.window.tables.rules_page import RulesPage
from ui.window.workbench import Workbench


@pytest.mark.parametrize("name", ["model", "families"])  # one model a test: a tester keeps the last
def test_the_models_keep_the_rules_of_qt(page: RulesPage, qtmodeltester: Any, name: str) -> None:
    model: QAbstractItemModel = getattr(page, name)
    qtmodeltester.check(model)
    page.search.setText("rest")
    page._go_family("rest")
    page.search.clear()


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
    assert len(page.model.rules) == sum(rule.enabled for rule in document.problem.rules)


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


# --- rules come and go ----------------------------------------------------------------------


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
    told = [*pack.examples, *pack.theatre_examples]
    assert len(told) > 100
    for each in pack.rules:
        wanted = [dataclasses.replace(one, rule=each.id) for one in examples(each)]
        assert [one for one in told if one.rule == each.id] == wanted
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
