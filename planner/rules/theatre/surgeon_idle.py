"""Surgeons do not wait between their cases of a day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, rule
from planner.rules.hands import spared
from planner.rules.holding import operating
from planner.rules.space import TheatreSpace
from planner.rules.timing import Idle, Stretch, TheatreDay
from planner.view import TheatreView


@rule("surgeon_idle")
@dataclass(frozen=True, kw_only=True)
class SurgeonIdle(Rule[TheatreView, TheatreSpace]):
    """From her first start to her last end of a day a surgeon operates; a unit is a minute not.

    Her cases' minutes are taken off the whole stretch, never below 0 where they overlap. Of one who
    has two theatres the critical parts alone count: while another opens or closes she is not needed.
    A day on which one of her cases has no start is not judged: the earliest clock has no idle minute.
    """

    unit, reach = "minute", None
    family, scoped = "comfort", "surgeon"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for (surgeon, day), together in view.surgeon_days().items():
            if len(together) < 2 or not self.scope.holds(view.facts.surgeon_tags[surgeon]):
                continue
            parts = [part for p in together if (part := operating(view.facts, p, surgeon))]
            if len(parts) < len(together):
                continue
            starts, ends = [begin for begin, _ in parts], [end for _, end in parts]
            idle = max(ends) - min(starts) - sum(end - begin for begin, end in parts)
            if idle > 0:
                about = About("surgeon_idle", (surgeon,), day, day)
                facts: dict[str, int | str] = {"surgeon": surgeon, "day": day}
                facts["begins"] = view.facts.clock(day, min(starts))
                facts["ends"] = view.facts.clock(day, max(ends))
                yield Breach(about, idle, facts)

    def timing(self, day: TheatreDay) -> Iterator[Idle]:
        parts: dict[str, list[Stretch]] = defaultdict(list)
        for choice in day.choices:
            if choice.surgeon is not None:
                opening, closing = spared(day.facts, choice.case, choice.surgeon)
                stretch = Stretch(choice.number, before=-opening, after=-closing)
                parts[choice.surgeon].append(stretch)
        for surgeon, found in parts.items():
            if len(found) > 1 and self.scope.holds(day.facts.surgeon_tags[surgeon]):
                about = About("surgeon_idle", (surgeon,), day.day, day.day)
                yield Idle(about, tuple(found))
