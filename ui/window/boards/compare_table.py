"""The table of indicators: values of all sides, differences to the reference, bars to the worse or better."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from planner.compare import KpiRow
from ui.window.boards.compare_header import KpiHeader
from ui.window.boards.compare_model import Index, KpiModel
from ui.window.boards.compare_sides import Side
from ui.window.boards.compare_words import share
from ui.window.boards.theatre_stamps import hatch
from ui.window.look.type import BODY, TINY, font, title_size, type_size, width
from ui.window.panels.parts import button, label
from ui.window.workbench import Workbench

ROW, TALL = 25, 36
"""Height of a row, and of one with two lines of words or figures."""
VALUE, DELTA, BAR, MANY, TITLE, WIDE_TITLE = 64, 82, 88, 78, 120, 170
"""Widths: a value, a difference, the bars, a value with its difference, a title at least, over many sides."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_SELECTED = QStyle.StateFlag.State_Selected


class KpiDelegate(QStyledItemDelegate):
    """Paints the cells: figures flush right, differences in the colour of their sense, bars."""

    def __init__(self, bench: Workbench, model: KpiModel, parent: QObject) -> None:
        super().__init__(parent)
        self.bench, self.kpis = bench, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        theme, model = self.bench.theme, self.kpis
        rect = option.rect
        state = option.state
        if model.compared is None:
            return
        row, column = index.row(), index.column()
        painter.save()
        self._ground(painter, rect, row, column, chosen=bool(state & _SELECTED))
        side = model.side(column)
        box = QRectF(rect.adjusted(0, 0, -8, 0))
        painter.setPen(QColor(theme.ink))
        if column == 0:
            title, box = str(index.data()), QRectF(rect.adjusted(10, 0, -4, 0))
            painter.setFont(font(title_size(title, box.width())[0]))
            painter.drawText(box, _WRAPPED, title)
        elif side is not None:
            self._value(painter, box, row, side)
        elif column == 3:
            self._difference(painter, box, row, model.compared.others[0], BODY)
        else:
            self._bar(painter, rect, row, model.compared.others[0])
        painter.restore()

    def _ground(
        self, painter: QPainter, rect: QRect, row: int, column: int, *, chosen: bool
    ) -> None:
        theme = self.bench.theme
        fill = theme.accent_soft if chosen else theme.alt if row % 2 else theme.paper
        painter.fillRect(rect, QColor(fill))
        if chosen and column == 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(theme.focus))

    def _value(self, painter: QPainter, box: QRectF, row: int, side: Side) -> None:
        model = self.kpis
        assert model.compared is not None
        reference = side is model.compared.reference
        theme = self.bench.theme
        painter.setPen(QColor(theme.ink2 if reference else theme.ink))
        weight = 400 if reference else 600
        words = model.value(row, side)
        if model.pair:
            painter.setFont(font(type_size(words, box.width(), BODY, weight), weight))
            painter.drawText(box, _RIGHT, words)
            return
        painter.setFont(font(BODY, weight))
        upper = QRectF(box.left(), box.top() + 3, box.width(), 16)
        painter.drawText(upper if not reference else box, _RIGHT, words)
        if not reference:
            lower = QRectF(box.left(), box.top() + 18, box.width(), 14)
            self._difference(painter, lower, row, side, TINY)

    def _difference(self, painter: QPainter, box: QRectF, row: int, side: Side, size: int) -> None:
        words, sense = self.kpis.difference(row, side)
        token = sense or "ink2"
        painter.setPen(self.bench.theme.colour(token))
        painter.setFont(font(type_size(words, box.width(), size, 600), 600))
        painter.drawText(box, _RIGHT, words)

    def _bar(self, painter: QPainter, rect: QRect, row: int, side: Side) -> None:
        theme, shown = self.bench.theme, self.kpis.rows[row]
        middle = rect.center().x()
        painter.fillRect(middle, rect.top(), 1, rect.height(), QColor(theme.line))
        sense = self.kpis.difference(row, side)[1]
        if not sense:
            return
        room = rect.width() / 2 - 8
        length = max(3, round(abs(share(shown, side.name)) * room))
        if sense == "worse":
            box = QRect(middle - length, rect.center().y() - 5, length, 10)
            painter.fillRect(box, hatch(theme.worse, theme.paper, 0.85))
            painter.setPen(theme.colour("worse"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        else:
            box = QRect(middle + 1, rect.center().y() - 5, length, 10)
            painter.fillRect(box, theme.colour("better"))


class KpiTable(QTableView):
    """The table; the chosen row is the figure that is explained below."""

    picked = Signal()
    looked = Signal(str)
    """A side was chosen with its column: of many it is laid over the reference."""

    def __init__(self, bench: Workbench, model: KpiModel) -> None:
        super().__init__()
        self.bench, self.kpis = bench, model
        self.setModel(model)
        self.header_ = KpiHeader(bench, model, self)
        self.setHorizontalHeader(self.header_)
        self.setItemDelegate(KpiDelegate(bench, model, self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(10)
        self.header_.setMinimumSectionSize(20)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.viewport().installEventFilter(self)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.picked.emit())
        self.selectionModel().currentColumnChanged.connect(lambda now, _: self._look(now.column()))

    def fit(self) -> None:
        """Give columns their widths and rows their height."""
        model = self.kpis
        self.verticalHeader().setDefaultSectionSize(ROW if model.pair else TALL)
        self.header_.fit()
        if not model.columnCount():
            return
        least = [VALUE, VALUE, DELTA] if model.pair else [MANY] * len(model.sides)
        widths = [self._needed(column, wide) for column, wide in enumerate(least, 1)]
        widths += [BAR] if model.pair else []
        title, policy = self.viewport().width() - sum(widths), Qt.ScrollBarPolicy
        least_title = WIDE_TITLE if model.many else TITLE
        scrolls = model.many and title < least_title
        self.setHorizontalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )
        title = max(least_title, title)
        for column, wide in enumerate((title, *widths)):
            self.setColumnWidth(column, wide)
        for row in range(model.rowCount()) if model.pair else ():
            lines = title_size(str(model.index(row, 0).data()), title - 14)[1]
            self.setRowHeight(row, TALL if lines > 1 else ROW)

    def _needed(self, column: int, least: int) -> int:
        """Give the width in which all figures of a column are whole, in the smallest type."""
        model, figures = self.kpis, [""]
        side, other = model.side(column), model.other(column)
        for row in range(model.rowCount()):
            if side is not None:
                figures.append(model.value(row, side))
            if other is not None:
                figures.append(model.difference(row, other)[0])
        return max(least, *(ceil(width(words, TINY, 600)) + 10 for words in figures))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Share the width again when it changes."""
        if event.type() == QEvent.Type.Resize and watched is self.viewport():
            self.fit()
        return super().eventFilter(watched, event)

    # --- many sides: titles stay where columns scroll beneath them -----------------------------------

    @property
    def frozen(self) -> int:
        """Width of the titles that stand over scrolled columns; 0 where nothing is scrolled."""
        scrolled = self.horizontalScrollBar().value() > 0
        return self.columnWidth(0) if self.kpis.many and scrolled else 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the table, and the titles over what was scrolled beneath them."""
        super().paintEvent(event)
        wide = self.frozen
        if not wide:
            return
        painter, option = QPainter(self.viewport()), QStyleOptionViewItem()
        chosen, line = self.selectionModel(), QColor(self.bench.theme.line)
        for row in range(max(0, self.rowAt(0)), self.kpis.rowCount()):
            top = self.rowViewportPosition(row)
            if top > self.viewport().height():
                break
            index = self.kpis.index(row, 0)
            option.rect = QRect(0, top, wide, self.rowHeight(row))
            option.state = _SELECTED if chosen.isSelected(index) else QStyle.StateFlag.State_None
            self.itemDelegate().paint(painter, option, index)
            painter.fillRect(wide - 1, top, 1, self.rowHeight(row), line)
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Scroll, and paint the titles where they stay."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()
            self.header_.viewport().update()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Give the title where one stands over a column."""
        if point.x() < self.frozen:
            return self.kpis.index(self.rowAt(point.y()), 0)
        return super().indexAt(point)

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into view; a title is in view already, a figure stands beside it."""
        across = self.horizontalScrollBar()
        before = across.value()
        super().scrollTo(index, hint)
        if index.column() == 0:
            across.setValue(before)
        elif self.kpis.many:
            hidden = self.columnWidth(0) - self.visualRect(index).left()
            across.setValue(across.value() - max(0, hidden))

    def _look(self, column: int) -> None:
        side = self.kpis.side(column)
        if self.kpis.many and side is not None:
            self.looked.emit(side.name)

    def choose(self, row: int) -> None:
        """Choose an indicator."""
        if 0 <= row < len(self.kpis.rows):
            self.selectRow(row)
            self.scrollTo(self.kpis.index(row, 0))

    def chosen(self) -> KpiRow | None:
        """Give the indicator that is chosen."""
        row = self.currentIndex().row()
        return self.kpis.rows[row] if 0 <= row < len(self.kpis.rows) else None


class HiddenLine(QWidget):
    """The line under the table that counts the indicators without difference."""

    def __init__(self, show: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("look", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(24)
        self.hidden_, self.show_ = label("second"), button("link", show)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(self.hidden_)
        row.addWidget(self.show_)
        row.addStretch(1)
