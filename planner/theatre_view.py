"""A theatre plan as rules and KPIs read it: placements by session, case, day and surgeon."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from planner.cases import Case, CaseId
from planner.facts import Facts, facts, nights
from planner.hospital import Session, SessionId, WardId
from planner.plan import Placement, Plan, unshared
from planner.problem import Problem
from planner.rules.blocks import FAR, Area
from planner.rules.contract import Scope

REACH: Final = 5
"""Days after which a case, started by 48:00, and what it holds for up to two days more, are over."""
R = TypeVar("R")
SurgeonDays: TypeAlias = Mapping[tuple[str, int], tuple["Placed", ...]]


class Placed(NamedTuple):
    """A placement with its planned minutes, the turnover before it, and its start (None: open).

    `start` is what the clock shows, `begin` the same in minutes that pass after the day's midnight:
    what is compared with other times, and what lasts, is counted from it.
    """

    case: Case
    session: Session
    surgeon: str | None
    minutes: int
    turnover: int
    start: int | None
    begin: int | None

    @property
    def over(self) -> int | None:
        """When the patient leaves the room, in minutes that pass after the day's midnight."""
        return None if self.begin is None else self.begin + self.minutes


class TheatreView:
    """Placements by session and case; `like` is another view to share with, best of the same facts."""

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
        self._latest: dict[SessionId, int] = {}
        self._surgeon_days: dict[tuple[Area | None, int], SurgeonDays] = {}
        if like is not None and like.problem is problem:
            self._share(like)
        else:
            same = {} if like is None else self._same(like)
            self._inside = dict(_inside(self.facts, plan.sessions, same))
            self._where = {p.case.id: p for inside in self._inside.values() for p in inside}

    def _same(self, like: "TheatreView") -> Mapping[SessionId, tuple[Placed, ...]]:
        """Take from a view of other facts the sessions that are the same here, with their cases."""
        here, there = self.facts, like.facts
        if not here.alike(there):
            return {}
        known = {partition[0].session: partition for partition in like.plan.sessions}
        found = {}
        for partition in self.plan.sessions:
            id = partition[0].session
            if (
                id in like._inside  # noqa: SLF001 - another view
                and known.get(id) == partition
                and here.sessions.get(id) is there.sessions.get(id)
                and all(here.cases.get(p.case) is there.cases.get(p.case) for p in partition)
            ):
                found[id] = like._inside[id]  # noqa: SLF001
                latest = like._latest.get(id)  # noqa: SLF001 - a thread may fill it meanwhile
                if latest is not None:
                    self._latest[id] = latest
        return found

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
        self._latest = like._latest.copy()  # noqa: SLF001
        for session in (*was, *now):
            self._latest.pop(session, None)
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

    def latest(self, session: Session) -> int:
        """Give the last minute of a session and of its cases, in minutes that pass after midnight.

        Cases without a start follow what stands before them.
        """
        known = self._latest.get(session.id)
        if known is None:
            inside = self.inside(session)
            begun = self.facts.opens(session)
            for each in inside:
                begun = (begun if each.begin is None else each.begin) + each.minutes + each.turnover
            ends = (each.over for each in inside if each.over is not None)
            loose = any(each.start is None for each in inside)
            known = self._latest[session.id] = max(
                self.facts.closes(session), begun if loose else 0, *ends
            )
        return known

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

    def surgeon_days(self, hold: int = 0) -> SurgeonDays:
        """Give the placements of each surgeon and day, on the days of `placed_near`."""
        area = None if self.area is None else Area(None, *self.area[1:])
        known = self._surgeon_days.get((area, hold))
        if known is None:
            known = self._surgeon_days[area, hold] = self._by_surgeon(hold)
        return known

    def _by_surgeon(self, hold: int) -> SurgeonDays:
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
            ends = (p.over for p in self._on(day) if p.over is not None)
            end = self._ends[day] = max(ends, default=-FAR)
        return day - self.facts.clock(day, max(end + hold, 0)) // -1440

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
        begin = None if each.start is None else known.passed(session.day, each.start)
        placed.append(Placed(case, session, each.surgeon, minutes, turnover, each.start, begin))
    return tuple(placed)
