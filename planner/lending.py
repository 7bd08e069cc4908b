"""Whether the plan of one scenario would serve another better than its own.

Where it would, that much of the difference between them comes from the search and not from what was
changed: a room closed costs nothing less, but a plan found with it closed may be the better one with
it open, too.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from planner.score import Score, judging

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
            for found in judging(mine.problem, other.plan, mine.waivers):
                if found is None:
                    yield None
                elif _counts(found.score, mine.judgement.score, costs):
                    gain = _points(found.score, mine.judgement.score)
                    yield Lent(scenario, plan_of, gain)


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
