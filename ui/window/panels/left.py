"""The left side: scenarios over changes; in a narrow window a rail that opens them over the board."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.window.actions import Actions
from ui.window.panels.changes import ChangesPanel
from ui.window.panels.scenarios import ScenariosPanel
from ui.window.workbench import Workbench

RAIL: Final = 40
NARROW: Final = 1200
"""Width of the window under which the rail takes the place of the panels."""
WIDE: Final = 186
_OPEN: Final = 236
_MOST: Final = 0.62
"""How much of the height the scenarios take at most: the same whatever the open one changes."""
_ANY: Final = 16_777_215
"""Qt's word for no greatest width."""


class LeftSide(QWidget):
    """What stands in the left dock."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.narrow = False
        self.scenarios, self.changes = ScenariosPanel(bench, actions), ChangesPanel(bench, actions)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)  # Qt takes hold of it two pixels to either side
        self.split.addWidget(self.scenarios)
        self.split.addWidget(self.changes)
        self._own = False  # somebody has moved the handle: it stays there
        self.split.splitterMoved.connect(self._moved)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.share)
        self.sheet = QFrame()  # what lies over the board
        self.sheet.setProperty("look", "over")
        self._inside = QVBoxLayout(self.sheet)
        self._inside.setContentsMargins(0, 0, 1, 0)  # its edge
        self.rail = QFrame()
        self.rail.setProperty("look", "side")
        self.rail.setFixedWidth(RAIL)
        self.buttons = (
            self._button(self.open_scenarios),
            self._button(self.open_changes),
        )
        column = QVBoxLayout(self.rail)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for each in self.buttons:
            column.addWidget(each)
        column.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.rail)
        self._row.addWidget(self.split)
        self.rail.hide()
        self.setMinimumWidth(WIDE)
        for signal in (bench.language_changed, bench.theme_changed):
            signal.connect(self.word)
        self.scenarios.wanted.connect(self.open_scenarios)
        self.scenarios.filled.connect(self._soon.start)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus)
        self.word()

    def _button(self, do: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        made.setIconSize(QSize(18, 18))
        made.setFixedSize(QSize(32, 32))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _=False: self.shut() if self.sheet.isVisible() else do())
        return made

    def word(self) -> None:
        """Give the rail its words and icons."""
        for each, words, name in zip(
            self.buttons,
            ("scenarios.title", "changes.title"),
            ("file-tree-outline", "pencil"),
            strict=True,
        ):
            each.setIcon(self.bench.icon(name))
            each.setToolTip(self.bench.say(words))
            each.setAccessibleName(self.bench.say(words))

    # --- how high each is --------------------------------------------------------------------------

    def share(self) -> None:
        """Give the scenarios the height that all their names take, as far as there is."""
        high = self.split.height()
        if not self._own and high > 0:
            upper = min(self.scenarios.wants, round(high * _MOST))
            self.split.setSizes([upper, high - upper])

    def _moved(self) -> None:
        self._own = True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the height anew."""
        super().resizeEvent(event)
        self._soon.start()

    # --- narrow and wide --------------------------------------------------------------------------

    def fit(self, width: int) -> bool:
        """Take the form that a window of some width has room for; tell whether it is another one."""
        narrow = width < NARROW
        if narrow == self.narrow:
            if self.sheet.isVisible():
                self._lay()
            return False
        self.narrow = narrow
        self.rail.setVisible(narrow)
        if narrow:
            self.sheet.setParent(self.window())
            self.sheet.hide()
            self._inside.addWidget(self.split)
            self.sheet.installEventFilter(self)
            self.setFixedWidth(RAIL)
        else:
            self.sheet.hide()
            self._row.addWidget(self.split)
            self.setMinimumWidth(WIDE)
            self.setMaximumWidth(_ANY)
        self.split.show()
        return True

    def open_scenarios(self) -> None:
        """Show the tree, wherever it is, and go there."""
        self._open(self.scenarios.tree)

    def open_changes(self) -> None:
        """Show the changes, wherever they are, and go there."""
        there = self.changes.list if self.changes.list.isVisibleTo(self.changes) else None
        self._open(there or self.changes.empty.button)

    def _open(self, on: QWidget) -> None:
        if self.narrow and not self.sheet.isVisible():
            self._lay()
            self.sheet.show()
            self.sheet.raise_()
        on.setFocus(Qt.FocusReason.TabFocusReason)
        if self.narrow and not self.sheet.isAncestorOf(QApplication.focusWidget() or self):
            self.sheet.setFocus()

    def shut(self) -> None:
        """Put the panels away again."""
        if self.narrow:
            self.sheet.hide()

    def _lay(self) -> None:
        corner = self.rail.mapTo(self.window(), QPoint(RAIL, 0))
        self.sheet.setGeometry(corner.x(), corner.y(), _OPEN, self.height())
        self._soon.start()

    def _focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Put the panels away when the focus goes elsewhere in the window."""
        if not self.narrow or not self.sheet.isVisible() or now is None:
            return
        if now is self.sheet or self.sheet.isAncestorOf(now) or self.rail.isAncestorOf(now):
            return
        if now.window() is self.window():
            self.shut()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep clicks beside the lists from reaching the board below."""
        clicks = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        return event.type() in clicks or super().eventFilter(watched, event)
