"""What rules and KPIs read: a problem and a plan, indexed, and narrowed to an area when asked.

`people(scope)`, `sessions(scope)` and `placed(scope)` show the area only; `everyone()` and
`all_placed()` stay whole, for rules that look at others to judge one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, NamedTuple, TypeVar

from planner.cases import Case, CaseId
from planner.facts import Facts, facts, nights
from planner.hospital import Session, SessionId, WardId
from planner.people import ShiftId, StaffMember
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.blocks import FAR, Area
from planner.rules.contract import Scope

REACH: Final = 5
"""Days after which a case, started by 48:00, and what it holds for up to two days more, are over."""
R = TypeVar("R")
T = TypeVar("T")
_NOTHING: Final[tuple[ShiftType, ...]] = ()


class Worked(NamedTuple):
    """A duty with its shift, start and end in elapsed minutes since the start of day 0."""

    day: int
    shift: ShiftType
    start: int
    end: int


class Placed(NamedTuple):
    """A placement with its planned minutes, the turnover before it, and its start (None: open)."""

    case: Case
    session: Session
    surgeon: str | None
    minutes: int
    turnover: int
    start: int | None

    @property
    def end(self) -> int | None:
        """Minutes after midnight at which the patient leaves the room."""
        return None if self.start is None else self.start + self.minutes


class RosterView:
    """A roster by person and day, history included; `like` is a view of the same problem to share with."""

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

    def everyone(self) -> tuple[StaffMember, ...]:
        """Give all staff members, whatever the area."""
        return self.problem.staff

    def people(self, scope: Scope) -> Iterator[StaffMember]:
        """Give the staff members of the area that a scope means."""
        subjects = None if self.area is None else self.area.subjects
        for person in self.problem.staff:
            if subjects is None or person.id in subjects:
                if not scope.tags or scope.holds(self.facts.staff_tags[person.id]):
                    yield person

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
        return any(tag in shift.tags or tag == shift.id for shift in self.shifts(person, day))

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
        found = []
        for day in range(max(first, self.first_known(person)), min(last, self.horizon.last) + 1):
            for shift in self.shifts(person, day):
                start, end = self.facts.span(day, shift.id)
                found.append(Worked(day, shift, start, end))
        return sorted(found, key=lambda worked: (worked.start, worked.end, worked.shift.id))

    def runs(self, person: str, tag: str) -> Iterator[tuple[int, int]]:
        """Give the unbroken runs of known days with a tag, as (first day, last day)."""
        first = None
        for day in range(self.first_known(person), self.horizon.last + 1):
            if self.known(person, day) and self.works(person, day, tag):
                first = day if first is None else first
            elif first is not None:
                yield first, day - 1
                first = None
        if first is not None:
            yield first, self.horizon.last

    def rests(self, person: str, tag: str) -> Iterator[tuple[int, int]]:
        """Give the unbroken runs of known days without a tag, as (first day, last day)."""
        day, end = self.first_known(person), self.horizon.last
        while day <= end:
            first = day
            while day <= end and self.known(person, day) and not self.works(person, day, tag):
                day += 1
            if day > first:
                yield first, day - 1
            else:
                day += 1

    def windows(self, person: str, kind: str, length: int) -> Iterator[tuple[int, int]]:
        """Give the windows on which a maximum is judged, as (first day, last day).

        `rolling`: wholly known ones of `length` days that end in the horizon; where there is none,
        what is known of the last one. `week`: civil weeks that meet the horizon, unknown days
        counting as the best they could be. `horizon`: the horizon.
        """
        end = self.horizon.last
        if kind == "horizon":
            yield 0, end
        elif kind == "week":
            for day in range(end + 1):
                if day == 0 or self.horizon.weekday(day) == 0:
                    monday = self.horizon.monday(day)
                    yield monday, monday + 6
        else:
            whole = list(self.whole_windows(person, kind, length))
            yield from whole
            if not whole:
                last_days = range(end - length + 1, end + 1)
                yield min(day for day in last_days if self.known(person, day)), end

    def whole_windows(self, person: str, kind: str, length: int) -> Iterator[tuple[int, int]]:
        """Give the windows on which a minimum is judged: those of `windows` that are wholly known."""
        if kind != "rolling":
            for first, last in self.windows(person, kind, length):
                if all(self.known(person, day) for day in range(first, last + 1)):
                    yield first, last
            return
        unbroken = 0
        for day in range(self.first_known(person), self.horizon.last + 1):
            unbroken = unbroken + 1 if self.known(person, day) else 0
            if day >= 0 and unbroken >= length:
                yield day - length + 1, day


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


class TheatreView:
    """Placements by session and case; `like` is a view of the same problem to share with."""

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        area: Area | None = None,
        like: "TheatreView | None" = None,
    ) -> None:
        self.problem = problem
        self.plan = plan
        self.area = area
        self.facts: Facts = facts(problem)
        self.horizon = problem.horizon
        self._days: dict[int, tuple[Placed, ...]] = {}  # these are filled when first asked for
        self._ends: dict[int, int] = {}
        self._beds: Counter[tuple[WardId, int]] = Counter()
        if like is not None and like.problem is problem:
            self._share(like)
        else:
            self._inside = dict(_inside(self.facts, plan.sessions))
            self._where = {p.case.id: p for inside in self._inside.values() for p in inside}

    def _share(self, like: "TheatreView") -> None:
        """Take from another view all that is the same here."""
        old, new = unshared(like.plan.sessions, self.plan.sessions)
        was = dict(_inside(self.facts, old, like._inside))  # noqa: SLF001 - another view
        now = dict(_inside(self.facts, new))
        self._inside = like._inside | now  # noqa: SLF001
        if was.keys() != now.keys():
            self._inside = dict(_inside(self.facts, self.plan.sessions, self._inside))
        self._where = like._where.copy()  # noqa: SLF001
        for placed in _all(was):
            self._where.pop(placed.case.id, None)
        self._where.update((placed.case.id, placed) for placed in _all(now))
        days = {self.facts.sessions[session].day for session in (*was, *now)}
        self._days = {day: on for day, on in like._days.items() if day not in days}  # noqa: SLF001
        self._ends = {day: end for day, end in like._ends.items() if day not in days}  # noqa: SLF001
        if like._beds:  # noqa: SLF001
            self._beds = like._beds.copy()  # noqa: SLF001
            self._beds.subtract(_nights(_all(was)))
            self._beds.update(_nights(_all(now)))

    @property
    def doubled(self) -> bool:
        """Whether a case is placed more than once, as it may be in plans that come from elsewhere."""
        return sum(map(len, self._inside.values())) > len(self._where)

    def narrow(self, area: Area) -> "TheatreView":
        """Give a view that shows only the subjects of the area where a rule asks by scope."""
        narrowed = object.__new__(TheatreView)
        narrowed.__dict__.update(self.__dict__)
        narrowed.area = area
        return narrowed

    @property
    def days(self) -> range:
        """The days of the horizon that the area has."""
        if self.area is None:
            return range(self.horizon.days)
        return range(max(self.area.first, 0), min(self.area.last, self.horizon.last) + 1)

    def sessions(self, scope: Scope) -> Iterator[Session]:
        """Give the sessions of the area that a scope means (specialty, theatre, suite, session)."""
        tags = self.facts.session_tags
        for session in self._shown(self.problem.sessions, self.facts.sessions):
            if not scope.tags or scope.holds(tags[session.id]):
                yield session

    def _shown(self, records: tuple[R, ...], by_id: Mapping[Any, R]) -> Iterable[R]:
        if self.area is None or self.area.subjects is None:
            return records
        return [by_id[id] for id in sorted(self.area.subjects) if id in by_id]

    def inside(self, session: Session | SessionId) -> tuple[Placed, ...]:
        """Give the placements of a session by start (those without one first), whatever the area."""
        id = session if isinstance(session, str) else session.id
        return self._inside.get(id, ())

    def unsequenced(self, session: Session) -> bool:
        """Tell whether a placement of a session has no start."""
        return any(placed.start is None for placed in self.inside(session))

    def placed(self, scope: Scope) -> Iterator[Placed]:
        """Give the placements of the area whose cases a scope means."""
        tags = self.facts.case_tags
        for placed in self._shown_placed():
            if not scope.tags or scope.holds(tags[placed.case.id]):
                yield placed

    def _shown_placed(self) -> Iterable[Placed]:
        subjects = None if self.area is None else self.area.subjects
        if subjects is None:
            return self.all_placed()
        return [
            self._where[case.id]
            for case in self._shown((), self.facts.cases)
            if case.id in self._where
        ]

    def surgeon_days(self, hold: int = 0) -> Mapping[tuple[str, int], tuple[Placed, ...]]:
        """Give the placements of each surgeon and day, on the days of `placed_near`."""
        found: dict[tuple[str, int], list[Placed]] = defaultdict(list)
        for placed in self.placed_near(hold):
            if placed.surgeon is not None:
                found[placed.surgeon, placed.session.day].append(placed)
        return {key: tuple(together) for key, together in found.items()}

    def placed_near(self, hold: int = 0) -> Iterator[Placed]:
        """Give all placements on the days of the area, and on days that may be in their way.

        These are the whole days around it from which a case, and `hold` minutes after it, reaches
        into the area, or that the area's cases reach into.
        """
        if self.area is None:
            yield from self.all_placed()
            return
        days = self.days
        before = [
            d for d in range(days.start - REACH, days.start) if self._until(d, hold) > days.start
        ]
        until = max((self._until(day, hold) for day in days), default=0)
        for day in (*before, *days, *range(days.stop, until)):
            yield from self._on(day)

    def _on(self, day: int) -> tuple[Placed, ...]:
        known = self._days.get(day)
        if known is None:
            sessions = self.facts.sessions_on.get(day, ())
            on = (p for session in sessions for p in self._inside.get(session.id, ()))
            known = self._days[day] = tuple(on)
        return known

    def _until(self, day: int, hold: int) -> int:
        """Give the day by whose midnight all that began on a day is over."""
        end = self._ends.get(day)
        if end is None:
            ends = (p.start + p.minutes for p in self._on(day) if p.start is not None)
            end = self._ends[day] = max(ends, default=-FAR)
        return day - max(end + hold, 0) // -1440

    def all_placed(self) -> Iterator[Placed]:
        """Give all placements, session by session, whatever the area."""
        for inside in self._inside.values():
            yield from inside

    def where(self, case: CaseId) -> Placed | None:
        """Give where a case is placed, None when it waits."""
        return self._where.get(case)

    def cases(self, scope: Scope) -> Iterator[Case]:
        """Give the cases of the area that a scope means, placed or not."""
        tags = self.facts.case_tags
        for case in self._shown(self.problem.cases, self.facts.cases):
            if not scope.tags or scope.holds(tags[case.id]):
                yield case

    def beds(self, ward: WardId, night: int) -> int:
        """Give the beds of a ward that placed cases need in a night, whatever the area."""
        if not self._beds:
            self._beds.update(_nights(self.all_placed()))
        return self._beds[ward, night]

    def waiting(self) -> Iterator[Case]:
        """Give the cases of the area that are not placed."""
        return (case for case in self.cases(Scope()) if case.id not in self._where)


def _nights(placed: Iterable[Placed]) -> Iterator[tuple[WardId, int]]:
    for each in placed:
        for ward, first, last in nights(each.case, each.session.day):
            for night in range(first, last + 1):
                yield ward, night


def _all(inside: Mapping[SessionId, tuple[Placed, ...]]) -> Iterator[Placed]:
    return (placed for together in inside.values() for placed in together)


def unshared(before: Sequence[T], after: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    """Give the partitions of two plans that are not the very same in both, as untouched ones are."""
    shorter = min(len(before), len(after))
    first = next((n for n in range(shorter) if before[n] is not after[n]), shorter)
    last, until = len(before), len(after)
    while last > first and until > first and before[last - 1] is after[until - 1]:
        last, until = last - 1, until - 1
    old, new = before[first:last], after[first:until]
    same = {id(partition) for partition in old} & {id(partition) for partition in new}
    if same:
        old = [partition for partition in old if id(partition) not in same]
        new = [partition for partition in new if id(partition) not in same]
    return old, new


def _inside(
    known: Facts,
    partitions: Iterable[tuple[Placement, ...]],
    made: Mapping[SessionId, tuple[Placed, ...]] | None = None,
) -> Iterator[tuple[SessionId, tuple[Placed, ...]]]:
    """Index partitions by session, taking those that are `made` already."""
    for partition in partitions:
        session = known.sessions.get(partition[0].session)
        if session is not None:
            there = None if made is None else made.get(session.id)
            yield session.id, _placed(known, session, partition) if there is None else there


def _placed(known: Facts, session: Session, partition: tuple[Placement, ...]) -> tuple[Placed, ...]:
    placed = []
    for each in partition:
        case = known.cases.get(each.case)
        if case is None or (each.surgeon is not None and each.surgeon not in known.surgeons):
            continue
        minutes, turnover = known.minutes(case, each.surgeon), known.turnover(case)
        placed.append(Placed(case, session, each.surgeon, minutes, turnover, each.start))
    return tuple(placed)
