"""Sessions that end too late (T03)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.hospital import Session, SessionId
from planner.rules.blocks import About, Cells, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule, whole
from planner.rules.space import TheatreSpace
from planner.rules.timing import Late, TheatreDay
from planner.view import TheatreView


@rule("session_overtime")
@dataclass(frozen=True, kw_only=True)
class SessionOvertime(Rule[TheatreView, TheatreSpace]):
    """A session is over by its `end`, or by its end + `allowed` overtime; a unit is a minute late.

    `grace` minutes more are not counted: a second rule with a grace makes long overtime dearer. A
    session with a case without a start is judged by its sum: the cases' minutes and turnovers,
    less the session's spare turnover. The guide takes the mean turnover of its options as spare,
    because the turnover before the first case is a usual one and not the longest.
    """

    after: str = choice("allowed", "allowed", "end")
    grace: int = whole(0, unit="minute", high=600)
    unit, reach = "minute", "session"
    family = "sessions"

    def limit(self, facts: Facts, session: Session) -> int:
        """Give the minutes after the session's start by which it has to be over."""
        overtime = session.overtime if self.after == "allowed" else 0
        return facts.length(session) + overtime + self.grace

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for session in view.sessions(self.scope):
            placed, limit = view.inside(session), self.limit(view.facts, session)
            ends = [p.over - view.facts.opens(session) for p in placed if p.over is not None]
            if view.unsequenced(session):
                used = sum(p.minutes + p.turnover for p in placed) - view.facts.spare(session)
            else:
                used = max(ends, default=0)
            late = used - limit
            if late > 0:
                about = About(f"late_{self.after}", (session.id,), session.day, session.day)
                facts: dict[str, int | str] = {
                    "session": session.id,
                    "used": used,
                    "limit": limit,
                }
                yield Breach(about, late, facts)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        given: tuple[str, ...] = ("room_overlap", "in_session")
        if space.facts.owner_is_hard:
            given = (*given, "owner")  # the spare is that of cases that may come in
        for session in space.sessions(self.scope):
            load, limit = space.load(session), self.limit(space.facts, session)
            about = About(f"late_{self.after}", (session.id,), session.day, session.day)
            hi = limit + space.facts.spare(session)  # none after the last case
            yield Linear(about, (load,), hi=hi, kind="relaxation", given=given)
            if load[1]:
                usual = limit + _mean_turnover(space, load[0])
                yield Linear(about, (load,), hi=usual, kind="guide")

    def timing(self, day: TheatreDay) -> Iterator[Late]:
        into: dict[SessionId, list[int]] = defaultdict(list)
        for each in day.choices:
            into[each.session.id].append(each.number)
        for session in day.sessions_in(self.scope):
            if not into[session.id]:
                continue
            about = About(f"late_{self.after}", (session.id,), session.day, session.day)
            limit = day.facts.opens(session) + self.limit(day.facts, session)
            yield Late(about, tuple(into[session.id]), limit)


def _mean_turnover(space: TheatreSpace, cells: Cells) -> int:
    return sum([space.turnovers[cell] for cell in cells]) // len(cells)
