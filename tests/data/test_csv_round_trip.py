"""What the CSV exporter writes, the importer reads back to equal values."""

import csv
import dataclasses
import importlib.util
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from demo_hospitals import generate
from hypothesis import given, settings

from data import exporting, importing
from data.csv.decisions import DUTIES, PLACEMENTS, STUDY
from data.csv.headers import _all_names, plain_words
from data.csv.rows import load
from data.csv.rules import read_rules, rules_text
from data.exporters.csv import _write
from data.importers.csv import _names
from data.tables import Table, tables
from planner.clock import Horizon
from planner.plan import Duty, Placement, Plan
from planner.problem import ATTRIBUTES, RECORD_KINDS, Problem
from planner.rules import catalogue

_spec = importlib.util.spec_from_file_location(
    "csv_drawing", Path(__file__).with_name("csv_drawing.py")
)
assert _spec is not None
assert _spec.loader is not None
drawing: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(drawing)

drawn = pytest.mark.parametrize("examples", [5, pytest.param(60, marks=pytest.mark.long)])


def test_a_small_hospital_comes_back(tmp_path: Path) -> None:
    problem, plan = drawing.a_small_hospital()
    assert all(problem.records(kind) for kind in RECORD_KINDS)
    exporting.catalogue()["csv"].write(problem, plan, tmp_path / "out")
    imported = importing.catalogue()["csv"].read(tmp_path / "out")
    assert imported.faults == ()
    assert imported.problem == problem
    assert imported.plan == plan
    assert [(fault.what, fault.facts["people"]) for fault in imported.remarks] == [
        ("no_history", "A18")
    ]


def test_the_names_of_the_files(tmp_path: Path) -> None:
    problem, plan = drawing.a_small_hospital()
    exporting.catalogue()["csv"].write(problem, plan, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        *(f"{table.name}.csv" for table in tables()),
        "study.csv",
        "placements.csv",
        "duties.csv",
        "rules.toml",
    }
    placements = (tmp_path / "out" / "placements.csv").read_text(encoding="utf-8-sig").splitlines()
    assert placements == [
        "case;session;room;date;start;end;surgeon",
        "P-0002;S1-0;S1;2026-10-05;;;DR1",
        "P-0001;S1-0;S1;2026-10-05;08:00;08:50;DR1",
    ]
    duties = (tmp_path / "out" / "duties.csv").read_text(encoding="utf-8-sig").splitlines()
    assert duties[2] == "A18;2026-11-01;work;N;19:00;07:30+1"


def test_a_plan_that_names_what_is_gone_is_written_and_refused(tmp_path: Path) -> None:
    problem, plan = drawing.a_small_hospital()
    gone = replace(problem, cases=problem.cases[:1], shifts=problem.shifts[:1], sessions=())
    exporting.catalogue()["csv"].write(gone, plan, tmp_path / "out")
    imported = importing.catalogue()["csv"].read(tmp_path / "out")
    assert imported.problem is None
    found = {(fault.file, fault.column, fault.facts["value"]) for fault in imported.faults}
    assert found == {
        ("appointments.csv", "id", "P-0002"),
        ("duties.csv", "shift", "N"),
        ("histories.csv", "past", "N"),
        ("placements.csv", "case", "P-0002"),
        ("placements.csv", "session", "S1-0"),
        ("promises.csv", "days", "N"),
        ("cover.csv", "shifts", "N"),
        ("lines.csv", "sat", "N"),
    }


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_no_cell_of_text_is_a_formula(kind: str, tmp_path: Path) -> None:
    problem, plan = drawing.a_small_hospital()
    exporting.catalogue()["csv"].write(problem, plan, tmp_path / "out")
    table = next(table for table in tables() if table.kind == kind)
    with (tmp_path / "out" / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
@drawn
def test_any_records_come_back(table: Table, examples: int, tmp_path_factory: Any) -> None:
    @settings(max_examples=examples)
    @given(drawing.some_records(table.record))
    def comes_back(records: tuple[Any, ...]) -> None:
        folder = tmp_path_factory.mktemp("out")
        _write(folder, table, records, drawing.HORIZON)
        loaded = load(table, folder / f"{table.name}.csv", drawing.HORIZON)
        assert loaded.faults == []
        assert tuple(loaded.records) == records

    comes_back()


@pytest.mark.parametrize("name", sorted(catalogue()))
@drawn
def test_any_rule_comes_back(name: str, examples: int, tmp_path: Path) -> None:
    @settings(max_examples=examples)
    @given(drawing.some_records(catalogue()[name]))
    def comes_back(rules: tuple[Any, ...]) -> None:
        file = tmp_path / "rules.toml"
        file.write_text(rules_text(rules, drawing.HORIZON), encoding="utf-8")
        assert read_rules(file, drawing.HORIZON) == (rules, [])

    comes_back()


@pytest.mark.parametrize("profile", ["small", "ward"])
def test_a_demo_hospital_comes_back(profile: str, tmp_path: Path) -> None:
    problem, chance = generate(profile), Random(profile)
    placements = [
        Placement(case.id, chance.choice(problem.sessions).id, start=chance.choice([None, 480]))
        for case in (problem.cases if problem.sessions else ())
    ]
    duties = [
        Duty(p.id, day, chance.choice(problem.shifts).id) for p in problem.staff for day in (0, 9)
    ]
    plan = Plan.build(placements, duties)
    exporting.catalogue()["csv"].write(problem, plan, tmp_path / "out")
    imported = importing.catalogue()["csv"].read(tmp_path / "out")
    assert imported.faults == ()
    assert imported.problem == problem
    assert imported.plan == plan


def test_the_study_file_holds_all_that_is_no_record() -> None:
    own = (
        {each.name for each in dataclasses.fields(Problem)} - set(ATTRIBUTES.values()) - {"horizon"}
    )
    horizon = {each.name for each in dataclasses.fields(Horizon)}
    assert {spec.name for spec in STUDY.columns} == own | horizon


@pytest.mark.parametrize("table", [STUDY, PLACEMENTS, DUTIES, *tables()], ids=lambda t: t.name)
def test_no_two_fields_of_a_table_have_a_name_in_common(table: Table) -> None:
    fields_of: dict[str, set[str]] = {}
    for spec in table.columns:
        for words in {spec.name, *_all_names(table.kind, spec.name)}:
            fields_of.setdefault(plain_words(words), set()).add(spec.name)
    assert {words: found for words, found in fields_of.items() if len(found) > 1} == {}


def test_no_two_tables_have_a_file_name_in_common() -> None:
    kinds_of: dict[str, set[str]] = {}
    for words, table in _names():
        kinds_of.setdefault(words, set()).add(table.kind)
    assert {words: kinds for words, kinds in kinds_of.items() if len(kinds) > 1} == {}
