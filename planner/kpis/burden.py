"""How evenly nights and weekends fall (domain reference 5.9)."""

from collections.abc import Mapping

from planner.clock import SATURDAY, SUNDAY
from planner.facts import Facts
from planner.kpis.contract import Outcome, kpi
from planner.people import StaffMember

NIGHT = "night"


@kpi("nights_range", unit="night", better="less", part="roster")
def nights_range(outcome: Outcome) -> int | None:
    """Give the most nights less the fewest, over those who may work nights and are not away."""
    return _range(_nights(outcome))


@kpi("nights_gini", unit="index", better="less", part="roster")
def nights_gini(outcome: Outcome) -> float | None:
    """Give the Gini index of nights over fair shares: 0 as even as can be, 1 all on one person."""
    return _gini(outcome, _nights(outcome))


@kpi("weekends_range", unit="weekend", better="less", part="roster")
def weekends_range(outcome: Outcome) -> int | None:
    """Give the most weekends worked less the fewest, over those who are not away."""
    return _range(_weekends(outcome))


@kpi("weekends_gini", unit="index", better="less", part="roster")
def weekends_gini(outcome: Outcome) -> float | None:
    """Give the Gini index of weekends worked over fair shares."""
    return _gini(outcome, _weekends(outcome))


Burden = Mapping[str, int]


def _nights(outcome: Outcome) -> Burden:
    """Count nights by person, over those whose shifts include one."""
    facts = outcome.roster.facts
    return {
        person.id: sum(outcome.roster.works(person.id, day, NIGHT) for day in _days(outcome))
        for person in outcome.problem.staff
        if may_work_nights(facts, person) and _there(outcome, person)
    }


def may_work_nights(facts: Facts, person: StaffMember) -> bool:
    """Tell whether a person's shifts include a night; where there is no night nobody's do."""
    nights = facts.shift_ids(NIGHT)
    return bool(nights) and (not person.shifts or bool(person.shifts & nights))


def _weekends(outcome: Outcome) -> Burden:
    """Count by person the weekends with a duty on Saturday or Sunday."""
    horizon = outcome.problem.horizon
    off = [day for day in _days(outcome) if horizon.weekday(day) in (SATURDAY, SUNDAY)]
    return {
        person.id: len(
            {horizon.monday(day) for day in off if outcome.roster.shifts(person.id, day)}
        )
        for person in outcome.problem.staff
        if off and _there(outcome, person)
    }


def _days(outcome: Outcome) -> range:
    return range(outcome.problem.horizon.days)


def _there(outcome: Outcome, person: StaffMember) -> int:
    """Count the days on which a person is neither away all day nor gone."""
    facts = outcome.roster.facts
    if not facts.absences.get(person.id) and person.id not in facts.last_days:
        return len(_days(outcome))
    return sum(not facts.off(person.id, day) for day in _days(outcome))


def _range(burden: Burden) -> int | None:
    return max(burden.values()) - min(burden.values()) if burden else None


def _gini(outcome: Outcome, burden: Burden) -> float | None:
    """Give Σ|xᵢ − xⱼ| / (2 n² x̄), where x is burden ÷ fair share (share × days there)."""
    total = sum(burden.values())
    if len(burden) < 2 or total == 0:
        return None
    staff = outcome.roster.facts.staff
    weights = {p.id: p.share * _there(outcome, p) for p in staff.values() if p.id in burden}
    whole = sum(weights.values())
    x = sorted(burden[id] * whole / (total * weight) for id, weight in weights.items())
    apart = 2 * sum((2 * place - len(x) + 1) * each for place, each in enumerate(x))
    return apart / (2 * len(x) * sum(x))
