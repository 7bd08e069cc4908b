"""Listeners that are told one a turn of the event loop."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.window.turns import Turns


class Ear(QObject):
    """Notes what it hears in a list that it shares."""

    def __init__(self, name: str, heard: list[str]) -> None:
        super().__init__()
        self.name, self.heard = name, heard

    def hear(self) -> None:
        self.heard.append(self.name)


def test_listeners_are_told_one_after_another(qtbot: QtBot) -> None:
    owner, heard = QObject(), list[str]()
    turns, ears = Turns(owner), [Ear(name, heard) for name in "abc"]
    for ear in ears:
        turns.connect(ear.hear)
    turns.begin()
    turns._next()
    assert heard == ["a"]
    turns.begin()  # again, before all were told: from the first one on
    qtbot.waitUntil(lambda: not turns._timer.isActive())
    assert heard == ["a", "a", "b", "c"]
    turns.begin()
    turns.finish()
    assert heard[4:] == ["a", "b", "c"]
    assert not turns._timer.isActive()


def test_a_listener_that_has_gone_is_not_told(qtbot: QtBot) -> None:
    owner, heard = QObject(), list[str]()
    turns, ear = Turns(owner), Ear("a", heard)
    turns.connect(ear.hear)
    del ear
    turns.finish()
    assert heard == []
