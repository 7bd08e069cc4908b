"""Placements and duties as rows, and back: what stands there for people has to fit."""

from collections.abc import Iterator, Mapping
from typing import Any

from data.csv.cells import clock
from data.csv.checks import Unknown, known_ids
from data.csv.decisions import DutyRow, PlacementRow
from data.csv.rows import Loaded
from data.importing import FileFault
from planner.cases import CaseId
from planner.clock import Again, Twice
from planner.facts import Facts, facts
from planner.hospital import Session, SessionId
from planner.people import ShiftId, StaffId
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem


def placement_rows(problem: Problem, plan: Plan) -> list[PlacementRow]:
    """Give the placements as rows, in order of day, room and start.

    Where the plan names what the problem no longer has, the row tells only what the plan says.
    """
    known = facts(problem)
    return sorted((_placement_row(known, placement) for placement in plan.placements), key=_order)


def _order(row: PlacementRow) -> tuple[int, str, int, str]:
    day = -1 if row.date is None else row.date
    return day, row.room or "", -1 if row.start is None else row.start, row.case


def _placement_row(known: Facts, placement: Placement) -> PlacementRow:
    session = known.sessions.get(placement.session)
    case = known.cases.get(placement.case)
    end = None
    if placement.start is not None and case is not None:
        if placement.surgeon is None or placement.surgeon in known.surgeons:
            minutes = known.minutes(case, placement.surgeon)
            end = _end(known, session, placement.start, minutes)
    return PlacementRow(
        case=placement.case,
        session=placement.session,
        room=None if session is None else session.theatre,
        date=None if session is None else session.day,
        start=_told(known, session, placement.start),
        end=_told(known, session, end),
        surgeon=placement.surgeon,
    )


def _end(known: Facts, session: Session | None, start: int, minutes: int) -> int:
    """Give the end that a clock on the wall shows: the night of its change is no plain sum."""
    return start + minutes if session is None else known.horizon.shown(session.day, start, minutes)


def _told(known: Facts, session: Session | None, minute: int | None) -> int | None:
    """Give a time with which of two it is, on the night on which the clock has it twice."""
    if minute is None or session is None or isinstance(minute, Again):
        return minute
    return Twice(minute) if known.horizon.comes_again(session.day, minute) else minute


def duty_rows(problem: Problem, plan: Plan) -> Iterator[DutyRow]:
    """Give the duties as rows, in order of day, person and shift; as `placement_rows`."""
    known = facts(problem)
    for duty in plan.duties:
        shift = known.shifts.get(duty.shift)
        yield DutyRow(
            person=duty.person,
            date=duty.day,
            track=None if shift is None else shift.track,
            shift=duty.shift,
            start=None if shift is None else shift.start,
            end=None if shift is None else shift.end,
        )


def plan_of(
    problem: Problem, tables: Mapping[str, Loaded], unknown: Unknown
) -> tuple[Plan, list[FileFault]]:
    """Make the plan of the rows read; give it with the remarks on ends that do not fit."""
    reading = _Reading(problem, tables, unknown)
    placements, duties = tables.get("placement"), tables.get("duty")
    found: list[Placement] = []
    worked: list[Duty] = []
    if placements is not None:
        found = list(reading.placements(placements))
    if duties is not None:
        worked = list(reading.duties(duties))
    return Plan.build(found, worked), reading.remarks


class _Reading:
    """Turns rows into decisions, and notes what does not fit the problem."""

    def __init__(self, problem: Problem, tables: Mapping[str, Loaded], unknown: Unknown) -> None:
        self.facts = facts(problem)
        self.ids = known_ids(problem)
        self.lost = {kind: loaded.lost for kind, loaded in tables.items()}
        self.unknown = unknown
        self.remarks: list[FileFault] = []

    def _knows(
        self, loaded: Loaded, line: int, links: Mapping[str, tuple[str, str | None]]
    ) -> bool:
        """Tell whether all records that a row names are there; `links`: field → kind and id."""
        complete = True
        for name, (kind, id) in links.items():
            if id is not None and id not in self.ids[kind]:
                complete = False
                if id not in self.lost.get(kind, ()):
                    self.unknown.add(loaded, line, name, id, kind)
        return complete

    def placements(self, loaded: Loaded) -> Iterator[Placement]:
        """Give the placements of rows whose case, session and surgeon are known."""
        placed: dict[str, int] = {}
        for row, line in zip(loaded.records, loaded.lines, strict=True):
            links = {
                "case": ("case", row.case),
                "session": ("session", row.session),
                "surgeon": ("surgeon", row.surgeon),
            }
            if not self._knows(loaded, line, links):
                continue
            first = placed.setdefault(row.case, line)
            if first != line:
                loaded.fault("placed_twice", line, "case", value=row.case, first=first)
                continue
            if isinstance(row.start, Again):
                loaded.fault("start_again", line, "start", case=row.case, time=clock(row.start))
                continue
            self._place_fits(loaded, line, row)
            start = None if row.start is None else int(row.start)
            yield Placement(CaseId(row.case), SessionId(row.session), row.surgeon, start)

    def _place_fits(self, loaded: Loaded, line: int, row: PlacementRow) -> None:
        session = self.facts.sessions[SessionId(row.session)]
        if row.room is not None and row.room != session.theatre:
            loaded.fault("other_room", line, "room", session=session.id, room=session.theatre)
        if row.date is not None and row.date != session.day:
            on = self.facts.horizon.date(session.day).isoformat()
            loaded.fault("other_date", line, "date", session=session.id, date=on)
        minutes = self.facts.minutes(self.facts.cases[CaseId(row.case)], row.surgeon)
        if row.start is None:
            return
        told = {"case": row.case, "minutes": minutes}
        self._twice(loaded, line, "start", row.start, Twice(row.start), session, told)
        if row.end is None:
            return
        end = _end(self.facts, session, row.start, minutes)
        other = isinstance(row.end, Again | Twice) and type(row.end) is not type(
            _told(self.facts, session, end)
        )
        if row.end != end or other:
            self._remark(loaded, line, "end", "other_end", told)
        else:
            self._twice(loaded, line, "end", row.end, end, session, told)

    def _twice(
        self,
        loaded: Loaded,
        line: int,
        name: str,
        written: int,
        meant: int,
        session: Session,
        told: dict[str, Any],
    ) -> None:
        """Say which of two times a row is taken to mean that does not say it."""
        marked = isinstance(written, Again | Twice)
        if not marked and self.facts.horizon.comes_again(session.day, written):
            which = clock(meant if isinstance(meant, Again) else Twice(meant))
            facts = told | {"time": clock(int(written)), "which": which}
            self._remark(loaded, line, name, "time_twice", facts)

    def _remark(
        self, loaded: Loaded, line: int, name: str, what: str, facts: dict[str, Any]
    ) -> None:
        words = loaded.words.get(name, name)
        made = FileFault(what=what, file=loaded.file, row=line, column=words, facts=facts)
        self.remarks.append(made)

    def duties(self, loaded: Loaded) -> Iterator[Duty]:
        """Give the duties of rows whose person and shift are known."""
        seen: dict[Duty, int] = {}
        for row, line in zip(loaded.records, loaded.lines, strict=True):
            links = {"person": ("staff", row.person), "shift": ("shift", row.shift)}
            if not self._knows(loaded, line, links):
                continue
            duty = Duty(StaffId(row.person), row.date, ShiftId(row.shift))
            first = seen.setdefault(duty, line)
            if first != line:
                loaded.fault("double_duty", line, "person", value=row.person, first=first)
                continue
            self._duty_fits(loaded, line, row)
            yield duty

    def _duty_fits(self, loaded: Loaded, line: int, row: DutyRow) -> None:
        shift: Any = self.facts.shifts[ShiftId(row.shift)]
        for name in ("track", "start", "end"):
            given = getattr(row, name)
            if given is not None and given != getattr(shift, name):
                loaded.fault("other_shift", line, name, shift=row.shift)
        if not 0 <= row.date <= self.facts.horizon.last:
            loaded.fault("outside_horizon", line, "date", id=row.person)
