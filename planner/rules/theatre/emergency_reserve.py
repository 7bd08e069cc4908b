"""Minutes kept free for emergencies, spread over the sessions or in sessions of their own (T29)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from planner.facts import Facts
from planner.hospital import Session
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule, whole
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


class Room(NamedTuple):
    """Sessions whose cases and turnovers may fill so many minutes, and why."""

    about: About
    sessions: tuple[Session, ...]
    minutes: int
    reserve: int
    most: int


@rule("emergency_reserve")
@dataclass(frozen=True, kw_only=True)
class EmergencyReserve(Rule[TheatreView, TheatreSpace]):
    """`share` of the open minutes, and `minutes` more, stay free; a unit is a minute too few.

    `kept` "session": in each session that is not kept for emergencies; "day": in all sessions of a
    day together, those kept for emergencies included; "dedicated": in these alone, asked for by all
    minutes of the day. What planned cases and turnovers do not fill is free, whatever their starts:
    of a session with a case its spare turnover counts off, as the first one lies outside. Closed
    sessions are passed over.
    """

    kept: str = choice("session", "session", "day", "dedicated")
    share: int = whole(5, unit="per cent", high=100)
    minutes: int = whole(0, unit="minute", high=1440)
    unit, reach = "minute", None
    family, scoped = "sessions", "session"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for room in self._rooms(view.facts, view.days):
            used = 0
            for session in room.sessions:
                inside = view.inside(session)
                used += sum(placed.minutes + placed.turnover for placed in inside)
                used -= view.facts.spare(session) if inside else 0
            if used > room.most:
                facts: dict[str, int | str] = {"day": room.about.first, "used": used}
                if self.kept == "session":
                    facts["session"] = room.about.subjects[0]
                facts |= {"room": room.minutes, "reserve": room.reserve}
                yield Breach(room.about, used - room.most, facts)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        for room in self._rooms(space.facts, range(space.problem.horizon.days)):
            loads = tuple(space.load(session) for session in room.sessions)
            spares = [space.facts.spare(session) for session in room.sessions]
            shut = tuple(
                (space.session_closed(session), spare)
                for session, spare in zip(room.sessions, spares, strict=True)
                if self.kept != "session" and spare
            )
            yield Linear(room.about, loads, shut, hi=room.most + sum(spares))

    def _rooms(self, facts: Facts, days: Iterable[int]) -> Iterator[Room]:
        """Give what has to keep a reserve: facts only."""
        tags = facts.session_tags
        for day in days:
            sessions = tuple(
                session
                for session in facts.sessions_on.get(day, ())
                if not session.closed and self.scope.holds(tags[session.id])
            )
            if self.kept == "session":
                for session in sessions:
                    if not session.emergency:
                        about = About("reserve_session", (session.id,), day, day)
                        yield self._room(facts, about, (session,), facts.length(session))
            elif sessions:
                suites = {facts.theatres[session.theatre].suite for session in sessions} - {""}
                about = About(
                    f"reserve_{self.kept}", tuple(sorted(suites)) or ("theatre",), day, day
                )
                asking = sum(map(facts.length, sessions))
                if self.kept == "dedicated":
                    sessions = tuple(session for session in sessions if session.emergency)
                yield self._room(facts, about, sessions, asking)

    def _room(self, facts: Facts, about: About, sessions: tuple[Session, ...], asking: int) -> Room:
        there = sum(map(facts.length, sessions))
        reserve = asking * self.share // 100 + self.minutes
        if self.kept != "dedicated":  # more than there is cannot be kept free
            reserve = min(reserve, there)
        return Room(about, sessions, there, reserve, there - reserve)
