"""The score of a plan, from the audit alone: what is broken, what it costs, and by tier.

Hard breaches cost weight × what no waiver forgives; soft ones weight × amount. All integers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Breach, Rule, Waiver, audit
from planner.view import RosterView, TheatreView

PARTS: Final = ("theatre", "roster")
TIERS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a plan costs: hard (unwaived), number of hard breaches, what waivers forgave, soft tiers.

    `total` is the sum of the soft tiers, None where tiers are ordered strictly and no sum means
    anything.
    """

    hard: int = 0
    breaches: int = 0
    waived: int = 0
    tiers: tuple[int, ...] = (0, 0, 0, 0)
    total: int | None = 0

    @property
    def key(self) -> tuple[int, ...]:
        """What to compare plans by: less is better, hard first."""
        soft = self.tiers if self.total is None else (self.total,)
        return (self.hard, *soft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A breach with the rule that it breaks and the units that a waiver forgives."""

    rule: Rule[Any, Any]
    breach: Breach
    waived: int = 0

    @property
    def cost(self) -> int:
        """Weight × what is not waived."""
        return self.rule.price * max(0, self.breach.amount - self.waived)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All breaches of a plan and its score."""

    judged: tuple[Judged, ...]
    score: Score

    @property
    def hard(self) -> tuple[Judged, ...]:
        """The hard breaches that no waiver covers whole."""
        return tuple(each for each in self.judged if each.rule.hard and each.cost > 0)


def judge(
    problem: Problem,
    plan: Plan,
    waivers: Sequence[Waiver] = (),
    *,
    parts: Iterable[str] = PARTS,
    views: Mapping[str, RosterView | TheatreView] | None = None,
) -> Judgement:
    """Audit a plan by every enabled rule of some parts, and score it; `views` are those there are."""
    steps = judging(problem, plan, waivers, parts=parts, views=views)
    return next(found for found in steps if found is not None)


def judging(
    problem: Problem,
    plan: Plan,
    waivers: Sequence[Waiver] = (),
    *,
    parts: Iterable[str] = PARTS,
    views: Mapping[str, RosterView | TheatreView] | None = None,
) -> Iterator[Judgement | None]:
    """Audit a plan in steps of a rule each, for who does other things between them; the last gives it."""
    wanted = frozenset(parts)
    judged: list[Judged] = []
    made = dict(views or {})
    for rule in problem.rules:
        if not rule.enabled or rule.part not in wanted:
            continue
        view = made.get(rule.part)
        if view is None:
            kind = RosterView if rule.part == "roster" else TheatreView
            view = made[rule.part] = kind(problem, plan)
        for breach in audit(rule, view):
            waived = forgiven(rule, breach, waivers)
            judged.append(Judged(rule=rule, breach=breach, waived=waived))
        yield None
    yield Judgement(judged=tuple(judged), score=total(judged, problem.order))


def forgiven(rule: Rule[Any, Any], breach: Breach, waivers: Iterable[Waiver]) -> int:
    """Give the units of a hard breach that waivers forgive: the largest cover, never the sum."""
    if not rule.hard:
        return 0
    covers = (w.most for w in waivers if w.rule == rule.id and w.covers(breach.about))
    return min(breach.amount, max(covers, default=0))


def total(judged: Iterable[Judged], order: str) -> Score:
    """Add up breaches to a score; `order` strict leaves the total out."""
    hard = broken = waived = 0
    tiers = [0] * TIERS
    for each in judged:
        if each.rule.hard:
            hard += each.cost
            broken += each.cost > 0
            waived += each.rule.price * each.waived
        else:
            tiers[each.rule.tier - 1] += each.cost
    return Score(
        hard=hard,
        breaches=broken,
        waived=waived,
        tiers=tuple(tiers),
        total=None if order == "strict" else sum(tiers),
    )


def added(scores: Iterable[Score]) -> Score:
    """Add up the scores of the parts of one plan: no rule reads placements and duties both."""
    parts = tuple(scores)
    sums = [score.total for score in parts if score.total is not None]
    return Score(
        hard=sum(score.hard for score in parts),
        breaches=sum(score.breaches for score in parts),
        waived=sum(score.waived for score in parts),
        tiers=tuple(sum(tier) for tier in zip(*(score.tiers for score in parts), strict=True)),
        total=sum(sums) if len(sums) == len(parts) else None,
    )


def unused(judged: Iterable[Judged], waivers: Iterable[Waiver]) -> tuple[Waiver, ...]:
    """Give the waivers that match no breach."""
    broken = [(each.rule.id, each.breach.about) for each in judged if each.rule.hard]
    return tuple(
        waiver
        for waiver in waivers
        if not any(waiver.rule == rule and waiver.covers(about) for rule, about in broken)
    )
