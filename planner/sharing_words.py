"""What becomes of a study that is shared without names, in sentences, before it is written."""

from collections.abc import Iterator
from typing import Final

from planner.disguise import FREE
from planner.disguised_words import of_a_list, words
from planner.moved_dates import movable_weeks
from planner.problem import Problem
from planner.staying import LABELS, staying
from planner.study import Study
from planner.words import clauses, say

_TOLD = ("staff", "surgeon", "case", "absence")
"""The kinds of record whose free texts are counted; those of rules and holidays are seldom own ones."""

_SHOWN: Final = 12
"""Labels of a kind that are named; the rest is counted."""


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
    each = staying(study).items()
    return {kind: sorted(words) for (kind, field), words in each if field == LABELS and words}


def typed_words(study: Study) -> dict[str, list[str]]:
    """Give the other typed words that stay, each once, by `kind.field`."""
    each = staying(study).items()
    return {
        f"{kind}.{field}": sorted(words)
        for (kind, field), words in each
        if field != LABELS and words
    }


def date_line(study: Study, lang: str) -> str:
    """Say by how many numbers of weeks dates may move, and how little that hides."""
    possible = len(movable_weeks(study))
    return say("share.told.dates" if possible else "share.told.dates_stay", lang, n=possible)


def listed_lines(study: Study, lang: str) -> Iterator[str]:
    """Say which typed words stay as they are, as they are those of a list, and how many get codes."""
    listed, every = of_a_list(study), words(study)
    lists = [
        f"{say(f'field.{name}', lang)} {_told(each)}" for name, each in typed_words(study).items()
    ]
    if lists:
        yield say("share.told.listed", lang, words=clauses(lists, lang))
    labels = [
        f"{say(f'kind.{kind}', lang)} ({len(each)}) {_told(each)}"
        for kind, each in house_labels(study).items()
    ]
    if labels:
        yield say("share.told.labels", lang, words=clauses(labels, lang))
    coded = sum(len(each - listed[kind]) for kind, each in every.items())
    if coded:
        yield say("share.told.coded", lang, n=coded)


def _told(each: list[str]) -> str:
    return ", ".join(each[:_SHOWN]) + (", …" if len(each) > _SHOWN else "")


def _texts(problem: Problem) -> int:
    """Count the names, notes and reasons that somebody has written."""
    fields = [(kind, field) for kind, field in FREE if kind in _TOLD]
    return sum(bool(getattr(e, field)) for kind, field in fields for e in problem.records(kind))
