"""Beds that the operated patients need, by ward and day."""

from collections import Counter

from planner.facts import nights
from planner.kpis.contract import Amounts, Figure, Groups, Outcome, kpi


@kpi("peak_beds", unit="bed", better="less", part="theatre")
def peak_beds(outcome: Outcome) -> Groups:
    """Give the most beds of a ward that the placed cases need in one night of the horizon."""
    needed = _needed(outcome)
    peaks: dict[str, Figure] = {
        ward.id: max(needed[ward.id, day] for day in range(outcome.problem.horizon.days))
        for ward in outcome.problem.wards
        if ward.kind != "day"  # places by the hour, no beds by the night
    }
    return Groups("ward", peaks)


@kpi("bed_days_over", unit="bed-day", better="less", part="theatre")
def bed_days_over(outcome: Outcome) -> Amounts:
    """Add, ward by ward, the nights for which the ward has no free bed."""
    needed, facts = _needed(outcome), outcome.theatre.facts
    found = {
        ("ward", ward.id): sum(
            max(0, needed[ward.id, day] - facts.beds(ward, day))
            for day in range(outcome.problem.horizon.days)
        )
        for ward in outcome.problem.wards
        if ward.kind != "day"  # places by the hour, no beds by the night
    }
    return {key: beds for key, beds in found.items() if beds > 0}


def _needed(outcome: Outcome) -> Counter[tuple[str, int]]:
    needed: Counter[tuple[str, int]] = Counter()
    for placed in outcome.theatre.all_placed():
        for ward, first, last in nights(placed.case, placed.session.day):
            needed.update((ward, night) for night in range(first, last + 1))
    return needed
