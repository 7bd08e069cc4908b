"""Patients keep the day and the session that they were promised (T35)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Appointment
from planner.rules.blocks import About, Codes, Price
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.pricing import priced
from planner.rules.space import OFF, Option, TheatreSpace
from planner.view import TheatreView


@rule("stability")
@dataclass(frozen=True, kw_only=True)
class Stability(Rule[TheatreView, TheatreSpace]):
    """A case with an appointment keeps it: `other_day`, `other_session` and `out` are its units.

    Another session of the same day counts only where the appointment names one. Left out is a
    case whose appointment lies in the horizon; one with a later appointment is not. An appointment
    before the study's `as_of` binds nobody. Another start costs nothing here (`start_kept`).
    """

    other_day: int = whole(10, unit="", high=1000)
    other_session: int = whole(2, unit="", high=1000)
    out: int = whole(20, unit="", high=1000)
    unit, reach = "occurrence", "case"
    family = "appointments"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        promised, last = view.facts.appointments, view.horizon.last
        for case in view.cases(self.scope) if promised else ():
            appointment, placed = promised.get(case.id), view.where(case.id)
            if appointment is None or appointment.day < view.facts.as_of:
                continue
            facts: dict[str, int | str] = {"case": case.id, "promised": appointment.day}
            if placed is None:
                if appointment.day <= last and self.out:
                    yield Breach(About("appointment_lost", (case.id,), 0, last), self.out, facts)
                continue
            session = placed.session
            facts |= {"day": session.day, "session": session.id}
            if session.day != appointment.day:
                what, amount = "other_day", self.other_day
            elif appointment.session not in (None, session.id):
                what, amount = "other_session", self.other_session
            else:
                continue
            if amount:
                yield Breach(About(what, (case.id,), session.day, session.day), amount, facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        promised, last = space.facts.appointments, space.problem.horizon.last
        kept = [
            (case, promised[case.id])
            for case in (space.cases_in(self.scope) if promised else ())
            if case.id in promised and promised[case.id].day >= space.facts.as_of
        ]
        out = tuple(space.cell_of[case.id] for case, made in kept if made.day <= last)
        if out and self.out:
            yield Price("appointment_lost", out, Codes(frozenset({OFF})), self.out)
        for what, amount in (("other_day", self.other_day), ("other_session", self.other_session)):
            moved = (
                (option, amount)
                for case, made in kept
                for option in space.options_of(case.id)
                if _moved(option, made) == what
            )
            yield from priced(space, what, moved)


def _moved(option: Option, made: Appointment) -> str:
    if option.session.day != made.day:
        return "other_day"
    return "" if made.session in (None, option.session.id) else "other_session"
