"""The bar above the theatre board: which days, which specialties, what else is shown, how large."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from ui.window.actions import Actions
from ui.window.boards.board_bar import BoardBar
from ui.window.boards.theatre_layout import HEIGHTS
from ui.window.panels.parts import verbatim
from ui.window.workbench import Workbench

WORDS_FROM: Final = 860
"""Width from which buttons have words beside their icons."""
DATE_FROM: Final = 700
"""Width from which the date is written in full."""


class TheatreBar(BoardBar):
    """The board bar of the theatre view."""

    weekly = Signal(bool)
    filtered = Signal()
    board = "theatre"

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__(bench)
        self.only: frozenset[str] = frozenset()
        self.dates = ("", "")
        self.dates_menu = QMenu(self)
        self.dates_button = self.menu_button("calendar-blank-outline", self.dates_menu)
        self.row.addSpacing(6)
        self.day = self.button("", lambda: self.weekly.emit(False), check=True)
        self.week = self.button("", lambda: self.weekly.emit(True), check=True)
        self.menu = QMenu(self)
        self.specialties = self.menu_button("filter-variant", self.menu)
        self.legend = self.of(actions["legend"])
        self.end(actions, HEIGHTS)

    # --- words and colours --------------------------------------------------------------------------

    def word(self) -> None:
        """Take the words of the language."""
        super().word()
        say = self.bench.say
        self.day.setText(say("theatre.day"))
        self.week.setText(say("theatre.week"))
        self.differences.defaultAction().setIconText(say("theatre.differences"))
        self.call(
            (self.dates_button, "theatre.dates"),
            (self.specialties, "theatre.specialties"),
        )
        self.fill()
        self.fit()

    def fit(self) -> None:
        """Show words beside icons where there is room for them."""
        wide = self.width() >= WORDS_FROM
        self.date.setText(self.dates[0 if self.width() >= DATE_FROM else 1])
        worded = (self.specialties, self.legend, self.differences)
        for button in self.buttons():
            self.style_words(button, words=wide and button in worded)
        if self.row.sizeHint().width() > self.width():
            self.date.setText(self.dates[1])

    def show_state(self, date: tuple[str, str], *, week: bool, density: str) -> None:
        """Show which days are on the board, in full words and in short ones."""
        self.dates = date
        self.fit()
        self.day.setChecked(not week)
        self.week.setChecked(week)
        self.check_density(density)

    # --- specialties --------------------------------------------------------------------------------

    def fill(self) -> None:
        """Offer the specialties of the study, and forget those that are gone."""
        self.menu.clear()
        document = self.bench.document
        known = () if document is None else document.problem.specialties
        self.only &= {each.id for each in known}
        for each in known:
            words = f"{each.id} · {each.name}" if each.name else str(each.id)
            action = self.menu.addAction(verbatim(words))
            action.setCheckable(True)
            action.setChecked(each.id in self.only)
            action.toggled.connect(partial(self._filter, str(each.id)))
        self.menu.addSeparator()
        self.menu.addAction(self.bench.say("theatre.all_specialties"), self.clear)
        self._told()

    def clear(self) -> None:
        """Show all specialties."""
        self.only = frozenset()
        self.fill()
        self.filtered.emit()

    def _filter(self, id: str, on: bool) -> None:
        self.only = self.only | {id} if on else self.only - {id}
        self._told()
        self.filtered.emit()

    def _told(self) -> None:
        say = self.bench.say
        count = len(self.only)
        words = say("theatre.specialties")
        self.specialties.setText(f"{words} ({count})" if count else words)
        self.specialties.setChecked(bool(count))
