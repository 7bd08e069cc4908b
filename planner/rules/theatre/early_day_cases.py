"""Day cases come early in the day, so that they can go home."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner import fields
from planner.facts import Facts
from planner.hospital import Session
from planner.rules.blocks import About, Linear, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import TheatreSpace
from planner.rules.timing import TheatreDay, Within
from planner.view import TheatreView


@rule("early_day_cases")
@dataclass(frozen=True, kw_only=True)
class EarlyDayCases(Rule[TheatreView, TheatreSpace]):
    """A day case starts by `since`; a unit is a minute later.

    A case counts from its session's start at the earliest, also without a start of its own: that
    is the price of the session, and the clock adds what comes later.
    """

    since: int = fields.time(480)
    unit, reach = "minute", "case"
    family = "comfort"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            session, case = placed.session, placed.case
            if case.mode != "day":
                continue
            opens, since = view.facts.opens(session), view.facts.passed(session.day, self.since)
            start = opens if placed.begin is None else max(placed.begin, opens)
            if start > since:
                about = About("day_case_late", (case.id,), session.day, session.day)
                facts: dict[str, int | str] = {"case": case.id}
                facts["start"] = view.facts.clock(session.day, start)
                yield Breach(about, start - since, facts | {"since": self.since})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        late = (
            (option, self._late(space.facts, option.session))
            for case in space.cases_in(self.scope)
            if case.mode == "day"
            for option in space.options_of(case.id)
        )
        return priced(space, "day_case_late", late)

    def _late(self, facts: Facts, session: Session) -> int:
        """Give by how much a session itself starts after the time; below 0 it starts before."""
        return facts.opens(session) - facts.passed(session.day, self.since)

    def rows(self, space: TheatreSpace) -> Iterator[Linear]:
        """Guide: the day cases of a session follow each other, n of one length n(n−1)/2 lengths late.

        So each length of day cases makes a minute more one dearer, in at most six steps.
        """
        day = {case.id for case in space.cases_in(self.scope) if case.mode == "day"}
        for session in space.problem.sessions:
            found = [option for option in space.into(session) if option.case.id in day]
            if len(found) < 2:
                continue
            usual = max(1, sum(each.minutes + each.turnover for each in found) // len(found))
            length = space.facts.length(session)
            step = max(usual, length // 6)
            more = round(step / usual)
            load = space.part(found, lambda option: option.minutes + option.turnover)
            about = About("day_cases_follow", (session.id,), session.day, session.day)
            for hi in range(step, length, 2 * step):
                yield Linear(
                    about, (load,), hi=hi, each=more, knee=hi + step, beyond=more, kind="guide"
                )

    def timing(self, day: TheatreDay) -> Iterator[Within]:
        for choice in day.choices_in(self.scope):
            if choice.case.mode == "day":
                since = day.facts.passed(day.day, self.since)
                high = max(day.facts.opens(choice.session), since)
                about = About("day_case_late", (choice.case.id,), day.day, day.day)
                yield Within(about, choice.number, high=high, stay=-choice.minutes)
