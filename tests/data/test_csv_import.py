"""The CSV folder: what spreadsheets make of it, and every fault with file, row and column."""

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.importing import FileFault, Imported, catalogue
from planner.facts import facts
from planner.people import ShiftId
from planner.plan import Duty

SAMPLES = Path(__file__).parent.parent / "samples"
Folder = Callable[..., Path]


def read(path: Path) -> Imported:
    return catalogue()["csv"].read(path)


def places(faults: tuple[FileFault, ...]) -> list[tuple[str, int, str, str]]:
    return [(fault.file, fault.row, fault.column, fault.what) for fault in faults]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Make a folder with a study of October 2026 and the files given, as text or bytes."""

    def make(**files: str | bytes) -> Path:
        path = tmp_path / "in"
        path.mkdir(exist_ok=True)
        files = {"study": "start;days;as_of\n2026-10-05;28;2026-10-01\n"} | files
        for name, text in files.items():
            raw = text if isinstance(text, bytes) else text.encode()
            (path / f"{name}.csv").write_bytes(raw)
        return path

    return make


def the_ward(**more: str | bytes) -> dict[str, str | bytes]:
    return {
        "contracts": "id;week\nFPH;35,00\n",
        "staff": "id;contract\nA17;FPH\nA18;FPH\n",
        "shifts": "id;start;end\nM;06:30;14:00\n",
        **more,
    }


def test_a_file_of_the_folder_that_cannot_be_opened_is_named(folder: Folder) -> None:
    path = folder(**the_ward())
    for name in ("cases.csv", "rules.toml"):
        (path / name).symlink_to("nowhere")
    faults = read(path).faults
    assert [(fault.file, fault.what) for fault in faults] == [("cases.csv", "no_file")]
    (path / "cases.csv").unlink()
    (path / "rules.toml").unlink()
    (path / "rules.toml").mkdir()
    assert [(fault.file, fault.what) for fault in read(path).faults] == [
        ("rules.toml", "directory")
    ]


def test_a_number_that_nobody_can_read_is_a_fault(folder: Folder) -> None:
    faults = read(folder(contracts=f"id;week\nA;{'9' * 5000}\nB;{'9' * 15}\n")).faults
    assert [(fault.row, fault.what) for fault in faults] == [
        (2, "not_duration"),
        (3, "out_of_bounds"),
    ]


def test_without_a_period_no_day_lies_outside_of_it(folder: Folder) -> None:
    ward = the_ward(duties="person;date;shift\nA17;2026-10-05;M\n")
    absences = "id;person;first;last\nC;A17;2026-10-05;2026-10-06\n"
    for study in ("start;days;as_of\n", "start;days;as_of\nnever;28;2026-10-01\n"):
        faults = read(folder(study=study, absences=absences, **ward)).faults
        assert {fault.file for fault in faults} == {"study.csv"}


def test_a_day_far_away_is_told_as_a_date(folder: Folder) -> None:
    absences = "id;person;first;last\nC;A17;1026-10-05;2026-10-06\n"
    faults = read(folder(absences=absences, **the_ward())).faults
    assert [(f.what, f.column, f.facts["value"]) for f in faults] == [
        ("far_day", "first", "1026-10-05")
    ]


# --- what is read ----------------------------------------------------------------------------


def test_french_spreadsheets_with_other_names_are_read() -> None:
    imported = read(SAMPLES / "csv")
    assert imported.faults == ()
    problem = imported.problem
    assert problem is not None
    assert [person.name for person in problem.staff] == ["Hélène", "Sœur"]
    assert [contract.week for contract in problem.contracts] == [2100, 1950]
    assert [(s.start, s.end) for s in problem.shifts] == [(420, 1170), (1170, 1890), (960, 1440)]
    assert [case.procedure for case in problem.cases] == ["AMYG", "VITR", "VITR"]
    assert problem.absences[0].reason == "congé; annuel"
    assert list(imported.plan.duties) == [Duty("A17", 0, "J"), Duty("A18", 0, "N")]
    assert [(p.case, p.start, p.surgeon) for p in imported.plan.placements] == [
        ("P-0001", 480, "DR1"),
        ("P-0002", None, "DR2"),
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_hours_sheet_in_every_encoding(folder: Folder, encoding: str, end: str) -> None:
    text = end.join(["Code;Nom;Heures", "A17;Hélène;35,00", "A18;Sœur;7,50", ""])
    imported = read(folder(contracts=text.encode(encoding)))
    assert imported.problem is not None
    found = [(each.id, each.name, each.week) for each in imported.problem.contracts]
    assert found == [("A17", "Hélène", 2100), ("A18", "Sœur", 450)]


@pytest.mark.parametrize("header", ["Code;Fin;Début", '"Code";"Fin";"Début"'])
def test_a_mark_before_the_first_header_is_no_letter_of_it(folder: Folder, header: str) -> None:
    imported = read(folder(shifts=b"\xef\xbb\xbf" + f"{header}\nM;14:00;06:30\n".encode()))
    assert imported.problem is not None
    assert [shift.id for shift in imported.problem.shifts] == ["M"]


def test_commas_part_cells_as_well(folder: Folder) -> None:
    imported = read(folder(contracts='id,name,week\nFPH,"Full, time","35,00"\n'))
    assert imported.problem is not None
    assert [(c.name, c.week) for c in imported.problem.contracts] == [("Full, time", 2100)]


def test_the_line_by_which_a_spreadsheet_tells_its_separator_is_no_header(folder: Folder) -> None:
    imported = read(folder(contracts="sep=;\nid;week\nFPH;35,00\nNUIT;x\n"))
    assert places(imported.faults) == [("contracts.csv", 4, "week", "not_duration")]


def test_a_text_over_two_lines_keeps_the_count_of_lines(folder: Folder) -> None:
    imported = read(folder(contracts='id;name;week\nA;"two\nlines";35,00\nB;one;x\n'))
    assert places(imported.faults) == [("contracts.csv", 4, "week", "not_duration")]


def test_five_rows_with_ids_in_any_order_are_five(folder: Folder) -> None:
    imported = read(folder(contracts="id\n500\n600\n700\n1\n2\n"))
    assert imported.problem is not None
    assert [each.id for each in imported.problem.contracts] == ["500", "600", "700", "1", "2"]


def test_one_procedure_with_and_without_a_space(folder: Folder) -> None:
    rows = "".join(f"c{n};Vitrectomy{' ' * (n == 3)};O;P\n" for n in range(6))
    imported = read(
        folder(
            specialties="id\nO \n",
            priorities="id\nP\n",
            procedures="id;specialty\nVitrectomy;O\n",
            cases=f"id;procedure;specialty;priority\n{rows}",
        )
    )
    assert imported.problem is not None
    assert {case.procedure for case in imported.problem.cases} == {"Vitrectomy"}


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("16:00", "24:00", (960, 1440)),
        ("16:00", "00:00", (960, 1440)),
        ("00:00", "24:00", (0, 1440)),
        ("19:30", "07:30", (1170, 1890)),
        ("20:00", "04:00", (1200, 1680)),
        ("19:30", "07:30+1", (1170, 1890)),
        ("07:00", "07:00+1", (420, 1860)),
    ],
)
def test_ends_at_and_after_midnight(
    folder: Folder, start: str, end: str, wanted: tuple[int, int]
) -> None:
    imported = read(folder(shifts=f"id;start;end\nN;{start};{end}\n"))
    assert imported.problem is not None
    shift = imported.problem.shifts[0]
    assert (shift.start, shift.end) == wanted


def test_worked_time_and_presence_of_a_real_shift_table(folder: Folder) -> None:
    """Five F and one N: 47 h 45 worked, 51 h present (the breaks are 30 and 45 minutes)."""
    shifts = (
        "Code;Début;Fin;Pause non payée\nF;06:00;14:10;30\nT;08:00;16:10;30\n"
        "Z;08:00;14:00;0\nS;12:50;21:00;30\nN;20:20;06:30;45 min\n"
    )
    imported = read(folder(shifts=shifts))
    assert imported.problem is not None
    known = facts(imported.problem)
    week = [(day, "F") for day in range(5)] + [(5, "N")]
    assert sum(known.effective(day, ShiftId(shift)) for day, shift in week) == 2865
    spans = [known.span(day, ShiftId(shift)) for day, shift in week]
    assert sum(end - start for start, end in spans) == 3060


# --- what is refused -------------------------------------------------------------------------


def test_every_fault_of_a_folder_is_told_at_once() -> None:
    imported = read(SAMPLES / "csv_bad")
    assert imported.problem is None
    told = [("cases.csv", 2, "due", "due_before_listed"), ("histories.csv", 0, "", "no_history")]
    assert places(imported.remarks) == told
    assert places(imported.faults) == [
        ("cases.csv", 3, "due", "not_date"),
        ("cases.csv", 4, "surgeons", "unknown_code"),
        ("cases.csv", 5, "", "cells_missing"),
        ("duties.csv", 2, "date", "not_date"),
        ("duties.csv", 3, "date", "not_date"),
        ("duties.csv", 4, "shift", "unknown_code"),
        ("rules.toml", 5, "most", "rule_field"),
        ("rules.toml", 10, "type", "unknown_rule_type"),
        ("shifts.csv", 3, "end", "not_time"),
        ("shifts.csv", 4, "end", "no_length"),
        ("shifts.csv", 5, "end", "after_midnight"),
        ("staff.csv", 3, "share", "not_whole"),
        ("staff.csv", 4, "id", "double_id"),
        ("staff.csv", 5, "contract", "unknown_code"),
    ]


def test_an_unknown_code_is_told_once_with_its_count() -> None:
    (fault,) = (
        f for f in read(SAMPLES / "csv_bad").faults if f.file == "duties.csv" and f.row == 4
    )
    assert fault.facts == {"value": "D?", "table": "shifts.csv", "n": 2}
    assert fault.sentence("en") == "“D?” is not in shifts.csv, and stands on 2 lines"


def test_one_unreadable_line_among_ten_good_ones(folder: Folder) -> None:
    rows = "".join(f"N{n};22:00;06:00\n" for n in range(10))
    path = folder(shifts=f"id;start;end\nN;22:00;22:00-??\n{rows}")
    imported = read(path)
    assert places(imported.faults) == [("shifts.csv", 2, "end", "not_time")]
    assert imported.good == 11  # the study and the ten


def test_a_double_id_names_both_lines(folder: Folder) -> None:
    imported = read(folder(contracts="id;name\n4210;A\n4209;B\n4210;C\n"))
    (fault,) = imported.faults
    assert fault.where("en") == "contracts.csv, line 4, column id"
    assert fault.sentence("en") == "“4210” stands already on line 2"
    assert fault.sentence("fr") == "«\u00a04210\u00a0» figure déjà à la ligne 2"


def test_two_columns_for_one_field_are_refused(folder: Folder) -> None:
    imported = read(folder(contracts="id;week;Heures\nFPH;2100;35\n"))
    (fault,) = imported.faults
    assert (fault.row, fault.column, fault.what) == (1, "Heures", "column_twice")


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"contracts": "id;weak\nFPH;35\n"}, ("contracts.csv", 1, "weak", "column_unknown")),
        ({"shifts": "id;start\nM;06:30\n"}, ("shifts.csv", 1, "", "column_missing")),
        ({"shifts": "M;06:30;14:00\n"}, ("shifts.csv", 1, "", "header_unknown")),
        ({"contracts": "id;week\nFPH;full\n"}, ("contracts.csv", 2, "week", "not_duration")),
        ({"contracts": "id;week\nFPH;7.30\n"}, ("contracts.csv", 2, "week", "two_durations")),
        ({"contracts": "id;week\n;35,00\n"}, ("contracts.csv", 2, "id", "empty")),
        ({"contracts": "id;week\nFPH;99999\n"}, ("contracts.csv", 2, "week", "out_of_bounds")),
        ({"contracts": "id;week\nFPH;35;1\n"}, ("contracts.csv", 2, "", "cells_too_many")),
        ({"contracts": 'id;name\nF;"Full\n'}, ("contracts.csv", 2, "", "quotes")),
        ({"contracts": ""}, ("contracts.csv", 0, "", "empty_file")),
        ({"contracts": "\n;;\n"}, ("contracts.csv", 1, "", "no_header")),
        ({"contracts": b"id\nF\x00PH\n"}, ("contracts.csv", 0, "", "no_text")),
        ({"contracts": b"id\nFPH\nH\x81\n"}, ("contracts.csv", 3, "", "no_encoding")),
        ({"contrats": "id\nA\n", "contracts": "id\nB\n"}, ("contrats.csv", 0, "", "file_twice")),
        ({"contractz": "id\nA\n"}, ("contractz.csv", 0, "", "file_unknown")),
        ({"study": "start;days;as_of\n"}, ("study.csv", 1, "", "one_row")),
        (
            {"study": "start;days;as_of\n2026-10-05;0;2026-10-01\n"},
            ("study.csv", 2, "days", "out_of_bounds"),
        ),
        (
            {"study": "start;days;as_of;zone\n2026-10-05;9;2026-10-01;Mars\n"},
            ("study.csv", 2, "zone", "no_zone"),
        ),
        (
            {"study": "start;days;as_of\n2026-10-05;9;01/10/2026 12:00\n"},
            ("study.csv", 2, "as_of", "not_date"),
        ),
        (
            {"recoveries": "id;start;end\nR;9h;8h\n"},
            ("recoveries.csv", 2, "end", "ends_before_start"),
        ),
        (
            {"theatres": "id\nT\n", "sessions": "id;theatre;day;start;end\nS;U;2026-10-05;8h;9h\n"},
            ("sessions.csv", 2, "theatre", "unknown_code"),
        ),
        (the_ward(duties="person;date;shift;end\nA17;05/10/2026;M;15:00\n"), "other_shift"),
        (the_ward(duties="person;date;shift\nA17;05/09/2026;M\n"), "outside_horizon"),
        (
            the_ward(duties="person;date;shift\nA17;05/10/2026;M\nA17;05/10/2026;M\n"),
            ("duties.csv", 3, "person", "double_duty"),
        ),
    ],
)
def test_a_fault_has_its_place(folder: Folder, files: Any, wanted: Any) -> None:
    imported = read(folder(**files))
    assert imported.problem is None
    assert len(imported.faults) == 1
    if isinstance(wanted, str):
        assert imported.faults[0].what == wanted
        assert imported.faults[0].row == 2
    else:
        assert places(imported.faults) == [wanted]


def test_dates_that_cannot_be_read_are_refused_with_their_lines(folder: Folder) -> None:
    duties = "Matricule;Date;Poste\nA17;31/02/2026;M\nA18;10/15/2026;M\n"
    imported = read(folder(**the_ward(duties=duties)))
    assert places(imported.faults) == [
        ("duties.csv", 2, "Date", "not_date"),
        ("duties.csv", 3, "Date", "not_date"),
    ]
    assert list(imported.plan.duties) == []


def test_links_to_a_row_that_is_refused_are_no_faults_of_their_own(folder: Folder) -> None:
    files = the_ward(contracts="id;week\nFPH;many\n", duties="person;date;shift\nA17;5/10/2026;M\n")
    assert places(read(folder(**files)).faults) == [("contracts.csv", 2, "week", "not_duration")]


def test_a_broken_rule_file_has_its_line(folder: Folder) -> None:
    path = folder()
    (path / "rules.toml").write_text('[[rule]]\nid = "a\n', encoding="utf-8")
    assert places(read(path).faults) == [("rules.toml", 2, "", "no_toml")]


def test_rooms_and_dates_of_placements_must_be_those_of_their_sessions(folder: Folder) -> None:
    path = folder()
    shutil.rmtree(path)
    shutil.copytree(SAMPLES / "csv", path)
    (path / "programmation.csv").write_text(
        "case;session;room;date;start;end\nP-0001;S1-LUN;S2;06/10/2026;08:00;08:50\n"
        "P-0002;S2-MAR;S2;06/10/2026;08:00;10:00\nP-0002;S2-MAR;;;;\nP-0003;S3;;;;\n",
        encoding="utf-8",
    )
    imported = read(path)
    assert places(imported.faults) == [
        ("programmation.csv", 2, "room", "other_room"),
        ("programmation.csv", 2, "date", "other_date"),
        ("programmation.csv", 4, "case", "placed_twice"),
        ("programmation.csv", 5, "session", "unknown_code"),
    ]
    assert ("programmation.csv", 3, "end", "other_end") in places(imported.remarks)


def test_people_without_history_are_told_and_taken(folder: Folder) -> None:
    imported = read(folder(**the_ward()))
    assert imported.problem is not None
    (remark,) = imported.remarks
    assert remark.sentence("en").startswith("There is no history for 2 people (A17, A18)")


def _memory(name: str) -> float:
    """Give what Linux says of the memory of this process, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{name}:")[1].split()[0]) / 1024


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_a_hundred_thousand_rows_in_twenty_seconds_and_one_gibibyte(folder: Folder) -> None:
    path = folder()
    shutil.rmtree(path)
    shutil.copytree(SAMPLES / "csv", path)
    header = "Identifiant;Acte;Spécialité;Priorité;Durée;Date d’inscription;Date limite;Note"
    rows = (
        f"P-{n:06d};AMYG;ORL;P2;{30 + n % 200};{1 + n % 28:02d}/09/2026;{1 + n % 28:02d}/12/2026;n{n}"
        for n in range(100_000)
    )
    (path / "interventions.csv").write_text("\n".join([header, *rows]), encoding="cp1252")
    (path / "programmation.csv").unlink()
    before = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted from here
    began = time.process_time()
    imported = read(path)
    seconds = time.process_time() - began
    mebibytes = 200 + _memory("VmHWM") - before  # tests before this one hold memory of their own
    sys.stdout.write(f"100 000 rows: {seconds:.1f} CPU-seconds, {mebibytes:.0f} MiB at most\n")
    assert imported.problem is not None
    assert len(imported.problem.cases) == 100_000
    assert seconds < 20
    assert mebibytes < 1024
