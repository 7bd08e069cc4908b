"""Whether the plan of one scenario would serve another better than its own.

Where it would, that much of the difference between them comes from the search and not from what was
changed: a room closed costs nothing less, but a plan found with it closed may be the better one with
it open, too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from planner.fields import specs
from planner.parts import differing, unread
from planner.plan import Plan
from planner.problem import ATTRIBUTES, Problem
from planner.rules.blocks import Area
from planner.rules.contract import Rule, View, audit
from planner.score import TIERS, Judged, Score, forgiven
from planner.signatures import plan_digest
from planner.view import RosterView, TheatreView

if TYPE_CHECKING:
    from planner.kpis.contract import Outcome

PART: Final = 10
"""What is said of a difference begins where a plan lent takes away a tenth of it."""


class Lent(NamedTuple):
    """The facts of a scenario with the plan of another, which costs less than its own.

    `gain` is how many points less, None where the plans differ in hard breaches or strict tiers.
    """

    scenario: str
    plan_of: str
    gain: int | None


def lending(outcomes: Mapping[str, "Outcome"], reference: str) -> Iterator[Lent | None]:
    """Try each plan with the reference's facts and the reference's plan with each others'.

    It is audited in steps of a rule each, for who does other things between them: None after each.
    """
    for name in outcomes:
        if name == reference:
            continue
        costs = [outcomes[each].judgement.score for each in (name, reference)]
        for scenario, plan_of in ((name, reference), (reference, name)):
            mine, other = outcomes[scenario], outcomes[plan_of]
            if mine.plan == other.plan:
                continue
            for found in _trying(mine, other):
                if found is None:
                    yield None
                elif _counts(found, mine.judgement.score, costs):
                    yield Lent(scenario, plan_of, _points(found, mine.judgement.score))


def _trying(mine: "Outcome", other: "Outcome") -> Iterator[Score | None]:
    """Score the plan of another outcome, once for as long as this one is known to anybody."""
    name = plan_digest(other.plan).hex()
    if name not in mine.tried:
        score: Score | None = None
        for score in _scoring(mine, other):
            if score is None:
                yield None
        mine.tried[name] = score
    known = mine.tried[name]
    if known is not None:
        yield known


def _scoring(mine: "Outcome", other: "Outcome") -> Iterator[Score | None]:
    """Score another's plan in the facts of an outcome, a rule a step; nothing once it cannot cost less.

    What audits have told already is not asked. Costs only add up, so what the facts of the two have
    otherwise is asked first (a closed room), and then the rules that are dearest in the outcome's own plan.
    """
    own = mine.judgement.score
    told = _told(mine, other)
    tally = [0] * (1 + TIERS)  # hard ones first
    for rule in mine.problem.rules:
        tally[rule.tier] += told.get(rule.id, 0)
    rules = [rule for rule in _dearest_first(mine) if rule.id not in told]
    views: dict[str, View] = {}
    if any(rule.part == "theatre" for rule in rules):
        views["theatre"] = TheatreView(mine.problem, other.plan, like=mine.theatre)
    if any(rule.part == "roster" for rule in rules):
        views["roster"] = RosterView(mine.problem, other.plan, like=mine.roster)
    met = Area(_met(mine.problem, other.problem, other.plan))
    hard = tally[0]
    for rule in rules if met.subjects else ():
        if rule.hard and rule.reach is not None:
            hard += sum(_costs(rule, views[rule.part], mine, met))
            if hard > own.hard:
                return
    for rule in rules:
        tally[rule.tier] += sum(_costs(rule, views[rule.part], mine))
        yield None
        if _score(tally, mine).key >= own.key:
            return
    yield _score(tally, mine)


def _told(mine: "Outcome", other: "Outcome") -> Mapping[str, int]:
    """Give what rules cost in another's plan and these facts, as far as audits have told it already.

    That is so where the plans have a part alike, or where the facts that the rule reads are the same.
    """
    alike = {"roster": mine.plan.days == other.plan.days}
    alike["theatre"] = mine.plan.sessions == other.plan.sessions
    apart = differing(mine.problem, other.problem)
    here, there = _by_rule(mine), _by_rule(other)
    told = {}
    for rule in mine.problem.rules:
        if not rule.enabled or alike[rule.part]:
            told[rule.id] = here[rule.id]
        elif apart <= unread(rule) and mine.waivers == other.waivers:
            told[rule.id] = there[rule.id]
    return told


_COSTS: Final["WeakKeyDictionary[Outcome, Counter[str]]"] = WeakKeyDictionary()
"""What each rule costs in outcomes, for as long as these are known to anybody."""


def _by_rule(outcome: "Outcome") -> Counter[str]:
    costs = _COSTS.get(outcome)
    if costs is None:
        costs = _COSTS[outcome] = Counter()
        for each in outcome.judgement.judged:
            costs[each.rule.id] += each.cost
    return costs


def _costs(
    rule: Rule[Any, Any], view: View, mine: "Outcome", area: Area | None = None
) -> Iterator[int]:
    for breach in audit(rule, view, area):
        waived = forgiven(rule, breach, mine.waivers)
        yield Judged(rule=rule, breach=breach, waived=waived).cost


def _met(one: Problem, other: Problem, plan: Plan) -> frozenset[str]:
    """Give the ids of what two problems have otherwise, of what it points to, and of the cases there."""
    met: set[str] = set()
    for kind in ATTRIBUTES:
        sides = [{each.id: each for each in problem.records(kind)} for problem in (one, other)]
        if one.records(kind) is other.records(kind):
            continue
        for id in sides[0].keys() | sides[1].keys():
            records = [side[id] for side in sides if id in side]
            if len(records) < len(sides) or records[0] != records[1]:
                links = [spec.name for spec in specs(type(records[0])) if spec.form == "link"]
                met |= {id, *(getattr(each, name) for each in records for name in links)}
    met |= {each.case for each in plan.placements if each.session in met}
    return frozenset(met - {None})


def _score(tally: list[int], mine: "Outcome") -> Score:
    """Give the costs of hard breaches and tiers as a score; how many breaches there are is not counted."""
    hard, *tiers = tally
    whole = None if mine.problem.order == "strict" else sum(tiers)
    return Score(hard=hard, tiers=tuple(tiers), total=whole)


def _dearest_first(mine: "Outcome") -> list[Rule[Any, Any]]:
    """Give the rules in force by what they cost here; hard ones come last where none is broken.

    They cannot cost less than nothing then, and what is soft may be enough to say that a plan is no better.
    """
    costs, broken = _by_rule(mine), mine.judgement.score.hard > 0
    rules = (rule for rule in mine.problem.rules if rule.enabled)
    return sorted(rules, key=lambda rule: (rule.hard != broken, -costs[rule.id]))


def _counts(lent: Score, own: Score, costs: list[Score]) -> bool:
    """Tell whether a plan lent costs less, by enough of what two outcomes differ."""
    if lent.key >= own.key:
        return False
    gain, apart = _points(lent, own), _points(*costs)
    return gain is None or apart is None or gain * PART >= abs(apart)


def _points(one: Score, other: Score) -> int | None:
    """Give how many points the one costs less than the other, None where points do not say it."""
    if one.total is None or other.total is None or one.hard != other.hard:
        return None
    return other.total - one.total
