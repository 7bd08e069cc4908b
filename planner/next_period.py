"""The period after one that was planned: its plan becomes the past, and what stays is carried over.

The plan as it stands is what was done: what happened on the day (a patient cancelled, a nurse ill) is
recorded there, and nowhere in the plan that was published.

Cases that were placed are done, those that wait stay on the list with their dates. Sessions come
from the templates, or where there are none from the weeks before, as the people needed and on duty
do. Beds of patients who stay over are taken, what each person worked is her history, later absences,
wishes and appointments are kept. Amounts carried from before stay as they are; what rules of fair
shares remember of this period is carried beside them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from planner.balances import balances
from planner.changes import ChangeSet, apply
from planner.clock import WEEK, Horizon
from planner.commands.need import need_changes
from planner.facts import nights
from planner.fields import specs
from planner.hospital import Census, Session, SessionId, WardId
from planner.master import expansion
from planner.people import History, Promise, StaffId
from planner.plan import Plan
from planner.problem import ATTRIBUTES, Problem
from planner.study import Study

MOST_PAST: Final = 400
"""Days of history that are kept: a year to date, and what rules look at before it."""
OLDEST: Final = -4000
"""The earliest day that a record can hold."""

_REPEATED: Final = ("anaesthesia", "team", "cover")
"""Kinds of records that the next period has on the same weekdays as the last."""
_LATER: Final = ("absence", "request", "census", "session", *_REPEATED)
"""Kinds of records of which the next period has those that concern its own days, and no others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """A next period with what was done for it: counts by name, in the order in which they are told."""

    problem: Problem
    told: Mapping[str, int]


def next_period(problem: Problem, plan: Plan, as_of: date | None = None) -> Following:
    """Give the period as long as this one that begins on the day after its last.

    `as_of` is the day on which its facts were true: as long before it as it was before this one,
    where nothing else is said.
    """
    days = problem.horizon.days
    horizon = replace(problem.horizon, start=problem.horizon.date(days))
    following = replace(
        problem,
        horizon=horizon,
        as_of=problem.as_of + timedelta(days=days) if as_of is None else as_of,
    )
    for kind in ATTRIBUTES:
        following = following.with_records(kind, _kept(problem, plan, kind))
    left = tuple(balances(problem, plan))
    carried = (*following.carried, *(_moved(each, days) for each in left))
    following = replace(following, carried=carried)
    staying = _staying(problem, plan)
    following = _repeated(problem, following)
    following = _opened(problem, following)
    following = replace(
        following,
        census=_with_beds(following, staying),
        appointments=tuple(_appointments(problem, following)),
    )
    coming = [each.day for each in following.holidays if 0 <= each.day < days]
    told = {
        "done": len(problem.cases) - len(following.cases),
        "waiting": len(following.cases),
        "sessions": len(following.sessions),
        "cover": len(following.cover),
        "beds": sum(staying.values()),
        "histories": len(following.histories),
        "balances": len(left),
        "absences": len(following.absences),
        "requests": len(following.requests),
        "appointments": len(following.appointments),
        "holidays": len(coming),
    }
    return Following(problem=following, told=told)


def study_after(
    study: Study, name: str, id: str, as_of: date | None = None, *, published: bool = False
) -> tuple[Study, Following]:
    """Give a new study of the period after a scenario's: the facts in force there, and no plan yet.

    Its plan as it stands is what was done, or on demand the one that was `published`, if there is one.
    """
    scenario = study.scenario(name)
    told = scenario.published if published else None
    plan = scenario.plan if told is None else told
    found = next_period(study.problem(name), plan, as_of)
    return Study(id=id, name=study.name, base=found.problem), found


def _moved(record: Any, days: int) -> Any:
    """Give a record whose days are counted from so many days later."""
    changed: dict[str, Any] = {}
    for spec in specs(type(record)):
        value = getattr(record, spec.name)
        if spec.form == "day" and value is not None:
            changed[spec.name] = max(OLDEST, value - days)
        elif spec.form == "days" and value:
            changed[spec.name] = frozenset(day - days for day in value if day - days >= OLDEST)
    return replace(record, **changed) if changed else record


def _kept(problem: Problem, plan: Plan, kind: str) -> tuple[Any, ...]:
    """Give the records of a kind that go on; those that nothing is said of here all do."""
    days = problem.horizon.days
    match kind:
        case "case":
            return _waiting(problem, plan)
        case "history":
            return tuple(_histories(problem, plan))
        case "promise":
            return tuple(_promises(problem))
    records = problem.records(kind)
    if kind in _LATER:
        records = tuple(each for each in records if _last(each) >= days)
    return tuple(_moved(each, days) for each in records)


def _last(record: Any) -> int:
    last: int = record.last if hasattr(record, "last") else record.day
    return last


def _waiting(problem: Problem, plan: Plan) -> tuple[Any, ...]:
    """Give the cases without a place; days on which they could not come are past."""
    done = {placement.case for placement in plan.placements}
    days = problem.horizon.days
    moved = (_moved(case, days) for case in problem.cases if case.id not in done)
    return tuple(
        replace(case, unavailable=frozenset(day for day in case.unavailable if day >= 0))
        for case in moved
    )


def _histories(problem: Problem, plan: Plan) -> Iterator[History]:
    """Give what everybody did until the day before the next period."""
    worked: dict[StaffId, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for duty in plan.duties:
        worked[duty.person][duty.day].append(duty.shift)
    known = {history.id: history.past for history in problem.histories}
    for person in problem.staff:
        mine = worked[person.id]
        did = tuple("+".join(sorted(mine[day])) or "-" for day in range(problem.horizon.days))
        yield History(id=person.id, past=(*known.get(person.id, ()), *did)[-MOST_PAST:])


def _promises(problem: Problem) -> Iterator[Promise]:
    for promise in problem.promises:
        left = promise.days[problem.horizon.days :]
        if left:
            yield replace(promise, days=left)


def _staying(problem: Problem, plan: Plan) -> Counter[tuple[str, int]]:
    """Count the beds by (ward, day of the next period) of patients who were operated before it."""
    days = problem.horizon.days
    on = {session.id: session.day for session in problem.sessions}
    cases = {case.id: case for case in problem.cases}
    return Counter(
        (ward, night - days)
        for placement in plan.placements
        if placement.case in cases and placement.session in on
        for ward, first, last in nights(cases[placement.case], on[placement.session])
        for night in range(max(first, days), last + 1)
    )


def _with_beds(following: Problem, staying: Counter[tuple[str, int]]) -> tuple[Census, ...]:
    """Add the beds of those who stay over to what is taken."""
    left = Counter(staying)
    found = [
        replace(each, taken=each.taken + left.pop((each.ward, each.day), 0))
        for each in following.census
    ]
    taken = {each.id for each in found}
    for (ward, day), beds in sorted(left.items(), key=lambda item: (item[0][1], item[0][0])):
        id = _free(f"{ward}-{following.horizon.date(day).isoformat()}", taken)
        found.append(Census(id=id, ward=WardId(ward), day=day, taken=beds))
    return tuple(found)


def _repeated(problem: Problem, following: Problem) -> Problem:
    """Put on each day what the same weekday had, where the next period has nothing of the kind yet."""
    for kind in _REPEATED:
        found = [*following.records(kind)]
        has, taken = {each.day for each in found}, {each.id for each in found}
        on: dict[int, list[Any]] = defaultdict(list)
        for record in problem.records(kind):
            on[record.day].append(record)
        for day, before in _pattern(problem.horizon):
            for record in () if day in has else on[before]:
                id = _named(record.id, problem.horizon, before, following.horizon, day, taken)
                found.append(replace(record, id=id, day=day))
        following = following.with_records(kind, tuple(found))
    return following


def _pattern(horizon: Horizon) -> Iterator[tuple[int, int]]:
    """Give each day of the next period with the day of this one that it repeats, whole weeks before.

    A horizon shorter than a week repeats nothing.
    """
    weeks = horizon.days // WEEK * WEEK
    for day in range(horizon.days if weeks else 0):
        before = horizon.days + day
        while before >= horizon.days:
            before -= weeks
        yield day, before


def _named(
    id: str, horizon: Horizon, before: int, later: Horizon, day: int, taken: set[str]
) -> str:
    """Give the id of a record that is repeated: its date moves, or is added."""
    old, new = horizon.date(before).isoformat(), later.date(day).isoformat()
    return _free(id.replace(old, new) if old in id else f"{id}-{new}", taken)


def _free(wanted: str, taken: set[str]) -> str:
    id, number = wanted, 2
    while id in taken:
        id, number = f"{wanted}-{number}", number + 1
    taken.add(id)
    return id


def _opened(problem: Problem, following: Problem) -> Problem:
    """Open the sessions of the next period, and let the people needed follow them.

    What was repeated of them is for the sessions of the weeks before; what differs is moved.
    """
    repeated = [*_sessions_repeated(problem, following)]
    before = replace(following, sessions=tuple(repeated))
    if following.templates:
        sessions = (*following.sessions, *expansion(following).added)
    else:
        has = {session.day for session in following.sessions}
        sessions = (*following.sessions, *(each for each in repeated if each.day not in has))
    group = ChangeSet(name="", changes=tuple(need_changes(before, sessions)))
    moved, _ = apply(before, (group,))
    return replace(moved, sessions=sessions)


def _sessions_repeated(problem: Problem, following: Problem) -> Iterator[Session]:
    """Give the sessions of the weeks before, on the days of the next period."""
    on: dict[int, list[Session]] = defaultdict(list)
    for session in problem.sessions:
        on[session.day].append(session)
    taken: set[str] = set()
    for day, before in _pattern(problem.horizon):
        for session in on[before]:
            id = _named(session.id, problem.horizon, before, following.horizon, day, taken)
            release = None if session.release is None else session.release + day - before
            yield replace(session, id=SessionId(id), day=day, release=release)


def _appointments(problem: Problem, following: Problem) -> Iterable[Any]:
    """Give what those who wait were told, with the session where it is still there."""
    cases = {case.id for case in following.cases}
    sessions = {session.id for session in following.sessions}
    for each in problem.appointments:
        if each.id in cases and each.day >= problem.horizon.days:
            kept = _moved(each, problem.horizon.days)
            yield kept if kept.session in sessions else replace(kept, session=None, start=None)
