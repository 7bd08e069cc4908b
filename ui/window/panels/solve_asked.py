"""What the open scenario changes, told before it is solved: the check that it is what was meant."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from planner.asking_words import asked_sentences
from planner.problem import Problem
from planner.study import BASE
from ui.window.panels.parts import button, label
from ui.window.workbench import Workbench

MOST = 4
"""Sentences that there is room for; all on demand."""


class Asked(QWidget):
    """A few sentences; hidden in the base, which has no parent to differ from."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.whole = False
        self._shown: tuple[object, ...] = ()
        self.title = label("panel")
        self.words: QLabel = label("second", wrap=True)
        self.more = button("link", self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(2)
        for each in (self.title, self.words, self.more):
            column.addWidget(each)
        for signal in (bench.changed, bench.document_changed, bench.language_changed):
            signal.connect(self.refresh)

    def refresh(self) -> None:
        """Say what the scenario changes; nothing is worked out twice."""
        document = self.bench.document
        parent = None if document is None else document.scenario.parent
        for each in (self.title, self.words):
            each.setVisible(parent is not None)
        self.more.setVisible(parent is not None and self._lacks)
        if document is None or parent is None or not self.isVisible():
            return
        facts: tuple[Problem, ...] = tuple(
            document.study.problem(name) for name in (document.name, parent)
        )
        state = (document.name, *map(id, facts), self.bench.lang, self.whole)
        if state == self._shown:
            return
        self._shown, self._facts = state, facts  # kept: their identities stay their own
        shown = {BASE: self.bench.called(BASE)}
        told = [
            *asked_sentences(
                document.study, document.name, self.bench.lang, shown=shown, most=10_000
            )
        ]
        title, *rest = told
        kept = rest if self.whole else rest[:MOST]
        self.title.setText(self.bench.say("asked.title"))
        self.words.setText("\n".join((title, *(f"• {each}" for each in kept))))
        self._lacks = len(kept) < len(rest)
        self.more.setVisible(self._lacks)
        self.more.setText(self.bench.say("compare_view.more", n=len(rest) - len(kept)))

    _facts: tuple[Problem, ...] = ()
    _lacks = False  # whether there are more sentences than are shown

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what was changed out of sight."""
        super().showEvent(event)
        self.refresh()

    def _all(self) -> None:
        self.whole = True
        self.refresh()
