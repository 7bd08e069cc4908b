"""A run of the engine as the window knows it: what was asked, what came so far, how it stands."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from data.protecting import Seal
from data.runs import RunFolder
from planner import following
from planner.answered import recording
from planner.edits import AdoptPlan, Branch, Edit
from planner.fingerprint import fingerprint
from planner.following import taker
from planner.hand_edits import Together
from planner.kpis.contract import Outcome
from planner.master.words import Comparison
from planner.plan import Plan
from planner.problem import Problem
from planner.rotation.comparing import Turned
from planner.runs import Budget, SolveRequest, SolveResult, Status
from planner.score import PARTS, Score
from planner.study import BASE, Scenario, Study

STEPS: Final = ("reading", "first", "better", "proof")
"""The four phases that people are shown."""
_STEP: Final[Mapping[str, int]] = {
    "kernel": 0,
    "loading": 0,
    "grid": 0,
    "build": 0,
    "greedy": 1,
    "first_roster": 1,
    "annealing": 2,
    "sequencing": 2,
    "neighbourhoods": 2,
    "exact": 3,
}


_LATE: Final = 5.0
"""Seconds that an engine may end before its time without having missed any."""


class Point(NamedTuple):
    """A plan of the cost curve: seconds since the start, and what the plan costs."""

    seconds: float
    cost: int


@dataclass(slots=True, kw_only=True)
class Run:
    """One question of a window and what has come of it.

    A run belongs to the scenario and to the facts that it was asked for, whatever is edited meanwhile.
    """

    scenario: str
    request: SolveRequest
    before: Outcome
    """The outcome of the plan that the run started from."""
    seconds: float
    folder: RunFolder | None = None
    asked: bool = False
    """Whether the worker has been told."""
    state: str = "running"
    """`running`, `stopping`, `over`: over means that its plan waits to be adopted or rejected."""
    ended: str = ""
    """Why it is over, as a message id; "" where it came to its own end."""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    part: str = ""
    phase: str = ""
    step: int = 0
    best: Outcome | None = None
    grid: Comparison | Turned | None = None
    """Owners of the master schedule or lines of a rotation before and after, once their run is over."""
    plans: int = 0
    """How many better plans the engine told of; not all of them are read."""
    curve: list[Point] = field(default_factory=list)
    bounds: dict[str, int] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """What proved the bound of each part."""
    bound_curve: list[Point] = field(default_factory=list)
    result: SolveResult | None = None
    remarks: list[tuple[str, Mapping[str, str | int]]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    last: float = 0.0
    due: float = 0.0
    """Seconds that the engine has been given for what it is at."""
    extended: bool = False
    """Whether it has been given more since it was asked."""
    gone: bool = False
    """Whether its scenario has been deleted; another one of the same name is not its own."""
    asked_in: Problem | None = None
    """The facts of its scenario when it was asked; a linked run begins with others."""
    _last: Scenario | None = None
    _rest: int | None = None

    @classmethod
    def of(cls, scenario: str, request: SolveRequest, before: Outcome, seconds: float) -> "Run":
        """Begin a run that starts from an outcome."""
        here = before.problem if request.linked else request.problem
        return cls(
            scenario=scenario,
            request=request,
            before=before,
            seconds=seconds,
            due=seconds,
            asked_in=here,
        )

    @property
    def of_facts(self) -> str:
        """The part whose answer is changes of facts and no plan, "" where it makes a plan."""
        return self.request.of_facts

    @property
    def ready(self) -> bool:
        """Whether there is anything to adopt: a plan, or changes of facts."""
        return self.best is not None or bool(self.result is not None and self.result.changes)

    @property
    def cost(self) -> int | None:
        """What the best plan costs, or the best grid; None: there is none yet."""
        if self.of_facts:
            return None if self.grid is None else self.grid.after.score.total
        return None if self.best is None else cost_of(self.best.judgement.score)

    @property
    def on(self) -> bool:
        """Whether the engine is still at work."""
        return self.state != "over"

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return self.last if self.state == "over" else time.monotonic() - self.began

    @property
    def made_for(self) -> str:
        """The fingerprint of the facts that it was asked for."""
        return fingerprint(self.request.problem)

    @property
    def proven(self) -> bool:
        """Whether no plan can be better."""
        return self.result is not None and self.result.status == "optimal"

    @property
    def bound(self) -> int | None:
        """What no legal plan that this run may find can cost less than.

        Known where every part that it plans has a bound; other parts stay and cost what they do.
        """
        if self.of_facts:
            return self.bounds.get(self.of_facts) if self.result is None else self.result.bound
        known = self.bounds if self.result is None else self._proven()
        there = [part for part in PARTS if part in self.request.parts and self._has(part)]
        if not there or not set(there) <= known.keys():
            return None
        return sum(known[part] for part in there) + self.rest

    @property
    def alone(self) -> bool:
        """Whether the study has a part that this run leaves as it is."""
        return any(self._has(part) and part not in self.request.parts for part in PARTS)

    @property
    def rest(self) -> int:
        """What the parts cost that this run leaves as they are."""
        if self._rest is None:
            judged = self.before.judgement.judged
            others = (each for each in judged if each.rule.part not in self.request.parts)
            self._rest = sum(each.cost for each in others)
        return self._rest

    @property
    def part_bounds(self) -> tuple[tuple[str, int, int], ...]:
        """Give the parts with a bound of their own: which, what it costs in the best plan, the bound."""
        if self.of_facts or self.best is None or self.best.judgement.score.breaches:
            return ()
        known = self.bounds if self.result is None else self._proven()
        costs: Counter[str] = Counter()
        for each in self.best.judgement.judged:
            costs[each.rule.part] += each.cost
        parts = [part for part in PARTS if part in self.request.parts and part in known]
        return tuple((part, costs[part], known[part]) for part in parts)

    def _has(self, part: str) -> bool:
        problem = self.request.problem
        return bool(problem.cases if part == "theatre" else problem.staff)

    def _proven(self) -> dict[str, int]:
        """Give the bounds that the answer came with, by part."""
        assert self.result is not None
        parts = self.result.parts.items()
        return {name: part.bound for name, part in parts if part.bound is not None}

    @property
    def gap(self) -> float | None:
        """By how many per cent the best plan may be above the best possible; None: not known."""
        cost = self.cost
        if cost is None or self.bound is None:
            return None
        broken = self.best is not None and self.best.judgement.score.breaches
        rest = 0 if self.of_facts else self.rest
        if broken or self.bound <= rest or cost < self.bound:
            return None
        return 100.0 * (cost - self.bound) / (self.bound - rest)

    def enter(self, part: str, phase: str) -> None:
        """Note a phase; within a part the steps only go forward."""
        step = _STEP.get(phase, 2)
        self.step = step if part != self.part else max(self.step, step)
        self.part, self.phase = part, phase

    def take(self, outcome: Outcome | Comparison | Turned) -> bool:
        """Take a better plan; tell whether it is one. A plan without any decision is none, a grid too."""
        if isinstance(outcome, Comparison | Turned):
            self.grid = outcome
            return False
        if outcome.plan == Plan():
            return False
        if self.best is not None and outcome.judgement.score.key >= self.best.judgement.score.key:
            same = outcome.plan == self.best.plan
            if same and outcome.forecast is not None:  # the run's last word on it
                self.best = outcome
            return same
        self.best = outcome
        self.curve.append(Point(self.spent, cost_of(outcome.judgement.score)))
        return True

    def keep_no_worse(self) -> None:
        """Put the plan that was at hand in place of the best one, where that is worse."""
        before, best = self.before, self.best
        if best is not None and before.plan != Plan():
            if before.judgement.score.key < best.judgement.score.key:
                self.best = before

    def prove(self, part: str, bound: int, source: str) -> None:
        """Note a better bound of a part, and what proved it."""
        if bound <= self.bounds.get(part, -1):
            return
        self.bounds[part], self.sources[part] = bound, source
        whole = self.bound
        if whole is not None:
            self.bound_curve.append(Point(self.spent, whole))

    def extend(self, seconds: float) -> None:
        """Note that the engine is given more seconds for what it is at."""
        self.seconds += seconds
        self.due += seconds
        self.extended = True

    def unspent(self, result: SolveResult) -> float:
        """Give the seconds that came too late for the engine to spend, 0 where it has spent them."""
        left = self.due - result.seconds
        return left if self.extended and result.status != "optimal" and left > _LATE else 0.0

    def end(self, why: str = "", /, **facts: str | int) -> None:
        """Note that it is over."""
        if self.state != "over":
            self.last = self.spent
            self.state, self.ended, self.facts = "over", why, facts

    @property
    def id(self) -> str:
        """The id of the run in the journal, "" before it has a folder."""
        return "" if self.folder is None else self.folder.id

    @property
    def seal(self) -> Seal | None:
        """What its folder is under."""
        return None if self.folder is None else self.folder.seal

    @property
    def afar(self) -> bool:
        """Whether a new scenario takes what was found: the facts of the base stay."""
        return self.request.linked and self.scenario == BASE

    def taker(self, study: Study, lang: str) -> str:
        """Name the scenario that takes what was found: its own, or a new one."""
        return taker(study, self.scenario, lang) if self.request.linked else self.scenario

    def adopting(self, study: Study, branch: str = "", lang: str = "en") -> Edit:
        """Give the edit that takes what was found, into a new scenario where one is named."""
        name = branch or self.taker(study, lang)
        adopt = self._taking(name, lang)
        if self.request.linked and isinstance(adopt, AdoptPlan):
            if not self.outdated(study):  # it was made for the very facts that follow from it
                adopt = replace(adopt, made_for=None)
            return following.adopting(study, self.scenario, adopt)
        if not branch:
            return adopt
        return Together(edits=(Branch(parent=self.scenario, name=branch), adopt))

    def _taking(self, name: str, lang: str) -> Edit:
        if self.of_facts:
            assert self.result is not None
            return recording(self.request, self.result.changes, name, lang)
        assert self.best is not None
        return AdoptPlan(
            scenario=name,
            plan=self.best.plan,
            run=self.id,
            made_for=self.made_for,
            forecast=self.best.forecast,
        )

    def outdated(self, study: Study) -> bool:
        """Tell whether the facts or rules of its scenario are others by now."""
        self.follow(study)
        return not self.gone and study.problem(self.scenario) is not self.asked_in

    def follow(self, study: Study) -> None:
        """Look whether its scenario is still there: the very one that was there before it went."""
        here = next((each for each in study.scenarios if each.name == self.scenario), None)
        if here is None:
            self.gone = True
        elif not self.gone or here is self._last:
            self.gone, self._last = False, here

    def rename(self, scenario: str) -> None:
        """Follow its scenario to another name, in its folder too: somebody may have to recover it.

        Raises:
            Refused: it cannot be written.
        """
        self.scenario = scenario
        if self.folder is not None:
            self.folder.rename(scenario)

    def finish(self, status: str) -> None:
        """Mark its folder: nothing of it is to be recovered.

        Raises:
            Refused: it cannot be written.
        """
        if self.folder is not None:
            self.folder.finish(status)

    def answer(self) -> SolveResult:
        """Give what came of it as an answer of the engine, also where the engine gave none."""
        if self.of_facts:
            assert self.result is not None
            return self.result
        assert self.best is not None
        score = self.best.judgement.score
        if self.result is not None and self.result.plan == self.best.plan:
            return self.result
        status: Status = "stopped"
        return SolveResult(
            status=status,
            plan=self.best.plan,
            score=score,
            bound=self.bound,
            seconds=self.spent,
        )

    def onward(self, seconds: float) -> SolveRequest:
        """Give the question that goes on from the best plan so far."""
        plan = self.request.plan if self.best is None else self.best.plan
        return replace(self.request, plan=plan, budget=Budget(seconds=seconds))


def cost_of(score: Score) -> int:
    """Give one number for a curve: what is broken and what is not nice, by their weights."""
    return score.hard + sum(score.tiers)
