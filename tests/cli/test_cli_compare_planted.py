"""Two studies that differ in ten planted places: `compare --json` names all of them, and nothing else."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study, save_study
from planner.edits import AdoptPlan, SetPins, Waive
from planner.people import Absence
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rules.contract import Waiver
from planner.study import BASE, Pin, Study

Call = Callable[..., Any]


def changed(records: tuple[Any, ...], id: str, **fields: Any) -> tuple[Any, ...]:
    """Give records of which one has other values."""
    return tuple(dataclasses.replace(r, **fields) if r.id == id else r for r in records)


@dataclasses.dataclass(frozen=True)
class Planted:
    """A study, another with ten differences, and what a comparison has to name."""

    before: Path
    after: Path
    inputs: set[tuple[str, str, str]]
    placements: dict[str, tuple[Any, Any]]
    duties: set[tuple[str, str, Any, Any]]
    pin: dict[str, Any]
    waived: str


@pytest.fixture
def planted(two: Path, place: Path) -> Planted:
    with open_study(two) as opened:
        study = opened.study
    base, plan = study.base, study.scenario(BASE).plan
    horizon = base.horizon
    session, case, person = base.sessions[3], base.cases[5], base.staff[2]
    gone = base.requests[0]
    rule = next(each for each in base.rules if not each.hard)
    absence = Absence(id="planted", person=base.staff[1].id, first=3, last=4)
    facts = dataclasses.replace(
        base,
        order="strict",
        sessions=changed(base.sessions, session.id, end=session.end + 30),
        cases=changed(base.cases, case.id, mean=case.mean + 25),
        staff=changed(base.staff, person.id, share=50 if person.share != 50 else 80),
        absences=(*base.absences, absence),
        requests=tuple(each for each in base.requests if each.id != gone.id),
        rules=changed(base.rules, rule.id, weight=(rule.weight or 720) + 1),
    )
    moved, *rest = plan.placements
    worked, *others = plan.duties
    shift = next(each.id for each in base.shifts if each.id != worked.shift)
    after = Plan.build(
        (moved._replace(start=(moved.start or 480) + 5), *rest),
        (Duty(worked.person, worked.day, shift), *others),
    )
    pin = Pin(kind="case", id=str(rest[0].case))
    hard = next(each for each in base.rules if each.hard)
    waiver = Waiver(
        rule=hard.id, subjects=frozenset({str(person.id)}), first=0, last=1, most=5,
        reason="asked for", author="someone", made=dt.date(2026, 10, 1),
    )  # fmt: skip
    path = place / "planted.opale"
    save_study(with_decisions(facts, after, pin, waiver), path)
    bare = place / "bare.opale"
    save_study(AdoptPlan(scenario=BASE, plan=plan).apply(Study(id="bare", base=base)), bare)
    when = horizon.date(worked.day).isoformat()
    return Planted(
        before=bare,
        after=path,
        inputs={
            ("problem", "problem", "order"),
            ("session", session.id, "end"),
            ("case", case.id, "mean"),
            ("staff", person.id, "share"),
            ("absence", "planted", ""),
            ("request", gone.id, ""),
            ("rule", rule.id, "weight"),
        },
        placements={str(moved.case): (moved.start, (moved.start or 480) + 5)},
        duties={(str(worked.person), when, str(worked.shift), str(shift))},
        pin={"kind": "case", "id": pin.id, "first": None, "last": None},
        waived=hard.id,
    )


def with_decisions(facts: Problem, plan: Plan, pin: Pin, waiver: Waiver) -> Study:
    study = Study(id="planted", base=facts)
    for edit in (
        AdoptPlan(scenario=BASE, plan=plan),
        SetPins(scenario=BASE, pins=(pin,)),
        Waive(scenario=BASE, waiver=waiver),
    ):
        study = edit.apply(study)
    return study


def test_ten_planted_differences_are_all_named_and_nothing_else(
    planted: Planted, call: Call
) -> None:
    ended = call("compare", planted.before, planted.after, "--json")
    assert ended.code == 0, ended.err
    found = ended.document
    told = {(each["kind"], each["id"], each["field"]) for each in found["inputs"]}
    assert told == planted.inputs
    assert len(found["inputs"]) == len(told)
    assert [each["case"] for each in found["placements"]] == list(planted.placements)
    (placement,) = found["placements"]
    assert placement["from"]["session"] == placement["to"]["session"]
    assert placement["from"]["start"] != placement["to"]["start"]
    duties = {(d["person"], d["day"], d["from"], d["to"]) for d in found["duties"]}
    assert duties == planted.duties
    assert len(found["duties"]) == 1
    assert [each["to"] for each in found["pins"]] == [planted.pin]
    assert [each["from"] for each in found["pins"]] == [None]
    (waiver,) = found["waivers"]
    assert (waiver["from"], waiver["to"]["rule"]) == (None, planted.waived)
    assert found["stale"] == []


def test_the_same_differences_backwards_are_those_of_the_other_side(
    planted: Planted, call: Call
) -> None:
    there = call("compare", planted.before, planted.after, "--json").document
    back = call("compare", planted.after, planted.before, "--json").document
    for what in ("inputs", "placements", "duties", "pins", "waivers"):
        turned = [each | {"from": each["to"], "to": each["from"]} for each in back[what]]
        names = {each.pop("scenario") for each in (*turned, *there[what])}
        assert len(names) == 2
        assert sorted(turned, key=repr) == sorted(there[what], key=repr), what


def test_a_study_beside_its_copy_differs_in_nothing(planted: Planted, call: Call) -> None:
    copy = planted.after.with_name("copy.opale")
    copy.write_bytes(planted.after.read_bytes())
    found = call("compare", planted.after, copy, "--json").document
    assert not any(found[what] for what in ("inputs", "placements", "duties", "pins", "waivers"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_at_length_every_difference_has_its_line(
    planted: Planted, call: Call, language: str
) -> None:
    ended = call("compare", planted.before, planted.after, "--details", "--lang", language)
    assert ended.code == 0, ended.err
    coded = {id for kind, id, _ in planted.inputs if kind in ("case", "staff")}
    assert all(id in ended.out for id in coded)
    assert next(iter(planted.placements)) in ended.out
    assert next(iter(planted.duties))[0] in ended.out
    assert planted.pin["id"] in ended.out
    assert "asked for" in ended.out
