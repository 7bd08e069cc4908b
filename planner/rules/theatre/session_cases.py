"""How many cases a session has at most (T36)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("session_cases")
@dataclass(frozen=True, kw_only=True)
class SessionCases(Rule[TheatreView, TheatreSpace]):
    """A session has at most `most` cases; a unit is a case too many.

    The least that it is filled by is said by `session_fill`.
    """

    most: int = whole(8, unit="case", low=1, high=60)
    unit, reach = "case", "session"
    family = "sessions"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for session in view.sessions(self.scope):
            cases = len(view.inside(session))
            if cases > self.most:
                about = About("many_cases", (session.id,), session.day, session.day)
                facts: dict[str, int | str] = {"session": session.id, "cases": cases}
                yield Breach(about, cases - self.most, facts | {"most": self.most})

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        for session in space.sessions(self.scope):
            column = space.column(session)
            cells = column.each_cell
            if len(cells) > self.most:
                ones = dict.fromkeys(column.codes, 1)
                about = About("many_cases", (session.id,), session.day, session.day)
                yield Linear(about, ((cells, ones),), hi=self.most)
