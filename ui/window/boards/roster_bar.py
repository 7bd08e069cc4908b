"""The bar above the roster board: which weeks, how many, whom, what else is shown, how large."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from planner.problem import Problem
from ui.window.actions import Actions
from ui.window.boards.roster_sheet import EVERYBODY, Group, groups
from ui.window.panels.parts import label
from ui.window.workbench import Workbench

NARROW: Final = 420
SPANS: Final = (2, 4, 8)
HEIGHTS: Final = {"compact": 17, "normal": 20, "roomy": 24}
NARROWEST: Final = 520
"""What it needs with icons alone: words ask for no room that a dock wants."""


class RosterBar(QWidget):
    """The board bar of the staff view."""

    stepped = Signal(int)
    """To the next (1) or previous (-1) weeks."""
    spanned = Signal(int)
    """So many weeks are to be seen."""
    filtered = Signal(object)
    dense = Signal(str)

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.group = EVERYBODY
        self.dates: tuple[str, ...] = ("",)
        self.setFixedHeight(34)
        self.setMinimumWidth(NARROWEST)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "bar")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(6, 0, 6, 0)
        self.row.setSpacing(2)
        self.back = self._button("chevron-left", lambda: self.stepped.emit(-1))
        self.date: QLabel = label("title")
        self.row.addWidget(self.date)
        self.on = self._button("chevron-right", lambda: self.stepped.emit(1))
        self.row.addSpacing(6)
        self.spans = {weeks: self._button("", self._span(weeks), check=True) for weeks in SPANS}
        self.team = self._menu_button("filter-variant")
        self.legend = self._of(actions["legend"])
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.row.addWidget(gap)
        self.differences = self._of(actions["differences"])
        self.out = self._of(actions["zoom_out"], bare=True)
        self.in_ = self._of(actions["zoom_in"], bare=True)
        self.lines = self._menu_button("format-line-spacing")
        self.densities = self._density_menu()
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.colour)
        self.colour()
        self.word()

    # --- making ---------------------------------------------------------------------------------

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

    def _span(self, weeks: int) -> Callable[[], object]:
        return lambda: self.spanned.emit(weeks)

    def _menu_button(self, icon: str) -> QToolButton:
        made = self._button(icon, None)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setMenu(QMenu(made))
        made.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        return made

    def _of(self, action: QAction, *, bare: bool = False) -> QToolButton:
        made = self._button("action", None)
        made.setDefaultAction(action)
        made.setProperty("bare", bare)
        return made

    def _density_menu(self) -> QMenu:
        menu = self.lines.menu()
        assert menu is not None
        choices = QActionGroup(menu)
        for name in HEIGHTS:
            action = menu.addAction("")
            action.setCheckable(True)
            action.setData(name)
            choices.addAction(action)
            action.triggered.connect(lambda _=False, name=name: self.dense.emit(name))
        return menu

    # --- words and colours ----------------------------------------------------------------------

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
        for weeks, button in self.spans.items():
            button.setText(say("roster.weeks", n=weeks))
        self.legend.setText(say("action.legend"))
        self.differences.setText(say("roster.differences"))
        self.differences.setToolTip(say("roster.differences.tip"))
        for button, message in (
            (self.back, "roster.back"),
            (self.on, "roster.on"),
            (self.lines, "action.density"),
        ):
            button.setToolTip(say(message))
            button.setAccessibleName(say(message))
        for action in self.densities.actions():
            action.setText(say(f"roster.density.{action.data()}"))
        self.team.setToolTip(say("roster.team.tip"))
        self._name_team()
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave words out where there is no room."""
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As narrow as with icons alone: words never hold the window wide."""
        return QSize(NARROW, 34)

    def fit(self) -> None:
        """Show words beside icons, and all of the dates, where there is room for them."""
        worded = (self.team, self.differences, self.legend)
        for words, dates in ((3, 0), (2, 0), (1, 0), (0, 0), (0, 1), (0, 2)):
            for button in self.buttons():
                self._style(button, words=button in worded[:words])
            self.date.setText(self.dates[min(dates, len(self.dates) - 1)])
            self.row.invalidate()
            if self.row.minimumSize().width() <= self.width():
                break

    def _style(self, button: QToolButton, *, words: bool) -> None:
        style = Qt.ToolButtonStyle
        if not button.property("icon_name"):
            button.setToolButtonStyle(style.ToolButtonTextOnly)
        else:
            both = words and not button.property("bare")
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if both else style.ToolButtonIconOnly
            )
        button.setMinimumWidth(button.sizeHint().width())

    # --- what is shown --------------------------------------------------------------------------

    def show_state(self, dates: tuple[str, ...], *, weeks: int, whole: int, density: str) -> None:
        """Show which weeks are on the board, of `whole` that there are; the fullest dates first."""
        self.dates = dates
        for span, button in self.spans.items():
            button.setChecked(span == weeks)
            button.setVisible(span <= max(whole, SPANS[0]) or span == weeks)
        for action in self.densities.actions():
            action.setChecked(action.data() == density)
        self.fit()

    def offer(self, problem: Problem | None) -> None:
        """Offer the roles and teams of a problem; forget a choice that is gone."""
        menu = self.team.menu()
        assert menu is not None
        menu.clear()
        known = () if problem is None else groups(problem)
        if self.group not in known:
            self.group = EVERYBODY
        for group in (EVERYBODY, *known):
            action = menu.addAction(self._words(group))
            action.setCheckable(True)
            action.setChecked(group == self.group)
            action.triggered.connect(lambda _=False, group=group: self.choose(group))
            if group == EVERYBODY:
                menu.addSeparator()
        self.team.setVisible(bool(known))
        self._name_team()

    def choose(self, group: Group) -> None:
        """Show a group."""
        self.group = group
        self.filtered.emit(group)

    def _words(self, group: Group) -> str:
        if group.role:
            return self.bench.say("roster.role", name=group.role)
        return self.bench.say("roster.team", name=group.team or self.bench.say("roster.team.all"))

    def _name_team(self) -> None:
        words = self._words(self.group)
        self.team.setText(words)
        self.team.setAccessibleName(words)
        self.fit()
