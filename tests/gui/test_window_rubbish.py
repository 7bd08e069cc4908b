"""Cycles of objects go on the thread of the window alone."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.window.rubbish import Rubbish, making


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


def test_what_is_old_is_set_aside_until_another_document_is_opened(qtbot: QtBot) -> None:
    owner = QObject()
    rubbish = Rubbish(owner)
    rubbish.another_document()  # the first one: nothing is old yet
    before = gc.get_freeze_count()
    leaf = Leaf()
    gc.freeze()
    assert gc.get_freeze_count() > before
    Leaf.gone.clear()
    del leaf
    gc.collect()
    assert Leaf.gone == []
    rubbish.another_document()
    assert len(Leaf.gone) == 1


def test_what_is_made_beside_is_set_aside_and_not_looked_through_while_it_is_made(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rubbish, kept, before = Rubbish(QObject()), list[object](), gc.get_freeze_count()
    monkeypatch.setattr(gc, "get_count", lambda: (10_000, 10_000, 10_000))
    with making():
        kept.extend([number] for number in range(5_000))
        assert rubbish.collect() == -1
    assert gc.get_freeze_count() >= before + len(kept)
    assert rubbish.collect() == 2
