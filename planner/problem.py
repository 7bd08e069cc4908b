"""All facts of one planning period, and what is inconsistent in them."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from planner import fields
from planner.cases import Appointment, Case, Priority, Procedure, Surgeon
from planner.clock import WEEKDAYS, Horizon
from planner.hospital import (
    AnaesthesiaCover,
    Census,
    Equipment,
    Holiday,
    Recovery,
    Session,
    SessionTemplate,
    Specialty,
    TeamCover,
    Theatre,
    Ward,
)
from planner.people import Absence, Carried, Contract, History, Promise, Request, StaffMember
from planner.rostering import (
    CoverRequirement,
    Rotation,
    RotationLine,
    ShiftType,
    Turn,
    WeeklyCover,
)
from planner.rules.contract import Rule

ORDERS: Final = ("weighted", "strict")
"""Soft tiers weighed together, or one strictly before the next."""


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
    teams: tuple[TeamCover, ...] = ()
    priorities: tuple[Priority, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    surgeons: tuple[Surgeon, ...] = ()
    templates: tuple[SessionTemplate, ...] = ()
    cases: tuple[Case, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    contracts: tuple[Contract, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    absences: tuple[Absence, ...] = ()
    requests: tuple[Request, ...] = ()
    histories: tuple[History, ...] = ()
    carried: tuple[Carried, ...] = ()
    shifts: tuple[ShiftType, ...] = ()
    promises: tuple[Promise, ...] = ()
    cover: tuple[CoverRequirement, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    lines: tuple[RotationLine, ...] = ()
    turns: tuple[Turn, ...] = ()
    weekly: tuple[WeeklyCover, ...] = ()
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
    "team": "teams",
    "priority": "priorities",
    "procedure": "procedures",
    "surgeon": "surgeons",
    "template": "templates",
    "case": "cases",
    "appointment": "appointments",
    "contract": "contracts",
    "staff": "staff",
    "absence": "absences",
    "request": "requests",
    "history": "histories",
    "carried": "carried",
    "shift": "shifts",
    "promise": "promises",
    "cover": "cover",
    "rotation": "rotations",
    "line": "lines",
    "turn": "turns",
    "weekly": "weekly",
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


TOLERATED: Final = frozenset(
    {"no_history", "due_before_listed", "most_below_least", "outside_horizon"}
)
"""Faults with which a plan can be made all the same."""


UNUSED: Final = ("session", "template", "anaesthesia", "team")
"""Kinds whose records give what can be used: one that ends before it starts gives nothing."""


def unused(fault: Fault) -> bool:
    """Tell whether a fault is that of a session, or of people on duty, without a minute."""
    return fault.what == "ends_before_start" and fault.kind in UNUSED


def refuses(fault: Fault) -> bool:
    """Tell whether nothing can be planned with a fault; what has no minutes is only not used."""
    return fault.what not in TOLERATED and not unused(fault)


def faults(problem: Problem) -> Iterator[Fault]:
    """Find what is inconsistent: doubles, dangling links, values out of bounds, ends before starts."""
    for kind in RECORD_KINDS:
        yield from doubles(problem, kind)
    ids = all_ids(problem)
    for kind in RECORD_KINDS:
        described = fields.specs(fields.KINDS[kind])
        for record in problem.records(kind):
            for spec in described:
                if not _in_order(spec, getattr(record, spec.name), ids):
                    yield from _field_faults(kind, record, spec, ids)
    for kind in RECORD_KINDS:
        for record in problem.records(kind):
            yield from _own_faults(problem, kind, record, ids)


def without_minutes(problem: Problem) -> Iterator[Fault]:
    """Find the sessions and the people on duty that are not used, as they end before they start."""
    for kind in UNUSED:
        for record in problem.records(kind):
            yield from filter(unused, _hours_faults(problem, kind, record))


def all_ids(problem: Problem) -> dict[str, set[str]]:
    """Give the ids of all records by kind."""
    return {kind: {record.id for record in problem.records(kind)} for kind in RECORD_KINDS}


def doubles(problem: Problem, kind: str) -> Iterator[Fault]:
    """Find ids that stand twice among the records of a kind."""
    seen: set[str] = set()
    for record in problem.records(kind):
        if record.id in seen:
            yield Fault(what="double_id", kind=kind, id=record.id)
        seen.add(record.id)


def record_faults(
    problem: Problem, kind: str, record: Any, ids: Mapping[str, set[str]]
) -> Iterator[Fault]:
    """Find what is wrong with one record; `ids` are those of all records, made once by `all_ids`."""
    for spec in fields.specs(fields.KINDS[kind]):
        if not _in_order(spec, getattr(record, spec.name), ids):
            yield from _field_faults(kind, record, spec, ids)
    yield from _own_faults(problem, kind, record, ids)


def _in_order(spec: fields.FieldSpec, value: Any, ids: Mapping[str, set[str]]) -> bool:
    """Tell at a glance whether a value has no fault: most of many thousands have none."""
    match spec.form:
        case "whole" | "day" | "time":
            return value is None or spec.low <= value <= spec.high
        case "link":
            return value is None or value in ids[spec.link]
        case "links":
            return not value or value <= ids[spec.link]
        case "choice":
            return value in spec.options
    return True


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


def _own_faults(
    problem: Problem, kind: str, record: Any, ids: Mapping[str, set[str]]
) -> Iterator[Fault]:
    """Find what fields of a record say against each other, or against the study."""
    match kind:
        case "session" | "template" | "shift" | "recovery" | "ward" | "anaesthesia" | "team":
            yield from _hours_faults(problem, kind, record)
        case "absence":
            if record.last < record.first:
                yield Fault(what="ends_before_start", kind=kind, id=record.id, field="last")
            if None not in (record.start, record.end) and record.end <= record.start:
                yield Fault(what="ends_before_start", kind=kind, id=record.id, field="end")
            if record.person not in ids["staff"] and record.person not in ids["surgeon"]:
                facts = (("value", record.person), ("link", "staff"))
                yield Fault(
                    what="unknown_link", kind=kind, id=record.id, field="person", facts=facts
                )
        case "case":
            if record.due is not None and record.due < record.listed:
                yield Fault(what="due_before_listed", kind=kind, id=record.id, field="due")
        case "line" | "turn":
            yield from _rotation_faults(problem, kind, record)
        case "cover" | "weekly":
            if record.most is not None and record.most < max(record.least, record.best):
                yield Fault(what="most_below_least", kind=kind, id=record.id, field="most")
        case "staff" | "history" | "promise" | "carried":
            yield from _past_faults(kind, record, ids)


def _hours_faults(problem: Problem, kind: str, record: Any) -> Iterator[Fault]:
    if record.end <= record.start:
        yield Fault(what="ends_before_start", kind=kind, id=record.id, field="end")
    if kind == "session" and not 0 <= record.day <= problem.horizon.last:
        yield Fault(what="outside_horizon", kind=kind, id=record.id, field="day")
    if kind == "template" and record.week > record.cycle:
        yield Fault(what="week_beyond_cycle", kind=kind, id=record.id, field="week")


def _rotation_faults(problem: Problem, kind: str, record: Any) -> Iterator[Fault]:
    """Find a line or a turn beyond the weeks of its rotation, and two duties of a day on one track."""
    weeks = next((each.weeks for each in problem.rotations if each.id == record.rotation), None)
    field = "number" if kind == "line" else "line"
    if weeks is not None and getattr(record, field) > weeks:
        yield Fault(what="week_beyond_cycle", kind=kind, id=record.id, field=field)
    if kind == "turn":
        return
    tracks = {shift.id: shift.track for shift in problem.shifts}
    for other in problem.lines:
        if other.id == record.id:
            return  # of two the later one is at fault
        if (other.rotation, other.number) == (record.rotation, record.number):
            for day, mine, theirs in zip(WEEKDAYS, record.week, other.week, strict=True):
                if mine and theirs and tracks.get(mine) == tracks.get(theirs):
                    facts = (("other", other.id), ("shift", mine))
                    yield Fault(what="line_twice", kind=kind, id=record.id, field=day, facts=facts)


def _past_faults(kind: str, record: Any, ids: Mapping[str, set[str]]) -> Iterator[Fault]:
    """Find what is wrong with what is known of a person's past, or was promised to her."""
    match kind:
        case "staff":
            if record.id not in ids["history"]:
                yield Fault(what="no_history", kind=kind, id=record.id)
        case "history":
            yield from _shift_faults(kind, "past", record.id, record.past, ids)
        case "promise":
            yield from _shift_faults(kind, "days", record.id, record.days, ids)
        case "carried":
            if record.until < record.since:
                yield Fault(what="ends_before_start", kind=kind, id=record.id, field="until")
            if record.until >= 0:
                yield Fault(what="carried_ahead", kind=kind, id=record.id, field="until")


def _shift_faults(
    kind: str, field: str, id: str, days: tuple[str, ...], ids: Mapping[str, set[str]]
) -> Iterator[Fault]:
    unknown = {shift for word in days if word not in ("-", "?") for shift in word.split("+")}
    for shift in sorted(unknown - ids["shift"]):
        facts = (("value", shift), ("link", "shift"))
        yield Fault(what="unknown_link", kind=kind, id=id, field=field, facts=facts)
