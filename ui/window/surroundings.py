"""What stands round the views once a study is open: tool bar, banner, docks at both sides.

It is made after the start page is painted, or as the first study comes, whichever is first.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from ui.window.panels.banner import Banner
from ui.window.panels.go_to import GoTo
from ui.window.panels.left import WIDE, LeftSide
from ui.window.panels.right import RightDock
from ui.window.panels.solve_button import SolveButton

if TYPE_CHECKING:
    from ui.window.main_window import MainWindow, View

TOOLS = 40
"""Height of the tool bar."""


class Surroundings:
    """The parts round the views of one window."""

    def __init__(self, window: "MainWindow", views: tuple[str, ...]) -> None:
        self.window, self.bench, self.actions_ = window, window.bench, window.actions_
        self._sized = False
        self.go_to = GoTo(self.bench, self.actions_)
        self.solve_button = SolveButton(self.bench, self.actions_)
        self.bar = self._tool_bar(views)
        self.banner = Banner(self.bench, self.actions_)
        self.strip = self._strip(self.banner)
        self.left_side = LeftSide(self.bench, self.actions_)
        self.left_parts: tuple[QWidget, ...] = (
            self.left_side.rail,
            self.left_side.scenarios,
            self.left_side.changes,
        )
        self.right_dock = RightDock(self.bench, self.actions_)
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self.left = self._dock("scenarios", left, self.left_side)
        self.right = self._dock("breaches", right, self.right_dock)
        self.banner.changes_wanted.connect(self.left_side.open_changes)

    def show(self, view: "View", *, opened: bool) -> None:
        """Show what a view asks for; nothing where no study is open."""
        self.left_side.shut()
        self.left.setVisible(view.docks and opened)
        self.right.setVisible(view.right and opened)
        self.strip.setVisible(view.banner and opened)
        self.bar.setVisible(opened)
        if opened and not self._sized:
            self._sized = True
            self.size_docks()

    def size_docks(self) -> None:
        """Give the docks the widths that they have at first."""
        wide = self.window.width() >= 1700
        left = 40 if self.left_side.narrow else 236 if wide else 188
        sizes = [left, 320 if wide else 254]
        self.window.resizeDocks([self.left, self.right], sizes, Qt.Orientation.Horizontal)

    def fit(self, width: int) -> None:
        """Leave the left side a rail where the window is narrow."""
        if self.left_side.fit(width):
            self.size_docks()

    # --- building -------------------------------------------------------------------------------

    def _tool_bar(self, views: tuple[str, ...]) -> QToolBar:
        bar = QToolBar()
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setFixedHeight(TOOLS)
        bar.setIconSize(QSize(18, 18))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.window.addToolBar(bar)
        for id in ("save", "undo", "redo"):
            bar.addAction(self.actions_[id])
            button = bar.widgetForAction(self.actions_[id])
            assert isinstance(button, QToolButton)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        bar.addSeparator()
        for name in views:
            bar.addAction(self.actions_[f"view_{name}"])
        gap = QWidget()
        gap.setMinimumHeight(TOOLS - 10)  # with the margins of the style sheet
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        bar.addWidget(self.go_to)
        bar.addWidget(self.solve_button)
        return bar

    def _strip(self, inside: QWidget) -> QToolBar:
        """Give the banner the whole width, over the docks too."""
        strip = QToolBar()
        strip.setObjectName("strip")
        strip.setMovable(False)
        strip.addWidget(inside)
        self.window.addToolBarBreak()
        self.window.addToolBar(strip)
        strip.ensurePolished()  # the margins of its own in the style sheet come with its name
        QApplication.sendEvent(strip, QEvent(QEvent.Type.StyleChange))
        return strip

    def _dock(self, name: str, area: Qt.DockWidgetArea, inside: QWidget) -> QDockWidget:
        dock = QDockWidget()
        dock.setObjectName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget())  # the panels have headings of their own
        inside.setMinimumWidth(WIDE if name == "scenarios" else 254)
        dock.setWidget(inside)
        self.window.addDockWidget(area, dock)
        return dock
