"""What the facts and the hard rules in force leave open to a case, and why nothing where that is so.

Nobody does its procedure, there is none of a device that it needs, it is longer than every session
that may take it. Such cases wait in every plan; the rest is planned all the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from planner.cases import Case
from planner.facts import Facts, facts
from planner.hospital import EquipmentId, Session, SessionId
from planner.problem import Problem
from planner.rules.closing import closing_of
from planner.rules.contract import Rule
from planner.slots import Why


class Reason(NamedTuple):
    """Why a case is in no plan: the message `waits.WHAT`, its facts, and sessions that are closed to it."""

    what: str
    facts: Mapping[str, Any]
    refused: tuple[Why, ...] = ()


class Openings:
    """What hard rules leave open to each case of a problem; where they leave nothing, why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: Facts = facts(problem)
        self.closing = closing_of(self.known)
        self._limits: dict[SessionId, int | None] = {}
        hard = [rule for rule in problem.rules if rule.hard and rule.enabled]
        self._overtime = [rule for rule in hard if rule.type == "session_overtime"]
        self._counted = [rule for rule in hard if rule.type == "equipment"]

    def pairs(self, case: Case) -> Iterator[tuple[Session, str | None]]:
        """Give the sessions and surgeons that a case may have, were it alone in the plan."""
        if not self._none_owned(case):
            for session, surgeon in self.closing.pairs(case):
                limit = self.limit(session)
                if limit is None or self.known.minutes(case, surgeon) <= limit:
                    yield session, surgeon

    def limit(self, session: Session) -> int | None:
        """Give the minutes after a session's start by which hard rules want it over, None: any."""
        if session.id not in self._limits:
            tags = self.known.session_tags[session.id]
            meant = (rule for rule in self._overtime if rule.scope.holds(tags))
            limits = (_limit(rule, self.known, session) for rule in meant)
            self._limits[session.id] = min(limits, default=None)
        return self._limits[session.id]

    def why(self, case: Case) -> Reason | None:
        """Say why no plan can take a case, None where one can."""
        if next(self.pairs(case), None) is not None:
            return None
        found = self._nobody(case) or self._lacking(case) or self._too_long(case)
        return found or self.closed(case, self.problem.sessions)

    def _nobody(self, case: Case) -> Reason | None:
        """Say that nobody may do a case."""
        if self.closing.able(case):
            return None
        told = {"procedure": case.procedure, "specialty": case.specialty}
        if case.procedure not in self._done:
            return Reason("nobody", told)
        if case.surgeons:
            named = ", ".join(sorted(case.surgeons))
            return Reason("not_those", told | {"surgeons": named, "n": len(case.surgeons)})
        return Reason("no_teacher" if case.trainee else "nobody", told)

    @cached_property
    def _done(self) -> frozenset[str]:
        """The procedures that a surgeon does, were no one of them named."""
        surgeons = self.problem.surgeons
        listed = {id for surgeon in surgeons for id in surgeon.procedures}
        whole = {surgeon.specialty for surgeon in surgeons if not surgeon.procedures}
        of = (each.id for each in self.problem.procedures if each.specialty in whole)
        return frozenset((*listed, *of))

    def _none_owned(self, case: Case) -> list[EquipmentId]:
        """Give what a case needs and the hospital has none of, where a hard rule counts it."""
        if not self._absent:
            return []
        return sorted(self.known.equipment_of(case) & self._absent)

    @cached_property
    def _absent(self) -> frozenset[EquipmentId]:
        return frozenset(
            each.id
            for each in self.problem.equipment
            if each.quantity == 0
            and any(r.scope.holds({"equipment": frozenset({each.id})}) for r in self._counted)
        )

    def _lacking(self, case: Case) -> Reason | None:
        """Say that the hospital lacks what a case needs: a device, or a theatre that has it."""
        none = self._none_owned(case)
        if none:
            return Reason("none_owned", {"equipment": tuple(none)})
        theatres = self.problem.theatres
        if theatres and not any(self.closing.equipped(each, case.procedure) for each in theatres):
            wanted = ", ".join(sorted(self.known.procedures[case.procedure].features))
            return Reason("no_theatre", {"procedure": case.procedure, "features": wanted})
        return None

    def _too_long(self, case: Case) -> Reason | None:
        """Say that a case is longer than every session that may take it."""
        limits = [(self.limit(each), each.id) for each in self.closing.suited(case)]
        bounded = [(limit, id) for limit, id in limits if limit is not None]
        minutes = min(self.known.minutes(case, each) for each in self.closing.able(case))
        if not bounded or len(bounded) < len(limits) or max(bounded)[0] >= minutes:
            return None
        longest, session = max(bounded)
        return Reason("too_long", {"minutes": minutes, "longest": longest, "session": session})

    def closed(
        self,
        case: Case,
        sessions: Iterable[Session],
        shut: Callable[[Session], str] = lambda _: "",
    ) -> Reason:
        """Say what closes sessions to a case, or to everybody, the reason of most of them first."""
        minutes = min(self.known.minutes(case, each) for each in self.closing.able(case))
        found: dict[str, list[SessionId]] = defaultdict(list)
        for session in sessions:
            why = shut(session) or self.closing.why(case, session) or "long"
            found[why].append(session.id)
        whys = (Why(what, tuple(ids), {"minutes": minutes}) for what, ids in found.items())
        ordered = tuple(sorted(whys, key=lambda why: (-len(why.sessions), why.what)))
        return Reason("closed" if ordered else "no_session", {}, ordered)


def _limit(rule: Rule[Any, Any], known: Facts, session: Session) -> int:
    limit: int = rule.limit(known, session)  # type: ignore[attr-defined]  # it is about overtime
    return limit
