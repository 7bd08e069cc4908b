"""What the bars above the boards have in common: steps in time, buttons, row heights, room for words."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from ui.window.actions import Actions
from ui.window.panels.parts import label
from ui.window.workbench import Workbench

HEIGHT: Final = 34
NARROWEST: Final = 520
"""What it needs with icons alone: words ask for no room that a dock wants."""


class BoardBar(QWidget):
    """A row of buttons; each board's own bar fills it and says in `fit` what gives way first."""

    stepped = Signal(int)
    """To the next (1) or previous (-1) day or weeks."""
    dense = Signal(str)
    """Rows are to have another height."""
    board = ""
    """With what the ids of its words begin."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(NARROWEST)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "bar")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(6, 0, 6, 0)
        self.row.setSpacing(2)
        self.back = self.step("chevron-left", -1)
        self.date: QLabel = label("title")
        self.row.addWidget(self.date)
        self.on = self.step("chevron-right", 1)

    def end(self, actions: Actions, heights: Iterable[str]) -> None:
        """Add what all boards have at the right, and take words and colours from now on."""
        self.gap()
        self.differences = self.of(actions["differences"])
        self.out = self.of(actions["zoom_out"], bare=True)
        self.in_ = self.of(actions["zoom_in"], bare=True)
        self.densities = self.density_menu(heights)
        self.lines = self.menu_button("format-line-spacing", self.densities)
        self.bench.language_changed.connect(self.word)
        self.bench.theme_changed.connect(self.colour)
        self.colour()
        self.word()

    def word(self) -> None:
        """Take the words of the language; each board's own bar has more of them."""
        for action in self.densities.actions():
            action.setText(self.bench.say(f"{self.board}.density.{action.data()}"))
        steps = (self.back, f"{self.board}.back"), (self.on, f"{self.board}.on")
        self.call(*steps, (self.lines, "action.density"))

    def check_density(self, density: str) -> None:
        """Show how high rows are."""
        for action in self.densities.actions():
            action.setChecked(action.data() == density)

    def fit(self) -> None:
        """Leave words out where there is no room for them."""
        raise NotImplementedError

    # --- making ---------------------------------------------------------------------------------

    def button(
        self, icon: str, do: Callable[[], object] | None, *, check: bool = False
    ) -> QToolButton:
        """Add a button with an icon of the theme, or with words alone."""
        made = QToolButton(self)
        made.setProperty("icon_name", icon)
        made.setIconSize(QSize(16, 16))
        made.setCheckable(check)
        made.setFixedHeight(26)
        if do is not None:
            made.clicked.connect(lambda _checked=False: do())
        self.row.addWidget(made)
        return made

    def step(self, icon: str, by: int) -> QToolButton:
        """Add a button that steps in time."""
        return self.button(icon, lambda: self.stepped.emit(by))

    def menu_button(self, icon: str, menu: QMenu) -> QToolButton:
        """Add a button that opens a menu."""
        made = self.button(icon, None)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setMenu(menu)
        return made

    def of(self, action: QAction, *, bare: bool = False) -> QToolButton:
        """Add a button of an action; a bare one never has words."""
        made = self.button("action", None)
        made.setDefaultAction(action)
        made.setProperty("bare", bare)
        return made

    def gap(self) -> None:
        """Push what follows to the right."""
        made = QWidget()
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.row.addWidget(made)

    def density_menu(self, heights: Iterable[str]) -> QMenu:
        """Make the menu of row heights, by name."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for name in heights:
            action = menu.addAction("")
            action.setCheckable(True)
            action.setData(name)
            group.addAction(action)
            action.triggered.connect(partial(self._dense, name))
        return menu

    def _dense(self, name: str, _checked: bool) -> None:
        self.dense.emit(name)

    # --- colours and room -----------------------------------------------------------------------

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

    def call(self, *named: tuple[QToolButton, str]) -> None:
        """Give buttons with an icon alone their tool tip, and their name for a screen reader."""
        for button, message in named:
            words = self.bench.say(message)
            button.setToolTip(words)
            button.setAccessibleName(words)

    def style_words(self, button: QToolButton, *, words: bool) -> None:
        """Show a button with its words, where it has room for them and is not bare."""
        style = Qt.ToolButtonStyle
        if not button.property("icon_name"):
            button.setToolButtonStyle(style.ToolButtonTextOnly)
            return
        both = words and not button.property("bare")
        button.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if both else style.ToolButtonIconOnly
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave words out where there is no room."""
        super().resizeEvent(event)
        self.fit()
