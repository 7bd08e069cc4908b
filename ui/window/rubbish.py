"""Clears cycles of objects away on the thread of the window, and on no other.

Python collects on whichever thread happens to allocate. A widget that is collected beside the window
is destroyed in the wrong thread, and Qt ends the program for it.

A large study has some hundred thousand objects that live as long as it is open, and looking through
all of them takes a fifth of a second. So they are set aside as soon as they are made, and looked
through when another study is opened.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QObject, QTimer

PAUSE: Final = 500
"""Milliseconds between two looks."""


_making: Final[set[int]] = set()


@contextmanager
def making() -> Iterator[None]:
    """Make something large in a thread beside; what it is made of is set aside when it is there.

    Until then nothing is collected: half-made, it would be looked through again and again.
    """
    me = threading.get_ident()
    _making.add(me)
    try:
        yield
        if not gc.isenabled():  # there is a window that collects
            gc.freeze()
    finally:
        _making.discard(me)


class Rubbish(QObject):
    """Collects in the place of Python, as often as Python would; old things once a document."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._seen = False  # whether there was a document already
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> int:
        """Collect the generations whose time has come; give the oldest one, -1 where none is due."""
        due = -1
        if _making:
            return due
        for generation, (count, most) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        ):
            if count <= most:
                break
            due = generation
        if due >= 0:
            gc.collect(due)
        return due

    def another_document(self) -> None:
        """Look through everything once a document has gone, while somebody waits anyway."""
        if self._seen:
            gc.unfreeze()
            gc.collect()
        self._seen = True
        gc.freeze()
