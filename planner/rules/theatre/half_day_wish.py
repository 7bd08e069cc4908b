"""The half of the day that a patient, or a surgeon, would rather have (T23)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.hospital import Session
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, choice, rule
from planner.rules.pricing import priced
from planner.rules.space import Option, TheatreSpace
from planner.view import TheatreView


@rule("half_day_wish")
@dataclass(frozen=True, kw_only=True)
class HalfDayWish(Rule[TheatreView, TheatreSpace]):
    """A case is in a session that has something of the wished half of the day; a unit is a case.

    `whose` wish it is: the patient's, or that of the surgeon who operates. A session that crosses
    noon suits both halves, whatever the start.
    """

    whose: str = choice("patient", "patient", "surgeon")
    unit, reach = "occurrence", "case"
    family = "comfort"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            case, session = placed.case, placed.session
            wish = case.prefers
            if self.whose == "surgeon":
                who = placed.surgeon
                wish = "" if who is None else view.facts.surgeons[who].prefers
            if _other_half(view.facts, session, wish):
                facts: dict[str, int | str] = {"case": case.id, "session": session.id}
                about = About(f"{self.whose}_{wish}", (case.id,), session.day, session.day)
                yield Breach(about, 1, facts | {"surgeon": placed.surgeon or ""})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        for wish in ("morning", "afternoon"):
            options = self._of_surgeons if self.whose == "surgeon" else self._of_patients
            found = ((option, 1) for option in options(space, wish))
            yield from priced(space, f"{self.whose}_{wish}", found)

    def _of_patients(self, space: TheatreSpace, wish: str) -> Iterable[Option]:
        for case in space.cases_in(self.scope):
            if case.prefers == wish:
                for option in space.options_of(case.id):
                    if _other_half(space.facts, option.session, wish):
                        yield option

    def _of_surgeons(self, space: TheatreSpace, wish: str) -> Iterable[Option]:
        wishing = [each.id for each in space.problem.surgeons if each.prefers == wish]
        meant = {case.id for case in space.cases_in(self.scope)} if wishing else set()
        for surgeon in wishing:
            for column in space.with_surgeon(surgeon).values():
                if _other_half(space.facts, column.session, wish):
                    options = map(space.option, column.codes)
                    yield from (option for option in options if option.case.id in meant)


def _other_half(facts: Facts, session: Session, wish: str) -> bool:
    """Tell whether a session has nothing of a wished half: a fact, for both voices."""
    noon = facts.problem.noon
    return (wish == "morning" and session.start >= noon) or (
        wish == "afternoon" and session.end <= noon
    )
