"""Facts with which the rest can be planned and some cases cannot, and sessions at once in a theatre.

They are told before a solve, beside what contradicts itself (`planner.problem.faults`).
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from math import gcd
from typing import Final, NamedTuple

from planner.cases import Case, CaseId
from planner.facts import facts
from planner.hospital import SessionTemplate
from planner.problem import (
    RECORD_KINDS,
    Fault,
    Problem,
    all_ids,
    doubles,
    faults,
    record_faults,
    refuses,
    unused,
    without_minutes,
)
from planner.runs import Remark
from planner.unplaceable import Openings, Reason

KINDS: Final = frozenset({"session", "template", "procedure", "equipment", "case"})
"""The kinds of record at which a misfit is told."""
SHOWN: Final = 5
"""How many cases of one fault, and how many faults before a solve, are named."""


def misfits(problem: Problem) -> Iterator[Fault]:
    """Find the facts by which cases are in no plan, and the sessions at once in a theatre.

    Nothing is said where facts contradict each other: that is told first.
    """
    if not any(refuses(fault) for fault in faults(problem)):
        yield from filter(None, _found(problem))


def stepwise(problem: Problem) -> Iterator[Fault | None]:
    """Find the same in many small steps, with None after each, for who has to stay awake."""
    ids = all_ids(problem)
    for kind in RECORD_KINDS:
        if next(doubles(problem, kind), None) is not None:
            return
        for record in problem.records(kind):
            yield None
            if any(refuses(fault) for fault in record_faults(problem, kind, record, ids)):
                return
    yield from _found(problem)


def _found(problem: Problem) -> Iterator[Fault | None]:
    yield from _sessions(problem)
    yield from _templates(problem)
    yield from _cases(problem)


def remarks(problem: Problem) -> Iterator[Remark]:
    """Give what is to be said before a solve: the first misfits, and how many more there are.

    What is not used because it ends before it starts is told first: cases may wait for it.
    """
    found = [*without_minutes(problem), *misfits(problem)]
    for fault in found[:SHOWN]:
        what = f"unused_{fault.kind}" if unused(fault) else f"fault.{fault.what}"
        yield Remark(what=what, facts={"id": fault.id, **dict(fault.facts)})
    if len(found) > SHOWN:
        yield Remark(what="more_misfits", facts={"n": len(found) - SHOWN})


def _cases(problem: Problem) -> Iterator[Fault | None]:
    """Find why no plan can take some cases; what several have in common is told once."""
    openings = Openings(problem)
    shared: dict[_Lack, list[CaseId]] = defaultdict(list)
    own: list[Fault] = []
    for case in problem.cases:
        yield None
        reason = openings.why(case)
        if reason is not None:
            for lack in _lacks(reason):
                shared[lack].append(case.id)
            own += _of_case(case, reason)
    for lack, cases in shared.items():
        more = " …" if len(cases) > SHOWN else ""
        told = (("n", len(cases)), ("cases", ", ".join(cases[:SHOWN]) + more))
        yield Fault(
            what=lack.what, kind=lack.kind, id=lack.id, field=lack.field, facts=lack.facts + told
        )
    yield from own


class _Lack(NamedTuple):
    """What the hospital has nobody, or nothing, for."""

    what: str
    kind: str
    id: str
    field: str
    facts: tuple[tuple[str, str | int], ...] = ()


def _lacks(reason: Reason) -> Iterator[_Lack]:
    match reason.what:
        case "nobody":
            yield _Lack("nobody_does", "procedure", reason.facts["procedure"], "id")
        case "no_theatre":
            told = (("features", reason.facts["features"]),)
            yield _Lack("no_theatre_has", "procedure", reason.facts["procedure"], "features", told)
        case "none_owned":
            for id in reason.facts["equipment"]:
                yield _Lack("none_owned", "equipment", id, "quantity")


_FIELDS: Final = {"not_those": "surgeons", "no_teacher": "trainee", "too_long": "mean"}


def _of_case(case: Case, reason: Reason) -> Iterator[Fault]:
    field = _FIELDS.get(reason.what)
    if field is not None:
        told = tuple(reason.facts.items())
        yield Fault(what=reason.what, kind="case", id=case.id, field=field, facts=told)


def _sessions(problem: Problem) -> Iterator[Fault]:
    """Find open sessions of a theatre that are at once; the later one is named with the one before."""
    known = facts(problem)
    for (theatre, day), sessions in known.sessions_in.items():
        date = problem.horizon.date(day).isoformat()
        there = [each for each in sessions if not each.closed and known.length(each) > 0]
        for one, other in combinations(there, 2):
            if known.closes(one) > known.opens(other):  # they are in order of their starts
                told = (("other", one.id), ("theatre", theatre), ("date", date))
                yield Fault(
                    what="sessions_at_once", kind="session", id=other.id, field="start", facts=told
                )


def _templates(problem: Problem) -> Iterator[Fault]:
    """Find sessions of the master schedule that are at once in a theatre, in some week."""
    days: dict[tuple[str, str], list[SessionTemplate]] = defaultdict(list)
    for each in problem.templates:
        if not each.closed and each.start < each.end:
            days[each.theatre, each.weekday].append(each)
    for (theatre, _), templates in days.items():
        for one, other in combinations(templates, 2):
            apart = one.end <= other.start or other.end <= one.start
            if not apart and (one.week - other.week) % gcd(one.cycle, other.cycle) == 0:
                told = (("other", one.id), ("theatre", theatre))
                yield Fault(
                    what="templates_at_once",
                    kind="template",
                    id=other.id,
                    field="start",
                    facts=told,
                )
