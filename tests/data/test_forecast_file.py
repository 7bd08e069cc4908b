"""Forecasts in the study file and in run folders: kept as they are, never trusted."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from data.forecast_rows import TABLES, forecast_of, forecast_plain
from data.refused import Refused
from data.study_file import create_study, open_study, save_study
from planner.edits import AdoptPlan, Branch, Delete, KeepForecast
from planner.forecast import DayForecast, Forecast
from planner.study import Study


@pytest.fixture
def path(tmp_path: Path, study: Study) -> Path:
    made = tmp_path / "bloc.opale"
    save_study(study, made)
    return made


def test_a_forecast_comes_back_as_it_was(path: Path, study: Study) -> None:
    with open_study(path) as opened:
        for name in ("base", "salle fermée", "et après"):
            assert opened.study.scenario(name).forecast == study.scenario(name).forecast is not None
        other = Forecast(high=7, seed=9)
        opened.do(KeepForecast(scenario="base", forecast=other))
        opened.do(Delete(name="et après"))
        opened.save()
        assert opened.history()[-2].action == "edit_forecast"
    with open_study(path) as again:
        assert again.study == opened.study
        assert again.study.scenario("base").forecast == other
        assert again.study.scenario("salle fermée").forecast == study.scenario("base").forecast


def test_a_forecast_takes_rows_for_the_days_alone_that_its_parent_has_otherwise(
    study: Study, tmp_path: Path
) -> None:
    """And it stays as it is where the parent gets another one, loses its own, or goes."""
    two = Forecast(
        days=tuple(DayForecast(day, f"{day:016d}", ()) for day in (0, 1)), high=1, seed=1
    )
    other = replace(two, days=(two.days[0], two.days[1]._replace(digest="other.other.othe")))
    study = Branch(parent="base", name="one").apply(study)
    study = Branch(parent="one", name="two").apply(study)
    with create_study(study) as opened:
        for name, forecast, days in (
            ("base", two, [("base", 2), ("one", 1), ("salle fermée", 1)]),
            ("one", two, [("base", 2), ("salle fermée", 1), ("two", 1)]),
            ("two", other, [("base", 2), ("salle fermée", 1), ("two", 1)]),
            ("base", other, [("base", 2), ("one", 1), ("salle fermée", 1)]),
            ("base", Forecast(days=two.days[:1], high=1, seed=1), [("base", 1), ("one", 1)]),
        ):
            opened.do(KeepForecast(scenario=name, forecast=forecast))
            told = opened.connection.execute(
                "SELECT name, count(*) FROM forecast_days, scenarios"
                " WHERE number = scenario GROUP BY name ORDER BY name"
            ).fetchall()
            assert told[: len(days)] == days, name
        wanted = opened.study
        opened.save(tmp_path / "two.opale")
    with open_study(tmp_path / "two.opale") as again:
        assert again.study == wanted
        again.do(Delete(name="two"))
        bare = replace(again.study.scenario("base"), forecast=None)
        again.record(again.study.replace(bare), again.history()[0])
        again.save()
        wanted = again.study
    with open_study(tmp_path / "two.opale") as last:
        assert last.study == wanted
        assert last.study.scenario("one").forecast == two


def test_a_forecast_that_stands_on_none_has_the_days_of_its_own(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("DELETE FROM forecast_sessions WHERE scenario = 1")
        plain.execute("DELETE FROM forecast_days WHERE scenario = 1")
        plain.execute("DELETE FROM forecasts WHERE scenario = 1")
    with open_study(path) as opened:
        found = opened.study.scenario("salle fermée").forecast
        assert found is not None
        assert found.days == ()


def test_a_plan_without_a_forecast_keeps_the_one_before(study: Study) -> None:
    bare = AdoptPlan(scenario="base", plan=study.scenario("base").plan.with_placements([]))
    assert bare.apply(study).scenario("base").forecast == study.scenario("base").forecast
    fresh = Branch(parent="base", name="x").apply(study)
    assert fresh.scenario("x").forecast == study.scenario("base").forecast


def test_what_goes_leaves_nothing_behind(study: Study) -> None:
    with create_study(study) as opened:
        gone = tuple(replace(each, forecast=None) for each in study.scenarios)
        opened.record(replace(study, scenarios=gone), opened.history()[0])
        for table in TABLES:
            assert opened.connection.execute(f"SELECT * FROM {table}").fetchall() == []


def test_another_forecast_drops_the_indicators_that_were_kept(study: Study) -> None:
    with create_study(study) as opened:
        for name in ("base", "salle fermée"):
            opened.keep_score(name, {"hard": 0}, {"simulated_overtime": 12})
        opened.do(KeepForecast(scenario="base", forecast=Forecast()))
        assert opened.kept_score("base") is None
        assert opened.kept_score("salle fermée") is not None


@pytest.mark.parametrize(
    ("statement", "table", "column"),
    [
        ("UPDATE forecast_sessions SET late = 1001", "forecast_sessions", "late"),
        ("UPDATE forecast_sessions SET over = late + 1", "forecast_sessions", "over"),
        ("UPDATE forecast_sessions SET half = nearly + 1", "forecast_sessions", "half"),
        ("UPDATE forecast_sessions SET overtime = -1", "forecast_sessions", "overtime"),
        ("UPDATE forecast_days SET digest = 'short'", "forecast_days", "digest"),
        ("UPDATE forecasts SET replications = 0", "forecasts", "replications"),
    ],
)
def test_a_forecast_out_of_bounds_is_refused(
    path: Path, statement: str, table: str, column: str
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute("PRAGMA ignore_check_constraints = ON")
        plain.execute(statement)
    with pytest.raises(Refused) as caught:
        open_study(path)
    assert (caught.value.facts["table"], caught.value.facts["column"]) == (table, column)


def test_a_forecast_travels_as_json(study: Study) -> None:
    forecast, horizon = study.scenario("base").forecast, study.base.horizon
    assert forecast is not None
    document = forecast_plain(forecast, horizon)
    assert forecast_of(document, horizon) == forecast
    document["days"][0]["sessions"][0].append(1)
    with pytest.raises(Refused, match="forecast"):
        forecast_of(document, horizon)


def test_files_of_format_1_have_no_forecast(root: Path) -> None:
    with open_study(root / "tests" / "samples" / "released" / "0001.opale") as opened:
        assert {scenario.forecast for scenario in opened.study.scenarios} == {None}
