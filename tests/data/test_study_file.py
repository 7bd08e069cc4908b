"""A study is saved and read back as it was, in a plain SQLite file."""

import dataclasses
import importlib.util
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from data import reading, writing
from data.database import connect
from data.ddl import record_tables
from data.migrations import APPLICATION, SCHEMA, create, schema_sql
from data.refused import Refused
from data.study_file import create_study, open_study, save_study
from planner.changes import ChangeSet, Set
from planner.clock import Horizon
from planner.edits import AdoptPlan, Branch, Delete, EditRefusedError, Record, Switch
from planner.plan import Placement
from planner.problem import ATTRIBUTES
from planner.study import Study

_spec = importlib.util.spec_from_file_location(
    "study_drawing", Path(__file__).with_name("study_drawing.py")
)
assert _spec is not None
assert _spec.loader is not None
study_drawing: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(study_drawing)


PLAN_TABLES = ("plans", "placements", "duties")


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as plain:
        return plain.execute(statement).fetchall()


@pytest.fixture
def path(tmp_path: Path, study_bytes: bytes) -> Path:
    made = tmp_path / "bloc.opale"
    made.write_bytes(study_bytes)
    return made


def test_a_study_comes_back_as_it_was(path: Path, study: Study) -> None:
    with open_study(path) as opened:
        assert opened.study == study
        assert opened.path == path
    assert all(study.base.records(kind) for kind in ("case", "rule", "history", "cover"))


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(study=study_drawing.a_study())
def test_any_study_comes_back_as_it_was(
    study: Study, tmp_path_factory: pytest.TempPathFactory
) -> None:
    comes_back(study, tmp_path_factory)


@pytest.mark.long
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(study=study_drawing.a_study())
def test_many_studies_come_back(study: Study, tmp_path_factory: pytest.TempPathFactory) -> None:
    comes_back(study, tmp_path_factory)


def comes_back(study: Study, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "any.opale"
    save_study(study, path)
    with open_study(path) as opened:
        assert opened.study == study


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(before=study_drawing.a_study(), after=study_drawing.a_study())
def test_writing_by_difference_ends_where_writing_anew_does(before: Study, after: Study) -> None:
    """From any state to any other: the tables do not remember the way."""
    ends_alike(before, after)


@pytest.mark.long
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(before=study_drawing.a_study(), after=study_drawing.a_study())
def test_many_differences_end_alike(before: Study, after: Study) -> None:
    ends_alike(before, after)


def ends_alike(before: Study, after: Study) -> None:
    with closing(connect()) as connection, closing(connect()) as fresh:
        create(connection)
        writing.write(connection, None, before)
        writing.write(connection, before, after)
        create(fresh)
        writing.write(fresh, None, after)
        assert reading.read(connection) == after
        for table in (*ATTRIBUTES.values(), "changes", "pins", "waivers", *PLAN_TABLES):
            count = f"SELECT count(*) FROM {table}"
            assert connection.execute(count).fetchone() == fresh.execute(count).fetchone(), table


def test_the_sql_of_the_schema_is_what_the_fields_say() -> None:
    """A new field needs a new format: schema/NNNN.sql, SCHEMA and a step in migrations."""
    assert record_tables() in schema_sql(SCHEMA)


def test_any_sqlite_tool_can_read_it(path: Path) -> None:
    assert rows(path, "PRAGMA application_id") == [(APPLICATION,)]
    assert rows(path, "PRAGMA user_version") == [(SCHEMA,)]
    assert rows(path, "PRAGMA journal_mode") == [("delete",)]
    [case] = rows(path, "SELECT listed, due, unavailable, sex FROM cases WHERE id = 'P-0001'")
    assert case == ("2026-09-15", "2026-10-15", '["2026-10-08","2026-10-09"]', "f")
    assert rows(path, 'SELECT day, start, "end" FROM sessions') == [
        ("2026-10-05", "08:00", "16:00")
    ]
    assert rows(path, "SELECT start, \"end\" FROM shifts WHERE id = 'N'") == [("19:00", "31:30")]
    assert rows(path, "SELECT DISTINCT person, day, shift FROM duties ORDER BY day") == [
        ("A17", "2026-10-06", "J"),
        ("A18", "2026-11-01", "N"),
    ]
    strict = rows(path, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0")
    assert strict == [("sqlite_schema",)]


def test_only_what_differs_from_the_parent_is_stored(path: Path, study: Study) -> None:
    """The child moved the cases of the base, and nobody; the grandchild nothing at all."""
    joined = "JOIN plans ON plans.number = plan JOIN scenarios ON scenarios.number = scenario"
    cases = rows(path, f'SELECT name, "case" FROM placements {joined} WHERE "which" = \'plan\'')
    plan = study.scenario("base").plan
    placed = {placement.case for placement in plan.placements}
    assert {name for name, _ in cases} == {"base", "salle fermée"}
    for scenario in ("base", "salle fermée"):
        assert {case for name, case in cases if name == scenario} == placed
    people = rows(path, f"SELECT name, day, person FROM duties {joined}")
    assert {name for name, *_ in people} == {"base"}
    assert len(people) == len(list(plan.duties))


def test_a_child_that_emptied_a_session_stays_empty(tmp_path: Path, study: Study) -> None:
    plan = study.scenario("base").plan
    bare = AdoptPlan(scenario="salle fermée", plan=plan.with_placements([])).apply(study)
    save_study(bare, tmp_path / "bare.opale")
    with open_study(tmp_path / "bare.opale") as opened:
        assert opened.study == bare
        assert list(opened.study.scenario("salle fermée").plan.placements) == []
        assert list(opened.study.scenario("base").plan.placements) == list(plan.placements)


def test_twenty_scenarios_with_changes(tmp_path: Path, study: Study) -> None:
    path = tmp_path / "many.opale"
    with create_study(study) as opened:
        for number in range(20):
            name = f"idée {number}"
            parent = f"idée {number - 1}" if number % 5 else "base"
            opened.do(Branch(parent=parent, name=name))
            change = Set(
                kind="session", id="S1-0", field="overtime", expected=60, value=10 * number
            )
            opened.do(Record(scenario=name, group=ChangeSet(name=f"n{number}", changes=(change,))))
            start = [Placement("P-0001", "S1-0", "DR1", 480 + 5 * number)]
            plan = opened.study.scenario(name).plan.with_placements(start)
            opened.do(AdoptPlan(scenario=name, plan=plan))
        opened.do(Switch(scenario="idée 7", group="n7", enabled=False))
        opened.do(Delete(name="idée 19"))
        opened.save(path)
        made = opened.study
    with open_study(path) as again:
        assert again.study == made
        assert len(again.study.scenarios) == 22
        sessions = [again.study.problem(each.name).sessions[0] for each in made.scenarios]
        assert sessions == [made.problem(each.name).sessions[0] for each in made.scenarios]


def test_moving_the_horizon_keeps_days_as_numbers(path: Path, study: Study) -> None:
    base = dataclasses.replace(study.base, horizon=Horizon(start=date(2027, 3, 1), days=56))
    moved = dataclasses.replace(study, base=base)
    from data.journal import Entry

    with open_study(path) as opened:
        opened.record(moved, Entry(action="journal.created"))
        opened.save()
    with open_study(path) as again:
        assert again.study == moved
    assert rows(path, "SELECT day FROM sessions") == [("2027-03-01",)]


def test_a_score_is_kept_until_its_plan_or_facts_change(path: Path) -> None:
    score = {"hard": 0, "breaches": 0, "waived": 0, "tiers": [1, 2, 3, 4], "total": 10}
    with open_study(path) as opened:
        for name in ("base", "salle fermée", "et après"):
            assert opened.kept_score(name) is None
            opened.keep_score(name, score, {"use": 0.85})
        opened.save()
    with open_study(path) as opened:
        assert opened.kept_score("et après") == (score, {"use": 0.85})
        plan = opened.study.scenario("base").plan.with_placements([])
        opened.do(AdoptPlan(scenario="base", plan=plan))
        assert opened.kept_score("base") is None
        assert opened.kept_score("salle fermée") == (score, {"use": 0.85})
        opened.do(Switch(scenario="salle fermée", group="fermer S1", enabled=False))
        assert opened.kept_score("salle fermée") is None
        assert opened.kept_score("et après") is None


# --- what does not fit --------------------------------------------------------------------------


def test_an_id_that_stands_twice_is_refused(tmp_path: Path, study: Study) -> None:
    base = dataclasses.replace(study.base, wards=study.base.wards * 2)
    with pytest.raises(Refused) as caught:
        save_study(dataclasses.replace(study, base=base), tmp_path / "x.opale")
    assert caught.value.what == "study.double_id"
    assert "wards[CHIR]" in caught.value.sentence("fr")
    assert not (tmp_path / "x.opale").exists()


@pytest.mark.parametrize(
    ("kind", "field", "value", "column"),
    [
        ("ward", "beds", 20_000, "beds"),
        ("ward", "beds", 2**70, ""),
        ("case", "note", "x" * 201, "note"),
        ("case", "note", "\ud800", ""),
        ("case", "sex", "x", "sex"),
        ("session", "end", 3000, "end"),
    ],
)
def test_a_value_out_of_bounds_is_refused(
    tmp_path: Path, study: Study, kind: str, field: str, value: object, column: str
) -> None:
    first, *others = study.base.records(kind)
    records = (dataclasses.replace(first, **{field: value}), *others)
    wrong = dataclasses.replace(study, base=study.base.with_records(kind, records))
    with pytest.raises(Refused) as caught:
        save_study(wrong, tmp_path / "x.opale")
    assert caught.value.what == "study.out_of_bounds"
    assert str(caught.value.facts["where"]).endswith(column)
    assert not (tmp_path / "x.opale").exists()


def test_a_refused_edit_leaves_study_and_database_as_they_were(path: Path, study: Study) -> None:
    wrong = study.scenario("base").plan.with_placements([Placement("x" * 61, "S1-0")])
    with open_study(path) as opened:
        with pytest.raises(Refused):
            opened.do(AdoptPlan(scenario="base", plan=wrong))
        with pytest.raises(EditRefusedError):
            opened.do(Delete(name="base"))
        assert opened.study == study
        assert len(opened.history()) == 1
        opened.save()
    with open_study(path) as again:
        assert again.study == study
