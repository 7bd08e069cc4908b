"""The best places for one patient, nobody else moved: every session that is open to the case is tried.

The clock of each day says where a gap is; the audit of that day says what it costs to use it.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from planner.cases import Case, CaseId
from planner.facts import GRID, Facts, facts
from planner.hand_edits import placed, without
from planner.hospital import Session, SessionId
from planner.kpis.contract import Outcome
from planner.live import Change, would_break
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.closing import closing_of
from planner.rules.contract import Breach, Rule, Waiver, audit
from planner.rules.timing import Choice
from planner.score import Judged, forgiven
from planner.slots import Item, Slot, Slots, Why
from planner.view import TheatreView
from solvers.theatre.clock import Clocks
from solvers.theatre.harm import harms
from solvers.theatre.listing import DayList
from solvers.theatre.repair_space import Days, bare

_STARTS: Final = 4
"""Starts that are tried for a session and surgeon: both ends of the first gaps."""


def good_slots(
    problem: Problem, plan: Plan, case: Case, waivers: Sequence[Waiver] = (), many: int = 3
) -> Slots:
    """Find the best places for a case; one that the problem does not have yet is a new patient.

    A case that is placed is taken out first; the price is against the plan as it stands.
    """
    began = time.monotonic()
    problem = bare(problem)
    new = case.id not in facts(problem).cases
    if new:
        problem = replace(problem, cases=(*problem.cases, case))
    plan = Plan(sessions=plan.sessions)
    search = _Search(problem, plan, case, waivers)
    found = sorted(search.run(), key=search.order)
    exact = _Widely(problem, plan, waivers)
    best = [slot for each in found[: 2 * many] if (slot := exact.priced(each)) is not None]
    return Slots(
        case=case,
        problem=problem,
        slots=tuple(sorted(best, key=search.order)[:many]),
        refused=search.refused(),
        seconds=time.monotonic() - began,
        new=new,
    )


class _Search:
    def __init__(self, problem: Problem, plan: Plan, case: Case, waivers: Sequence[Waiver]) -> None:
        self.problem, self.case, self.waivers = problem, case, waivers
        self.known: Facts = facts(problem)
        self.days = Days(problem)
        self.now = next((each for each in plan.placements if each.case == case.id), None)
        self.plan = without(plan, frozenset({case.id}))
        self.rules: tuple[Rule[Any, Any], ...] = problem.rules
        self.why: dict[str, list[SessionId]] = defaultdict(list)
        self.broken: dict[Rule[Any, Any], None] = {}  # hard rules that places would break

    def run(self) -> Iterator[Slot]:
        """Try all sessions, day by day; give the best start of each that has one."""
        pairs: dict[SessionId, list[str | None]] = defaultdict(list)
        closing = closing_of(self.known)
        for session, surgeon in closing.pairs(self.case):
            pairs[session.id].append(surgeon)
        first = max(0, self.known.as_of)
        back = self._back()
        for day, sessions in sorted(self.known.sessions_on.items()):
            there = [each for each in sessions if day >= first and pairs[each.id]]
            for each in sessions:
                if each not in there:
                    why = "past" if day < first else closing.why(self.case, each) or "other"
                    self._refuse(each, why)
            if there:
                yield from self._day(day, there, pairs, back)

    def order(self, slot: Slot) -> tuple[int, int, int, str]:
        """Give what decides between places: the price, then the sooner one."""
        day = self.known.sessions[slot.placement.session].day
        return slot.cost, day, slot.placement.start or 0, slot.placement.session

    def refused(self) -> tuple[Why, ...]:
        """Give the reasons of the sessions that are no place, that of most of them first."""
        able = closing_of(self.known).able(self.case)
        paces = (self.known.minutes(self.case, surgeon) for surgeon in able)
        told = {"minutes": min(paces, default=self.case.mean), "rules": tuple(self.broken)}
        found = (Why(what, tuple(ids), told) for what, ids in self.why.items())
        return tuple(sorted(found, key=lambda why: (-len(why.sessions), why.what)))

    def _refuse(self, session: Session, what: str) -> None:
        self.why[what].append(session.id)

    # --- a day -----------------------------------------------------------------------------------

    def _day(
        self,
        day: int,
        sessions: Sequence[Session],
        pairs: dict[SessionId, list[str | None]],
        back: dict[str, Item],
    ) -> Iterator[Slot]:
        """Give the best place in each session of a day."""
        starts = self._starts(day, sessions, pairs)
        outcome: Outcome | None = None
        for session in sessions:
            tries = starts.get(session.id, [])
            if not tries:
                self._refuse(session, "full")
                continue
            if outcome is None:
                outcome = self._outcome(day, self.plan)
            found = [slot for each in tries if (slot := self._slot(outcome, each, back))]
            if found:
                yield min(found, key=self.order)
            elif self.broken:
                self._refuse(session, "rule")

    def _outcome(self, day: int, plan: Plan) -> Outcome:
        problem = self.days.of(plan, day, frozenset({self.case.id}))
        inside = {session.id for session in problem.sessions}
        here = Plan(sessions=tuple(part for part in plan.sessions if part[0].session in inside))
        return Outcome(problem, here, self.waivers)

    def _slot(self, outcome: Outcome, placement: Placement, back: dict[str, Item]) -> Slot | None:
        change = would_break(outcome, placed(outcome.plan, placement))
        if placement == self.now:
            return None
        if harms(outcome, change.new):
            hard = (each.rule for each in change.new if each.rule.hard and each.cost > 0)
            self.broken |= dict.fromkeys(hard)
            return None
        items = dict(back)
        _add(items, change)
        return _slot(placement, items)

    def _back(self) -> dict[str, Item]:
        """Give what it costs to take the case out of the place that it has now."""
        items: dict[str, Item] = {}
        session = None if self.now is None else self.known.sessions.get(self.now.session)
        if self.now is None or session is None:
            return items
        outcome = self._outcome(session.day, placed(self.plan, self.now))
        _add(items, would_break(outcome, without(outcome.plan, frozenset({self.case.id}))))
        return items

    # --- gaps ------------------------------------------------------------------------------------

    def _starts(
        self, day: int, sessions: Sequence[Session], pairs: dict[SessionId, list[str | None]]
    ) -> dict[SessionId, list[Placement]]:
        """Give the places of a day that the clock has, by session: the ends of each gap."""
        there = [
            placement
            for session in self.known.sessions_on.get(day, ())
            for placement in self._inside(session)
        ]
        wanted = [(session, surgeon) for session in sessions for surgeon in pairs[session.id]]
        choices = [
            *(self._choice(k, p.case, self.known.sessions[p.session], p.surgeon)
              for k, p in enumerate(there)),
            *(self._choice(k, self.case.id, session, surgeon)
              for k, (session, surgeon) in enumerate(wanted, len(there))),
        ]  # fmt: skip
        clocks = Clocks(self.problem, self.known, self.rules, self.waivers)
        known = self.known
        given = {k: known.passed(day, p.start) for k, p in enumerate(there) if p.start is not None}
        listed = DayList(clocks.day(day, choices), given)
        found: dict[SessionId, list[Placement]] = defaultdict(list)
        for number, (session, surgeon) in enumerate(wanted, len(there)):
            for start in _ends(listed, number):
                told = int(known.clock(day, start))
                found[session.id].append(Placement(self.case.id, session.id, surgeon, told))
        return found

    def _inside(self, session: Session) -> list[Placement]:
        return self._by_session.get(session.id, [])

    @cached_property
    def _by_session(self) -> dict[SessionId, list[Placement]]:
        return {part[0].session: self._known_in(part) for part in self.plan.sessions}

    def _known_in(self, part: Sequence[Placement]) -> list[Placement]:
        return [
            each
            for each in part
            if each.case in self.known.cases and each.surgeon in {None, *self.known.surgeons}
        ]

    def _choice(self, number: int, case: CaseId, session: Session, surgeon: str | None) -> Choice:
        record = self.known.cases[case]
        minutes, turnover = self.known.minutes(record, surgeon), self.known.turnover(record)
        return Choice(number, record, session, surgeon, minutes, turnover)


class _Widely:
    """Rules that count over more than a day, such as shares: asked about the whole plan."""

    def __init__(self, problem: Problem, plan: Plan, waivers: Sequence[Waiver]) -> None:
        self.problem, self.waivers = problem, waivers
        self.view = TheatreView(problem, plan)
        found = {rule: audit(rule, self.view) for rule in problem.rules if rule.reach is None}
        self.before = {
            rule: self._cost(rule, breaches)
            for rule, breaches in found.items()
            if any(each.about.first < each.about.last for each in breaches)
        }

    def _cost(self, rule: Rule[Any, Any], breaches: Iterable[Breach]) -> int:
        return sum(
            Judged(rule=rule, breach=each, waived=forgiven(rule, each, self.waivers)).cost
            for each in breaches
        )

    def priced(self, slot: Slot) -> Slot | None:
        """Give a place with what these rules say of it; None where a hard one refuses it."""
        items = {item.rule.id: item for item in slot.items}
        after = TheatreView(self.problem, placed(self.view.plan, slot.placement), like=self.view)
        for rule, cost in self.before.items():
            more = self._cost(rule, audit(rule, after)) - cost
            if rule.hard and more > 0:
                return None
            items[rule.id] = Item(rule, more)
        return _slot(slot.placement, items)


def _slot(placement: Placement, items: dict[str, Item]) -> Slot:
    kept = sorted((each for each in items.values() if each.cost), key=lambda i: -abs(i.cost))
    return Slot(placement, sum(each.cost for each in kept), tuple(kept))


def _ends(listed: DayList, number: int) -> list[int]:
    """Give the first and last starts of the first gaps in which a choice fits."""
    low, high = listed.clock.low, listed.clock.high[number]
    found: list[int] = []
    while len(found) < _STARTS:
        start = listed.soonest(number)
        if start is None:
            break
        last = start
        while last + GRID <= high:
            low[number] = last + GRID
            if listed.soonest(number) != last + GRID:
                break
            last += GRID
        found += [start] if last == start else [start, last]
        low[number] = last + GRID
    return found


def _add(items: dict[str, Item], change: Change) -> None:
    """Add what a change costs, rule by rule."""

    def take(each: Judged, cost: int) -> None:
        before = items.get(each.rule.id)
        items[each.rule.id] = Item(each.rule, cost + (0 if before is None else before.cost))

    for each in change.new:
        take(each, each.cost)
    for each in change.gone:
        take(each, -each.cost)
