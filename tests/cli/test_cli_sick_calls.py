"""Sick calls from the command line: answers shown, one adopted, and sentences for what cannot be."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kpi_house import house, staff

from data.study_file import open_study, save_study
from planner.plan import Duty, Plan
from planner.rostering import CoverRequirement
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.coverage import Coverage
from planner.study import BASE, Pin, Scenario, Study

Call = Callable[..., Any]
EVENT = ("--event", "sick:I1,2026-06-02", "--day", "2026-06-01", "--now", "08:00")


def study(place: Path, *pins: Pin) -> Path:
    """Write a study in which I1 works on Tuesday, and I2 could."""
    problem = house(
        staff=staff("I1", "I2"),
        cover=(CoverRequirement(id="n", day=1, shifts=frozenset({"D"})),),
        rules=(NotWhileAway(id="absent"), Coverage(id="cover", tier=1, weight=500)),
    )
    plan = Plan.build([], [Duty("I1", 1, "D")])
    scenario = Scenario(name=BASE, parent=None, plan=plan, pins=pins)
    path = place / "ward.opale"
    save_study(Study(id="ward", base=problem, scenarios=(scenario,)), path)
    return path


def test_answers_are_shown_and_nothing_is_written(place: Path, call: Call) -> None:
    path = study(place)
    before = path.read_bytes()
    found = call("repair", path, *EVENT, "--json").document
    assert path.read_bytes() == before
    assert [each["reach"] for each in found["answers"]] == ["one", "nothing"]
    cells = [{"person": "I2", "day": "2026-06-02", "track": "work", "from": None, "to": "D"}]
    assert found["answers"][0]["cells"] == cells
    assert found["lost"] == [{"person": "I1", "day": "2026-06-02", "shift": "D"}]
    assert found["adopted"] is None
    told = call("repair", path, *EVENT)
    assert "I2, Tuesday 2 June 2026: D instead of a day off" in told.out
    assert "0. Nobody stands in" in told.out


def test_an_answer_is_adopted(place: Path, call: Call) -> None:
    path = study(place)
    ended = call("repair", path, *EVENT, "--adopt")
    assert ended.code == 0
    with open_study(path) as opened:
        assert [*opened.study.scenario(BASE).plan.duties] == [Duty("I2", 1, "D")]
        assert [each.person for each in opened.study.base.absences] == ["I1"]
        assert [entry.action for entry in opened.history()][-1] == "edit_repair"


def test_that_nobody_stands_in_can_be_adopted_elsewhere(place: Path, call: Call) -> None:
    path, out = study(place), place / "out.opale"
    before = path.read_bytes()
    assert call("repair", path, *EVENT, "--adopt", "0", "--out", out).code == 0
    assert path.read_bytes() == before
    with open_study(out) as opened:
        assert [*opened.study.scenario(BASE).plan.duties] == []


@pytest.mark.parametrize(
    "pin", [Pin(kind="person", id="I2"), Pin(kind="day", id="", first=1, last=1)]
)
def test_pins_are_kept(place: Path, call: Call, pin: Pin) -> None:
    found = call("repair", study(place, pin), *EVENT, "--json").document
    assert [each["reach"] for each in found["answers"]] == ["nothing"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("sick:I9,2026-06-02", "There is nobody I9"),
        ("sick:I1", "is no sick call"),
        ("sick:I1,2026-06-02,2026-06-01", "ends before it begins"),
        ("sick:I1,2027-06-02", "no day of the period"),
    ],
)
def test_what_cannot_be_has_a_sentence(place: Path, call: Call, words: str, told: str) -> None:
    ended = call("repair", study(place), "--event", words, "--now", "08:00")
    assert (ended.code, told in ended.err) == (1, True), ended.err


def test_an_answer_that_is_not_there_is_refused(place: Path, call: Call) -> None:
    ended = call("repair", study(place), *EVENT, "--adopt", "7")
    assert (ended.code, "There is no answer 7" in ended.err) == (1, True)
