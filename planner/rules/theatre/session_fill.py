"""Sessions that are opened and little used, or not opened at all (T36)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.hospital import Session
from planner.rules.blocks import About, Linear, Never, Row
from planner.rules.contract import Breach, Rule, choice, rule, whole
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("session_fill")
@dataclass(frozen=True, kw_only=True)
class SessionFill(Rule[TheatreView, TheatreSpace]):
    """Sessions are used; a unit is a minute of session time that no patient fills.

    `count` "underuse": the minutes by which the cases of an open session (one with a case) fall
    short of `target` per cent of it; turnovers do not fill. "unopened": all minutes of a session
    without a case, unless it is closed as a fact. Sessions kept for emergencies are passed over.
    """

    count: str = choice("underuse", "underuse", "unopened")
    target: int = whole(100, unit="per cent", low=1, high=100)
    unit, reach = "minute", "session"
    family = "sessions"

    def wanted(self, facts: Facts, session: Session) -> int:
        """Give the minutes that cases should fill."""
        return facts.length(session) * (self.target if self.count == "underuse" else 100) // 100

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for session in view.sessions(self.scope):
            if session.emergency:
                continue
            placed = view.inside(session)
            used = sum(each.minutes for each in placed)
            empty = self.wanted(view.facts, session) - used
            if self.count == "underuse" and placed and empty > 0:
                about = About("underused", (session.id,), session.day, session.day)
                facts: dict[str, int | str] = {
                    "session": session.id,
                    "used": used,
                    "length": view.facts.length(session),
                }
                yield Breach(about, empty, facts)
            if self.count == "unopened" and not placed and not session.closed and empty > 0:
                about = About("unopened", (session.id,), session.day, session.day)
                yield Breach(about, empty, {"session": session.id})

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        for session in space.sessions(self.scope):
            if session.emergency:
                continue
            empty, least = space.session_closed(session), self.wanted(space.facts, session)
            if self.count == "underuse":
                column = space.column(session)
                minutes = column.each_cell, column.table(column.minutes)
                about = About("underused", (session.id,), session.day, session.day)
                yield Linear(about, (minutes,), ((empty, least),), lo=least)
            elif not session.closed:
                about = About("unopened", (session.id,), session.day, session.day)
                yield Never(about, empty, least)
