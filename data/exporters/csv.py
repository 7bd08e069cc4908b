"""A folder of CSV files, one a kind of record, with the plan and the rules: all of a problem."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from data.csv.cells import writer
from data.csv.decisions import CALENDAR, DUTIES, PLACEMENTS, STUDY, StudyRow
from data.csv.plans import duty_rows, placement_rows
from data.csv.rules import rules_text
from data.exporting import Exporter, exporter
from data.tables import Table, tables
from planner.clock import Horizon
from planner.plan import Plan
from planner.problem import Problem


@exporter("csv")
class CsvFolder(Exporter):
    """Writes `study.csv`, a file a kind of record, `placements.csv`, `duties.csv` and `rules.toml`.

    The importer of the same name reads equal values back. UTF-8 with its mark and semicolons, so
    that a double click opens them rightly in French and English spreadsheets.
    """

    def write(self, problem: Problem, plan: Plan, path: Path) -> None:
        """Write the folder, which must not be there yet, or be empty."""
        path.mkdir(parents=True, exist_ok=True)
        horizon = problem.horizon
        _write(path, STUDY, [study_row(problem)], CALENDAR)
        for table in tables():
            _write(path, table, problem.records(table.kind), horizon)
        _write(path, PLACEMENTS, placement_rows(problem, plan), horizon)
        _write(path, DUTIES, duty_rows(problem, plan), horizon)
        rules = rules_text(problem.rules, horizon)
        (path / "rules.toml").write_text(rules, encoding="utf-8", newline="\n")


def study_row(problem: Problem) -> StudyRow:
    """Give the facts of a problem that are no records."""
    return StudyRow(
        start=CALENDAR.day(problem.horizon.start),
        days=problem.horizon.days,
        zone=problem.horizon.zone,
        as_of=CALENDAR.day(problem.as_of),
        clock=problem.clock,
        order=problem.order,
        noon=problem.noon,
    )


def _write(folder: Path, table: Table, records: Iterable[Any], horizon: Horizon) -> None:
    columns = [(spec.name, writer(spec, horizon)) for spec in table.columns]
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow([name for name, _ in columns])
        for record in records:
            lines.writerow([write(getattr(record, name)) for name, write in columns])
