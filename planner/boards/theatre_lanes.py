"""The lanes below the theatre board: what recovery rooms, wards and devices hold, against what there is.

Who holds what, and when, is what the audit reads as well (`planner.rules.holding`, the nights of a
case); the breaches beside it are the audit's own. Times are minutes after midnight of a day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from planner.boards.marks import ORDER, Sign, sign
from planner.clock import MINUTES_A_DAY, Horizon
from planner.facts import nights
from planner.hospital import Ward
from planner.kpis.contract import Outcome
from planner.rules.blocked import waits
from planner.rules.crowding import Held, held
from planner.rules.day_units import unit_of
from planner.rules.holding import at_post, in_unit, with_device
from planner.score import Judged
from planner.theatre_view import Placed

Kind: TypeAlias = Literal["recovery", "intensive", "ward", "day", "equipment"]
KINDS: Final[tuple[Kind, ...]] = ("recovery", "intensive", "ward", "day", "equipment")
_NAMED: Final = ("recovery", "ward", "equipment")
"""The fact of a breach that names what is short."""
_FAMILIES: Final = ("recovery_beds", "equipment")
_REACH: Final = 3
"""Days before from which a case, and what it holds after it, may reach into a day."""


class Step(NamedTuple):
    """A stretch of a day in which the same cases hold a thing; `minutes` are those that pass.

    `waiting` are those who are held up in their theatres for want of it.
    """

    start: int
    end: int
    minutes: int
    cases: tuple[str, ...]
    waiting: tuple[str, ...] = ()

    @property
    def asked(self) -> int:
        """How many are held or asked for."""
        return len(self.cases) + len(self.waiting)


@dataclass(frozen=True)
class Lane:
    """A thing on a day: how many of it there are, who holds it, and the breaches about it.

    `hours` are those in which it is open, None where it always is; `taken` are beds that others
    hold, which are not among those that are there. `loose` are cases without a start: they hold it
    at some time of the day, and are in no step.
    """

    kind: Kind
    id: str
    day: int
    horizon: Horizon
    there: int
    holding: tuple[Held, ...] = ()
    waiting: tuple[Held, ...] = ()
    hours: tuple[int, int] | None = None
    taken: int = 0
    loose: tuple[str, ...] = ()
    breaches: tuple[Judged, ...] = ()

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The day cut where somebody comes or goes; stretches in which nobody is there are left out."""
        first, last = _midnights(self.horizon, self.day)
        coming: dict[int, list[tuple[int, Held]]] = defaultdict(list)
        going: dict[int, list[tuple[int, Held]]] = defaultdict(list)
        for place, some in enumerate((self.holding, self.waiting)):
            for each in some:
                coming[max(first, each.first)].append((place, each))
                going[min(last, each.last)].append((place, each))
        there: tuple[dict[Held, None], dict[Held, None]] = {}, {}
        found = []
        for start, end in pairwise(sorted({*coming, *going})):
            for place, each in going[start]:
                there[place].pop(each, None)
            for place, each in sorted(coming[start]):
                there[place][each] = None
            names = [tuple(each.case for each in some) for some in there]
            if any(names):
                found.append(Step(*self._wall(first, start, end), end - start, *names))
        return tuple(found)

    def _wall(self, midnight: int, start: int, end: int) -> tuple[int, int]:
        """Give what the clock shows on the day, midnight at its end as 24:00."""
        if self.horizon.even(self.day):
            return start - midnight, end - midnight
        begin = self.horizon.wall(start)[1]
        return begin, self.horizon.drawn(self.day, begin, end)

    @cached_property
    def peak(self) -> int:
        """The most that are held, or asked for, at once."""
        first, _ = _midnights(self.horizon, self.day)
        changes = [(max(first, each.first), 1) for each in (*self.holding, *self.waiting)]
        changes += [(each.last, -1) for each in (*self.holding, *self.waiting)]
        now = most = 0
        for _, by in sorted(changes):  # who goes is gone before who comes
            now += by
            most = max(most, now)
        return most

    @cached_property
    def sign(self) -> Sign:
        """The gravest sign; unlike bars, a lane shows soft breaches of every tier."""
        return max(map(sign_of, self.breaches), key=ORDER.index, default="")

    def over(self, step: Step) -> int:
        """Give how many more are held or asked for in a step than there are."""
        return max(0, step.asked - self.there)

    def shut(self, step: Step) -> bool:
        """Tell whether a step lies, in part, outside the hours."""
        return self.hours is not None and (step.start < self.hours[0] or step.end > self.hours[1])

    def about(self, step: Step) -> tuple[Judged, ...]:
        """Give the breaches that a step has a part in: those of all the day, and of its cases."""
        held = {*step.cases, *step.waiting}
        wrong = self.over(step) or self.shut(step) or step.waiting
        return tuple(
            each
            for each in self.breaches
            if (case := each.breach.facts.get("case")) is None or (wrong and case in held)
        )


class Thing(NamedTuple):
    """A recovery room, ward or device with a lane for each of some days."""

    kind: Kind
    id: str
    name: str
    lanes: tuple[Lane, ...]

    @property
    def sign(self) -> Sign:
        """The gravest sign of its days."""
        return max((lane.sign for lane in self.lanes), key=ORDER.index, default="")


def sign_of(judged: Judged) -> Sign:
    """Give the sign of a breach about a shared thing, whatever its tier."""
    return sign(judged) or ("soft" if judged.cost > 0 else "accepted" if judged.waived else "")


def theatre_lanes(outcome: Outcome, days: Iterable[int]) -> tuple[Thing, ...]:
    """Lay out all things that cases share on some days: recovery rooms, beds, devices."""
    made = _Maker(outcome, tuple(days))
    things = [*made.recoveries(), *made.wards(), *made.equipment()] if made.days else []
    return tuple(sorted(things, key=lambda thing: KINDS.index(thing.kind)))


class _Maker:
    """What all lanes of some days need."""

    def __init__(self, outcome: Outcome, days: tuple[int, ...]) -> None:
        self.outcome, self.days = outcome, days
        self.view, self.facts = outcome.theatre, outcome.theatre.facts
        self.problem, self.horizon = outcome.problem, outcome.problem.horizon
        self.midnights = {day: _midnights(self.horizon, day) for day in days}

    @cached_property
    def near(self) -> Sequence[Placed]:
        """The placements of all days that may reach into those shown."""
        return tuple(self._placed(min(self.days) - _REACH, max(self.days) + 1))

    def _placed(self, first: int, last: int) -> Iterator[Placed]:
        for day in range(first, last + 1):
            for session in self.facts.sessions_on.get(day, ()):
                yield from self.view.inside(session)

    @cached_property
    def breaches(self) -> Mapping[tuple[str, str, int], tuple[Judged, ...]]:
        """The breaches about shared things by what names them, id and day; none while it is audited."""
        found: dict[tuple[str, str, int], list[Judged]] = defaultdict(list)
        rule, wanted = None, False
        judged = () if self.outcome.waits else self.outcome.judgement.judged
        for each in judged:  # they stand rule by rule
            if each.rule is not rule:
                rule, wanted = each.rule, each.rule.family in _FAMILIES
            if not wanted:
                continue
            facts = each.breach.facts
            for named in _NAMED:
                if named in facts and sign_of(each):
                    for day in range(each.breach.about.first, each.breach.about.last + 1):
                        found[named, str(facts[named]), day].append(each)
        return {key: tuple(judged) for key, judged in found.items()}

    def rule(self, type_: str, **tags: frozenset[str]) -> Any:
        """Give the first rule in force of a type that means a thing, None without one."""
        known = (rule for rule in self.problem.rules if rule.type == type_ and rule.enabled)
        return next((rule for rule in known if rule.scope.holds(tags)), None)

    def by_day(self, holding: Iterable[Held]) -> Mapping[int, tuple[Held, ...]]:
        """Give what is held on each of the days, in order of time."""
        found: dict[int, list[Held]] = defaultdict(list)
        for each in sorted(holding):
            begin, end = each[:2]
            for day in range((begin - 60) // MINUTES_A_DAY, (end + 60) // MINUTES_A_DAY + 1):
                first, last = self.midnights.get(
                    day, (0, 0)
                )  # an hour off, at most, by clock changes
                if max(first, begin) < min(last, end):
                    found[day].append(each)
        return {day: tuple(there) for day, there in found.items()}

    # --- recovery rooms ---------------------------------------------------------------------------

    def recoveries(self) -> Iterator[Thing]:
        """Lay out the recovery rooms."""
        room_of = self.facts.recovery_rooms
        used: dict[str, dict[int, list[Placed]]] = defaultdict(lambda: defaultdict(list))
        for placed in self.near:
            room = room_of.get(placed.session.id)
            if room is not None and self.facts.recovery_minutes(placed.case) > 0:
                used[room.id][placed.session.day].append(placed)
        for room in self.problem.recoveries:
            rule = self.rule("recovery_posts", recovery=frozenset({room.id}), suite=room.suites)
            wait = bool(getattr(rule, "wait", 0)) and room.posts > 0
            holding: list[Held] = []
            waiting: list[Held] = []
            for together in used[room.id].values():
                if not wait or any(each.start is None for each in together):
                    holding += [at_post(self.facts, each) for each in _timed(together)]
                    continue
                for placed, end, leave in waits(self.facts, room, together):
                    holding.append(at_post(self.facts, placed, leave - end))
                    done, late = -placed.minutes, leave - end
                    waiting.append(held(self.horizon, placed, before=done, after=late))
            posts, halls = self.by_day(holding), self.by_day(waiting)
            loose = _loose_on(each for together in used[room.id].values() for each in together)
            lanes = (
                Lane(
                    "recovery", room.id, day, self.horizon, room.posts,
                    posts.get(day, ()), halls.get(day, ()), (room.start, room.end),
                    loose=loose.get(day, ()),
                    breaches=self.breaches.get(("recovery", room.id, day), ()),
                )
                for day in self.days
            )  # fmt: skip
            yield Thing("recovery", room.id, room.name, tuple(lanes))

    # --- beds and places --------------------------------------------------------------------------

    def wards(self) -> Iterator[Thing]:
        """Lay out wards and intensive care by nights, day units by the clock."""
        needed = self.nights()
        patients: dict[str, list[Placed]] = defaultdict(list)
        for placed in self.near:
            unit = unit_of(self.facts, placed.case)
            if unit is not None:
                patients[unit.id].append(placed)
        for ward in self.problem.wards:
            kind, there, hours = _ward_kind(ward), patients[ward.id], None
            if kind == "day":
                hours, held_on = (ward.start, ward.end), self.by_day(self.places(ward, there))
            else:
                held_on = {day: needed.get((ward.id, day), ()) for day in self.days}
            loose = _loose_on(there)
            lanes = (
                Lane(
                    kind, ward.id, day, self.horizon, self.facts.beds(ward, day),
                    held_on.get(day, ()), hours=hours,
                    taken=self.facts.beds_taken.get((ward.id, day), 0),
                    loose=loose.get(day, ()),
                    breaches=self.breaches.get(("ward", ward.id, day), ()),
                )
                for day in self.days
            )  # fmt: skip
            yield Thing(kind, ward.id, ward.name, tuple(lanes))

    def nights(self) -> Mapping[tuple[str, int], tuple[Held, ...]]:
        """Give who needs a bed, by ward and the day on which the night begins."""
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        longest, before = self.facts.longest_stays
        for placed in self._placed(min(self.days) - longest, max(self.days) + before):
            for ward, first, last in nights(placed.case, placed.session.day):
                for night in range(max(first, self.days[0]), min(last, self.days[-1]) + 1):
                    if night in self.midnights:
                        found[ward, night].append(placed.case.id)
        return {
            key: tuple(Held(*self.midnights[key[1]], case, key[1]) for case in there)
            for key, there in found.items()
        }

    def places(self, unit: Ward, patients: Iterable[Placed]) -> Iterator[Held]:
        """Give who holds a place of a day unit: for all its hours where no place is taken twice."""
        rule = self.rule("day_places", ward=frozenset({unit.id}))
        arrival, again = getattr(rule, "arrival", 60), getattr(rule, "again", True)
        for placed in patients if not again else _timed(patients):
            day = placed.session.day
            if again:
                yield in_unit(self.facts, placed, arrival)
            else:
                yield Held(*self.horizon.span(day, unit.start, unit.end), placed.case.id, day)

    # --- devices ----------------------------------------------------------------------------------

    def equipment(self) -> Iterator[Thing]:
        """Lay out devices and trays."""
        users: dict[str, list[Placed]] = defaultdict(list)
        for placed in self.near:
            for id in self.facts.equipment_of(placed.case):
                users[id].append(placed)
        for each in self.problem.equipment:
            used = self.by_day(with_device(self.facts, each, p) for p in _timed(users[each.id]))
            loose = _loose_on(users[each.id])
            lanes = (
                Lane(
                    "equipment", each.id, day, self.horizon, each.quantity, used.get(day, ()),
                    loose=loose.get(day, ()),
                    breaches=self.breaches.get(("equipment", each.id, day), ()),
                )
                for day in self.days
            )  # fmt: skip
            yield Thing("equipment", each.id, each.name or each.id, tuple(lanes))


def _midnights(horizon: Horizon, day: int) -> tuple[int, int]:
    """Give the elapsed minutes at which a day begins and ends."""
    return horizon.elapsed(day, 0), horizon.elapsed(day + 1, 0)


def _timed(placed: Iterable[Placed]) -> Iterator[Placed]:
    return (each for each in placed if each.start is not None)


def _loose_on(placed: Iterable[Placed]) -> Mapping[int, tuple[str, ...]]:
    """Give the cases without a start, by day."""
    found: dict[int, list[str]] = defaultdict(list)
    for each in placed:
        if each.start is None:
            found[each.session.day].append(each.case.id)
    return {day: tuple(cases) for day, cases in found.items()}


def _ward_kind(ward: Ward) -> Kind:
    return "intensive" if ward.kind == "intensive" else "day" if ward.kind == "day" else "ward"
