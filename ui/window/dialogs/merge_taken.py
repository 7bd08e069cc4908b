"""What a merge takes from one side alone: how much of each, and the sentences once somebody asks."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner.merging.study import Merged
from planner.merging.taken_words import taken_sentences
from planner.study import BASE
from ui.window.merging import Rows
from ui.window.panels.parts import button, label, plain_tip
from ui.window.workbench import Workbench

HIGH: Final = 150
"""Least height of the list."""


class TakenView(QWidget):
    """A line with both counts, and a button that shows or hides the list of all of it below."""

    def __init__(self, bench: Workbench, mine: str, theirs: str) -> None:
        super().__init__()
        self.bench, self.names = bench, (mine, theirs)
        self.made: Merged | None = None
        self.rows: Rows = ((), ())
        self.head = label("", wrap=True)
        self.more = button("link", lambda: self.show_list(self.list.isHidden()))
        self.list = QListWidget()
        self.list.setObjectName("taken")
        self.list.setAccessibleName(bench.say("window.merge.alone.list"))
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(HIGH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.addWidget(self.head, 1)
        line.addWidget(self.more)
        column.addLayout(line)
        column.addWidget(self.list, 1)
        self.hide()

    def show_taken(self, made: Merged, rows: Rows) -> None:
        """Say how much comes from each side; the whole list at once where there is no conflict."""
        say = self.bench.say
        self.made, self.rows = made, rows
        counts = (
            say("window.merge.alone.side", n=len(found), file=name)
            for name, found in zip(self.names, rows, strict=True)
        )
        told = say("window.merge.alone", sides=[*counts])
        self.head.setText(told if any(rows) else say("window.merge.alone.none"))
        self.show()
        self.show_list(any(rows) and not made.conflicts)

    def show_list(self, there: bool) -> None:
        """Show or hide the list; its sentences are made when it is first looked at."""
        if there and not self.list.count():
            self._fill()
        self.list.setVisible(there)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Expanding if there else policy.Maximum)
        self.more.setVisible(any(self.rows))
        self.more.setText(self.bench.say(f"window.merge.alone.{'hide' if there else 'show'}"))

    def _fill(self) -> None:
        assert self.made is not None
        shown = {BASE: self.bench.called(BASE)}
        study, lang = self.made.study, self.bench.lang
        for name, rows in zip(self.names, self.rows, strict=True):
            if not rows:
                continue
            head = QListWidgetItem(self.bench.say("merge.taken.side", n=len(rows), file=name))
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = self.list.font()
            font.setBold(True)
            head.setFont(font)
            self.list.addItem(head)
            for sentence in taken_sentences(rows, study, lang, shown):
                item = QListWidgetItem(sentence, self.list)
                item.setToolTip(plain_tip(sentence))
