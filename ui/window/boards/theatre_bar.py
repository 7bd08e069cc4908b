"""The bar above the theatre board: which days, which specialties, what else is shown, how large."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from ui.window.actions import Actions
from ui.window.boards.theatre_layout import HEIGHTS
from ui.window.panels.parts import label
from ui.window.workbench import Workbench

WORDS_FROM: Final = 860
"""Width from which buttons have words beside their icons."""
NARROWEST: Final = 520
"""What it needs with icons alone: words ask for no room that a dock wants."""
DATE_FROM: Final = 700
"""Width from which the date is written in full."""


class TheatreBar(QWidget):
    """The board bar of the theatre view."""

    stepped = Signal(int)
    """To the next (1) or previous (-1) day or week."""
    weekly = Signal(bool)
    filtered = Signal()
    dense = Signal(str)

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.setFixedHeight(34)
        self.setMinimumWidth(NARROWEST)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "bar")
        self.only: frozenset[str] = frozenset()
        self.dates = ("", "")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(6, 0, 6, 0)
        self.row.setSpacing(2)
        self.back = self._button("chevron-left", lambda: self.stepped.emit(-1))
        self.date: QLabel = label("title")
        self.on = self._button("chevron-right", lambda: self.stepped.emit(1))
        self.dates_button = self._button("calendar-blank-outline", None)
        self.dates_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.dates_menu = QMenu(self)
        self.dates_button.setMenu(self.dates_menu)
        self.row.addSpacing(6)
        self.day = self._button("", lambda: self.weekly.emit(False), check=True)
        self.week = self._button("", lambda: self.weekly.emit(True), check=True)
        self.specialties = self._button("filter-variant", None)
        self.specialties.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.specialties.setMenu(self.menu)
        self.legend = self._of(actions["legend"], "map-legend")
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.row.addWidget(gap)
        self.differences = self._of(actions["differences"], "swap-vertical")
        self.out = self._of(actions["zoom_out"], "magnify-minus-outline", bare=True)
        self.in_ = self._of(actions["zoom_in"], "magnify-plus-outline", bare=True)
        self.lines = self._button("format-line-spacing", None)
        self.lines.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.densities = self._density_menu()
        self.row.insertWidget(1, self.date)
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.colour)
        self.colour()
        self.word()

    def _button(
        self, icon: str, do: Callable[[], object] | None, *, check: bool = False
    ) -> QToolButton:
        made = QToolButton(self)
        made.setProperty("icon_name", icon)
        made.setIconSize(QSize(16, 16))
        made.setCheckable(check)
        made.setFixedHeight(26)
        if do is not None:
            made.clicked.connect(lambda _checked=False: do())
        self.row.addWidget(made)
        return made

    def _of(self, action: QAction, icon: str, *, bare: bool = False) -> QToolButton:
        made = self._button(icon, None)
        made.setDefaultAction(action)
        made.setProperty("bare", bare)
        return made

    def _density_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for name in HEIGHTS:
            action = menu.addAction("")
            action.setCheckable(True)
            action.setData(name)
            group.addAction(action)
            action.triggered.connect(partial(self._dense, name))
        self.lines.setMenu(menu)
        return menu

    def _dense(self, name: str, _checked: bool) -> None:
        self.dense.emit(name)

    # --- words and colours --------------------------------------------------------------------------

    def buttons(self) -> list[QToolButton]:
        """Give all buttons."""
        return self.findChildren(QToolButton)

    def colour(self) -> None:
        """Take the icons in the colours of the theme."""
        for button in self.buttons():
            icon = button.property("icon_name")
            if icon and button.defaultAction() is None:
                button.setIcon(self.bench.icon(icon))
        self.fit()

    def word(self) -> None:
        """Take the words of the language."""
        say = self.bench.say
        self.day.setText(say("theatre.day"))
        self.week.setText(say("theatre.week"))
        self.differences.defaultAction().setIconText(say("theatre.differences"))
        for button, message in (
            (self.back, "theatre.back"),
            (self.on, "theatre.on"),
            (self.lines, "action.density"),
            (self.dates_button, "theatre.dates"),
            (self.specialties, "theatre.specialties"),
        ):
            button.setToolTip(say(message))
            button.setAccessibleName(say(message))
        for action in self.densities.actions():
            action.setText(say(f"theatre.density.{action.data()}"))
        self.fill()
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave words out where there is no room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show words beside icons where there is room for them."""
        style = Qt.ToolButtonStyle
        wide = self.width() >= WORDS_FROM
        self.date.setText(self.dates[0 if self.width() >= DATE_FROM else 1])
        for button in self.buttons():
            if not button.property("icon_name"):
                button.setToolButtonStyle(style.ToolButtonTextOnly)
                continue
            words = button in (self.specialties, self.legend, self.differences)
            both = words and wide and not button.property("bare")
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if both else style.ToolButtonIconOnly
            )
        if self.row.sizeHint().width() > self.width():
            self.date.setText(self.dates[1])

    def show_state(self, date: tuple[str, str], *, week: bool, density: str) -> None:
        """Show which days are on the board, in full words and in short ones."""
        self.dates = date
        self.fit()
        self.day.setChecked(not week)
        self.week.setChecked(week)
        for action in self.densities.actions():
            action.setChecked(action.data() == density)

    # --- specialties --------------------------------------------------------------------------------

    def fill(self) -> None:
        """Offer the specialties of the study, and forget those that are gone."""
        self.menu.clear()
        document = self.bench.document
        known = () if document is None else document.problem.specialties
        self.only &= {each.id for each in known}
        for each in known:
            words = f"{each.id} · {each.name}" if each.name else str(each.id)
            action = self.menu.addAction(words)
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
