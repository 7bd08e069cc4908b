"""A plan with its audit, for who changes little of it: a change is judged by what it touches."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from planner.hand_edits import placed
from planner.kpis.contract import Outcome
from planner.live import Change, would_break
from planner.plan import Placement, Plan
from planner.score import Score, judge
from solvers.theatre.layout import start_of
from solvers.theatre.programme import Ground

MANY: Final = 25
"""Cases that may move at once; more, and judging again is no faster than judging."""


class Move(NamedTuple):
    """Where a case is put: a slot, and a start in minutes that pass after midnight."""

    cell: int
    slot: int
    start: int


class Exact:
    """The theatre part of a plan under small changes; those that are taken stand in `moves`."""

    def __init__(self, ground: Ground, plan: Plan) -> None:
        self._ground = ground
        desk = ground.desk
        problem, waivers = desk.problem, desk.request.waivers
        self.outcome = Outcome(problem, Plan(sessions=plan.sessions), waivers)
        self.outcome.judgement = judge(problem, self.outcome.plan, waivers, parts=(desk.part,))
        self.moves: dict[int, Move] = {}

    @property
    def score(self) -> Score:
        """The score of the plan as it is now."""
        return self.outcome.judgement.score

    def tried(self, moves: Sequence[Move]) -> Change:
        """Say what some moves together would change."""
        plan = self.outcome.plan
        for move in moves:
            plan = placed(plan, self._placement(move))
        return would_break(self.outcome, plan)

    def take(self, moves: Sequence[Move], change: Change) -> None:
        """Make moves that were tried."""
        self.outcome = change.outcome
        self.moves.update((move.cell, move) for move in moves)

    def _placement(self, move: Move) -> Placement:
        ground = self._ground
        option = ground.option(move.slot)
        start = start_of(ground.space, option.session, move.start)
        return Placement(option.case.id, option.session.id, option.surgeon, start)
