"""Somebody there at every minute: cover by the clock, whatever shifts make it up."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from planner import fields
from planner.clock import MINUTES_A_DAY, written
from planner.facts import Facts
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


class Piece(NamedTuple):
    """Minutes of a day in which no shift begins or ends: its item, start and end as they pass."""

    about: About
    start: int
    end: int
    days: tuple[int, ...]  # those on which the shifts begin that reach into it


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
                spans = [(d, *facts.span(d, s)) for d in range(day - 2, day + 1) for s in tagged]
                inner = {edge for _, *both in spans for edge in both if start < edge < end}
                edges = sorted({start, end, *inner}) if start < end else []
                for begin, stop in pairwise(edges):
                    days = {d for d, s, e in spans if s < stop and e > begin}
                    yield Piece(
                        self._about(facts, day, begin, stop), begin, stop, tuple(sorted(days))
                    )

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
        tagged = view.facts.shift_ids(self.tag)
        for piece in self.pieces(view.facts):
            if not all(view.known(p.id, day) for p in people for day in piece.days if day < 0):
                continue
            there = 0
            for person in people:
                duties = view.duties(person.id, piece.about.first, piece.about.last)
                there += any(
                    duty.shift.id in tagged and duty.start < piece.end and duty.end > piece.start
                    for duty in duties
                )
            if there < self.least:
                minutes = piece.end - piece.start
                facts = {"there": there, "least": self.least, "minutes": minutes}
                facts["on_day"] = piece.about.last
                yield Breach(
                    piece.about, (self.least - there) * minutes, {**facts, "tag": self.tag}
                )

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        people = [person.id for person in space.people(self.scope)]
        for piece in self.pieces(space.facts):
            past = [day for day in piece.days if day < 0]
            if all(space.known(person, day) for person in people for day in past):
                clear = [space.clear(p, piece.start, piece.end, self.tag) for p in people]
                terms = tuple((feature, -1) for feature in clear if feature)
                minutes = piece.end - piece.start
                yield Linear(piece.about, features=terms, lo=self.least - len(terms), each=minutes)
