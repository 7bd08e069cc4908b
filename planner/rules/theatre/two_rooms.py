"""How a surgeon of two theatres shares her time between them (T05)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from planner.facts import Facts
from planner.hospital import TheatreId
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.crowding import Held, crowded, held, overlaps
from planner.rules.hands import are_beside
from planner.rules.space import Column, TheatreSpace
from planner.rules.timing import Cumulative, NeverBoth, Stretch, TheatreDay
from planner.view import Placed, TheatreView


@rule("two_rooms")
@dataclass(frozen=True, kw_only=True)
class TwoRooms(Rule[TheatreView, TheatreSpace]):
    """A surgeon of two theatres has cases in both at once only where they lie side by side.

    And no third one meanwhile; a unit is a minute. A case counts from room in to room out. That her
    critical parts follow one another says the rule of one case at a time, that a theatre holds one
    case the rule of theatres. Placements without a start are not judged. One breach a pair of cases
    in theatres apart, and one a third case.
    `apart` guides the search: what two sessions in theatres apart seem to cost in a half-day.
    """

    apart: int = whole(3000, unit="point", high=100_000)
    unit, reach = "minute", None
    family, scoped = "surgeons", "surgeon"

    def _meant(self, facts: Facts) -> Iterator[str]:
        for surgeon in facts.problem.surgeons:
            if surgeon.rooms > 1 and self.scope.holds(facts.surgeon_tags[surgeon.id]):
                yield surgeon.id

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        meant = frozenset(self._meant(view.facts))
        started: dict[str, list[Placed]] = defaultdict(list)
        for (surgeon, _), together in view.surgeon_days().items():
            if surgeon in meant:
                started[surgeon] += (placed for placed in together if placed.start is not None)
        for surgeon, placed in started.items():
            yield from _apart(view, surgeon, placed)
            for crowd in crowded([held(view.horizon, each) for each in placed], 2):
                *others, case = crowd.cases
                about = About("rooms_third", (surgeon, *crowd.cases), *crowd.days)
                facts = {"surgeon": surgeon, "case": case, "others": ", ".join(others)}
                yield Breach(about, crowd.minutes, facts)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        """Guide away from two sessions of a half-day in theatres that are not side by side."""
        for surgeon in self._meant(space.facts):
            days: dict[int, list[Column]] = defaultdict(list)
            for column in space.with_surgeon(surgeon).values():
                days[column.session.day].append(column)
            for day, columns in days.items():
                about = About("rooms_apart", (surgeon,), day, day)
                for one, other in combinations(columns, 2):
                    if self._split(space, one, other):
                        absent = ((space.none_of(one), 1), (space.none_of(other), 1))
                        yield Linear(about, features=absent, lo=1, each=self.apart, kind="guide")

    def _split(self, space: TheatreSpace, one: Column, other: Column) -> bool:
        noon, mine, theirs = space.problem.noon, one.session, other.session
        if not _far(space.facts, mine.theatre, theirs.theatre):
            return False
        return any(
            mine.start < last and theirs.start < last and mine.end > first and theirs.end > first
            for first, last in ((0, noon), (noon, 2 * 1440))
        )

    def timing(self, day: TheatreDay) -> Iterator[Cumulative | NeverBoth]:
        meant = frozenset(self._meant(day.facts))
        stretches: dict[str, dict[TheatreId, list[Stretch]]] = defaultdict(dict)
        for choice in day.choices if meant else ():
            if choice.surgeon in meant:
                mine = stretches[choice.surgeon].setdefault(choice.session.theatre, [])
                mine.append(Stretch(choice.number))
        for surgeon, rooms in stretches.items():
            together = tuple(stretch for found in rooms.values() for stretch in found)
            if len(together) > 2:
                yield Cumulative(About("rooms_third", (surgeon,), day.day, day.day), together, 2)
            apart = About("rooms_apart", (surgeon,), day.day, day.day)
            for one, other in combinations(sorted(rooms), 2):
                if _far(day.facts, one, other):
                    yield NeverBoth(apart, tuple(rooms[one]), tuple(rooms[other]))


def _apart(view: TheatreView, surgeon: str, placed: list[Placed]) -> Iterator[Breach]:
    """Find the pairs of cases at once in theatres that are not side by side."""
    rooms: dict[str, TheatreId] = {each.case.id: each.session.theatre for each in placed}
    stretches: list[Held] = [held(view.horizon, each) for each in placed]
    for pair in overlaps(stretches):
        other, case = pair.cases
        if _far(view.facts, rooms[case], rooms[other]):
            about = About("rooms_apart", (surgeon, *pair.cases), *pair.days)
            facts: dict[str, int | str] = {"surgeon": surgeon, "case": case, "other": other}
            facts |= {"theatre": rooms[case], "elsewhere": rooms[other]}
            yield Breach(about, pair.minutes, facts)


def _far(facts: Facts, one: TheatreId, other: TheatreId) -> bool:
    """Tell whether two different theatres do not lie side by side."""
    return one != other and not are_beside(facts, one, other)
