"""Enough anaesthetists for the sessions that are open (T09)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from planner.facts import Facts
from planner.hospital import Session, TheatreId
from planner.rules.blocks import About, Feature, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


class Half(NamedTuple):
    """A half-day of some suites: who is on duty for it, and the theatres that may need them."""

    about: About
    day: int
    anaesthetists: int
    theatres: tuple[tuple[Session, ...], ...]  # the sessions of each


@rule("anaesthetists")
@dataclass(frozen=True, kw_only=True)
class Anaesthetists(Rule[TheatreView, TheatreSpace]):
    """One anaesthetist covers at most `ratio` theatres in use; a unit is a theatre too many.

    Counted by half-day and by the suites that the cover names: cover for all suites and cover for
    some are two pools. A session, or a stretch of cover, that crosses noon counts in both halves.
    In use means that a session has a case; sessions under local anaesthesia need nobody. A
    half-day without cover has nobody, but suites for which the study holds no cover at all are
    not judged.
    """

    ratio: int = whole(1, unit="theatre", low=1, high=4)
    unit, reach = "theatre", None
    family, scoped = "anaesthesia", "session"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for half in self._halves(view.facts, view.days):
            running = sum(any(map(view.inside, sessions)) for sessions in half.theatres)
            most = self.ratio * half.anaesthetists
            if running > most:
                facts: dict[str, int | str] = {
                    "open": running,
                    "most": most,
                    "anaesthetists": half.anaesthetists,
                    "day": half.day,
                }
                yield Breach(half.about, running - most, facts)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        for half in self._halves(space.facts, range(space.problem.horizon.days)):
            least = len(half.theatres) - self.ratio * half.anaesthetists
            if least > 0:
                shut = tuple((self._shut(space, sessions), 1) for sessions in half.theatres)
                yield Linear(half.about, features=shut, lo=least)

    def _shut(self, space: TheatreSpace, sessions: tuple[Session, ...]) -> Feature:
        if len(sessions) == 1:
            return space.session_closed(sessions[0])
        return tuple(test for session in sessions for test in space.session_closed(session))

    def _halves(self, facts: Facts, days: range) -> Iterator[Half]:
        """Give the half-days of each pool that have sessions with anaesthetists: facts only."""
        noon = facts.problem.noon
        parts = (("anaesthetists_am", 0, noon), ("anaesthetists_pm", noon, 2 * 1440))
        for suites in dict.fromkeys(cover.suites for cover in facts.problem.anaesthesia):
            for day in days:
                all_sessions = facts.sessions_on.get(day, ())
                for what, first, last in parts:
                    rooms: dict[TheatreId, tuple[Session, ...]] = {}
                    for session in all_sessions:
                        if session.start < last and session.end > first:
                            if self._meant(facts, session, suites):
                                room = session.theatre
                                rooms[room] = (*rooms.get(room, ()), session)
                    if rooms:
                        covers = [
                            cover
                            for cover in facts.problem.anaesthesia
                            if cover.day == day
                            and cover.suites == suites
                            and cover.start < last
                            and cover.end > first
                        ]
                        who = tuple(cover.id for cover in covers) or tuple(sorted(suites))
                        about = About(what, who or ("anaesthesia",), day, day)
                        people = sum(cover.anaesthetists for cover in covers)
                        yield Half(about, day, people, tuple(rooms.values()))

    def _meant(self, facts: Facts, session: Session, suites: frozenset[str]) -> bool:
        return (
            session.anaesthesia == "general"
            and (not suites or facts.theatres[session.theatre].suite in suites)
            and self.scope.holds(facts.session_tags[session.id])
        )
