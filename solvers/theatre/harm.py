"""Whether a change of a plan breaks what must not be broken."""

from collections.abc import Iterable

from planner.kpis.contract import Outcome
from planner.score import Judged


def harms(known: Outcome, new: Iterable[Judged]) -> bool:
    """Tell whether breaches that come are hard, and worse than those that a plan has already."""
    there = {(each.rule.id, each.breach.about): each.cost for each in known.judgement.hard}
    return any(
        each.rule.hard and each.cost > there.get((each.rule.id, each.breach.about), 0)
        for each in new
    )
