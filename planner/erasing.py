"""Erasing what is kept of one person, and what is older than a day: privacy as an edit of the facts.

Whoever is erased becomes an anonymous code, the same everywhere. What she did before the day of the
facts stays under it, so that counters and fair shares of others stay what they were. What is planned for
her from that day on goes, and with it her name, her wishes, her later absences and what she was told.
In free text her new code stands where it names her. Names of others, and of things, are no text about
her: they stay as they are, as does a lone word in a free text that another name has as well. What is
changed, and what people have to decide, is listed text by text.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from planner import fields
from planner.changes import Add, Change, Remove, Set
from planner.disguise import FREE, Disguise
from planner.disguised_codes import OWN
from planner.edits import EditRefusedError
from planner.fingerprint import fingerprint
from planner.naming import Person
from planner.plan import Plan
from planner.problem import ATTRIBUTES, Problem
from planner.signatures import PUBLISHED, published_digest
from planner.standing import digest_now, standing, unlike_signed
from planner.study import BASE, Scenario, Study

KINDS: Final = ("staff", "surgeon", "case")
"""Kinds of record that may be somebody."""
_LATER: Final = ("absence", "request", "promise", "turn")
_PEOPLE: Final = ("staff", "surgeon")
"""Kinds of record whose free `name` is that of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A text that names somebody: of which record and field, as it was and is, and the words in doubt.

    Of a scenario, `field` is `name`, `note`, `group`, `waiver` or `signature`; of a study its `name`.
    """

    kind: str
    id: str
    field: str
    before: str
    after: str
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Texts:
    """Reads the texts of a study for a person, and notes what it finds."""

    person: Person
    counts: Counter[str] = field(default_factory=Counter)
    found: dict[Named, None] = field(default_factory=dict)

    def read(self, kind: str, id: str, field: str, text: str) -> str:
        """Give a free text without her."""
        after, undecided = self.person.read(text)
        return self._noted(
            Named(kind=kind, id=id, field=field, before=text, after=after, undecided=undecided)
        )

    def name_of(self, kind: str, id: str, text: str) -> str:
        """Give the name of somebody else, which only her code is taken out of."""
        undecided = (text,) if self.person.whole_in(text) else ()
        return self._noted(
            Named(
                kind=kind,
                id=id,
                field="name",
                before=text,
                after=self.person.without_code(text),
                undecided=undecided,
            )
        )

    def emptied(self, kind: str, id: str, field: str, text: str) -> str:
        """Give nothing for a text that is hers."""
        return self._noted(Named(kind=kind, id=id, field=field, before=text, after=""))

    def _noted(self, named: Named) -> str:
        if named.before != named.after or named.undecided:
            self.found[named] = None
        if named.before != named.after:
            self.counts["text"] += 1
        return named.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """A study without somebody, or without what is too old; `counts` says what went, by kind.

    `texts` are those that named her.
    """

    study: Study
    counts: Mapping[str, int] = field(default_factory=dict)
    texts: tuple[Named, ...] = ()


def person_of(
    study: Study, id: str, anonymous: str, past: Mapping[str, frozenset[str]] | None = None
) -> Person:
    """Find whoever has a code, in the base, a scenario or a plan, or had it in the `past`.

    A surgeon who is on the roster has one code. `past`: names by kind, from what was there before.

    Raises:
        EditRefusedError: nobody has it.
    """
    kinds: list[str] = []
    names = set[str]()
    planned = frozenset(_planned(study))
    for kind in KINDS:
        found = {getattr(each, "name", "") for each in study.base.records(kind) if each.id == id}
        for change in study.all_changes():
            if (change.kind, change.id) == (kind, id):
                found |= {"", *_typed(change)}
        found |= (past or {}).get(kind, frozenset())
        kinds += [kind] if found or (kind, id) in planned else []
        names |= found
    if not kinds:
        raise EditRefusedError("purge.nobody", id=id)
    return Person(
        kind=kinds[0],
        id=id,
        names=frozenset(names - {""}),
        anonymous=anonymous,
        others=_other_names(study, id, tuple(ATTRIBUTES)),
        homonyms=_other_names(study, id, _PEOPLE),
        own=_own(study, kinds[0], id),
    )


def _planned(study: Study) -> Iterator[tuple[str, str]]:
    """Give whom plans, and what is known of the past and was told, name: by kind and code."""
    for scenario in study.scenarios:
        for plan in (scenario.plan, scenario.published or Plan()):
            yield from (("staff", str(each.person)) for each in plan.duties)
            yield from (("case", str(each.case)) for each in plan.placements)
            yield from (("surgeon", str(e.surgeon)) for e in plan.placements if e.surgeon)
    base = study.base
    for kind, name in (("history", "id"), ("promise", "id"), ("absence", "person")):
        yield from (("staff", str(getattr(each, name))) for each in base.records(kind))
    yield from (("staff", str(each.person)) for each in base.requests)
    yield from (("case", str(each.id)) for each in base.appointments)


def _own(study: Study, kind: str, id: str) -> frozenset[tuple[str, str]]:
    """Give what is about somebody alone: she herself, and her absences, those of what-ifs too.

    A surgeon on the roster is two records of one code.
    """
    if kind not in _PEOPLE:
        return frozenset({(kind, id)})
    absences = {str(each.id) for each in study.base.absences if each.person == id}
    for change in study.all_changes():
        if change.kind == "absence" and dict(_record(change)).get("person") == id:
            absences.add(change.id)
    return frozenset({*((each, id) for each in _PEOPLE), *(("absence", each) for each in absences)})


def _other_names(study: Study, id: str, kinds: Iterable[str]) -> frozenset[str]:
    """Give the names of all records of some kinds but hers."""
    found = set[str]()
    for kind in kinds:
        records = study.base.records(kind)
        found |= {getattr(r, "name", "") for r in records if r.id != id or kind not in KINDS}
    for change in study.all_changes():
        if change.kind in kinds and (change.id != id or change.kind not in KINDS):
            found |= {*_typed(change)}
    return frozenset(found - {""})


def erased(study: Study, person: Person) -> Erased:
    """Give a study without a person."""
    texts = _Texts(person)
    since = max(0, study.base.horizon.day(study.base.as_of))
    codes = {person.id: person.anonymous, **_own_codes(study, person)}
    names = {
        each.name: BASE
        if each.name == BASE  # a word of ours, whatever she is called
        else texts.read("scenario", each.name, "name", each.name)
        for each in study.scenarios
    }
    known = Disguise(names=codes, scenarios=_apart(names), weeks=0, texts=True)
    base = _facts(study.base, texts, since)
    scenarios = tuple(_scenario(each, texts, since) for each in study.scenarios)
    made = dataclasses.replace(
        study,
        name=texts.read("study", study.name, "name", study.name),
        base=known.problem(base),
        scenarios=tuple(_disguised(known, each) for each in scenarios),
    )
    made = restamped(study, made, known.scenarios)
    return Erased(study=made, counts=texts.counts, texts=tuple(texts.found))


def _facts(problem: Problem, texts: _Texts, since: int) -> Problem:
    """Take out of the base what is hers alone, and her out of every free text."""
    for kind in ATTRIBUTES:
        kept = []
        for record in problem.records(kind):
            if kind in _LATER and _hers(record, texts.person) and _from(record, kind) >= since:
                texts.counts[kind] += 1
                if kind != "absence" or record.first >= since:
                    continue
                record = dataclasses.replace(record, last=since - 1)  # what she has had stays
            kept.append(_without_text(kind, record, texts, since))
        problem = problem.with_records(kind, tuple(kept))
    return problem


def _hers(record: Any, person: Person) -> bool:
    return person.kind == "staff" and person.id in (record.id, getattr(record, "person", None))


def _from(record: Any, kind: str) -> int:
    """Give the last day that a record is about; all but absences is let go whatever its day."""
    return int(record.last) if kind == "absence" else 2**31


def _without_text(kind: str, record: Any, texts: _Texts, since: int) -> Any:
    new: dict[str, Any] = {}
    hers = (kind, record.id) in texts.person.own
    for spec in fields.specs(type(record)):
        value = getattr(record, spec.name)
        if isinstance(value, str) and (kind, spec.name) in FREE:
            new[spec.name] = _text(texts, kind, record.id, spec.name, value, hers=hers)
    if hers and kind == "staff" and since > 0 and (record.last is None or record.last >= since):
        new["last"] = since - 1
    return dataclasses.replace(record, **new) if new else record


def _text(texts: _Texts, kind: str, id: str, field: str, value: str, *, hers: bool) -> str:
    """Give the value of a free field: nothing of hers, only her code less in a name of somebody else."""
    if hers:
        return texts.emptied(kind, id, field, value)
    if kind in _PEOPLE and id != texts.person.id:
        return texts.name_of(kind, id, value)
    return texts.read(kind, id, field, value)


def _scenario(scenario: Scenario, texts: _Texts, since: int) -> Scenario:
    person = texts.person
    plans: dict[str, Any] = {}
    for which in ("plan", "published"):
        plan = getattr(scenario, which)
        if plan is not None:
            plans[which], gone = _ahead_cleared(plan, person, since)
            texts.counts["duty"] += gone

    def cleared(where: str, record: Any, *names: str) -> Any:
        new = {n: texts.read("scenario", scenario.name, where, getattr(record, n)) for n in names}
        return dataclasses.replace(record, **new)

    noted: Scenario = cleared("note", scenario, "note")
    return dataclasses.replace(
        noted,
        **plans,
        pins=tuple(p for p in scenario.pins if p.kind != "person" or p.id != person.id),
        waivers=tuple(cleared("waiver", each, "reason", "author") for each in scenario.waivers),
        signatures=tuple(
            cleared("signature", each, "account", "name", "reason") for each in scenario.signatures
        ),
        changes=tuple(
            dataclasses.replace(
                cleared("group", each, "name"),
                changes=tuple(_change(change, texts) for change in each.changes),
            )
            for each in scenario.changes
        ),
    )


def _ahead_cleared(plan: Plan, person: Person, since: int) -> tuple[Plan, int]:
    """Take her duties from a day on out of a plan; those of the past stay."""
    if person.kind != "staff":
        return plan, 0
    kept = [each for each in plan.duties if each.person != person.id or each.day < since]
    gone = sum(map(len, plan.days)) - len(kept)
    return (plan.with_duties(kept), gone) if gone else (plan, 0)


def _change(change: Change, texts: _Texts) -> Change:
    hers = (change.kind, change.id) in texts.person.own

    def clear(field: str, value: Any) -> Any:
        if isinstance(value, str) and (change.kind, field) in FREE:
            return _text(texts, change.kind, change.id, field, value, hers=hers)
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
        for change in study.all_changes():
            if change.kind == kind:
                ids.setdefault(change.id, dict(_record(change)).get("person", ""))
        hers = sorted(id for id, who in ids.items() if who == person.id or person.cleared(id) != id)
        found |= {id: f"{person.anonymous}-{letter}{n}" for n, id in enumerate(hers, 1)}
    return found


def _record(change: Change) -> Iterable[tuple[str, Any]]:
    return change.record if isinstance(change, Add | Remove) else ()


def _typed(change: Change) -> Iterator[str]:
    """Give the names that a change gives somebody, or takes."""
    match change:
        case Set(field="name"):
            yield from (v for v in (change.expected, change.value) if isinstance(v, str))
        case Add() | Remove():
            yield str(dict(change.record).get("name", ""))


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


def restamped(before: Study, after: Study, names: Mapping[str, str]) -> Study:
    """Have plans that were up to date, and signatures that held, be so after facts were let go.

    `names` are those that scenarios have after it, by those before.
    """
    for each in before.scenarios:
        name = names[each.name]
        scenario = after.scenario(name)
        changed: dict[str, Any] = {}
        if each.made_for and not before.stale(each.name):
            changed["made_for"] = fingerprint(after.problem(name))
        if scenario.signatures and _held(before, each):
            *earlier, last = scenario.signatures
            digest = last.digest and _digest(after, scenario)
            changed["signatures"] = (*earlier, dataclasses.replace(last, digest=digest))
        if changed:
            after = after.replace(dataclasses.replace(scenario, **changed))
    return after


def _held(before: Study, scenario: Scenario) -> bool:
    """Tell whether what was signed last is what stood: of a published plan, whatever is at hand now."""
    if scenario.signatures and scenario.signatures[-1].step == PUBLISHED:
        return unlike_signed(scenario) is None
    return bool(standing(before, scenario.name).signatures)


def _digest(after: Study, scenario: Scenario) -> str:
    if scenario.signatures[-1].step == PUBLISHED and scenario.published is not None:
        return published_digest(scenario.published)
    return digest_now(after, scenario.name)
