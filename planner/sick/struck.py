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

    Of a rule that reaches one person alone, the breaches of those who are not in the call stay; of
    one that reaches several, those of days on which nobody's duty or absence is another.
    """
    after = Outcome(called.problem, called.plan, waivers)
    alone, together = Area(frozenset(called.call.people)), _days(called)
    known: dict[str, list[Judged]] = defaultdict(list)
    for each in before.judgement.judged:
        known[each.rule.id].append(each)
    judged: list[Judged] = []
    for rule in called.problem.rules:
        if not rule.enabled:
            continue
        touched = rule.part == "roster" and rule.reach in (HER, None) and not rule.shares
        if touched and tuple(before.waivers) == tuple(waivers):
            area = alone if rule.reach == HER else together
            judged += _merged(rule, known[rule.id], after, area)
        else:
            view = after.roster if rule.part == "roster" else after.theatre
            judged += _judged(rule, audit(rule, view), waivers)
    after.judgement = Judgement(judged=tuple(judged), score=total(judged, called.problem.order))
    return after


def _days(called: Called) -> Area:
    """Give the days of the call, and of the night before it where one is lost."""
    horizon = called.problem.horizon
    first, last = horizon.day(called.call.first), horizon.day(called.call.last)
    return Area(None, min([first, *(duty.day for duty in called.lost)]), last)


def _merged(
    rule: Rule[Any, Any], known: Iterable[Judged], after: Outcome, area: Area
) -> list[Judged]:
    """Give the breaches of a rule: of an area anew, the others as they were."""
    kept = (each for each in known if not area.meets(each.breach.about))
    new = _judged(rule, audit(rule, after.roster, area), after.waivers)
    return sorted((*kept, *new), key=lambda each: each.breach.about)


def _judged(
    rule: Rule[Any, Any], breaches: Iterable[Breach], waivers: Sequence[Waiver]
) -> Iterator[Judged]:
    for breach in breaches:
        yield Judged(rule=rule, breach=breach, waived=forgiven(rule, breach, waivers))
