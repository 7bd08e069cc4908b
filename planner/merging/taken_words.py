"""What a merge has from one side alone, in sentences: facts, change sets, plans, pins, waivers."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from planner.change_set_words import group_words
from planner.changes import ChangeSet
from planner.compare import InputChange
from planner.comparison_words import input_sentences
from planner.held import PinChange, WaiverChange
from planner.held_words import pin_sentences, waiver_sentences
from planner.merging.change_sets import change_shown
from planner.merging.conflicts import Conflict, Place
from planner.merging.taken import FieldChange, Row, SetChange, Taken
from planner.merging.words import move_words, place_words, value_words
from planner.plan_changes import DutyChange, PlacementChange
from planner.problem import Problem
from planner.study import Study
from planner.words import say

_AS_IT_IS: Final[Mapping[str, str]] = {}
MOST: Final = 12
"""Assignments of a plan that are told where a report must stay short."""
_TOLD: Final = ("name", "note", "parent")
"""Fields of which both values are told."""


def taken_sentences(
    rows: Sequence[Taken], study: Study, lang: str, shown: Mapping[str, str] = _AS_IT_IS
) -> Iterator[str]:
    """Say what a merged study has from one side; records of the base that change alike together.

    `shown` are names for scenarios.
    """
    for (name, _, _), found in groupby(rows, key=_alike):
        together = [*found]
        there = any(each.name == name for each in study.scenarios)
        problem = study.problem(name) if there else study.base
        told = _sentences([each.row for each in together], problem, lang, shown)
        called, first = shown.get(name, name), together[0].row
        if isinstance(first, InputChange) or _of_study(first):
            yield from told
        else:
            yield from (say("merge.conflict", lang, scenario=called, where=each) for each in told)


def _alike(each: Taken) -> tuple[str, type, bool]:
    return each.scenario, type(each.row), _of_study(each.row)


def _of_study(row: Row) -> bool:
    return isinstance(row, FieldChange) and row.place.part == "study"


def shortened(rows: Sequence[Taken], most: int = MOST) -> tuple[list[Taken], int]:
    """Give all rows but for assignments beyond the first few, and how many those are."""
    seen, found = 0, []
    for each in rows:
        seen += isinstance(each.row, PlacementChange | DutyChange)
        if seen <= most or not isinstance(each.row, PlacementChange | DutyChange):
            found.append(each)
    return found, len(rows) - len(found)


def _sentences(
    rows: Sequence[Any], problem: Problem, lang: str, shown: Mapping[str, str]
) -> Iterator[str]:
    match rows[0]:
        case InputChange():
            yield from input_sentences(rows, lang)
        case PinChange():
            yield from pin_sentences(rows, problem, lang)
        case WaiverChange():
            yield from waiver_sentences(rows, problem, lang)
        case PlacementChange() | DutyChange():
            yield from (move_words(problem, each, lang) for each in rows)
        case SetChange():
            yield from (_set(problem, each, lang) for each in rows)
        case FieldChange():
            yield from (_field(problem, each, lang, shown) for each in rows)


def _field(problem: Problem, row: FieldChange, lang: str, shown: Mapping[str, str]) -> str:
    place = row.place
    if place.part == "scenario" and not place.field:
        return say("merge.taken.new" if row.after else "merge.taken.gone", lang)
    where = place_words(problem, place, lang)
    if place.field not in _TOLD:
        return say("merge.taken.other", lang, what=where)
    before, after = (
        shown.get(each, each) if each else say("merge.nothing", lang)
        for each in (row.before, row.after)
    )
    return say("merge.move", lang, what=where, before=before, after=after)


def _set(problem: Problem, row: SetChange, lang: str) -> str:
    group = group_words(row.group, lang)
    if row.about is None:
        if isinstance(row.before, bool):
            return say("merge.taken.on" if row.after else "merge.taken.off", lang, group=group)
        there = isinstance(row.after, ChangeSet)
        return say("merge.taken.set" if there else "merge.taken.no_set", lang, group=group)
    place = Place("", "changes", *row.about, group)
    before, after = (_value(problem, place, each, lang) for each in (row.before, row.after))
    what = place_words(problem, place, lang)
    return say("merge.move", lang, what=what, before=before, after=after)


def _value(problem: Problem, place: Place, change: Any, lang: str) -> str:
    given = change_shown(change)
    conflict = Conflict(place=place, what="differs", ours=given)
    return value_words(problem, conflict, given, lang)


# --- plain --------------------------------------------------------------------------------------

_PARTS: Final[Mapping[type, str]] = {
    InputChange: "facts",
    SetChange: "changes",
    FieldChange: "scenario",
    PinChange: "pins",
    WaiverChange: "waivers",
    PlacementChange: "plan",
    DutyChange: "plan",
}


def taken_plain(rows: Sequence[Taken], study: Study, lang: str) -> list[dict[str, str]]:
    """Give what comes from one side as `merge --json` prints it: scenario, part of it, sentence."""
    found = []
    for row in rows:
        (told,) = taken_sentences([row], study, lang)
        part = row.row.place.part if isinstance(row.row, FieldChange) else _PARTS[type(row.row)]
        found.append({"scenario": row.scenario, "part": part, "sentence": told})
    return found
