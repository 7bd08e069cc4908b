"""The panel of changes: no sentence of it is cut, however wide the dock is."""

import pytest
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QListWidget, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from theatre_hands import PLACED, PROBLEM

from planner.edits import AdoptPlan, Branch
from planner.hand_edits import TakeOut
from planner.plan import Plan
from planner.study import BASE, Study
from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.panels.changes import ChangesPanel
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
