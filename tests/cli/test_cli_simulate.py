"""`simulate`: what is found is told, and kept beside the plan."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study
from planner.forecast import Outlook
from planner.view import TheatreView
from planner.words import LANGUAGES

Call = Callable[..., Any]


def outlook(path: Path, name: str = "base") -> Outlook:
    with open_study(path) as opened:
        scenario = opened.study.scenario(name)
        view = TheatreView(opened.study.problem(name), scenario.plan)
        return Outlook(view, scenario.forecast)


def test_a_plan_is_simulated_and_keeps_what_was_found(two: Path, call: Call) -> None:
    before = call("kpis", two, "--json").document["kpis"]
    assert {
        row["value"] for row in before if row["name"] in ("expected_overtime", "late_chance")
    } == {None}
    found = call("simulate", two, "--replications", 500, "--seed", 3, "--json").document
    kept = outlook(two).whole
    assert kept is not None
    assert (kept.replications, kept.seed) == (500, 3) == (found["replications"], found["seed"])
    assert found["expected_overtime"] == kept.overtime
    late = [each["late"] for each in found["sessions"]]
    assert late == sorted(late, reverse=True)
    assert len(late) == len(kept.sessions)
    assert found["late_chance"] == pytest.approx(sum(late) / len(late), abs=1e-4)
    assert sum(day["expected_overtime"] for day in found["days"]) == found["expected_overtime"]
    after = {row["name"]: row["value"] for row in call("kpis", two, "--json").document["kpis"]}
    assert after["expected_overtime"] == found["expected_overtime"]
    assert after["late_chance"] == pytest.approx(100 * found["late_chance"], abs=0.01)
    with open_study(two) as opened:
        assert opened.history()[-1].action == "edit_forecast"
        assert opened.study.scenario("closed").forecast is None


def test_the_same_question_has_the_same_answer(two: Path, call: Call) -> None:
    first, second, other = (
        call("simulate", two, "--replications", 200, "--seed", seed, "--json").document
        for seed in (1, 1, 2)
    )
    assert first == second != other


def test_a_closed_room_makes_the_forecast_of_its_days_out_of_date(two: Path, call: Call) -> None:
    call("simulate", f"{two}#closed", "--replications", 100)
    assert not outlook(two, "closed").stale
    session = next(iter(outlook(two, "closed").view.plan.placements)).session
    call("scenario", "change", f"{two}#closed", "--adjust", f"session/{session}.end=-30")
    moved = outlook(two, "closed")
    assert moved.stale
    days = {day.day: moved.current(day.day) for day in moved.forecast.days}  # type: ignore[union-attr]
    assert list(days.values()).count(False) == 1
    rows = call("compare", two, "--json").document["kpis"]
    assert {row["values"]["closed"] for row in rows if row["name"] == "late_chance"} <= {None}
    ended = call("simulate", f"{two}#closed", "--replications", 100)
    assert "out of date" in ended.err, "the plan is simulated as the facts are now"
    assert not outlook(two, "closed").stale


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sessions_are_told_with_what_a_chance_means(two: Path, call: Call, lang: str) -> None:
    ended = call("simulate", two, "--replications", 100, "--lang", lang)
    assert (ended.code, ended.err) == (0, "")
    assert "cli." not in ended.out
    assert "100" in ended.out.splitlines()[-1]
    every = call("simulate", two, "--replications", 100, "--all", "--lang", lang)
    assert len(every.out.splitlines()) == len(outlook(two).whole.sessions) + 4  # type: ignore[union-attr]


def test_without_a_plan_there_is_nothing_to_simulate(small: Path, call: Call) -> None:
    before = small.read_bytes()
    ended = call("simulate", small)
    assert (ended.code, ended.out) == (1, "")
    assert "nothing to simulate" in ended.err
    assert small.read_bytes() == before


@pytest.mark.parametrize(
    "words", [("--replications", 0), ("--replications", 1_000_001), ("--seed", -1)]
)
def test_senseless_numbers_are_refused(two: Path, call: Call, words: tuple[Any, ...]) -> None:
    ended = call("simulate", two, *words)
    assert ended.code == 1
    assert str(words[1]) in ended.err


def test_a_file_that_is_no_study_is_simulated_and_left_alone(
    place: Path, samples: Path, call: Call
) -> None:
    found = call("simulate", samples / "csv", "--replications", 50, "--json")
    assert found.code == 0
    assert found.document["sessions"]
    assert not list(place.glob("*.opale"))
