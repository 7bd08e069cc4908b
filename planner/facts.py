"""Indexes over the facts of a problem, and the few numbers that both voices of a rule share.

Audit and rows may share facts, the calendar and "parameter → number" (planned minutes, spans of
shifts); they never share a count. Indexes stand beside the values, never inside.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from planner.cached import cached
from planner.cases import Case, CaseId
from planner.clock import MINUTES_A_DAY
from planner.hospital import (
    EquipmentId,
    Recovery,
    Session,
    SessionId,
    SpecialtyId,
    TheatreId,
    Ward,
    WardId,
)
from planner.indexes import Indexes
from planner.people import (
    Absence,
    Request,
    ShiftId,
)
from planner.problem import Problem
from planner.rules.contract import Rule, Scope

GRID: Final = 5
"""Minutes between possible starts; planned minutes are multiples of it."""


def on_grid(minutes: float) -> int:
    """Round minutes up to the grid.

    >>> on_grid(61.2)
    65
    """
    return int(-(-minutes // GRID)) * GRID


class Facts(Indexes):
    """A problem read by id, day, person and specialty; made once a problem by `facts`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.horizon = problem.horizon
        self._spans: dict[tuple[int, ShiftId], tuple[int, int]] = {}
        self._away: dict[tuple[str, int], tuple[tuple[int, int], ...]] = {}
        self._plains: dict[int, bool] = {}
        self._able: dict[tuple[Any, str | None], frozenset[str]] = {}
        self._meant: dict[Scope, frozenset[CaseId]] = {}
        self._recovery: dict[str, Recovery | None] = {}

    def able(self, scope: Any, skill: str | None) -> frozenset[str]:
        """Give the people that a scope means who have a skill; None: all of them."""
        known = self._able.get((scope, skill))
        if known is None:
            known = self._able[scope, skill] = frozenset(
                person.id
                for person in self.problem.staff
                if skill in (None, *person.abilities) and scope.holds(self.staff_tags[person.id])
            )
        return known

    def meant(self, scope: Scope) -> frozenset[CaseId]:
        """Give the cases that a scope means, worked out once: the clock asks for each choice."""
        known = self._meant.get(scope)
        if known is None:
            tags = self.case_tags
            known = self._meant[scope] = frozenset(id for id in tags if scope.holds(tags[id]))
        return known

    # --- time --------------------------------------------------------------------------------

    def span(self, day: int, shift: ShiftId) -> tuple[int, int]:
        """Give start and end of a shift on a day, in elapsed minutes since the start of day 0."""
        known = self._spans.get((day, shift))
        if known is None:
            times = self.shifts[shift]
            known = self.horizon.span(day, times.start, times.end)
            self._spans[day, shift] = known
        return known

    def effective(self, day: int, shift: ShiftId) -> int:
        """Give the effective minutes of a shift on a day: elapsed ones less the pause."""
        start, end = self.span(day, shift)
        return end - start - self.shifts[shift].pause

    def passed(self, day: int, minute: int) -> int:
        """Give the minutes that pass from a day's midnight to a local time (minutes of its day)."""
        if self._plains.get(day) or self._plain(day):
            return minute
        return self.horizon.passed(day, minute)

    def clock(self, day: int, passed: int) -> int:
        """Give what the clock shows so many minutes after a day's midnight, counted on past 24:00."""
        return passed if self._plain(day) else self.horizon.shown(day, 0, passed)

    def tellable(self, day: int, passed: int) -> int:
        """Give such a minute, or the next that a start can name: none lies in the hour shown again."""
        again = self.again(day)
        return again[1] if again is not None and again[0] <= passed < again[1] else passed

    def again(self, day: int) -> tuple[int, int] | None:
        """Give the hour that the clock shows again, in minutes that pass after a day's midnight."""
        return None if self._plain(day) else self.horizon.again(day)

    def _plain(self, day: int) -> bool:
        """Tell whether the clock does not change on a day, nor where its night may end."""
        known = self._plains.get(day)
        if known is None:
            known = self._plains[day] = all(map(self.horizon.even, range(day, day + 3)))
        return known

    def opens(self, session: Session) -> int:
        """Give when a session begins, in minutes that pass after its day's midnight."""
        day = session.day
        return session.start if self._plains.get(day) else self.passed(day, session.start)

    def closes(self, session: Session) -> int:
        """Give when a session ends, in minutes that pass after its day's midnight."""
        day = session.day
        return session.end if self._plains.get(day) else self.passed(day, session.end)

    def length(self, session: Session) -> int:
        """Give the minutes that a session lasts; none where it ends before it begins."""
        return max(self.closes(session) - self.opens(session), 0)

    @cached
    def absences(self) -> Mapping[str, tuple[Absence, ...]]:
        """Absences by person (staff or surgeon)."""
        return _by(self.problem.absences, "person")

    @cached
    def last_days(self) -> Mapping[str, int]:
        """The last days of the staff members who leave within the horizon, or left before it."""
        staff, end = self.problem.staff, self.horizon.last
        return {p.id: p.last for p in staff if p.last is not None and p.last < end}

    def left(self, person: str, day: int) -> bool:
        """Tell whether a day is after a staff member's last one; a night is of the day it begins."""
        return bool(self.last_days) and day > self.last_days.get(person, day)

    def off(self, person: str, day: int) -> bool:
        """Tell whether a staff member is not there on any minute of a day: away, or gone."""
        return self.left(person, day) or (0, MINUTES_A_DAY) in self.away(person, day)

    @cached
    def requests(self) -> Mapping[str, tuple[Request, ...]]:
        """Wishes by person."""
        return _by(self.problem.requests, "person")

    def away(self, person: str, day: int) -> tuple[tuple[int, int], ...]:
        """Give the stretches of a day (minutes after its midnight) on which a person is away."""
        known = self._away.get((person, day))
        if known is None:
            whole_day = (0, MINUTES_A_DAY)
            known = self._away[person, day] = tuple(
                whole_day if a.start is None or a.end is None else (a.start, a.end)
                for a in self.absences.get(person, ())
                if a.first <= day <= a.last
            )
        return known

    def absent(self, person: str, day: int) -> tuple[tuple[int, int], ...]:
        """Give the same stretches in minutes that pass after the day's midnight."""
        away = self.away(person, day)
        if self._plain(day):
            return away
        return tuple((self.passed(day, leave), self.passed(day, back)) for leave, back in away)

    # --- theatres ----------------------------------------------------------------------------

    def minutes(self, case: Case, surgeon: str | None) -> int:
        """Give the planned minutes of a case with a surgeon, on the grid where the study has a clock."""
        pace = 100 if surgeon is None else self.surgeons[surgeon].pace
        exact = case.mean * pace / 100
        if case.trainee:
            exact = case.mean * pace * (100 + self.longer(case)) / 10_000
        return on_grid(exact) if self.problem.clock else round(exact)

    def pace(self, case: Case, surgeon: str | None) -> float:
        """Give the per cent of its own minutes that a case lasts with a surgeon, or with a trainee."""
        pace = 100 if surgeon is None else self.surgeons[surgeon].pace
        return pace * (100 + self.longer(case)) / 100 if case.trainee else pace

    def longer(self, case: Case) -> int:
        """Give by how many per cent a trainee's case takes longer: what rules in force say; 0: none."""
        known = self._longer.get(case.id)
        if known is None:
            tags = self.tags_of(self.cases[case.id]) if self._teaching else {}
            scopes = (rule for rule in self._teaching if rule.scope.holds(tags))
            known = max((getattr(rule, "longer", 0) for rule in scopes), default=0)
            self._longer[case.id] = known
        return known

    @cached
    def _longer(self) -> dict[CaseId, int]:
        return {}  # filled as it is asked: few cases are a trainee's

    def alike(self, other: "Facts") -> bool:
        """Tell whether a case that is the same in other facts has the same minutes there."""
        one, two = self.problem, other.problem
        return (
            one.horizon == two.horizon
            and one.clock == two.clock
            and one.procedures == two.procedures
            and one.surgeons == two.surgeons
            and one.wards == two.wards
            and self._teaching == other._teaching  # noqa: SLF001 - other facts
        )

    @cached
    def _teaching(self) -> tuple[Rule[Any, Any], ...]:
        rules = self.problem.rules
        return tuple(rule for rule in rules if rule.type == "teaching" and rule.enabled)

    def turnover(self, case: Case) -> int:
        """Give the planned turnover before a case, on the grid where the study has a clock."""
        turnover = self.procedures[case.procedure].turnover
        return on_grid(turnover) if self.problem.clock else turnover

    def equipment_of(self, case: Case) -> frozenset[EquipmentId]:
        """Give all that a case needs: its procedure's equipment and its own."""
        return self.procedures[case.procedure].equipment | case.equipment

    def open_to(self, session: Session, specialty: SpecialtyId) -> bool:
        """Tell whether a specialty may use a session: an owner, no owner at all, or released by now."""
        if not session.owners or specialty in session.owners:
            return True
        return self.released(session)

    def released(self, session: Session) -> bool:
        """Tell whether the owner has had to give a session back by the study's `as_of`."""
        return session.release is not None and session.release <= self.as_of

    @cached
    def as_of(self) -> int:
        """The day on which the facts were true."""
        return self.horizon.day(self.problem.as_of)

    def moved_within(self, case: Case, day: int, days: int) -> bool:
        """Tell whether a case comes on another day than promised, at less than so many days' notice.

        Both days count from `as_of`; a promise for a day before it binds nobody.
        """
        promised = self.appointments.get(case.id)
        if promised is None or day == promised.day or promised.day < self.as_of:
            return False
        return min(promised.day, day) < self.as_of + days

    @cached
    def owner_is_hard(self) -> bool:
        """Whether a hard rule keeps all cases out of others' sessions until these are released."""
        return any(
            rule.type == "owner"
            and rule.hard
            and rule.enabled
            and not rule.scope.tags
            # a rule about released sessions closes none of the others
            and getattr(rule, "when", "before") == "before"
            for rule in self.problem.rules
        )

    @cached
    def _longest_turnover(self) -> Mapping[SpecialtyId, int]:
        longest: dict[SpecialtyId, int] = defaultdict(int)
        for case in self.problem.cases:
            longest[case.specialty] = max(longest[case.specialty], self.turnover(case))
        return longest

    def spare(self, session: Session) -> int:
        """Give the longest planned turnover of a case that may come into a session.

        The turnover before a session's first case lies outside it, so a sum of minutes and
        turnovers is too high by at most this.
        """
        longest = self._longest_turnover
        if self.owner_is_hard:
            return max((t for s, t in longest.items() if self.open_to(session, s)), default=0)
        return max(longest.values(), default=0)

    @cached
    def sessions_on(self) -> Mapping[int, tuple[Session, ...]]:
        """Sessions by day."""
        return _by(self.problem.sessions, "day")

    @cached
    def sessions_in(self) -> Mapping[tuple[TheatreId, int], tuple[Session, ...]]:
        """Sessions of a theatre and day, by start."""
        found: dict[tuple[TheatreId, int], list[Session]] = defaultdict(list)
        for session in sorted(self.problem.sessions, key=lambda s: (s.day, s.start, s.id)):
            found[session.theatre, session.day].append(session)
        return {key: tuple(sessions) for key, sessions in found.items()}

    @cached
    def sessions_of(self) -> Mapping[TheatreId, tuple[Session, ...]]:
        """Sessions of a theatre, on all days."""
        return _by(self.problem.sessions, "theatre")

    def surgeons_for(self, case: Case) -> tuple[str | None, ...]:
        """Give who may operate a case by name or by specialty; (None,) when nobody is needed."""
        if case.unattended:
            return (None,)
        if case.surgeons:
            return tuple(sorted(case.surgeons & self.surgeons.keys()))
        return tuple(sorted(s.id for s in self.problem.surgeons if s.specialty == case.specialty))

    def recoveries_of(self, session: Session) -> tuple[Recovery, ...]:
        """Give the recovery rooms that serve a session's suite."""
        suite = self.theatres[session.theatre].suite
        return tuple(r for r in self.problem.recoveries if not r.suites or suite in r.suites)

    def recovery_of(self, session: Session) -> Recovery | None:
        """Give where patients of a session recover: the first that names its suite, else the first."""
        suite = self.theatres[session.theatre].suite
        if suite not in self._recovery:
            found = sorted(self.recoveries_of(session), key=lambda recovery: not recovery.suites)
            self._recovery[suite] = found[0] if found else None
        return self._recovery[suite]

    @cached
    def recovery_rooms(self) -> Mapping[SessionId, Recovery]:
        """Where the patients of each session recover, for sessions that have such a place."""
        found = {session.id: self.recovery_of(session) for session in self.problem.sessions}
        return {session: room for session, room in found.items() if room is not None}

    def recovery_minutes(self, case: Case) -> int:
        """Give the planned minutes of a case in the recovery room, on the grid; 0: none."""
        return on_grid(self.procedures[case.procedure].recovery)

    @cached
    def beds_taken(self) -> Mapping[tuple[WardId, int], int]:
        """Beds that others hold, by ward and day."""
        found: dict[tuple[WardId, int], int] = defaultdict(int)
        for census in self.problem.census:
            found[census.ward, census.day] += census.taken
        return found

    @cached
    def longest_stays(self) -> tuple[int, int]:
        """The most nights that any case has after its operation, and before it."""
        cases = self.problem.cases
        after = max((max(case.nights, case.intensive_nights) for case in cases), default=0)
        return after, max((case.nights_before for case in cases), default=0)

    def beds(self, ward: Ward, day: int) -> int:
        """Give the beds free for cases on a day; none where the ward is shut."""
        if self.horizon.weekday(day) not in ward.open:
            return 0
        return max(0, ward.beds - self.beds_taken.get((ward.id, day), 0))


def nights(case: Case, day: int) -> tuple[tuple[WardId, int, int], ...]:
    """Give the stays of a case operated on a day: (ward, first night, last night), by day number.

    Nights before are in the ward; the first nights after in intensive care, then in the ward.
    """
    stays: list[tuple[WardId, int, int]] = []
    intensive = case.intensive_nights if case.intensive is not None else 0
    if case.ward is not None and case.nights_before > 0:
        stays.append((case.ward, day - case.nights_before, day - 1))
    if case.intensive is not None and intensive > 0:
        stays.append((case.intensive, day, day + intensive - 1))
    if case.ward is not None and case.nights > intensive:
        stays.append((case.ward, day + intensive, day + case.nights - 1))
    return tuple(stays)


def _by(records: tuple[Any, ...], attribute: str) -> dict[Any, tuple[Any, ...]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for record in records:
        found[getattr(record, attribute)].append(record)
    return {key: tuple(values) for key, values in found.items()}


_KEPT: Final = 12
_made: list[Facts] = []


def facts(problem: Problem) -> Facts:
    """Give the indexes of a problem; the last few are kept, by identity."""
    for known in _made:
        if known.problem is problem:
            return known
    fresh = Facts(problem)
    _made.insert(0, fresh)
    del _made[_KEPT:]
    return fresh
