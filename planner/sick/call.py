"""A sick call: who is away on which days, what it makes of the facts, and the roster without her.

As it is typed: `sick:PERSON[+PERSON …],FIRST[,LAST]` with dates. The call is an absence of each
person. Duties that have begun before the moment stand, as the past does.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from planner.changes import Add, ChangeSet, apply
from planner.clock import MINUTES_A_DAY
from planner.day_events import Moment
from planner.edits import EditRefusedError
from planner.facts import facts
from planner.people import Absence, ShiftId, StaffId
from planner.plain import to_plain
from planner.plan import Duty, Plan
from planner.problem import Problem

KIND: Final = "sick"
_FORM: Final = re.compile(r"sick:(.+?),\s*(\d{4}-\d\d-\d\d)(?:,\s*(\d{4}-\d\d-\d\d))?")
_LONGEST_NAME: Final = 200
_LONGEST_ID: Final = 56


class SickCall(NamedTuple):
    """People who are away from `first` to `last`, both included."""

    people: tuple[str, ...]
    first: dt.date
    last: dt.date

    @property
    def words(self) -> str:
        """Write it as it is typed."""
        until = "" if self.last == self.first else f",{self.last.isoformat()}"
        return f"{KIND}:{'+'.join(self.people)},{self.first.isoformat()}{until}"


class Called(NamedTuple):
    """A roster that a sick call has struck: the facts as they are now, and what is left of it.

    `group` are the absences as changes, `plan` is the roster if nobody stands in, `lost` are the
    duties that nobody does then.
    """

    call: SickCall
    moment: Moment
    group: ChangeSet
    problem: Problem
    plan: Plan
    lost: tuple[Duty, ...]


def is_sick_call(words: str) -> bool:
    """Tell whether an event as it is typed is about people who are sick."""
    return words.strip().startswith(f"{KIND}:")


def read_sick_call(words: str) -> SickCall:
    """Read a sick call as it is typed.

    Raises:
        EditRefusedError: the words are none.
    """
    found = _FORM.fullmatch(words.strip())
    if found is None:
        raise EditRefusedError("sick_unread", words=words)
    people = tuple(dict.fromkeys(name.strip() for name in found[1].split("+")))
    try:
        first = dt.date.fromisoformat(found[2])
        last = dt.date.fromisoformat(found[3] or found[2])
    except ValueError as error:
        raise EditRefusedError("sick_unread", words=words) from error
    if not all(people):
        raise EditRefusedError("sick_unread", words=words)
    if last < first:
        raise EditRefusedError("sick_backwards", first=first.isoformat(), last=last.isoformat())
    return SickCall(people, first, last)


def call_sick(problem: Problem, plan: Plan, call: SickCall, moment: Moment) -> Called:
    """Say what a sick call makes of the facts, and of a roster in which nobody stands in.

    A night that reaches into the first day is lost too; where it has begun it is done, and its person
    is away from the day after.

    Raises:
        EditRefusedError: somebody is not on the staff, or the days are past or not in the horizon.
    """
    known = facts(problem)
    for person in call.people:
        if person not in known.staff:
            raise EditRefusedError("sick_nobody", id=person)
    horizon = problem.horizon
    first, last = horizon.day(call.first), horizon.day(call.last)
    if not 0 <= moment.day <= horizon.last:
        raise EditRefusedError("event_not_in_horizon", date=horizon.date(moment.day).isoformat())
    if last < 0 or first > horizon.last:
        raise EditRefusedError("event_not_in_horizon", date=call.first.isoformat())
    if last < moment.day:
        raise EditRefusedError("sick_past", last=call.last.isoformat())
    hers = [
        duty
        for duty in plan.duties
        if duty.person in call.people
        and duty.shift in known.shifts
        and duty.day <= last
        and duty.day + (known.shifts[duty.shift].end - 1) // MINUTES_A_DAY >= first
    ]
    lost = tuple(each for each in hers if not begun(problem, each.day, each.shift, moment))
    nights = {each.person for each in hers if each.day < first and each not in lost}
    since = {person: max(first, moment.day) for person in call.people}
    since |= {person: since[person] + 1 for person in nights if since[person] < last}
    changes = tuple(_absences(problem, since, last))
    group = ChangeSet(name=call.words[:_LONGEST_NAME], changes=changes)
    after, _ = apply(problem, (group,))
    off = [(each.person, each.day, known.shifts[each.shift].track, None) for each in lost]
    return Called(call, moment, group, after, with_cells(problem, plan, off), lost)


def begun(problem: Problem, day: int, shift: str, moment: Moment) -> bool:
    """Tell whether a shift of a day has begun by a moment."""
    if day != moment.day:
        return day < moment.day
    known = facts(problem).shifts.get(ShiftId(shift))
    return known is not None and known.start < moment.now


def with_cells(
    problem: Problem, plan: Plan, cells: Iterable[tuple[str, int, str, str | None]]
) -> Plan:
    """Give a roster with other shifts in some cells: (person, day, track, shift or None for off)."""
    tracks = {str(shift.id): shift.track for shift in problem.shifts}
    wanted: dict[int, dict[tuple[str, str], str | None]] = defaultdict(dict)
    for person, day, track, shift in cells:
        wanted[day][person, track] = shift
    days = {partition[0].day: partition for partition in plan.days}
    for day, here in wanted.items():
        kept = [d for d in days.get(day, ()) if (d.person, tracks.get(d.shift, "")) not in here]
        put = [Duty(StaffId(p), day, ShiftId(s)) for (p, _), s in here.items() if s is not None]
        days[day] = Plan.build(duties=(*kept, *put)).days[0] if kept or put else ()
    return replace(plan, days=tuple(days[day] for day in sorted(days) if days[day]))


def _absences(problem: Problem, since: Mapping[str, int], last: int) -> Iterable[Add]:
    taken = {each.id for each in problem.absences}
    for person, first in since.items():
        wanted = f"{KIND}-{person}-{problem.horizon.date(first).isoformat()}"[:_LONGEST_ID]
        id, number = wanted, 2
        while id in taken:
            id, number = f"{wanted}-{number}", number + 1
        taken.add(id)
        absence = Absence(id=id, person=person, first=first, last=last)
        yield Add(kind="absence", id=id, record=tuple(to_plain(absence, problem.horizon).items()))
