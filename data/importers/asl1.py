"""Weekly theatre lists of ASL1 Liguria (Scanu, Mochi, Dodaro, Galatà, Maratea): answer-set facts.

A plan says room and day of each case, no start and no order. Days count from 1, a Monday; beds are
told from day −7 on, so the horizon begins there. A count of unplaced cases of priority 2, then 3,
then 4 is what a plan costs: tiers 1, 2 and 3 in strict order.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from data.csv.files import text_of
from data.importing import (
    FileFault,
    Imported,
    Importer,
    Unreadable,
    importer,
    inconsistent,
    opening,
)
from data.solution_rows import solution_rows, write_rows
from planner.cases import Case, CaseId, Priority, PriorityId, Procedure, ProcedureId
from planner.clock import Horizon
from planner.hospital import (
    Census,
    Session,
    SessionId,
    Specialty,
    SpecialtyId,
    Theatre,
    TheatreId,
    Ward,
    WardId,
)
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.contract import Rule, Scope
from planner.rules.theatre.owner import Owner
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.rules.theatre.unscheduled import Unscheduled
from planner.rules.theatre.ward_beds import WardBeds
from planner.study import Pin

HEADER: Final = ("id", "room", "day")
DAY_ONE: Final = date(2026, 1, 12)
OPENS: Final = 480
MODES: Final = {"Ordinario": "inpatient", "DaySurgery": "day", "Ambulatoriale": "outpatient"}
ARGUMENTS: Final = {"mss": 3, "registration": 8, "beds": 3, "givenSchedule": 3}
"""Facts that say something, with their arguments; others are left alone."""

_FACT: Final = re.compile(r'\b(\w+)\s*\(((?:"[^"]*"|[^()"])*)\)\s*\.')
_CONSTANT: Final = re.compile(r"#const\s+(\w+)\s*=\s*(\d+)\s*\.")
_ARGUMENT: Final = re.compile(r'\s*(?:"([^"]*)"|(-?\w+))\s*(?:,|$)')


class Fact(NamedTuple):
    """A fact of the file with its line."""

    line: int
    values: tuple[str, ...]


def session_of(room: str, day: int | str) -> SessionId:
    """Give the id of the session in a room on a day."""
    return SessionId(f"{room} {day}")


class Placed:
    """The solution form `id,room,day`: days count from 1, a line a placed case."""

    def read_solution(self, problem: Problem, path: Path) -> Plan:
        """Read a plan of a problem.

        Raises:
            Unreadable: the file is no such plan, or names what the problem has not.
            OSError: it cannot be opened.
        """
        cases = {case.id for case in problem.cases}
        sessions = {session.id for session in problem.sessions}
        placements: dict[str, Placement] = {}
        for line, (case, room, day) in solution_rows(path, HEADER):
            session = session_of(room, day)
            for value, known in ((case, case in cases), (session, session in sessions)):
                if not known:
                    raise Unreadable("not_in_instance", path.name, row=line, value=value)
            if case in placements:
                raise Unreadable("not_once", path.name, row=line, value=case)
            placements[case] = Placement(CaseId(case), session)
        return Plan.build(placements.values())

    def write_solution(self, problem: Problem, plan: Plan, path: Path) -> None:
        """Write the placements of a plan, in the order of the cases."""
        sessions = {session.id: session for session in problem.sessions}
        where = {placement.case: sessions[placement.session] for placement in plan.placements}
        first = (problem.horizon.start - DAY_ONE).days + 1
        rows = (
            (case.id, session.theatre, first + session.day)
            for case in problem.cases
            if (session := where.get(case.id)) is not None
        )
        write_rows(path, HEADER, rows)


@importer("asl1", suffixes=(".lp",), options={"reading": ("as_encoded", "specialty")})
class Asl1(Importer):
    """Reads an instance; the master plan binds by specialty only in the reading `specialty`."""

    solution = Placed()

    def sniff(self, path: Path) -> bool:
        """Tell whether the file begins with facts of a master plan or of registrations."""
        start = opening(path, 100_000)
        return b"registration(" in start and b"#const" in start

    def take(self, path: Path, options: Mapping[str, str]) -> Imported:
        """Read the instance; given placements become pins."""
        instance = _Instance(path)
        if instance.faults:
            return Imported(faults=tuple(instance.faults))
        problem = instance.problem(options["reading"])
        faults = inconsistent(problem, path.name)
        if faults:
            return Imported(faults=faults)
        plan = Plan.build(instance.given())
        pins = tuple(Pin(kind="case", id=placement.case) for placement in plan.placements)
        good = sum(map(len, instance.facts.values()))
        return Imported(problem=problem, plan=plan, pins=pins, good=good)


class _Instance:
    """The facts of an instance by name, checked argument by argument."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.faults: list[FileFault] = []
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        text = text_of(path)
        self.minutes = dict(_CONSTANT.findall(text)).get("timeDisp")
        if self.minutes is None or not 0 < int(self.minutes) <= 1440:
            self._fault("constant_missing", 0, value="timeDisp")
        self._read(text)
        for name in ("mss", "registration"):
            if not self.facts[name] and not self.faults:
                self._fault("section_missing", 0, value=name)
        self._check()
        self.faults.sort(key=lambda fault: fault.row)

    def _fault(self, what: str, line: int, argument: int = 0, **facts: str | int) -> None:
        """Note a fault; the column is the number of the argument."""
        column = str(argument or "")
        fault = FileFault(what=what, file=self.file, row=line, column=column, facts=facts)
        self.faults.append(fault)

    def _read(self, text: str) -> None:
        line, place = 1, 0
        for found in _FACT.finditer(_CONSTANT.sub(_blank, text)):
            between = text[place : found.start()]
            self._leftover(between, line)
            line += between.count("\n")
            name = found[1]
            if name in ARGUMENTS:
                values = tuple(quoted or bare for quoted, bare in _ARGUMENT.findall(found[2]))
                if len(values) == ARGUMENTS[name]:
                    self.facts[name].append(Fact(line, values))
                else:
                    self._fault("fields_wrong", line, found=len(values), wanted=ARGUMENTS[name])
            line += found[0].count("\n")
            place = found.end()
        self._leftover(text[place:], line)

    def _leftover(self, text: str, line: int) -> None:
        """Report what stands between two facts and is none."""
        rest = _CONSTANT.sub(_blank, text)
        if rest.strip():
            line += rest[: len(rest) - len(rest.lstrip())].count("\n")
            self._fault("no_fact", line, value=rest.strip()[:40])

    def _check(self) -> None:
        """Report numbers that are none, cases that come twice, and given places that there are not."""
        numbers = {"mss": (2,), "beds": (0, 2), "registration": (1, 4, 6, 7), "givenSchedule": (1,)}
        for name, places in numbers.items():
            for line, values in self.facts[name]:
                for place in places:
                    if not values[place].removeprefix("-").isdecimal():
                        self._fault("not_whole", line, place + 1, value=values[place])
        first: dict[str, int] = {}
        for line, values in self.facts["registration"]:
            if first.setdefault(values[0], line) != line or values[3] not in MODES:
                self._fault(
                    "not_once" if values[3] in MODES else "not_in_instance", line, value=values[0]
                )
        rooms = {(values[0], values[2]) for _, values in self.facts["mss"]}
        for line, values in self.facts["givenSchedule"]:
            if values[0] not in first or (values[2], values[1]) not in rooms:
                self._fault("not_in_instance", line, value=f"{values[0]}, {values[2]}, {values[1]}")

    def problem(self, reading: str) -> Problem:
        """Make the problem; `first` is the day of the file that is day 0 of the horizon."""
        days = [int(values[2]) for name in ("mss", "beds") for _, values in self.facts[name]]
        first, last = min(1, *days), max(days)
        start = DAY_ONE + timedelta(days=first - 1)
        specialties = sorted(
            {values[2] for _, values in self.facts["registration"]} | self._owners()
        )
        return Problem(
            horizon=Horizon(start=start, days=last - first + 1, zone="UTC"),
            as_of=start,
            clock=False,
            order="strict",
            specialties=tuple(Specialty(id=SpecialtyId(each)) for each in specialties),
            theatres=tuple(self._theatres()),
            sessions=tuple(self._sessions(first)),
            wards=tuple(self._wards()),
            census=tuple(self._census(first, last)),
            priorities=tuple(Priority(id=PriorityId(f"P{number}")) for number in range(1, 5)),
            procedures=tuple(self._procedures(specialties)),
            cases=tuple(self._cases()),
            rules=tuple(_rules(reading)),
        )

    def _owners(self) -> set[str]:
        return {values[1] for _, values in self.facts["mss"]}

    def _theatres(self) -> Iterator[Theatre]:
        for room in dict.fromkeys(values[0] for _, values in self.facts["mss"]):
            yield Theatre(id=TheatreId(room))

    def _sessions(self, first: int) -> Iterator[Session]:
        owners: dict[tuple[str, str], set[SpecialtyId]] = defaultdict(set)
        for _, (room, specialty, day) in self.facts["mss"]:
            owners[room, day].add(SpecialtyId(specialty))
        for (room, day), specialties in owners.items():
            yield Session(
                id=session_of(room, day),
                theatre=TheatreId(room),
                day=int(day) - first,
                start=OPENS,
                end=OPENS + int(self.minutes or 0),
                owners=frozenset(specialties),
                overtime=0,
            )

    def _most_beds(self) -> dict[str, int]:
        """Give the beds of each ward: enough for all where no fact bounds them."""
        needed: dict[str, int] = defaultdict(int)
        for _, (beds, specialty, _day) in self.facts["beds"]:
            needed[specialty] = max(needed[specialty], int(beds))
        for _, values in self.facts["registration"]:
            if values[2] in needed:
                needed[values[2]] += 1
        return needed

    def _wards(self) -> Iterator[Ward]:
        for specialty, beds in self._most_beds().items():
            yield Ward(id=WardId(specialty), beds=max(1, beds))

    def _census(self, first: int, last: int) -> Iterator[Census]:
        most = self._most_beds()
        for _, (beds, specialty, day) in self.facts["beds"]:
            if first <= int(day) <= last:
                yield Census(
                    id=f"{specialty} {day}",
                    ward=WardId(specialty),
                    day=int(day) - first,
                    taken=max(1, most[specialty]) - int(beds),
                )

    def _procedures(self, specialties: list[str]) -> Iterator[Procedure]:
        for specialty in specialties:
            yield Procedure(
                id=ProcedureId(specialty), specialty=SpecialtyId(specialty), turnover=0, recovery=0
            )

    def _cases(self) -> Iterator[Case]:
        wards = self._most_beds()
        for _, values in self.facts["registration"]:
            id, priority, specialty, kind, minutes, flag, before, after = values
            nights = int(before) + int(after)
            stays = kind == "Ordinario" and flag == "0" and nights > 0 and specialty in wards
            yield Case(
                id=CaseId(id),
                procedure=ProcedureId(specialty),
                specialty=SpecialtyId(specialty),
                unattended=True,
                priority=PriorityId(f"P{priority}"),
                mean=int(minutes),
                deviation=0,
                mode=MODES[kind],
                ward=WardId(specialty) if stays else None,
                nights_before=int(before) if stays else 0,
                nights=int(after) + 1 if stays else 0,  # the day of the operation takes a bed too
            )

    def given(self) -> Iterator[Placement]:
        """Give the placements that the instance fixes."""
        for _, (id, day, room) in self.facts["givenSchedule"]:
            yield Placement(CaseId(id), session_of(room, day))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _rules(reading: str) -> Iterator[Rule[Any, Any]]:
    yield SessionOvertime(id="minutes", after="end")
    yield WardBeds(id="beds", kind="ward")
    if reading == "specialty":
        yield Owner(id="master plan", when="before")
    mandatory = Scope.of(priority=["P1"])
    yield Unscheduled(id="P1", measure="cases", tier=0, weight=720, scope=mandatory)
    for tier, priority in enumerate(("P2", "P3", "P4"), start=1):
        scope = Scope.of(priority=[priority])
        yield Unscheduled(id=priority, measure="cases", tier=tier, weight=1, scope=scope)
