"""What becomes of a study that is shared without names, in sentences, before it is written."""

from collections.abc import Iterator

from planner.disguise import FREE
from planner.moved_dates import movable_weeks
from planner.problem import Problem
from planner.study import Study
from planner.words import say

_TOLD = ("staff", "surgeon", "case", "absence")
"""The kinds of record whose free texts are counted; those of rules and holidays are seldom own ones."""


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
    yield say("share.told.dates" if movable_weeks(problem) else "share.told.dates_stay", lang)
    yield say("share.told.journal", lang)
    yield say("share.told.stays", lang)


def _texts(problem: Problem) -> int:
    """Count the names, notes and reasons that somebody has written."""
    fields = [(kind, field) for kind, field in FREE if kind in _TOLD]
    return sum(bool(getattr(e, field)) for kind, field in fields for e in problem.records(kind))
