"""A fingerprint of the facts and rules in force, equal on every machine and in every process.

BLAKE2b over canonical bytes: fields in order, sets sorted, never `hash()`. Names, notes, pins and
waivers are not in it; `as_of` is.
"""

import json
from collections.abc import Mapping
from hashlib import blake2b
from operator import attrgetter
from typing import Any, Final, NamedTuple

from planner.clock import Horizon
from planner.fields import FieldSpec, specs
from planner.plain import is_plain, plain
from planner.problem import ATTRIBUTES, Problem
from planner.rules.contract import Rule

_SILENT: Final = frozenset({"name", "note", "title_fr", "title_en", "source", "expert"})
_LATER: Final[Mapping[str, frozenset[str]]] = {
    "staff": frozenset({"last"}),
    "shift": frozenset({"half_days"}),
    "theatre": frozenset({"beside"}),
    "session": frozenset({"emergency"}),
    "ward": frozenset({"start", "end"}),
    "procedure": frozenset({"stay", "opening", "closing"}),
    "surgeon": frozenset({"rooms", "teaches", "prefers"}),
    "team": frozenset({"specialties"}),
    "rule": frozenset({"memory"}),
    "case": frozenset({"delivery", "partners", "trainee", "prefers", "suites"}),
}
_LATER_KINDS: Final = frozenset({"template", "team", "appointment", "carried", "promise"})
"""Fields and kinds that came with a later format of the study file: as long as they hold nothing but
what is usual they count for nothing, so that plans made before it stay up to date."""
_UNREAD: Final = frozenset({"rotation", "line", "turn", "weekly"})
"""Kinds that no rule reads but `cycle_kept`: without it a roster made of a rotation is judged like any
other, and stays so when the rotation changes."""
_KEPT: Final = 64
_made: list[tuple[Problem, str]] = []
_records: dict[tuple[str, int], tuple[tuple[Any, ...], Horizon, bytes]] = {}
_written: dict[str, tuple[Horizon, dict[int, tuple[Any, bytes]]]] = {}
"""The records of each kind that were digested last, as bytes: an edit leaves most of them the same."""


def fingerprint(problem: Problem) -> str:
    """Give the fingerprint of a problem: 32 hexadecimal digits; remembered by identity."""
    for known, digest in _made:
        if known is problem:
            return digest
    digest = _digest(problem)
    _made.insert(0, (problem, digest))
    del _made[_KEPT:]
    return digest


def _digest(problem: Problem) -> str:
    whole = blake2b(digest_size=16)
    horizon = problem.horizon
    own = [
        horizon.start.isoformat(),
        horizon.days,
        horizon.zone,
        problem.as_of.isoformat(),
        problem.clock,
        problem.order,
        problem.noon,
    ]
    whole.update(_bytes(own))
    unread = _UNREAD
    if any(rule.type == "cycle_kept" and rule.enabled for rule in problem.rules):
        unread = frozenset()
    for kind in ATTRIBUTES:
        if kind not in unread and (problem.records(kind) or kind not in _LATER_KINDS | _UNREAD):
            whole.update(_kind_digest(problem, kind))
    return whole.hexdigest()


def _kind_digest(problem: Problem, kind: str) -> bytes:
    """Digest the records of a kind, in order of id: their order in a file does not matter."""
    records = problem.records(kind)
    known = _records.get((kind, id(records)))
    if known is not None and known[0] is records and known[1] == problem.horizon:
        return known[2]
    part = blake2b(kind.encode(), digest_size=16)
    before, kept = _written.get(kind, (problem.horizon, {}))
    kept = kept if before == problem.horizon else {}
    written: dict[int, tuple[Any, bytes]] = {}
    words: list[bytes] = []
    for record in sorted(records, key=attrgetter("id")):
        if isinstance(record, Rule) and not record.enabled:
            continue
        found = kept.get(id(record))
        if found is None:
            found = record, _record_bytes(kind, record, problem.horizon)
        written[id(record)] = found
        words.append(found[1])
    part.update(b"".join(words))
    _written[kind] = problem.horizon, written
    digest = part.digest()
    if len(_records) > _KEPT * len(ATTRIBUTES):
        _records.clear()
    _records[kind, id(records)] = (records, problem.horizon, digest)
    return digest


class _Form(NamedTuple):
    """How the records of a class are written: their fields in order, and what is to be done to some.

    `turned` are those whose values are not plain, `later` those of a later format, the last one first.
    """

    names: tuple[str, ...]
    turned: tuple[tuple[int, FieldSpec], ...]
    later: tuple[tuple[int, FieldSpec], ...]


_forms: dict[tuple[str, type], _Form] = {}


def _form(kind: str, cls: type) -> _Form:
    known = _forms.get((kind, cls))
    if known is not None:
        return known
    told = [spec for spec in specs(cls) if spec.name not in _SILENT]
    later = _LATER.get(kind, frozenset())
    known = _forms[kind, cls] = _Form(
        tuple(spec.name for spec in told),
        tuple((at, spec) for at, spec in enumerate(told) if not is_plain(spec)),
        tuple((at, spec) for at, spec in reversed([*enumerate(told)]) if spec.name in later),
    )
    return known


def _record_bytes(kind: str, record: Any, horizon: Horizon) -> bytes:
    names, turned, later = _form(kind, type(record))
    values = [getattr(record, name) for name in names]
    usual = [at for at, spec in later if values[at] == spec.default]
    for at, spec in turned:
        values[at] = plain(spec, values[at], horizon)
    for at, spec in later:
        # A later field is named: of two that are usually left out, either may stand here alone.
        if at in usual:
            del values[at]
        else:
            values[at] = [spec.name, values[at]]
    return _bytes([record.type, *values] if isinstance(record, Rule) else values)


# Made once: `json.dumps` makes one for each record, which takes as long as most records.
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _bytes(values: list[Any]) -> bytes:
    return _encode(values).encode() + b"\n"
