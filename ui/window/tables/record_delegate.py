"""Paints the cells of a table of facts and edits them: ● own, ○ inherited, a triangle where wrong."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.window.boards.theatre_bars import paint_spine
from ui.window.look.signs import paint_badge
from ui.window.look.specialties import Tone
from ui.window.look.tokens import Theme
from ui.window.look.type import font
from ui.window.tables.record_model import CHOICES, Cell, RecordModel
from ui.window.workbench import Workbench

_Index = QModelIndex | QPersistentModelIndex
SPINE: Final = 15
"""How high the mark of a specialty is in a row."""
_SIGN_ROOM, _SPINE_ROOM, _EDGE = "     ", "     ", "\u2002"


class RecordDelegate(QStyledItemDelegate):
    """Asks a `RecordModel` once a cell: roles one by one would take most of the time of painting."""

    def __init__(self, bench: Workbench, model: RecordModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench, self.model = bench, model
        self._tones: tuple[object, Theme | None, dict[str, Tone]] = ((), None, {})

    def _tone(self, specialty: str) -> Tone | None:
        """Give the tone of a specialty; all are made once for the same specialties and theme."""
        document = self.bench.document
        if document is None:
            return None
        known, theme = document.problem.specialties, self.bench.theme
        if self._tones[0] is not known or self._tones[1] is not theme:
            self._tones = known, theme, self.bench.tones()
        return self._tones[2].get(specialty)

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802
        """Give an own value its colour and weight, and leave room for the signs."""
        options: Any = option
        theme, cell = self.bench.theme, self.model.cell(index.row(), index.column())
        options.index = index
        options.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
        right = cell.spec.form in ("whole", "time")
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        options.displayAlignment = side | Qt.AlignmentFlag.AlignVCenter
        before = "" if right else _rooms(cell)
        options.text = f"{before}{cell.words}{_EDGE if right else ''}"
        own = cell.origin == "own"
        if cell.wrong:
            options.backgroundBrush = QColor(theme.hard_soft)
            _ink(options, theme.hard)
        elif own:
            options.backgroundBrush = QColor(theme.own_soft)
            _ink(options, theme.own)
        elif cell.quiet:
            _ink(options, theme.hint)
        if own or cell.wrong or cell.specialty:
            options.font = font(12, 600)
        elif cell.spec.name == "id":
            options.font = font(12, 500)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the cell, then its signs at the left edge, then the frame of the current one."""
        super().paint(painter, option, index)
        options: Any = option
        cell = self.model.cell(index.row(), index.column())
        focus = bool(options.state & QStyle.StateFlag.State_HasFocus)
        if not (focus or cell.wrong or cell.specialty or cell.origin != "base"):
            return
        rect, theme = QRect(options.rect), self.bench.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _sign(painter, theme, rect, "fault" if cell.wrong else cell.origin)
        tone = self._tone(cell.specialty) if cell.specialty else None
        if tone is not None:
            beside = 22 if cell.wrong or cell.origin != "base" else 7
            painter.save()
            painter.translate(rect.x() + beside, rect.y() + (rect.height() - SPINE) / 2)
            paint_spine(painter, tone.form, tone.spine, SPINE)
            painter.restore()
        if focus:
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
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


def _rooms(cell: Cell) -> str:
    sign = _SIGN_ROOM if cell.wrong or cell.origin != "base" else ""
    return (sign + (_SPINE_ROOM if cell.specialty else "")) or _EDGE


def _ink(options: Any, colour: str) -> None:
    made = QPalette(options.palette)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
        made.setColor(role, QColor(colour))
    options.palette = made


def _sign(painter: QPainter, theme: Theme, rect: QRect, what: str) -> None:
    centre = QPointF(rect.x() + 10, rect.center().y() + 1)
    if what == "fault":
        paint_badge(painter, "hard", centre, theme, 11)
        painter.setPen(QPen(QColor(theme.hard), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
    elif what == "own":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.own))
        painter.drawEllipse(centre, 3.5, 3.5)
    elif what == "inherited":
        painter.setPen(QPen(QColor(theme.own), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 3.5, 3.5)
