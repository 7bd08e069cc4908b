"""Who could take a vacant duty: everybody is tried while the window stays awake, each with the price."""

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from planner.problem import Problem
from planner.vacancies import Taker, Vacancy
from planner.vacancy_words import taker_breaches, taker_price, taker_title, vacancy_sentence
from ui.window.dialogs.growing import GrowingDialog
from ui.window.panels.parts import label
from ui.window.workbench import Workbench

AT_ONCE: Final = 4
"""People who are tried in a turn: some ten milliseconds."""


class TakersDialog(GrowingDialog):
    """Lists them, those who break nothing and cost least first; one is taken by Enter."""

    def __init__(
        self,
        bench: Workbench,
        vacancy: Vacancy,
        tries: Iterator[Taker | None],
        take: Callable[[Taker], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        document = bench.document
        assert document is not None
        self.bench, self.take, self.problem = bench, take, document.problem
        self.study = document.study
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 440)
        say = bench.say
        self.setWindowTitle(say("vacancy.who"))
        self.what = label("title", vacancy_sentence(self.problem, vacancy, bench.lang), wrap=True)
        self.told = label("second", say("vacancy.looking"), wrap=True)
        self.list, self.detail = QListWidget(), QPlainTextEdit()
        self.list.setAccessibleName(say("vacancy.who"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemDoubleClicked.connect(self.choose)  # Enter presses the button
        self.list.currentRowChanged.connect(self._show)
        self.detail.setReadOnly(True)
        self.detail.setFixedHeight(110)
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName(say("vacancy.breaking"))
        self._lay_out()
        self.found: list[Taker] = []
        self.chosen = False
        self._tries = tries
        self.timer = QTimer(self)
        self.timer.setInterval(0)
        self.timer.timeout.connect(self.step)
        self.timer.start()
        bench.changed.connect(self._changed)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.give = buttons.addButton(
            self.bench.say("vacancy.give"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.give.setEnabled(False)
        buttons.accepted.connect(self.choose)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for each in (self.what, self.told):
            column.addWidget(each)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        column.addWidget(buttons)

    def step(self) -> None:
        """Try a few more people; at the end list those who could."""
        for _ in range(AT_ONCE):
            try:
                found = next(self._tries)
            except StopIteration:
                self.timer.stop()
                self._list()
                return
            if found is not None:
                self.found.append(found)

    def _list(self) -> None:
        say, lang = self.bench.say, self.bench.lang
        self.found.sort(key=lambda each: each.key)
        legal = sum(not each.broken for each in self.found)
        words = say("vacancy.found", n=len(self.found), legal=legal)
        self.told.setText(words if self.found else say("vacancy.nobody"))
        for each in self.found:
            self.list.addItem(f"{taker_title(each, lang)}. {taker_price(each, lang)}")
        self.give.setEnabled(bool(self.found))
        self.give.setDefault(bool(self.found))
        if self.found:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _show(self, row: int) -> None:
        """Say what the one who is chosen would break."""
        told: list[str] = []
        if 0 <= row < len(self.found):
            problem: Problem = self.problem
            for hard, sentence in taker_breaches(problem, self.found[row], self.bench.lang):
                kind = "roster.breach.hard" if hard else "roster.breach.soft"
                told.append(self.bench.say(kind, told=sentence))
        self.detail.setPlainText("\n".join(told) or self.bench.say("roster.breaks_nothing"))

    def choose(self) -> None:
        """Give the duty to the one who is chosen."""
        row = self.list.currentRow()
        if not 0 <= row < len(self.found):
            return
        self.chosen = True
        if self.take(self.found[row]):
            self.accept()
        self.chosen = False

    def _changed(self) -> None:
        """Close where the plan is another: prices would be of one that is gone."""
        document = self.bench.document
        if not self.chosen and (document is None or document.study is not self.study):
            self.reject()
