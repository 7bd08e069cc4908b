"""Free texts of a hostile file steer no terminal: whatever is printed, in words, tables or JSON."""

import csv
import dataclasses
import datetime as dt
import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study, save_study
from planner.changes import ChangeSet, Set
from planner.edits import Record
from planner.rules.contract import Waiver
from planner.signatures import PROPOSED, Signature
from ui.cli import show
from ui.cli.harmless import Harmless, harmless, in_json, in_one_line
from ui.cli.speech import choose

Call = Callable[..., Any]

STEERS = "\x1b]0;mine\x07\x1b[2J\r\x9b31m\x7f\u202eevil\u2066\u2028"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
WRITTEN = r"\x1b]0;mine\x07\x1b[2J\r\x9b31m\x7f\u202eevil\u2066\u2028"


def test_signs_are_written_out_and_words_stay() -> None:
    assert harmless(STEERS) == WRITTEN
    for words in ("Mme Lefèvre → salle 3\n\t± 5 %", "12\u202f000 min", "🙂"):
        assert harmless(words) == words
    assert in_one_line("one\ntwo\tthree") == r"one\ntwo\tthree"
    assert in_json('"\x9b\x7f"') == r'"\u009b\u007f"'


def test_no_way_of_writing_leads_past_it() -> None:
    out = io.StringIO()
    stream = Harmless(out)
    assert stream.write("\x1b") == 1
    stream.writelines(["\x9b", "x\n"])
    assert out.getvalue() == "\\x1b\\x9bx\n"


@pytest.fixture
def hostile(two: Path, place: Path) -> Path:
    """A study in which every text that may be anything is hostile."""
    with open_study(two) as opened:
        study = opened.study
    case = study.base.cases[0]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=61)
    rule = study.base.rules[0].id
    scenario = dataclasses.replace(
        study.scenario("closed"),
        note=STEERS,
        changes=(*study.scenario("closed").changes, ChangeSet(name=STEERS, changes=(change,))),
        waivers=(
            Waiver(
                rule=rule,
                subjects=frozenset({case.id}),
                first=0,
                last=1,
                most=1,
                reason=STEERS,
                author=STEERS,
                made=dt.date(2026, 10, 1),
            ),
        ),
        signatures=(
            Signature(
                step=PROPOSED,
                account=STEERS,
                name=STEERS,
                made="2026-10-01T08:00:00+00:00",
                reason=STEERS,
                digest="gone",
            ),
        ),
    )
    study = dataclasses.replace(study.replace(scenario), name=STEERS)
    path = place / "hostile.opale"
    save_study(study, path)
    with open_study(path) as opened:
        edit = Record(scenario="base", group=ChangeSet(name=STEERS, changes=(change,)))
        opened.do(edit, reason=STEERS)
        opened.save()
    return path


TELL = (
    ("info", "{}"),
    ("journal", "{}"),
    ("scenario", "list", "{}"),
    ("scenario", "switch", "{}#closed", STEERS, "off"),
    ("scenario", "switch", "{}#closed", "none\x1b[2J", "off"),
    ("info", "\x1b[2J.opale"),
    ("solve\x1b[2J",),
)
"""Calls that have such a text to tell."""
OTHERS = (
    ("check", "{}", "--all"),
    ("compare", "{}", "--details"),
    ("scenario", "branch", "{}", "more"),
)


@pytest.mark.parametrize("words", [*TELL, *OTHERS], ids=lambda words: ascii(" ".join(words[:2])))
def test_no_command_prints_them(hostile: Path, call: Call, words: tuple[str, ...]) -> None:
    told = call(*(word.replace("{}", str(hostile)) for word in words))
    assert told.out + told.err
    assert not CONTROL.search(told.out + told.err)
    if words in TELL:
        assert r"\x1b" in told.out + told.err


def test_json_has_the_same_values_and_no_such_sign(hostile: Path, call: Call) -> None:
    told = call("scenario", "list", hostile, "--json")
    assert not CONTROL.search(told.out)
    (closed,) = (each for each in told.document["scenarios"] if each["name"] == "closed")
    assert closed["changes"][-1]["name"] == STEERS
    assert closed["lost"]["reason"] == STEERS


def test_no_export_is_a_formula_to_a_spreadsheet(two: Path, place: Path, call: Call) -> None:
    name = "=cmd|' /C calc'!A0"
    assert call("scenario", "branch", two, name).code == 0
    target, texts = f"{two}#{name}", ("--set", "theatre/S1.name=@SUM(1)", "--name", "=1+1")
    assert call("scenario", "change", target, *texts).code == 0
    assert call("compare", two, "--details", "--excel", "book.xlsx").code == 0
    with zipfile.ZipFile("book.xlsx") as book:
        whole = {each: book.read(each).decode() for each in book.namelist()}
    assert any("=cmd|" in content for content in whole.values())
    assert all("<f>" not in content and "<hyperlink" not in content for content in whole.values())
    assert call("export", target, "--as", "csv", "--out", "folder").code == 0
    assert "'@SUM(1)" in Path("folder/theatres.csv").read_text(encoding="utf-8")
    assert call("journal", two, "--csv", "journal.csv").code == 0
    with Path("journal.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert any(name in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_handsome_table_shows_them_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", Harmless(terminal))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    show.table(("name", "n"), [(f"{STEERS}\nforged", "1")], right=(1,))
    shown = terminal.getvalue()
    assert f"{WRITTEN}\\nforged" in shown
    assert "\x1b[1m" in shown, "the head of the table is bold"
    assert "\x1b]0" not in shown
    assert "\x9b" not in shown


def test_a_note_beside_bars_of_progress_is_harmless_by_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    choose("en")
    show.note("cli.stale_plan", scenario=STEERS)
    assert WRITTEN in capsys.readouterr().err


def test_bars_of_progress_show_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.runs import Remark
    from ui.cli.display import displays

    choose("en")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", Harmless(terminal))
    monkeypatch.setenv("COLUMNS", "200")
    with displays("text", 1.0) as showing:
        told = {"rule": STEERS, "pins": STEERS}
        showing(STEERS, Remark(what="pins_clash", facts=told))
    shown = terminal.getvalue()
    assert "\x1b]0" not in shown
    assert "\x9b31" not in shown
    assert "evil" in shown
    assert "\x1b[" in shown, "the bar itself draws"
