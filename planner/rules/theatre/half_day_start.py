"""The wished half of the day within a session that has both (T23)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Case
from planner.facts import Facts
from planner.hospital import Session
from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, choice, rule
from planner.rules.space import TheatreSpace
from planner.rules.timing import TheatreDay, Within
from planner.view import TheatreView


@rule("half_day_start")
@dataclass(frozen=True, kw_only=True)
class HalfDayStart(Rule[TheatreView, TheatreSpace]):
    """In a session that crosses noon a case starts in the wished half; a unit is a minute off.

    Whoever prefers the morning starts by noon, whoever prefers the afternoon not before. Sessions of
    one half are priced by `half_day_wish`, and a case without a start is not judged.
    """

    whose: str = choice("patient", "patient", "surgeon")
    unit, reach = "minute", "case"
    family = "comfort"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        noon = view.facts.problem.noon
        for placed in view.placed(self.scope):
            wish = self._wish(view.facts, placed.case, placed.surgeon)
            if wish and placed.start is not None and _crosses(placed.session, noon):
                off = placed.start - noon if wish == "morning" else noon - placed.start
                if off > 0:
                    day = placed.session.day
                    facts: dict[str, int | str] = {"case": placed.case.id, "start": placed.start}
                    facts["surgeon"] = placed.surgeon or ""
                    about = About(f"{self.whose}_start_{wish}", (placed.case.id,), day, day)
                    yield Breach(about, off, facts)

    def timing(self, day: TheatreDay) -> Iterator[Within]:
        noon = day.problem.noon
        for each in day.choices_in(self.scope):
            wish = self._wish(day.facts, each.case, each.surgeon)
            if wish and _crosses(each.session, noon):
                about = About(f"{self.whose}_start_{wish}", (each.case.id,), day.day, day.day)
                if wish == "morning":
                    yield Within(about, each.number, high=noon, stay=-each.minutes)
                else:
                    yield Within(about, each.number, low=noon)

    def _wish(self, facts: Facts, case: Case, surgeon: str | None) -> str:
        if self.whose == "patient":
            return case.prefers
        return "" if surgeon is None else facts.surgeons[surgeon].prefers


def _crosses(session: Session, noon: int) -> bool:
    return session.start < noon < session.end
