"""What an event of the day makes of the facts, and of a plan in which nobody does anything about it.

An event is true: it becomes a group of changes, so that the problem stays what is known.
"""

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

from planner.cases import EMERGENCY, Case, CaseId, Procedure, ProcedureId
from planner.changes import Add, Change, ChangeSet, Set, apply
from planner.clock import MINUTES_A_DAY, written
from planner.day_events import Event, Moment
from planner.edits import EditRefusedError
from planner.facts import Facts, facts, on_grid
from planner.fields import specs
from planner.hand_edits import without
from planner.hospital import Session, SessionId, TheatreId
from planner.people import Absence
from planner.plain import plain, to_plain
from planner.plan import Placement, Plan
from planner.problem import Problem


class Struck(NamedTuple):
    """A plan that an event has struck: the facts as they are now, and the plan if nobody does anything.

    `started` are the cases of the day that have begun. `sessions` and `surgeons` are those that the
    event hits, `shut` the sessions that it closes. `case` is the case concerned, an emergency's own.
    """

    event: Event
    moment: Moment
    group: ChangeSet
    problem: Problem
    plan: Plan
    started: frozenset[CaseId]
    sessions: frozenset[SessionId]
    surgeons: frozenset[str]
    shut: frozenset[SessionId]
    case: CaseId | None


def strike(problem: Problem, plan: Plan, event: Event, moment: Moment) -> Struck:
    """Say what an event makes of the facts and of a plan in which nobody does anything about it.

    Raises:
        EditRefusedError: the event cannot be: nobody of that name, not that day, over already.
    """
    return _Striking(problem, plan, event, moment).struck()


class _Striking:
    def __init__(self, problem: Problem, plan: Plan, event: Event, moment: Moment) -> None:
        self.problem, self.plan, self.event = problem, plan, event
        self.moment = moment
        self.facts: Facts = facts(problem)
        if not problem.clock:
            raise EditRefusedError("event_no_clock")
        if not 0 <= moment.day <= problem.horizon.last:
            raise EditRefusedError("event_not_in_horizon", date=self._date)
        self.today = [
            placement
            for partition in plan.sessions
            for placement in partition
            if self._is_today(placement)
        ]
        self.started = frozenset(
            each.case for each in self.today if each.start is not None and each.start < moment.now
        )

    def _is_today(self, placement: Placement) -> bool:
        session = self.facts.sessions.get(placement.session)
        surgeon = placement.surgeon
        known = placement.case in self.facts.cases
        known &= surgeon is None or surgeon in self.facts.surgeons
        return known and session is not None and session.day == self.moment.day

    @property
    def _date(self) -> str:
        return self.problem.horizon.date(self.moment.day).isoformat()

    def struck(self) -> Struck:
        """Let the event happen."""
        makers: Mapping[str, Callable[[], _Made]] = {
            "overrun": self._overrun,
            "cancel": self._cancel,
            "emergency": self._emergency,
            "close": self._close,
            "late": self._late,
        }
        made = makers[self.event.kind]()
        group = ChangeSet(name=f"{self.event.words} ({self._date})"[:200], changes=made.changes)
        after, _ = apply(self.problem, (group,))
        gone = frozenset({str(made.case)} if self.event.kind == "cancel" else ())
        return Struck(
            event=self.event,
            moment=self.moment,
            group=group,
            problem=after,
            plan=without(self.plan, gone),
            started=self.started,
            sessions=made.sessions,
            surgeons=made.surgeons,
            shut=made.shut,
            case=made.case,
        )

    # --- one event each ------------------------------------------------------------------------

    def _overrun(self) -> "_Made":
        placement = self._placed()
        case = self.facts.cases[placement.case]
        before = self._minutes(placement)
        after = on_grid(before + self.event.minutes)
        end = self._begin(placement) + after
        if placement.start is not None and end <= self._passed:
            over = written(self.facts.clock(self.moment.day, end))
            raise EditRefusedError("event_over", case=case.id, end=over, now=self._now)
        mean = self._mean(case, placement.surgeon, after)
        sessions = self._of_theatre(self.facts.sessions[placement.session].theatre)
        return _Made(
            (self._set("case", case, "mean", mean),),
            frozenset(session.id for session in sessions),
            frozenset(filter(None, (placement.surgeon,))),
            case=case.id,
        )

    def _cancel(self) -> "_Made":
        placement = self._placed()
        if placement.case in self.started:
            start = written(placement.start or 0)
            raise EditRefusedError("event_started", case=placement.case, start=start, now=self._now)
        case = self.facts.cases[placement.case]
        away = case.unavailable | {self.moment.day}
        change = self._set("case", case, "unavailable", away)
        return _Made((change,), frozenset({placement.session}), case=case.id)

    def _emergency(self) -> "_Made":
        event = self.event
        self._known("specialty", event.subject)
        self._known("priority", event.priority)
        procedure = usual_procedure(self.problem, event.subject, event.minutes)
        if procedure is None:
            raise EditRefusedError("event_no_procedure", specialty=event.subject)
        case = Case(
            id=self._free_id(),
            procedure=procedure.id,
            specialty=procedure.specialty,
            priority=event.priority,  # type: ignore[arg-type]  # ids are texts
            mean=event.minutes,
            deviation=min(
                round(procedure.deviation * event.minutes / procedure.mean), MINUTES_A_DAY
            ),
            listed=self.moment.day,
            due=self.moment.day,
            earliest=self.moment.day,
            flags=frozenset({EMERGENCY}),
        )
        record = tuple(to_plain(case, self.problem.horizon).items())
        sessions = (
            session.id
            for session in self.facts.sessions_on.get(self.moment.day, ())
            if not session.closed and self.facts.open_to(session, case.specialty)
        )
        change = Add(kind="case", id=case.id, record=record)
        return _Made((change,), frozenset(sessions), case=case.id)

    def _close(self) -> "_Made":
        self._known("theatre", self.event.subject)
        changes: list[Change] = []
        hit, shut = [], []
        for session in self._of_theatre(self.event.subject):
            begun = [
                self._begin(each) + self._minutes(each)
                for each in self.today
                if each.session == session.id and each.case in self.started
            ]
            known, day = self.facts, self.moment.day
            end = known.tellable(day, max([known.passed(day, self.event.at), *begun]))
            if session.closed or known.closes(session) + session.overtime <= end:
                continue
            hit.append(session.id)
            if end <= known.opens(session):
                shut.append(session.id)
                changes.append(self._set("session", session, "closed", True))
                continue
            if end != known.closes(session):
                changes.append(self._set("session", session, "end", known.clock(day, end)))
            if session.overtime:
                changes.append(self._set("session", session, "overtime", 0))
        if not changes:
            facts = {"theatre": self.event.subject, "at": written(self.event.at)}
            raise EditRefusedError("event_closed_already", date=self._date, **facts)
        return _Made(tuple(changes), frozenset(hit), shut=frozenset(shut))

    def _late(self) -> "_Made":
        surgeon = self.event.subject
        self._known("surgeon", surgeon)
        hers = [each for each in self.today if self._needs(each, surgeon)]
        left = [each for each in hers if each.case not in self.started]
        starts = [self._begin(each) for each in left if each.start is not None]
        if not starts:
            facts = {"surgeon": surgeon, "now": self._now, "date": self._date}
            raise EditRefusedError("event_nothing_left", **facts)
        busy = [
            self._begin(each) + self._minutes(each) for each in hers if each.case in self.started
        ]
        first, there = (
            self.facts.clock(self.moment.day, self.facts.tellable(self.moment.day, each))
            for each in (max([self._passed, *busy]), min(starts) + self.event.minutes)
        )
        if there <= first:
            raise EditRefusedError("event_there", surgeon=surgeon, there=written(there))
        absence = Absence(
            id=self._free_absence(surgeon),
            person=surgeon,
            first=self.moment.day,
            last=self.moment.day,
            start=first,
            end=there,
        )
        record = tuple(to_plain(absence, self.problem.horizon).items())
        return _Made(
            (Add(kind="absence", id=absence.id, record=record),),
            frozenset(each.session for each in left),
            frozenset({surgeon}),
        )

    # --- what they share -------------------------------------------------------------------------

    @property
    def _now(self) -> str:
        return written(self.moment.now)

    def _placed(self) -> Placement:
        """Find the placement of the event's case on the day."""
        case = self.event.subject
        self._known("case", case)
        for each in self.today:
            if each.case == case:
                return each
        raise EditRefusedError("event_not_that_day", case=case, date=self._date)

    @property
    def _passed(self) -> int:
        return self.facts.passed(self.moment.day, self.moment.now)

    def _begin(self, placement: Placement) -> int:
        """Give when a case begins, in minutes that pass after midnight; 0 without a start."""
        return self.facts.passed(self.moment.day, placement.start or 0)

    def _minutes(self, placement: Placement) -> int:
        return self.facts.minutes(self.facts.cases[placement.case], placement.surgeon)

    def _needs(self, placement: Placement, surgeon: str) -> bool:
        """Tell whether a surgeon operates a case, or is its second one."""
        partners = self.facts.cases[placement.case].partners
        return placement.surgeon == surgeon or surgeon in partners

    def _mean(self, case: Case, surgeon: str | None, minutes: int) -> int:
        """Give the mean of a case that lasts so many planned minutes with its surgeon."""
        means = range(1, MINUTES_A_DAY + 1)
        longer = bisect_right(
            means,
            minutes,
            key=lambda mean: self.facts.minutes(dataclasses.replace(case, mean=mean), surgeon),
        )
        return means[max(longer, 1) - 1]

    def _of_theatre(self, theatre: str) -> tuple[Session, ...]:
        return self.facts.sessions_in.get((TheatreId(theatre), self.moment.day), ())

    def _known(self, kind: str, id: str) -> None:
        if all(record.id != id for record in self.problem.records(kind)):
            raise EditRefusedError(f"event_no_{kind}", id=id)

    def _set(self, kind: str, record: Any, field: str, value: Any) -> Set:
        spec = next(each for each in specs(type(record)) if each.name == field)
        horizon = self.problem.horizon
        before = plain(spec, getattr(record, field), horizon)
        after = plain(spec, value, horizon)
        return Set(kind=kind, id=record.id, field=field, expected=before, value=after)

    def _free_id(self) -> CaseId:
        stamp = self._date.replace("-", "")
        return CaseId(_free(f"E-{stamp}-{written(self.moment.now).replace(':', '')}",
                            self.facts.cases))  # fmt: skip

    def _free_absence(self, surgeon: str) -> str:
        taken = {each.id for each in self.problem.absences}
        return _free(f"late-{surgeon}-{self._date}"[:56], taken)


@dataclass(frozen=True, slots=True)
class _Made:
    """What an event changes and hits."""

    changes: tuple[Change, ...]
    sessions: frozenset[SessionId]
    surgeons: frozenset[str] = frozenset()
    shut: frozenset[SessionId] = frozenset()
    case: CaseId | None = None


def _free(wanted: str, taken: Collection[str]) -> str:
    """Give an id that nothing has yet."""
    if wanted not in taken:
        return wanted
    return next(name for n in count(2) if (name := f"{wanted}-{n}") not in taken)


def usual_procedure(problem: Problem, specialty: str, minutes: int) -> Procedure | None:
    """Choose the procedure by which a case without one is planned: what it needs, and who may do it.

    The one that asks for the least of the house, that most surgeons do, and whose usual length is
    nearest.
    """
    surgeons = [each for each in problem.surgeons if each.specialty == specialty]

    def able(id: ProcedureId) -> int:
        return sum(not each.procedures or id in each.procedures for each in surgeons)

    def rank(each: Procedure) -> tuple[int, int, int, str]:
        asks = len(each.features) + len(each.equipment)
        return asks, -able(each.id), abs(each.mean - minutes), each.id

    own = [each for each in problem.procedures if each.specialty == specialty]
    return min(own, key=rank, default=None)
