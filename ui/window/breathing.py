"""Work on the window's own thread in small steps: some of them, then the window does something else."""

from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

BREATH = 8
"""Milliseconds of work after which the window may do something else."""


class Breathing(QObject):
    """Does one piece of work at a time; a newer one takes the place of one that is not over."""

    broke = Signal()
    """A step has failed: the work is given up."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[None] | None = None
        self._later = QTimer(self)
        self._later.setInterval(0)
        self._later.timeout.connect(self._breathe)

    @property
    def on(self) -> bool:
        """Whether there is work that is not over."""
        return self._work is not None

    def begin(self, work: Iterator[None]) -> None:
        """Begin with a piece of work, once the window has nothing else to do."""
        self._work = work
        self._later.start()

    def drop(self) -> None:
        """Give up what is not over."""
        self._work = None
        self._later.stop()

    def finish(self) -> None:
        """Finish the work at once; for who cannot wait."""
        while self._work is not None:
            self._step(self._work)

    def _breathe(self) -> None:
        since = QElapsedTimer()
        since.start()
        while self._work is not None and since.elapsed() < BREATH:
            self._step(self._work)

    def _step(self, work: Iterator[None]) -> None:
        over = True
        try:
            over = next(work, self) is self
        except BaseException:
            self.broke.emit()
            raise
        finally:
            if over and self._work is work:  # a step may have begun with another one
                self.drop()
