"""Rows that cannot be used: what a plan can be made with is taken in, the rest is left out if asked."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data import exporting
from data.importing import FileFault, Imported, catalogue
from planner.plan import Plan
from planner.problem import faults, refuses

SAMPLES = Path(__file__).parent.parent / "samples"
Folder = Callable[..., Path]
HOUSE = {
    "study": "start;days;as_of\n2026-10-05;5;2026-10-01\n",
    "specialties": "id\nORL\n",
    "priorities": "id\nP2\n",
    "theatres": "id\nS1\nS2\n",
    "procedures": "id;specialty\nAMYG;ORL\n",
    "surgeons": "id;specialty\nDR1;ORL\nDR2;ORL\n",
    "sessions": "id;theatre;day;start;end\nA;S1;2026-10-05;16:00;08:00\n"
    "B;S2;2026-10-05;08:00;16:00\n",
    "cases": "id;procedure;specialty;priority;mean;listed\nK1;AMYG;ORL;P2;60;2026-09-01\n",
}


def read(path: Path, faulty: str = "refuse") -> Imported:
    return catalogue()["csv"].read(path, faulty=faulty)


def places(found: tuple[FileFault, ...]) -> list[tuple[str, int, str, str]]:
    return [(fault.file, fault.row, fault.column, fault.what) for fault in found]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Make a folder with a house of two theatres, and other files or more of them."""

    def make(**files: str) -> Path:
        path = tmp_path / "in"
        path.mkdir(exist_ok=True)
        for name, text in (HOUSE | files).items():
            (path / f"{name}.csv").write_text(text, encoding="utf-8")
        return path

    return make


# --- what a plan can be made with ------------------------------------------------------------------


def test_a_session_that_ends_before_it_starts_is_taken_in_and_named(folder: Folder) -> None:
    imported = read(folder())
    assert imported.problem is not None
    assert imported.faults == imported.left_out == ()
    assert places(imported.remarks) == [("sessions.csv", 2, "end", "unused_session")]
    (fault,) = faults(imported.problem)
    assert (fault.what, fault.id, refuses(fault)) == ("ends_before_start", "A", False)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("sessions", "id;theatre;day;start;end\nA;S1;2026-10-05;08:00;08:00\n", "unused_session"),
        ("sessions", "id;theatre;day;start;end\nA;S1;2027-10-05;8:00;9:00\n", "outside_horizon"),
        (
            "anaesthesia",
            "id;day;start;end;anaesthetists\nM;2026-10-05;16:00;08:00;2\n",
            "unused_anaesthesia",
        ),
        ("teams", "id;day;start;end;teams\nT;2026-10-05;16:00;08:00;2\n", "unused_team"),
        (
            "templates",
            "id;theatre;weekday;start;end\nT;S1;mon;16:00;08:00\n",
            "unused_template",
        ),
        (
            "cases",
            "id;procedure;specialty;priority;listed;due\nK;AMYG;ORL;P2;2026-09-01;2026-08-01\n",
            "due_before_listed",
        ),
    ],
)
def test_what_a_plan_can_be_made_with_is_a_remark(
    folder: Folder, name: str, text: str, wanted: str
) -> None:
    good = {"sessions": "id;theatre;day;start;end\nB;S2;2026-10-05;08:00;16:00\n"}
    imported = read(folder(**(good | {name: text})))
    assert imported.problem is not None
    (remark,) = imported.remarks
    assert (remark.what, remark.row) == (wanted, 2)
    for lang in ("en", "fr"):
        assert remark.sentence(lang)
        assert remark.hint(lang).endswith(".")


def test_such_a_session_is_written_and_read_back_as_it_is(folder: Folder, tmp_path: Path) -> None:
    imported = read(folder())
    assert imported.problem is not None
    exporting.catalogue()["csv"].write(imported.problem, Plan(), tmp_path / "out")
    assert read(tmp_path / "out").problem == imported.problem


# --- what is left out where that is asked ----------------------------------------------------------

CASES = "id;procedure;specialty;priority;mean;listed\n"
GOOD = "K1;AMYG;ORL;P2;60;2026-09-01\n"
OUT = {
    "negative minutes": ("cases", f"{CASES}{GOOD}K2;AMYG;ORL;P2;-5;2026-09-01\n", "not_duration"),
    "out of bounds": ("cases", f"{CASES}{GOOD}K2;AMYG;ORL;P2;1500;2026-09-01\n", "out_of_bounds"),
    "unknown code": ("cases", f"{CASES}{GOOD}K2;XXX;ORL;P2;60;2026-09-01\n", "unknown_code"),
    "no date": ("cases", f"{CASES}{GOOD}K2;AMYG;ORL;P2;60;2026-02-31\n", "not_date"),
    "double": ("cases", f"{CASES}{GOOD}{GOOD}", "double_id"),
    "cells": ("cases", f"{CASES}{GOOD}K2;AMYG\n", "cells_missing"),
    "absence": (
        "absences",
        "id;person;first;last\nX;DR1;2026-10-06;2026-10-07\nY;DR1;2026-10-08;2026-10-06\n",
        "ends_before_start",
    ),
    "hours away": (
        "absences",
        "id;person;first;last;start;end\nX;DR1;2026-10-06;2026-10-07;;\nY;DR1;2026-10-08;2026-10-08;12:00;9:00\n",
        "ends_before_start",
    ),
    "shift": ("shifts", "id;start;end\nM;06:30;14:00\nN;22:00;22:00-??\n", "not_time"),
    "recovery": (
        "recoveries",
        "id;start;end\nR;08:00;19:00\nQ;19:00;08:00\n",
        "ends_before_start",
    ),
}


@pytest.mark.parametrize("name", OUT)
def test_one_bad_line_keeps_the_others_only_where_nobody_asks(folder: Folder, name: str) -> None:
    table, text, what = OUT[name]
    path = folder(**{table: text})
    refused = read(path)
    assert refused.problem is None
    assert places(refused.faults) == places(read(path, "skip").left_out)
    taken = read(path, "skip")
    assert taken.problem is not None
    (left,) = taken.left_out
    assert (left.file, left.row, left.what) == (f"{table}.csv", 3, what)
    attribute = {"recoveries": "recoveries"}.get(table, table)
    assert len(getattr(taken.problem, attribute)) == 1
    assert not any(refuses(fault) for fault in faults(taken.problem))


def test_what_names_a_line_that_is_left_out_goes_with_it_and_is_told(folder: Folder) -> None:
    path = folder(
        theatres="id\nS1\nS2\nS2\n",
        sessions="id;theatre;day;start;end\nA;S9;2026-10-05;08:00;16:00\n"
        "B;S2;2026-10-05;08:00;16:00\n",
        placements="case;session;surgeon;start\nK1;A;DR1;08:00\n",
    )
    taken = read(path, "skip")
    assert taken.problem is not None
    assert places(taken.left_out) == [
        ("placements.csv", 2, "session", "names_left_out"),
        ("sessions.csv", 2, "theatre", "unknown_code"),
        ("theatres.csv", 4, "id", "double_id"),
    ]
    assert [each.id for each in taken.problem.sessions] == ["B"]
    assert [each.id for each in taken.problem.theatres] == ["S1", "S2"]
    assert [*taken.plan.placements] == []
    (named, *_) = taken.left_out
    assert named.sentence("en") == "“A” of sessions.csv is left out"
    assert named.sentence("fr") == "«\u00a0A\u00a0» de sessions.csv a été écarté"


def test_an_absence_of_a_surgeon_left_out_says_so(folder: Folder) -> None:
    path = folder(
        surgeons="id;specialty\nDR1;NONE\nDR2;ORL\n",
        absences="id;person;first;last\nV1;DR1;2026-10-05;2026-10-06\n",
    )
    told = {fault.file: fault for fault in read(path, "skip").left_out}
    assert told["absences.csv"].what == "names_left_out"
    assert told["absences.csv"].facts["table"] == "surgeons.csv"


def test_a_code_on_many_lines_takes_all_of_them_and_is_told_once(folder: Folder) -> None:
    rows = "".join(f"K{n};XXX;ORL;P2;60;2026-09-01\n" for n in range(2, 5))
    taken = read(folder(cases=f"{CASES}{GOOD}{rows}"), "skip")
    assert taken.problem is not None
    assert [case.id for case in taken.problem.cases] == ["K1"]
    (left,) = taken.left_out
    assert (left.row, left.facts["n"]) == (3, 3)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("study", "start;days;as_of\n2026-10-05;0;2026-10-01\n"),
        ("cases", "id;procedure\nK1;AMYG\n"),
        ("cases", f'{CASES}K1;"AMYG;ORL;P2;60;2026-09-01\n'),
        ("casez", f"{CASES}{GOOD}"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_left_out(folder: Folder, name: str, text: str) -> None:
    path = folder(**{name: text})
    assert read(path, "skip").problem is None
    assert places(read(path, "skip").faults) == places(read(path).faults)


def test_rules_are_never_left_out(folder: Folder) -> None:
    path = folder()
    shutil.copy(SAMPLES / "csv_bad" / "rules.toml", path)
    assert {fault.file for fault in read(path, "skip").faults} == {"rules.toml"}


def test_a_folder_without_a_fault_is_the_same_either_way() -> None:
    whole, asked = read(SAMPLES / "csv"), read(SAMPLES / "csv", "skip")
    assert whole == asked
    assert asked.left_out == ()
