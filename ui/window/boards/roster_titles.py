"""The titles of the frozen columns of a roster: pressed, they put people in another order."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.window.boards.roster_dates import HEAD
from ui.window.boards.roster_sheet import NATURAL, Order
from ui.window.look.type import SMALL, font, type_size
from ui.window.panels.parts import button
from ui.window.workbench import Workbench

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LINE, _HIGH = 16, 24


class Title(QAbstractButton):
    """A title: pressed once the most come first, twice the least, then as in the facts."""

    def __init__(self, bench: Workbench, column: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench, self.column = bench, column
        self.order = NATURAL
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_order(self, order: Order, *, sortable: bool) -> None:
        """Show whether people stand in its order, and say what pressing it does."""
        self.order = order
        say = self.bench.say
        self.setText(say(f"board.{self.column}"))
        self.setEnabled(sortable)
        if not sortable:
            self.setAccessibleName(self.text())
            return
        now = ("most" if order.most else "least") if order.by == self.column else "no"
        self.setAccessibleName(f"{self.text()}, {say(f'roster.sorted.{now}')}")
        self.setToolTip(say("roster.sort" if self.column != "person" else "roster.sort.person"))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as it is made."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the title, with an arrow where people stand in its order."""
        painter, theme = QPainter(self), self.bench.theme
        sorted_ = bool(self.order.by) and self.order.by == self.column
        painter.setPen(QColor(theme.accent if sorted_ or self.underMouse() else theme.ink2))
        painter.setFont(font(SMALL, 600))
        box = QRectF(0, 0, self.width(), _LINE)
        if self.column == "person":
            painter.drawText(box.adjusted(8, 0, 0, 0), _LEFT, self.text())
        else:
            size = type_size(self.text(), box.width() - 3, SMALL, 600)
            painter.setFont(font(size, 600))
            painter.drawText(box.adjusted(-2, 0, -3, 0), _RIGHT, self.text())
        if sorted_:
            self._arrow(painter, QPointF(box.right() - 8, box.bottom() + 3))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _arrow(self, painter: QPainter, centre: QPointF) -> None:
        """Paint an arrow: down where the most come first, up where the least do."""
        by = 2.5 if self.order.most else -2.5
        ends = (QPointF(-4, -by), QPointF(4, -by), QPointF(0, by))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.bench.theme.accent))
        painter.drawPolygon(QPolygonF([centre + each for each in ends]))


class Corner(QWidget):
    """The titles of the frozen columns, beside the dates, and how many posts are shown."""

    sorted = Signal(str)
    """A title was pressed: the name of its column."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench = bench
        self.order = NATURAL
        self.sortable = False
        """Whether titles can be pressed: a comparison has an order of its own."""
        self.more = button("link")
        self.more.setParent(self)
        self.more.setGeometry(4, 1, 166, 22)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.titles: list[Title] = []
        self._count = (0, 0, True)
        bench.language_changed.connect(self._say)

    def count(self, shown: int, known: int, *, folded: bool) -> None:
        """Say how many posts are shown, and offer the others."""
        self._count = (shown, known, folded)
        self._say()

    def head(self, columns: tuple[str, ...], widths: tuple[int, ...], order: Order) -> None:
        """Have a title over each column."""
        if tuple(each.column for each in self.titles) != columns:
            for each in self.titles:
                each.hide()
                each.deleteLater()
            self.titles = [Title(self.bench, column, self) for column in columns]
            for each in self.titles:
                each.clicked.connect(partial(self._press, each.column))
                each.show()
        left = 0
        for title, wide in zip(self.titles, widths, strict=True):
            title.setGeometry(left, HEAD - 26, wide, _HIGH)
            title.setVisible(bool(wide))
            left += wide
        self.order = order
        self._say()

    def _press(self, column: str, _checked: bool = False) -> None:
        self.sorted.emit(column)

    def _say(self) -> None:
        shown, known, folded = self._count
        self.more.setVisible(shown < known or not folded)
        mark = "▸" if folded else "▾"
        self.more.setText(f"{mark} {self.bench.say('roster.posts', shown=shown, n=known)}")
        self.more.setToolTip(self.bench.say("roster.posts.tip"))
        for title in self.titles:
            title.show_order(self.order, sortable=self.sortable)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground under the titles."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.bench.theme.side))
        painter.end()
