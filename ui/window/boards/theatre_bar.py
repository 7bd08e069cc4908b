"""The bar above the theatre board: which days, which specialties, what else is shown, how large."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from ui.window.actions import Actions
from ui.window.boards.board_bar import BoardBar
from ui.window.boards.theatre_colours import COLOURS
from ui.window.boards.theatre_layout import HEIGHTS
from ui.window.boards.theatre_span import SPANS
from ui.window.panels.parts import verbatim
from ui.window.workbench import Workbench

WORDS_FROM: Final = 860
"""Width from which buttons have words beside their icons."""
DATE_FROM: Final = 700
"""Width from which the date is written in full."""


class TheatreBar(BoardBar):
    """The board bar of the theatre view."""

    spanned = Signal(str)
    filtered = Signal()
    coloured = Signal(str)
    board = "theatre"

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__(bench)
        self.only: frozenset[str] = frozenset()
        self.dates = ("", "")
        self.dates_menu = QMenu(self)
        self.dates_button = self.menu_button("calendar-blank-outline", self.dates_menu)
        self.row.addSpacing(6)
        self.spans = {span: self.span_button(span) for span in SPANS}
        self.menu = QMenu(self)
        self.specialties = self.menu_button("filter-variant", self.menu)
        self.colours = QMenu(self)
        group = QActionGroup(self.colours)
        for name in COLOURS:
            action = group.addAction(self.colours.addAction(""))
            action.setCheckable(True)
            action.setData(name)
            action.triggered.connect(partial(self._colour, name))
        self.palette_ = self.menu_button("palette-outline", self.colours)
        self.palette_.setProperty("bare", True)
        self.lanes = self.of(actions["lanes"])
        self.legend = self.of(actions["legend"])
        self.end(actions, HEIGHTS)

    def span_button(self, span: str) -> QToolButton:
        """Add a button that shows a day, a week or four weeks."""
        return self.button("", lambda: self.spanned.emit(span), check=True)

    # --- words and colours --------------------------------------------------------------------------

    def word(self) -> None:
        """Take the words of the language."""
        super().word()
        say = self.bench.say
        for span, button in self.spans.items():
            button.setToolTip(say(f"action.span_{span}"))
            button.setAccessibleName(say(f"action.span_{span}"))
        self.differences.defaultAction().setIconText(say("theatre.differences"))
        self.call(
            (self.dates_button, "theatre.dates"),
            (self.specialties, "theatre.specialties"),
            (self.palette_, "theatre.colours"),
        )
        for action in self.colours.actions():
            action.setText(say(f"theatre.colours.{action.data()}"))
        self.fill()
        self.fit()

    def fit(self) -> None:
        """Show words beside icons, and the date in full, as far as there is room for them."""
        self._name_spans("")
        for button in (self.out, self.in_):
            button.show()
        worded = (self.specialties, self.lanes, self.differences, self.legend)
        most = len(worded) if self.width() >= WORDS_FROM else 0
        for button in self.buttons():
            self.style_words(button, words=button in worded[:most])
        for words in range(most, -1, -1):
            for button in worded[words:most]:
                self.style_words(button, words=False)
            for date in self.dates if self.width() >= DATE_FROM else self.dates[1:]:
                self.date.setText(date)
                if self.row.sizeHint().width() <= self.width():
                    return
        self._name_spans(".short")
        if self.row.sizeHint().width() > self.width():
            for button in (self.out, self.in_):  # the wheel, keys and the menu do the same
                button.hide()

    def _name_spans(self, form: str) -> None:
        for span, button in self.spans.items():
            button.setText(self.bench.say(f"theatre.{span}{form}"))

    def _colour(self, name: str, _checked: bool = False) -> None:
        self.coloured.emit(name)

    def show_state(self, date: tuple[str, str], *, span: str, density: str, colours: str) -> None:
        """Show which days are on the board, in full words and in short ones."""
        self.dates = date
        self.fit()
        for name, button in self.spans.items():
            button.setChecked(name == span)
        for action in self.colours.actions():
            action.setChecked(action.data() == colours)
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
