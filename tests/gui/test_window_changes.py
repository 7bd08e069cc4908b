"""The panel of changes: its sentences are whole, its groups are moved by keys and menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QListWidget, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from theatre_hands import PLACED, PROBLEM

from data.journal import entry_of
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Record
from planner.hand_edits import TakeOut
from planner.plan import Plan
from planner.stacking import Drop, Reorder, lifted
from planner.study import BASE, Study
from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.panels.changes import ChangesPanel
from ui.window.steps import step_words
from ui.window.undo import Step
from ui.window.workbench import Workbench


def needed(view: QListWidget, row: int) -> tuple[float, float]:
    """Give the height that the words of an item take in their place, and the height of the place."""
    item = view.item(row)
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    view.itemDelegate().initStyleOption(option, view.indexFromItem(item))
    option.rect = view.visualItemRect(item)
    option.widget = view
    style, part = view.style(), QStyle.SubElement.SE_ItemViewItemText
    place = style.subElementRect(part, option, view)
    margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, view) + 1
    layout = QTextLayout(item.text().replace("\n", "\u2028"), option.font)
    wrapped = QTextOption()
    wrapped.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(wrapped)
    layout.beginLayout()
    high = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(place.width() - 2 * margin)
        assert line.naturalTextWidth() <= place.width() - 2 * margin
        high += line.height()
    layout.endLayout()
    return high, option.rect.height()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_sentence_of_the_plan_is_cut(bench: Workbench, qtbot: QtBot, lang: str) -> None:
    bench.speak(lang)
    document = Document.of(Study(id="t", base=PROBLEM))
    document.do(AdoptPlan(scenario=BASE, plan=Plan.build(PLACED)))
    name = "Deux demi-journées d’ophtalmologie à l’orthopédie"
    for parent, child in ((BASE, name), (name, "Z")):
        document.do(Branch(parent=parent, name=child))
        first = next(iter(document.study.scenario(child).plan.placements)).case
        document.do(TakeOut(scenario=child, cases=frozenset({first})))
    bench.take(document)
    panel = ChangesPanel(bench, Actions(bench, bench))
    qtbot.addWidget(panel)
    panel.show()
    for child in (name, "Z"):
        document.show(child)
        for wide in range(160, 261, 4):
            panel.resize(wide, 300)
            QApplication.processEvents()
            high, room = needed(panel.list, panel.list.count() - 1)
            assert high <= room, (child, wide)


@pytest.fixture
def piled(bench: Workbench, qtbot: QtBot) -> ChangesPanel:
    """A scenario with three change sets, its list in the hand."""
    document = Document.of(Study(id="t", base=PROBLEM))
    document.do(Branch(parent=BASE, name="X"))
    for number, case in enumerate(PROBLEM.cases[:3]):
        change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 5)
        document.do(Record(scenario="X", group=ChangeSet(name=f"g{number}", changes=(change,))))
    bench.take(document)
    document.show("X")
    panel = ChangesPanel(bench, Actions(bench, bench))
    qtbot.addWidget(panel)
    panel.resize(260, 300)
    panel.show()
    panel.refresh()
    panel.list.setFocus()
    return panel


def groups(panel: ChangesPanel, scenario: str = "X") -> list[str]:
    assert panel.bench.document is not None
    return [each.name for each in panel.bench.document.study.scenario(scenario).changes]


def test_change_sets_move_by_keys_and_stay_in_the_hand(piled: ChangesPanel, qtbot: QtBot) -> None:
    piled.list.setCurrentRow(0)
    for _ in range(3):  # the third has nowhere to go
        piled.moves.down.trigger()
    assert groups(piled) == ["g1", "g2", "g0"]
    assert piled.list.currentRow() == 2
    assert piled.moves.up.shortcut().toString() == "Alt+Up"
    assert piled.moves.up.shortcutContext() == Qt.ShortcutContext.WidgetShortcut
    piled.moves.up.trigger()
    assert groups(piled) == ["g1", "g0", "g2"]
    assert piled.bench.document is not None
    piled.bench.document.stack.undo()
    assert groups(piled) == ["g1", "g2", "g0"]


def test_a_change_set_moves_to_the_parent_or_goes(piled: ChangesPanel) -> None:
    document = piled.bench.document
    assert document is not None
    before = document.study.problem("X")
    piled.list.setCurrentRow(1)
    piled.moves.lift.trigger()
    assert groups(piled) == ["g0", "g2"]
    assert document.study.base.cases[1].mean == before.cases[1].mean
    assert document.study.problem("X") == before
    piled.list.setCurrentRow(1)
    piled.moves.drop.trigger()
    assert groups(piled) == ["g0"]
    assert piled.list.currentRow() == 0, "the next one is in the hand"
    assert document.study.problem("X").cases[2] == PROBLEM.cases[2]
    document.stack.undo()
    assert groups(piled) == ["g0", "g2"]
    document.stack.undo()
    assert groups(piled) == ["g0", "g1", "g2"]
    assert document.study.base == PROBLEM


def test_what_is_moved_away_is_named_in_words_to_be_undone(
    qapp: object,
) -> None:
    document = Document.of(Study(id="t", base=PROBLEM))
    document.do(Branch(parent=BASE, name="X"))
    case = PROBLEM.cases[0]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 5)
    name = "close-room S1 monday"
    document.do(Record(scenario="X", group=ChangeSet(name=name, changes=(change,))))
    for edit in (
        Reorder(scenario="X", group=name, place=0),
        lifted(document.study, "X", name),
        Drop(scenario="X", group=name),
    ):
        step = Step(
            document, document.study, document.study, entry_of(edit, document.study), edit=edit
        )
        assert name not in step_words(step, "en"), edit
    document.close()


def test_a_change_set_is_switched_off_and_its_switching_undone(piled: ChangesPanel) -> None:
    document = piled.bench.document
    assert document is not None
    with_it = document.study.problem("X")
    piled.list.setCurrentRow(0)
    piled._turn()
    assert groups(piled) == ["g0", "g1", "g2"]
    assert document.study.problem("X").cases[0] == PROBLEM.cases[0]
    document.stack.undo()
    assert document.study.problem("X") == with_it
    assert piled.list.item(0).checkState() == Qt.CheckState.Checked


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_menu_offers_what_can_be_done(piled: ChangesPanel, lang: str) -> None:
    piled.bench.speak(lang)
    piled.list.setCurrentRow(0)
    up, down, lift, drop = piled.moves.offered()
    assert [each.isEnabled() for each in (up, down, lift, drop)] == [False, True, True, True]
    assert all(each.text() for each in (up, down, lift, drop))


def test_a_group_that_is_off_says_so(piled: ChangesPanel) -> None:
    item = piled.list.item(0)
    assert piled.bench.say("changes.off") not in item.text()
    item.setCheckState(Qt.CheckState.Unchecked)
    item = piled.list.item(0)
    assert piled.bench.say("changes.off") in item.text().splitlines()
    assert item.foreground().color() == piled.bench.theme.colour("ink2")
    item.setCheckState(Qt.CheckState.Checked)
    assert piled.bench.say("changes.off") not in piled.list.item(0).text()
