"""Enough anaesthetists for the sessions that are open (T09)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.hospital import Session
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.halves import Half, closed, halves
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


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
        people = _people(view.facts)
        for half in self._halves(view.facts, view.days):
            running = sum(any(map(view.inside, sessions)) for sessions in half.theatres)
            there = sum(people[cover.id] for cover in half.covers)
            if running > self.ratio * there:
                facts: dict[str, int | str] = {
                    "open": running,
                    "most": self.ratio * there,
                    "anaesthetists": there,
                    "day": half.day,
                }
                yield Breach(_about(half), running - self.ratio * there, facts)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        people = _people(space.facts)
        for half in self._halves(space.facts, range(space.problem.horizon.days)):
            there = sum(people[cover.id] for cover in half.covers)
            least = len(half.theatres) - self.ratio * there
            if least > 0:
                shut = tuple((closed(space, sessions), 1) for sessions in half.theatres)
                yield Linear(_about(half), features=shut, lo=least)

    def _halves(self, facts: Facts, days: range) -> Iterator[Half]:
        """Give the half-days of each pool that have sessions with anaesthetists: facts only."""

        def meant(session: Session) -> bool:
            tags = facts.session_tags[session.id]
            return session.anaesthesia == "general" and self.scope.holds(tags)

        return halves(facts, days, facts.problem.anaesthesia, meant)


def _people(facts: Facts) -> dict[str, int]:
    return {cover.id: cover.anaesthetists for cover in facts.problem.anaesthesia}


def _about(half: Half) -> About:
    subjects = half.subjects or ("anaesthesia",)
    return About(f"anaesthetists_{half.part}", subjects, half.day, half.day)
