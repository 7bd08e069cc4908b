"""Moments at which an emergency can come in between two cases (T30)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from planner.facts import Facts
from planner.fields import time
from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.space import TheatreSpace
from planner.rules.timing import LargestGap, TheatreDay
from planner.view import Placed, TheatreView


@rule("break_in")
@dataclass(frozen=True, kw_only=True)
class BreakIn(Rule[TheatreView, TheatreSpace]):
    """In each suite a case ends within `most` minutes of the one before; a unit is a minute beyond.

    From the first start of the day on, and as far as the gap lies between `since` and `until`: when a
    case ends its theatre is free for an emergency. One breach a suite and day. A day of a suite on
    which a case has no start is not judged. The search is told by a guess at each quarter of an hour:
    the audit judges.
    """

    most: int = whole(45, unit="minute", low=5, high=600)
    since: int = time(480)
    until: int = time(1080)
    unit, reach = "minute", None
    family, scoped = "sessions", "session"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        theatres, tags = view.facts.theatres, view.facts.session_tags
        days: dict[tuple[int, str], list[Placed]] = defaultdict(list)
        for placed in view.placed_near():
            session = placed.session
            if self.scope.holds(tags[session.id]):
                days[session.day, theatres[session.theatre].suite].append(placed)
        for (day, suite), together in days.items():
            starts = [placed.begin for placed in together if placed.begin is not None]
            ends = [placed.over for placed in together if placed.over is not None]
            if len(starts) < len(together):
                continue
            since, until = self._hours(view.facts, day)
            gaps = [
                (max(since, one), min(until, other))
                for one, other in pairwise([min(starts), *sorted(ends)])
            ]
            beyond = sum(max(0, end - begin - self.most) for begin, end in gaps)
            if beyond > 0:
                begin, end = max(gaps, key=lambda gap: gap[1] - gap[0])
                facts: dict[str, int | str] = {"suite": suite}
                facts["begins"] = view.facts.clock(day, begin)
                facts["ends"] = view.facts.clock(day, end)
                facts |= {"longest": end - begin, "most": self.most, "day": day}
                yield Breach(About("break_in", (suite,), day, day), beyond, facts)

    def _hours(self, facts: Facts, day: int) -> tuple[int, int]:
        return facts.passed(day, self.since), facts.passed(day, self.until)

    def timing(self, day: TheatreDay) -> Iterator[LargestGap]:
        meant = {session.id for session in day.sessions_in(self.scope)}
        suites: dict[str, list[int]] = defaultdict(list)
        for choice in day.choices:
            if choice.session.id in meant:
                suite = day.facts.theatres[choice.session.theatre].suite
                suites[suite].append(choice.number)
        for suite, numbers in suites.items():
            about = About("break_in", (suite,), day.day, day.day)
            yield LargestGap(about, tuple(numbers), *self._hours(day.facts, day.day), self.most)
