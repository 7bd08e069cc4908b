"""Which options hard rules close from the outset, told from facts alone, so that nobody lists them.

Only rules in force for everyone count. A rule's own prices say the same about the options that
are listed because a plan keeps them; a test holds the two to one another.
"""

from collections.abc import Iterator
from typing import Final

from planner.cases import EMERGENCY, Case, ProcedureId
from planner.facts import Facts
from planner.hospital import Session, SessionId, SpecialtyId, Theatre
from planner.rules.hours import longest_stay

DATED: Final = ("earliest", "delivery", "notice")
"""Rule types that close days to a case."""


class Closing:
    """What is left open to each case by the hard rules of a problem."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        rules = [r for r in facts.problem.rules if r.hard and r.enabled and not r.scope.tags]
        self._hard = frozenset(rule.type for rule in rules)
        self._notice = max((getattr(r, "days", 0) for r in rules if r.type == "notice"), default=0)
        rooms = (rule for rule in rules if rule.type == "room_features")
        self._features: list[frozenset[str]] = [getattr(r, "features", frozenset()) for r in rooms]
        self._kept = "emergency_session" in self._hard
        self._dated = not self._hard.isdisjoint(DATED)
        self._sessions: dict[tuple[SpecialtyId, ProcedureId], tuple[Session, ...]] = {}
        self._longest: dict[tuple[SessionId, str], int | None] = {}
        self._mine: dict[
            tuple[SpecialtyId, ProcedureId, str | None], list[tuple[Session, int | None]]
        ] = {}

    def pairs(self, case: Case) -> Iterator[tuple[Session, str | None]]:
        """Give the sessions and surgeons that no hard rule closes, surgeon by surgeon."""
        dated = self._dated and self._has_dates(case)
        planned = self._kept and EMERGENCY not in case.flags
        joined = bool(case.partners) and "partners" in self._hard
        for surgeon in self._surgeons(case):
            minutes = self.facts.minutes(case, surgeon)
            for session, longest in self._known(case, surgeon):
                if planned and session.emergency:
                    continue
                if dated and self._refused(case, session.day):
                    continue
                if joined and not self._joined(case, session, surgeon, minutes):
                    continue
                if longest is None or minutes <= longest:
                    yield session, surgeon

    def _joined(self, case: Case, session: Session, surgeon: str | None, minutes: int) -> bool:
        """Tell whether the second surgeons of a case, others than the first, can be there."""
        for id in case.partners & self.facts.surgeons.keys():
            longest = self._stay_of(session, id)
            if id == surgeon or (longest is not None and minutes > longest):
                return False
        return True

    def _has_dates(self, case: Case) -> bool:
        if case.earliest is not None or case.unavailable or case.delivery is not None:
            return True
        return self._notice > 0 and case.id in self.facts.appointments

    def _refused(self, case: Case, day: int) -> str:
        """Name what closes a day to a case, "" where it is open."""
        if "earliest" in self._hard:
            if day in case.unavailable:
                return "patient"
            if case.earliest is not None and day < case.earliest:
                return "earliest"
        if "delivery" in self._hard and case.delivery is not None and day < case.delivery:
            return "delivery"
        if self._notice > 0 and self.facts.moved_within(case, day, self._notice):
            return "notice"
        return ""

    def suited(self, case: Case) -> tuple[Session, ...]:
        """Give the sessions for the specialty and procedure of a case, whoever operates and when."""
        key = (case.specialty, case.procedure)
        known = self._sessions.get(key)
        if known is None:
            sessions = self.facts.problem.sessions
            known = self._sessions[key] = tuple(s for s in sessions if not self._unsuited(case, s))
        return known

    def _unsuited(self, case: Case, session: Session) -> str:
        """Name what closes a session to the specialty and procedure of a case, "" where nothing does."""
        if session.closed or self.facts.length(session) == 0:
            return "closed"
        if self.facts.owner_is_hard and not self.facts.open_to(session, case.specialty):
            return "owner"
        if not self.equipped(self.facts.theatres[session.theatre], case.procedure):
            return "room"
        procedure = self.facts.procedures[case.procedure]
        local = "anaesthesia_type" in self._hard and session.anaesthesia == "local"
        return "anaesthesia" if local and procedure.anaesthesia != "local" else ""

    def equipped(self, theatre: Theatre, procedure: ProcedureId) -> bool:
        """Tell whether a theatre has what hard rules want there for a procedure."""
        wanted = self.facts.procedures[procedure].features
        return all((asked or wanted) <= theatre.features for asked in self._features)

    def why(self, case: Case, session: Session) -> str:
        """Name the first reason for which hard rules close a session to a case, "" where none does."""
        if self._kept and session.emergency and EMERGENCY not in case.flags:
            return "emergency"
        found = self._unsuited(case, session) or self._refused(case, session.day)
        if found:
            return found
        able = [s for s in self._surgeons(case) if not self._of_another(session, s)]
        stays = ((s, self.facts.minutes(case, s), self._stay(session, s)) for s in able)
        there = [(s, minutes) for s, minutes, stay in stays if stay is None or minutes <= stay]
        if not there:
            return "surgeon"
        joined = bool(case.partners) and "partners" in self._hard
        if joined and not any(self._joined(case, session, *each) for each in there):
            return "partner"
        return ""

    def able(self, case: Case) -> tuple[str | None, ...]:
        """Give the surgeons who may do a case, on whatever day; (None,) where it needs nobody."""
        return tuple(self._surgeons(case))

    def _surgeons(self, case: Case) -> Iterator[str | None]:
        for surgeon in self.facts.surgeons_for(case):
            if surgeon is None or (self._skilled(case, surgeon) and self._taught(case, surgeon)):
                yield surgeon

    def _taught(self, case: Case, id: str) -> bool:
        hard = case.trainee and "teaching" in self._hard
        return not hard or self.facts.surgeons[id].teaches

    def _skilled(self, case: Case, id: str) -> bool:
        if "surgeon_skill" not in self._hard:
            return True
        surgeon = self.facts.surgeons[id]
        if surgeon.procedures:
            return case.procedure in surgeon.procedures
        return surgeon.specialty == case.specialty

    def _known(self, case: Case, surgeon: str | None) -> list[tuple[Session, int | None]]:
        """Give the sessions that may be a surgeon's, and her longest case there, None: any."""
        key = (case.specialty, case.procedure, surgeon)
        known = self._mine.get(key)
        if known is None:
            known = self._mine[key] = [
                (session, self._stay(session, surgeon))
                for session in self.suited(case)
                if not self._of_another(session, surgeon)
            ]
        return known

    def _stay(self, session: Session, surgeon: str | None) -> int | None:
        if surgeon is None or "surgeon_away" not in self._hard:
            return None
        return self._stay_of(session, surgeon)

    def _stay_of(self, session: Session, surgeon: str) -> int | None:
        key = (session.id, surgeon)
        if key not in self._longest:
            self._longest[key] = longest_stay(self.facts, session, surgeon)
        return self._longest[key]

    def _of_another(self, session: Session, surgeon: str | None) -> bool:
        if not self.facts.owner_is_hard or session.surgeon is None or surgeon is None:
            return False
        return surgeon != session.surgeon and not self.facts.released(session)


_made: list[Closing] = []


def closing_of(facts: Facts) -> Closing:
    """Give what is left open by the hard rules of a problem; the last one asked for is kept."""
    if not _made or _made[0].facts is not facts:
        _made[:] = [Closing(facts)]
    return _made[0]


def forget_closing() -> None:
    """Keep none: in a hospital of four thousand cases it holds some 20 MB."""
    _made.clear()
