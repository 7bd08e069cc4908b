"""Room in a session for cases that last longer than planned (T37)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from planner.hospital import Session
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.space import TheatreSpace
from planner.view import TheatreView

FIRM: Final = 2000
"""What a minute short counts in the search of a hard rule: far more than a minute of a case left out."""


@rule("session_slack")
@dataclass(frozen=True, kw_only=True)
class SessionSlack(Rule[TheatreView, TheatreSpace]):
    """A session keeps slack of `beta` standard deviations of its cases; a unit is a minute short.

    The amount is max(0, Σ(minutes + turnover) − spare + ⌈β·√Σσ²⌉ − session minutes), with β in
    hundredths and σ a case's deviation at its pace (`Facts.pace`; Hans et al.: deviations of a session
    add up as squares, so that cases together need less slack than one by one). It is about
    planned sums and asks for no start. A root is no row: the audit alone counts it, and a guide
    gives each case β·σ²/√V for itself, V being what a session full of its usual cases would have.
    """

    beta: int = whole(52, unit="hundredth", high=300)
    unit, reach = "minute", "session"
    family = "sessions"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for session in view.sessions(self.scope):
            placed = view.inside(session)
            if not placed:
                continue
            used = sum(each.minutes + each.turnover for each in placed) - view.facts.spare(session)
            squares = sum(
                (each.case.deviation * round(100 * view.facts.pace(each.case, each.surgeon))) ** 2
                for each in placed
            )
            slack = root_up(self.beta**2 * squares, 100 * 100 * 100)
            length = view.facts.length(session)
            short = used + slack - length
            if short > 0:
                about = About("slack_short", (session.id,), session.day, session.day)
                facts: dict[str, int | str] = {"session": session.id, "used": used, "slack": slack}
                yield Breach(about, short, facts | {"length": length})

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        pace: dict[str | None, float] = {s.id: s.pace / 100 for s in space.problem.surgeons}
        pace[None] = 1.0
        longer = [1 + space.facts.longer(c) / 100 if c.trainee else 1.0 for c in space.cases]
        for session in space.sessions(self.scope):
            column = space.column(session)
            if column.codes:
                variances = [
                    (space.cases[cell].deviation * pace[surgeon] * longer[cell]) ** 2
                    for cell, surgeon in zip(column.cells, column.surgeons, strict=True)
                ]
                yield self._guide(space, session, variances)

    def _guide(self, space: TheatreSpace, session: Session, variances: list[float]) -> Linear:
        cells, minutes = space.load(session)
        length = space.facts.length(session)
        usual = math.sqrt(sum(variances) * length / sum(minutes.values()))
        share = self.beta / 100 / usual if usual > 0 else 0.0
        load = {
            code: used + round(share * variance)
            for (code, used), variance in zip(minutes.items(), variances, strict=True)
        }
        about = About("slack_short", (session.id,), session.day, session.day)
        hi = length + space.facts.spare(session)
        firm = FIRM if self.hard else 1  # a guide is priced softly, whatever its rule
        return Linear(about, ((cells, load),), hi=hi, each=firm, kind="guide")


def root_up(square: int, scale: int) -> int:
    """Give ⌈√square / scale⌉ without rounding errors.

    >>> [root_up(square, 10) for square in (0, 1, 100, 10_000, 10_001)]
    [0, 1, 1, 10, 11]
    """
    return math.isqrt(square - 1) // scale + 1 if square > 0 else 0
