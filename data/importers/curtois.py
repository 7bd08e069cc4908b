"""Shift rosters of Curtois and Qu (schedulingbenchmarks.org): text in sections, cost = our soft score.

What the format does not tell is chosen so that nothing else is judged: the horizon starts on a
Monday, in UTC; shifts end within their day; days outside the horizon are unknown, so blocks of days
that touch its edges are never too short.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from data.csv.files import text_of
from data.importing import (
    FileFault,
    Imported,
    Importer,
    Unreadable,
    by_place,
    importer,
    inconsistent,
    opening,
)
from data.solution_rows import solution_rows, write_rows
from planner.clock import MINUTES_A_DAY, Horizon
from planner.people import Absence, Contract, ContractId, Request, ShiftId, StaffId, StaffMember
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import Rule, Scope
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.allowed_shifts import AllowedShifts
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.forbidden_sequence import ForbiddenSequence
from planner.rules.roster.one_duty import OneDuty
from planner.rules.roster.request import Requests
from planner.rules.roster.rest_run import RestRun
from planner.rules.roster.run_length import RunLength
from planner.rules.roster.weekend_count import WeekendCount
from planner.rules.roster.window_count import WindowCount
from planner.rules.roster.window_sum import WindowSum

HEADER: Final = ("employee", "day", "shift")
MONDAY: Final = date(2026, 1, 5)
MORNING: Final = 360
SECTIONS: Final = {
    "SECTION_HORIZON": (1, 1),
    "SECTION_SHIFTS": (2, 3),
    "SECTION_STAFF": (8, 8),
    "SECTION_DAYS_OFF": (2, 10_000),
    "SECTION_SHIFT_ON_REQUESTS": (4, 4),
    "SECTION_SHIFT_OFF_REQUESTS": (4, 4),
    "SECTION_COVER": (5, 5),
}
"""Sections, each with the fewest and most fields of its lines."""

AnyRule = Rule[Any, Any]


class Roster:
    """The solution form `employee,day,shift`: days count from 0, a line a duty."""

    def read_solution(self, problem: Problem, path: Path) -> Plan:
        """Read a roster of a problem.

        Raises:
            Unreadable: the file is no such roster, or names what the problem has not.
            OSError: it cannot be opened.
        """
        staff: set[str] = {person.id for person in problem.staff}
        shifts: set[str] = {shift.id for shift in problem.shifts}
        duties = []
        for line, (person, day, shift) in solution_rows(path, HEADER):
            for value, ids in ((person, staff), (shift, shifts)):
                if value not in ids:
                    raise Unreadable("not_in_instance", path.name, row=line, value=value)
            if not day.isdecimal() or int(day) > problem.horizon.last:
                raise Unreadable("not_in_instance", path.name, row=line, value=day)
            duties.append(Duty(StaffId(person), int(day), ShiftId(shift)))
        return Plan.build((), duties)

    def write_solution(self, problem: Problem, plan: Plan, path: Path) -> None:
        """Write the roster of a plan, person by person."""
        order = {person.id: number for number, person in enumerate(problem.staff)}
        duties = sorted(plan.duties, key=lambda duty: (order[duty.person], duty.day))
        write_rows(path, HEADER, ((duty.person, duty.day, duty.shift) for duty in duties))


@importer("curtois", suffixes=(".txt",))
class Curtois(Importer):
    """Reads an instance; weights of cover and wishes stand on their records, the rules weigh 1."""

    solution = Roster()

    def sniff(self, path: Path) -> bool:
        """Tell whether the file begins with the section of the horizon."""
        return b"SECTION_HORIZON" in opening(path)

    def take(self, path: Path, options: Mapping[str, str]) -> Imported:
        """Read the instance."""
        instance = _Instance(path)
        problem = instance.problem()
        faults = by_place(instance.faults) or inconsistent(problem, path.name)
        if faults:
            return Imported(faults=faults)
        return Imported(problem=problem, good=sum(map(len, instance.rows.values())))


class _Instance:
    """The lines of an instance by section, checked field by field."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.faults: list[FileFault] = []
        self.rows: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
        section = ""
        for line, raw in enumerate(text_of(path).splitlines(), start=1):
            text = raw.strip()
            if text.startswith("SECTION_"):
                section = text
                if section not in SECTIONS:
                    self._fault("section_unknown", line, value=section)
            elif text and not text.startswith("#") and section in SECTIONS:
                self._add(section, line, [part.strip() for part in text.split(",")])
        for name in ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF"):
            if not self.rows[name] and not self.faults:
                self._fault("section_missing", 0, value=name)
        self.days = self._whole(*self.rows["SECTION_HORIZON"][0], 0) if not self.faults else 1
        self.shifts = {row[0]: row for _, row in self.rows["SECTION_SHIFTS"]}
        self.staff = {row[0]: row for _, row in self.rows["SECTION_STAFF"]}

    def _fault(self, what: str, line: int, field: int = 0, **facts: str | int) -> None:
        """Note a fault; the column is the number of the field."""
        column = str(field or "")
        fault = FileFault(what=what, file=self.file, row=line, column=column, facts=facts)
        if fault not in self.faults:  # the same line can be read for several rules
            self.faults.append(fault)

    def _add(self, section: str, line: int, row: list[str]) -> None:
        fewest, most = SECTIONS[section]
        if fewest <= len(row) <= most:
            self.rows[section].append((line, row))
        else:
            self._fault("fields_wrong", line, found=len(row), wanted=fewest)

    def _whole(self, line: int, row: list[str], place: int) -> int:
        words = "0" if row[place] == "-0" else row[place]  # one instance has such weights
        if words.isdecimal():
            return int(words)
        self._fault("not_whole", line, place + 1, value=row[place])
        return 1

    def _known(self, line: int, row: list[str], place: int, ids: Mapping[str, Any]) -> bool:
        if row[place] not in ids:
            self._fault("not_in_instance", line, place + 1, value=row[place])
        return row[place] in ids

    def problem(self) -> Problem:
        """Make the problem; worth nothing where faults have been found."""
        if not 1 <= self.days <= 4000 and not self.faults:
            line = self.rows["SECTION_HORIZON"][0][0]
            self._fault("out_of_bounds", line, 1, value=self.days, low=1, high=4000)
        contract = Contract(id=ContractId("all"))
        return Problem(
            horizon=Horizon(start=MONDAY, days=self.days, zone="UTC"),
            as_of=MONDAY,
            contracts=(contract,),
            staff=tuple(self._staff(contract)),
            absences=tuple(self._absences()),
            requests=tuple(self._requests()),
            shifts=tuple(self._shift_types()),
            cover=tuple(self._cover()),
            rules=tuple(self._rules()),
        )

    def _shift_types(self) -> Iterator[ShiftType]:
        for line, row in self.rows["SECTION_SHIFTS"]:
            minutes = self._whole(line, row, 1)
            if not 1 <= minutes <= MINUTES_A_DAY:
                self._fault("out_of_bounds", line, 2, value=minutes, low=1, high=MINUTES_A_DAY)
                continue
            start = min(MORNING, MINUTES_A_DAY - minutes)
            yield ShiftType(
                id=ShiftId(row[0]), start=start, end=start + minutes, tags=frozenset({"work"})
            )

    def _limits(self, line: int, row: list[str]) -> dict[str, int]:
        """Give the most shifts of each type of a person."""
        limits = {}
        for part in row[1].split("|"):
            shift, _, most = part.partition("=")
            if not most.isdecimal():
                self._fault("not_pairs", line, 2, value=row[1])
            elif shift in self.shifts:
                limits[shift] = int(most)
            else:
                self._fault("not_in_instance", line, 2, value=shift)
        return limits

    def _staff(self, contract: Contract) -> Iterator[StaffMember]:
        for line, row in self.rows["SECTION_STAFF"]:
            limits = self._limits(line, row)
            may = frozenset(ShiftId(s) for s in self.shifts if limits.get(s, 1) > 0)
            allowed = may if len(may) < len(self.shifts) else frozenset()
            yield StaffMember(id=StaffId(row[0]), contract=contract.id, shifts=allowed)

    def _absences(self) -> Iterator[Absence]:
        for line, row in self.rows["SECTION_DAYS_OFF"]:
            if self._known(line, row, 0, self.staff):
                for place in range(1, len(row)):
                    day = self._whole(line, row, place)
                    yield Absence(id=f"{row[0]} {day}", person=row[0], first=day, last=day)

    def _requests(self) -> Iterator[Request]:
        for wanted, word in ((True, "ON"), (False, "OFF")):
            for number, (line, row) in enumerate(self.rows[f"SECTION_SHIFT_{word}_REQUESTS"]):
                known = self._known(line, row, 0, self.staff) and self._known(
                    line, row, 2, self.shifts
                )
                if known:
                    yield Request(
                        id=f"{word.lower()} {number}",
                        person=StaffId(row[0]),
                        day=self._whole(line, row, 1),
                        shift=ShiftId(row[2]),
                        wanted=wanted,
                        weight=self._whole(line, row, 3),
                    )

    def _cover(self) -> Iterator[CoverRequirement]:
        for number, (line, row) in enumerate(self.rows["SECTION_COVER"]):
            if self._known(line, row, 1, self.shifts):
                day, needed, below, above = (
                    self._whole(line, row, place) for place in (0, 2, 3, 4)
                )
                yield CoverRequirement(
                    id=f"{row[1]} {day} {number}",
                    day=day,
                    shifts=frozenset({ShiftId(row[1])}),
                    least=needed,
                    most=needed,
                    price_below=below,
                    price_above=above,
                )

    def _rules(self) -> Iterator[AnyRule]:
        yield OneDuty(id="one shift a day")
        yield AllowedShifts(id="allowed shifts")
        yield NotWhileAway(id="days off")
        followers: dict[str, list[str]] = defaultdict(list)  # a rule for all shifts with the same
        for _, row in self.rows["SECTION_SHIFTS"]:
            named = sorted(filter(None, row[2].split("|") if len(row) > 2 else ()))
            if named:
                followers["/".join(named)].append(row[0])
        for number, (after, shifts) in enumerate(followers.items(), 1):
            before = "/".join(shifts)
            name = f"{after} after {before}"
            id = name if len(name) <= 60 else f"succession {number}"
            yield ForbiddenSequence(id=id, pattern=(before, after))
        yield from self._shared_limits()
        yield Coverage(id="too few", level="least", tier=1, weight=1)
        yield Coverage(id="too many", level="most", tier=1, weight=1)
        yield Requests(id="wishes", tier=4, weight=1)

    def _shared_limits(self) -> Iterator[AnyRule]:
        """Give the rules with limits of a person's own, one for all who have the same."""
        groups: dict[tuple[str, tuple[Any, ...]], list[str]] = defaultdict(list)
        for line, row in self.rows["SECTION_STAFF"]:
            most_minutes, least_minutes, run, least_run, rest, weekends = (
                self._whole(line, row, place) for place in range(2, 8)
            )
            for shift, most in self._limits(line, row).items():
                if 0 < most < self.days:
                    groups["shifts", (shift, most)].append(row[0])
            groups["minutes", (least_minutes, most_minutes)].append(row[0])
            groups["run", (least_run, run)].append(row[0])
            groups["rest", (rest,)].append(row[0])
            groups["weekends", (weekends,)].append(row[0])
        for (name, limits), people in groups.items():
            yield _limit(name, Scope.of(person=people), limits)


def _limit(name: str, scope: Scope, limits: tuple[Any, ...]) -> AnyRule:
    """Make the rule of a limit for those who have it."""
    given: dict[str, Any] = {"id": " ".join(map(str, (name, *limits))), "scope": scope}
    match name:
        case "shifts":
            return WindowCount(tag=limits[0], window="horizon", most=limits[1], **given)
        case "minutes":
            return WindowSum(window="horizon", least=limits[0], most=limits[1], **given)
        case "run":
            return RunLength(least=max(limits[0], 1), most=limits[1], **given)
        case "rest":
            return RestRun(least=max(limits[0], 1), **given)
    return WeekendCount(window="horizon", most=limits[0], **given)
