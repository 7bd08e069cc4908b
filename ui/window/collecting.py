"""Python's collection of cycles, in the thread of the window and while nobody waits for it.

Left alone it runs in whatever thread happens to allocate: beside the window it would delete widgets
in the wrong thread, which crashes, and a full round over a large hospital holds the window up.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY: Final = 2_000
"""Milliseconds between two looks at what there is to collect."""


class Collector(QObject):
    """Collects by the thresholds of Python itself, but here, and one generation at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)

    def look(self) -> None:
        """Collect the oldest generation that is due."""
        counts = gc.get_count()
        due = [age for age in range(3) if counts[age] > self.thresholds[age]]
        if due:
            gc.collect(max(due))
