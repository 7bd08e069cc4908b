"""Lines about pins: what of them a plan does not keep, and what solving will keep."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.pin_words import pin_words, tally
from planner.pinning import missed, of_part
from ui.window.actions import Actions
from ui.window.panels.parts import button, label
from ui.window.workbench import Workbench

MANY = 3
"""Pins that are named; the others are counted."""


class PinsLine(QWidget):
    """A sentence and the way to the list of pins; hidden where there is nothing to say."""

    def __init__(self, bench: Workbench, actions: Actions, look: str) -> None:
        super().__init__()
        self.bench = bench
        self.words = label(look, wrap=True)
        self.see = button("link", actions["pins"].trigger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.see)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show a sentence, or nothing."""
        self.words.setText(words)
        self.see.setText(self.bench.say("pins.see"))
        self.setVisible(bool(words))

    def say_missed(self) -> None:
        """Name the pins that the plan of the open scenario does not keep."""
        document, say, lang = self.bench.document, self.bench.say, self.bench.lang
        lost = [] if document is None else list(missed(document.study, document.name))
        if document is None or not lost:
            self.show_words("")
            return
        named = [pin_words(document.problem, pin, lang) for pin in lost[:MANY]]
        more = [say("reason.more", n=len(lost) - MANY)] if len(lost) > MANY else []
        hint = say("pin.missed.hint")
        self.show_words("\n".join((say("pins.not_kept", n=len(lost)), *named, *more, hint)))

    def say_kept(self, parts: tuple[str, ...]) -> None:
        """Say what a run of some parts keeps."""
        document = self.bench.document
        pins = () if document is None else document.study.pins(document.name)
        what = tally(of_part(pins, parts), self.bench.lang)
        self.show_words(f"{self.bench.say('pins.keeps', what=what)}." if what else "")
