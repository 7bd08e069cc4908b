"""What each specialty asks of the grid: minutes of its waiting list by urgency, and beds after them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from planner.cases import Case
from planner.facts import Facts, nights
from planner.hospital import SpecialtyId, WardId
from planner.rules.theatre.unscheduled import Unscheduled

USUAL: Final = 60
"""Points of a minute without a place where no rule says it."""
_NIGHTS: Final = frozenset({"ward", "intensive"})


class Need(NamedTuple):
    """Minutes of the waiting list of a specialty that are alike, turnovers included.

    `features` must be in the theatre; `weight` is what a minute without a place costs.
    """

    specialty: SpecialtyId
    features: frozenset[str]
    weight: int
    minutes: int


def coming(facts: Facts) -> Iterator[Case]:
    """Give the cases that can come within the horizon."""
    last = facts.horizon.last
    for case in facts.problem.cases:
        if case.earliest is None or case.earliest <= last:
            yield case


def minutes(facts: Facts, case: Case) -> int:
    """Give the planned minutes of a case and of the turnover before it."""
    return facts.minutes(case, None) + facts.turnover(case)


def needs(facts: Facts) -> tuple[Need, ...]:
    """Give the waiting list by specialty and features, the dearest minutes first."""
    rules = [r for r in facts.problem.rules if r.enabled and isinstance(r, Unscheduled)]
    whole: dict[tuple[SpecialtyId, frozenset[str], str, bool], list[int]] = defaultdict(
        lambda: [0, 0]
    )
    for case in coming(facts):
        length = minutes(facts, case)
        tags = facts.case_tags[case.id]
        cost = sum(
            rule.price * rule.amount(facts, case) for rule in rules if rule.scope.holds(tags)
        )
        urgent = case.due is not None and case.due <= facts.horizon.last
        features = facts.procedures[case.procedure].features
        sums = whole[case.specialty, features, case.priority, urgent]
        sums[0] += length
        sums[1] += cost if rules else USUAL * length
    merged: dict[tuple[SpecialtyId, frozenset[str], int], int] = defaultdict(int)
    for (specialty, features, _, _), (length, cost) in whole.items():
        if length and cost:
            merged[specialty, features, round(cost / length)] += length
    found = [Need(*key, length) for key, length in merged.items()]
    return tuple(sorted(found, key=lambda n: (n.specialty, -n.weight, sorted(n.features))))


def nights_of(facts: Facts) -> Mapping[SpecialtyId, Mapping[tuple[WardId, int], float]]:
    """Give the beds that a minute of a specialty's cases asks for, by ward and day after surgery.

    Day −1 is the night before. It is the mean over the waiting list: nights and mode mix together.
    """
    wards = {ward.id for ward in facts.problem.wards if ward.kind in _NIGHTS}
    length: dict[SpecialtyId, int] = defaultdict(int)
    beds: dict[SpecialtyId, dict[tuple[WardId, int], int]] = defaultdict(lambda: defaultdict(int))
    for case in coming(facts):
        length[case.specialty] += minutes(facts, case)
        for ward, first, last in nights(case, 0):
            if ward in wards:
                for day in range(first, last + 1):
                    beds[case.specialty][ward, day] += 1
    return {
        specialty: {key: count / length[specialty] for key, count in sorted(counted.items())}
        for specialty, counted in beds.items()
        if length[specialty]
    }
