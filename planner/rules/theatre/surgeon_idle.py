"""Surgeons do not wait between their cases of a day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import TheatreSpace
from planner.rules.timing import Idle, TheatreDay
from planner.view import TheatreView


@rule("surgeon_idle")
@dataclass(frozen=True, kw_only=True)
class SurgeonIdle(Rule[TheatreView, TheatreSpace]):
    """From her first start to her last end of a day a surgeon operates; a unit is a minute not.

    Her cases' minutes are taken off the whole stretch, never below 0 where they overlap. A day on
    which one of her cases has no start is not judged: the earliest clock has no idle minute.
    """

    unit, reach = "minute", None
    family, scoped = "comfort", "surgeon"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for (surgeon, day), together in view.surgeon_days().items():
            starts = [placed.begin for placed in together if placed.begin is not None]
            if len(starts) < len(together) or len(starts) < 2:
                continue
            if not self.scope.holds(view.facts.surgeon_tags[surgeon]):
                continue
            ends = [placed.over for placed in together if placed.over is not None]
            idle = max(ends) - min(starts) - sum(placed.minutes for placed in together)
            if idle > 0:
                about = About("surgeon_idle", (surgeon,), day, day)
                facts: dict[str, int | str] = {"surgeon": surgeon, "day": day}
                facts["begins"] = view.facts.clock(day, min(starts))
                facts["ends"] = view.facts.clock(day, max(ends))
                yield Breach(about, idle, facts)

    def timing(self, day: TheatreDay) -> Iterator[Idle]:
        numbers: dict[str, list[int]] = defaultdict(list)
        for choice in day.choices:
            if choice.surgeon is not None:
                numbers[choice.surgeon].append(choice.number)
        for surgeon, found in numbers.items():
            if len(found) > 1 and self.scope.holds(day.facts.surgeon_tags[surgeon]):
                about = About("surgeon_idle", (surgeon,), day.day, day.day)
                yield Idle(about, tuple(found))
