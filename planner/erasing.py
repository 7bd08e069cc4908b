"""Erasing what is kept of one person, and what is older than a day: privacy as an edit of the facts.

Whoever is erased becomes an anonymous code, the same everywhere. What she did before the day of the
facts stays under it, so that counters and fair shares of others stay what they were. What is planned for
her from that day on goes, and with it her name, her wishes, her later absences and what she was told.
Free text that names her goes as a whole.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from planner import fields
from planner.changes import Add, Change, ChangeSet, Remove, Set
from planner.disguise import FREE, OWN, Disguise
from planner.edits import EditRefusedError
from planner.fingerprint import fingerprint
from planner.plan import Plan
from planner.problem import ATTRIBUTES, Problem
from planner.standing import digest_now, standing
from planner.study import Scenario, Study

KINDS: Final = ("staff", "surgeon", "case")
"""Kinds of record that may be somebody."""
_LATER: Final = ("absence", "request", "promise", "turn")
_SHORTEST: Final = 3
"""Letters of a word of a name by which a free text is taken to name her."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever is to be erased: her kind and code, the words she is known by, her new code."""

    kind: str
    id: str
    names: frozenset[str]
    anonymous: str

    def named_in(self, text: str) -> bool:
        """Tell whether a text names her: her code, her whole name, or a word of it."""
        return bool(self.pattern.search(text))

    @property
    def pattern(self) -> re.Pattern[str]:
        """What her names look like in a text."""
        words = sorted({self.id, *self.names, *_words(self.names)}, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """A study without somebody, or without what is too old; `counts` says what went, by kind."""

    study: Study
    counts: Mapping[str, int] = field(default_factory=dict)


def person_of(study: Study, id: str, anonymous: str) -> Person:
    """Find whoever has a code, in the base or in a scenario; a surgeon who is on the roster has one code.

    Raises:
        EditRefusedError: nobody has it.
    """
    kinds: list[str] = []
    names = set[str]()
    for kind in KINDS:
        found = {getattr(each, "name", "") for each in study.base.records(kind) if each.id == id}
        for change in _changes(study):
            if (change.kind, change.id) == (kind, id):
                found |= {"", *_typed(change)}
        kinds += [kind] if found else []
        names |= found
    if not kinds:
        raise EditRefusedError("purge.nobody", id=id)
    return Person(kind=kinds[0], id=id, names=frozenset(names - {""}), anonymous=anonymous)


def erased(study: Study, person: Person) -> Erased:
    """Give a study without a person."""
    counts: Counter[str] = Counter()
    fresh = [each.name for each in study.scenarios if each.made_for and not study.stale(each.name)]
    signed = {each.name for each in study.scenarios if standing(study, each.name).signatures}
    since = max(0, study.base.horizon.day(study.base.as_of))
    codes = {person.id: person.anonymous, **_own_codes(study, person)}
    names = {each.name: _cleared(person, each.name) for each in study.scenarios}
    known = Disguise(names=codes, scenarios=_apart(names), weeks=0, texts=True)
    base = _facts(study.base, person, since, counts)
    scenarios = tuple(_scenario(each, person, since, counts) for each in study.scenarios)
    made = dataclasses.replace(
        study,
        name=_cleared(person, study.name),
        base=known.problem(base),
        scenarios=tuple(_disguised(known, each) for each in scenarios),
    )
    for each in study.scenarios:
        name = known.scenarios[each.name]
        made = _restamped(made, name, fresh=each.name in fresh, signed=each.name in signed)
    return Erased(study=made, counts=counts)


def _facts(problem: Problem, person: Person, since: int, counts: Counter[str]) -> Problem:
    """Take out of the base what is hers alone, and every free text that names her."""
    for kind in ATTRIBUTES:
        kept = []
        for record in problem.records(kind):
            if kind in _LATER and _hers(record, person) and _from(record, kind) >= since:
                counts[kind] += 1
                if kind != "absence" or record.first >= since:
                    continue
                record = dataclasses.replace(record, last=since - 1)  # what she has had stays
            kept.append(_without_text(kind, record, person, since, counts))
        problem = problem.with_records(kind, tuple(kept))
    return problem


def _hers(record: Any, person: Person) -> bool:
    return person.kind == "staff" and person.id in (record.id, getattr(record, "person", None))


def _from(record: Any, kind: str) -> int:
    """Give the last day that a record is about; all but absences is let go whatever its day."""
    return int(record.last) if kind == "absence" else 2**31


def _without_text(kind: str, record: Any, person: Person, since: int, counts: Counter[str]) -> Any:
    new: dict[str, Any] = {}
    hers = record.id == person.id and kind == person.kind
    for spec in fields.specs(type(record)):
        value = getattr(record, spec.name)
        if not isinstance(value, str) or spec.name == "id" or spec.link:
            continue
        free = (kind, spec.name) in FREE
        if value and ((hers and free) or (kind == "absence" and _hers(record, person) and free)):
            new[spec.name] = ""
        elif free and person.named_in(value):
            new[spec.name] = ""
            counts["text"] += 1
        elif spec.name == "name" and person.named_in(value):
            new[spec.name] = _cleared(person, value)
            counts["text"] += 1
    if hers and kind == "staff" and since > 0 and (record.last is None or record.last >= since):
        new["last"] = since - 1
    return dataclasses.replace(record, **new) if new else record


def _scenario(scenario: Scenario, person: Person, since: int, counts: Counter[str]) -> Scenario:
    plans: dict[str, Any] = {}
    for which in ("plan", "published"):
        plan = getattr(scenario, which)
        if plan is not None:
            plans[which], gone = _ahead_cleared(plan, person, since)
            counts["duty"] += gone
    return dataclasses.replace(
        scenario,
        **plans,
        note=_dropped(person, scenario.note, counts),
        pins=tuple(p for p in scenario.pins if p.kind != "person" or p.id != person.id),
        waivers=tuple(
            dataclasses.replace(
                each,
                reason=_dropped(person, each.reason, counts),
                author=_dropped(person, each.author, counts),
            )
            for each in scenario.waivers
        ),
        signatures=tuple(
            dataclasses.replace(
                each,
                account=_cleared(person, each.account),
                name=_cleared(person, each.name),
                reason=_dropped(person, each.reason, counts),
            )
            for each in scenario.signatures
        ),
        changes=tuple(_group(each, person, counts) for each in scenario.changes),
    )


def _ahead_cleared(plan: Plan, person: Person, since: int) -> tuple[Plan, int]:
    """Take her duties from a day on out of a plan; those of the past stay."""
    if person.kind != "staff":
        return plan, 0
    kept = [each for each in plan.duties if each.person != person.id or each.day < since]
    gone = sum(map(len, plan.days)) - len(kept)
    return (plan.with_duties(kept), gone) if gone else (plan, 0)


def _group(group: ChangeSet, person: Person, counts: Counter[str]) -> ChangeSet:
    return dataclasses.replace(
        group,
        name=_cleared(person, group.name),
        changes=tuple(_change(each, person, counts) for each in group.changes),
    )


def _change(change: Change, person: Person, counts: Counter[str]) -> Change:
    def clear(field: str, value: Any) -> Any:
        hers = change.kind == person.kind and change.id == person.id
        if isinstance(value, str) and (change.kind, field) in FREE and value:
            if hers or person.named_in(value):
                counts["text"] += 1
                return ""
        return value

    match change:
        case Set(field=field):
            pair = {"expected": clear(field, change.expected), "value": clear(field, change.value)}
            return dataclasses.replace(change, **pair)
        case Add() | Remove():
            record = tuple((field, clear(field, value)) for field, value in change.record)
            return dataclasses.replace(change, record=record)
    return change


# --- codes and words ------------------------------------------------------------------------------


def _own_codes(study: Study, person: Person) -> dict[str, str]:
    """Give new codes for records that are hers, or whose code is made of hers."""
    found: dict[str, str] = {}
    for kind, letter in OWN.items():
        ids = {each.id: getattr(each, "person", "") for each in study.base.records(kind)}
        for change in _changes(study):
            if change.kind == kind:
                ids.setdefault(change.id, dict(_record(change)).get("person", ""))
        hers = sorted(id for id, who in ids.items() if who == person.id or person.named_in(id))
        found |= {id: f"{person.anonymous}-{letter}{n}" for n, id in enumerate(hers, 1)}
    return found


def _record(change: Change) -> Iterable[tuple[str, Any]]:
    return change.record if isinstance(change, Add | Remove) else ()


def _changes(study: Study) -> Iterator[Change]:
    for scenario in study.scenarios:
        for group in scenario.changes:
            yield from group.changes


def _typed(change: Change) -> Iterator[str]:
    """Give the names that a change gives somebody, or takes."""
    match change:
        case Set(field="name"):
            yield from (v for v in (change.expected, change.value) if isinstance(v, str))
        case Add() | Remove():
            yield str(dict(change.record).get("name", ""))


def _words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (word for word in re.findall(r"\w+", name) if len(word) > _SHORTEST)


def _cleared(person: Person, text: str) -> str:
    """Give a text with her code in the place of her names."""
    return person.pattern.sub(person.anonymous, text)


def _dropped(person: Person, text: str, counts: Counter[str]) -> str:
    if text and person.named_in(text):
        counts["text"] += 1
        return ""
    return text


def _apart(names: Mapping[str, str]) -> dict[str, str]:
    """Keep the names of scenarios apart where two have become one."""
    found: dict[str, str] = {}
    for old, new in names.items():
        name, number = new, 1
        while name in found.values():
            number += 1
            name = f"{new} {number}"
        found[old] = name
    return found


def _disguised(known: Disguise, scenario: Scenario) -> Scenario:
    made = known.scenario(scenario)
    return dataclasses.replace(
        made, forecast=scenario.forecast, signatures=scenario.signatures, note=scenario.note
    )


def _restamped(study: Study, name: str, *, fresh: bool, signed: bool) -> Study:
    """Have a plan that was up to date, and a signature that held, be so for the new codes."""
    scenario = study.scenario(name)
    changed: dict[str, Any] = {}
    if fresh:
        changed["made_for"] = fingerprint(study.problem(name))
    if signed and scenario.signatures:
        *before, last = scenario.signatures
        digest = last.digest and digest_now(study, name)
        changed["signatures"] = (*before, dataclasses.replace(last, digest=digest))
    return study.replace(dataclasses.replace(scenario, **changed)) if changed else study
