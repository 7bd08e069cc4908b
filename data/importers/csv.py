"""A folder of CSV files, one a kind of record, with the plan and the rules."""

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from data.csv.checks import Unknown, consistency
from data.csv.decisions import CALENDAR, DUTIES, PLACEMENTS, STUDY, StudyRow
from data.csv.headers import plain_words
from data.csv.plans import plan_of
from data.csv.rows import Loaded, load
from data.csv.rules import read_rules
from data.importing import (
    FileFault,
    Imported,
    Importer,
    Unreadable,
    by_place,
    importer,
    unopened,
)
from data.tables import Table, tables
from planner.clock import FIRST_DATE, LAST_DATE, Horizon
from planner.plan import Plan
from planner.problem import ATTRIBUTES, Problem
from planner.rules.contract import Rule
from planner.words import LANGUAGES, say

RULES = "rules.toml"
_OF_THE_PERIOD: Final = frozenset({"far_day", "outside_horizon"})
_OF_A_FILE: Final = frozenset({"quotes", "no_encoding"})
"""Faults at a line after which nobody knows what the next lines are."""


@importer("csv", options={"faulty": ("refuse", "skip")})
class CsvFolder(Importer):
    """Reads what the exporter of the same name writes, and what spreadsheets make of it.

    Every file is checked to its end, so that all faults are told at once. `faulty=skip` does without
    the lines that have one, and without those that name them; each is told.
    """

    def sniff(self, path: Path) -> bool:
        """Tell whether the folder has a file with the name of a table."""
        names = dict(_names())
        return path.is_dir() and any(plain_words(each.stem) in names for each in _files(path))

    def take(self, path: Path, options: Mapping[str, str]) -> Imported:
        """Read the folder; nothing of it is taken where there is a fault that is to be mended."""
        if not path.is_dir():
            what = "no_folder" if path.exists() else "no_file"
            raise Unreadable(what, path.name, path=str(path))
        folder = _Folder(path)
        study = folder.study()
        folder.load(study)
        found = _judged(folder, study)
        left_out: list[FileFault] = []
        if options["faulty"] == "skip" and all(_of_a_row(folder, each) for each in found.faults):
            while found.rows:
                left_out += found.faults
                folder.leave_out(found.rows)
                found = _judged(folder, study)
        good = sum(len(loaded.records) for loaded in folder.tables.values())
        remarks = by_place(found.remarks)
        if found.faults:
            return Imported(faults=by_place(found.faults), remarks=remarks, good=good)
        out = by_place(left_out)
        return Imported(
            problem=found.problem, plan=found.plan, remarks=remarks, left_out=out, good=good
        )


class _Found(NamedTuple):
    """What the rows of a folder make: a problem with its plan, and what is wrong with them.

    `rows` are the files and lines with a fault, those that no sentence names among them.
    """

    problem: Problem
    plan: Plan
    faults: list[FileFault]
    remarks: list[FileFault]
    rows: frozenset[tuple[str, int]]


def _judged(folder: "_Folder", study: StudyRow) -> _Found:
    problem = folder.problem(study)
    unknown = Unknown(folder.tables)
    made: dict[str, list[FileFault]] = {k: list(t.faults) for k, t in folder.tables.items()}
    found, remarks = consistency(problem, folder.tables, unknown)
    plan, ends = plan_of(problem, folder.tables, unknown)
    told = [*folder.faults, *found, *unknown.faults()]
    for kind, loaded in folder.tables.items():
        told += loaded.faults
        loaded.faults = made[kind]  # those of the plan are found anew with fewer rows
    remarks += ends
    if not folder.dated:  # no day can be judged without the period
        told = [each for each in told if each.what not in _OF_THE_PERIOD]
        remarks = [each for each in remarks if each.what not in _OF_THE_PERIOD]
    rows = {(each.file, each.row) for each in told if _of_a_row(folder, each)}
    return _Found(problem, plan, told, remarks, frozenset({*rows, *unknown.lines()}))


def _of_a_row(folder: "_Folder", fault: FileFault) -> bool:
    """Tell whether a fault is that of one row that can be done without: not of a file, nor a header."""
    return fault.row > 1 and fault.what not in _OF_A_FILE and fault.file in folder.rowed


class _Folder:
    """The files of a folder by table, and what is wrong with them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[FileFault] = []
        self.tables: dict[str, Loaded] = {}
        named = dict(_names())
        self.files: dict[str, Path] = {}
        self.dated = False
        for file in _files(path):
            table = named.get(plain_words(file.stem))
            if table is None:
                names = ", ".join(f"{each.name}.csv" for each in _all_tables())
                facts: dict[str, str | int] = {"names": names}
                self.faults.append(FileFault(what="file_unknown", file=file.name, facts=facts))
            elif table.kind in self.files:
                facts = {"other": self.files[table.kind].name}
                self.faults.append(FileFault(what="file_twice", file=file.name, facts=facts))
            else:
                self.files[table.kind] = file

    def study(self) -> StudyRow:
        """Read the one row of the study; where it cannot be read, a row to go on checking with."""
        loaded = self._load(STUDY, CALENDAR)
        if loaded is None:
            self.faults.append(FileFault(what="no_study", file="study.csv"))
        elif len(loaded.records) == 1:
            row: StudyRow = loaded.records[0]
            line = loaded.lines[0]
            if not _zone_exists(row.zone):
                loaded.fault("no_zone", line, "zone", value=row.zone)
            if not 1 <= row.days <= 4000:
                loaded.fault("out_of_bounds", line, "days", value=row.days, low=1, high=4000)
            low, high = (CALENDAR.day(date) for date in (FIRST_DATE, LAST_DATE))
            far = [name for name in ("start", "as_of") if not low <= getattr(row, name) <= high]
            for name in far:
                value, *bounds = (
                    CALENDAR.date(day).isoformat() for day in (getattr(row, name), low, high)
                )
                loaded.fault(
                    "out_of_bounds", line, name, value=value, low=bounds[0], high=bounds[1]
                )
            self.dated = "start" not in far
            usual: dict[str, Any] = dict.fromkeys(far, 0)
            return row if not loaded.faults else dataclasses.replace(row, zone="UTC", **usual)
        elif not loaded.faults:
            loaded.fault(
                "one_row", loaded.lines[1] if loaded.records else 1, found=len(loaded.records)
            )
        return StudyRow(start=0, days=28, as_of=0, zone="UTC")

    def load(self, study: StudyRow) -> None:
        """Read all rows and rules."""
        self.horizon = Horizon(start=CALENDAR.date(study.start), days=study.days, zone=study.zone)
        for table in (*tables(), PLACEMENTS, DUTIES):
            self._load(table, self.horizon)
        self.rules = self._rules(self.horizon)

    def problem(self, study: StudyRow) -> Problem:
        """Make the problem of the rows that are left."""
        records: dict[str, Any] = {
            ATTRIBUTES[table.kind]: tuple(self.tables[table.kind].records)
            for table in tables()
            if table.kind in self.tables
        }
        return Problem(
            horizon=self.horizon,
            as_of=CALENDAR.date(study.as_of),
            clock=study.clock,
            order=study.order,
            noon=study.noon,
            rules=self.rules,
            **records,
        )

    @property
    def rowed(self) -> frozenset[str]:
        """The files whose lines are records each: all but that of the study."""
        return frozenset(t.file for kind, t in self.tables.items() if kind != STUDY.kind)

    def leave_out(self, rows: Collection[tuple[str, int]]) -> None:
        """Do without some lines, each of a file."""
        for kind, loaded in self.tables.items():
            if kind != STUDY.kind:
                lines = {line for file, line in rows if file == loaded.file}
                loaded.faults = [each for each in loaded.faults if each.row not in lines]
                loaded.leave_out(lines)

    def _load(self, table: Table, horizon: Horizon) -> Loaded | None:
        file = self.files.get(table.kind)
        if file is None:
            return None
        loaded = load(table, file, horizon)
        self.tables[table.kind] = loaded
        return loaded

    def _rules(self, horizon: Horizon) -> tuple[Rule[Any, Any], ...]:
        file = self.path / RULES
        if not file.exists():
            return ()
        try:
            rules, faults = read_rules(file, horizon)
        except Unreadable as error:
            self.faults.append(error.fault)
            return ()
        except OSError as error:
            self.faults.append(unopened(file, error))
            return ()
        self.faults += faults
        return rules


def _zone_exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _files(path: Path) -> list[Path]:
    return sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv")


def _all_tables() -> tuple[Table, ...]:
    return (STUDY, *tables(), PLACEMENTS, DUTIES)


def _names() -> Iterator[tuple[str, Table]]:
    """Give every name that the file of a table may have: its own, and those in both languages."""
    for table in _all_tables():
        for lang in LANGUAGES:
            for words in say(f"alias.file.{table.kind}", lang).split("|"):
                yield plain_words(words), table
    for table in _all_tables():
        yield plain_words(table.name), table
