"""The best place for a waiting case, looked for one session at a time while the window stays awake."""

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QObject, QTimer

from planner.cases import Case, CaseId
from planner.clock import Again
from planner.facts import Facts, facts
from planner.hand_edits import placed
from planner.hospital import Session
from planner.kpis.contract import Outcome
from planner.live import would_break
from planner.plan import Placement
from ui.window.boards.theatre_layout import SNAP
from ui.window.boards.theatre_moves import Verdict, may_edit, surgeons, worse
from ui.window.document import Document
from ui.window.workbench import Workbench

MOST: Final = 40
"""Sessions that are tried, the nearest days first."""


class BestPlace(QObject):
    """Tries sessions one by one; the cheapest one that breaks no hard rule wins."""

    def __init__(self, bench: Workbench, done: Callable[[Verdict | None], object]) -> None:
        super().__init__(bench)
        self.bench, self.done = bench, done
        self.timer = QTimer(self)
        self.timer.setInterval(0)
        self.timer.timeout.connect(self.step)
        self._tries: Iterator[tuple[Verdict, tuple[int, ...]]] = iter(())
        self._best: tuple[tuple[int, ...], Verdict] | None = None

    @property
    def busy(self) -> bool:
        """Whether it is looking."""
        return self.timer.isActive()

    def look(self, case: str, day: int) -> None:
        """Begin to look for a place, from a day on."""
        document = self.bench.document
        if document is None or not may_edit(document):
            return
        self._best = None
        self._tries = tries(document, case, day)
        self.timer.start()

    def stop(self) -> None:
        """Look no further."""
        self.timer.stop()

    def step(self) -> None:
        """Try one more session; at the end tell what was found."""
        found = next(self._tries, None)
        if found is None:
            self.timer.stop()
            self.done(None if self._best is None else self._best[1])
            return
        verdict, key = found
        if verdict.allowed and (self._best is None or key < self._best[0]):
            self._best = key, verdict


def tries(document: Document, case: str, day: int) -> Iterator[tuple[Verdict, tuple[int, ...]]]:
    """Give what would come of the case in each session that has room for it, with the score then."""
    outcome = document.outcome()
    known = facts(document.problem)
    record = known.cases[CaseId(case)]
    sessions = sorted(candidates(known, record), key=lambda s: (s.day < day, s.day, s.id))
    tried = 0
    for session in sessions:
        for surgeon in surgeons(known, outcome, record, session)[:1]:
            start = gap(known, outcome, session, record, surgeon)
            if start is None:
                continue
            placement = Placement(record.id, session.id, surgeon, start)
            change = would_break(outcome, placed(outcome.plan, placement))
            hard, soft = worse(change)
            yield Verdict(placement, hard, soft), change.outcome.judgement.score.key
            tried += 1
        if tried >= MOST:
            return


def candidates(known: Facts, case: Case) -> Iterator[Session]:
    """Give the sessions that a case may be in by its owner and its days."""
    first = max(case.earliest or 0, case.delivery or 0)
    for session in known.problem.sessions:
        if session.closed or session.emergency:
            continue
        if session.day < first or session.day in case.unavailable:
            continue
        if session.day >= 0 and known.open_to(session, case.specialty):
            yield session


def gap(
    known: Facts, outcome: Outcome, session: Session, case: Case, surgeon: str | None
) -> int | None:
    """Give the first start in a session at which a case fits between the others; None: nowhere."""
    minutes, turnover = known.minutes(case, surgeon), known.turnover(case)
    begin = known.opens(session)
    for each in outcome.theatre.inside(session):
        if each.begin is None or each.over is None:
            return None
        if begin + minutes + each.turnover <= each.begin:
            break
        begin = max(begin, -(-(each.over + turnover) // SNAP) * SNAP)
    if begin + minutes > known.closes(session):
        return None
    start = known.clock(session.day, begin)
    return None if isinstance(start, Again) else start
