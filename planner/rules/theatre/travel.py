"""The way from one suite to another (T39)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.crowding import held, overlaps
from planner.rules.space import TheatreSpace
from planner.rules.timing import NeverBoth, Stretch, TheatreDay
from planner.view import Placed, TheatreView


@rule("travel")
@dataclass(frozen=True, kw_only=True)
class Travel(Rule[TheatreView, TheatreSpace]):
    """A surgeon has `way` minutes between a case in one suite and her next in another.

    A unit is a minute too few; one breach a pair of cases. Placements without a start are not judged.
    """

    way: int = whole(15, unit="minute", high=240)
    unit, reach = "minute", "case"
    family, scoped = "surgeons", "surgeon"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        started: dict[str, list[Placed]] = defaultdict(list)
        for (surgeon, _), together in view.surgeon_days(self.way).items():
            if self.scope.holds(view.facts.surgeon_tags[surgeon]):
                started[surgeon] += (placed for placed in together if placed.start is not None)
        theatres = view.facts.theatres
        for surgeon, mine in started.items():
            suites: dict[str, str] = {p.case.id: theatres[p.session.theatre].suite for p in mine}
            if len(set(suites.values())) < 2:
                continue
            for pair in overlaps(held(view.horizon, each, after=self.way) for each in mine):
                other, case = pair.cases
                if suites[other] != suites[case]:
                    about = About("travel", (surgeon, *pair.cases), *pair.days)
                    facts: dict[str, int | str] = {"surgeon": surgeon, "case": case, "other": other}
                    facts |= {"suite": suites[case], "elsewhere": suites[other], "way": self.way}
                    yield Breach(about, pair.minutes, facts)

    def timing(self, day: TheatreDay) -> Iterator[NeverBoth]:
        theatres = day.facts.theatres
        stretches: dict[str, dict[str, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
        for choice in day.choices:
            if choice.surgeon is not None:
                suite = theatres[choice.session.theatre].suite
                stretch = Stretch(choice.number, after=self.way)
                stretches[choice.surgeon][suite].append(stretch)
        for surgeon, suites in stretches.items():
            if self.scope.holds(day.facts.surgeon_tags[surgeon]):
                about = About("travel", (surgeon,), day.day, day.day)
                for one, other in combinations(sorted(suites), 2):
                    ours, theirs = tuple(suites[one]), tuple(suites[other])
                    yield NeverBoth(about, ours, theirs, disjoint=False)
