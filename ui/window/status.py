"""The status line: what was said last, how many breaches were found, and which study is open."""

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar

from ui.window.naming import named
from ui.window.panels.parts import label, plain_tip, relook
from ui.window.workbench import Workbench

HIGH: Final = 24
TOLD: Final = 12_000
"""Milliseconds after which a sentence has been read."""
_APART: Final = 40
"""Pixels that margins and gaps take of the line."""


class Sentence(QLabel):
    """One line of words; where there is no room for all of them it ends in dots."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no room that others need."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint as many of the words as there is room for."""
        room, role = self.contentsRect(), self.foregroundRole()
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter, middle = QPainter(self), Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(painter, room, middle, self.palette(), True, words, role)
        painter.end()


class StatusLine(QStatusBar):
    """A sentence stays for a while, and has the whole line where it needs it."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.told, self.checked, self.named = Sentence(), label(), label()
        self.read = QTimer(self)
        self.read.setSingleShot(True)
        self.read.setInterval(TOLD)
        self.read.timeout.connect(self.stand)
        self.setFixedHeight(HIGH)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.addWidget(self.told, 1)
        self.checked.setContentsMargins(0, 0, 12, 0)
        self.addPermanentWidget(self.checked)
        self.addPermanentWidget(self.named)
        bench.settled.connect(self.check)
        bench.told.connect(self.tell)

    def tell(self, sentence: str, wrong: bool) -> None:
        """Say something; it goes after a while, or where nothing is to be said any more."""
        if not sentence:
            self.stand()
            return
        self._say(sentence, "hard" if wrong else "", tip=sentence)
        self.read.start()

    def stand(self) -> None:
        """Say how the study stands, and which one it is."""
        document, say = self.bench.document, self.bench.say
        self.read.stop()
        if document is None:
            self.checked.setText("")
            self.named.setText("")
            self._say(say("window.no_study"))
            return
        self.named.setText(say("window.study", file=named(self.bench, document)))
        stands = "viewed" if document.read_only else "unsaved" if document.unsaved else "saved"
        self._say(say(f"window.{stands}"))

    def check(self) -> None:
        """Count what is broken, once somebody has stopped typing."""
        document, say = self.bench.document, self.bench.say
        if document is not None:
            from planner.boards.marks import counts

            outcome = document.outcome()
            if outcome.waits:  # what was counted is of another plan; it is told in a moment
                self.checked.setText("")
                return
            found = counts(outcome.judgement)
            told = {sign: say(f"window.checked.{sign}", n=n) for sign, n in found.items()}
            self.checked.setText(say("window.checked", **told))
            self._fit()

    def _say(self, words: str, look: str = "", *, tip: str = "") -> None:
        self.told.setText(words)
        self.told.setToolTip(plain_tip(tip))
        relook(self.told, look)
        self._fit()

    def _fit(self) -> None:
        """Leave out what the sentence leaves no room for: the study first, then the breaches."""
        room = self.width() - _APART - self.told.sizeHint().width()
        for each in (self.checked, self.named):
            room -= each.sizeHint().width()
            each.setVisible(room >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show what there is room for now."""
        super().resizeEvent(event)
        self._fit()
