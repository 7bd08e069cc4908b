"""`compare --json` against the CSV exports of the same scenarios: the test does its own difference."""

import csv
import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from demo_hospitals import generate

from data.study_file import save_study
from planner.changes import ChangeSet, Set
from planner.commands import expand
from planner.edits import AdoptPlan, Branch, Record
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Study
from ui.cli.__main__ import main

CHILDREN = ("closed", "longer")
SIDES = (BASE, *CHILDREN)


def drawn_plan(problem: Problem, seed: int) -> Plan:
    random = Random(seed)
    shifts = [shift.id for shift in problem.shifts]
    return Plan.build(
        (
            Placement(
                case.id,
                random.choice(problem.sessions).id,
                random.choice(problem.surgeons).id,
                random.choice([None, 480, 525, 800]),
            )
            for case in problem.cases
            if random.random() < 0.8
        ),
        (
            Duty(person.id, day, random.choice(shifts))
            for person in problem.staff
            for day in range(problem.horizon.days)
            if random.random() < 0.5
        ),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with two scenarios, compared, and each of its scenarios exported."""
    place = tmp_path_factory.mktemp("compared")
    problem = generate("small")
    case = problem.cases[0]
    longer = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 35)
    study = AdoptPlan(scenario=BASE, plan=drawn_plan(problem, 1)).apply(
        Study(id="s1", base=problem)
    )
    groups = (
        expand(problem, "close-room", "S2", "friday"),
        ChangeSet(name="longer", changes=(longer,)),
    )
    for seed, (name, group) in enumerate(zip(CHILDREN, groups, strict=True), start=2):
        for edit in (
            Branch(parent=BASE, name=name),
            Record(scenario=name, group=group),
            AdoptPlan(scenario=name, plan=drawn_plan(problem, seed)),
        ):
            study = edit.apply(study)
    save_study(study, place / "study.opale")
    (place / "compared.json").write_text(
        planner(place, "compare", "study.opale", "--json"), encoding="utf-8"
    )
    for name in SIDES:
        planner(place, "export", f"study.opale#{name}", "--as", "csv", "--out", name)
    return place


def planner(place: Path, *words: str) -> str:
    """Call the program; plans that break hard rules end with 2."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        done = CliRunner().invoke(main, list(words))
    assert done.exit_code in (0, 2), done.stderr
    return str(done.stdout)


def document(folder: Path) -> Any:
    return json.loads((folder / "compared.json").read_text(encoding="utf-8"))


def rows(folder: Path, scenario: str, name: str) -> list[dict[str, str]]:
    with (folder / scenario / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def placed(folder: Path, scenario: str) -> dict[str, tuple[str, str, str]]:
    return {
        row["case"]: (row["session"], row["surgeon"], row["start"])
        for row in rows(folder, scenario, "placements.csv")
    }


def side(found: dict[str, str | None] | None) -> tuple[str, str, str] | None:
    return found and (found["session"] or "", found["surgeon"] or "", found["start"] or "")


@pytest.mark.parametrize("scenario", CHILDREN)
def test_placements_are_the_difference_of_the_exports(folder: Path, scenario: str) -> None:
    before, after = placed(folder, BASE), placed(folder, scenario)
    expected = {
        case: (before.get(case), after.get(case))
        for case in before.keys() | after.keys()
        if before.get(case) != after.get(case)
    }
    told = {
        each["case"]: (side(each["from"]), side(each["to"]))
        for each in document(folder)["placements"]
        if each["scenario"] == scenario
    }
    assert told == expected
    assert len(told) > 40


@pytest.mark.parametrize("scenario", CHILDREN)
def test_duties_are_the_difference_of_the_exports(folder: Path, scenario: str) -> None:
    before, after = (
        {(r["person"], r["date"], r["track"], r["shift"]) for r in rows(folder, name, "duties.csv")}
        for name in (BASE, scenario)
    )
    changes = [each for each in document(folder)["duties"] if each["scenario"] == scenario]
    for end, expected in (("from", before - after), ("to", after - before)):
        told = {(c["person"], c["day"], c["track"], c[end]) for c in changes if c[end]}
        assert told == expected
        assert len(told) > 100


@pytest.mark.parametrize("scenario", CHILDREN)
def test_inputs_are_the_difference_of_the_exports(folder: Path, scenario: str) -> None:
    """Sessions, cover and cases, the kinds that the two what-ifs touch, field by field."""
    expected: Counter[tuple[str, str]] = Counter()
    kinds = {"session": "sessions.csv", "cover": "cover.csv", "case": "cases.csv"}
    for kind, name in kinds.items():
        sides = ({row["id"]: row for row in rows(folder, each, name)} for each in (BASE, scenario))
        before, after = sides
        assert before.keys() == after.keys()
        for id, row in after.items():
            for field in row:
                if row[field] != before[id][field]:
                    expected[kind, id] += 1
    told = Counter(
        (each["kind"], each["id"])
        for each in document(folder)["inputs"]
        if each["scenario"] == scenario
    )
    assert told == expected
    assert told


def test_causes_add_up_to_their_differences(folder: Path) -> None:
    summed = 0
    for row in document(folder)["kpis"]:
        for scenario, causes in row["causes"].items():
            if causes:
                summed += 1
                assert sum(cause["amount"] for cause in causes) == row["delta"][scenario]
                assert all(c["amount"] == sum(c["subjects"].values()) for c in causes)
    assert summed > 40
