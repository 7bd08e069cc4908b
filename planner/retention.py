"""Letting go of what is older than a day: past rosters, absences and wishes that are over, what was told."""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from planner.changes import Add
from planner.erasing import Erased, restamped
from planner.people import Promise
from planner.problem import Problem
from planner.publishing import UNTOLD
from planner.study import Scenario, Study


def let_go(study: Study, before: date) -> Erased:
    """Give a study without what is older than a day. Plans of its own period, and amounts carried, stay."""
    counts: Counter[str] = Counter()
    gone = frozenset(_over(study.base, before))
    made = dataclasses.replace(
        study,
        base=_facts(study.base, before, counts),
        scenarios=tuple(_scenario(each, gone, before, counts) for each in study.scenarios),
    )
    made = restamped(study, made, {each.name: each.name for each in study.scenarios})
    return Erased(study=made, counts=counts)


LAST_DAY: Final = {"absence": "last", "request": "day"}
"""Kinds of record that are over one day, and the field that says on which."""


def _over(problem: Problem, before: date) -> Iterator[tuple[str, str]]:
    """Name the records of a base that are over."""
    first = problem.horizon.day(before)
    yield from (("absence", str(each.id)) for each in problem.absences if each.last < first)
    yield from (("request", str(each.id)) for each in problem.requests if each.day < first)


def _scenario(
    scenario: Scenario, gone: frozenset[tuple[str, str]], before: date, counts: Counter[str]
) -> Scenario:
    """Give a scenario without what it adds that is over, and without changes of what has gone."""
    added = {
        (change.kind, change.id)
        for group in scenario.changes
        for change in group.changes
        if isinstance(change, Add) and _ended(change, before)
    }
    for kind, _ in added:
        counts[kind] += 1
    groups = []
    for group in scenario.changes:
        kept = tuple(each for each in group.changes if (each.kind, each.id) not in gone | added)
        if len(kept) == len(group.changes):
            groups.append(group)
        elif kept:
            groups.append(dataclasses.replace(group, changes=kept))
    return dataclasses.replace(scenario, changes=tuple(groups))


def _ended(change: Add, before: date) -> bool:
    name = LAST_DAY.get(change.kind)
    last = dict(change.record).get(name) if name else None
    return isinstance(last, str) and last < before.isoformat()


def _facts(problem: Problem, before: date, counts: Counter[str]) -> Problem:
    first = problem.horizon.day(before)
    known = max(0, -first)

    def cut(history: Any) -> Any:
        gone = max(0, len(history.past) - known)
        counts["history"] += gone
        return dataclasses.replace(history, past=history.past[gone:]) if gone else history

    def untold(promise: Promise) -> Promise:
        days = tuple(UNTOLD if at < first else word for at, word in enumerate(promise.days))
        counts["promise"] += sum(
            one != other for one, other in zip(days, promise.days, strict=True)
        )
        return dataclasses.replace(promise, days=days) if days != promise.days else promise

    absences = tuple(each for each in problem.absences if each.last >= first)
    requests = tuple(each for each in problem.requests if each.day >= first)
    counts["absence"] += len(problem.absences) - len(absences)
    counts["request"] += len(problem.requests) - len(requests)
    return dataclasses.replace(
        problem,
        absences=absences,
        requests=requests,
        histories=tuple(map(cut, problem.histories)),
        promises=tuple(map(untold, problem.promises)),
    )
