"""A first plan from the facts alone, before anything is built: urgent cases first, first fit.

Sums of minutes decide where; a list schedule of each day then gives starts, and what does not fit
by the clock goes back to the waiting list.
"""

from collections import defaultdict
from collections.abc import Iterable

from planner.cases import Case, CaseId
from planner.facts import Facts, facts, nights
from planner.hospital import Session, SessionId
from planner.plan import Placement
from planner.problem import Problem
from planner.rules.blocks import FAR
from planner.rules.closing import Closing, closing_of
from planner.rules.timing import Choice
from solvers.theatre.clock import Clocks
from solvers.theatre.listing import DayList


def first_plan(
    problem: Problem,
    kept: Iterable[Placement],
    closed: frozenset[str] = frozenset(),
    fixed: frozenset[str] = frozenset(),
) -> list[Placement]:
    """Add waiting cases to the placements kept, without starts.

    None comes into `closed` sessions, and the cases in `fixed` stay as they are.
    """
    return _Greedy(facts(problem), tuple(kept), closed).run(fixed)


class _Greedy:
    """Counts of minutes by session, and of who is where in each half-day."""

    def __init__(self, known: Facts, kept: tuple[Placement, ...], closed: frozenset[str]) -> None:
        self.facts = known
        self.kept = kept
        self.closed = closed
        self.left: dict[SessionId, int] = {
            session.id: known.length(session) + known.spare(session)
            for session in known.problem.sessions
            if session.id not in closed
        }
        self.at: dict[tuple[str, int, int], SessionId] = {}
        self.beds = dict(self._beds())
        self.waits = {priority.id: priority.wait for priority in known.problem.priorities}
        self.halves = {
            session.id: _halves(session, known.problem.noon) for session in known.problem.sessions
        }

    def _beds(self) -> Iterable[tuple[tuple[str, int], int]]:
        """The free beds of intensive care: nothing else is short so often."""
        for ward in self.facts.problem.wards:
            if ward.kind == "intensive":
                for day in range(self.facts.horizon.days):
                    yield (ward.id, day), self.facts.beds(ward, day)

    def run(self, fixed: frozenset[str]) -> list[Placement]:
        placed = list(self.kept)
        for placement in self.kept:
            session = self.facts.sessions[placement.session]
            self._take(self.facts.cases[placement.case], session, placement.surgeon)
        there = fixed.union(placement.case for placement in self.kept)
        closing = closing_of(self.facts)
        for case in sorted(self.facts.problem.cases, key=self._urgency):
            if case.id not in there:
                found = self._place(case, closing)
                if found is not None:
                    placed.append(found)
        return placed

    def _urgency(self, case: Case) -> tuple[int, int, int, str]:
        wait = self.waits.get(case.priority, FAR)
        return wait, FAR if case.due is None else case.due, -case.mean, case.id

    def _place(self, case: Case, closing: Closing) -> Placement | None:
        turnover = self.facts.turnover(case)
        for session, surgeon in closing.pairs(case):
            if self.left.get(session.id, -1) < self.facts.minutes(case, surgeon) + turnover:
                continue
            if surgeon is not None and self._elsewhere(session, surgeon):
                continue
            if self._bedded(case, session.day):
                self._take(case, session, surgeon)
                return Placement(case.id, session.id, surgeon)
        return None

    def _elsewhere(self, session: Session, surgeon: str) -> bool:
        """Tell whether a surgeon is in another session in the same half-day."""
        return any(
            self.at.get((surgeon, session.day, half), session.id) != session.id
            for half in self.halves[session.id]
        )

    def _bedded(self, case: Case, day: int) -> bool:
        return case.intensive is None or all(
            self.beds.get((ward, night), 1) > 0
            for ward, first, last in nights(case, day)
            for night in range(first, last + 1)
        )

    def _take(self, case: Case, session: Session, surgeon: str | None) -> None:
        need = self.facts.minutes(case, surgeon) + self.facts.turnover(case)
        self.left[session.id] = self.left.get(session.id, 0) - need
        if surgeon is not None:
            for half in self.halves[session.id]:
                self.at[surgeon, session.day, half] = session.id
        for ward, first, last in nights(case, session.day):
            for night in range(first, last + 1):
                if (ward, night) in self.beds:
                    self.beds[ward, night] -= 1


def _halves(session: Session, noon: int) -> tuple[int, ...]:
    return tuple(
        half for half, inside in enumerate((session.start < noon, session.end > noon)) if inside
    )


def listed(clocks: Clocks, placements: Iterable[Placement]) -> list[Placement]:
    """Give starts to placements without one; those that fit nowhere are left out.

    Placements with a start keep it.
    """
    known = clocks.facts
    days: dict[int, list[Placement]] = defaultdict(list)
    for placement in placements:
        days[known.sessions[placement.session].day].append(placement)
    found = []
    for day, together in sorted(days.items()):
        choices = [_choice(known, number, each) for number, each in enumerate(together)]
        given = {
            k: known.passed(day, p.start) for k, p in enumerate(together) if p.start is not None
        }
        day_list = DayList(clocks.day(day, choices), given)
        starts = day_list.run([k for k, p in enumerate(together) if p.start is None])
        found += [
            together[k]._replace(start=int(known.clock(day, start))) for k, start in starts.items()
        ]
    return found


def _choice(known: Facts, number: int, placement: Placement) -> Choice:
    case: Case = known.cases[CaseId(placement.case)]
    return Choice(
        number,
        case,
        known.sessions[placement.session],
        placement.surgeon,
        known.minutes(case, placement.surgeon),
        known.turnover(case),
    )
