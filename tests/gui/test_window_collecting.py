"""Cycles are collected in the window's own thread only."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from ui.window.collecting import Collector


class Knot(QObject):
    """A widget that holds itself, as views and their slots do."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_no_thread_beside_the_window_collects_what_is_qts() -> None:
    owner = QObject()
    collector = Collector(owner)
    assert not gc.isenabled()
    knot = weakref.ref(Knot())
    beside = threading.Thread(target=lambda: [[k] for k in range(200_000)])
    beside.start()
    beside.join()
    assert knot() is not None
    while knot() is not None:
        before = gc.get_count()
        held = [[k] for k in range(1_000)]
        collector.look()
        assert held
        assert before != gc.get_count() or knot() is not None
    assert knot() is None
