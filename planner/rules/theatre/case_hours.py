"""Hours of some cases: children and diabetics early, day cases over in time (T18, T19, T20, T21)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner import fields
from planner.cases import Case
from planner.facts import Facts
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, choice, rule
from planner.rules.pricing import priced
from planner.rules.space import Option, TheatreSpace
from planner.rules.timing import TheatreDay, Within
from planner.view import TheatreView


@rule("case_hours")
@dataclass(frozen=True, kw_only=True)
class CaseHours(Rule[TheatreView, TheatreSpace]):
    """A case starts, ends or leaves the recovery room from `since` to `until`; a unit is a minute.

    A case counts from its session's start at the earliest and its session's end at the latest, also
    without a start of its own: what is early or late even so is a price of the session.
    """

    moment: str = choice("start", "start", "end", "recovered")
    since: int | None = fields.time(None, optional=True)
    until: int | None = fields.time(600, optional=True)
    unit, reach = "minute", "case"
    family = "order"

    def _after(self, facts: Facts, case: Case, minutes: int) -> int:
        """Give the minutes from the start of a case to the moment that counts."""
        if self.moment == "start":
            return 0
        return minutes + (facts.recovery_minutes(case) if self.moment == "recovered" else 0)

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            session, case = placed.session, placed.case
            after = self._after(view.facts, case, placed.minutes)
            facts, day = view.facts, session.day
            opens, closes, begin = facts.opens(session), facts.closes(session), placed.begin
            soonest = after + (opens if begin is None else max(begin, opens))
            latest = after + (closes if begin is None else min(begin, closes))
            if self.until is not None and soonest > facts.passed(day, self.until):
                about = About(f"{self.moment}_late", (case.id,), day, day)
                told: dict[str, int | str] = {"case": case.id, "at": facts.clock(day, soonest)}
                late = soonest - facts.passed(day, self.until)
                yield Breach(about, late, told | {"latest": self.until})
            if self.since is not None and latest < facts.passed(day, self.since):
                about = About(f"{self.moment}_early", (case.id,), day, day)
                told = {"case": case.id, "at": facts.clock(day, latest), "soonest": self.since}
                yield Breach(about, facts.passed(day, self.since) - latest, told)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        facts, until, since = space.facts, self.until, self.since
        if until is not None:
            late = (
                (o, facts.opens(o.session) + after - facts.passed(o.session.day, until))
                for o, after in self._options(space)
            )
            yield from priced(space, f"{self.moment}_late", late)
        if since is not None:
            early = (
                (o, facts.passed(o.session.day, since) - facts.closes(o.session) - after)
                for o, after in self._options(space)
            )
            yield from priced(space, f"{self.moment}_early", early)

    def _options(self, space: TheatreSpace) -> Iterator[tuple[Option, int]]:
        for case in space.cases_in(self.scope):
            for option in space.options_of(case.id):
                yield option, self._after(space.facts, case, option.minutes)

    def timing(self, day: TheatreDay) -> Iterator[Within]:
        for each in day.choices_in(self.scope):
            after = self._after(day.facts, each.case, each.minutes)
            subjects, stay = (each.case.id,), after - each.minutes
            if self.until is not None:
                until = day.facts.passed(day.day, self.until)
                high = max(until, day.facts.opens(each.session) + after)
                about = About(f"{self.moment}_late", subjects, day.day, day.day)
                yield Within(about, each.number, high=high, stay=stay)
            if self.since is not None:
                since = day.facts.passed(day.day, self.since)
                low = min(since - after, day.facts.closes(each.session))
                about = About(f"{self.moment}_early", subjects, day.day, day.day)
                yield Within(about, each.number, low=low)
