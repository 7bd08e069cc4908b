"""Jobs beside the window: nothing of Qt is in their hands, whatever is destroyed meanwhile."""

import threading
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.window.beside import Beside


class Held(threading.Thread):
    """A thread that waits until a test runs what it is to do."""

    targets: ClassVar[list[Any]] = []

    def __init__(self, target: Callable[[], None], **_: Any) -> None:
        super().__init__()
        self.targets.append(target)

    def start(self) -> None:
        """Wait."""


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(Held, "targets", [])
    monkeypatch.setattr("ui.window.beside.threading.Thread", Held)
    return Held.targets


def test_what_a_job_gives_is_taken_up_here_and_so_is_what_it_raises(qtbot: QtBot) -> None:
    beside, found = Beside(), list[Any]()
    beside.do(lambda: threading.current_thread().name, found.append)
    beside.do(lambda: 1 // 0, found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    assert "beside the window" in found
    assert any(isinstance(each, ZeroDivisionError) for each in found)
    assert not beside._timer.isActive()


def test_what_is_dropped_is_not_heard_of(qtbot: QtBot, held: list[Any]) -> None:
    beside, found = Beside(), list[Any]()
    beside.do(lambda: 1, found.append)
    beside.drop()
    beside.do(lambda: 2, found.append)
    for work in held:
        work()
    qtbot.waitUntil(lambda: not beside._timer.isActive())
    assert found == [2]


def test_a_job_may_outlive_whoever_asked_for_it(qtbot: QtBot, held: list[Any]) -> None:
    parent, found = QObject(), list[Any]()
    beside = Beside(parent)
    beside.do(lambda: 1, found.append)
    (work,) = held
    assert not any(isinstance(each, QObject) for each in (*work.args, *work.keywords.values()))
    assert not getattr(work.func, "__closure__", None)
    shiboken6.delete(parent)
    assert not shiboken6.isValid(beside)
    work()
    QApplication.processEvents()
    assert found == []


def test_what_is_done_with_it_may_destroy_it(qtbot: QtBot, held: list[Any]) -> None:
    beside, found = Beside(), list[Any]()
    beside.do(lambda: 1, lambda _: shiboken6.delete(beside))
    beside.do(lambda: 2, found.append)
    for work in held:
        work()
    qtbot.waitUntil(lambda: bool(found))
    assert found == [2]
