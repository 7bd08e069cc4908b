"""The suites to which a patient would rather come (T39)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("suite_wish")
@dataclass(frozen=True, kw_only=True)
class SuiteWish(Rule[TheatreView, TheatreSpace]):
    """A patient is operated in one of the suites that she wishes; one unit a case elsewhere."""

    unit, reach = "occurrence", "case"
    family = "comfort"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            case, session = placed.case, placed.session
            suite = view.facts.theatres[session.theatre].suite
            if case.suites and suite not in case.suites:
                about = About("other_suite", (case.id,), session.day, session.day)
                facts: dict[str, int | str] = {"case": case.id, "suite": suite}
                yield Breach(about, 1, facts | {"suites": ", ".join(sorted(case.suites))})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        theatres = space.facts.theatres
        elsewhere = (
            (option, 1)
            for case in space.cases_in(self.scope)
            if case.suites
            for option in space.options_of(case.id)
            if theatres[option.session.theatre].suite not in case.suites
        )
        return priced(space, "other_suite", elsewhere)
