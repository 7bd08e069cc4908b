"""The codes of a study that may name somebody: those of its records, and those that only stand somewhere.

A case that was withdrawn is no record any more, and its code stays in the plan that was published; a
roster may name people of whom nothing else is known. Each such code gets a pseudonym too.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from planner import fields
from planner.changes import Add, Change, Remove, Set
from planner.moved_dates import undated
from planner.plain import texts_within
from planner.problem import ATTRIBUTES
from planner.rules.contract import Scope
from planner.study import Study

HIDDEN: Final[Mapping[str, str]] = {"staff": "P", "surgeon": "S", "case": "C"}
"""The kinds of record whose codes may name somebody, and the letter of their pseudonyms."""
OWN: Final[Mapping[str, str]] = {"absence": "A", "request": "W", "carried": "K"}
"""The kinds whose codes are often made of a person's."""
MADE: Final = frozenset(
    {"session", "template", "cover", "weekly", "census", "anaesthesia", "team", "line"}
)
"""The kinds whose codes now and then are: those that hold one get a pseudonym."""
ABOUT: Final = frozenset({"appointment", "history", "promise", "turn"})
"""The kinds whose code is that of the person or case that they are about."""
HOUSE: Final = tuple(k for k in ATTRIBUTES if k not in {*HIDDEN, *OWN, *MADE, *ABOUT})
"""The other kinds: catalogues of the house, and rules."""
TAGS: Final[Mapping[str, str]] = {"person": "staff"} | {
    kind: kind for kind in ("staff", "surgeon", "case", "session")
}
"""Tags of a scope that are codes of people and cases, or may be made of them, by the kind they are of."""
_LINKED: Final[Mapping[tuple[str, str], str]] = {("absence", "person"): "staff"}
"""Fields that hold a person's code without being a link."""
_PINNED: Final = {"person": "staff", "case": "case", "session": "session", "template": "template"}
_SUBJECT: Final = ""
"""Whatever an accepted breach is about, where no record says of which kind it is."""
_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 5
_FEW: Final = 2
"""Letters or digits of a word within a code that tells nothing."""
_USUAL: Final = frozenset(
    {
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun", "MAR", "EQUIPES", "TEAMS", "ACCUEIL"),
        *("SPE", "BLOC", "IBODE", "IADE", "IDE", "URG", "SSPI", "VOL", "SENIOR"),
    }
)
"""Words that codes of sessions, requirements and teams are made with."""


def codes(study: Study) -> Iterator[tuple[str, str]]:
    """Give the codes of people and cases, and those made of them, each with its letter, in a fixed order."""
    standing = _standing(study)
    for kind, letter in (*HIDDEN.items(), *OWN.items(), (_SUBJECT, "X")):
        for code in (*_codes(study, kind), *sorted(standing[kind])):
            yield letter, code


def made_codes(study: Study) -> Iterator[tuple[str, str]]:
    """Give the codes of sessions, requirements … with a word that may be somebody's, or a date that stays.

    They keep theirs where each word is that of a catalogue of the house, a date that moves, a letter or
    two, or a number of one or two digits that is nobody's code. In codes of sessions alone a short
    number may be somebody: elsewhere it counts something.
    """
    standing = _standing(study)
    hidden = {code for kind in HIDDEN for code in (*_codes(study, kind), *standing[kind])}
    numbers = set(filter(short_number, hidden))
    names = hidden - numbers
    house = _house_words(study)
    for kind in sorted(MADE):
        counted = numbers if kind in ("session", "template") else frozenset[str]()
        for code in (*_codes(study, kind), *sorted(standing[kind])):
            plain = undated(code)
            strange = any(_strange(word, house) for word in _WORD.findall(plain))
            if (
                strange
                or not names.isdisjoint(_parts(code))
                or not counted.isdisjoint(_parts(plain))
            ):
                yield "E", code


def _house_words(study: Study) -> frozenset[str]:
    """Give the words of codes of the house's catalogues, and those of the program."""
    kinds = ("specialty", "theatre", "ward", "recovery", "equipment", "procedure", "shift")
    found = {word for kind in kinds for code in _codes(study, kind) for word in _WORD.findall(code)}
    for theatre in study.base.theatres:
        found.update(_WORD.findall(theatre.suite))
    return frozenset(found) | _USUAL


def _strange(word: str, house: frozenset[str]) -> bool:
    return len(word) > _FEW and word not in house


def short_number(code: str) -> bool:
    """Tell whether a code is a number that many other things may have as well."""
    return code.isdecimal() and len(code) < _SHORTEST


def hides(kind: str, field: str) -> bool:
    """Tell whether a field holds codes of people or cases, or codes made of them."""
    return bool(_of(kind, field))


@cache
def _of(kind: str, field: str) -> str:
    """Give the kind of record whose codes a field holds, where they may name somebody; else ""."""
    known = fields.KINDS.get(kind)
    described = () if known is None else fields.specs(known)
    link = next((spec.link for spec in described if spec.name == field), "")
    link = link or _LINKED.get((kind, field), "")
    if field == "id" and not link:
        link = kind
    return link if link in HIDDEN or link in OWN or link in MADE else ""


# --- where they stand -----------------------------------------------------------------------------


def _codes(study: Study, kind: str) -> Iterator[str]:
    """Give the codes of the records of a kind, and of those that scenarios change, in their order."""
    if kind in ATTRIBUTES:
        for record in study.base.records(kind):
            yield record.id
    for change in study.all_changes():
        if change.kind == kind:
            yield change.id


def _standing(study: Study) -> dict[str, set[str]]:
    """Give the codes that stand in fields, plans, pins and accepted breaches, by the kind they are of.

    An accepted breach may be about anything: what no record is called counts as hidden.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for kind in ATTRIBUTES:
        named = _naming(kind)
        for record in study.base.records(kind):
            for field, of in named:
                found[of].update(texts_within(getattr(record, field)))
            if kind == "rule":
                _add_tags(found, dict(record.scope.tags))
    for change in study.all_changes():
        _add_changed(found, change)
    for scenario in study.scenarios:
        for plan in (scenario.plan, scenario.published):
            if plan is not None:
                found["staff"].update(duty.person for duty in plan.duties)
                for placed in plan.placements:
                    found["case"].add(placed.case)
                    found["session"].add(placed.session)
                    found["surgeon"].update(texts_within(placed.surgeon))
        for pin in scenario.pins:
            if pin.kind in _PINNED:
                found[_PINNED[pin.kind]].add(pin.id)
    subjects = {each for s in study.scenarios for w in s.waivers for each in w.subjects}
    records = {code for kind in ATTRIBUTES for code in _codes(study, kind)}
    found[_SUBJECT] = subjects - records.union(*found.values())
    return found


def _add_changed(found: dict[str, set[str]], change: Change) -> None:
    values: list[tuple[str, Any]] = []
    match change:
        case Set(field=field):
            values = [(field, change.expected), (field, change.value)]
        case Add() | Remove():
            values = [*change.record]
    if change.kind in ABOUT:
        values.append(("id", change.id))
    for field, value in values:
        if field == "scope":
            _add_tags(found, dict(value.tags) if isinstance(value, Scope) else value or {})
        elif of := _of(change.kind, field):
            found[of].update(texts_within(value))


def _add_tags(found: dict[str, set[str]], scope: Mapping[str, Any]) -> None:
    for tag, words in scope.items():
        if tag in TAGS:
            found[TAGS[tag]].update(texts_within(words))


def _naming(kind: str) -> list[tuple[str, str]]:
    """Give the fields of a kind that name a record of another, and its kind."""
    known = fields.KINDS.get(kind)
    described = () if known is None else fields.specs(known)
    named = ((spec.name, _of(kind, spec.name)) for spec in described)
    return [(field, of) for field, of in named if of and (field != "id" or kind in ABOUT)]


def _parts(code: str) -> Iterator[str]:
    """Give what stands between signs of a code, and what runs over several of them."""
    words = [found.span() for found in _WORD.finditer(code)]
    for n, (start, _) in enumerate(words):
        for _, end in words[n:]:
            yield code[start:end]
