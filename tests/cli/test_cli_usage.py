"""Wrong usage and bad input: a sentence, exit code 1, nothing on standard output, nothing written."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

WRONG = [
    ("slove", "slove"),
    ("--nonsense", "--nonsense"),
    ("info", "TARGET"),
    ("info a --jsno", "--json"),
    ("info a b", "b"),
    ("solve a --seconds abc", "abc"),
    ("solve a --seconds -1", "-1"),
    ("solve a --seconds", "--seconds"),
    ("solve a --json=yes", "--json"),
    ("solve a --effort 0", "--effort"),
    ("solve a --seed 99999999999999999999", "--seed"),
    ("solve a --seconds 1 --effort 1", "--effort"),
    ("solve a --parts kitchen", "kitchen"),
    ("solve a --events loud", "loud"),
    ("demo huge", "huge"),
    ("export a", "--as"),
    ("import a", "--out"),
    ("kpis a --profile de", "de"),
    ("compare", "TARGET"),
    ("scenario", ""),
    ("scenario dance a", "dance"),
    ("scenario switch a b perhaps", "perhaps"),
    ("--lang de info a", "de"),
]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(("words", "named"), WRONG, ids=str)
def test_wrong_usage_is_a_sentence(words: str, named: str, lang: str, call: Call) -> None:
    ended = call("--lang", lang, *words.split()) if "--lang" not in words else call(*words.split())
    assert (ended.code, ended.out) == (1, "")
    assert named in ended.err
    assert "--help" in ended.err
    assert "Traceback" not in ended.err
    assert "Error" not in ended.err


def planted(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def rubbish(place: Path, small: Path, kind: str) -> Path:
    path = place / f"{kind}.opale"
    content = small.read_bytes()
    match kind:
        case "empty":
            path.write_bytes(b"")
        case "truncated":
            path.write_bytes(content[: len(content) // 2])
        case "noise":
            path.write_bytes(bytes(range(256)) * 40)
        case "trigger":
            path.write_bytes(content)
            planted(path, "CREATE TRIGGER t AFTER INSERT ON cases BEGIN DELETE FROM cases; END")
        case "view":
            path.write_bytes(content)
            planted(path, "CREATE VIEW v AS SELECT 1")
        case "newer":
            path.write_bytes(content)
            planted(path, "PRAGMA user_version = 999")
        case "folder":
            path.mkdir()
        case "closed":
            path.write_bytes(content)
            path.chmod(0)
        case "pipe":
            os.mkfifo(path)
    return path


KINDS = [
    "empty",
    "truncated",
    "noise",
    "trigger",
    "view",
    "newer",
    "folder",
    "closed",
    "missing",
    "pipe",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "command",
    [
        "info {}",
        "check {} --json",
        "solve {} --seconds 1 --json",
        "kpis {}",
        "compare {} --json",
        "scenario list {}",
        "scenario branch {} new",
        "scenario change {} --set case/x.note=y",
        "import {} --out out.opale",
        "export {} --as csv --out out",
        "recover {}",
    ],
)
def test_rubbish_is_refused_by_every_command(
    command: str, kind: str, small: Path, place: Path, call: Call
) -> None:
    path = rubbish(place, small, kind)
    if kind == "closed" and os.access(path, os.R_OK):
        pytest.skip("this person may read every file")
    before = sorted(each.name for each in place.iterdir())
    ended = call(*command.format(path).split())
    assert (ended.code, ended.out) == (1, "")
    assert path.name in ended.err
    assert "Traceback" not in ended.err
    left = {each.name for each in place.iterdir()} - {"state"}
    assert sorted(left) == [name for name in before if name != "state"]


@pytest.mark.parametrize("kind", ["empty", "truncated", "folder", "missing"])
def test_rubbish_is_refused_in_french(kind: str, small: Path, place: Path, call: Call) -> None:
    path = rubbish(place, small, kind)
    english, french = (call("info", path, "--lang", lang).err for lang in ("en", "fr"))
    assert english != french


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("info {}#nowhere", "nowhere"),
        ("info {}#", "#"),
        ("solve {} --solution s.csv --seconds 1", "--solution"),
        ("check {} --solution s.csv", "--solution"),
        ("info {} --reading specialty", "--reading"),
        ("export {} --as pdf --out x", "pdf"),
        ("import {} --out x.opale", "small.opale"),
        ("import {} --as pdf --out x.opale", "pdf"),
        ("recover {}", "small.opale"),
        ("recover {}#base", "small.opale#base"),
        ("scenario branch {} base", "base"),
        ("scenario delete {}", "base"),
        ("scenario switch {} nothing on", "nothing"),
        ("scenario change {}", "--set"),
        ("scenario change {} --set nonsense", "nonsense"),
        ("scenario change {} --set kitchen/1.a=b", "kitchen"),
        ("scenario change {} --set session/none.closed=yes", "none"),
        ("scenario change {} --set problem/problem.noon=teatime", "teatime"),
        ("scenario change {} --adjust ward/none.beds=2", "none"),
        ("scenario change {} --remove ward", "ward"),
        ("scenario change {} --add none.json", "none.json"),
        ("scenario change {} --do close-room", "close-room THEATRE"),
        ("scenario change {} --do close-room S9 friday", "S9"),
        ("scenario change {} --do dance", "dance"),
        ("scenario change {} some words", "some words"),
        ("solve {} --out {} --seconds 1", "--force"),
        ("export {} --as csv --out {}", "small.opale"),
        ("export {} --as csv --out none/csv", "none"),
        ("compare {} --html none/report.html", "none"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_is_written(
    words: str, named: str, small: Path, place: Path, call: Call
) -> None:
    before = small.read_bytes()
    ended = call(*words.replace("{}", str(small)).split())
    assert (ended.code, ended.out) == (1, "")
    assert named in ended.err
    assert small.read_bytes() == before
    assert {each.name for each in place.iterdir()} - {"state"} == {"small.opale"}


def test_an_error_of_ours_is_a_sentence_with_a_log(
    small: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("planner.study.Study.problem", broken)
    ended = call("info", small)
    assert (ended.code, ended.out) == (4, "")
    assert "Traceback" not in ended.err
    log = Path(ended.err.strip().rpartition(" ")[2].rstrip("."))
    assert "ZeroDivisionError: a fault of ours" in log.read_text(encoding="utf-8")


def test_a_demo_never_writes_its_report_over_its_study(place: Path, call: Call) -> None:
    ended = call("demo", "small", "--seconds", 1, "--out", "d.html")
    assert (ended.code, ended.out) == (1, "")
    assert ".opale" in ended.err
    assert not (place / "d.html").exists()


@pytest.mark.parametrize("name", ["a\nb", "\x1b[31m", "a\x00"])
def test_the_name_of_a_scenario_can_be_printed(name: str, small_file: Path, call: Call) -> None:
    ended = call("scenario", "branch", small_file, name)
    assert (ended.code, ended.out) == (1, "")


def test_a_field_that_is_not_there_is_named(small_file: Path, call: Call) -> None:
    ended = call("scenario", "change", small_file, "--set", "theatre/S1.colour=red")
    assert (ended.code, ended.out) == (1, "")
    assert "no field “colour”" in ended.err
