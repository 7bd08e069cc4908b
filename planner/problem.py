"""All facts of one planning period, and what is inconsistent in them."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from planner import fields
from planner.cases import Case, Priority, Procedure, Surgeon
from planner.clock import Horizon
from planner.hospital import (
    AnaesthesiaCover,
    Census,
    Equipment,
    Holiday,
    Recovery,
    Session,
    Specialty,
    Theatre,
    Ward,
)
from planner.people import Absence, Contract, History, Request, StaffMember
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One hospital, one horizon, its people, cases and the rules in force.

    `as_of` is the day on which the facts were true; only an edit changes it. `clock`: cases get a
    start time. `order`: soft tiers are weighed together, or one strictly before the next. `noon`
    divides morning and afternoon. Records are kept in the order of their ids' first appearance.
    """

    horizon: Horizon
    as_of: date
    clock: bool = True
    order: str = "weighted"
    noon: int = 750
    holidays: tuple[Holiday, ...] = ()
    specialties: tuple[Specialty, ...] = ()
    theatres: tuple[Theatre, ...] = ()
    sessions: tuple[Session, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    recoveries: tuple[Recovery, ...] = ()
    wards: tuple[Ward, ...] = ()
    census: tuple[Census, ...] = ()
    anaesthesia: tuple[AnaesthesiaCover, ...] = ()
    priorities: tuple[Priority, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    surgeons: tuple[Surgeon, ...] = ()
    cases: tuple[Case, ...] = ()
    contracts: tuple[Contract, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    absences: tuple[Absence, ...] = ()
    requests: tuple[Request, ...] = ()
    histories: tuple[History, ...] = ()
    shifts: tuple[ShiftType, ...] = ()
    cover: tuple[CoverRequirement, ...] = ()
    rules: tuple[Rule[Any, Any], ...] = ()

    def records(self, kind: str) -> tuple[Any, ...]:
        """Give the records of a kind (`rule` included), in order.

        Raises:
            KeyError: there is no such kind.
        """
        records: tuple[Any, ...] = getattr(self, ATTRIBUTES[kind])
        return records

    def with_records(self, kind: str, records: tuple[Any, ...]) -> "Problem":
        """Give the same problem with other records of a kind."""
        changed: dict[str, Any] = {ATTRIBUTES[kind]: records}
        return dataclasses.replace(self, **changed)


ATTRIBUTES: Final[Mapping[str, str]] = {
    "holiday": "holidays",
    "specialty": "specialties",
    "theatre": "theatres",
    "session": "sessions",
    "equipment": "equipment",
    "recovery": "recoveries",
    "ward": "wards",
    "census": "census",
    "anaesthesia": "anaesthesia",
    "priority": "priorities",
    "procedure": "procedures",
    "surgeon": "surgeons",
    "case": "cases",
    "contract": "contracts",
    "staff": "staff",
    "absence": "absences",
    "request": "requests",
    "history": "histories",
    "shift": "shifts",
    "cover": "cover",
    "rule": "rules",
}
"""Kind of record → attribute of `Problem`; links point backwards in this order."""

RECORD_KINDS: Final = tuple(kind for kind in ATTRIBUTES if kind != "rule")
"""The kinds with a fixed class and hence a table of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong in the facts: a message id, where it is, and what the sentence needs."""

    what: str
    kind: str
    id: str
    field: str = ""
    facts: tuple[tuple[str, str | int], ...] = ()


def faults(problem: Problem) -> Iterator[Fault]:
    """Find what is inconsistent: doubles, dangling links, values out of bounds, ends before starts."""
    ids: dict[str, set[str]] = {}
    for kind in RECORD_KINDS:
        seen: set[str] = set()
        for record in problem.records(kind):
            if record.id in seen:
                yield Fault(what="double_id", kind=kind, id=record.id)
            seen.add(record.id)
        ids[kind] = seen
    for kind in RECORD_KINDS:
        described = fields.specs(fields.KINDS[kind])
        for record in problem.records(kind):
            for spec in described:
                yield from _field_faults(kind, record, spec, ids)
    yield from _own_faults(problem, ids)


def _field_faults(
    kind: str, record: Any, spec: fields.FieldSpec, ids: Mapping[str, set[str]]
) -> Iterator[Fault]:
    value = getattr(record, spec.name)
    if value is None:
        return
    if spec.form == "link" and value not in ids[spec.link]:
        yield _unknown(kind, record.id, spec, value)
    elif spec.form == "links":
        for each in sorted(value - ids[spec.link]):
            yield _unknown(kind, record.id, spec, each)
    elif spec.form in ("whole", "day", "time") and not spec.low <= value <= spec.high:
        facts = (("value", value), ("low", spec.low), ("high", spec.high))
        yield Fault(what="out_of_bounds", kind=kind, id=record.id, field=spec.name, facts=facts)
    elif spec.form == "choice" and value not in spec.options:
        told = (("value", value), ("options", ", ".join(spec.options)))
        yield Fault(what="no_option", kind=kind, id=record.id, field=spec.name, facts=told)


def _unknown(kind: str, id: str, spec: fields.FieldSpec, value: str) -> Fault:
    facts = (("value", value), ("link", spec.link))
    return Fault(what="unknown_link", kind=kind, id=id, field=spec.name, facts=facts)


def _own_faults(problem: Problem, ids: Mapping[str, set[str]]) -> Iterator[Fault]:
    for session in problem.sessions:
        if session.end <= session.start:
            yield Fault(what="ends_before_start", kind="session", id=session.id, field="end")
        if not 0 <= session.day <= problem.horizon.last:
            yield Fault(what="outside_horizon", kind="session", id=session.id, field="day")
    for shift in problem.shifts:
        if shift.end <= shift.start:
            yield Fault(what="ends_before_start", kind="shift", id=shift.id, field="end")
    for absence in problem.absences:
        if absence.last < absence.first:
            yield Fault(what="ends_before_start", kind="absence", id=absence.id, field="last")
        if absence.person not in ids["staff"] and absence.person not in ids["surgeon"]:
            facts = (("value", absence.person), ("link", "staff"))
            yield Fault(
                what="unknown_link", kind="absence", id=absence.id, field="person", facts=facts
            )
    for case in problem.cases:
        if case.due is not None and case.due < case.listed:
            yield Fault(what="due_before_listed", kind="case", id=case.id, field="due")
    for need in problem.cover:
        if need.most is not None and need.most < max(need.least, need.best):
            yield Fault(what="most_below_least", kind="cover", id=need.id, field="most")
    yield from _history_faults(problem, ids)


def _history_faults(problem: Problem, ids: Mapping[str, set[str]]) -> Iterator[Fault]:
    remembered = {history.id for history in problem.histories}
    for person in problem.staff:
        if person.id not in remembered:
            yield Fault(what="no_history", kind="staff", id=person.id)
    for history in problem.histories:
        unknown = {
            shift for word in history.past if word not in ("-", "?") for shift in word.split("+")
        }
        for shift in sorted(unknown - ids["shift"]):
            facts = (("value", shift), ("link", "shift"))
            yield Fault(
                what="unknown_link", kind="history", id=history.id, field="past", facts=facts
            )
