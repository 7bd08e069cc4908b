"""Letting go of what is older than a day: past rosters, absences and wishes that are over, what was told."""

import dataclasses
from collections import Counter
from datetime import date
from typing import Any

from planner.erasing import Erased, restamped
from planner.people import Promise
from planner.problem import Problem
from planner.publishing import UNTOLD
from planner.study import Study


def let_go(study: Study, before: date) -> Erased:
    """Give a study without what is older than a day. Plans of its own period, and amounts carried, stay."""
    counts: Counter[str] = Counter()
    made = dataclasses.replace(study, base=_facts(study.base, before, counts))
    made = restamped(study, made, {each.name: each.name for each in study.scenarios})
    return Erased(study=made, counts=counts)


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
