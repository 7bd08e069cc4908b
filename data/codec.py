"""Studies, plans and runs as plain JSON values and back; the study file and run folders use both.

A value that does not fit is refused with its path: `problem.cases[17].due`.
"""

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from data.refused import Refused
from planner.cases import CaseId
from planner.changes import Add, Adjust, Change, ChangeSet, Remove, Set
from planner.clock import Horizon, calendar_day
from planner.fields import FieldSpec
from planner.hospital import SessionId
from planner.people import ShiftId, StaffId
from planner.plain import NotPlainError, from_plain, plain, printable, to_plain, told_value, value
from planner.plan import Duty, Placement, Plan
from planner.problem import ATTRIBUTES, ORDERS, Problem
from planner.rules.contract import Waiver
from planner.study import Pin

T = TypeVar("T")
Document = dict[str, Any]

_DAY: Final = FieldSpec(name="day", form="day", low=-4000, high=4000)


@contextmanager
def place(where: str) -> Iterator[None]:
    """Say where a value is that does not fit; places inside one another are joined.

    Raises:
        Refused: what was done in the block did not fit.
    """
    try:
        yield
    except Unfit as error:
        raise Unfit(f"{where}.{error.where}" if error.where else where, error.value) from error
    except NotPlainError as error:
        raise Unfit(f"{where}.{error.field}", error.value) from error
    except KeyError as error:
        raise Unfit(where, f"{error.args[0]}?") from error
    except (TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        raise Unfit(where, told_value(error)) from error


class Unfit(Refused):
    """A value that does not fit, at a place."""

    def __init__(self, where: str, value: str) -> None:
        where, value = (printable(words) for words in (where, value))
        value = value if len(value) <= 100 else value[:99] + "…"
        super().__init__("study.bad_value", where=where, value=value or "–")
        self.where, self.value = where, value or "–"

    def of(self, path: Path) -> Refused:
        """Say in which file it is."""
        return Refused("study.bad_file_value", path=str(path), where=self.where, value=self.value)


def _number(words: str) -> float:
    """Read a number with a point or an exponent; one that is too large for any is none."""
    found = float(words)
    if not math.isfinite(found):
        raise ValueError(words)
    return found


# Made once: `json.dumps` and `json.loads` make one for each cell, which takes as long as most cells.
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_decode: Final = json.JSONDecoder(parse_float=_number, parse_constant=_number).decode
_ZERO: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_DEEPEST: Final = 30
"""How many lists and objects may lie in one another: ours never are more than a few."""


def dumps(document: Any) -> str:
    """Write plain values as JSON in one line."""
    return _encode(document)


def loads(words: str) -> Any:
    """Read JSON.

    Raises:
        ValueError: it is none, lies in itself too often, or holds what can be neither shown nor
            written again: half a character, a zero in a text, or a number without end.
    """
    found = _decode(words)
    if "\\u0000" in words and _ZERO.search(words):
        raise ValueError("\\u0000")
    if "\\ud" in words.lower():
        dumps(found).encode()
    if words.count("[") + words.count("{") > _DEEPEST:
        _refuse_deep(found)
    return found


def _refuse_deep(found: Any) -> None:
    """Refuse what whoever walks through it would not come back from."""
    level = [found]
    for _ in range(_DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, list | dict)
            for inner in (outer if isinstance(outer, list) else outer.values())
        ]
        if not level:
            return
    raise ValueError("[" * _DEEPEST)


# --- problem ------------------------------------------------------------------------------------


def problem_plain(problem: Problem) -> Document:
    """Give a problem as plain values: its own fields, and a list a kind of record."""
    horizon = problem.horizon
    own: Document = {
        "horizon": horizon_plain(horizon),
        "as_of": problem.as_of.isoformat(),
        "clock": problem.clock,
        "order": problem.order,
        "noon": problem.noon,
    }
    for kind, name in ATTRIBUTES.items():
        own[name] = [to_plain(record, horizon) for record in problem.records(kind)]
    return own


def problem_of(document: Mapping[str, Any]) -> Problem:
    """Make a problem from plain values.

    Raises:
        Refused: a value does not fit; the sentence has its path.
    """
    with place("problem"):
        given = document["horizon"]
        horizon = horizon_of(given["start"], given["days"], given["zone"])
        records: Document = {}
        for kind, name in ATTRIBUTES.items():
            records[name] = tuple(
                _record(kind, f"{name}[{at}]", values, horizon)
                for at, values in enumerate(document.get(name, ()))
            )
        return Problem(
            horizon=horizon,
            as_of=calendar_day(document["as_of"]),
            clock=bool(document["clock"]),
            order=one_of(document["order"], ORDERS),
            noon=number(document["noon"]),
            **records,
        )


def _record(kind: str, where: str, values: Mapping[str, Any], horizon: Horizon) -> Any:
    with place(where):
        return from_plain(kind, values, horizon)


def horizon_plain(horizon: Horizon) -> Document:
    """Give a horizon as plain values."""
    return {"start": horizon.start.isoformat(), "days": horizon.days, "zone": horizon.zone}


def horizon_of(start: str, days: int, zone: str) -> Horizon:
    """Make a horizon.

    Raises:
        Refused: there is no such date or time zone.
    """
    with place("horizon"):
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as error:  # also a name that is a path
            raise ValueError(zone) from error
        return Horizon(start=calendar_day(start), days=number(days), zone=zone)


# --- changes, pins, waivers ---------------------------------------------------------------------


def change_plain(change: Change) -> Document:
    """Give a change as plain values, with its `action`."""
    named: Document = {"kind": change.kind, "id": change.id}
    match change:
        case Set():
            more: Document = {
                "field": change.field,
                "expected": change.expected,
                "value": change.value,
            }
            return {"action": "set", **named, **more}
        case Adjust():
            return {"action": "adjust", **named, "field": change.field, "value": change.delta}
        case Add():
            return {"action": "add", **named, "value": dict(change.record)}
        case Remove():
            known = {"value": dict(change.record)} if change.record else {}
            return {"action": "remove", **named, **known}


def change_of(document: Mapping[str, Any]) -> Change:
    """Make a change from plain values.

    Raises:
        Refused: it is none.
    """
    with place("change"):
        named = {"kind": text(document["kind"]), "id": text(document["id"])}
        match document["action"]:
            case "set":
                more = {"expected": document["expected"], "value": document["value"]}
                return Set(field=text(document["field"]), **named, **more)
            case "adjust":
                return Adjust(
                    field=text(document["field"]), delta=number(document["value"]), **named
                )
            case "add":
                return Add(record=tuple(dict(document["value"]).items()), **named)
            case "remove":
                return Remove(record=tuple(dict(document.get("value") or {}).items()), **named)
        raise ValueError(document["action"])


def change_set_plain(group: ChangeSet) -> Document:
    """Give a named group of changes as plain values."""
    changes = [change_plain(change) for change in group.changes]
    return {"name": group.name, "enabled": group.enabled, "changes": changes}


def change_set_of(document: Mapping[str, Any]) -> ChangeSet:
    """Make a named group of changes from plain values.

    Raises:
        Refused: it is none.
    """
    with place("change_set"):
        return ChangeSet(
            name=text(document["name"]),
            changes=each("changes", document["changes"], change_of),
            enabled=bool(document["enabled"]),
        )


def pin_plain(pin: Pin, horizon: Horizon) -> Document:
    """Give a pin as plain values."""
    days = {"first": _date(pin.first, horizon), "last": _date(pin.last, horizon)}
    return {"kind": pin.kind, "id": pin.id, **days}


def pin_of(document: Mapping[str, Any], horizon: Horizon) -> Pin:
    """Make a pin from plain values.

    Raises:
        Refused: it is none.
    """
    with place("pin"):
        first, last = (_maybe_day(document[name], horizon) for name in ("first", "last"))
        return Pin(kind=text(document["kind"]), id=text(document["id"]), first=first, last=last)


def waiver_plain(waiver: Waiver, horizon: Horizon) -> Document:
    """Give a waiver as plain values."""
    return {
        "rule": waiver.rule,
        "subjects": sorted(waiver.subjects),
        "first": _date(waiver.first, horizon),
        "last": _date(waiver.last, horizon),
        "most": waiver.most,
        "reason": waiver.reason,
        "author": waiver.author,
        "made": waiver.made.isoformat(),
    }


def waiver_of(document: Mapping[str, Any], horizon: Horizon) -> Waiver:
    """Make a waiver from plain values.

    Raises:
        Refused: it is none.
    """
    with place("waiver"):
        return Waiver(
            rule=text(document["rule"]),
            subjects=frozenset(text(subject) for subject in document["subjects"]),
            first=_day(document["first"], horizon),
            last=_day(document["last"], horizon),
            most=number(document["most"]),
            reason=text(document["reason"]),
            author=text(document["author"]),
            made=date.fromisoformat(document["made"]),
        )


# --- plans --------------------------------------------------------------------------------------


def plan_plain(plan: Plan, horizon: Horizon) -> Document:
    """Give a plan as plain values: a short list a placement and a duty."""
    dates = {day: horizon.date(day).isoformat() for day in {duty.day for duty in plan.duties}}
    return {
        "placements": [list(placement) for placement in plan.placements],
        "duties": [[duty.person, dates[duty.day], duty.shift] for duty in plan.duties],
    }


def plan_of(document: Mapping[str, Any], horizon: Horizon) -> Plan:
    """Make a plan from plain values.

    Raises:
        Refused: it is none.
    """
    with place("plan"):
        placements = each("placements", document["placements"], _placement)
        duties = each("duties", document["duties"], lambda row: _duty(row, horizon))
        return Plan.build(placements, duties)


def _placement(row: Sequence[Any]) -> Placement:
    case, session, surgeon, start = row
    return Placement(
        CaseId(text(case)),
        SessionId(text(session)),
        None if surgeon is None else text(surgeon),
        None if start is None else number(start),
    )


def _duty(row: Sequence[Any], horizon: Horizon) -> Duty:
    person, day, shift = row
    return Duty(StaffId(text(person)), _day(day, horizon), ShiftId(text(shift)))


# --- small things -------------------------------------------------------------------------------


def each(where: str, items: Sequence[Any], make: Callable[[Any], T]) -> tuple[T, ...]:
    """Make a value of each item, knowing which one does not fit."""
    made = []
    for at, item in enumerate(items):
        with place(f"{where}[{at}]"):
            made.append(make(item))
    return tuple(made)


def text(given: Any) -> str:
    """Give a text, or say that it is none.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(given, str):
        raise TypeError(repr(given))
    return given


def number(given: Any) -> int:
    """Give a whole number, or say that it is none.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError(repr(given))
    return given


def one_of(given: Any, options: Sequence[str]) -> str:
    """Give a word that is among the options, or say that it is none.

    Raises:
        ValueError: it is none.
    """
    if given not in options:
        raise ValueError(repr(given))
    return str(given)


def _date(day: int | None, horizon: Horizon) -> str | None:
    if day is not None and not _DAY.low <= day <= _DAY.high:
        raise Unfit("day", str(day))
    return plain(_DAY, day, horizon)  # type: ignore[return-value]  # a day is an ISO date


def _day(given: Any, horizon: Horizon) -> int:
    made: int = value(_DAY, given, horizon)
    return made


def _maybe_day(given: Any, horizon: Horizon) -> int | None:
    return None if given is None else _day(given, horizon)
