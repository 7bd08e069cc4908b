"""A surgeon stays in one suite within a day (T39)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.hospital import TheatreId
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("suite_change")
@dataclass(frozen=True, kw_only=True)
class SuiteChange(Rule[TheatreView, TheatreSpace]):
    """A surgeon operates in one suite a day, as the way between them is long; a unit is one more.

    Changes of theatre count beside it (`room_change`).
    """

    unit, reach = "occurrence", None
    family, scoped = "comfort", "surgeon"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        theatres = view.facts.theatres
        for (surgeon, day), together in view.surgeon_days().items():
            suites = sorted({theatres[placed.session.theatre].suite for placed in together})
            if len(suites) > 1 and self.scope.holds(view.facts.surgeon_tags[surgeon]):
                about = About("suite_change", (surgeon,), day, day)
                facts: dict[str, int | str] = {"surgeon": surgeon, "day": day}
                yield Breach(about, len(suites) - 1, facts | {"suites": ", ".join(suites)})

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        suite_of = {theatre.id: theatre.suite for theatre in space.problem.theatres}
        if len(set(suite_of.values())) < 2:
            return
        for surgeon in space.problem.surgeons:
            if not self.scope.holds(space.facts.surgeon_tags[surgeon.id]):
                continue
            days: dict[int, dict[str, dict[TheatreId, None]]] = defaultdict(
                lambda: defaultdict(dict)
            )
            for column in space.with_surgeon(surgeon.id).values():
                theatre = column.session.theatre
                days[column.session.day][suite_of[theatre]][theatre] = None
            for day, suites in days.items():
                if len(suites) > 1:
                    absent = tuple(
                        (space.surgeon_absent(surgeon.id, day, *theatres), 1)
                        for theatres in suites.values()
                    )
                    about = About("suite_change", (surgeon.id,), day, day)
                    yield Linear(about, features=absent, lo=len(absent) - 1)
