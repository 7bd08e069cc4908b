"""What a solver run is asked, what it says on the way, and what it answers.

Plain values: the same go through a function call, the JSON lines of the worker and the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from planner.changes import Change
from planner.forecast import Forecast
from planner.linking import linked
from planner.master.options import MasterOptions
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Waiver
from planner.score import PARTS, Score
from planner.study import Pin

DEFAULT_SECONDS: Final = 60.0
MASTER: Final = "mss"
"""The master surgical schedule: a part that plans nothing, but changes who owns what."""
ROTATION: Final = "rotation"
"""The lines of a rotation: a part that plans nothing either, but changes which shifts come back."""
FACT_PARTS: Final = (MASTER, ROTATION)
"""The parts whose answer is changes of facts; each is asked for alone."""
RUN_PARTS: Final = (*PARTS, *FACT_PARTS)
"""The parts that a run may be asked for."""

Status: TypeAlias = Literal["optimal", "feasible", "relaxed", "nothing", "stopped"]
Source: TypeAlias = Literal["rows", "sessions", "columns", "model"]
"""What proved a bound: rows of all rules relaxed, the cheapest sets of cases of each session, the
cheapest rosters of each person, or a model of the whole problem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How long a run may take: one of wall seconds, CPU seconds of all processes, or effort.

    One effort is one million kernel moves and one deterministic CP-SAT second, without any clock; it
    may be a part of one.
    """

    seconds: float | None = None
    cpu_seconds: float | None = None
    effort: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveRequest:
    """One question: the facts and rules, the plan at hand, what to keep, and how long to try.

    `parts` are planned, the others stay as they are in `plan`. `strict` overrides the order of the
    problem's tiers. `workers` 0: two; never more than there are processors. `near`: facts have moved
    on since `plan` was made, so what changes in it has to gain more than it unsettles. `linked`:
    both parts go in turn, each in the facts that follow from the other one (`linking.py`); the score
    is that of both in the facts of the answer. `master` is
    what the part `mss` weighs grids by; it is asked for alone. `rotation` is the one whose lines the
    part `rotation` finds, alone as well.
    """

    problem: Problem
    plan: Plan = Plan()
    pins: tuple[Pin, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    parts: tuple[str, ...] = ("theatre", "roster")
    budget: Budget = Budget(seconds=DEFAULT_SECONDS)
    seed: int = 1
    workers: int = 0
    strict: bool = False
    near: bool = False
    linked: bool = False
    master: MasterOptions = MasterOptions()
    rotation: str = ""

    @property
    def ordered(self) -> Problem:
        """The problem, with its tiers in the order that is asked for; the same one where it can be."""
        if not self.strict or self.problem.order == "strict":
            return self.problem
        return replace(self.problem, order="strict")

    def facts_of(self, plan: Plan) -> Problem:
        """Give the problem in which a plan that is found is judged: that of the request, or linked."""
        return linked(self.ordered, plan) if self.linked else self.problem

    @property
    def of_facts(self) -> str:
        """The part whose answer is changes of facts, "" where a plan is asked for."""
        return next((part for part in FACT_PARTS if part in self.parts), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """What became of one part; a bound holds for the full problem or is None.

    `bound` is in the units of the score's total; `bounds` is a vector by tier where tiers are strict.
    `source` names what proved them. `late` is how much the cost still fell in the last fifth of the
    search, None where that is not known.
    """

    status: Status
    score: Score
    bound: int | None = None
    bounds: tuple[int, ...] | None = None
    source: Source | None = None
    late: int | None = field(default=None, compare=False)  # by the clock: no two runs have the same


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveResult:
    """The best plan found, scored by the audit, and how it went.

    `forecast` is what was simulated of a theatre plan; a run that was stopped has none. `changes` are
    those of the facts that the part `mss` or `rotation` proposes; the score is then the cost of the
    grid or the audit of the rotation by itself.
    """

    status: Status
    plan: Plan
    score: Score
    parts: Mapping[str, PartResult] = field(default_factory=dict)
    bound: int | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    forecast: Forecast | None = None
    changes: tuple[Change, ...] = ()

    @property
    def late(self) -> dict[str, int]:
        """How much the cost of each part still fell in the last fifth of its search, as far as known."""
        return {name: each.late for name, each in self.parts.items() if each.late is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The run has begun; `fingerprint` names the problem."""

    fingerprint: str
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A part enters another phase (a message id such as `greedy`, `annealing`, `sequencing`)."""

    part: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Improved:
    """A better plan, audited; `seconds` and `cpu_seconds` since the start."""

    part: str
    plan: Plan
    score: Score
    seconds: float
    cpu_seconds: float
    bound: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A better bound of a part, valid for the full problem, and what proved it."""

    part: str
    bound: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something the user should know: a message id and its facts."""

    what: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The run has ended with an answer."""

    result: SolveResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The run has ended without one: a message id and its facts."""

    what: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


Event: TypeAlias = Started | Phase | Improved | Bound | Remark | Finished | Failed
