"""A card of the list of breaches: badge, title, sentence; under those of the current one its links."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.window.look.signs import colour, paint_badge
from ui.window.look.type import font, metrics
from ui.window.panels.breach_model import GROUP, BreachModel, Index
from ui.window.panels.parts import button
from ui.window.workbench import Workbench

LINKS = 26
"""Height of the line of links."""
_LEFT, _RIGHT = 38, 12


@lru_cache(maxsize=4096)
def _height(words: str, size: int, weight: int, room: int) -> int:
    """Give the height of some words in a width; a long list asks for each card again and again."""
    wrap = int(Qt.TextFlag.TextWordWrap)
    box = metrics(size, weight).boundingRect(QRectF(0, 0, room, 1000), wrap, words)
    return round(box.height())


class BreachList(QListView):
    """The list; `laid_out` is sent when cards have moved."""

    laid_out = Signal()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Tell that cards have moved."""
        super().updateGeometries()
        self.laid_out.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let a card that grows or shrinks under a pressed pointer be the one that was pressed."""
        if not event.buttons():
            super().mouseMoveEvent(event)


class Card(QStyledItemDelegate):
    """Paints a breach in as many lines as it needs."""

    def __init__(self, model: BreachModel, view: QListView) -> None:
        super().__init__(view)
        self.model, self.view = model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Give room for the whole sentence, and for the links of the current card."""
        row, room = index.row(), self.view.viewport().width() - _LEFT - _RIGHT
        high = _height(self.model.title(row), 12, 600, room)
        high += _height(self.model.sentences(row), 11, 400, room)
        links = LINKS if row == self.model.row else 0
        return QSize(room + _LEFT + _RIGHT, high + 18 + links)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a card."""
        theme = self.model.bench.theme
        row, mark = index.row(), index.data(GROUP).sign
        rect: QRect = option.rect
        current = row == self.model.row
        painter.fillRect(rect, QColor(theme.paper if current else theme.side))
        if current:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), QColor(theme.focus))
        painter.setPen(QColor(theme.grid))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.focus))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        paint_badge(painter, mark, QPointF(rect.x() + 21, rect.y() + 16), theme)
        inside = rect.adjusted(_LEFT, 7, -_RIGHT, -7)
        wrap = int(Qt.TextFlag.TextWordWrap)
        painter.setFont(font(12, 600))
        painter.setPen(QColor(theme.ink))
        head = self.model.title(row)
        high = painter.boundingRect(inside, wrap, head).height()
        painter.drawText(inside, wrap, head)
        painter.setFont(font(11))
        painter.setPen(QColor(theme.soft) if mark == "soft" else colour(mark, theme))
        painter.drawText(inside.adjusted(0, high + 2, 0, 0), wrap, self.model.sentences(row))


class Links(QWidget):
    """*Fix*, *Why?* and *Keep…* on the current card of a list; they scroll with it."""

    fix, why, keep = Signal(), Signal(), Signal()

    def __init__(self, bench: Workbench, model: BreachModel, view: BreachList) -> None:
        super().__init__(view.viewport())
        self.bench, self.model, self.view = bench, model, view
        self.buttons = {
            name: button("link", signal.emit)
            for name, signal in (("fix", self.fix), ("why", self.why), ("keep", self.keep))
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for name, each in self.buttons.items():
            each.setObjectName(f"breach_{name}")
            row.addWidget(each)
        row.addStretch(1)
        self.setFixedHeight(LINKS)
        view.laid_out.connect(self.place)
        view.verticalScrollBar().valueChanged.connect(self.place)
        self.hide()

    def renew(self) -> None:
        """Offer what can be done about the current breach."""
        judged, document = self.model.current, self.bench.document
        if judged is None or document is None:
            self.hide()
            return
        open_ = judged.cost > 0
        for name, there in (("fix", open_), ("why", True), ("keep", open_ and judged.rule.hard)):
            each = self.buttons[name]
            words = self.bench.say(f"breach.{name}")
            each.setText(words)
            each.setAccessibleName(f"{words} · {self.model.title(self.model.row)}")
            each.setAccessibleDescription(self.model.sentence(judged))
            each.setToolTip(self.bench.say(f"breach.{name}.tip"))
            each.setVisible(there)
            each.setEnabled(name == "why" or not document.read_only)
        self.place()

    def place(self) -> None:
        """Stand at the foot of the current card."""
        index = self.model.index(self.model.row)
        box = self.view.visualRect(index) if index.isValid() else QRect()
        self.setVisible(not box.isEmpty())
        if not box.isEmpty():
            left = box.x() + _LEFT - 5  # the words stand under those of the card
            self.setGeometry(left, box.bottom() - LINKS - 3, box.right() - left, LINKS)

    def order(self) -> None:
        """Let Tab go from the list to the links."""
        before: QWidget = self.view
        for each in self.buttons.values():
            QWidget.setTabOrder(before, each)
            before = each
