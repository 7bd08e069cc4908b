"""Work that nothing can go on without: done in a thread, while the window paints and takes no input."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui.window.rubbish import making

T = TypeVar("T")
_LOOK: Final = 5
"""Milliseconds between two looks whether it is done."""


def awaited(job: Callable[[], T]) -> T:
    """Do a job and give what it gave; the window goes on painting, what is typed meanwhile follows.

    Raises:
        Exception: the job's own.
    """
    if not isinstance(QApplication.instance(), QApplication):
        return job()
    loop, look = QEventLoop(), QTimer()
    with ThreadPoolExecutor(1, thread_name_prefix="awaited") as thread:
        found: Future[T] = thread.submit(_made, job)
        look.timeout.connect(lambda: loop.quit() if found.done() else None)
        look.start(_LOOK)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            return found.result()  # a program that is told to quit runs no loop: it waits here
        finally:
            look.stop()
            QApplication.restoreOverrideCursor()


def _made(job: Callable[[], T]) -> T:
    with making():
        return job()
