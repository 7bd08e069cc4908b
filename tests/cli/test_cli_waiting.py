"""Facts that do not fit, and why cases wait, as the commands tell them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from theatre_day import case, house, plan

from data.study_file import save_study
from planner.cases import Surgeon
from planner.kpis import contract
from planner.plan import Plan
from planner.rules import catalogue
from planner.runs import Remark
from planner.study import BASE, Scenario, Study
from ui.cli.display import event_words

Call = Callable[..., Any]


@pytest.fixture
def unfit(place: Path) -> Path:
    """LONG is longer than any session; K3 finds none with a gap that is long enough."""
    cases = (*house().cases[:2], case("K3", mean=155), case("LONG", mean=400))
    path = place / "unfit.opale"
    scenario = Scenario(name=BASE, parent=None, plan=plan(("K1", "A", 480), ("K2", "B", 480)))
    study = Study(id="unfit", name="unfit", base=house(cases=cases), scenarios=(scenario,))
    save_study(study, path)
    return path


def test_check_names_the_fault_and_gives_each_waiting_case_a_reason(
    unfit: Path, call: Call
) -> None:
    ended = call("check", unfit, "--json")
    (fault,) = (each for each in ended.document["faults"] if "LONG" in each["what"])
    assert fault["where"] == "Case LONG, mean duration"
    assert fault["hint"] == "Correct its minutes, or open a longer session."
    told = {each["case"]: each["reason"] for each in ended.document["waiting"]}
    assert told == {"K3": "full", "LONG": "too_long"}
    assert {each["scenario"] for each in ended.document["waiting"]} == {"base"}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "base: 1 case waits because it is longer than every session that may take it: LONG"),
        ("fr", "base\u202f: 1 intervention attend\u202f: elle est plus longue que toute vacation"),
    ],
)
def test_check_tells_them_in_lines(unfit: Path, call: Call, lang: str, words: str) -> None:
    assert words in call("check", unfit, "--lang", lang).out


def test_two_rules_that_say_the_same_are_told_apart(place: Path, call: Call) -> None:
    made = catalogue()["unscheduled"]
    twice = tuple(made(id=id, tier=3) for id in ("out", "left"))
    path = place / "twice.opale"
    scenario = Scenario(name=BASE, parent=None, plan=plan(("K1", "A", 480)))
    study = Study(id="twice", name="twice", base=house(rules=twice), scenarios=(scenario,))
    save_study(study, path)
    lines = [line for line in call("check", path).out.splitlines() if "K2" in line]
    assert len(lines) == len(set(lines)) == 3
    assert all(any(id in line for line in lines) for id in ("soft out", "soft left"))


def test_each_line_of_check_is_told_once(unfit: Path, call: Call) -> None:
    lines = [line for line in call("check", unfit).out.splitlines() if line]
    assert len(lines) == len(set(lines))


def test_a_fault_before_a_solve_is_told_with_what_to_do() -> None:
    remark = Remark(what="fault.none_owned", facts={"id": "ROBOT", "n": 1, "cases": "K1"})
    told = event_words(remark)
    assert told is not None
    assert told.startswith("There is none of equipment ROBOT: 1 case")
    assert told.endswith("that name it.")


def test_facts_that_contradict_each_other_are_still_refused(place: Path, call: Call) -> None:
    path = place / "lost.opale"
    lost = house(surgeons=(Surgeon(id="X1", specialty="NOSE"),))
    scenario = Scenario(name=BASE, parent=None, plan=Plan())
    save_study(Study(id="lost", name="lost", base=lost, scenarios=(scenario,)), path)
    ended = call("solve", path, "--effort", 1)
    assert ended.code == 1
    assert "NOSE" in ended.err


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_was_found_is_audited_once_for_all_that_is_told_of_it(
    unfit: Path, call: Call, monkeypatch: pytest.MonkeyPatch, form: tuple[str, ...]
) -> None:
    """Somebody who stops a large hospital waits for the end of this."""
    audits = []
    real = contract.judge
    monkeypatch.setattr(contract, "judge", lambda *a, **k: audits.append(1) or real(*a, **k))
    ended = call("solve", unfit, "--parts", "theatre", "--effort", 1, *form)
    assert ended.code == 0
    assert "LONG" in ended.out
    assert audits == [1]
