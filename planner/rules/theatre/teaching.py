"""Cases of trainees last longer, and are done with a surgeon who teaches (T38)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.pricing import priced
from planner.rules.space import Option, TheatreSpace
from planner.view import TheatreView


@rule("teaching")
@dataclass(frozen=True, kw_only=True)
class Teaching(Rule[TheatreView, TheatreSpace]):
    """A trainee operates with a surgeon who teaches, and takes `longer`; one unit a case.

    As long as the rule is in force, the planned minutes of the trainees' cases that it is for are
    so much longer, whoever operates: `Facts.minutes` reads it from here. Of several such rules the
    longest counts.
    """

    longer: int = whole(25, unit="per cent", high=200)
    unit, reach = "occurrence", "case"
    family = "surgeons"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            case, surgeon = placed.case, placed.surgeon
            if case.trainee and surgeon is not None and not view.facts.surgeons[surgeon].teaches:
                about = About("no_teacher", (case.id,), placed.session.day, placed.session.day)
                yield Breach(about, 1, {"case": case.id, "surgeon": surgeon})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        alone = (
            (option, 1)
            for case in space.cases_in(self.scope)
            if case.trainee
            for option in space.options_of(case.id)
            if _untaught(space.facts, option)
        )
        return priced(space, "no_teacher", alone)


def _untaught(facts: Facts, option: Option) -> bool:
    return option.surgeon is not None and not facts.surgeons[option.surgeon].teaches
