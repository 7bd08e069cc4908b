"""The list of kinds of facts: how many records each has, and a sign where the scenario has own ones."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
)

from planner.problem import RECORD_KINDS
from ui.window.look.type import width
from ui.window.tables.record_origin import changed_kinds
from ui.window.tables.rule_model import COUNT, OWN
from ui.window.tables.rule_painter import FamilyPainter
from ui.window.tables.whole_rows import WholeRows
from ui.window.workbench import Workbench

_WANTED: Final = (
    "case", "appointment", "session", "template", "theatre", "surgeon", "procedure", "priority",
    "specialty", "equipment", "recovery", "ward", "census", "anaesthesia", "team", "staff", "absence",
    "request", "cover", "rotation", "line", "turn", "weekly", "shift", "contract", "history", "carried",
    "promise", "holiday",
)  # fmt: skip
KINDS: Final = (*_WANTED, *(kind for kind in RECORD_KINDS if kind not in _WANTED))
"""Kinds in the order in which planners look for them."""
LEAST: Final = 150
ROW: Final = 25
_ROOM: Final = 72
"""What a row needs beside its words: edges, the sign and the count."""
KIND: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class KindsPainter(FamilyPainter):
    """Rows a little lower than those of families: all kinds are seen on a small screen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Give all kinds the same height."""
        return QSize(100, ROW)


class KindsList(QListWidget):
    """One kind a row."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.setObjectName("kinds")
        self.setProperty("look", "side")
        self.setItemDelegate(KindsPainter(bench, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        WholeRows(self)
        for kind in KINDS:
            item = QListWidgetItem(self)
            item.setData(KIND, kind)
        self.setCurrentRow(0)
        self.word()

    @property
    def kind(self) -> str:
        """The kind that is chosen."""
        return str(self.item(max(0, self.currentRow())).data(KIND))

    def choose(self, kind: str) -> None:
        """Choose a kind."""
        self.setCurrentRow(KINDS.index(kind))

    def word(self) -> None:
        """Take the words of the language, and the room that they need."""
        say = self.bench.say
        for row, kind in enumerate(KINDS):
            self.item(row).setText(say(f"kinds.{kind}"))
        widest = max(width(self.item(row).text(), weight=600) for row in range(self.count()))
        self.setFixedWidth(max(LEAST, round(widest) + _ROOM))
        self.setAccessibleName(say("facts.kinds"))

    def count_again(self) -> None:
        """Count the records of each kind, and look whether the scenario has own ones."""
        document, say = self.bench.document, self.bench.say
        own = frozenset[str]() if document is None else changed_kinds(document)
        for row, kind in enumerate(KINDS):
            item = self.item(row)
            n = 0 if document is None else len(document.problem.records(kind))
            item.setData(COUNT, n)
            item.setData(OWN, kind in own)
            told = say("facts.kind_count", kind=item.text(), n=n)
            words = f"{told} {say('facts.has_own')}" if kind in own else told
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
