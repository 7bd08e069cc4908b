"""What is wrong with files of an INRC-II instance gets a sentence that names file and line."""

import shutil
from pathlib import Path

import pytest

from data.importing import Imported, Unreadable, catalogue
from planner.words import LANGUAGES

FOLDER = Path(__file__).parent.parent / "samples" / "inrc2"
MINI = FOLDER / "n003w2_0_0-1"


def hurt(place: Path, file: str, old: str, new: str) -> Imported:
    """Read the mini instance with something changed in one of its files."""
    folder = Path(shutil.copytree(FOLDER, place / "n003w2"))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return catalogue()["inrc2"].read(folder / "n003w2_0_0-1")


SC, H0, WD = "Sc-n003w2.txt", "H0-n003w2-0.txt", "WD-n003w2-1.txt"
HOSTILE = [
    # truncated
    (SC, "Cleo FullTime 1 Nurse\n", "", "rows_wrong", 23),
    (SC, "CONTRACTS = 2\n", "CONTRACTS =\n", "not_whole", 19),
    (SC, "NURSES = 3\n", "", "section_missing", 0),
    (SC, "FullTime (4,9) (2,4) (2,3) 1 1", "FullTime (4,9) (2,4", "fields_wrong", 20),
    (H0, "Cleo 0 0 Early 2 2 0\n", "", "nothing_of", 0),
    (WD, "SHIFT_OFF_REQUESTS = 0\n", "", "section_missing", 0),
    (WD, "Night Nurse (0,0)", "Night Nurse", "fields_wrong", 10),
    (WD, "Late Nurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)\n", "", "nothing_of", 0),
    # wrong sections
    (SC, "SKILLS = 2\n", "CRAFTS = 2\n", "section_unknown", 5),
    (SC, "CONTRACTS = 2\n", "SHIFT_TYPES = 2\n", "not_once", 19),
    (SC, "SCENARIO = n003w2\n", "once upon a time\n", "section_unknown", 1),
    (H0, "NURSE_HISTORY\n", "REQUIREMENTS\n", "section_missing", 0),
    (WD, "WEEK_DATA\nn003w2", "WEEK_DATA\nn004w2", "other_scenario", 2),
    (WD, "WEEK_DATA\nn003w2", "WEEK_DATA\n", "section_missing", 1),
    (H0, "0 n003w2", "0 n004w2", "other_scenario", 2),
    (SC, "WEEKS = 2\n", "WEEKS = 3\n", "weeks_wrong", 3),
    # unknown names
    (SC, "Bea HalfTime", "Bea QuarterTime", "not_in_instance", 25),
    (SC, "Bea HalfTime 1 Nurse", "Bea HalfTime 1 Surgeon", "not_in_instance", 25),
    (SC, "Late 1 Early", "Late 1 Noon", "not_in_instance", 16),
    (SC, "Late (2,3)", "Any (2,3)", "no_code", 11),
    (SC, "Bea HalfTime 1 Nurse", "Anna HalfTime 1 Nurse", "not_once", 25),
    (SC, "Bea HalfTime", "Be/a HalfTime", "no_code", 25),
    (SC, "HalfTime (2,5)", "Early (2,5)", "not_in_instance", 25),
    (H0, "Cleo 0 0", "Cloe 0 0", "not_in_instance", 7),
    (H0, "Cleo 0 0 Early", "Cleo 0 0 Noon", "not_in_instance", 7),
    (WD, "Late Nurse", "Late Surgeon", "not_in_instance", 8),
    (WD, "Late Nurse", "Late HeadNurse", "nothing_of", 0),
    (
        WD,
        "SHIFT_OFF_REQUESTS = 0\n",
        "SHIFT_OFF_REQUESTS = 1\nBea Any Die\n",
        "not_in_instance",
        13,
    ),
    # no numbers
    (SC, "1 1\n", "one 1\n", "not_whole", 20),
    (SC, "(2,4)", "(2;4)", "not_bounds", 20),
    (SC, "(2,4)", "(4,2)", "not_bounds", 20),
    (SC, "(2,4)", "(2,400)", "out_of_bounds", 20),
    (SC, "WEEKS = 2\n", "WEEKS = two\n", "weeks_wrong", 3),
    (H0, "Early 2 2 0", "Early ² 2 0", "not_whole", 7),
    (H0, "Early 2 2 0", "Early 99999 2 0", "out_of_bounds", 7),
    (H0, "Early 2 2 0", "Early 3 2 0", "past_wrong", 7),
    (H0, "Early 2 2 0", "Early 2 2 1", "past_wrong", 7),
    (H0, "Early 2 2 0", "None 0 0 0", "past_wrong", 7),
    (H0, "Early 2 2 0", "Early 99 99 0", "past_wrong", 7),
    (H0, "Bea 1 1", "Bea 1 9", "out_of_bounds", 6),
    (SC, "Early Late\n", "Early\n", "fields_wrong", 17),
]


@pytest.mark.parametrize(("file", "old", "new", "what", "line"), HOSTILE)
def test_a_hurt_file_gets_a_sentence_with_its_line(
    file: str, old: str, new: str, what: str, line: int, tmp_path: Path
) -> None:
    imported = hurt(tmp_path, file, old, new)
    assert imported.problem is None
    assert (what, file, line) in [(each.what, each.file, each.row) for each in imported.faults]
    for fault in imported.faults:
        said = {fault.where(lang) + fault.sentence(lang) + fault.hint(lang) for lang in LANGUAGES}
        assert len(said) == len(LANGUAGES)
        assert file in fault.where("fr")


def test_what_follows_from_a_fault_is_not_told(tmp_path: Path) -> None:
    imported = hurt(tmp_path, SC, "Late (2,3)", "Late (3,2)")
    assert [each.what for each in imported.faults] == ["not_bounds"]


@pytest.mark.parametrize(
    ("name", "what", "file"),
    [
        ("n003w2_0_0-7", "no_file", "WD-n003w2-7.txt"),
        ("n003w2_5_0-1", "no_file", "H0-n003w2-5.txt"),
        ("n003w2_0_0", "weeks_wrong", SC),
        ("Sc-n003w2.txt", "no_instance", "Sc-n003w2.txt"),
        ("n003w2", "no_file", "n003w2"),
    ],
)
def test_a_name_that_names_nothing_is_told_by_the_file_that_lacks(
    name: str, what: str, file: str
) -> None:
    (fault,) = catalogue()["inrc2"].read(FOLDER / name).faults
    assert (fault.what, fault.file) == (what, file)


def test_a_folder_with_several_instances_asks_for_a_name(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "n003w2"))
    shutil.copy(folder / WD, folder / "WD-n003w2-2.txt")
    (fault,) = catalogue()["inrc2"].read(folder).faults
    assert fault.what == "many_instances"
    assert "n003w2/n003w2_0_0-1" in fault.hint("fr")
    (folder / "WD-n003w2-1.txt").unlink()  # two weeks again, in the order of their numbers
    assert catalogue()["inrc2"].read(folder).problem is not None


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("Anna,0,Mon,Early,Nurse\nZoe,0,Mon,Early,Nurse\n", "not_in_instance"),
        ("Anna,2,Mon,Early,Nurse\n", "not_in_instance"),
        ("Anna,-1,Mon,Early,Nurse\n", "not_in_instance"),
        ("Anna,0,Lun,Early,Nurse\n", "not_in_instance"),
        ("Anna,0,Mon,Noon,Nurse\n", "not_in_instance"),
        ("Anna,0,Mon,Early,\n", "not_in_instance"),
        ("Anna,0,Mon,Early,Nurse\nAnna,0,Mon,Early,Nurse\n", "not_once"),
        ("Anna,0,Mon,Early\n", "cells_missing"),
    ],
)
def test_a_roster_that_is_none_is_refused(rows: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("nurse,week,day,shift,skill\n" + rows, encoding="utf-8")
    problem, form = catalogue()["inrc2"].read(MINI).problem, catalogue()["inrc2"].solution
    assert problem is not None
    assert form is not None
    with pytest.raises(Unreadable, match=r"roster\.csv") as raised:
        form.read_solution(problem, path)
    fault = raised.value.fault
    assert (fault.what, fault.row) == (what, 1 + rows.count("\n"))
