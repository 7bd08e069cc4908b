"""The texts of a study that a shared file leaves out, to be looked for in its bytes."""

from collections.abc import Iterator

from planner import fields, packs
from planner.changes import Add, ChangeSet, Remove, Set
from planner.disguise import FREE, Disguise, public_texts
from planner.disguised_codes import HIDDEN, OWN
from planner.problem import ATTRIBUTES
from planner.rules import catalogue
from planner.study import BASE, Study


def free_texts(study: Study, known: Disguise) -> frozenset[str]:
    """Give the free texts of a study that its disguise leaves out, but for words of its catalogues."""
    found = {study.name}
    for kind, name in FREE:
        found |= {getattr(record, name) for record in study.base.records(kind)}
    for scenario in study.scenarios:
        found |= {scenario.name, scenario.note} - {BASE}
        found |= {text for waiver in scenario.waivers for text in (waiver.reason, waiver.author)}
        for group in scenario.changes:
            found.add(group.name)
            found |= set(_texts_of(group))
    for family, every in known.words.items():  # a sentence; a lone word may stand anywhere
        found |= {word for word in every.keys() - known.listed[family] if " " in word}
    kept = {*known.public, *known.scenarios.values(), *map(str, range(100)), *_own_words()}
    for kind in ATTRIBUTES:
        if kind not in HIDDEN and kind not in OWN:
            records = study.base.records(kind)
            kept |= {getattr(each, name, "") for each in records for name in ("id", "name", "type")}
    return frozenset(text for text in found - kept if text)


def names_of_people(study: Study) -> frozenset[str]:
    """Give the names that members of staff and surgeons have, had, or have in a scenario."""
    found: set[str] = set()
    for kind in ("staff", "surgeon"):
        found |= {record.name for record in study.base.records(kind)}
    for change in study.all_changes():
        if change.kind in ("staff", "surgeon"):
            match change:
                case Set(field="name"):
                    found |= {v for v in (change.expected, change.value) if isinstance(v, str)}
                case Add() | Remove():
                    found.add(str(dict(change.record).get("name", "")))
    return frozenset(found - {""})


def shipped_texts() -> frozenset[str]:
    """Give the texts that come with the program, in which nobody is named: rules, and words of its own."""
    rules = (rule.id for name in packs.names() for rule in packs.load(name).rules)
    return frozenset({BASE, *rules, *_own_words(), *public_texts()})


def _own_words() -> Iterator[str]:
    """Give the words of the program's own that a file holds: kinds, types, fields and choices."""
    types = catalogue()
    yield from (*ATTRIBUTES, *types)
    for cls in (*fields.KINDS.values(), *types.values()):
        for spec in fields.specs(cls):
            yield from (spec.name, *spec.options)


def _texts_of(group: ChangeSet) -> Iterator[str]:
    for change in group.changes:
        match change:
            case Set(kind=kind, field=field) if (kind, field) in FREE:
                yield from (v for v in (change.expected, change.value) if isinstance(v, str))
            case Add(kind=kind) | Remove(kind=kind):
                yield from (v for f, v in change.record if (kind, f) in FREE and isinstance(v, str))
