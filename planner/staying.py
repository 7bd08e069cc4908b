"""The words that a file shared without names keeps as somebody typed them, by what they are.

Every field that may hold words is read, of records and of change sets, but for those that are left
out or get codes: a field of another kind that comes later is among them without a line here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from planner import fields
from planner.changes import Add, Remove, Set
from planner.disguise import FREE
from planner.disguised_codes import HOUSE, TAGS, hides
from planner.disguised_words import FAMILIES, LETTERS, of_a_list
from planner.dropped_texts import shipped_texts
from planner.moved_dates import undated
from planner.plain import texts_within
from planner.problem import ATTRIBUTES
from planner.rules import catalogue
from planner.rules.contract import Scope
from planner.study import Study

LABELS: Final = "labels"
"""What codes and names of catalogues of the house stand under, instead of a field."""
_WORDED: Final = frozenset({"text", "tags", "words", "pairs", "link", "links", "choice", "scope"})
"""Forms of fields that may hold words."""
_CHANGED_AGE: Final = ("case", "age")
"""Only the number of years of it stays."""
_LISTED: Final = tuple(name for name in FAMILIES if name[0] in ("staff", "case"))

Words = Mapping[tuple[str, str], frozenset[str]]
"""Kind and field → words; under `LABELS`, the codes and names of a kind."""


def staying(study: Study) -> Words:
    """Give the words that stay, each once: as a label, as a word of a list, or at its first field."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place, text in _typed(study):
        found[place].add(text)
    listed = of_a_list(study)
    found |= {name: set(listed[FAMILIES[name]]) for name in _LISTED}
    own = shipped_texts() | {""}
    told = set(own)
    for place in sorted(found, key=_rank):
        if place not in _LISTED:
            found[place] -= own if place[1] == LABELS else told
        told |= found[place]
    return {place: frozenset(filter(_tells, found[place])) for place in sorted(found, key=_rank)}


def _rank(place: tuple[str, str]) -> tuple[bool, bool, int, str]:
    kind, field = place
    kinds = (*ATTRIBUTES, "")
    return field != LABELS, place not in _LISTED, kinds.index(kind), field


def _tells(text: str) -> bool:
    """Tell whether a text is more than dates, which move, and signs."""
    return any(map(str.isalnum, undated(text)))


def _typed(study: Study) -> Iterator[tuple[tuple[str, str], str]]:
    """Give each word that stays with its place, as often as it stands there."""
    for kind in ATTRIBUTES:
        for record in study.base.records(kind):
            for spec in fields.specs(type(record)):
                if spec.form in _WORDED:
                    yield from _placed(kind, spec.name, getattr(record, spec.name))
    for change in study.all_changes():
        values: list[tuple[str, Any]] = [("id", change.id)]
        match change:
            case Set(field=field):
                values += [(field, change.expected), (field, change.value)]
            case Add() | Remove():
                values += [*change.record]
        for field, value in values:
            if change.kind in ATTRIBUTES and _worded(change.kind, field):
                yield from _placed(change.kind, field, value)
    for scenario in study.scenarios:
        for plan in (scenario.plan, scenario.published):
            for duty in () if plan is None else plan.duties:
                yield ("shift", LABELS), duty.shift
        for waiver in scenario.waivers:
            yield ("rule", LABELS), waiver.rule


def _placed(kind: str, field: str, value: Any) -> Iterator[tuple[tuple[str, str], str]]:
    place = _place(kind, field)
    if place is None:
        return
    if field == "scope":
        scope = dict(value.tags) if isinstance(value, Scope) else value
        if isinstance(scope, dict):
            value = [words for tag, words in scope.items() if tag not in {*TAGS, *LETTERS}]
    yield from ((place, text) for text in texts_within(value))


@cache
def _place(kind: str, field: str) -> tuple[str, str] | None:
    """Give where the words of a field are told; None: they do not stay, or get codes."""
    name = kind, field
    if name in FREE or name in FAMILIES or name == _CHANGED_AGE or hides(kind, field):
        return None
    if field == "id":
        return (kind, LABELS) if kind in HOUSE else None
    if field == "name":
        return kind, LABELS
    known = fields.KINDS.get(kind)
    link = next((s.link for s in fields.specs(known) if s.name == field), "") if known else ""
    return (link, LABELS) if link in HOUSE else name


@cache
def _worded(kind: str, field: str) -> bool:
    """Tell whether a field may hold words; one that is unknown may hold anything."""
    known = fields.KINDS.get(kind)
    classes = [known] if known is not None else [*catalogue().values()]
    forms = {spec.form for cls in classes for spec in fields.specs(cls) if spec.name == field}
    return not forms or not forms.isdisjoint(_WORDED)
