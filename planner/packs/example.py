"""The examples of a pack: a few days of one person, and what the audit has to say of them.

A roster has a word a day: a shift of `SHIFTS` (several joined by +), `-` off, `?` unknown; what
stands before `|` is the past.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from planner.clock import FIRST_MONDAY, WEEK, Horizon
from planner.people import Contract, ContractId, History, ShiftId, StaffId, StaffMember
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import ShiftType
from planner.rules.contract import Rule, audit
from planner.view import RosterView

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _shift(id: str, start: int, end: int, *tags: str) -> ShiftType:
    return ShiftType(id=ShiftId(id), start=start, end=end, tags=frozenset({"work", *tags}))


SHIFTS: Final = (
    _shift("M", 450, 906, "day"),
    _shift("S", 654, 1110, "day", "late"),
    _shift("J9", 450, 990, "day"),
    _shift("J10", 450, 1050, "day"),
    _shift("D12", 450, 1170, "day", "long"),
    _shift("N12", 1170, 1890, "night", "long"),
    _shift("N10", 1260, 1860, "night"),
)
"""The usual shifts of a French theatre suite, by which examples are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Days of one person from `start`, which a rule accepts, or refuses with an amount."""

    rule: str
    roster: str
    start: dt.date
    accepts: bool
    amount: int = 0


def first_day(words: str) -> dt.date:
    """Give the first day of an example: a date, or a weekday of a week in June without a clock change.

    Raises:
        ValueError: the words are neither.
    """
    if words in WEEKDAYS:
        return FIRST_MONDAY + dt.timedelta(days=126 * WEEK + WEEKDAYS.index(words))
    return dt.date.fromisoformat(words)


def situation(rule: Rule[Any, Any], example: Example) -> tuple[Problem, Plan]:
    """Make the smallest problem and plan that show an example: one person whom the rule means.

    Raises:
        ValueError: a word of the roster is no shift.
    """
    past, _, ahead = example.roster.rpartition("|")
    before, days = past.split(), ahead.split()
    unknown = {id for word in (*before, *days) for id in _ids(word)} - {s.id for s in SHIFTS}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    person = _person(rule)
    start = example.start + dt.timedelta(days=len(before))
    problem = Problem(
        horizon=Horizon(start=start, days=len(days)),
        as_of=start,
        contracts=(Contract(id=person.contract),),
        staff=(person,),
        histories=(History(id=person.id, past=tuple(before)),) if before else (),
        shifts=SHIFTS,
        rules=(rule,),
    )
    duties = (Duty(person.id, day, id) for day, word in enumerate(days) for id in _ids(word))
    return problem, Plan.build(duties=duties)


def answer(rule: Rule[Any, Any], example: Example) -> int:
    """Give what the audit says of an example: the units of all breaches."""
    problem, plan = situation(rule, example)
    return sum(breach.amount for breach in audit(rule, RosterView(problem, plan)))


def _ids(word: str) -> tuple[ShiftId, ...]:
    return () if word in ("-", "?") else tuple(ShiftId(id) for id in word.split("+"))


def _person(rule: Rule[Any, Any]) -> StaffMember:
    wanted = {kind: sorted(tags) for kind, tags in rule.scope.tags}
    return StaffMember(
        id=StaffId(wanted.get("person", ["P1"])[0]),
        contract=ContractId(wanted.get("contract", ["FPH"])[0]),
        role=wanted.get("role", [""])[0],
        team=wanted.get("team", [""])[0],
        skills=frozenset(wanted.get("skill", [])),
    )
