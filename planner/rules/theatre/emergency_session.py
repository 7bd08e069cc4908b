"""Sessions kept for emergencies have no planned case (T29, dedicated theatres)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import EMERGENCY
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("emergency_session")
@dataclass(frozen=True, kw_only=True)
class EmergencySession(Rule[TheatreView, TheatreSpace]):
    """No planned case comes into a session that is kept for emergencies; one unit a case.

    A case that is flagged as an emergency may. A scope of priorities leaves the sessions to the
    other, urgent ones.
    """

    unit, reach = "occurrence", "case"
    family = "sessions"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            session, case = placed.session, placed.case
            if session.emergency and EMERGENCY not in case.flags:
                about = About("kept_for_emergencies", (case.id,), session.day, session.day)
                yield Breach(about, 1, {"case": case.id, "session": session.id})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        kept = [session for session in space.problem.sessions if session.emergency]
        cases = space.cases_in(self.scope) if kept else ()
        meant = {case.id for case in cases if EMERGENCY not in case.flags}
        planned = (
            (option, 1)
            for session in kept
            for option in space.into(session)
            if option.case.id in meant
        )
        return priced(space, "kept_for_emergencies", planned)
