"""Surgeons who share sessions have fair shares of them (T42)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.space import TheatreSpace
from planner.shares import fair_minutes, shared
from planner.view import TheatreView


@rule("fair_share")
@dataclass(frozen=True, kw_only=True)
class FairShare(Rule[TheatreView, TheatreSpace]):
    """No surgeon has more than her fair minutes of the shared sessions and `tolerance` on top.

    A unit is a minute more; beyond twice the tolerance a soft rule counts each twice. What is fair
    is said by `planner.shares`, over the whole horizon and from the waiting list alone, so that it is
    the same for every plan. Sessions of a surgeon's own are no share.
    """

    tolerance: int = whole(20, unit="per cent", high=200)
    unit, reach = "minute", None
    family, scoped = "surgeons", "surgeon"

    def most(self, fair: int, times: int = 1) -> int:
        """Give the minutes above which a surgeon has too many."""
        return fair * (100 + times * self.tolerance) // 100

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        used: dict[str, int] = defaultdict(int)
        for placed in view.all_placed():
            if placed.surgeon is not None and shared(placed.session):
                used[placed.surgeon] += placed.minutes
        for surgeon, fair in fair_minutes(view.facts).items():
            more = used[surgeon] - self.most(fair)
            if more > 0 and self.scope.holds(view.facts.surgeon_tags[surgeon]):
                steep = 0 if self.hard else max(0, used[surgeon] - self.most(fair, 2))
                about = About("more_than_fair", (surgeon,), 0, view.horizon.last)
                facts: dict[str, int | str] = {"surgeon": surgeon, "used": used[surgeon]}
                facts |= {"fair": fair, "more": more}
                yield Breach(about, more + steep, facts)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        for surgeon, fair in fair_minutes(space.facts).items():
            if not self.scope.holds(space.facts.surgeon_tags[surgeon]):
                continue
            table: dict[int, int] = {}
            longest: dict[int, int] = defaultdict(int)
            for column in space.with_surgeon(surgeon).values():
                if shared(column.session):
                    table.update(zip(column.codes, column.minutes, strict=True))
                    for cell, minutes in zip(column.cells, column.minutes, strict=True):
                        longest[cell] = max(longest[cell], minutes)
            if sum(longest.values()) <= self.most(fair):
                continue  # not even all of her cases would be too many
            about = About("more_than_fair", (surgeon,), 0, space.problem.horizon.last)
            hi, knee = self.most(fair), None if self.hard else self.most(fair, 2)
            yield Linear(
                about, ((tuple(longest), table),), hi=hi, knee=knee, beyond=int(not self.hard)
            )
