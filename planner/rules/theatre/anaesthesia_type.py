"""General anaesthesia only where there is an anaesthetist (T10)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("anaesthesia_type")
@dataclass(frozen=True, kw_only=True)
class AnaesthesiaType(Rule[TheatreView, TheatreSpace]):
    """A session for local anaesthesia has only procedures that need no more; one unit a case."""

    unit, reach = "occurrence", "case"
    family = "anaesthesia"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            session, case = placed.session, placed.case
            needed = view.facts.procedures[case.procedure].anaesthesia
            if session.anaesthesia == "local" and needed != "local":
                about = About("needs_anaesthetist", (case.id,), session.day, session.day)
                yield Breach(about, 1, {"case": case.id, "session": session.id})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        procedures = space.facts.procedures
        meant = {
            case.id
            for case in space.cases_in(self.scope)
            if procedures[case.procedure].anaesthesia != "local"
        }
        wrong = (
            (option, 1)
            for session in space.problem.sessions
            if session.anaesthesia == "local"
            for option in space.into(session)
            if option.case.id in meant
        )
        return priced(space, "needs_anaesthetist", wrong)
