"""Cases wait for the day from which, and the days on which, the patient can come (T32)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("earliest")
@dataclass(frozen=True, kw_only=True)
class Earliest(Rule[TheatreView, TheatreSpace]):
    """A case is not before its earliest day, nor on a day on which the patient cannot come.

    A unit is a day too early, or the day itself where the patient is unavailable.
    """

    unit, reach = "day", "case"

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
        early = (
            (option, case.earliest - option.session.day)
            for case in space.cases_in(self.scope)
            if case.earliest is not None
            for option in space.options_of(case.id)
        )
        yield from priced(space, "before_earliest", early)
        away = (
            (option, 1)
            for case in space.cases_in(self.scope)
            if case.unavailable
            for option in space.options_of(case.id)
            if option.session.day in case.unavailable
        )
        yield from priced(space, "patient_away", away)
