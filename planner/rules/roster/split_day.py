"""Days of two duties or more: how far apart they lie, how many, and how short they may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from planner.rostering import ShiftType
from planner.rules.blocks import About, Feature, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("split_day")
@dataclass(frozen=True, kw_only=True)
class SplitDay(Rule[RosterView, RosterSpace]):
    """Two duties with `tag` that start on one day lie within `most` minutes, and neither is too short.

    Each lasts `least` or more; a day has `spells` of them at most. The times of the shifts are meant,
    as on a day without a clock change. A unit is a pair of duties, or a spell too many.
    """

    tag: str = shift_tag("work")
    most: int = whole(630, unit="minute", low=60, high=2880)
    spells: int = whole(2, unit="duty", low=1, high=6)
    least: int = whole(180, unit="minute", high=1440)
    unit, reach = "duty", "person"
    family = "hours"

    def wide(self, one: ShiftType, two: ShiftType) -> bool:
        """Tell whether two shifts are further apart than allowed, or one is too short."""
        length = max(one.end, two.end) - min(one.start, two.start)
        return length > self.most or min(one.end - one.start, two.end - two.start) < self.least

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        tagged = view.facts.shift_ids(self.tag)
        for person in view.people(self.scope):
            for day in range(view.horizon.days):
                here = [shift for shift in view.shifts(person.id, day) if shift.id in tagged]
                if len(here) < 2:
                    continue
                pairs = sum(self.wide(one, two) for one, two in combinations(here, 2))
                shifts = "+".join(shift.id for shift in here)
                if pairs:
                    about = About("split_wide", (person.id,), day, day)
                    facts = {"most": self.most, "least": self.least}
                    yield Breach(about, pairs, {**facts, "shifts": shifts})
                if len(here) > self.spells:
                    about = About("split_many", (person.id,), day, day)
                    off = len(here) - self.spells
                    yield Breach(about, off, {"spells": self.spells, "shifts": shifts})

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        tagged = [
            shift for shift in space.problem.shifts if shift.id in space.facts.shift_ids(self.tag)
        ]
        ones = space.ones(frozenset(shift.id for shift in tagged))
        many = len({shift.track for shift in tagged}) > self.spells
        for person in space.people(self.scope):
            for day in range(space.last + 1):
                pairs = list(self._pairs(space, person.id, day, tagged))
                if pairs:
                    about = About("split_wide", (person.id,), day, day)
                    yield Linear(about, features=tuple((pair, 1) for pair in pairs), hi=0)
                if many:
                    about = About("split_many", (person.id,), day, day)
                    cells = space.cells_on(person.id, day)
                    yield Linear(about, ((cells, ones),), hi=self.spells)

    def _pairs(
        self, space: RosterSpace, person: str, day: int, tagged: list[ShiftType]
    ) -> Iterator[Feature]:
        """Give the pairs that clash, those of one shift together."""
        for one in tagged:
            for track in space.tracks[space.tracks.index(one.track) + 1 :]:
                others = [two for two in tagged if two.track == track and self.wide(one, two)]
                if others:
                    first = space.by_day(person, (one.track,))[day]
                    second = space.by_day(person, (track,))[day]
                    codes = space.code_set(two.id for two in others)
                    yield space.feature(((first, space.code_set((one.id,))), (second, codes)))
