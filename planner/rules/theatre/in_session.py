"""Cases start inside their session, and the session takes place (T02)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import TheatreSpace
from planner.rules.timing import TheatreDay, Within
from planner.view import Placed, TheatreView


@rule("in_session")
@dataclass(frozen=True, kw_only=True)
class InSession(Rule[TheatreView, TheatreSpace]):
    """A case starts from its session's start on and before its end; a unit is a minute outside.

    A case in a closed session is outside with all its minutes. Whether it ends in time is said by
    `session_overtime`. Without a start only the closed sessions are judged.
    """

    unit, reach = "minute", "case"
    family = "sessions"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            session, case = placed.session, placed.case.id
            facts: dict[str, int | str] = {"case": case, "session": session.id}
            if session.closed:
                about = About("session_closed", (case,), session.day, session.day)
                yield Breach(about, placed.minutes, facts)
            if placed.start is None:
                continue
            facts |= {"start": placed.start, "opens": session.start, "ends": session.end}
            what, outside = _outside(view.facts, placed)
            if outside > 0:
                yield Breach(About(what, (case,), session.day, session.day), outside, facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        meant = {case.id for case in space.cases_in(self.scope)}
        closed = (
            (option, option.minutes)
            for session in space.problem.sessions
            if session.closed
            for option in space.into(session)
            if option.case.id in meant
        )
        return priced(space, "session_closed", closed)

    def timing(self, day: TheatreDay) -> Iterator[Within]:
        for choice in day.choices_in(self.scope):
            session, subjects = choice.session, (choice.case.id,)
            early = About("starts_early", subjects, day.day, day.day)
            yield Within(early, choice.number, low=day.facts.opens(session))
            late = About("starts_after_end", subjects, day.day, day.day)
            last = day.facts.closes(session) - 1  # a start at the very end is outside
            yield Within(late, choice.number, high=last, stay=-choice.minutes)


def _outside(facts: Facts, placed: Placed) -> tuple[str, int]:
    assert placed.begin is not None
    opens, closes = facts.opens(placed.session), facts.closes(placed.session)
    if placed.begin < opens:
        return "starts_early", opens - placed.begin
    return "starts_after_end", placed.begin - closes + 1
