"""A comparison as a workbook: what the tables say stands in its sheets, as text and numbers alone."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from data.lock import locked
from data.report.workbook import NAME
from data.study_file import open_study
from planner.comparison_tables import Tables
from planner.edits import AdoptPlan, Waive
from planner.rules.contract import Waiver
from planner.words import LANGUAGES, messages, say

Call = Callable[..., Any]
SHEETS = ("indicators", "causes", "facts", "placements", "duties", "held")
NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheets(path: Path) -> dict[str, list[dict[str, str | float]]]:
    """Read a workbook without its own library: by sheet, a mapping of column to value a line."""
    with zipfile.ZipFile(path) as book:
        words = [
            "".join(part.text or "" for part in each.iter(f"{{{NAMES['m']}}}t"))
            for each in ET.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        names = [
            each.attrib["name"]
            for each in ET.fromstring(book.read("xl/workbook.xml")).iterfind(
                "m:sheets/m:sheet", NAMES
            )
        ]
        found = {}
        for number, name in enumerate(names, start=1):
            root = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(root.iter(f"{{{NAMES['m']}}}f")), "no formula"
            found[name] = [_line(row, words) for row in root.iterfind("m:sheetData/m:row", NAMES)]
    return found


def _line(row: Any, words: list[str]) -> dict[str, str | float]:
    line: dict[str, str | float] = {}
    for cell in row:
        value = cell.find("m:v", NAMES)
        if value is None:
            continue
        column = re.sub(r"\d", "", cell.attrib["r"])
        text = cell.attrib.get("t") == "s"
        line[column] = words[int(value.text)] if text else float(value.text)
    return line


@pytest.fixture
def other(two: Path) -> Path:
    """The small hospital with a plan of the scenario that differs from the base's."""
    with locked(two), open_study(two) as opened:
        plan = opened.study.scenario("closed").plan
        _, second, *placed = plan.placements
        _, worked, *duties = plan.duties
        shift = opened.study.base.shifts[1].id
        moved = plan.with_placements([second._replace(start=(second.start or 0) + 25), *placed])
        changed = moved.with_duties([worked._replace(shift=shift), *duties])
        opened.do(AdoptPlan(scenario="closed", plan=changed))
        opened.save()
    return two


def test_a_workbook_holds_what_the_document_does(other: Path, place: Path, call: Call) -> None:
    out = place / "compared.xlsx"
    assert call("compare", other, "--excel", out).code == 0
    found = call("compare", other, "--json").document
    book = sheets(out)
    names = list(book)
    assert names[1:] == [
        "Indicators", "Why figures moved", "Facts that differ", "Cases that are elsewhere",
        "Duties that differ", "Roster of closed",
    ]  # fmt: skip
    head, *lines = book["Indicators"]
    assert len(lines) == len(found["kpis"])
    assert head["B"] == "Base"
    for line, row in zip(lines, found["kpis"], strict=True):
        base = row["values"]["base"]
        assert line.get("B") == (None if base is None else pytest.approx(base, abs=1e-4))
        assert len(str(line["G"])) > 10, "the definition stands beside the number"
    assert len(book["Facts that differ"]) == 1 + len(found["inputs"])
    assert len(book["Cases that are elsewhere"]) == 1 + len(found["placements"])
    assert len(book["Duties that differ"]) == 1 + len(found["duties"])
    causes, *told = book["Why figures moved"]
    assert (causes["D"], causes["E"]) == ("amount", "unit")
    assert told
    assert all(isinstance(line["D"], float) and isinstance(line["E"], str) for line in told)
    sums: dict[object, float] = {}
    for line in told:  # what one figure has before its total adds up to it
        if line["C"] == "total":
            assert sums.pop(line["B"]) == line["D"]
        else:
            sums[line["B"]] = sums.get(line["B"], 0.0) + float(line["D"])
    people = {each["person"] for each in found["duties"]}
    assert {line["A"] for line in book["Roster of closed"][1:]} == people


def test_a_name_that_looks_like_a_formula_stays_a_name(two: Path, place: Path, call: Call) -> None:
    assert call("scenario", "branch", two, "=1+1").code == 0
    assert call("scenario", "change", f"{two}#=1+1", "--do", "close-room", "S1", "monday").code == 0
    out = place / "named.xlsx"
    assert call("compare", two, "--excel", out, "--lang", "fr").code == 0
    book = sheets(out)
    assert any("=1+1" in str(line.values()) for line in book["Données qui diffèrent"])


def test_a_workbook_replaces_nothing_unasked(two: Path, place: Path, call: Call) -> None:
    out = place / "there.xlsx"
    out.write_text("mine", encoding="utf-8")
    ended = call("compare", two, "--excel", out)
    assert ended.code == 1
    assert out.read_text(encoding="utf-8") == "mine"
    ended = call("compare", two, "--excel", place / "none" / "there.xlsx")
    assert ended.code == 1
    assert "there.xlsx" in ended.err
    assert call("compare", two, "--excel", out, "--force").code == 0
    assert zipfile.is_zipfile(out)


def test_f70_a_plan_out_of_date_is_marked_in_workbook_and_page_until_the_fact_is_back(
    two: Path, place: Path, call: Call
) -> None:
    with open_study(two) as opened:
        shift = opened.study.base.shifts[0].id

    def marks(name: str) -> tuple[bool, bool, bool]:
        book, page = place / f"{name}.xlsx", place / f"{name}.html"
        assert call("compare", two, "--excel", book, "--html", page).code == 0
        found = sheets(book)
        cover = "\n".join(str(line["A"]) for line in next(iter(found.values())))
        said = f"Shift {shift}: start" in cover
        head = "Base (plan out of date)" in found["Indicators"][0].values()
        return head, said, f"Shift {shift}: start" in page.read_text(encoding="utf-8")

    assert marks("before") == (False, False, False)
    assert call("scenario", "change", two, "--adjust", f"shift/{shift}.start=-15").code == 0
    assert marks("moved") == (True, True, True)
    assert call("scenario", "change", two, "--adjust", f"shift/{shift}.start=+15").code == 0
    assert marks("back") == (False, False, False)


def test_a_workbook_speaks_french_to_its_last_column(other: Path, place: Path, call: Call) -> None:
    with locked(other), open_study(other) as opened:
        for first, last in ((0, 2), (1, 1)):
            waiver = Waiver(
                rule=opened.study.base.rules[0].id,
                subjects=frozenset({"S1"}),
                first=first,
                last=last,
                most=1,
                reason="seen",
                author="ana",
                made=dt.date(2026, 6, 1),
            )
            opened.do(Waive(scenario="closed", waiver=waiver))
        opened.save()
        days = [opened.study.base.horizon.date(day) for day in (0, 1, 2)]
    out = place / "compared.xlsx"
    assert call("compare", other, "--excel", out, "--lang", "fr").code == 0
    book = sheets(out)
    assert {line["D"] for line in book["Postes qui diffèrent"][1:]} == {"travail"}
    head, *_ = book["Planning de closed"]
    assert re.fullmatch(r"[a-z]{3}\. \d+(er)? [a-zûé]+\.?", str(head["B"])), head
    held = [str(line["B"]) for line in book["Éléments fixés, écarts acceptés"][1:]]
    first, second, third = (say("compare.day", "fr", first=each) for each in days)
    assert any(f"du {first} au {third}" in each for each in held)
    assert any(f", {second} (seen)" in each for each in held)
    assert not re.search(r"\d{4}-\d\d-\d\d", str(book)), "no date as machines write it"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_name_of_a_sheet_is_never_cut(lang: str) -> None:
    called = [say(f"table.{what}", lang) for what in SHEETS]
    assert [each for each in called if len(each) > NAME] == []


def test_sheets_are_those_of_the_tables() -> None:
    made = [name for name in vars(Tables) if f"table.{name}" in messages("en")]
    assert sorted(made) == sorted(SHEETS)
