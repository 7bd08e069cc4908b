"""A roster as rules and KPIs read it: by person and day, history included."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, Final, NamedTuple

from planner.clock import FIRST_MONDAY, WEEK
from planner.facts import Facts, facts
from planner.people import ShiftId, StaffId, StaffMember
from planner.plan import Duty, Plan, unshared
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.blocks import FAR, Area
from planner.rules.contract import Scope
from planner.rules.windows import MONTHS, Window, carried

_NOTHING: Final[tuple[ShiftType, ...]] = ()


class Worked(NamedTuple):
    """A duty with its shift, start and end in elapsed minutes since the start of day 0."""

    day: int
    shift: ShiftType
    start: int
    end: int


def _day(worked: Worked) -> int:
    return worked.day


def _when(worked: Worked) -> tuple[int, int, str]:
    return worked.start, worked.end, worked.shift.id


class RosterView:
    """A roster by person and day, history included; `like` is a view of the same problem to share with.

    `of_past` is where rules may keep what they have read of the history, which no plan changes.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        area: Area | None = None,
        like: "RosterView | None" = None,
    ) -> None:
        self.problem = problem
        self.plan = plan
        self.area = area
        self.facts: Facts = facts(problem)
        self.horizon = problem.horizon
        self._shifts: dict[str, dict[int, tuple[ShiftType, ...]]]
        self._at_work: dict[tuple[int, ShiftId], set[str]] = {}
        self._calendar: dict[Window, list[tuple[int, int]]] = {}
        self._past: dict[str, list[Worked]] = {}  # duties of the history, as rules ask for them
        self._ahead: dict[str, list[Worked]] = {}  # and those of the horizon
        self.of_past: dict[object, Any] = {}
        if like is not None and like.problem is problem:
            self._share(like)
        else:
            self._shifts, self._first = _history(self.facts)
            self._fill(plan.duties)

    def _fill(self, duties: Iterable[Duty]) -> None:
        for duty in duties:
            shift = self.facts.shifts.get(duty.shift)
            if shift is not None and duty.day >= 0:
                by_day = self._shifts[duty.person]
                by_day[duty.day] = (*by_day.get(duty.day, _NOTHING), shift)

    def _share(self, like: "RosterView") -> None:
        """Take all from another view but the days that differ."""
        self._first = like._first  # noqa: SLF001 - another view
        self._shifts = defaultdict(dict, like._shifts)  # noqa: SLF001
        self._at_work = dict(like._at_work)  # noqa: SLF001
        self._calendar = like._calendar  # noqa: SLF001 - the calendar does not change
        self._past = like._past  # noqa: SLF001 - nor does the history
        self.of_past = like.of_past
        old, new = unshared(like.plan.days, self.plan.days)
        before = {partition[0].day: partition for partition in old}
        after = {partition[0].day: partition for partition in new}
        fresh: set[str] = set()
        for day in sorted(before.keys() | after.keys()):
            was, now = before.get(day, ()), after.get(day, ())
            if was != now:
                self._replace(day, was, now, fresh)

    def _replace(
        self, day: int, was: tuple[Duty, ...], now: tuple[Duty, ...], fresh: set[str]
    ) -> None:
        """Put other duties on a day; `fresh` are the people whose days are not shared any more."""
        for person in dict.fromkeys(duty.person for duty in (*was, *now)):
            if person not in fresh:
                fresh.add(person)
                self._shifts[person] = dict(self._shifts[person])
            if day >= 0:
                self._shifts[person].pop(day, None)
        self._fill(now)
        if self._at_work:  # else it is made when first asked for
            for key in [key for key in self._at_work if key[0] == day]:
                del self._at_work[key]
            self._man(now)

    def _man(self, duties: Iterable[Duty]) -> None:
        for duty in duties:
            self._at_work.setdefault((duty.day, duty.shift), set()).add(duty.person)

    def narrow(self, area: Area) -> "RosterView":
        """Give a view that shows only the subjects of the area where a rule asks by scope."""
        narrowed = object.__new__(RosterView)
        narrowed.__dict__.update(self.__dict__)
        narrowed.area = area
        return narrowed

    def trying(self, person: str, cells: Iterable[tuple[int, str, ShiftId | None]]) -> "RosterView":
        """Give a view of one person who has other shifts: (day, track, shift or None for off).

        It is for rules that reach one person alone: what it says of the others is as before.
        """
        mine = dict(self._shifts.get(person, {}))
        for day, track, shift in cells:
            kept = tuple(each for each in mine.pop(day, _NOTHING) if each.track != track)
            if shift is not None:
                kept = (*kept, self.facts.shifts[shift])
            if kept:
                mine[day] = kept
        tried = self.narrow(Area(frozenset({person})))
        tried.__dict__.update(_shifts=defaultdict(dict, {**self._shifts, person: mine}), _ahead={})
        return tried

    def everyone(self) -> tuple[StaffMember, ...]:
        """Give all staff members, whatever the area."""
        return self.problem.staff

    def people(self, scope: Scope) -> Iterator[StaffMember]:
        """Give the staff members of the area that a scope means."""
        subjects = None if self.area is None else self.area.subjects
        for person in self.problem.staff if subjects is None else self._meant(subjects):
            if not scope.tags or scope.holds(self.facts.staff_tags[person.id]):
                yield person

    def _meant(self, subjects: AbstractSet[str]) -> Iterable[StaffMember]:
        if len(subjects) == 1:
            person = self.facts.staff.get(StaffId(next(iter(subjects))))
            return () if person is None else (person,)
        return (person for person in self.problem.staff if person.id in subjects)

    def able(self, scope: Scope, skill: str | None) -> AbstractSet[str]:
        """Give the people that a scope means who have a skill, those of the area only."""
        able = self.facts.able(scope, skill)
        return (
            able if self.area is None or self.area.subjects is None else able & self.area.subjects
        )

    def first_known(self, person: str) -> int:
        """Give the first day since which a person has an entry; 0 without history."""
        return self._first.get(person, 0)

    def known(self, person: str, day: int) -> bool:
        """Tell whether what a person did on a day is known: the horizon, and her own history."""
        if day >= 0:
            return day <= self.horizon.last
        return day in self._shifts[person]

    def shifts(self, person: str, day: int) -> tuple[ShiftType, ...]:
        """Give the shifts of a person on a day, none on an unknown day."""
        return self._shifts[person].get(day, _NOTHING)

    def works(self, person: str, day: int, tag: str) -> bool:
        """Tell whether a person has a shift with a tag on a day."""
        # Asked most of all: a generator takes twice as long.
        for shift in self._shifts[person].get(day, _NOTHING):  # noqa: SIM110
            if tag in shift.tags or tag == shift.id:
                return True
        return False

    def needs(self) -> Iterator[CoverRequirement]:
        """Give the cover requirements of the horizon, on the days of the area."""
        first, last = (0, self.horizon.last)
        if self.area is not None:
            first, last = max(first, self.area.first), min(last, self.area.last)
        return (need for need in self.problem.cover if first <= need.day <= last)

    def at_work(self, day: int, shift: ShiftId) -> AbstractSet[str]:
        """Give everyone, whatever the area, who has a shift on a day of the horizon."""
        if not self._at_work:
            self._man(self.plan.duties)
        return self._at_work.get((day, shift), frozenset())

    def duties(self, person: str, first: int, last: int) -> list[Worked]:
        """Give the duties of a person that begin on these days, by start."""
        found: list[Worked] = []
        if first < 0:
            past = self._worked_before(person)
            begin = bisect_left(past, first, key=_day)
            found = past[begin : bisect_right(past, last, key=_day)]
        ahead = self._ahead.get(person)
        if ahead is None:
            ahead = self._ahead[person] = self._worked(person, range(self.horizon.days))
        if first > 0 or last < self.horizon.last:
            begin = bisect_left(ahead, first, key=_day)
            ahead = ahead[begin : bisect_right(ahead, last, key=_day)]
        return sorted((*found, *ahead), key=_when)

    def _worked_before(self, person: str) -> list[Worked]:
        """Give the duties of a person's history by day, worked out once for all plans of a problem."""
        known = self._past.get(person)
        if known is None:
            known = self._worked(person, range(self.first_known(person), 0))
            self._past[person] = known
        return known

    def _worked(self, person: str, days: range) -> list[Worked]:
        return [
            Worked(day, shift, *self.facts.span(day, shift.id))
            for day in days
            for shift in self.shifts(person, day)
        ]

    def runs(self, person: str, tag: str, since: int = -FAR) -> Iterator[tuple[int, int]]:
        """Give the unbroken runs of known days with a tag, as (first day, last day).

        Those that end before `since` are left out.
        """
        first = None
        for day in range(self._begun(person, tag, since, works=True), self.horizon.last + 1):
            if self.known(person, day) and self.works(person, day, tag):
                first = day if first is None else first
            elif first is not None:
                yield first, day - 1
                first = None
        if first is not None:
            yield first, self.horizon.last

    def _begun(self, person: str, tag: str, since: int, *, works: bool) -> int:
        """Give the first day of the run, with a tag or without, that a day lies in; else the day."""
        first = self.first_known(person)
        day = max(first, since)
        while day > first and self._goes_on(person, day, tag, works=works):
            day -= 1
        return day

    def _goes_on(self, person: str, day: int, tag: str, *, works: bool) -> bool:
        """Tell whether a day and the one before it are of one run."""
        return all(
            self.known(person, each) and self.works(person, each, tag) is works
            for each in (day, day - 1)
        )

    def rests(self, person: str, tag: str, since: int = -FAR) -> Iterator[tuple[int, int]]:
        """Give the unbroken runs of known days without a tag, as (first day, last day).

        Those that end before `since` are left out.
        """
        day, end = self._begun(person, tag, since, works=False), self.horizon.last
        while day <= end:
            first = day
            while day <= end and self.known(person, day) and not self.works(person, day, tag):
                day += 1
            if day > first:
                yield first, day - 1
            else:
                day += 1

    def windows(self, person: str, window: Window) -> Iterator[tuple[int, int]]:
        """Give the windows on which a maximum is judged, as (first day, last day).

        Rolling ones that are wholly known and end in the horizon; where there is none, what is known
        of the last one. Those of the calendar that meet the horizon: unknown days count as the best
        they could be.
        """
        end = self.horizon.last
        if window.kind != "rolling":
            yield from self._stretches(window)
            return
        whole = list(self._rolling(person, window.days))
        yield from whole
        if not whole:
            last_days = range(end - window.days + 1, end + 1)
            yield min(day for day in last_days if self.known(person, day)), end

    def whole_windows(
        self, person: str, window: Window, measure: str = ""
    ) -> Iterator[tuple[int, int]]:
        """Give the windows on which a minimum is judged: those of `windows` that are wholly known.

        Days for which an amount of the `measure` is carried are known.
        """
        if window.kind == "rolling":
            yield from self._rolling(person, window.days)
            return
        for first, last in self._stretches(window):
            taken = carried(self.facts, person, measure, first, last)
            days = (
                d for d in range(first, last + 1) if not any(c.since <= d <= c.until for c in taken)
            )
            if all(self.known(person, day) for day in days):
                yield first, last

    def _rolling(self, person: str, length: int) -> Iterator[tuple[int, int]]:
        unbroken = 0
        for day in range(max(self.first_known(person), 1 - length), self.horizon.last + 1):
            unbroken = unbroken + 1 if self.known(person, day) else 0
            if day >= 0 and unbroken >= length:
                yield day - length + 1, day

    def _stretches(self, window: Window) -> list[tuple[int, int]]:
        """Walk over the horizon and to both sides of it, from one border of the calendar to the next."""
        known = self._calendar.get(window)
        if known is None:
            end = self.horizon.last
            if window.kind == "horizon":
                known = [(0, end)]
            else:
                first = last = 0
                while self._period(first - 1, window) == self._period(0, window):
                    first -= 1
                known = []
                while first <= end:
                    while self._period(last + 1, window) == self._period(first, window):
                        last += 1
                    known.append((first, last))
                    first = last = last + 1
            self._calendar[window] = known
        return known

    def _period(self, day: int, window: Window) -> tuple[int, int]:
        if window.kind == "week":
            return self.horizon.iso_week(day)
        date = self.horizon.date(day)
        if window.kind == "block":
            return (0, ((date - FIRST_MONDAY).days // WEEK - window.later) // window.weeks)
        return (date.year, (date.month - 1) // MONTHS[window.kind])


def _history(known: Facts) -> tuple[dict[str, dict[int, tuple[ShiftType, ...]]], dict[str, int]]:
    shifts: dict[str, dict[int, tuple[ShiftType, ...]]] = defaultdict(dict)
    first: dict[str, int] = {}
    for history in known.problem.histories:
        days = {}
        for day, word in enumerate(history.past, start=-len(history.past)):
            if word != "?":
                ids = () if word == "-" else tuple(ShiftId(each) for each in word.split("+"))
                days[day] = tuple(known.shifts[each] for each in ids if each in known.shifts)
        shifts[history.id] = days
        first[history.id] = min(days, default=0)
    return shifts, first
