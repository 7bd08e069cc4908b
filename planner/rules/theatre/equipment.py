"""Devices and trays: no more in use at a time than there are (T12, T13)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.hospital import Equipment, EquipmentId
from planner.rules.blocks import About, Cells, Linear, Row, Table
from planner.rules.contract import Breach, Rule, rule
from planner.rules.crowding import Held, crowded
from planner.rules.holding import with_device
from planner.rules.hours import length, running
from planner.rules.space import Option, TheatreSpace
from planner.rules.timing import Cumulative, Stretch, TheatreDay
from planner.view import Placed, TheatreView


@rule("equipment")
@dataclass(frozen=True, kw_only=True)
class EquipmentInUse(Rule[TheatreView, TheatreSpace]):
    """A device is with one case at a time and free again its `delay` after it; a unit is a minute.

    One breach a case for which none is left, about the device, it and those that hold them all. A
    day on which one of the device's cases has no start is judged by its sum: minutes and delays
    against the time that theatres run, overtime and a last delay included, for each device.
    """

    unit, reach = "minute", None
    family, scoped = "equipment", "equipment"

    def capacity(self, facts: Facts, equipment: Equipment, day: int) -> int:
        """Give the minutes of use and delay that a day can hold."""
        return equipment.quantity * length(running(facts, day, longer=equipment.delay))

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        used: dict[EquipmentId, dict[int, list[Placed]]] = defaultdict(lambda: defaultdict(list))
        longest = max((equipment.delay for equipment in view.problem.equipment), default=0)
        for placed in view.placed_near(longest):
            for id in view.facts.equipment_of(placed.case):
                used[id][placed.session.day].append(placed)
        for equipment in self._meant(view.facts):
            timed: list[Held] = []
            for day, together in used[equipment.id].items():
                if all(placed.start is not None for placed in together):
                    timed.extend(with_device(view.facts, equipment, p) for p in together)
                    continue
                minutes = sum(placed.minutes + equipment.delay for placed in together)
                room = self.capacity(view.facts, equipment, day)
                if minutes > room:
                    about = About("equipment_full", (equipment.id,), day, day)
                    facts: dict[str, int | str] = {"used": minutes, "room": room}
                    yield Breach(about, minutes - room, facts | {"equipment": equipment.id})
            for crowd in crowded(timed, equipment.quantity):
                *others, case = crowd.cases
                about = About("equipment_short", (equipment.id, *crowd.cases), *crowd.days)
                facts = {"case": case, "others": ", ".join(others), "there": equipment.quantity}
                yield Breach(about, crowd.minutes, facts | {"equipment": equipment.id})

    def _meant(self, facts: Facts) -> Iterator[Equipment]:
        for equipment in facts.problem.equipment:
            if self.scope.holds({"equipment": frozenset({equipment.id})}):
                yield equipment

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        options: dict[EquipmentId, dict[int, list[Option]]] = defaultdict(lambda: defaultdict(list))
        for case in space.cases:
            for id in space.facts.equipment_of(case):
                days = options[id]
                for option in space.options_of(case.id):
                    days[option.session.day].append(option)
        for equipment in self._meant(space.facts):
            for day, found in options[equipment.id].items():
                load = _load(space, found, equipment.delay)
                hi = self.capacity(space.facts, equipment, day)
                about = About("equipment_full", (equipment.id,), day, day)
                given = ("in_session", "session_overtime")
                yield Linear(about, (load,), hi=hi, kind="relaxation", given=given)

    def timing(self, day: TheatreDay) -> Iterator[Cumulative]:
        users: dict[EquipmentId, list[int]] = defaultdict(list)
        for choice in day.choices:
            for id in day.facts.equipment_of(choice.case):
                users[id].append(choice.number)
        for equipment in self._meant(day.facts):
            numbers = users[equipment.id]
            if len(numbers) > equipment.quantity:
                stretches = tuple(Stretch(number, after=equipment.delay) for number in numbers)
                about = About("equipment_short", (equipment.id,), day.day, day.day)
                yield Cumulative(about, stretches, equipment.quantity)


def _load(space: TheatreSpace, options: list[Option], delay: int) -> tuple[Cells, Table]:
    return space.part(options, lambda option: option.minutes + delay)
