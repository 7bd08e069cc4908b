"""Why did a figure move? The difference of an additive indicator, split into causes that add up.

Every amount belongs to a key (a case, a session, a person …). What happened to the key between two
outcomes names the cause; the amounts of all causes sum to the difference exactly.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from planner.kpis.contract import Amounts, Key, Outcome


class Cause(NamedTuple):
    """A named cause (message id), the share of the difference that is its, and whom it concerns."""

    what: str
    amount: int
    subjects: tuple[str, ...]


def causes(before: Amounts, after: Amounts, reference: Outcome, other: Outcome) -> list[Cause]:
    """Split the difference `after − before` by what happened to each key; largest share first."""
    amounts: dict[str, int] = defaultdict(int)
    subjects: dict[str, list[str]] = defaultdict(list)
    for key in sorted(before.keys() | after.keys()):
        delta = after.get(key, 0) - before.get(key, 0)
        if delta:
            what = happened(key, reference, other)
            amounts[what] += delta
            subjects[what].append(key[1])
    found = [Cause(what, amounts[what], tuple(subjects[what])) for what in amounts]
    return sorted(found, key=lambda cause: (-abs(cause.amount), cause.what))


def happened(key: Key, reference: Outcome, other: Outcome) -> str:
    """Name what happened to a key between two outcomes (a message id `cause.…`)."""
    kind, id = key
    match kind:
        case "case":
            return _to_case(id, reference, other)
        case "session":
            return _to_session(id, reference, other)
        case "staff":
            return _to_person(id, reference, other)
        case "cover":
            return _to_cover(id, reference, other)
    return "cause.other"


def _record(outcome: Outcome, kind: str, id: str) -> Any:
    index: Any = getattr(outcome.theatre.facts, {"case": "cases", "session": "sessions"}[kind])
    return index.get(id)


def _to_case(id: str, reference: Outcome, other: Outcome) -> str:
    if _record(reference, "case", id) is None:
        return "cause.case_added"
    if _record(other, "case", id) is None:
        return "cause.case_removed"
    before, after = reference.theatre.where(id), other.theatre.where(id)  # type: ignore[arg-type]
    if before is None or after is None:
        if before is after:
            return "cause.case_facts"
        return "cause.case_placed" if before is None else "cause.case_left_out"
    if before.session.id != after.session.id:
        if before.session.day == after.session.day:
            return "cause.case_other_session"
        return "cause.case_other_day"
    if before.surgeon != after.surgeon:
        return "cause.case_other_surgeon"
    if before.start != after.start:
        return "cause.case_other_start"
    return "cause.case_facts"


def _to_session(id: str, reference: Outcome, other: Outcome) -> str:
    before, after = _record(reference, "session", id), _record(other, "session", id)
    if before is None or (after is not None and before.closed and not after.closed):
        return "cause.session_opened"
    if after is None or (after.closed and not before.closed):
        return "cause.session_closed"
    if before.owners != after.owners:
        return "cause.session_other_owner"
    if set(_inside(reference, id)) != set(_inside(other, id)):
        return "cause.session_other_cases"
    return "cause.session_other_starts" if before == after else "cause.session_facts"


def _inside(outcome: Outcome, id: str) -> Iterator[str]:
    return (placed.case.id for placed in outcome.theatre.inside(id))  # type: ignore[arg-type]


def _to_person(id: str, reference: Outcome, other: Outcome) -> str:
    before, after = _duties(reference, id), _duties(other, id)
    if before == after:
        return "cause.staff_facts"
    if len(before) == len(after):
        return "cause.staff_other_duties"
    return "cause.staff_more_duties" if len(after) > len(before) else "cause.staff_fewer_duties"


def _duties(outcome: Outcome, id: str) -> list[tuple[int, str]]:
    worked = outcome.roster.duties(id, 0, outcome.problem.horizon.last)
    return [(each.day, each.shift.id) for each in worked]


def _to_cover(id: str, reference: Outcome, other: Outcome) -> str:
    before = next((need for need in reference.problem.cover if need.id == id), None)
    after = next((need for need in other.problem.cover if need.id == id), None)
    return "cause.cover_people" if before == after else "cause.cover_need"
