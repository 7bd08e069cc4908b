"""Whether the plan of one scenario would serve another better than its own.

Where it would, that much of the difference between them comes from the search and not from what was
changed: a room closed costs nothing less, but a plan found with it closed may be the better one with
it open, too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from planner.plan import Plan
from planner.rules.contract import Rule, View, audit
from planner.score import TIERS, Judged, Score, forgiven
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
            for found in _scoring(mine, other.plan):
                if found is None:
                    yield None
                elif _counts(found, mine.judgement.score, costs):
                    yield Lent(scenario, plan_of, _points(found, mine.judgement.score))


def _scoring(mine: "Outcome", plan: Plan) -> Iterator[Score | None]:
    """Score another plan in the facts of an outcome, a rule a step; nothing once it cannot cost less.

    Costs only add up, so the rules that are dearest in the outcome's own plan are asked first. A part
    that both plans have alike is not asked again.
    """
    own = mine.judgement
    alike = {"theatre": mine.plan.sessions == plan.sessions, "roster": mine.plan.days == plan.days}
    tally = [0] * (1 + TIERS)  # by tier, hard ones first
    for each in own.judged:
        if alike[each.rule.part]:
            tally[each.rule.tier] += each.cost
    views: dict[str, View] = {
        "theatre": TheatreView(mine.problem, plan, like=mine.theatre),
        "roster": RosterView(mine.problem, plan, like=mine.roster),
    }
    for rule in _dearest_first(mine):
        if alike[rule.part]:
            continue
        for breach in audit(rule, views[rule.part]):
            waived = forgiven(rule, breach, mine.waivers)
            tally[rule.tier] += Judged(rule=rule, breach=breach, waived=waived).cost
        yield None
        if _score(tally, mine).key >= own.score.key:
            return
    yield _score(tally, mine)


def _score(tally: list[int], mine: "Outcome") -> Score:
    """Give the costs of hard breaches and tiers as a score; how many breaches there are is not counted."""
    hard, *tiers = tally
    whole = None if mine.problem.order == "strict" else sum(tiers)
    return Score(hard=hard, tiers=tuple(tiers), total=whole)


def _dearest_first(mine: "Outcome") -> list[Rule[Any, Any]]:
    costs: Counter[str] = Counter()
    for each in mine.judgement.judged:
        costs[each.rule.id] += each.cost
    rules = (rule for rule in mine.problem.rules if rule.enabled)
    return sorted(rules, key=lambda rule: (not rule.hard, -costs[rule.id]))


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
