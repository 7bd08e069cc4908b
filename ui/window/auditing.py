"""A large plan is seen before it is audited: the audit is made beside the window, signs follow."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from planner.kpis.contract import Outcome
from ui.window.beside import Beside, look_over

MANY: Final = 3000
"""Cases, placements and duties from which an audit is felt: about a fifth of a second."""
_SEEN: Final = 15
"""Milliseconds after which a plan is on the screen: an audit takes turns with what paints it."""


class Auditing(QObject):
    """Audits the plans that are seen, one after another, where somebody would wait for them."""

    done = Signal()
    """All plans that are seen are audited."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._beside = Beside(self)
        self._left: list[Outcome] = []
        self._waiting: list[Outcome] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SEEN)
        self._soon.timeout.connect(self.begin)

    @property
    def busy(self) -> bool:
        """Whether the audit of something that is seen is under way."""
        return any(outcome.waits for outcome in self._left)

    def see(self, *outcomes: Outcome) -> None:
        """Have outcomes audited whose audit takes long; what somebody audits meanwhile is not waited for."""
        for outcome in outcomes:
            if not outcome.audited and not outcome.under_way and takes_long(outcome):
                outcome.under_way = True
                self._left.append(outcome)
                self._waiting.append(outcome)
                self._soon.start()

    def begin(self) -> None:
        """Begin with the audits that were put off until their plans are on the screen."""
        self._soon.stop()
        waiting, self._waiting = self._waiting, []
        for outcome in waiting:
            self._beside.do(partial(look_over, outcome), self._there)

    def _there(self, error: object) -> None:
        if isinstance(error, Exception):  # whoever reads it hears of it in the window's own thread
            for outcome in self._left:
                outcome.under_way = False
        if not self.busy:
            self._left.clear()
            self.done.emit()


def takes_long(outcome: Outcome) -> bool:
    """Tell whether the audit of a plan is felt; cases that wait are audited too."""
    plan = outcome.plan
    rows = sum(map(len, plan.sessions)) + sum(map(len, plan.days))
    return rows + len(outcome.problem.cases) > MANY
