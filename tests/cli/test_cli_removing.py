"""A record taken away on the command line takes with it what plans and facts have of it (F81)."""

from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study
from planner.hand_edits import Assign

House, Call = Any, Any

SHIFTS = "id;start;end;tags\nM;07:30;15:00;work\nN;19:00;07:00;work|night\n"
WEEK = "M M - - N - - M M - - - - -"  # five duties: two in the second week


@pytest.fixture
def study(house: House) -> Path:
    """A has worked before the facts were true on 10 October, B has never; one what-if on the base."""
    files = house.roster("2026-10-05", WEEK)
    files["study"] = "start;days;as_of\n2026-10-05;14;2026-10-10\n"
    files["staff"] = files["staff"].rstrip("\n") + "\nB" + ";FPH" + "\n"
    files["duties"] += "".join(f"B;2026-10-{day};M\n" for day in (14, 15))
    files["absences"] = "id;person;first;last\nleave;B;2026-10-16;2026-10-17\n"
    made: Path = house.study(
        "2026-10-05", 14, house.rule("away", "absence"), shifts=SHIFTS, **files
    )
    for name in ("what-if", "other"):
        assert house.call("scenario", "branch", made, name).code == 0
    return made


def days(path: Path, who: str, scenario: str = "base") -> list[int]:
    with open_study(path) as opened:
        duties = opened.study.scenario(scenario).plan.duties
        return [duty.day for duty in duties if duty.person == who]


def test_somebody_who_has_worked_gets_a_last_day_and_past_shifts_stay(
    study: Path, call: Call
) -> None:
    before = days(study, "A")
    assert before == [0, 1, 4, 7, 8]
    ended = call("scenario", "change", study, "--remove", "staff/A")
    assert ended.code == 0, ended.err
    for words in ("3 past shifts stay", "2 shifts lose their person", "taken out of the plans of"):
        assert words in ended.out
    assert "what-if" in ended.out
    assert "other" in ended.out
    for scenario in ("base", "what-if", "other"):
        assert days(study, "A", scenario) == [0, 1, 4]
    with open_study(study) as opened:
        (person,) = (each for each in opened.study.base.staff if each.id == "A")
        assert person.last == 4
    assert call("check", study, "--all").code == 0


def test_somebody_who_never_worked_goes_with_her_leave(study: Path, call: Call) -> None:
    ended = call("scenario", "change", study, "--remove", "staff/B", "--json")
    assert ended.code == 0, ended.err
    assert ended.document["scenarios"] == ["base", "other", "what-if"]
    told = " ".join(ended.document["told"])
    for words in ("2 shifts lose their person", "1 row goes with it: 1 absence", "what-if"):
        assert words in told
    for scenario in ("base", "what-if", "other"):
        assert days(study, "B", scenario) == []
    with open_study(study) as opened:
        assert {each.id for each in opened.study.base.staff} == {"A"}
        assert opened.study.base.absences == ()
    assert call("check", study, "--all", "--json").document["breaches"] == []


def test_in_a_what_if_the_base_keeps_her_and_is_named_with_the_others(
    study: Path, call: Call
) -> None:
    ended = call("scenario", "change", f"{study}#what-if", "--remove", "staff/B", "--lang", "fr")
    assert ended.code == 0, ended.err
    assert "2 postes perdent leur personne" in ended.out
    (others,) = (line for line in ended.out.splitlines() if "Aussi dans les plans" in line)
    assert "base" in others
    assert "other" in others
    assert days(study, "B", "what-if") == []
    assert days(study, "B") == days(study, "B", "other") == [9, 10]
    compared = call("compare", study, "--json").document
    gone = {(each["scenario"], each["kind"], each["id"]) for each in compared["inputs"]}
    assert ("what-if", "staff", "B") in gone
    lost = [each for each in compared["duties"] if each["scenario"] == "what-if"]
    assert {(each["person"], each["to"]) for each in lost} == {("B", None)}


def test_other_records_go_with_what_names_them(two: Path, call: Call) -> None:
    """A case that is placed goes back to nothing, its pin with it."""
    with open_study(two) as opened:
        case = next(iter(opened.study.scenario("base").plan.placements)).case
    assert call("scenario", "pin", two, f"case/{case}").code in (0, 1)
    ended = call("scenario", "change", two, "--remove", f"case/{case}")
    assert ended.code == 0, ended.err
    assert "1 placed case goes back" in ended.out
    with open_study(two) as opened:
        for scenario in opened.study.scenarios:
            assert case not in {each.case for each in scenario.plan.placements}
            assert all(pin.id != case for pin in scenario.pins)


def test_a_last_day_takes_later_shifts_of_all_who_inherit_it_and_names_them(
    study: Path, call: Call
) -> None:
    own = call("scenario", "change", f"{study}#other", "--set", "staff/A.last=2026-10-18")
    assert own.code == 0, own.err
    assert "lose" not in own.out
    before = days(study, "A")
    ended = call("scenario", "change", study, "--set", "staff/A.last=2026-10-09")
    assert ended.code == 0, ended.err
    assert "2 shifts lose their person and stand open: Mon 12 Oct M, Tue 13 Oct M." in ended.out
    assert "Also taken out of the plans of: what-if.\n" in ended.out
    assert days(study, "A") == days(study, "A", "what-if") == [0, 1, 4]
    assert days(study, "A", "other") == before, "it has a last day of its own"
    assert call("check", study, "--all").code == 0


def test_a_last_day_that_is_switched_on_again_takes_later_shifts_too(
    study: Path, call: Call
) -> None:
    target = f"{study}#what-if"
    asked = ("scenario", "change", target, "--set", "staff/A.last=2026-10-09", "--name", "leaves")
    assert call(*asked).code == 0
    assert call("scenario", "switch", target, "leaves", "off").code == 0
    with open_study(study) as opened:
        opened.do(Assign(scenario="what-if", duties=(("A", 7, "M"),)))
        opened.save()
    ended = call("scenario", "switch", target, "leaves", "on")
    assert ended.code == 0, ended.err
    assert "1 shift loses its person and stands open: Mon 12 Oct M." in ended.out
    assert days(study, "A", "what-if") == [0, 1, 4]


def test_other_scenarios_whose_facts_change_are_named(two: Path, call: Call) -> None:
    asked = ("scenario", "change", two, "--set")
    ended = call(*asked, "theatre/S1.name=Blue", "--lang", "fr")
    assert "Les données d’une autre variante changent aussi\u202f: closed." in ended.out
    assert call(*asked, "theatre/S1.name=Green", "--json").document["inherited"] == ["closed"]
    assert call("scenario", "change", f"{two}#closed", "--set", "theatre/S1.name=Red").code == 0
    ended = call(*asked, "theatre/S1.name=White")
    assert ended.code == 0, ended.err
    assert "other scenario" not in ended.out, "what the scenario has itself is not inherited"


def test_pins_of_two_kinds_that_go_together_go_both(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        first, second, *_ = opened.study.scenario("base").plan.placements
    both = (f"case/{first.case}", f"session/{second.session}")
    assert call("scenario", "pin", two, *both).code == 0
    ended = call("scenario", "change", two, "--remove", both[0], "--remove", both[1])
    assert ended.code == 0, ended.err
    with open_study(two) as opened:
        assert opened.study.scenario("base").pins == ()
