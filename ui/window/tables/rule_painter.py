"""Paints the lists of families and of rules."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.window.look.type import BODY, SMALL, font, metrics, width
from ui.window.tables.rule_model import BADGE, BRIEF, COUNT, OWN, RULE
from ui.window.tables.rule_toggle import HIGH, WIDE, paint_toggle
from ui.window.workbench import Workbench

_Index = QModelIndex | QPersistentModelIndex
FAMILY_ROW: Final = 30
LEFT: Final = 52
"""Where the words of a rule begin, after its switch."""
NARROW: Final = 340
"""How wide a list has to be for badges beside the words."""
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)


def _ground(
    painter: QPainter, option: QStyleOptionViewItem, bench: Workbench, ground: str
) -> QRect:
    """Paint the ground of a row: paper, or selected with an edge."""
    options: Any = option
    theme, rect = bench.theme, QRect(options.rect)
    selected = bool(options.state & QStyle.StateFlag.State_Selected)
    painter.fillRect(rect, QColor(theme.accent_soft if selected else ground))
    if selected:
        focus = bool(options.state & QStyle.StateFlag.State_HasFocus)
        edge = theme.focus if focus else theme.accent
        painter.fillRect(rect.x(), rect.y(), 3, rect.height(), QColor(edge))
    return rect


def _dot(painter: QPainter, bench: Workbench, centre: QPointF) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(bench.theme.own))
    painter.drawEllipse(centre, 3.6, 3.6)
    painter.restore()


class RowView(QListView):
    """A list whose rows are measured again when it is wider or narrower."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Measure the rows for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class FamilyPainter(QStyledItemDelegate):
    """A family: its words, a dot where it holds own values, how many rules it has."""

    def __init__(self, bench: Workbench, view: QListView) -> None:
        super().__init__(view)
        self.bench = bench

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """Give all families the same height."""
        return QSize(100, FAMILY_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a family."""
        theme = self.bench.theme
        rect = _ground(painter, option, self.bench, theme.side)
        options: Any = option
        selected = bool(options.state & QStyle.StateFlag.State_Selected)
        painter.setFont(font(BODY, 600 if selected else 400))
        painter.setPen(QColor(theme.ink))
        painter.drawText(
            rect.adjusted(14, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data())
        )
        painter.setFont(font(SMALL))
        painter.setPen(QColor(theme.hint))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(0, 0, -10, 0), right, str(index.data(COUNT)))
        if index.data(OWN):
            _dot(painter, self.bench, QPointF(rect.right() - 44, rect.center().y() + 0.5))


class RulePainter(QStyledItemDelegate):
    """A rule: switch, title, parameters in a few words, dot of own values, badge of its strength."""

    def __init__(self, bench: Workbench, view: QListView) -> None:
        super().__init__(view)
        self.bench, self.view = bench, view

    def _right(self, index: _Index) -> float:
        """Give the room that dot and badge take; in a narrow list they stand under the words."""
        if self.narrow:
            return 12
        return width(str(index.data(BADGE)), SMALL, 600) + 20 + 32

    @property
    def narrow(self) -> bool:
        """Whether badges have no room beside the words."""
        return self.view.viewport().width() < NARROW

    def _heights(self, index: _Index, room: float) -> tuple[int, int]:
        """Give how high title and summary are; long ones take more lines, none is cut."""
        box = QRectF(0, 0, room, 1000)
        head = metrics(BODY, 600).boundingRect(box, _WRAP, str(index.data()))
        told = metrics(SMALL).boundingRect(box, _WRAP, str(index.data(BRIEF)))
        return round(head.height()), round(told.height())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """Give room for all words."""
        wide = self.view.viewport().width()
        head, told = self._heights(index, wide - LEFT - self._right(index))
        return QSize(wide, head + told + 12 + (22 if self.narrow else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a rule."""
        theme, rule = self.bench.theme, index.data(RULE)
        rect = _ground(painter, option, self.bench, theme.paper)
        painter.setPen(QColor(theme.grid))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        paint_toggle(painter, _toggle(rect).topLeft().toPointF(), theme, on=rule.enabled)
        room = rect.width() - LEFT - self._right(index)
        head, told = self._heights(index, room)
        box = QRectF(rect.x() + LEFT, rect.y() + 5, room, head)
        painter.setFont(font(BODY, 600))
        painter.setPen(QColor(theme.ink if rule.enabled else theme.ink2))
        painter.drawText(box, _WRAP, str(index.data()))
        painter.setFont(font(SMALL))
        painter.setPen(QColor(theme.ink2))
        painter.drawText(QRectF(box.x(), box.bottom(), room, told), _WRAP, str(index.data(BRIEF)))
        self._badge(painter, rect, index)

    def _badge(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        theme, rule, words = self.bench.theme, index.data(RULE), str(index.data(BADGE))
        wide = width(words, SMALL, 600) + 16
        box = QRectF(rect.right() - wide - 10, rect.center().y() - 9, wide, 19)
        if self.narrow:
            box = QRectF(rect.x() + LEFT, rect.bottom() - 25, wide, 19)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.hard_soft if rule.hard else theme.soft_soft))
        painter.drawRoundedRect(box, 9.5, 9.5)
        painter.restore()
        painter.setFont(font(SMALL, 600))
        painter.setPen(QColor(theme.hard if rule.hard else theme.soft))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        if index.data(OWN):
            beside = box.right() + 14 if self.narrow else box.left() - 15
            _dot(painter, self.bench, QPointF(beside, box.center().y()))

    def editorEvent(  # noqa: N802 - Qt's name
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Switch a rule by a click on its switch, or by the space bar."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        options: Any = option
        kind = event.type()
        if isinstance(event, QMouseEvent):
            near = _toggle(options.rect).adjusted(-6, -6, 6, 6)
            if not near.contains(event.position().toPoint()):
                return False
            if kind != QEvent.Type.MouseButtonRelease:
                return kind == QEvent.Type.MouseButtonDblClick
        elif kind != QEvent.Type.KeyPress or not _space(event):
            return False
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)


def _space(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)


def _toggle(rect: QRect) -> QRect:
    """Give where the switch of a row is."""
    return QRect(rect.x() + 13, rect.center().y() - HIGH // 2, WIDE, HIGH)
