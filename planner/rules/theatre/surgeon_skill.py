"""Who may do a case: the surgeons it names, and what a surgeon is qualified for (T07)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Case
from planner.facts import Facts
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import Option, TheatreSpace
from planner.view import TheatreView


@rule("surgeon_skill")
@dataclass(frozen=True, kw_only=True)
class SurgeonSkill(Rule[TheatreView, TheatreSpace]):
    """A case has a surgeon, one of those it names, who does its procedure; one unit for each lack.

    A surgeon without a list of procedures does all of her specialty. A case planned without a
    surgeon needs none.
    """

    unit, reach = "occurrence", "case"
    family = "surgeons"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            case, day = placed.case, placed.session.day
            for what in _lacks(view.facts, case, placed.surgeon):
                facts: dict[str, int | str] = {
                    "case": case.id,
                    "surgeon": placed.surgeon or "",
                    "procedure": case.procedure,
                }
                yield Breach(About(what, (case.id,), day, day), 1, facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        lacking: dict[str, list[tuple[Option, int]]] = {}
        for case in space.cases_in(self.scope):
            options = space.options_of(case.id)
            for surgeon in dict.fromkeys([option.surgeon for option in options]):
                for what in _lacks(space.facts, case, surgeon):
                    found = lacking.setdefault(what, [])
                    found += [(option, 1) for option in options if option.surgeon == surgeon]
        for what in sorted(lacking):
            yield from priced(space, what, lacking[what])


def _lacks(facts: Facts, case: Case, surgeon: str | None) -> Iterator[str]:
    if surgeon is None:
        if not case.unattended:
            yield "no_surgeon"
        return
    if case.surgeons and surgeon not in case.surgeons:
        yield "not_named"
    does = facts.surgeons[surgeon].procedures
    if case.procedure not in does if does else facts.surgeons[surgeon].specialty != case.specialty:
        yield "not_skilled"
