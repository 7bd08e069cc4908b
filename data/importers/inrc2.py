"""Rosters of the Second International Nurse Rostering Competition, all weeks known beforehand.

An instance is named as a file of its dataset's folder: `n030w4/n030w4_1_6-2-9-1` is the scenario
n030w4 with history 1 and weeks 6, 2, 9 and 1. What a roster costs is our soft score, S1 to S7; H1 to
H4 are hard (Ceschia, Dang, De Causmaecker, Haspeslagh, Schaerf, 2015).

Each shift and skill is a shift of its own, as the skill that a nurse works in counts for cover. Of the
days before the first one only counts are told: they become days of the last shift, after as many of
`Any` shift as she was at work before. What the format does not tell is chosen so that nothing else is
judged: a first Monday, UTC, shifts spread over the day, a contract's hours.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final

from data.importing import (
    FileFault,
    Imported,
    Importer,
    Unreadable,
    by_place,
    importer,
    inconsistent,
)
from data.inrc2_files import (
    COUNTED,
    HISTORY,
    MOST_WEEKS,
    REQUESTS,
    SCENARIO,
    SUCCESSIONS,
    WEEK_DATA,
    Files,
    files_of,
    is_instance,
)
from data.sections import Row, Sections
from data.solution_rows import solution_rows, write_rows
from planner.clock import WEEK, Horizon
from planner.people import (
    Contract,
    ContractId,
    History,
    Request,
    ShiftId,
    StaffId,
    StaffMember,
)
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import Rule, Scope
from planner.rules.roster.allowed_shifts import AllowedShifts
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.forbidden_sequence import ForbiddenSequence
from planner.rules.roster.one_duty import OneDuty
from planner.rules.roster.request import Requests
from planner.rules.roster.rest_run import RestRun
from planner.rules.roster.run_length import RunLength
from planner.rules.roster.weekend_count import WeekendCount
from planner.rules.roster.whole_weekends import WholeWeekends
from planner.rules.roster.window_count import WindowCount

MONDAY: Final = date(2026, 1, 5)
MORNING, HOURS, LENGTH = 360, 16, 480
"""The first shift starts at 06:00, the last one 16 hours later; each is as long."""

MOST_MINUTES, MOST_PAST = 6000, 61
"""Minutes of a contract's week; days before the first one that are told of a nurse."""

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ANY, NONE, WORK = "Any", "None", "work"
PAPER: Final = "INRC-II, Ceschia et al. 2015"
HEADER: Final = ["nurse", "week", "day", "shift", "skill"]
_NO_SHIFT: Final = frozenset({ANY, NONE, WORK})

AnyRule = Rule[Any, Any]


def post_of(shift: str, skill: str) -> ShiftId:
    """Give the id of a shift worked in a skill."""
    return ShiftId(f"{shift} {skill}")


class Assignments:
    """The solution form `nurse,week,day,shift,skill`: weeks count from 0, a day is Mon to Sun."""

    def read_solution(self, problem: Problem, path: Path) -> Plan:
        """Read a roster of a problem.

        Raises:
            Unreadable: the file is no such roster, or names what the problem has not.
            OSError: it cannot be opened.
        """
        staff: set[str] = {person.id for person in problem.staff}
        shifts: set[str] = {shift.id for shift in problem.shifts}
        weeks = set(map(str, range(problem.horizon.days // WEEK)))
        duties: set[Duty] = set()
        for line, cells in solution_rows(path, HEADER):
            nurse, week, day, shift, skill = cells
            post = post_of(shift, skill)
            for value, ids in ((nurse, staff), (week, weeks), (day, DAYS), (post, shifts)):
                if value not in ids:
                    raise Unreadable("not_in_instance", path.name, row=line, value=value)
            duty = Duty(StaffId(nurse), int(week) * WEEK + DAYS.index(day), post)
            if duty in duties:
                raise Unreadable("not_once", path.name, row=line, value=" ".join(cells))
            duties.add(duty)
        return Plan.build((), duties)

    def write_solution(self, problem: Problem, plan: Plan, path: Path) -> None:
        """Write the roster of a plan, nurse by nurse."""
        order = {person.id: number for number, person in enumerate(problem.staff)}
        rows = []
        for duty in sorted(plan.duties, key=lambda duty: (order[duty.person], duty.day)):
            week, day = divmod(duty.day, WEEK)
            shift, _, skill = duty.shift.partition(" ")
            rows.append((duty.person, week, DAYS[day], shift, skill))
        write_rows(path, HEADER, rows)


@importer("inrc2", suffixes=(".txt",))
class Inrc2(Importer):
    """Reads an instance: the name in a dataset's folder, or a folder that holds just one."""

    solution = Assignments()

    def sniff(self, path: Path) -> bool:
        """Tell whether the folder, or that of the name, has the scenario."""
        return is_instance(path)

    def take(self, path: Path, options: Mapping[str, str]) -> Imported:
        """Read the instance."""
        instance = _Instance(files_of(path), path)
        problem = instance.problem()
        faults = by_place(instance.faults) or inconsistent(problem, path.name)
        if faults:
            return Imported(faults=faults)
        good = sum(len(rows) for file in instance.all for rows in file.rows.values())
        return Imported(problem=problem, good=good)


class _Instance:
    """The files of an instance, checked line by line; the problem is worth nothing where faults are."""

    def __init__(self, files: Files, path: Path) -> None:
        self.name = path.name
        self.faults: list[FileFault] = []
        self.scenario = Sections(files.scenario, SCENARIO, COUNTED, self.faults)
        self.history = Sections(files.history, HISTORY, COUNTED, self.faults)
        self.weeks = [Sections(each, WEEK_DATA, COUNTED, self.faults) for each in files.weeks]
        self.all = (self.scenario, self.history, *self.weeks)
        self.skills = self.scenario.codes("SKILLS")
        self.shifts = self.scenario.codes("SHIFT_TYPES")
        self.contracts = self.scenario.codes("CONTRACTS")
        self.nurses = self.scenario.codes("NURSES")
        self.past = self.history.codes("NURSE_HISTORY")
        self.posts = tuple(post_of(*post) for post in product(self.shifts, self.skills))
        for check in (self._belong, self._check, self._complete, self._limits):
            if not self.faults:  # what follows from a fault is not told
                check()

    def _belong(self) -> None:
        """Report files of another scenario, other weeks than it has, and shifts called as what is none."""
        for shift in _NO_SHIFT & self.shifts.keys():
            self.scenario.fault("no_code", self.shifts[shift].line, 1, value=shift)
        name, wanted = self.scenario.head("SCENARIO"), self.scenario.head("WEEKS")
        if "WEEKS" in self.scenario.heads and wanted != str(len(self.weeks)):
            line, found = self.scenario.heads["WEEKS"].line, len(self.weeks)
            self.scenario.fault("weeks_wrong", line, value=self.name, wanted=wanted, found=found)
        elif len(self.weeks) > MOST_WEEKS:
            self._most(self.scenario, self.scenario.heads["WEEKS"], 2, len(self.weeks), MOST_WEEKS)
        for file, section in [(self.history, "HISTORY"), *((f, "WEEK_DATA") for f in self.weeks)]:
            if not file.rows[section] and section in file.heads:
                file.fault("section_missing", file.heads[section].line, value=section)
            for row in file.rows[section][:1]:
                if row.words[-1] != name:
                    file.fault("other_scenario", row.line, value=row.words[-1], wanted=name)

    def _check(self) -> None:
        """Report names that the scenario has not, and what is missing."""
        for file in self.all:
            for name, rows in file.rows.items():
                for row in rows:
                    for place, ids in self._names(name, row):
                        if row.words[place] not in ids:
                            file.fault(
                                "not_in_instance", row.line, place + 1, value=row.words[place]
                            )

    def _complete(self) -> None:
        """Report what is missing and what comes twice."""
        for name, row in self.contracts.items():
            if name in self.shifts:
                self.scenario.fault("not_once", row.line, 1, value=name)
        for nurse in self.nurses:
            if nurse not in self.past:
                self.history.fault("nothing_of", 0, value=nurse)
        for week in self.weeks:
            told = {post_of(*row.words[:2]): row for row in week.rows["REQUIREMENTS"]}
            for post in self.posts:
                if post not in told:
                    week.fault("nothing_of", 0, value=post)
            if len(told) < len(week.rows["REQUIREMENTS"]):
                twice = [r for r in week.rows["REQUIREMENTS"] if r not in told.values()]
                week.fault("not_once", twice[0].line, 1, value=post_of(*twice[0].words[:2]))

    def _limits(self) -> None:
        """Report bounds that the rules cannot have, and pasts that are over a total by themselves."""
        bounds = [(row, 1, 14, 366) for row in self.shifts.values()]
        for row in self.contracts.values():
            bounds += [(row, 1, 4000, 4000), (row, 2, 14, 366), (row, 3, 14, 60)]
            self._most(self.scenario, row, 4, row.whole(4), 60)
        for row, place, *highs in bounds:
            for value, high in zip(row.pair(place), highs, strict=True):
                self._most(self.scenario, row, place, value, high)
        for nurse, row in self.nurses.items():
            contract, past = self.contracts[row.words[1]], self.past[nurse]
            self._most(self.history, past, 1, past.whole(1), contract.pair(1)[1])
            self._most(self.history, past, 2, past.whole(2), contract.whole(4))

    def _most(self, file: Sections, row: Row, place: int, value: int, high: int) -> None:
        if value > high:
            file.fault("out_of_bounds", row.line, place + 1, value=value, low=0, high=high)

    def _names(self, section: str, row: Row) -> Iterator[tuple[int, Any]]:
        """Give the places of a row that name something, with the names that there are."""
        match section:
            case "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS":
                yield from ((place, self.shifts) for place in (0, *range(2, len(row.words))))
            case "NURSES":
                yield 1, self.contracts
                yield from ((place, self.skills) for place in range(3, len(row.words)))
            case "NURSE_HISTORY":
                yield 0, self.nurses
                yield 3, {*self.shifts, NONE}
            case "REQUIREMENTS":
                yield 0, self.shifts
                yield 1, self.skills
            case "SHIFT_OFF_REQUESTS":
                yield from ((0, self.nurses), (1, {*self.shifts, ANY}), (2, DAYS))

    def problem(self) -> Problem:
        """Make the problem."""
        if self.faults:
            return Problem(horizon=Horizon(start=MONDAY, days=WEEK, zone="UTC"), as_of=MONDAY)
        return Problem(
            horizon=Horizon(start=MONDAY, days=WEEK * len(self.weeks), zone="UTC"),
            as_of=MONDAY,
            contracts=tuple(self._contracts()),
            staff=tuple(self._staff()),
            histories=tuple(self._histories()),
            requests=tuple(self._requests()),
            shifts=tuple(self._shift_types()),
            cover=tuple(self._cover()),
            rules=tuple(replace(rule, source=f"{PAPER}, {rule.id[:2]}") for rule in self._rules()),
        )

    def _contracts(self) -> Iterator[Contract]:
        """Give contracts with a week of their own: what lies between fewest and most shifts."""
        for name, row in self.contracts.items():
            week = sum(row.pair(1)) * LENGTH // (2 * len(self.weeks))
            yield Contract(id=ContractId(name), week=min(week, MOST_MINUTES))

    def _staff(self) -> Iterator[StaffMember]:
        for nurse, row in self.nurses.items():
            skills = row.words[3:]
            yield StaffMember(
                id=StaffId(nurse),
                contract=ContractId(row.words[1]),
                role=skills[0] if skills else "",
                skills=frozenset(skills),
                shifts=frozenset(post_of(*post) for post in product(self.shifts, skills)),
            )

    def _histories(self) -> Iterator[History]:
        for nurse, row in self.past.items():
            last, (same, work, off) = row.words[3], map(row.whole, (4, 5, 6))
            if last == NONE:
                fits = same == work == 0 < off
                past = (ANY, *["-"] * off)
            else:
                fits = 0 < same <= work and off == 0
                past = ("-", *[ANY] * (work - same), *[last] * same)
            if not fits or len(past) > MOST_PAST:
                told = " ".join(row.words[3:])
                self.history.fault("past_wrong", row.line, 4, value=told, high=MOST_PAST - 1)
            else:
                yield History(id=StaffId(nurse), past=past)

    def _requests(self) -> Iterator[Request]:
        for week, file in enumerate(self.weeks):
            for row in file.rows[REQUESTS]:
                nurse, shift, day = row.words
                posts = [post for post in self.posts if post.startswith(f"{shift} ")]
                date = week * WEEK + DAYS.index(day)
                for number, post in enumerate(posts or [None]):
                    yield Request(
                        id=f"{nurse} {date} {shift} {number}",
                        person=StaffId(nurse),
                        day=date,
                        shift=post,
                        wanted=False,
                    )

    def _shift_types(self) -> Iterator[ShiftType]:
        apart = max(len(self.shifts) - 1, 1)
        for number, shift in enumerate(self.shifts):
            start = MORNING + round(HOURS * number / apart) * 60
            times: dict[str, Any] = {"start": start, "end": start + LENGTH}
            tone = (
                frozenset({shift.lower()}) - self.shifts.keys()
            )  # early, late, night: as we say it
            tags = frozenset({WORK, shift}) | tone
            for skill in self.skills:
                yield ShiftType(id=post_of(shift, skill), tags=tags, **times)
            yield ShiftType(id=ShiftId(shift), tags=frozenset({WORK}), **times)  # of the past
        yield ShiftType(
            id=ShiftId(ANY), tags=frozenset({WORK}), start=MORNING, end=MORNING + LENGTH
        )

    def _cover(self) -> Iterator[CoverRequirement]:
        for week, file in enumerate(self.weeks):
            for row in file.rows["REQUIREMENTS"]:
                post = post_of(*row.words[:2])
                for day in range(WEEK):
                    least, best = row.pair(2 + day)
                    if best:
                        date = week * WEEK + day
                        yield CoverRequirement(
                            id=f"{post} {date}",
                            day=date,
                            shifts=frozenset({post}),
                            least=least,
                            best=best,
                        )

    # --- rules -------------------------------------------------------------------------------

    def _rules(self) -> Iterator[AnyRule]:
        yield OneDuty(id="H1")
        yield Coverage(id="H2", level="least")
        for row in self.scenario.rows[SUCCESSIONS]:
            if row.words[2:]:
                pattern = (row.words[0], "/".join(row.words[2:]))
                yield ForbiddenSequence(id=f"H3 {row.words[0]}", pattern=pattern)
        yield AllowedShifts(id="H4")
        yield Coverage(id="S1", level="best", tier=3, weight=30)
        for shift, row in self.shifts.items():
            yield _run(f"S2 {shift}", row.pair(1), tag=shift, weight=15)
        for contract, row in self.contracts.items():
            scope = Scope.of(contract=[contract])
            yield _run(f"S2 {contract}", row.pair(2), scope=scope, weight=30)
            least, most = row.pair(3)
            limits: dict[str, Any] = {"least": max(least, 1), "most": max(most, 1), "tier": 4}
            yield RestRun(id=f"S3 {contract}", scope=scope, weight=30, **limits)
            if row.whole(5):
                yield WholeWeekends(id=f"S5 {contract}", scope=scope, tier=4, weight=30)
        yield Requests(id="S4", tier=4, weight=10)
        yield from self._totals()

    def _totals(self) -> Iterator[AnyRule]:
        """Give the totals of each contract: of those who have had some of them before, what is left."""
        for term, place in (("S6", 1), ("S7", 2)):
            groups: dict[tuple[str, int], list[str]] = defaultdict(list)
            for nurse, row in self.nurses.items():
                groups[row.words[1], self.past[nurse].whole(place)].append(nurse)
            for (contract, done), nurses in groups.items():
                alike = sum(name == contract for name, _ in groups) == 1
                scope = Scope.of(contract=[contract]) if alike else Scope.of(person=nurses)
                given: dict[str, Any] = {"scope": scope, "window": "horizon", "tier": 2}
                given["id"] = f"{term} {contract} after {done}" if done else f"{term} {contract}"
                row = self.contracts[contract]
                if term == "S6":
                    least, most = (max(bound - done, 0) for bound in row.pair(1))
                    yield WindowCount(least=least, most=most, weight=20, **given)
                else:
                    yield WeekendCount(most=row.whole(4) - done, weight=30, **given)


def _run(id: str, bounds: tuple[int, int], **given: Any) -> AnyRule:
    least, most = bounds
    return RunLength(id=id, least=max(least, 1), most=max(most, 1), tier=4, **given)
