"""Somebody there at every minute: cover by the clock, whatever shifts make it up."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from planner import fields
from planner.clock import MINUTES_A_DAY, written
from planner.facts import Facts
from planner.people import ShiftId
from planner.rules.blocks import About, Area, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


class Piece(NamedTuple):
    """Minutes of a day in which no shift begins or ends: its item, start and end as they pass."""

    about: About
    start: int
    end: int
    touching: tuple[tuple[int, ShiftId], ...]  # shifts that reach into it, by day


@rule("presence")
@dataclass(frozen=True, kw_only=True)
class Presence(Rule[RosterView, RosterSpace]):
    """From `since` to `until` of the `weekdays`, `least` people of the scope have a duty with `tag`.

    Every minute is looked at, between any two at which a shift begins or ends; minutes are those
    that really pass. Where somebody's past is unknown that could reach into them, nothing is said. A
    unit is a minute with a person missing.
    """

    tag: str = shift_tag("work")
    least: int = whole(1, unit="person", low=1, high=100)
    weekdays: frozenset[int] = fields.weekdays()
    since: int = fields.time(0, high=MINUTES_A_DAY)
    until: int = fields.time(MINUTES_A_DAY, high=MINUTES_A_DAY)
    unit = "minute"
    family, scoped = "cover", "person"

    def pieces(self, facts: Facts) -> Iterator[Piece]:
        """Cut the days of the horizon where shifts begin and end."""
        horizon, tagged = facts.horizon, sorted(facts.shift_ids(self.tag))
        for day in range(horizon.days):
            start, end = horizon.span(day, self.since, self.until)
            if horizon.weekday(day) in self.weekdays:
                spans = [(d, s, *facts.span(d, s)) for d in range(day - 2, day + 1) for s in tagged]
                inner = {edge for _, _, *both in spans for edge in both if start < edge < end}
                edges = sorted({start, end, *inner}) if start < end else []
                for begin, stop in pairwise(edges):
                    touching = [(d, i) for d, i, s, e in spans if s < stop and e > begin]
                    yield Piece(self._about(facts, day, begin, stop), begin, stop, tuple(touching))

    def _about(self, facts: Facts, day: int, begin: int, stop: int) -> About:
        times = []
        for moment in (begin, stop):
            here, minute = facts.horizon.wall(moment)
            times.append(written(int(minute) + MINUTES_A_DAY * (here - day)))
        # An hour that the clock shows twice has two pieces of one name: the second says so.
        again = type(facts.horizon.wall(begin)[1]) is not int
        name = f"{times[0]}-{times[1]}{' (2)' if again else ''}"
        return About("presence_short", (name,), day - 2, day)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        people = list(view.people(self.scope))
        meant = {str(person.id) for person in people}
        for piece in self.pieces(view.facts):
            area = view.area or Area()
            if piece.about.last < area.first or piece.about.first > area.last:
                continue
            past = {day for day, _ in piece.touching if day < 0}
            if not all(view.known(p.id, day) for p in people for day in past):
                continue
            there = set[str]()
            for day, shift in piece.touching:
                there |= view.at_work(day, shift) if day >= 0 else self._past(view, day, shift)
            missing = self.least - len(there & meant)
            if missing > 0:
                minutes = piece.end - piece.start
                facts = {"there": self.least - missing, "least": self.least, "minutes": minutes}
                facts["on_day"] = piece.about.last
                yield Breach(piece.about, missing * minutes, {**facts, "tag": self.tag})

    def _past(self, view: RosterView, day: int, shift: ShiftId) -> set[str]:
        return {p.id for p in view.everyone() if any(s.id == shift for s in view.shifts(p.id, day))}

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        people = [person.id for person in space.people(self.scope)]
        for piece in self.pieces(space.facts):
            past = {day for day, _ in piece.touching if day < 0}
            if all(space.known(person, day) for person in people for day in past):
                clear = [space.clear(p, piece.start, piece.end, self.tag) for p in people]
                terms = tuple((feature, -1) for feature in clear if feature)
                minutes = piece.end - piece.start
                yield Linear(piece.about, features=terms, lo=self.least - len(terms), each=minutes)
