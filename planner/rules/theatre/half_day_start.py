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
        for placed in view.placed(self.scope):
            wish = self._wish(view.facts, placed.case, placed.surgeon)
            if placed.start is None or placed.begin is None or not wish:
                continue
            day, noon = placed.session.day, view.facts.problem.noon
            if _crosses(placed.session, noon):
                late = placed.begin - view.facts.passed(day, noon)
                off = late if wish == "morning" else -late
                if off > 0:
                    facts: dict[str, int | str] = {"case": placed.case.id, "start": placed.start}
                    facts["surgeon"] = placed.surgeon or ""
                    about = About(f"{self.whose}_start_{wish}", (placed.case.id,), day, day)
                    yield Breach(about, off, facts)

    def timing(self, day: TheatreDay) -> Iterator[Within]:
        noon = day.facts.passed(day.day, day.problem.noon)
        for each in day.choices_in(self.scope):
            wish = self._wish(day.facts, each.case, each.surgeon)
            if wish and _crosses(each.session, day.problem.noon):
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
