"""Patients who keep their session keep their start (T35)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import TheatreSpace
from planner.rules.timing import TheatreDay, Within
from planner.view import TheatreView


@rule("start_kept")
@dataclass(frozen=True, kw_only=True)
class StartKept(Rule[TheatreView, TheatreSpace]):
    """A case in its appointed session starts when the patient was told; a unit is a minute off.

    Another day or session is priced by `stability`, and a case without a start is not judged.
    """

    unit, reach = "minute", "case"
    family = "appointments"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        promised = view.facts.appointments
        for placed in view.placed(self.scope) if promised else ():
            made = promised.get(placed.case.id)
            if made is None or made.start is None or made.session != placed.session.id:
                continue
            if placed.start is not None and placed.start != made.start:
                day = placed.session.day
                facts: dict[str, int | str] = {"case": placed.case.id, "start": placed.start}
                about = About("start_moved", (placed.case.id,), day, day)
                moved = view.facts.passed(day, placed.start) - view.facts.passed(day, made.start)
                yield Breach(about, abs(moved), facts | {"told": made.start})

    def timing(self, day: TheatreDay) -> Iterator[Within]:
        promised = day.facts.appointments
        for choice in day.choices_in(self.scope) if promised else ():
            made = promised.get(choice.case.id)
            if made is not None and made.start is not None and made.session == choice.session.id:
                about = About("start_moved", (choice.case.id,), day.day, day.day)
                told, stay = day.facts.passed(day.day, made.start), -choice.minutes
                yield Within(about, choice.number, low=told, high=told, stay=stay)
