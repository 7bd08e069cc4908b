"""The table of indicators: values of all sides, differences to the reference, bars to the worse or better."""

from math import ceil
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from planner import kpi_words
from planner.compare import KpiRow
from ui.window.boards.compare_marks import HIGH, WIDE, letter_picture
from ui.window.boards.compare_scene import lettered
from ui.window.boards.compare_sides import Compared, Side
from ui.window.boards.compare_words import row_sentence, share
from ui.window.boards.theatre_stamps import hatch
from ui.window.look.type import BODY, SMALL, TINY, font, title_size, type_size, width
from ui.window.workbench import Workbench

ROW, TALL, HEAD = 25, 36, 30
"""Height of a row, of one with two lines of words or figures, of the header."""
VALUE, DELTA, BAR, MANY = 64, 82, 88, 78
"""Widths: a value, a difference, the bars, a value with its difference."""
_ARROWS: Final = {"+": "↑", "−": "↓"}
Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_SELECTED = QStyle.StateFlag.State_Selected
_TOLD = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class KpiModel(QAbstractTableModel):
    """Indicators × title, sides and, with two sides, difference and bar."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.compared: Compared | None = None
        self.rows: tuple[KpiRow, ...] = ()

    def take(self, compared: Compared | None, rows: tuple[KpiRow, ...]) -> None:
        """Show other figures."""
        self.beginResetModel()
        self.compared, self.rows = compared, rows
        self.endResetModel()

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that are shown."""
        return () if self.compared is None else self.compared.sides

    @property
    def pair(self) -> bool:
        """Whether two sides stand there, with a column for their difference."""
        return len(self.sides) == 2

    def side(self, column: int) -> Side | None:
        """Give the side of a column."""
        return self.sides[column - 1] if 0 < column <= len(self.sides) else None

    def other(self, column: int) -> Side | None:
        """Give the side whose difference stands in a column."""
        if self.compared is None or column == 0:
            return None
        if self.pair:
            return self.compared.others[0] if column > len(self.sides) else None
        side = self.side(column)
        return None if side is self.compared.reference else side

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """One row an indicator."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """Title, sides, and for two their difference in words and as a bar."""
        if parent.isValid() or not self.sides:
            return 0
        return 1 + len(self.sides) + (2 if self.pair else 0)

    def value(self, row: int, side: Side) -> str:
        """Write a value."""
        shown = self.rows[row]
        return kpi_words.row_value(shown, side.name, self.bench.lang)

    def difference(self, row: int, side: Side) -> tuple[str, str]:
        """Write a difference with its arrow, and tell its sense."""
        shown = self.rows[row]
        delta = shown.delta.get(side.name)
        words = kpi_words.row_difference(shown, side.name, self.bench.lang)
        sense = "" if words == "=" else kpi_words.sense(shown.kpi, delta)
        return f"{_ARROWS.get(words[:1], '')} {words}".strip(), sense

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the words of a cell, or the sentence of its indicator with the definition."""
        if self.compared is None or not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._display(row, column)
        if role in _TOLD:
            sentence = row_sentence(self.bench, self.rows[row], self.compared)
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"{sentence}\n{self.definition(row)}"
            return sentence
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.definition(row)
        return None

    def _display(self, row: int, column: int) -> str:
        if column == 0:
            return kpi_words.row_title(self.rows[row], self.bench.lang)
        side = self.side(column)
        if side is not None:
            return self.value(row, side)
        other = self.other(column)
        return self.difference(row, other)[0] if other is not None and column == 3 else ""

    def definition(self, row: int) -> str:
        """Say what an indicator counts."""
        return kpi_words.definition(self.rows[row].kpi, self.bench.lang)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the title of a column: a letter for a side."""
        shown = (*_TOLD, Qt.ItemDataRole.DisplayRole)
        if orientation != Qt.Orientation.Horizontal or self.compared is None or role not in shown:
            return None
        say, side = self.bench.say, self.side(section)
        if side is not None:
            if role == Qt.ItemDataRole.DisplayRole:
                return side.letter
            return say("compare_view.refer", side=lettered(self.bench, side))
        if section == 0:
            return say("report.indicator")
        return self.minus() if section == 3 else say("compare_view.senses")

    def minus(self) -> str:
        """Say which side is taken from which: B − A."""
        assert self.compared is not None
        return f"{self.compared.others[0].letter} − {self.compared.reference.letter}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class KpiHeader(QHeaderView):
    """The header: letters that choose the reference with a click, the words worse and better."""

    chosen = Signal(str)
    """A scenario is to be the reference."""

    def __init__(self, bench: Workbench, model: KpiModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.bench, self.kpis = bench, model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(HEAD)
        self.sectionClicked.connect(self._clicked)

    def _clicked(self, section: int) -> None:
        side = self.kpis.side(section)
        if side is not None:
            self.chosen.emit(side.name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show a hand over letters."""
        side = self.kpis.side(self.logicalIndexAt(event.position().toPoint()))
        shape = Qt.CursorShape.ArrowCursor if side is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
        super().mouseMoveEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        """Paint a title, a letter, or the words worse and better."""
        theme, say = self.bench.theme, self.bench.say
        painter.save()
        painter.fillRect(rect, QColor(theme.side))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(theme.line))
        side = self.kpis.side(logicalIndex)
        box = QRectF(rect.adjusted(0, 0, -8, -1))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if side is not None:
            self._letter(painter, rect, side)
        elif logicalIndex == 0:
            painter.setPen(QColor(theme.ink2))
            painter.setFont(font(SMALL, 600))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(10, 0, 0, 0), left, say("report.indicator"))
        elif logicalIndex == 3:
            painter.setPen(QColor(theme.ink2))
            painter.setFont(font(SMALL, 600))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.kpis.minus())
        else:
            middle = rect.center().x()
            painter.setFont(font(TINY, 500))
            painter.setPen(QColor(theme.worse))
            room = QRectF(rect.left() - 40, rect.top(), middle - rect.left() + 35, rect.height())
            painter.drawText(room, right, say("indicator.worse"))
            painter.setPen(QColor(theme.better))
            room = QRectF(middle + 5, rect.top(), rect.right() - middle, rect.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, say("indicator.better"))
        painter.restore()

    def _letter(self, painter: QPainter, rect: QRect, side: Side) -> None:
        theme = self.bench.theme
        ratio = self.devicePixelRatioF()
        picture = letter_picture(side.letter, side.token, theme, ratio)
        left, top = rect.right() - WIDE - 8, rect.center().y() - HIGH // 2
        painter.drawPixmap(left, top, picture)
        compared = self.kpis.compared
        if compared is not None and side is compared.reference:
            painter.fillRect(left, top + HIGH + 2, WIDE, 2, theme.colour(side.token))


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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.viewport().installEventFilter(self)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.picked.emit())

    def fit(self) -> None:
        """Give columns their widths and rows their height."""
        model = self.kpis
        self.verticalHeader().setDefaultSectionSize(ROW if model.pair else TALL)
        if not model.columnCount():
            return
        least = [VALUE, VALUE, DELTA] if model.pair else [MANY] * len(model.sides)
        widths = [self._needed(column, wide) for column, wide in enumerate(least, 1)]
        widths += [BAR] if model.pair else []
        title = max(120, self.viewport().width() - sum(widths))
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

    def choose(self, row: int) -> None:
        """Choose an indicator."""
        if 0 <= row < len(self.kpis.rows):
            self.selectRow(row)
            self.scrollTo(self.kpis.index(row, 0))

    def chosen(self) -> KpiRow | None:
        """Give the indicator that is chosen."""
        row = self.currentIndex().row()
        return self.kpis.rows[row] if 0 <= row < len(self.kpis.rows) else None
