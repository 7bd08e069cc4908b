"""A signal whose listeners are called one a turn of the event loop, so that no hand waits for all."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal


class _Listener(QObject):
    """One that listens; Qt forgets it when whoever listens has gone."""

    heard = Signal()


class Turns(QObject):
    """Tells its listeners in the order in which they came."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._listeners: list[_Listener] = []
        self._left: list[_Listener] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def connect(self, hear: Callable[[], object]) -> None:  # type: ignore[override]
        """Have something called at every round."""
        listener = _Listener(self)
        listener.heard.connect(hear)
        self._listeners.append(listener)

    def begin(self) -> None:
        """Begin a round, from the first listener on, whoever was still to be told."""
        self._left = list(self._listeners)
        self._timer.start()

    def finish(self) -> None:
        """Tell all of them now."""
        self._timer.stop()
        self._left = []
        for listener in list(self._listeners):
            listener.heard.emit()

    def _next(self) -> None:
        if self._left:
            self._left.pop(0).heard.emit()
        if not self._left:
            self._timer.stop()
