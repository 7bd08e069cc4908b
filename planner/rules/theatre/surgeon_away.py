"""Surgeons operate when they are there: leave, consultations, rest after call (T06)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.hours import Stretches, free_start, joined
from planner.rules.pricing import priced
from planner.rules.space import Option, TheatreSpace
from planner.rules.timing import Choice, NoOverlap, Stretch, TheatreDay
from planner.view import TheatreView


@rule("surgeon_away")
@dataclass(frozen=True, kw_only=True)
class SurgeonAway(Rule[TheatreView, TheatreSpace]):
    """A surgeon operates outside her absences; a unit is a minute of a case inside them.

    A case for which its session has no start that avoids them is inside with all its minutes,
    whatever its start: that is a price, and the clock has nothing to add. Any other is judged by
    its start, and without one is free.
    """

    unit, reach = "minute", "case"
    family = "surgeons"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            session, surgeon = placed.session, placed.surgeon
            if surgeon is None:
                continue
            away = joined(view.facts.absent(surgeon, session.day))
            if not away:
                continue
            facts: dict[str, int | str] = {"case": placed.case.id, "surgeon": surgeon}
            if free_start(view.facts, session, surgeon, placed.minutes) is None:
                about = About("surgeon_absent", (placed.case.id,), session.day, session.day)
                yield Breach(about, placed.minutes, facts | {"session": session.id})
            elif placed.begin is not None:
                inside = _overlap(placed.begin, placed.begin + placed.minutes, away)
                if inside > 0:
                    about = About("surgeon_away", (placed.case.id,), session.day, session.day)
                    yield Breach(about, inside, facts | {"start": placed.start or 0})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        meant = {case.id for case in space.cases_in(self.scope)}
        away = (
            (option, option.minutes)
            for surgeon in space.facts.absences
            for column in space.with_surgeon(surgeon).values()
            if space.facts.away(surgeon, column.session.day)
            for option in map(space.option, column.codes)
            if option.case.id in meant and _refused(space.facts, option)
        )
        return priced(space, "surgeon_absent", away)

    def timing(self, day: TheatreDay) -> Iterator[NoOverlap]:
        for choice in day.choices_in(self.scope):
            if choice.surgeon is not None and choice.surgeon in day.facts.absences:
                busy = joined(day.facts.absent(choice.surgeon, day.day))
                if busy and not _refused(day.facts, choice):
                    about = About("surgeon_away", (choice.case.id,), day.day, day.day)
                    yield NoOverlap(about, (Stretch(choice.number),), busy)


def _refused(facts: Facts, option: Option | Choice) -> bool:
    surgeon, session = option.surgeon, option.session
    if surgeon is None or not facts.away(surgeon, session.day):
        return False
    return free_start(facts, session, surgeon, option.minutes) is None


def _overlap(start: int, end: int, away: Stretches) -> int:
    return sum(max(0, min(end, back) - max(start, leave)) for leave, back in away)
