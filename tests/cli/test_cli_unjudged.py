"""What a plan holds and no rule looks at is told: it is never passed in silence."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

House = Any

SHIFTS = "id;start;end\nL;13:00;20:30\nM;07:30;15:00\nM9;08:30;16:00\nN;19:00;07:00\n"


def test_a_shift_table_without_tags_is_working_time(house: House) -> None:
    rest = house.rule("rest", "min_gap", minutes=660)
    study = house.study("2026-06-01", 7, rest, shifts=SHIFTS, **house.roster("2026-06-01", "L M"))
    assert house.said(study) == []
    assert house.indicator(study, "staff_minutes") == 900
    tight = house.study("2026-06-01", 7, rest, shifts=SHIFTS, **house.roster("2026-06-01", "N M"))
    assert len(house.said(tight)) == 1


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        ("work work", []),
        ("work night", ["Shift N lacks the tag “work”"]),
        ("day night", ["Rule rest names work, which nothing carries"] * 2),
    ],
)
def test_a_rule_that_sees_no_duty_is_told(house: House, tags: str, told: list[str]) -> None:
    first, second = tags.split()
    shifts = f"id;start;end;tags\nM;07:00;15:00;{first}\nN;19:00;07:00;{second}\n"
    study = house.study(
        "2026-06-01",
        7,
        house.rule("rest", "min_gap", minutes=660),
        shifts=shifts,
        **house.roster("2026-06-01", "N M"),
    )
    found = [what for what in house.faults(study) if "history" not in what]
    assert [what[: len(begin)] for what, begin in zip(found, told, strict=True)] == told
    assert len(house.said(study)) == (not told)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_roster_without_a_rule_on_rest_is_not_passed_in_silence(
    house: House, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """F01, F08, F11: where an answer needs a rule that is not in the study, it is said."""
    monkeypatch.setenv("OPALE_LANG", lang)
    words = {"en": "rests and overlaps", "fr": "repos et chevauchements"}[lang]
    for rule, told in (
        ("", True),
        (house.rule("hours", "window_sum", window="week", most=2880), True),
        (house.rule("rest", "min_gap", minutes=0), False),
    ):
        study = house.study(
            "2026-06-01", 7, rule, shifts=SHIFTS, **house.roster("2026-06-01", "N M")
        )
        assert any(words in what for what in house.faults(study)) == told
    empty = house.study("2026-06-01", 7, shifts=SHIFTS)
    assert not any(words in what for what in house.faults(empty))


def test_somebody_whom_no_rule_on_rest_means_is_named(house: House) -> None:
    rule = house.rule("rest", "min_gap", minutes=660) + "scope = {contract = ['FPH']}\n"
    study = house.study(
        "2026-06-01",
        7,
        rule,
        contracts="id\nFPH\nCDD\n",
        staff="id;contract\nA;FPH\nB;CDD\nC;CDD\n",
        shifts=SHIFTS,
        duties="person;date;shift\n"
        + "".join(
            f"{who};2026-06-0{day};{shift}\n" for who in "AB" for day, shift in ((1, "N"), (2, "M"))
        ),
    )
    assert [said[:2] for said in house.said(study)] == ["A:"]
    told = [what for what in house.faults(study) if "rests and overlaps" in what]
    assert [" of B with one another: " in what for what in told] == [True]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_import_and_solve_tell_it_too_in_one_line(
    house: House, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("OPALE_LANG", lang)
    words = {"en": "rests and overlaps", "fr": "repos et chevauchements"}[lang]
    cover = "id;day;shifts;least\nC;2026-06-01;M;1\n"
    for number, (rule, told) in enumerate(
        (
            (house.rule("cover", "coverage", tier=1), 1),
            (house.rule("rest", "min_gap", minutes=0), 0),
        )
    ):
        facts = house.roster("2026-06-01", "N M")
        folder = house.folder("2026-06-01", 7, rule, shifts=SHIFTS, cover=cover, **facts)
        out = house.place / f"told{number}.opale"
        imported = house.call("import", folder, "--out", out)
        assert imported.code == 0
        assert imported.err.count(words) == imported.err.count("planner check") == told
        for more in ((), ("--json",)):
            solved = house.call("solve", out, "--effort", 1, "--events", "none", *more)
            assert solved.code == 0
            assert solved.err.count(words) == solved.err.count("planner check") == told


def written_by_another_program(study: Path, *statements: str) -> None:
    with closing(sqlite3.connect(study, isolation_level=None)) as plain:
        for statement in statements:
            plain.execute(statement)


def test_a_plan_that_names_what_the_study_has_not_is_told(house: House) -> None:
    rest = house.rule("rest", "min_gap", minutes=660)
    study = house.study("2026-06-01", 7, rest, shifts=SHIFTS, **house.roster("2026-06-01", "L M"))
    assert not any("The plan names" in what for what in house.faults(study))
    written_by_another_program(
        study,
        "UPDATE staff SET id = 'nobody'",
        "UPDATE duties SET shift = 'gone' WHERE shift = 'M'",
        "INSERT INTO placements SELECT plan, 'K9', 0, 'S9', 'X9', '08:00' FROM duties LIMIT 1",
    )
    told = [what for what in house.faults(study) if "The plan names" in what]
    kinds = [what.removeprefix("The plan names ").split(",")[0] for what in told]
    assert [each.rsplit(" ", 1)[0] for each in kinds] == [
        "Case",
        "Session",
        "Surgeon",
        "Staff member",
        "Shift",
    ]
    (base,) = house.call("info", study, "--json").document["scenarios"]
    assert (base["placed"], base["unknown"]) == (0, 5)
    assert "5 unknown codes in the plan" in house.call("info", study).out
