"""The roster beside the one that was published: which days stand, and whose day is another."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from planner.live import difference
from planner.plan import Plan


class Published(NamedTuple):
    """What was published of a roster: the days that stand, and shifts that were published where not.

    Days in neither are drafts: nothing was published.
    """

    same: frozenset[int] = frozenset()
    other: frozenset[int] = frozenset()
    shifts: Mapping[tuple[str, int], tuple[str, ...]] = {}

    def people(self) -> frozenset[str]:
        """Give those who have other duties than were published."""
        return frozenset(person for person, _ in self.shifts)


def beside_published(plan: Plan, published: Plan | None, days: range) -> Published:
    """Compare a roster with the published one; a plan without duties published no roster."""
    if published is None or not published.days:
        return Published()
    apart = {(str(duty.person), duty.day) for duty in difference(published, plan).duties}
    apart = {place for place in apart if place[1] in days}
    told: dict[tuple[str, int], list[str]] = defaultdict(list)
    for partition in published.days if apart else ():
        for duty in partition:
            if (str(duty.person), duty.day) in apart:
                told[str(duty.person), duty.day].append(str(duty.shift))
    shifts = {place: tuple(sorted(told.get(place, ()))) for place in apart}
    other = frozenset(day for _, day in apart)
    return Published(frozenset(days) - other, other, shifts)
