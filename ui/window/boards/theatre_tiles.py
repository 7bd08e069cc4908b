"""Pictures of stretches of rows, kept until the scene changes: scrolling paints only what is new.

Rows out of view are painted ahead, one at a time, while nothing else happens.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QTimer
from PySide6.QtGui import QPainter, QPixmap

from ui.window.boards.theatre_layout import Layout

if TYPE_CHECKING:
    from ui.window.boards.theatre_view import TheatreView

WIDE: Final = 1024
_KEPT: Final = 300
_IDLE: Final = 15
"""Milliseconds between two rows that are painted ahead."""


class Tiles:
    """The tiles of a view: one a row and 1024 pixels."""

    def __init__(self, view: "TheatreView") -> None:
        self.view = view
        self.known: dict[tuple[int, int], QPixmap] = {}
        self._ratio = 1.0
        self.idle = QTimer(view)
        self.idle.setInterval(_IDLE)
        self.idle.timeout.connect(self.ahead)

    def forget(self) -> None:
        """Forget all pictures."""
        self.known = {}
        self.idle.start()

    def forget_rows(self, rows: Collection[int]) -> None:
        """Forget the pictures of some rows."""
        self.known = {key: each for key, each in self.known.items() if key[0] not in rows}
        self.idle.start()

    def ahead(self) -> None:
        """Paint the next row that has no picture yet; rest when all have."""
        view = self.view
        if not view.isVisible():
            self.idle.stop()
            return
        shown = view.layout_
        middle = shown.row_at(view.verticalOffset() + view.viewport().height() / 2)
        left = view.horizontalOffset()
        chunks = range(left // WIDE, (left + view.viewport().width()) // WIDE + 1)
        missing = [
            (row, chunk)
            for row in range(len(shown.theatres))
            for chunk in chunks
            if (row, chunk) not in self.known
        ]
        if not missing or len(self.known) >= _KEPT:
            self.idle.stop()
            return
        row, chunk = min(missing, key=lambda each: abs(each[0] - middle))
        self.known[row, chunk] = self._made(row, chunk, self._ratio)

    def meeting(self, layout: Layout, area: QRectF) -> Iterator[tuple[int, int]]:
        """Give the tiles (row, stretch) that meet an area."""
        for row in layout.rows(area.top(), area.bottom()):
            for chunk in range(max(0, int(area.left() // WIDE)), int(area.right() // WIDE) + 1):
                yield row, chunk

    def paint(self, painter: QPainter, row: int, chunk: int) -> None:
        """Paint a tile in its place."""
        ratio = self.view.devicePixelRatioF()
        if ratio != self._ratio:
            self.known.clear()
            self._ratio = ratio
        picture = self.known.get((row, chunk))
        if picture is None:
            if len(self.known) >= _KEPT:
                self.known.clear()
            picture = self.known[row, chunk] = self._made(row, chunk, ratio)
        painter.drawPixmap(QPoint(chunk * WIDE, self.top(row)), picture)

    def top(self, row: int) -> int:
        """Give the first line of a row, in whole pixels."""
        return round(self.view.layout_.tops[row])

    def _made(self, row: int, chunk: int, ratio: float) -> QPixmap:
        view = self.view
        left, top, bottom = chunk * WIDE, self.top(row), self.top(row + 1)
        picture = QPixmap(round(WIDE * ratio), round((bottom - top) * ratio))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-left, -top)
        area = QRectF(left, top + 0.01, WIDE, bottom - top - 0.02)
        scene, numbers = view.model_.scene, view.visible(area, row)
        view.painter_.paint(painter, scene, view.layout_, area.adjusted(0, -1, 0, 1), numbers)
        painter.end()
        return picture
