"""Cycles of objects go on the thread of the window alone."""

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.window.rubbish import Rubbish


class Leaf:
    """One half of a cycle; it notes on which thread it went."""

    gone: list[str] = []  # noqa: RUF012 - of the one test

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Leaf.gone.append(threading.current_thread().name)


def test_cycles_made_beside_the_window_go_on_its_thread(qtbot: QtBot) -> None:
    owner = QObject()
    Rubbish(owner)
    assert not gc.isenabled()
    Leaf.gone.clear()

    def work() -> None:
        for _ in range(20_000):
            Leaf()

    thread = threading.Thread(target=work, name="beside")
    thread.start()
    thread.join()
    assert Leaf.gone == []
    qtbot.waitUntil(lambda: len(Leaf.gone) >= 10_000, timeout=5000)
    assert set(Leaf.gone) == {threading.main_thread().name}
