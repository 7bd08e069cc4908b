"""People that a day lacks."""

from collections import defaultdict
from collections.abc import Iterator

from planner.kpis.contract import Amounts, Key, Outcome, kpi
from planner.rostering import CoverRequirement


@kpi("cover_short", unit="person", better="less", part="roster")
def cover_short(outcome: Outcome) -> Amounts:
    """Add, requirement by requirement, the people missing to its least."""
    short = ((need, need.least - there) for need, there in _present(outcome))
    return {_key(need): people for need, people in short if people > 0}


@kpi("cover_thin", unit="person", better="less", part="roster")
def cover_thin(outcome: Outcome) -> Amounts:
    """Add, requirement by requirement, the people missing to its best."""
    short = ((need, max(need.least, need.best) - there) for need, there in _present(outcome))
    return {_key(need): people for need, people in short if people > 0}


def _key(need: CoverRequirement) -> Key:
    return "cover", need.id


def _present(outcome: Outcome) -> Iterator[tuple[CoverRequirement, int]]:
    """Count for each requirement those who have its skill and one of its shifts, each once."""
    view = outcome.roster
    staff = view.facts.staff
    able: dict[str | None, set[str]] = defaultdict(set, {None: {str(id) for id in staff}})
    for person in staff.values():
        for skill in person.abilities:
            able[skill].add(person.id)
    for need in view.needs():
        there: set[str] = set()
        for shift in need.shifts:
            there |= view.at_work(need.day, shift)
        yield need, len(there & able[need.skill])
