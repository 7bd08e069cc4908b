"""Enough teams for the theatres that are in use (T11)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.hospital import OWN_TEAM, Session
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.halves import Half, closed, halves
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("teams")
@dataclass(frozen=True, kw_only=True)
class Teams(Rule[TheatreView, TheatreSpace]):
    """Each theatre in use has a team on duty; a unit is a theatre too many in a half-day.

    Counted by half-day and by the suites that the cover names, as anaesthetists are; cover that names
    specialties is for their sessions, beside the cover for all. In use means that a session has a
    case, whatever its anaesthesia; what is kept for emergencies in a theatre with a team of its own
    needs no other. A half-day without cover has no team, but suites and specialties for which the
    study holds no cover at all are not judged.
    """

    unit, reach = "theatre", None
    family, scoped = "rooms", "session"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        teams = _teams(view.facts)
        for half in self._halves(view.facts, view.days):
            running = sum(any(map(view.inside, sessions)) for sessions in half.theatres)
            there = sum(teams[cover.id] for cover in half.covers)
            if running > there:
                facts: dict[str, int | str] = {"open": running, "teams": there, "day": half.day}
                yield Breach(_about(half), running - there, facts)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        teams = _teams(space.facts)
        for half in self._halves(space.facts, range(space.problem.horizon.days)):
            least = len(half.theatres) - sum(teams[cover.id] for cover in half.covers)
            if least > 0:
                shut = tuple((closed(space, sessions), 1) for sessions in half.theatres)
                yield Linear(_about(half), features=shut, lo=least)

    def _halves(self, facts: Facts, days: range) -> Iterator[Half]:
        def meant(session: Session) -> bool:
            if session.emergency and OWN_TEAM in facts.theatres[session.theatre].features:
                return False
            return self.scope.holds(facts.session_tags[session.id])

        return halves(facts, days, facts.problem.teams, meant)


def _teams(facts: Facts) -> dict[str, int]:
    return {cover.id: cover.teams for cover in facts.problem.teams}


def _about(half: Half) -> About:
    return About(f"teams_{half.part}", half.subjects or ("teams",), half.day, half.day)
