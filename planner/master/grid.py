"""A grid of templates as numbers: who may own what, how long, how often, with how many beds after it.

Days are those of one whole cycle of all templates, counted from its Monday: the least common multiple
of their cycles. Beds are thousandths of a bed, money is thousandths of a point: all whole numbers, so
that whoever weighs grids gets the same sums.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from planner.clock import WEEK
from planner.facts import facts
from planner.hospital import SessionTemplate, SpecialtyId, WardId
from planner.master.cycle import dates, weekday_of
from planner.master.demand import Need, needs, nights_of
from planner.master.options import MasterOptions
from planner.problem import Problem
from planner.study import Pin

Owners: TypeAlias = Mapping[str, SpecialtyId]
"""Free template → its only owner."""

MILLI: Final = 1000
MORNING, AFTERNOON = 0, 1


def pinned(pins: Iterable[Pin]) -> frozenset[str]:
    """Give the templates that somebody has pinned: their owners stay."""
    return frozenset(pin.id for pin in pins if pin.kind == "template")


class Slot(NamedTuple):
    """A template as numbers: `times` sessions in the period, on `days` of the cycle, in `halves`."""

    template: SessionTemplate
    features: frozenset[str]
    times: int
    days: tuple[int, ...]
    halves: tuple[int, ...]

    @property
    def minutes(self) -> int:
        """The length of one session."""
        return self.template.end - self.template.start


class Grid:
    """The templates of a problem, and what its waiting list, surgeons and wards ask of them."""

    def __init__(self, problem: Problem, options: MasterOptions, kept: Iterable[str] = ()) -> None:
        self.problem, self.options = problem, options
        self.facts = facts(problem)
        self.kept = frozenset(kept)
        self.weeks = math.lcm(*(each.cycle for each in problem.templates), 1)
        self.slots = tuple(self._slot(each) for each in problem.templates)
        self.free = tuple(slot for slot in self.slots if self._is_free(slot.template))
        self.present: Owners = {
            slot.template.id: next(iter(slot.template.owners)) for slot in self.free
        }

    def _slot(self, template: SessionTemplate) -> Slot:
        problem, horizon = self.problem, self.problem.horizon
        closed = {holiday.day for holiday in problem.holidays}
        after = self.facts.as_of
        days = [d for d in dates(template, horizon) if d not in closed and d > after]
        first = WEEK * (template.week - 1) + weekday_of(template)
        noon = problem.noon
        halves = ((MORNING,) if template.start < noon else ()) + (
            (AFTERNOON,) if template.end > noon else ()
        )
        return Slot(
            template,
            self.facts.theatres[template.theatre].features,
            len(days),
            tuple(range(first, WEEK * self.weeks, WEEK * template.cycle)),
            halves,
        )

    def _is_free(self, template: SessionTemplate) -> bool:
        """Tell whether the owner may change: exactly one specialty owns it, and nobody by name."""
        if template.closed or template.emergency or template.surgeon is not None:
            return False
        if template.end <= template.start:  # it never comes
            return False
        return len(template.owners) == 1 and template.id not in self.kept

    # --- what there is -----------------------------------------------------------------------

    def usable(self, slot: Slot) -> int:
        """Give the minutes of a template that cases can fill in the whole period."""
        return slot.times * (slot.minutes * self.options.fill // 100)

    @cached_property
    def fixed(self) -> tuple[tuple[Slot, SpecialtyId, int], ...]:
        """Give the templates whose owners stay, each with an owner and how many share it."""
        found = []
        for slot in self.slots:
            template = slot.template
            if template.id in self.present or template.closed or template.emergency:
                continue
            owners = sorted(template.owners)
            surgeon = self.facts.surgeons.get(template.surgeon or "")
            if not owners and surgeon is not None:
                owners = [surgeon.specialty]
            found += [(slot, owner, len(owners)) for owner in owners]
        return tuple(found)

    # --- what is asked -----------------------------------------------------------------------

    @cached_property
    def needs(self) -> Mapping[SpecialtyId, tuple[Need, ...]]:
        """Give the waiting list of each specialty, the dearest minutes first."""
        found: dict[SpecialtyId, list[Need]] = defaultdict(list)
        for need in needs(self.facts):
            found[need.specialty].append(need)
        return {specialty: tuple(each) for specialty, each in found.items()}

    @cached_property
    def specialties(self) -> tuple[SpecialtyId, ...]:
        """Give the specialties that own a template or wait for one."""
        owners = {*self.present.values(), *(owner for _, owner, _ in self.fixed)}
        return tuple(s.id for s in self.problem.specialties if s.id in owners or s.id in self.needs)

    def suits(self, slot: Slot, specialty: SpecialtyId) -> bool:
        """Tell whether a specialty may own a free template: it does, or it has cases for the room."""
        if self.present.get(slot.template.id) == specialty:
            return True
        return any(need.features <= slot.features for need in self.needs.get(specialty, ()))

    def minimum(self, specialty: SpecialtyId) -> int:
        """Give the minutes of free templates a cycle that a specialty keeps at least."""
        now = sum(
            self.cycle_minutes(slot)
            for slot in self.free
            if self.present[slot.template.id] == specialty
        )
        return now * self.options.kept(specialty) // 100

    def cycle_minutes(self, slot: Slot) -> int:
        """Give the minutes of a template in one whole cycle."""
        return len(slot.days) * slot.minutes

    # --- beds --------------------------------------------------------------------------------

    @cached_property
    def _use(self) -> Mapping[SpecialtyId, float]:
        """Give the share of its sessions that each specialty fills: `fill`, or what its list is worth."""
        offered: dict[SpecialtyId, int] = defaultdict(int)
        for slot in self.free:
            offered[self.present[slot.template.id]] += slot.times * slot.minutes
        for slot, owner, sharers in self.fixed:
            offered[owner] += slot.times * slot.minutes // sharers
        full = self.options.fill / 100
        return {
            s: min(full, sum(need.minutes for need in self.needs.get(s, ())) / offered[s])
            if offered[s]
            else full
            for s in self.specialties
        }

    @cached_property
    def _nights(self) -> Mapping[SpecialtyId, Mapping[tuple[WardId, int], float]]:
        return nights_of(self.facts)

    def beds(self, slot: Slot, specialty: SpecialtyId) -> Mapping[tuple[WardId, int], int]:
        """Give the beds that a template of a specialty fills, by ward and day of the cycle, × 1000."""
        length = WEEK * self.weeks
        exact: dict[tuple[WardId, int], float] = defaultdict(float)
        cases = slot.minutes * self._use[specialty]
        for (ward, after), rate in self._nights.get(specialty, {}).items():
            for day in slot.days:
                exact[ward, (day + after) % length] += rate * cases
        return {key: round(MILLI * beds) for key, beds in sorted(exact.items())}

    @cached_property
    def fixed_beds(self) -> Mapping[tuple[WardId, int], int]:
        """Give the beds that the templates whose owners stay fill."""
        found: dict[tuple[WardId, int], int] = defaultdict(int)
        for slot, owner, sharers in self.fixed:
            for key, beds in self.beds(slot, owner).items():
                found[key] += beds // sharers
        return found

    def shut(self, ward: WardId, day: int) -> bool:
        """Tell whether a ward is shut on a day of the cycle."""
        return day % WEEK not in self.facts.wards[ward].open

    # --- surgeons ----------------------------------------------------------------------------

    @cached_property
    def _windows(self) -> tuple[tuple[int, int], tuple[int, int]]:
        noon = self.problem.noon
        first = min((slot.template.start for slot in self.slots), default=0)
        last = max((slot.template.end for slot in self.slots), default=1440)
        return (min(first, noon - 1), noon), (noon, max(last, noon + 1))

    @cached_property
    def hands(self) -> Mapping[tuple[SpecialtyId, int, int], int]:
        """Give how many theatres a specialty's surgeons can run on a half-day of the cycle.

        The mean over the days of the period, rounded; all of them where the period has no such day.
        """
        horizon, found = self.problem.horizon, {}
        dates: dict[int, list[int]] = defaultdict(list)
        for day in range(horizon.days):
            dates[day - horizon.block(day, self.weeks)].append(day)
        for specialty in self.specialties:
            team = [each for each in self.problem.surgeons if each.specialty == specialty]
            for day in range(WEEK * self.weeks):
                for half in (MORNING, AFTERNOON):
                    days = dates[day]
                    there = sum(
                        surgeon.rooms * self._there(surgeon.id, date, half)
                        for surgeon in team
                        for date in days
                    )
                    everybody = sum(surgeon.rooms for surgeon in team)
                    mean = (2 * there + len(days)) // (2 * len(days)) if days else everybody
                    found[specialty, day, half] = mean
        return found

    def _there(self, surgeon: str, day: int, half: int) -> bool:
        """Tell whether a surgeon is there for more than half of a half-day."""
        first, last = self._windows[half]
        away = sum(
            max(0, min(last, end) - max(first, start))
            for start, end in self.facts.away(surgeon, day)
        )
        return 2 * away < last - first

    def limits(self) -> Mapping[tuple[SpecialtyId, int, int], tuple[int, int]]:
        """Give the most free templates of a specialty on a half-day of the cycle.

        Those whose owners stay are taken off already. What stands now may stay.
        """
        fixed = self._count((slot, owner) for slot, owner, _ in self.fixed)
        now = self._count((slot, self.present[slot.template.id]) for slot in self.free)
        return {
            key: (max(hands - fixed[key], now[key]), hands) for key, hands in self.hands.items()
        }

    @staticmethod
    def _count(
        owned: Iterable[tuple[Slot, SpecialtyId]],
    ) -> defaultdict[tuple[SpecialtyId, int, int], int]:
        found: defaultdict[tuple[SpecialtyId, int, int], int] = defaultdict(int)
        for slot, owner in owned:
            for day in slot.days:
                for half in slot.halves:
                    found[owner, day, half] += 1
        return found
