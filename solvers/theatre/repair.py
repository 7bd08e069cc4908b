"""Repair on the day: answers to an event from a session, a specialty and the whole rest of the day.

Started cases stay, nothing starts before now, no other day is touched but that cases go back to the
waiting list or come in from it. Doing nothing is always among the answers, and none adds a hard breach
that doing nothing does not have.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np

from planner.cases import CaseId
from planner.day_events import Event, Moment
from planner.day_repair import Answer, Move, Repaired, made
from planner.day_struck import Struck, strike
from planner.facts import facts
from planner.hospital import SessionId
from planner.kpis.contract import Outcome
from planner.live import would_break
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.theatre_space import TheatreSpace
from planner.runs import Budget, SolveRequest
from planner.score import Judged, judge
from planner.view import TheatreView
from solvers.budget import Meter, allow
from solvers.cpsat import Limits
from solvers.desk import Desk
from solvers.rows import compile as rows_compile
from solvers.rows.arrays import Bools, Short
from solvers.theatre.harm import harms
from solvers.theatre.layout import start_of
from solvers.theatre.programme import Ground, Programme
from solvers.theatre.repair_model import RepairModel, Unrest, Wish
from solvers.theatre.repair_space import Days, bare, standby

SECONDS: Final = 2.0
"""Wall seconds in which an answer is there, from the loaded problem on."""
_RESERVE: Final = 0.25
"""Seconds of them for the audit of what is found."""
_LIMITS: Final = {"session": 0.05, "specialty": 0.1, "day": 0.15}
"""Deterministic seconds for a model; one is about three seconds of a processor."""


class Reach(NamedTuple):
    """Which cases may move, and into which slots."""

    name: str
    cells: Short
    allowed: Bools


def repair(
    request: SolveRequest,
    event: Event,
    moment: Moment,
    should_stop: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS,
) -> Repaired:
    """Answer an event; the request holds the facts and the plan from before it.

    Raises:
        EditRefusedError: the event cannot be.
    """
    began = time.monotonic()
    struck = strike(request.problem, request.plan, event, moment)
    work = _Repair(request, struck, _Time(began + seconds - _RESERVE, should_stop))
    work.run()
    answers = tuple(sorted(work.answers, key=lambda answer: answer.key))
    return Repaired(struck=struck, answers=answers, seconds=time.monotonic() - began)


class _Time:
    """What is left of the time for an answer, against what the last model took to be built."""

    def __init__(self, until: float, should_stop: Callable[[], bool]) -> None:
        self.until, self.should_stop = until, should_stop
        self.built = 0.0

    def over(self) -> bool:
        """Tell whether to end now."""
        return self.should_stop() or time.monotonic() >= self.until

    def short(self) -> bool:
        """Tell whether a model as large as the last one, or a larger one, would come too late."""
        return self.over() or time.monotonic() + 2 * self.built >= self.until


class _Repair:
    """The search, on the problem of the day alone."""

    def __init__(self, request: SolveRequest, struck: Struck, left: _Time) -> None:
        self.request, self.struck, self.time = request, struck, left
        day = struck.moment.day
        whole: Problem = bare(struck.problem)
        self.waiting = frozenset(standby(struck, whole))
        self.emergency = struck.case if struck.event.kind == "emergency" else None
        incoming = self.waiting.union(filter(None, (self.emergency,)))
        self.problem = Days(whole).of(struck.plan, day, incoming)
        self.known = facts(self.problem)
        here = [each for each in struck.plan.placements if self._known(each)]
        self.plan = Plan.build(here)
        before = Days(bare(request.problem)).of(request.plan, day, self.waiting)
        self.before = _named(judge(before, request.plan, request.waivers).judged)
        self.nothing = Outcome(self.problem, self.plan, request.waivers)
        self.booked = {each.case: each for each in here if each.case not in struck.started}
        surgeons = frozenset(filter(None, (each.surgeon for each in here)))
        self.unrest = Unrest(struck, self.booked, surgeons)
        self.answers = [self._answer("nothing", (), self.nothing)]

    def _known(self, placement: Placement) -> bool:
        known, surgeon = self.known, placement.surgeon
        there = placement.session in known.sessions and placement.case in known.cases
        return there and (surgeon is None or surgeon in known.surgeons)

    # --- searching -------------------------------------------------------------------------------

    def run(self) -> None:
        """Widen the reach until all of the day is free or the time is over; then ask for others."""
        free = {*self.booked, *self.waiting, *filter(None, (self.emergency,))}
        if not free:
            return
        self._prepare()
        best: tuple[Answer, Reach] | None = None
        for number, reach in enumerate(self._reaches()):
            if self.time.short() if number else self.time.should_stop():
                break
            # the narrowest has its own small limit alone: a busy machine gets an answer too
            over = self.time.over if number else self.time.should_stop
            found = self._search(reach, Wish(), over)
            if found is not None and (best is None or found.key < best[0].key):
                best = found, reach
        if best is not None:
            self._others(*best)

    def _prepare(self) -> None:
        request = replace(
            self.request,
            problem=self.problem,
            plan=self.plan,
            parts=("theatre",),
            budget=Budget(effort=1),
        )
        desk = Desk(
            request, "theatre", allow(request.budget, Meter()), lambda _: None, self.time.over
        )
        space = TheatreSpace(self.problem, self.plan.placements)
        ground = Ground(
            desk, space, rows_compile.compile(space, self.problem.rules), self.problem.rules
        )
        self.ground = ground
        self.programme = Programme(ground, self.plan, seed=request.seed)
        self.start = self.programme.slots.copy(), self.programme.starts.copy()

    def _reaches(self) -> Iterator[Reach]:
        """Give the reaches from the narrowest; one that frees no more than the last is left out."""
        sessions = {p.session for p in self.booked.values()} if self.emergency else set()
        sessions &= self.struck.sessions
        hit = frozenset(
            p.case
            for p in self.booked.values()
            if p.session in self.struck.sessions or p.surgeon in self.struck.surgeons
        )
        special = {self.known.cases[case].specialty for case in hit}
        if self.emergency is not None:
            own = self.known.cases[self.emergency].specialty
            special = {own}
            hit = frozenset(c for c in hit if self.known.cases[c].specialty == own)
        wider = frozenset(c for c in self.booked if self.known.cases[c].specialty in special) | hit
        places = {self.booked[case].session for case in hit} | self.struck.sessions
        last: tuple[int, int] | None = None
        for name, cases, inside in (
            ("session", hit, places),
            ("specialty", wider, None),
            ("day", frozenset(self.booked), None),
        ):
            reach = self._reach(name, cases, inside)
            size = len(reach.cells), int(reach.allowed.sum())
            if size != last and len(reach.cells):
                yield reach
            last = size

    def _reach(self, name: str, cases: Iterable[CaseId], inside: set[SessionId] | None) -> Reach:
        """Free some cases, those that may come in besides; the latter into the sessions hit alone."""
        space, layout = self.ground.space, self.ground.layout
        incoming = {*self.waiting, *filter(None, (self.emergency,))}
        numbers = sorted(space.cell_of[case] for case in {*cases, *incoming})
        cells = self.programme.movable(np.array(numbers, np.int32))
        session = np.array([s.id for s in self.problem.sessions] + [""], object)[layout.session]
        freed = np.zeros(space.cells, bool)
        freed[cells] = True
        slot_cell = self.ground.compiled.slot_cell
        allowed = freed[slot_cell] & (layout.day == self.struck.moment.day)
        if inside is not None:
            allowed &= np.isin(session, sorted(inside))
        if self.waiting:
            standing = np.zeros(space.cells, bool)
            standing[[space.cell_of[case] for case in self.waiting]] = True
            allowed &= ~standing[slot_cell] | np.isin(session, sorted(self.struck.sessions))
        return Reach(name, cells, allowed)

    def _search(
        self, reach: Reach, wish: Wish, over: Callable[[], bool] | None = None
    ) -> Answer | None:
        """Solve a reach from the best plan so far; give what the audit accepts of it."""
        began = time.monotonic()
        model = RepairModel(
            self.programme, reach.cells, reach.allowed, self.unrest, self.struck.shut, wish
        )
        self.time.built = time.monotonic() - began
        limits = Limits(deterministic=_LIMITS[reach.name], seed=self.request.seed)
        answer = model.solve(limits, over or self.time.over)
        if not answer.found:
            return None
        slots, starts = model.answer(answer.solver.value)
        before = self.programme.put(model.sub.cells, slots, starts)
        taken = self._take(reach.name)
        if taken is None or wish != Wish():
            self.programme.undo(before)
        return taken

    def _others(self, best: Answer, reach: Reach) -> None:
        """Ask what else there is: rooms that end in time, and other patients who go."""
        wish = Wish(ends=self._in_time(best))
        if best.bumped:
            wish = Wish()
        elif not wish.ends:
            return
        bumped = [frozenset(best.bumped)] if best.bumped else []
        for _ in range(2 - len(bumped)):
            if self.time.short():
                return
            found = self._search(reach, replace(wish, unlike=tuple(bumped)))
            if found is None or not found.bumped:
                return
            bumped.append(frozenset(found.bumped))
        if len(bumped) == 1 and not self.time.short():
            self._search(reach, Wish(unlike=tuple(bumped)))

    def _in_time(self, best: Answer) -> dict[SessionId, int]:
        """Give when rooms ought to end where an answer has some run on after their sessions."""
        late = {}
        plan = made(self.plan, best.moves)
        view = TheatreView(self.problem, plan)
        for session in self.known.sessions_on.get(self.struck.moment.day, ()):
            inside = view.inside(session)
            closes, ends = (
                self.known.closes(session),
                [p.over for p in inside if p.over is not None],
            )
            fixed = [
                p.over
                for p in inside
                if p.over is not None and p.case.id not in self.booked
                if p.case.id != self.emergency
            ]
            if ends and max(ends) > closes and max(fixed, default=0) < max(ends):
                late[session.id] = max(closes, *fixed) if fixed else closes
        return late

    # --- judging ---------------------------------------------------------------------------------

    def _take(self, reach: str) -> Answer | None:
        """Audit the programme; keep it as an answer unless it adds a hard breach or is known."""
        moves = tuple(self._moves())
        known = next((each for each in self.answers if each.moves == moves), None)
        if known is not None:
            return known
        change = would_break(self.nothing, made(self.plan, moves))
        if harms(self.nothing, change.new):
            return None
        answer = self._answer(reach, moves, change.outcome)
        self.answers.append(answer)
        return answer

    def _moves(self) -> Iterator[Move]:
        space, out = self.ground.space, self.ground.layout.out
        slots, starts = self.start
        now, since = self.programme.slots, self.programme.starts
        for cell in np.flatnonzero((slots != now) | (starts != since)).tolist():
            case = space.cases[cell].id
            if now[cell] == out[cell]:
                yield Move(case, self.booked.get(case), None)
                continue
            option = self.ground.option(now[cell])
            start = start_of(space, option.session, int(since[cell]))
            after = Placement(case, option.session.id, option.surgeon, start)
            yield Move(case, self.booked.get(case), after)

    def _answer(self, reach: str, moves: tuple[Move, ...], outcome: Outcome) -> Answer:
        unrest = sum(self.unrest.of(each.case, each.after) for each in moves)
        if self.emergency is not None and all(each.case != self.emergency for each in moves):
            unrest += self.unrest.of(self.emergency, None)
        judged = outcome.judgement.judged
        new = tuple(e for e in judged if e.cost > 0 and _name(e) not in self.before)
        score = outcome.judgement.score
        return Answer(reach=reach, moves=moves, score=score, new=new, unrest=unrest)


def _name(each: Judged) -> tuple[str, Any, int]:
    return each.rule.id, each.breach.about, each.breach.amount


def _named(judged: Iterable[Judged]) -> frozenset[tuple[str, Any, int]]:
    return frozenset(map(_name, judged))
