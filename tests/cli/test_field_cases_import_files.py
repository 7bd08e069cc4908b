"""Field cases of files from elsewhere: encodings, doubles, spaces, dates, and texts like formulas."""

import codecs
from pathlib import Path
from typing import Any

import pytest

House = Any

SHIFTS = "id;start;end\nM;06:30;14:00\nD2;07:00;19:00\n"
PEOPLE = "Matricule;Contrat\nA17;FPH\nA18;FPH\n"


def by_id(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows}


# --- F48, F50: encodings --------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_f48_the_hours_sheet_of_every_spreadsheet(
    house: House, encoding: str, end: str, quote: str
) -> None:
    def sheet(*rows: tuple[str, ...]) -> bytes:
        lines = (";".join(f"{quote}{cell}{quote}" for cell in row) + end for row in rows)
        return "".join(lines).encode(encoding)

    raw = sheet(("Code", "Nom", "Heures"), ("A17", "Hélène", "35,00"), ("A18", "Sœur", "7,50"))
    people = sheet(("Matricule", "Prénom", "Contrat"), ("1", "Hélène", "A17"), ("2", "Sœur", "A18"))
    if encoding == "cp1252":
        assert b"H\xe9l\xe8ne" in raw
        assert b"S\x9cur" in raw
    study = house.study("2026-10-05", 28, contracts=raw, staff=people)
    assert [row["name"] for row in house.exported(study, "staff")] == ["Hélène", "Sœur"]
    found = by_id(house.exported(study, "contracts"))
    assert [(found[id]["name"], found[id]["week"]) for id in ("A17", "A18")] == [
        ("Hélène", "2100"),
        ("Sœur", "450"),
    ]


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("7,5", 450), ("0,25", 15), ("37,50", 2250), ("38.75", 2325), ("35", 2100), ("35h00", 2100)],
)
def test_f48_a_decimal_comma_is_no_thousand(house: House, words: str, minutes: int) -> None:
    study = house.study("2026-10-05", 28, contracts=f"Code;Heures\r\nA;{words}\r\n")
    assert by_id(house.exported(study, "contracts"))["A"]["week"] == str(minutes)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b""])
@pytest.mark.parametrize("header", ["Matricule;Date;Poste", '"Matricule";"Date";"Poste"'])
@pytest.mark.parametrize("sign", [";", ","])
def test_f50_a_mark_before_the_first_header(
    house: House, mark: bytes, header: str, sign: str
) -> None:
    text = f"{header}\nA17;05/10/2026;M\n".replace(";", sign)
    study = house.study(
        "2026-10-05", 28, staff=PEOPLE, shifts=SHIFTS, duties=mark + text.encode("utf-8")
    )
    (row,) = house.exported(study, "duties")
    assert (row["person"], row["date"], row["shift"]) == ("A17", "2026-10-05", "M")


# --- F57: doubles ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        ("4210 4209 4210", ["line 4, column id: “4210” stands already on line 2"]),
        ("4209 4210 4210", ["line 4, column id: “4210” stands already on line 3"]),
        (
            "4210 4210 4209 4210",
            [
                "line 3, column id: “4210” stands already on line 2",
                "line 5, column id: “4210” stands already on line 2",
            ],
        ),
        ("4210 4210\u00a0", ["line 3, column id: “4210” stands already on line 2"]),
    ],
)
def test_f57_a_double_id_names_both_lines(house: House, ids: str, told: list[str]) -> None:
    rows = "".join(f"{id};{name};FPH\n" for id, name in zip(ids.split(" "), "ABCD", strict=False))
    faults = house.refused("2026-10-05", 28, staff=f"id;name;contract\n{rows}")
    assert faults == [f"staff.csv, {each}" for each in told]


@pytest.mark.parametrize(
    ("header", "column"),
    [("id;week;Heures", "Heures"), ("id;Heures;week", "week"), ("id;Heures;Heures", "Heures")],
)
def test_f57_two_columns_for_one_field_are_refused(house: House, header: str, column: str) -> None:
    (fault,) = house.refused("2026-10-05", 28, contracts=f"{header}\nFPH;35;35\n")
    assert fault.startswith(f"contracts.csv, line 1, column {column}: ")


def test_f57_five_ids_in_any_order_are_five_people(house: House) -> None:
    ids = ["500", "600", "700", "1", "2"]
    rows = "".join(f"{id};FPH\n" for id in ids)
    study = house.study("2026-10-05", 28, staff=f"id;contract\n{rows}")
    assert [row["id"] for row in house.exported(study, "staff")] == ids


# --- F58: spaces ----------------------------------------------------------------------------------

BLANKS = [" ", "\u00a0", "\u202f", "\t", "\u200b"]


@pytest.mark.parametrize("blank", BLANKS)
def test_f58_a_space_makes_no_new_procedure(house: House, blank: str) -> None:
    """Six cases name one of five procedures; in one of the rows a blank follows the name."""
    codes = ["Vitrectomy", "Cataract", "Glaucoma", "Strabismus", "Keratoplasty"]
    names = [*codes[1:], *["Vitrectomy"] * 5, f"Vitrectomy{blank}"]
    cases = "".join(f"c{n};{name};O;P\n" for n, name in enumerate(names))
    study = house.study(
        "2026-10-05",
        28,
        specialties=f"id\nO{blank}\n",
        priorities="id\nP\n",
        procedures="id;specialty\n" + "".join(f"{code};O\n" for code in codes),
        cases=f"id;procedure;specialty;priority\n{cases}",
    )
    rows = house.exported(study, "cases")
    assert {row["procedure"] for row in rows} == set(codes)
    assert sum(row["procedure"] == "Vitrectomy" for row in rows) == 6


@pytest.mark.parametrize("blank", BLANKS)
def test_f58_a_space_makes_no_new_shift_and_no_new_person(house: House, blank: str) -> None:
    twice = f"id;start;end\nD2;07:00;19:00\nD2{blank};07:00;19:00\n"
    (fault,) = house.refused("2026-10-05", 28, shifts=twice)
    assert fault == "shifts.csv, line 3, column id: “D2” stands already on line 2"
    duties = f"person;date;shift\nA17{blank};05/10/2026;D2\n{blank}A17;06/10/2026;D2{blank}\n"
    study = house.study("2026-10-05", 28, staff=PEOPLE, shifts=SHIFTS, duties=duties)
    found = {(row["person"], row["shift"]) for row in house.exported(study, "duties")}
    assert found == {("A17", "D2")}


def test_f58_every_blank_inside_a_code_is_one(house: House) -> None:
    duties = (
        "person;date;shift\nA\u00a017;05/10/2026;M\nA 17;06/10/2026;M\nA\u202f17;07/10/2026;M\n"
    )
    staff = "id;contract\nA 17;FPH\n"
    study = house.study("2026-10-05", 28, staff=staff, shifts=SHIFTS, duties=duties)
    assert {row["person"] for row in house.exported(study, "duties")} == {"A 17"}
    (fault,) = house.refused("2026-10-05", 28, staff=PEOPLE, shifts=SHIFTS, duties=duties)
    assert "“A 17” is not in staff.csv, and stands on 3 lines" in fault


def test_f58_two_blanks_inside_a_code_make_no_other_one(house: House) -> None:
    procedures = "id;specialty\nBig op;O\nBig  op;O\nBigop;O\n"
    faults = house.refused("2026-10-05", 28, specialties="id\nO\n", procedures=procedures)
    assert faults == ["procedures.csv, line 3, column id: “Big  op” stands already on line 2"]


@pytest.mark.parametrize("unknown", ["D?", "d2", "D22"])
@pytest.mark.parametrize("count", [1, 3])
def test_f58_an_unknown_code_is_told_once_with_its_count(
    house: House, unknown: str, count: int
) -> None:
    rows = "".join(f"A17;{day:02d}/10/2026;{unknown}\n" for day in range(6, 6 + count))
    duties = f"person;date;shift\nA17;05/10/2026;D2\n{rows}"
    (fault,) = house.refused("2026-10-05", 28, staff=PEOPLE, shifts=SHIFTS, duties=duties)
    assert fault.startswith(f"duties.csv, line 3, column shift: “{unknown}” is not in shifts.csv")
    assert (f"stands on {count} lines" in fault) == (count > 1)


@pytest.mark.parametrize("cell", ["M D2", "M, D2", "M;D2", "M / D2", "M+D2", "M\u00a0D2"])
@pytest.mark.parametrize("count", [1, 2])
def test_several_codes_in_a_cell_are_told_how_to_be_parted(
    house: House, cell: str, count: int
) -> None:
    rows = "".join(f'n{n};05/10/2026;"{cell}"\n' for n in range(count))
    cover = f"id;day;shifts\n{rows}good;06/10/2026;M|D2\n"
    folder = house.folder("2026-10-05", 28, shifts=SHIFTS, cover=cover)
    ended = house.call("import", folder, "--out", "made.opale", "--json")
    (fault,) = ended.document["faults"]
    assert fault["where"] == "cover.csv, line 2, column shifts"
    assert "not one code of shifts.csv but several" in fault["what"]
    assert ("stands on 2 lines" in fault["what"]) == (count == 2)
    assert fault["hint"] == "Part the codes with |, as in “M|D2”."


@pytest.mark.parametrize("cell", ["M X", "D2 ?", "MD2"])
def test_codes_that_are_not_all_there_are_one_that_is_not(house: House, cell: str) -> None:
    cover = f"id;day;shifts\nn;05/10/2026;{cell}\n"
    (fault,) = house.refused("2026-10-05", 28, shifts=SHIFTS, cover=cover)
    assert f"“{cell}” is not in shifts.csv" in fault


# --- F62: dates -----------------------------------------------------------------------------------

BAD_DATES = [
    "31/02/2026",
    "10/15/2026",
    "29/02/2026",
    "31/11/2026",
    "00/10/2026",
    "2026-13-01",
    "05/10/26",
    "5 octobre",
    "demain",
    "46300",
    "",
]


@pytest.mark.parametrize("bad", BAD_DATES)
def test_f62_a_date_that_cannot_be_read_is_never_today(house: House, bad: str) -> None:
    duties = f"Matricule;Date;Poste\nA17;{bad};M\nA18;05/10/2026;M\nA18;{bad};M\n"
    files = {"staff": PEOPLE, "shifts": SHIFTS, "duties": duties}
    faults = house.refused("2026-10-05", 28, **files)
    lines = {each.split(", column Date: ")[0].removeprefix("duties.csv, line ") for each in faults}
    assert lines in ({"2", "4"}, {"2", "3", "4"})
    assert ("3" in lines) == (bad == "2026-13-01")  # the first date decides how all are written


def test_f62_both_rows_are_refused_with_their_lines(house: House, place: Path) -> None:
    duties = "Matricule;Date;Poste\nA17;31/02/2026;M\nA18;10/15/2026;M\n"
    files = {"staff": PEOPLE, "shifts": SHIFTS, "duties": duties}
    assert house.refused("2026-10-05", 28, **files) == [
        "duties.csv, line 2, column Date: “31/02/2026” is no date",
        "duties.csv, line 3, column Date: “10/15/2026” is no date",
    ]
    folder = house.folder("2026-10-05", 28, **files)
    for words in (
        ("solve", folder, "--effort", 1, "--out", place / "new.opale"),
        ("check", folder),
    ):
        ended = house.call(*words, "--json")
        assert (ended.code, ended.out) == (1, "")
        assert "line 2, column Date: “31/02/2026” is no date" in ended.err
    assert not (place / "new.opale").exists()


# --- F64: texts like formulas ---------------------------------------------------------------------

FORMULAS = [
    '=HYPERLINK("http://x","y")',
    "+33 6 00",
    "@A1",
    "-7.5 h",
    "\u0009=1+1",
    "'=1+1",
    "'",
    "=1;2",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_f64_no_text_is_a_formula_and_all_come_back(house: House, place: Path, text: str) -> None:
    quoted = '"' + ("'" + text).replace('"', '""') + '"'
    study = house.study(
        "2026-10-05",
        28,
        specialties="id\nO\n",
        priorities="id\nP\n",
        procedures="id;specialty\nOP;O\n",
        cases=f"id;procedure;specialty;priority;note;mean\nK;OP;O;P;{quoted};75\n",
        staff=f"id;name;contract\nA17;{quoted};FPH\n",
        theatres=f"id;name\nT;{quoted}\n",
    )
    cells = {
        "staff": house.exported(study, "staff")[0]["name"],
        "theatres": house.exported(study, "theatres")[0]["name"],
        "cases": house.exported(study, "cases")[0]["note"],
    }
    assert {cell[0] for cell in cells.values()} == {"'"}
    assert {cell[1:] for cell in cells.values()} == {text}
    assert house.exported(study, "cases")[0]["mean"] == "75"
    again = place / "again.opale"
    assert house.call("import", place / "exported", "--out", again).code == 0
    assert house.exported(again, "staff")[0]["name"] == cells["staff"]
    info = [house.call("info", each, "--json").document["counts"] for each in (study, again)]
    assert info[0] == info[1]


def test_f64_a_formula_as_code_of_a_room_is_taken_and_neutralised(house: House) -> None:
    study = house.study(
        "2026-10-05",
        28,
        theatres="id\n@A1\n",
        sessions="id;theatre;day;start;end\nS;@A1;2026-10-05;08:00;16:00\n",
    )
    assert house.exported(study, "theatres")[0]["id"] == "'@A1"
    assert house.exported(study, "sessions")[0]["theatre"] == "'@A1"
