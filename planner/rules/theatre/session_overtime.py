"""Sessions that end too late (T03)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.hospital import Session
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule
from planner.rules.space import TheatreSpace
from planner.rules.timing import Late, TheatreDay
from planner.view import TheatreView


@rule("session_overtime")
@dataclass(frozen=True, kw_only=True)
class SessionOvertime(Rule[TheatreView, TheatreSpace]):
    """A session is over by its `end`, or by its end + `allowed` overtime; a unit is a minute late.

    Without starts: the cases' minutes and turnovers, less the session's spare turnover.
    """

    after: str = choice("allowed", "allowed", "end")
    unit, reach = "minute", "session"

    def limit(self, session: Session) -> int:
        """Give the minutes after the session's start by which it has to be over."""
        return session.minutes + (session.overtime if self.after == "allowed" else 0)

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for session in view.sessions(self.scope):
            placed = view.inside(session)
            starts = [p.start + p.minutes - session.start for p in placed if p.start is not None]
            if view.unsequenced(session):
                used = sum(p.minutes + p.turnover for p in placed) - view.facts.spare(session)
            else:
                used = max(starts, default=0)
            late = used - self.limit(session)
            if late > 0:
                about = About(f"late_{self.after}", (session.id,), session.day, session.day)
                facts: dict[str, int | str] = {
                    "session": session.id,
                    "used": used,
                    "limit": self.limit(session),
                }
                yield Breach(about, late, facts)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        for session in space.sessions(self.scope):
            load = space.part(space.into(session), lambda option: option.minutes + option.turnover)
            about = About(f"late_{self.after}", (session.id,), session.day, session.day)
            hi = self.limit(session) + space.facts.spare(session)  # none after the last case
            yield Linear(about, (load,), hi=hi, kind="relaxation", given=("room_overlap",))

    def timing(self, day: TheatreDay) -> Iterator[Late]:
        for session in day.sessions_in(self.scope):
            chosen = tuple(c.number for c in day.choices if c.session.id == session.id)
            about = About(f"late_{self.after}", (session.id,), session.day, session.day)
            yield Late(about, chosen, session.start + self.limit(session))
