"""Paints the cells of a table of facts and edits them: ● own, ○ inherited, a triangle where wrong."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.window.look.signs import paint_badge
from ui.window.look.type import font
from ui.window.tables.record_model import CHOICES, FAULT, ORIGIN
from ui.window.workbench import Workbench

_Index = QModelIndex | QPersistentModelIndex


class RecordDelegate(QStyledItemDelegate):
    """Reads roles of `RecordModel`, through any proxy."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench = bench

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802
        """Give an own value its colour and weight, and leave room for its sign."""
        super().initStyleOption(option, index)
        theme = self.bench.theme
        options: Any = option
        origin = index.data(ORIGIN)
        if index.data(FAULT):
            options.backgroundBrush = QColor(theme.hard_soft)
        elif origin == "own":
            options.backgroundBrush = QColor(theme.own_soft)
            options.font = font(12, 600)
        if origin != "base" or index.data(FAULT):
            options.text = f"     {options.text}" if not self._right(index) else options.text

    def _right(self, index: _Index) -> bool:
        aligned = index.data(Qt.ItemDataRole.TextAlignmentRole)
        return bool(aligned is not None and aligned & Qt.AlignmentFlag.AlignRight)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the cell, then its sign at the left edge."""
        super().paint(painter, option, index)
        options: Any = option
        rect = options.rect
        centre = QPointF(rect.x() + 10, rect.center().y() + 1)
        theme, origin = self.bench.theme, index.data(ORIGIN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(FAULT):
            paint_badge(painter, "hard", centre, theme, 11)
            painter.setPen(QPen(QColor(theme.hard), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        elif origin == "own":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.own))
            painter.drawEllipse(centre, 3.5, 3.5)
        elif origin == "inherited":
            painter.setPen(QPen(QColor(theme.own), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 3.5, 3.5)
        painter.restore()

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """Offer a list where a field is one of a few words, else a line to type."""
        words = index.data(CHOICES)
        if not words:
            editor = super().createEditor(parent, option, index)
            editor.setObjectName("cell")
            return editor
        box = QComboBox(parent)
        box.setObjectName("cell")
        for shown, typed in words:
            box.addItem(shown, typed)
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802 - Qt's name
        """Show the present value."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(  # noqa: N802 - Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: _Index
    ) -> None:
        """Take what was chosen or typed."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)
