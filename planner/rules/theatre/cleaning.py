"""A theatre is cleaned for longer after some cases before the next one comes in (T17)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.hospital import TheatreId
from planner.rules.blocks import About
from planner.rules.contract import EVERYONE, Breach, Rule, rule, whole
from planner.rules.crowding import held
from planner.rules.space import TheatreSpace
from planner.rules.timing import Choice, NeverBoth, Stretch, TheatreDay
from planner.view import Placed, TheatreView


@rule("cleaning")
@dataclass(frozen=True, kw_only=True)
class Cleaning(Rule[TheatreView, TheatreSpace]):
    """For `minutes` after a case of the scope no other is in its theatre; a unit is a minute.

    The turnover of the next case comes after it. Cases without a start are not judged. One breach
    a pair of cases, all sessions of the theatre together.
    """

    minutes: int = whole(30, unit="minute", low=5, high=480)
    unit, reach = "minute", "case"
    family, scoped = "rooms", "case"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for theatre in dict.fromkeys(placed.session.theatre for placed in view.placed(EVERYONE)):
            sessions = view.facts.sessions_of.get(theatre, ())
            started = [p for s in sessions for p in view.inside(s) if p.start is not None]
            for dirty in started:
                if self.scope.holds(view.facts.case_tags[dirty.case.id]):
                    yield from self._too_soon(view, dirty, started)

    def _too_soon(
        self, view: TheatreView, dirty: Placed, started: list[Placed]
    ) -> Iterator[Breach]:
        cleaned = held(view.horizon, dirty, before=-dirty.minutes, after=self.minutes)
        for other in started:
            if other is dirty:
                continue
            used = held(view.horizon, other, before=other.turnover)
            short = min(cleaned.last, used.last) - max(cleaned.first, used.first)
            if short > 0:
                days = sorted((cleaned.day, used.day))
                about = About("not_cleaned", (dirty.case.id, other.case.id), *days)
                facts: dict[str, int | str] = {"case": other.case.id, "dirty": dirty.case.id}
                facts |= {"theatre": dirty.session.theatre, "minutes": self.minutes}
                yield Breach(about, short, facts)

    def timing(self, day: TheatreDay) -> Iterator[NeverBoth]:
        dirty = {choice.number for choice in day.choices_in(self.scope)}
        rooms: dict[TheatreId, list[Choice]] = {}
        for choice in day.choices:
            rooms.setdefault(choice.session.theatre, []).append(choice)
        for theatre, choices in rooms.items():
            cleaned = tuple(
                Stretch(each.number, after=self.minutes, origin="end")
                for each in choices
                if each.number in dirty
            )
            if cleaned and len(choices) > 1:
                used = tuple(Stretch(each.number, before=each.turnover) for each in choices)
                about = About("not_cleaned", (theatre,), day.day, day.day)
                yield NeverBoth(about, cleaned, used, disjoint=_one_at_a_time(day.facts))


def _one_at_a_time(facts: Facts) -> bool:
    """Tell whether a hard rule keeps the cases of a theatre apart."""
    return any(
        rule.type == "room_overlap" and rule.hard and rule.enabled and not rule.scope.tags
        for rule in facts.problem.rules
    )
