"""What the tables of a roster share: no bars and frames of their own, and where their cells lie."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.window.boards.roster_painter import Frame


def plain(table: QTableView) -> None:
    """Make a table that we paint: no scroll bars, no frame, fixed sizes."""
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)  # no row is cut
    table.setFrameShape(QTableView.Shape.NoFrame)
    table.setShowGrid(False)
    table.setCornerButtonEnabled(False)
    table.setTabKeyNavigation(False)
    table.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    for header in (table.horizontalHeader(), table.verticalHeader()):
        header.setMinimumSectionSize(4)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def frame_of(table: QTableView, days: int) -> Frame:
    """Give where the rows and columns of a table lie in its viewport."""
    header = table.horizontalHeader()
    off = header.offset()
    lefts = [header.sectionPosition(day) - off for day in range(days)]
    end = header.length() - off
    height = table.verticalHeader().defaultSectionSize()
    return Frame([*lefts, end], -table.verticalOffset(), height)
