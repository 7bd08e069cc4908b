"""The day unit has a place for each of its patients (T28)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.hospital import Ward, WardId
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, flag, rule, whole
from planner.rules.crowding import crowded
from planner.rules.day_units import minutes_after, unit_of
from planner.rules.holding import in_unit
from planner.rules.space import Option, TheatreSpace
from planner.rules.timing import Cumulative, Stretch, TheatreDay
from planner.view import Placed, TheatreView


@rule("day_places")
@dataclass(frozen=True, kw_only=True)
class DayPlaces(Rule[TheatreView, TheatreSpace]):
    """A day case takes a place of its unit from `arrival` before the case until it goes home.

    That is the recovery and the procedure's stay after the case. A unit is a minute of a patient too
    many; one breach a patient for whom no place is left. With `again` a place is taken by the next
    patient when one has left, else by one a day: one too many counts for all opening hours. A day on
    which a patient of the unit has no start is judged by its sum: minutes of places against places ×
    hours, from the first arrival that a session's start allows.
    """

    arrival: int = whole(60, unit="minute", high=480)
    again: bool = flag(True)
    unit, reach = "minute", None
    family, scoped = "recovery_beds", "ward"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for unit in self._meant(view.facts):
            for day in view.days:
                patients = [
                    placed
                    for session in view.facts.sessions_on.get(day, ())
                    for placed in view.inside(session)
                    if unit_of(view.facts, placed.case) is unit
                ]
                places = view.facts.beds(unit, day)
                if not patients:
                    continue
                if not self.again:
                    yield from self._too_many(view.facts, unit, day, len(patients))
                elif all(placed.start is not None for placed in patients):
                    yield from self._short(view, unit, patients, places)
                else:
                    yield from self._full(view.facts, unit, day, patients)

    def _too_many(self, known: Facts, unit: Ward, day: int, patients: int) -> Iterator[Breach]:
        places = known.beds(unit, day)
        amount = (patients - places) * _open(known, unit, day)
        if amount > 0:
            facts: dict[str, int | str] = {"ward": unit.id, "day": day, "patients": patients}
            yield Breach(
                About("unit_many", (unit.id,), day, day), amount, facts | {"places": places}
            )

    def _short(
        self, view: TheatreView, unit: Ward, patients: list[Placed], places: int
    ) -> Iterator[Breach]:
        stays = [in_unit(view.facts, placed, self.arrival) for placed in patients]
        for crowd in crowded(stays, places):
            *others, case = crowd.cases
            about = About("unit_short", (unit.id, *crowd.cases), *crowd.days)
            facts: dict[str, int | str] = {"case": case, "others": ", ".join(others)}
            yield Breach(about, crowd.minutes, facts | {"ward": unit.id, "places": places})

    def _full(self, facts: Facts, unit: Ward, day: int, patients: list[Placed]) -> Iterator[Breach]:
        used = sum(
            self.arrival + placed.minutes + minutes_after(facts, placed.case) for placed in patients
        )
        room = self._room(facts, unit, day)
        if used > room:
            told: dict[str, int | str] = {"ward": unit.id, "used": used, "room": room}
            yield Breach(About("unit_full", (unit.id,), day, day), used - room, told)

    def _meant(self, facts: Facts) -> Iterator[Ward]:
        for ward in facts.problem.wards:
            if ward.kind == "day" and self.scope.holds({"ward": frozenset({ward.id})}):
                yield ward

    def _room(self, facts: Facts, unit: Ward, day: int) -> int:
        """Give the minutes of all places from the first possible arrival until the unit closes."""
        starts = [facts.opens(session) - self.arrival for session in facts.sessions_on.get(day, ())]
        opens, closes = facts.passed(day, unit.start), facts.passed(day, unit.end)
        return facts.beds(unit, day) * max(0, closes - min([opens, *starts]))

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        options: dict[tuple[WardId, int], list[Option]] = defaultdict(list)
        for case in space.cases:
            unit = unit_of(space.facts, case)
            if unit is not None:
                for option in space.options_of(case.id):
                    options[unit.id, option.session.day].append(option)
        for unit in self._meant(space.facts):
            for day in range(space.problem.horizon.days):
                if (unit.id, day) in options:
                    yield self._row(space, unit, day, options[unit.id, day])

    def _row(self, space: TheatreSpace, unit: Ward, day: int, options: list[Option]) -> Linear:
        if not self.again:
            about, load = About("unit_many", (unit.id,), day, day), space.part(options, lambda _: 1)
            return Linear(
                about, (load,), hi=space.facts.beds(unit, day), each=_open(space.facts, unit, day)
            )
        after = {o.case.id: minutes_after(space.facts, o.case) for o in options}
        about = About("unit_full", (unit.id,), day, day)
        load = space.part(options, lambda o: self.arrival + o.minutes + after[o.case.id])
        hi, given = self._room(space.facts, unit, day), ("in_session", "day_unit_hours")
        return Linear(about, (load,), hi=hi, kind="relaxation", given=given)

    def timing(self, day: TheatreDay) -> Iterator[Cumulative]:
        stays: dict[WardId, list[Stretch]] = defaultdict(list)
        for choice in day.choices if self.again else ():
            unit, after = unit_of(day.facts, choice.case), minutes_after(day.facts, choice.case)
            if unit is not None:
                stays[unit.id].append(Stretch(choice.number, before=self.arrival, after=after))
        for unit in self._meant(day.facts):
            places = day.facts.beds(unit, day.day)
            if len(stays[unit.id]) > places:
                about = About("unit_short", (unit.id,), day.day, day.day)
                yield Cumulative(about, tuple(stays[unit.id]), places)


def _open(facts: Facts, unit: Ward, day: int) -> int:
    return max(0, facts.passed(day, unit.end) - facts.passed(day, unit.start))
