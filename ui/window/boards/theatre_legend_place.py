"""Where the legend of the theatre board stands: under the board, or at the foot of a wide right dock."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.window.boards.theatre_legend import TheatreLegend
from ui.window.panels.parts import Heading

if TYPE_CHECKING:
    from ui.window.boards.theatre_page import TheatrePage

FOOT: Final = "right_foot"
"""The name of the place at the foot of the right dock."""
WIDE: Final = 1700
"""Width of the window from which its right dock has room for a legend."""
_KEPT: Final = "theatre/legend"


class LegendPlace(QObject):
    """Shows the legend where there is room; unasked it is seen only where it takes none of the board."""

    def __init__(self, page: "TheatrePage") -> None:
        super().__init__(page)
        self.page, self.bench = page, page.bench
        self.legend = TheatreLegend(page.bench)
        self.legend.hide()
        self.heading = Heading()
        self.box = QWidget(page)
        self.box.hide()
        column = QVBoxLayout(self.box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        self.docked = False
        self.bench.language_changed.connect(self.word)
        self.word()

    def word(self) -> None:
        """Take the words of the language."""
        self.heading.title.setText(self.bench.say("action.legend"))

    @property
    def wanted(self) -> bool:
        """Whether the legend is to be seen."""
        return str(self.bench.settings.value(_KEPT, "yes" if self.docked else "no")) == "yes"

    def toggle(self) -> None:
        """Show it, or hide it, from now on."""
        self.bench.settings.keep(_KEPT, "no" if self.wanted else "yes")
        self.settle()

    def settle(self) -> None:
        """Put it where it belongs in a window of this width."""
        window, seen = self.page.window(), self.page.isVisible()
        foot = window.findChild(QWidget, FOOT) if window.width() >= WIDE else None
        self.docked = foot is not None and foot.isVisibleTo(window)
        home = foot.layout() if foot is not None and self.docked else None
        if home is not None and self.box.parentWidget() is not foot:
            home.addWidget(self.box)
        inside = self.box.layout()
        assert inside is not None
        if self.docked and inside.indexOf(self.legend) < 0:
            inside.addWidget(self.legend)
        elif not self.docked and self.page.column.indexOf(self.legend) < 0:
            self.page.column.insertWidget(self.page.column.indexOf(self.page.tray), self.legend)
        self.legend.setVisible(self.wanted)
        self.box.setVisible(self.docked and self.wanted and seen)
