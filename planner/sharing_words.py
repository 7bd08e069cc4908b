"""What becomes of a study that is shared without names, in sentences, before it is written."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from planner.changes import Add, Remove, Set
from planner.disguise import FREE
from planner.disguised_codes import HOUSE
from planner.disguised_words import of_a_list, words
from planner.dropped_texts import shipped_texts
from planner.moved_dates import movable_weeks
from planner.problem import Problem
from planner.study import Study
from planner.words import clauses, say

_TOLD = ("staff", "surgeon", "case", "absence")
"""The kinds of record whose free texts are counted; those of rules and holidays are seldom own ones."""

_SHOWN: Final = 12
"""Labels of a kind that are named; the rest is counted."""
_DATES: Final = frozenset({"holiday"})
"""Kinds whose codes are dates, which move."""
_NONE = frozenset({""})
_LISTED = {
    ("staff", "role"): "role",
    ("staff", "team"): "team",
    ("staff", "skills"): "skill",
    ("case", "flags"): "flag",
}
"""Typed words of which those of a list stay, by where they stand."""
_HOUSE = (("theatre", "suite"), ("theatre", "features"), ("shift", "tags"), ("carried", "measure"))
"""Typed words about the house, all of which stay."""


def left_out_lines(study: Study, lang: str) -> list[str]:
    """Say what gets other names, what is left out, what moves, and what stays as it is."""
    return list(_lines(study, lang))


def _lines(study: Study, lang: str) -> Iterator[str]:
    problem = study.base
    counts = {"people": len(problem.staff), "surgeons": len(problem.surgeons)}
    yield say("share.told.codes", lang, **counts, cases=len(problem.cases))
    yield say(
        "share.told.texts", lang, n=_texts(problem) + sum(bool(e.note) for e in study.scenarios)
    )
    if len(study.scenarios) > 1:
        yield say("share.told.scenarios", lang, n=len(study.scenarios) - 1)
    yield date_line(study, lang)
    yield say("share.told.journal", lang)
    yield say("share.told.stays", lang)
    yield from listed_lines(study, lang)


def house_labels(study: Study) -> dict[str, list[str]]:
    """Give the names and codes of catalogues of the house that stay as somebody typed them, by kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind in HOUSE:
        for id, name in _labels(study, kind):
            found[kind] |= {id, name if (kind, "name") not in FREE else ""}
    own = (
        (kind, each - shipped_texts() - _NONE) for kind, each in found.items() if kind not in _DATES
    )
    return {kind: sorted(each) for kind, each in own if each}


def _labels(study: Study, kind: str) -> Iterator[tuple[str, str]]:
    """Give the codes and names of a kind, those that change sets give it included."""
    for record in study.base.records(kind):
        yield record.id, getattr(record, "name", "")
    for change in study.all_changes():
        if change.kind == kind:
            values = dict(change.record) if isinstance(change, Add | Remove) else {}
            if isinstance(change, Set) and change.field == "name":
                yield change.id, str(change.expected or "")
                values = {"name": change.value}
            yield change.id, str(values.get("name", ""))


def date_line(study: Study, lang: str) -> str:
    """Say by how many numbers of weeks dates may move, and how little that hides."""
    possible = len(movable_weeks(study))
    return say("share.told.dates" if possible else "share.told.dates_stay", lang, n=possible)


def listed_lines(study: Study, lang: str) -> Iterator[str]:
    """Say which typed words stay as they are, as they are those of a list, and how many get codes."""
    listed, every = of_a_list(study), words(study)
    here = {name: listed[family] for name, family in _LISTED.items()}
    here |= {name: _house(study.base, *name) for name in _HOUSE}
    lists = [
        f"{say(f'field.{kind}.{name}', lang)} {', '.join(sorted(each - _NONE))}"
        for (kind, name), each in here.items()
        if each - _NONE
    ]
    if lists:
        yield say("share.told.listed", lang, words=clauses(lists, lang))
    labels = [
        f"{say(f'kind.{kind}', lang)} ({len(each)}) {', '.join(each[:_SHOWN])}"
        + (", …" if len(each) > _SHOWN else "")
        for kind, each in house_labels(study).items()
    ]
    if labels:
        yield say("share.told.labels", lang, words=clauses(labels, lang))
    coded = sum(len(each - listed[kind]) for kind, each in every.items())
    if coded:
        yield say("share.told.coded", lang, n=coded)


def _house(problem: Problem, kind: str, name: str) -> frozenset[str]:
    values = (getattr(record, name) for record in problem.records(kind))
    return frozenset(w for value in values for w in ([value] if isinstance(value, str) else value))


def _texts(problem: Problem) -> int:
    """Count the names, notes and reasons that somebody has written."""
    fields = [(kind, field) for kind, field in FREE if kind in _TOLD]
    return sum(bool(getattr(e, field)) for kind, field in fields for e in problem.records(kind))
