"""Wishes of the staff: this shift or not, work or a day off."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.people import Request
from planner.rules.blocks import About, Cells, Codes, Linear, Price, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import OFF, RosterSpace
from planner.view import RosterView


@rule("request")
@dataclass(frozen=True, kw_only=True)
class Requests(Rule[RosterView, RosterSpace]):
    """Wishes of the staff are met; a unit is a point, a wish refused costs its own `weight`.

    A wish for any shift is met by any shift on any track; one for no shift by a day without any.
    """

    unit, reach = "point", "person"
    family = "requests"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            refused: dict[About, list[Request]] = defaultdict(list)
            for wish in view.facts.requests.get(person.id, ()):
                if not (0 <= wish.day <= view.horizon.last and wish.weight > 0):
                    continue
                there = [shift.id for shift in view.shifts(person.id, wish.day)]
                met = bool(there) if wish.shift is None else wish.shift in there
                if met != wish.wanted:
                    refused[_about(wish)].append(wish)
            for about, found in refused.items():
                shifts = ", ".join(sorted(wish.shift or "" for wish in found))
                yield Breach(about, sum(wish.weight for wish in found), {"shift": shifts})

    def prices(self, space: RosterSpace) -> Iterator[Price]:
        for about, wishes in self._items(space).items():
            cells = _cells(space, wishes[0])
            if len(wishes) == len(cells) == 1:
                yield Price(about.what, cells, _refusal(space, wishes[0]), wishes[0].weight)

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for about, wishes in self._items(space).items():
            if len(wishes) > 1 or len(_cells(space, wishes[0])) > 1:
                terms, free = [], 0
                for wish in wishes:
                    met_by_off = wish.shift is None and not wish.wanted
                    codes = ~_refusal(space, wish) if met_by_off else _refusal(space, wish)
                    feature = space.feature(((_cells(space, wish), codes),))
                    terms.append((feature, -wish.weight if met_by_off else wish.weight))
                    free += wish.weight if met_by_off else 0
                yield Linear(about, features=tuple(terms), hi=-free)

    def _items(self, space: RosterSpace) -> dict[About, list[Request]]:
        meant = {person.id for person in space.people(self.scope)}
        items: dict[About, list[Request]] = defaultdict(list)
        for wish in space.problem.requests:
            if wish.person in meant and 0 <= wish.day <= space.last and wish.weight:
                items[_about(wish)].append(wish)
        return items


def _about(wish: Request) -> About:
    if wish.shift is None:
        what = "wish_work" if wish.wanted else "wish_off"
    else:
        what = "wish_shift" if wish.wanted else "wish_no_shift"
    return About(what, (wish.person,), wish.day, wish.day)


def _cells(space: RosterSpace, wish: Request) -> Cells:
    """Give the cells that a wish is about: that of its shift's track, or all of the day."""
    track = None if wish.shift is None else space.facts.shifts[wish.shift].track
    return space.cells_on(wish.person, wish.day, track=track)


def _refusal(space: RosterSpace, wish: Request) -> Codes:
    """Give the codes that refuse a wish, in each of its cells."""
    asked = Codes(frozenset({OFF})) if wish.shift is None else space.code_set((wish.shift,))
    return ~asked if wish.wanted == (wish.shift is not None) else asked
