"""Cases wait for the day from which, and the days on which, the patient can come (T32)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Case
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced_days
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("earliest")
@dataclass(frozen=True, kw_only=True)
class Earliest(Rule[TheatreView, TheatreSpace]):
    """A case is not before its earliest day, nor on a day on which the patient cannot come.

    A unit is a day too early, or the day itself where the patient is unavailable.
    """

    unit, reach = "day", "case"
    family = "due"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            case, day = placed.case, placed.session.day
            facts: dict[str, int | str] = {"case": case.id, "day": day}
            if case.earliest is not None and day < case.earliest:
                yield Breach(
                    About("before_earliest", (case.id,), day, day), case.earliest - day, facts
                )
            if day in case.unavailable:
                yield Breach(About("patient_away", (case.id,), day, day), 1, facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        cases = list(space.cases_in(self.scope))
        yield from priced_days(space, "before_earliest", cases, _too_early)
        yield from priced_days(space, "patient_away", cases, _unavailable)


def _too_early(case: Case, day: int) -> int:
    return 0 if case.earliest is None else case.earliest - day


def _unavailable(case: Case, day: int) -> int:
    return int(day in case.unavailable)
