"""A call-out of somebody who is on call from home: work, from when for how many minutes.

It becomes a duty of a shift of its own, with the tags work and callout, on a track of call-outs; so it
counts in hours and windows, and rest is owed after it, by the rules that count any work. No engine
makes, moves or drops one.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from planner.changes import Add, Change, ChangeSet, Set
from planner.clock import MINUTES_A_DAY, read_time, written
from planner.edits import Edit, EditRefusedError, Record
from planner.facts import facts
from planner.hand_edits import Assign, Together
from planner.kpis.contract import Outcome
from planner.live import would_break
from planner.people import History, ShiftId, StaffId
from planner.plain import to_plain
from planner.plan import Duty
from planner.problem import Problem
from planner.rostering import CALLOUT, ShiftType
from planner.score import Judged
from planner.study import Study

LONGEST: Final = MINUTES_A_DAY
"""Minutes of the longest call-out, the way there and back included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOut:
    """Who was called out on which day, from when (minutes after midnight), for how many minutes."""

    person: StaffId
    day: int
    start: int
    minutes: int


def read_call_out(problem: Problem, person: str, day: str, start: str, minutes: str) -> CallOut:
    """Read a call-out as it is typed: PERSON DATE HH:MM MINUTES.

    Raises:
        EditRefusedError: somebody unknown, or no date, time or number of minutes.
    """
    if all(each.id != person for each in problem.staff):
        raise EditRefusedError("no_such_person", person=person)
    try:
        at, lasting = read_time(start), int(minutes)
        date = problem.horizon.day(dt.date.fromisoformat(day))
    except ValueError as error:
        raise EditRefusedError("call_out_unread", words=f"{day} {start} {minutes}") from error
    if not (0 < lasting <= LONGEST and at < MINUTES_A_DAY and date <= problem.horizon.last):
        raise EditRefusedError("call_out_unread", words=f"{day} {start} {minutes}")
    return CallOut(person=StaffId(person), day=date, start=at, minutes=lasting)


def calling_out(study: Study, scenario: str, call: CallOut) -> Edit:
    """Give the edit that records a call-out: its shift where there is none yet, and its duty.

    One before the horizon becomes part of her past; an unknown day is then known.
    """
    problem = study.problem(scenario)
    shift = _shift(problem, _taken(study, scenario, call), call)
    changes: list[Change] = []
    if all(each.id != shift.id for each in problem.shifts):
        values = tuple(to_plain(shift, problem.horizon).items())
        changes.append(Add(kind="shift", id=shift.id, record=values))
    name = f"call-out {call.person} {problem.horizon.date(call.day).isoformat()}"
    if call.day < 0:
        changes.append(_past(problem, call, shift.id))
        return Record(scenario=scenario, group=ChangeSet(name=name, changes=tuple(changes)))
    duty = Assign(scenario=scenario, duties=((call.person, call.day, shift.id),))
    if not changes:
        return duty
    group = ChangeSet(name=name, changes=tuple(changes))
    return Together(edits=(Record(scenario=scenario, group=group), duty), named=1)


def _taken(study: Study, scenario: str, call: CallOut) -> set[str]:
    """Give the tracks of call-outs that she has been called out on already that day."""
    known = facts(study.problem(scenario))
    ids = {
        d.shift for d in study.scenario(scenario).plan.duties if d[:2] == (call.person, call.day)
    }
    past = next((h.past for h in known.problem.histories if h.id == call.person), ())
    if call.day < 0 <= len(past) + call.day:
        ids |= {ShiftId(word) for word in past[len(past) + call.day].split("+")}
    shifts = (known.shifts[id] for id in ids if id in known.shifts)
    return {shift.track for shift in shifts if CALLOUT in shift.tags}


def _shift(problem: Problem, taken: set[str], call: CallOut) -> ShiftType:
    """Give the shift of a call-out: one that there is, else a new one on a free track."""
    for shift in problem.shifts:
        same = (shift.start, shift.minutes, shift.pause) == (call.start, call.minutes, 0)
        if same and CALLOUT in shift.tags and shift.track not in taken:
            return shift
    number = 1
    while (track := CALLOUT if number == 1 else f"{CALLOUT}-{number}") in taken:
        number += 1
    hour = written(call.start).replace(":", "")
    id = "-".join(("CO", hour, str(call.minutes), *((str(number),) if number > 1 else ())))
    return ShiftType(
        id=ShiftId(id),
        start=call.start,
        end=call.start + call.minutes,
        track=track,
        tags=frozenset({"work", CALLOUT}),
    )


def _past(problem: Problem, call: CallOut, shift: ShiftId) -> Change:
    """Add a call-out to what a person did before the horizon."""
    before = next((each for each in problem.histories if each.id == call.person), None)
    days = list(() if before is None else before.past)
    days[:0] = ["?"] * (-call.day - len(days))
    word = days[call.day]
    days[call.day] = shift if word in ("-", "?") else f"{word}+{shift}"
    after = History(id=call.person, past=tuple(days))
    if before is None:
        values = tuple(to_plain(after, problem.horizon).items())
        return Add(kind="history", id=call.person, record=values)
    return Set(
        kind="history",
        id=call.person,
        field="past",
        expected=to_plain(before, problem.horizon)["past"],
        value=to_plain(after, problem.horizon)["past"],
    )


def breaks(study: Study, scenario: str, call: CallOut) -> Iterator[Judged]:
    """Give the hard breaches that a call-out makes: rest that is short, hours that are too many."""
    after = calling_out(study, scenario, call).apply(study)
    problem, plan = after.problem(scenario), after.scenario(scenario).plan
    if call.day < 0:
        return
    duties = [d for d in plan.duties if not _is(problem, d, call)]
    before = Outcome(problem, plan.with_duties(duties), after.waivers(scenario))
    for each in would_break(before, plan).new:
        if each.rule.hard and each.cost > 0:
            yield each


def _is(problem: Problem, duty: Duty, call: CallOut) -> bool:
    shift = facts(problem).shifts[duty.shift]
    same = (shift.start, shift.minutes) == (call.start, call.minutes) and CALLOUT in shift.tags
    return same and (duty.person, duty.day) == (call.person, call.day)


def on_call(study: Study, scenario: str, call: CallOut) -> bool:
    """Tell whether a person is on call when she is called out."""
    known = facts(study.problem(scenario))
    begin = known.horizon.elapsed(call.day, call.start)
    for duty in study.scenario(scenario).plan.duties:
        shift = known.shifts.get(duty.shift)
        if duty.person == call.person and shift is not None and "call" in shift.tags:
            start, end = known.span(duty.day, shift.id)
            if start <= begin < end:
                return True
    return False
