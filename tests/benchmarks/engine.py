"""How fast the engine room is: `PYTHONPATH=. python tests/benchmarks/engine.py [theatre|roster|ward]`.

Prints figures a CPU-second beside those of the prototype measured before it was built. They hold on
a quiet core only; so nothing is asserted here.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from data.demo import generate
from data.importers.curtois import Curtois
from planner.rules import catalogue
from planner.rules.space import RosterSpace
from planner.rules.theatre_space import TheatreSpace
from solvers.roster.layout import lay_out
from solvers.rows import moves_roster, moves_theatre
from solvers.rows.arrays import Compiled
from solvers.rows.compile import compile as compiled_of
from solvers.rows.first_roster import cover_unit, first_roster
from solvers.rows.search import Search
from solvers.rows.state import ACCEPTED, EVALUATED
from solvers.rows.weights import weigh

BENCH = Path(os.environ.get("OPALE_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
PIECES = 20


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give CPU-seconds and the result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def rates(search: Search, anneal: Callable[[int], Any], tries: int) -> str:
    """Tries and evaluated moves a CPU-second, best of some pieces and over all."""
    anneal(1000)
    before = search.state.tally.copy()
    spent = [timed(lambda: anneal(tries // PIECES))[0] for _ in range(PIECES)]
    made = search.state.tally - before
    evaluated, accepted = int(made[EVALUATED]), int(made[ACCEPTED])
    whole, share = sum(spent), evaluated / tries
    best = tries / PIECES / min(spent) / 1e6
    return (
        f"tries {tries / whole / 1e6:6.2f} M/s (best piece {best:5.2f}), evaluated"
        f" {evaluated / whole / 1e6:5.2f} M/s (best {best * share:5.2f}),"
        f" accepted {accepted / max(1, evaluated):.1%}"
    )


def roster(name: str, problem: Any, tries: int, reference: str) -> None:
    """Build, first roster, annealing rates of one roster."""
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "roster"]
    built, (space, compiled) = timed(lambda: _built(RosterSpace(problem), rules))
    layout = lay_out(space)
    codes = [space.fixed(cell) or 0 for cell in range(space.cells)]
    more, search = timed(lambda: Search(compiled, weigh(compiled), codes))
    moves = moves_roster.roster_moves(compiled, layout.lines, layout.tracks)
    unit = cover_unit(search, moves)
    first_roster(search, moves, layout.people[:1])  # the kernel is ready after this
    search = Search(compiled, weigh(compiled), codes)
    first, _ = timed(lambda: first_roster(search, moves, layout.people))
    search.keep()
    legal = search.cost.hard
    hot = 0.05 * unit
    told = rates(
        search,
        lambda count: moves_roster.anneal(
            search, moves, tries=count, hot=hot, cold=hot * 0.99, legal=2 * unit / 720
        ),
        tries,
    )
    print(
        f"{name:12s} build {built:5.2f} + {more:4.2f} s, {compiled.nbytes / 1e6:5.1f} MB;"
        f" first roster {first:5.2f} s, hard cost {legal}; {told}; prototype {reference}"
    )


def _built(space: Any, rules: list[Any]) -> tuple[Any, Compiled]:
    return space, compiled_of(space, rules)


def theatre(name: str, tries: int, reference: str) -> None:
    """Build, greedy, annealing rates of one theatre plan."""
    problem = generate(name, 1)
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    built, (space, compiled) = timed(lambda: _built(TheatreSpace(problem), rules))
    more, search = timed(lambda: Search(compiled, weigh(compiled), [0] * space.cells))
    numbers = {session.id: at for at, session in enumerate(problem.sessions)}
    session = np.array([-1, *(numbers[option.session.id] for option in space.options)], np.int32)
    moves = moves_theatre.theatre_moves(compiled, session)
    cells = np.arange(space.cells, dtype=np.int32)
    search.insert(cells[:1])
    greedy, cost = timed(lambda: search.insert(cells))
    told = rates(
        search,
        lambda count: moves_theatre.anneal(
            search, moves, tries=count, hot=3000.0, cold=2900.0, legal=3000.0
        ),
        tries,
    )
    print(
        f"{name:12s} build {built:5.2f} + {more:4.2f} s, {compiled.nbytes / 1e6:5.1f} MB,"
        f" {space.codes} codes; greedy {greedy:5.2f} s, {cost}; {told}; prototype {reference}"
    )


def main(wanted: list[str]) -> None:
    """Print what is asked for, or all of it."""
    catalogue()
    if not wanted or "roster" in wanted:
        for number, reference in (("8", "9.4 (5.1)"), ("13", "6.8 (4.0)")):
            path = BENCH / "curtois" / "instances" / f"Instance{number}.txt"
            if path.exists():
                problem = Curtois().take(path, {}).problem
                roster(f"Curtois {number}", problem, 1_000_000, reference)
    if not wanted or "ward" in wanted:
        roster("ward", generate("ward", 1), 400_000, "0.53")
    if not wanted or "theatre" in wanted:
        theatre("mid", 1_000_000, "evaluated 2.6")
        theatre("chu", 1_000_000, "evaluated 1.15")


if __name__ == "__main__":
    main(sys.argv[1:])
