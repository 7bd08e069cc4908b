"""How many people a day needs on some shifts: too few, fewer than best, too many."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rostering import CoverRequirement
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("coverage")
@dataclass(frozen=True, kw_only=True)
class Coverage(Rule[RosterView, RosterSpace]):
    """Each cover requirement has its `least`, its `best`, or no more than its `most` people.

    A unit is a point: `price_below` a person missing, `price_above` a person too many. People of
    the scope count who have the skill and any of the shifts on that day, each once.
    """

    level: str = choice("least", "least", "best", "most")
    unit = "point"
    family, scoped = "cover", "person"

    def bound(self, need: CoverRequirement) -> int | None:
        """Give the number of people that this rule asks of a requirement, None: any number."""
        return {"least": need.least, "best": need.best, "most": need.most}[self.level]

    def about(self, need: CoverRequirement) -> About:
        """Give the item of a requirement; the sentence names the skill where there is one."""
        skilled = "" if need.skill is None else "_skill"
        return About(f"cover_{self.level}{skilled}", (need.id,), need.day, need.day)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for need in view.needs():
            bound = self.bound(need)
            if bound is None:
                continue
            present: set[str] = set()
            for shift in need.shifts:
                present |= view.at_work(need.day, shift)
            there = len(present & view.able(self.scope, need.skill))
            if self.level == "most":
                off, price = there - bound, need.price_above
            else:
                off, price = bound - there, need.price_below
            if off > 0 and price > 0:
                numbers = {"n": off, "needed": bound, "there": there}
                words = {"skill": need.skill or "", "shifts": ", ".join(sorted(need.shifts))}
                yield Breach(self.about(need), off * price, {**numbers, **words})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        able: dict[str | None, list[str]] = {}
        for need in space.problem.cover:
            bound = self.bound(need)
            if bound is None or not 0 <= need.day <= space.last:
                continue
            if need.skill not in able:
                people = space.people(self.scope)
                able[need.skill] = [p.id for p in people if need.skill in (None, *p.abilities)]
            ids, tracks = able[need.skill], space.tracks_of(need.shifts)
            row = Linear(self.about(need))
            if len(tracks) == 1:  # nobody counts twice on one track
                cells = tuple(
                    c for c in (space.cell(id, tracks[0], need.day) for id in ids) if c is not None
                )
                row = row._replace(parts=((cells, space.ones(need.shifts)),))
            else:
                none = [space.none_of(id, need.day, need.day, need.shifts) for id in ids]
                row = row._replace(features=tuple((feature, -1) for feature in none))
                bound -= len(ids)
            if self.level == "most":
                yield row._replace(hi=bound, each=need.price_above)
            else:
                yield row._replace(lo=bound, each=need.price_below)
