"""`planner repair` and `planner slots`, as a user calls them."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from demo_hospitals import generate

from data.study_file import open_study, save_study
from planner.clock import written
from planner.edits import AdoptPlan
from planner.facts import facts
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.score import judge
from planner.study import Study
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed

Call = Callable[..., Any]


def house() -> Problem:
    roster = dict.fromkeys(("staff", "histories", "cover", "requests", "absences"), ())
    return dataclasses.replace(generate("small", 1), **roster)


def planned(problem: Problem) -> Plan:
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    clocks = Clocks(problem, facts(problem), rules, ())
    return Plan.build(listed(clocks, first_plan(problem, ())))


@pytest.fixture(scope="module")
def planned_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    problem = house()
    study = Study(id="demorepair1", name="small", base=problem)
    path = tmp_path_factory.mktemp("repair") / "day.opale"
    save_study(AdoptPlan(scenario="base", plan=planned(problem)).apply(study), path)
    return path


@pytest.fixture
def file(planned_file: Path, place: Path) -> Path:
    path = place / "day.opale"
    path.write_bytes(planned_file.read_bytes())
    return path


def two_in_a_row() -> tuple[str, str, Placement, Placement]:
    """A case, the next one in its room, the date and the time at which the first is under way."""
    problem = house()
    known = facts(problem)
    for part in planned(problem).sessions:
        if len(part) > 1:
            session = known.sessions[part[0].session]
            date = problem.horizon.date(session.day).isoformat()
            return date, written((part[0].start or 0) + 10), part[0], part[1]
    raise AssertionError("a session has two cases")


DATE, NOW, FIRST, NEXT = two_in_a_row()


def overrun(call: Call, file: Path, *more: object) -> Any:
    event = f"overrun:{FIRST.case}+60"
    return call("repair", file, "--event", event, "--day", DATE, "--now", NOW, *more)


def plan_of(path: Path) -> Plan:
    with open_study(path) as opened:
        return opened.study.scenario("base").plan


def test_answers_are_shown_and_nothing_is_written(file: Path, call: Call) -> None:
    before = file.read_bytes()
    ended = overrun(call, file)
    assert ended.code == 0, ended.err
    assert "lasts 1\u00a0h longer" in ended.out
    assert "\n1. " in ended.out
    assert "\n0. Do nothing" in ended.out
    assert "hard: " in ended.out
    assert NEXT.case in ended.out
    assert file.read_bytes() == before


def test_the_best_answer_is_adopted_with_what_happened_as_one_edit(file: Path, call: Call) -> None:
    ended = overrun(call, file, "--adopt", "--json")
    assert ended.code == 0, ended.err
    told = ended.document
    assert told["adopted"] == told["best"] == 1
    best = next(each for each in told["answers"] if each["number"] == 1)
    with open_study(file) as opened:
        study = opened.study
        entry = opened.history()[-1]
    placements = {each.case: each for each in study.scenario("base").plan.placements}
    for move in best["moves"]:
        after = placements.get(move["case"])
        assert (after is None) == (move["to"] is None)
        if after is not None:
            assert (after.session, written(after.start or 0)) == (
                move["to"]["session"],
                move["to"]["start"],
            )
    case = next(each for each in study.base.cases if each.id == FIRST.case)
    assert case.mean > next(each for each in house().cases if each.id == FIRST.case).mean
    assert not study.stale("base")
    assert judge(study.base, study.scenario("base").plan, parts=("theatre",)).score.breaches == 0
    assert call("check", file).code == 0
    assert entry.action == "edit_repair"
    assert entry.parameters["event"] == f"overrun:{FIRST.case}+60"
    assert entry.parameters["at"] == f"{DATE} {NOW}"
    assert entry.parameters["group"]["changes"][0]["id"] == FIRST.case


def test_doing_nothing_can_be_adopted_and_ends_with_two(file: Path, call: Call) -> None:
    before = plan_of(file)
    ended = overrun(call, file, "--adopt", "0")
    assert ended.code == 2
    assert plan_of(file) == before
    assert call("check", file).code == 2


def test_an_answer_goes_to_another_file(file: Path, call: Call, place: Path) -> None:
    before, out = file.read_bytes(), place / "other.opale"
    assert overrun(call, file, "--adopt", "1", "--out", out).code == 0
    assert file.read_bytes() == before
    assert plan_of(out) != plan_of(file)
    again = overrun(call, file, "--adopt", "1", "--out", out)
    assert again.code == 1
    assert overrun(call, file, "--adopt", "1", "--out", out, "--force").code == 0
    assert overrun(call, file, "--out", place / "third.opale").code == 1


def test_in_a_scenario_the_base_stays_as_it_is(file: Path, call: Call) -> None:
    assert call("scenario", "branch", file, "today").code == 0
    event = f"overrun:{FIRST.case}+60"
    target = f"{file}#today"
    ended = call("repair", target, "--event", event, "--day", DATE, "--now", NOW, "--adopt")
    assert ended.code == 0, ended.err
    with open_study(file) as opened:
        study = opened.study
    assert study.scenario("base").plan == planned(house())
    assert [group.name for group in study.scenario("today").changes] == [f"{event} ({DATE})"]
    assert study.scenario("today").plan != study.scenario("base").plan
    assert not study.stale("today")
    off = call("scenario", "switch", target, f"{event} ({DATE})", "off")
    assert off.code == 0, "what has happened can be switched off as any change"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--event", "cancel:Z", "--now", NOW), "no case Z"),
        (("--event", f"cancel:{FIRST.case}", "--now", NOW), "cannot be cancelled any more"),
        (("--event", "burst:pipe", "--now", NOW), "is no event"),
        (("--event", "cancel:Z", "--now", "noon"), "is no time"),
        (("--event", "cancel:Z", "--now", "25:00"), "is no time"),
        (("--event", "close:S1,25:00", "--now", NOW), "25:00 is no time of that day"),
        (("--event", "cancel:Z", "--now", NOW, "--day", "tomorrow"), "is no date"),
        (("--event", "cancel:Z", "--now", NOW, "--day", "2020-01-01"), "no day of the period"),
        (("--event", "cancel:Z"), "--now"),
        (("--event", f"overrun:{FIRST.case}+60", "--now", NOW, "--adopt", "9"), "no answer 9"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    words: tuple[str, ...], told: str, file: Path, call: Call
) -> None:
    day = () if "--day" in words else ("--day", DATE)
    ended = call("repair", file, *words, *day)
    assert ended.code == 1
    assert told in ended.err.replace("\u00a0", " ")
    assert ended.out == ""


def test_french_is_spoken(file: Path, call: Call) -> None:
    ended = overrun(call, file, "--lang", "fr")
    assert "dure 1\u00a0h de plus" in ended.out
    assert "\n0. Ne rien faire" in ended.out


# --- slots -----------------------------------------------------------------------------------------


def waiting() -> list[str]:
    problem = house()
    placed = {each.case for each in planned(problem).placements}
    return [case.id for case in problem.cases if case.id not in placed]


def test_places_are_shown_with_their_price(file: Path, call: Call) -> None:
    ended = call("slots", file, "--case", FIRST.case, "-n", "2", "--json")
    assert ended.code == 0, ended.err
    slots = ended.document["slots"]
    assert 1 <= len(slots) <= 2
    assert all(slot["cost"] == sum(item["cost"] for item in slot["items"]) for slot in slots)
    text = call("slots", file, "--case", FIRST.case).out
    assert text.startswith("1. ")
    assert "The plan costs" in text


def test_a_new_patient_is_found_a_place(file: Path, call: Call) -> None:
    problem = house()
    words = ("--procedure", problem.procedures[0].id, "--priority", problem.priorities[0].id)
    ended = call("slots", file, *words, "--json")
    assert ended.code in (0, 3), ended.err
    assert ended.document["case"] == "NEW"
    assert bool(ended.document["slots"]) == (ended.code == 0)


def test_where_nothing_fits_the_reasons_are_told(file: Path, call: Call) -> None:
    found = [call("slots", file, "--case", case) for case in waiting()[:12]]
    assert {each.code for each in found} <= {0, 3}
    none = [each for each in found if each.code == 3]
    assert none, "the small hospital is full for somebody"
    assert none[0].out.startswith("There is no place for ")


def test_whom_a_place_is_for_is_asked(file: Path, call: Call) -> None:
    for words in ((), ("--procedure", "x"), ("--case", "Z", "--priority", "P3"), ("--case", "Z")):
        assert call("slots", file, *words).code == 1
