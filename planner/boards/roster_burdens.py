"""Nights and weekends of each person beside her fair share, with the past that is known.

The fair share is of what those of the same role and team bore together, in this period and in their
known past, by working time and days there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from planner.clock import SATURDAY, SUNDAY
from planner.facts import Facts
from planner.kpis.burden import NIGHT, may_work_nights
from planner.people import StaffMember
from planner.roster_view import RosterView

BURDENS: Final = ("nights", "weekends")


class Share(NamedTuple):
    """What a person bears of a burden: in this period, before it, and her fair share of both.

    `past`: days before the period of which it is known what she did.
    """

    here: int
    before: int
    fair: float
    past: int

    @property
    def off(self) -> int:
        """How much more (or less) than her fair share, as a whole number."""
        return round(self.here + self.before - self.fair)


class _Past(NamedTuple):
    """What is known of a person before the period: nights, Mondays of weekends, days known and there."""

    nights: int
    weekends: frozenset[int]
    days: int
    there: int


class _Count(NamedTuple):
    nights: int
    weekends: frozenset[int]


class Burdens:
    """Shares by person; what an edit left alone is kept from `like`, all but those of `fresh`."""

    def __init__(
        self,
        view: RosterView,
        like: "Burdens | None" = None,
        fresh: Iterable[str] | None = None,
    ) -> None:
        self.view, self.facts = view, view.facts
        staff = view.problem.staff
        self._past: Mapping[str, _Past]
        self._weight: Mapping[str, int]
        self._here: Mapping[str, _Count]
        near = like is not None and like.facts is view.facts
        if near and like is not None:
            self._past, self._weight = like._past, like._weight  # noqa: SLF001 - others of its kind
        else:
            self._past = {person.id: _past(view, person) for person in staff}
            self._weight = {p.id: p.share * _there(self.facts, p, self._past[p.id]) for p in staff}
        if near and like is not None and fresh is not None:
            again = self.facts.staff.keys() & set(fresh)
            self._here = {**like._here, **{id: _here(view, id) for id in again}}  # noqa: SLF001
        else:
            self._here = {person.id: _here(view, person.id) for person in staff}
        self._shares: dict[str, Mapping[str, Share]] = {}

    def of(self, burden: str) -> Mapping[str, Share]:
        """Give the shares of a burden by person, of those who may bear it and are there at all."""
        found = self._shares.get(burden)
        if found is None:
            found = self._shares[burden] = dict(self._shared(burden))
        return found

    @property
    def known(self) -> tuple[str, ...]:
        """The burdens that there are on this roster."""
        return tuple(burden for burden in BURDENS if self.of(burden))

    def _shared(self, burden: str) -> Iterable[tuple[str, Share]]:
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for person in self.view.problem.staff:
            if self._weight[person.id] and (burden != "nights" or self._may(person)):
                groups[person.role, person.team].append(person.id)
        if burden == "weekends" and not self._weekends():
            return
        for group in groups.values():
            borne = {id: self._borne(burden, id) for id in group}
            total = sum(here + before for here, before in borne.values())
            weights = sum(self._weight[id] for id in group)
            for id, (here, before) in borne.items():
                fair = total * self._weight[id] / weights
                yield id, Share(here, before, fair, self._past[id].days)

    def _borne(self, burden: str, person: str) -> tuple[int, int]:
        here, past = self._here[person], self._past[person]
        if burden == "nights":
            return here.nights, past.nights
        return len(here.weekends), len(past.weekends - here.weekends)

    def _may(self, person: StaffMember) -> bool:
        return may_work_nights(self.facts, person)

    def _weekends(self) -> bool:
        horizon = self.facts.horizon
        return any(horizon.weekday(day) >= SATURDAY for day in range(horizon.days))


def _here(view: RosterView, person: str) -> _Count:
    return _counted(view, person, range(view.horizon.days))


def _counted(view: RosterView, person: str, days: Iterable[int]) -> _Count:
    nights, weekends = 0, set()
    for day in days:
        shifts = view.shifts(person, day)
        if shifts:
            nights += any(NIGHT in shift.tags for shift in shifts)
            if view.horizon.weekday(day) in (SATURDAY, SUNDAY):
                weekends.add(view.horizon.monday(day))
    return _Count(nights, frozenset(weekends))


def _past(view: RosterView, person: StaffMember) -> _Past:
    known = [day for day in range(view.first_known(person.id), 0) if view.known(person.id, day)]
    nights, weekends = _counted(view, person.id, known)
    there = sum(not view.facts.off(person.id, day) for day in known)
    return _Past(nights, weekends, len(known), there)


def _there(facts: Facts, person: StaffMember, past: _Past) -> int:
    """Count the days on which a person is there, in the period and in her known past."""
    days = range(facts.horizon.days)
    return past.there + sum(not facts.off(person.id, day) for day in days)
