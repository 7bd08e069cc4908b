"""Rows of a board as pictures, painted once as long as they show the same.

Laying a picture down costs a tenth of painting what stands in it.
"""

from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

MOST: Final = 32_000_000
"""Bytes of pictures that are kept."""
FEWEST: Final = 60
"""Rows that are kept whatever they need: those of a screen."""


class Strips:
    """The pictures of one table; those not used for longest go first."""

    def __init__(self) -> None:
        self._style: tuple[object, ...] = ()
        self._made: dict[Hashable, tuple[object, QPixmap]] = {}
        self.room = FEWEST
        """How many rows are kept."""

    @property
    def worn(self) -> bool:
        """Whether the size of pictures is known."""
        return bool(self._style)

    def wear(self, wide: int, high: int, ratio: float, *style: object) -> None:
        """Have pictures of a size and style; those of another one are dropped."""
        size = (max(1, wide), max(1, high), ratio)
        if (size, *style) != self._style:
            self._style, self.size = (size, *style), size
            self._made.clear()
            self.room = max(FEWEST, MOST // round(4 * size[0] * size[1] * ratio * ratio))

    def strip(self, id: Hashable, shows: object, paint: Callable[[QPainter], None]) -> QPixmap:
        """Give the picture of a row that shows something; the very same thing is not painted again."""
        known = self._made.pop(id, None)
        if known is None or known[0] is not shows:
            known = shows, self._paint(paint)
            if len(self._made) >= self.room:
                del self._made[next(iter(self._made))]
        self._made[id] = known
        return known[1]

    def forget(self) -> None:
        """Keep nothing of what was painted."""
        self._made.clear()

    def _paint(self, paint: Callable[[QPainter], None]) -> QPixmap:
        wide, high, ratio = self.size
        made = QPixmap(round(wide * ratio), round(high * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        paint(painter)
        painter.end()
        return made
