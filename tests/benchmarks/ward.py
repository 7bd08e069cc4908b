"""Prints what the roster pipeline makes of a ward, and of the teaching hospital, over CPU-seconds.

    python tests/benchmarks/ward.py [ward|chu] [--cpu-seconds 60] [--seed 1] [--workers 0]
    python tests/benchmarks/ward.py bounds
    python tests/benchmarks/ward.py sick [--pairs 20]

`ward`: the demo ward with twenty weeks of past rosters, beside one CP-SAT model of it all, cold and
from the first roster with full hints; then what each rule costs at the end. `chu`: the roster of the
teaching hospital alone. `bounds`: what proves how much. `sick`: two people who are away for five days.
Clocks begin when the kernel is loaded, as in a worker that is warm; building is counted. Costs are
those of the audit, of legal rosters only. Not a test: it is never timed.
"""

import argparse
import os
import random
import resource
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from data.demo import generate
from planner.clock import MINUTES_A_DAY
from planner.day_events import Moment
from planner.facts import facts
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.space import RosterSpace
from planner.runs import Bound, Budget, Event, Improved, SolveRequest, SolveResult
from planner.score import Judged, judge
from planner.sick import Repaired, SickCall
from solvers.budget import Meter, processors
from solvers.cpsat import Limits
from solvers.cpsat import solve as solve_model
from solvers.engine import get_warm, solve
from solvers.lanes import lanes_of
from solvers.roster.layout import Layout, codes_of, days_of, lay_out
from solvers.roster.pricing import set_up
from solvers.rows import compile as rows_compile
from solvers.rows.arrays import Compiled
from solvers.rows.bound_apart import bound_apart
from solvers.rows.cpsat import SubModel
from solvers.rows.first_roster import first_roster
from solvers.rows.moves_roster import roster_moves
from solvers.rows.search import Search
from solvers.rows.weights import JUDGED, weigh

MARKS: Final = (1, 2, 3, 5, 10, 30, 60, 120, 300, 600)
LEGAL: Final = 1_000_000
"""What a hard unit costs in the one model; none may come anyway."""
_NEVER: Final = 1e9


class Curve:
    """The best legal cost, and the bound, after so many CPU-seconds."""

    def __init__(self) -> None:
        self._meter = Meter()  # a bound does not say when it was found
        self.points: list[tuple[float, int]] = []
        self.bounds: list[tuple[float, int, str]] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Improved) and not event.score.hard and event.score.total is not None:
            self.points.append((event.cpu_seconds, event.score.total))
        if isinstance(event, Bound) and event.bound is not None:
            self.bounds.append((self._meter.cpu_seconds, event.bound, str(event.source)))

    def at(self, seconds: float) -> str:
        known = [cost for spent, cost in self.points if spent <= seconds]
        return str(min(known)) if known else "-"

    @property
    def first(self) -> str:
        return f"{self.points[0][0]:.1f}" if self.points else "-"


class Built(NamedTuple):
    """A roster problem as arrays, with all that a search needs."""

    space: RosterSpace
    compiled: Compiled
    layout: Layout

    @staticmethod
    def of(problem: Problem) -> "Built":
        space = RosterSpace(problem)
        rules = [rule for rule in problem.rules if rule.enabled and rule.part == "roster"]
        compiled = rows_compile.compile(space, rules)
        return Built(space, compiled, lay_out(space))

    def search(self, plan: Plan) -> Search:
        """Begin a search at a plan, under the weights of the score."""
        codes = codes_of(self.space, self.compiled, plan.duties)
        return Search(self.compiled, weigh(self.compiled, kinds=JUDGED), codes)


class Measured(NamedTuple):
    """A line of the table."""

    name: str
    curve: Curve
    bound: str
    seconds: float
    cpu_seconds: float


@contextmanager
def watched_memory() -> Iterator[Callable[[], float]]:
    """Look at this process and its children ten times a second; give the peak in MiB so far."""
    peak, ended = [0.0], threading.Event()

    def look() -> None:
        while not ended.wait(0.1):
            peak[0] = max(peak[0], sum(map(_resident, [os.getpid(), *_children(os.getpid())])))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield lambda: max(peak[0], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    finally:
        ended.set()
        thread.join()


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError):
        return 0.0
    return pages * resource.getpagesize() / 2**20


def _children(process: int) -> list[int]:
    try:
        words = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(word) for word in words.split()]


# --- quality over time ------------------------------------------------------------------------------


def pipeline(problem: Problem, asked: argparse.Namespace) -> tuple[Measured, SolveResult]:
    """Solve as the product does."""
    curve = Curve()
    budget = Budget(cpu_seconds=asked.cpu_seconds)
    request = SolveRequest(
        problem=problem, parts=("roster",), budget=budget, seed=asked.seed, workers=asked.workers
    )
    result = solve(request, curve)
    part = result.parts["roster"]
    told = ", ".join(f"{bound} at {spent:.0f}" for spent, bound, _ in curve.bounds)
    bound = "-" if part.bound is None else f"{part.bound} ({part.source}: {told} CPU-s)"
    return Measured("pipeline", curve, bound, result.seconds, result.cpu_seconds), result


def monolith(problem: Problem, asked: argparse.Namespace, *, warm: bool) -> Measured:
    """Solve one CP-SAT model of the whole roster, made by the product's own builder.

    Cold, it gets no hint; warm, the first roster of the product with values for all variables.
    """
    meter, curve = Meter(), Curve()
    built = Built.of(problem)
    search = built.search(Plan())
    if warm:
        moves = roster_moves(built.compiled, built.layout.lines, built.layout.tracks)
        first_roster(search, moves, built.layout.people, seed=asked.seed)
        search.back_to_best()
        cost = search.best_cost
        if not cost.hard:
            curve.points.append((meter.cpu_seconds, cost.soft))
    cells = np.flatnonzero(search.state.movable).astype(np.int32)
    model = SubModel(search, cells, legal=LEGAL)
    model.minimise()
    if not warm:
        model.model.clear_hints()
    answer = solve_model(
        model.model,
        Limits(deterministic=_NEVER, workers=lanes_of(asked.workers), seed=asked.seed),
        should_stop=lambda: meter.cpu_seconds > asked.cpu_seconds,
        improved=lambda found: curve.points.append(
            (meter.cpu_seconds, round(found.objective_value))
        ),
    )
    name = "one model, warm" if warm else "one model, cold"
    bound = f"{max(0, round(answer.bound))} (CP-SAT)"
    return Measured(name, curve, bound, meter.seconds, meter.cpu_seconds)


def line(found: Measured, marks: Sequence[float]) -> str:
    """Write a line of the table."""
    cells = [*(found.curve.at(mark) for mark in marks), found.curve.first]
    end = f"{found.seconds:9.1f}{found.cpu_seconds:9.1f}  {found.bound}"
    return f"{found.name:16}" + "".join(f"{cell:>9}" for cell in cells) + end


def head(marks: Sequence[float]) -> str:
    """Write the heading of the table."""
    columns = [*(f"{mark:g} s" for mark in marks), "first at", "wall s", "CPU-s"]
    return f"{'':16}" + "".join(f"{column:>9}" for column in columns) + "  bound (source)"


def by_rule(judged: Sequence[Judged]) -> Iterator[str]:
    """Write what each rule that is not kept costs, the hard ones first."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        found[each.rule.id].append(each)
    for id, items in sorted(found.items(), key=lambda each: -sum(item.cost for item in each[1])):
        rule = items[0].rule
        tier = "hard" if rule.hard else f"tier {rule.tier}"
        amount, cost = sum(each.breach.amount for each in items), sum(each.cost for each in items)
        yield f"  {id:24}{tier:8}{len(items):6} items{amount:8} {rule.unit:12}{cost:9}"


def quality(profile: str, asked: argparse.Namespace) -> int:
    """Print the table of a demo, and what is left at the end; 1 where a hard rule is broken."""
    problem = generate(profile, asked.demo)
    get_warm()
    marks = [mark for mark in MARKS if mark <= asked.cpu_seconds]
    past = max((len(history.past) for history in problem.histories), default=0)
    print(
        f"{profile}: {len(problem.staff)} people, {problem.horizon.days} days, {past} days known,"
        f" {sum(r.enabled and r.part == 'roster' for r in problem.rules)} rules;"
        f" {lanes_of(asked.workers)} lanes, {processors()} cores"
    )
    print(head(marks))
    with watched_memory() as peak:
        mine, result = pipeline(problem, asked)
        print(line(mine, marks), flush=True)
        print(f"  memory of all processes at its peak: {peak():.0f} MiB")
    for warm in (True, False) if asked.models else ():
        print(line(monolith(problem, asked, warm=warm), marks), flush=True)
    judgement = judge(problem, result.plan, parts=("roster",))
    print(f"at the end: {judgement.score.breaches} hard breaches, {judgement.score.total} in all")
    print("\n".join(by_rule(judgement.judged)))
    return 1 if judgement.score.hard else 0


# --- sick calls -------------------------------------------------------------------------------------

DAYS_AWAY: Final = 5


class Answered(NamedTuple):
    """What an answer to a sick call took, and what it does."""

    cpu_seconds: float
    lost: int
    cells: int
    left_open: int
    new_hard: int
    ahead: int


def sick_pairs(problem: Problem, plan: Plan, count: int, seed: int) -> Iterator[SickCall]:
    """Draw two people who both have duties in some five days of the third week."""
    draw, horizon = random.Random(seed), problem.horizon
    while count:
        first = draw.randrange(10, horizon.days - DAYS_AWAY)
        days = range(first, first + DAYS_AWAY)
        busy = sorted({duty.person for duty in plan.duties if duty.day in days})
        people = tuple(draw.sample(busy, 2))
        yield SickCall(people, horizon.date(days[0]), horizon.date(days[-1]))
        count -= 1


def answered(problem: Problem, plan: Plan, call: SickCall) -> tuple[Answered, Repaired]:
    """Answer a call as the worker does, on the morning of its first day."""
    from ui.cli.sick_calls import solved_sick

    request = SolveRequest(problem=problem, plan=plan, parts=("roster",))
    moment = Moment(problem.horizon.day(call.first), MINUTES_A_DAY // 4)
    before = time.process_time()
    found = solved_sick(request, call.words, moment)
    spent = time.process_time() - before
    best, nothing = found.answers[0], found.nothing
    lost = len(found.called.lost)
    return Answered(
        spent,
        lost,
        len(best.cells),
        sum(each.breach.amount for each in best.new if each.rule.id == "cover_least"),
        best.score.hard - nothing.score.hard,
        nothing.cost - best.cost,
    ), found


def sick(asked: argparse.Namespace) -> int:
    """Print a line for each of some pairs; 1 where an answer adds a hard breach."""
    problem = generate("ward", asked.demo)
    get_warm()
    _, result = pipeline(problem, asked)
    print(f"ward: {result.score.breaches} hard breaches, {result.score.total} in all")
    print("CPU-s   lost  changed  per lost  short of  new hard  better than nothing")
    rows = []
    for call in sick_pairs(problem, result.plan, asked.pairs, asked.seed):
        found, _ = answered(problem, result.plan, call)
        rows.append(found)
        print(
            f"{found.cpu_seconds:5.2f}{found.lost:7}{found.cells:9}"
            f"{found.cells / max(1, found.lost):10.2f}{found.left_open:10}{found.new_hard:10}"
            f"{found.ahead:21}  {call.words}",
            flush=True,
        )
    spent = sorted(each.cpu_seconds for each in rows)
    print(
        f"median {spent[len(spent) // 2]:.2f}, most {spent[-1]:.2f} CPU-s;"
        f" {sum(each.cells for each in rows)} cells for {sum(each.lost for each in rows)} lost"
    )
    return 1 if any(each.new_hard > 0 for each in rows) else 0


# --- bounds -----------------------------------------------------------------------------------------


def by_heads(problem: Problem) -> int:
    """Give what cover must cost even if everybody there works where she can: day by day, need by need."""
    rule = next(rule for rule in problem.rules if rule.id == "cover_least")
    known, total = facts(problem), 0
    for need in problem.cover:
        able = known.able(rule.scope, need.skill)
        there = sum(not known.off(person, need.day) for person in able)
        total += rule.price * need.price_below * max(0, need.least - there)
    return total


def bounds(asked: argparse.Namespace) -> int:
    """Print what proves how much, with what it takes."""
    problem = generate("ward", asked.demo)
    built = Built.of(problem)
    weights = weigh(built.compiled, kinds=JUDGED)
    print(f"{'':44}{'bound':>9}{'CPU-s':>8}")

    def told(name: str, value: int, meter: Meter) -> None:
        print(f"{name:44}{value:9}{meter.cpu_seconds:8.1f}", flush=True)

    meter = Meter()
    told("heads a day and skill", by_heads(problem), meter)
    meter = Meter()
    found, done, parts = bound_apart(built.compiled, weights)
    told(f"linear program, {done} of {parts} parts by team", found, meter)
    meter = Meter()
    search = built.search(Plan())
    people, state = days_of(built.space), search.state
    pricing = set_up(built.compiled, weights, people, state.best, state.movable)
    if pricing is not None and pricing.begin(never):
        while not pricing.done and meter.cpu_seconds < asked.cpu_seconds:
            pricing.converge(never, 1)
        found_by_columns = max(0, pricing.bound or 0) if pricing.done else 0
        told("rosters of each person as columns", found_by_columns, meter)
    model = monolith(problem, asked, warm=False)
    print(f"one CP-SAT model, {asked.cpu_seconds:g} CPU-s: {model.bound}")
    return 0


def never() -> bool:
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one of the tables."""
    parser = argparse.ArgumentParser(description="Rosters of the demo ward over CPU-seconds.")
    parser.add_argument(
        "what", nargs="?", default="ward", choices=("ward", "chu", "small", "mid", "sick", "bounds")
    )
    parser.add_argument("--cpu-seconds", type=float, default=60.0)
    parser.add_argument("--demo", type=int, default=1, help="seed of the hospital")
    parser.add_argument("--seed", type=int, default=1, help="seed of the search")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--no-models", dest="models", action="store_false")
    asked = parser.parse_args(arguments)
    if asked.what == "bounds":
        return bounds(asked)
    return sick(asked) if asked.what == "sick" else quality(asked.what, asked)


if __name__ == "__main__":
    sys.exit(main())
