"""A roster that a sick call has struck, judged by what the call changes: who is away, and her duties.

The answer is that of the audit of all of it, item by item; only the work is less.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from planner.kpis.contract import Outcome
from planner.rules.blocks import Area
from planner.rules.contract import Breach, Rule, Waiver, audit
from planner.score import Judged, Judgement, forgiven, total
from planner.sick.call import Called
from planner.sick.trials import HER


def struck(before: Outcome, called: Called, waivers: Sequence[Waiver] = ()) -> Outcome:
    """Give the outcome of a called roster; `before` is the one that the call was made about.

    Of a rule that reaches one person alone, the breaches of those who are not in the call stay.
    """
    after = Outcome(called.problem, called.plan, waivers)
    people = frozenset(called.call.people)
    known: dict[str, list[Judged]] = defaultdict(list)
    for each in before.judgement.judged:
        known[each.rule.id].append(each)
    judged: list[Judged] = []
    for rule in called.problem.rules:
        if not rule.enabled:
            continue
        own = rule.part == "roster" and rule.reach == HER and not rule.shares
        if own and tuple(before.waivers) == tuple(waivers):
            judged += _merged(rule, known[rule.id], after, people)
        else:
            view = after.roster if rule.part == "roster" else after.theatre
            judged += _judged(rule, audit(rule, view), waivers)
    after.judgement = Judgement(judged=tuple(judged), score=total(judged, called.problem.order))
    return after


def _merged(
    rule: Rule[Any, Any], known: Iterable[Judged], after: Outcome, people: frozenset[str]
) -> list[Judged]:
    """Give the breaches of a rule: of some people anew, of the others as they were."""
    kept = (each for each in known if not people.intersection(each.breach.about.subjects))
    new = _judged(rule, audit(rule, after.roster, Area(people)), after.waivers)
    return sorted((*kept, *new), key=lambda each: each.breach.about)


def _judged(
    rule: Rule[Any, Any], breaches: Iterable[Breach], waivers: Sequence[Waiver]
) -> Iterator[Judged]:
    for breach in breaches:
        yield Judged(rule=rule, breach=breach, waived=forgiven(rule, breach, waivers))
