"""How far time can be zoomed on the theatre board, and what a push beyond that asks for."""

from math import log
from typing import Final

from ui.window.boards.theatre_layout import Layout

MOST_ZOOM: Final = 12.0
NOTCH: Final = 1.2
"""By how much a notch of the wheel zooms."""


def most_zoom(shown: Layout) -> float:
    """Give how far time can be zoomed: of several days until one of them fills the board."""
    if shown.coarse:
        return 1.0
    return min(MOST_ZOOM, len(shown.days)) if shown.week else MOST_ZOOM


class Push:
    """Counts notches beyond what zoom can show: a whole one asks for finer or coarser time."""

    def __init__(self) -> None:
        self.notches = 0.0

    def by(self, factor: float) -> int:
        """Push by a factor; give 1 for finer, -1 for coarser, 0 while it is not a whole notch."""
        notches = log(factor) / log(NOTCH)
        self.notches = notches + (self.notches if self.notches * notches > 0 else 0.0)
        if abs(self.notches) < 0.99:
            return 0
        turn = 1 if self.notches > 0 else -1
        self.notches = 0.0
        return turn
