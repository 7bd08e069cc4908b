"""With `--json`, standard output is exactly one document, whatever the command and the language."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study

Call = Callable[..., Any]

COMMANDS = [
    "info {}",
    "check {} --all",
    "kpis {}#closed",
    "compare {}",
    "scenario list {}",
    "scenario branch {} third",
    "scenario change {}#closed --adjust ward/{ward}.beds=-1",
    "scenario propose {}",
    "journal {}",
    "scenario next-period {} --out next.opale",
    "scenario delete {}#closed",
    "export {} --as csv --out folder",
    "import SAMPLES --out new.opale",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_one_document_in_any_language(
    command: str, two: Path, samples: Path, call: Call, place: Path
) -> None:

    with open_study(two) as opened:
        id = opened.study.base.wards[0].id
    words = command.replace("{ward}", id).replace("{}", str(two)).split()
    words = [str(samples / "csv") if word == "SAMPLES" else word for word in words]
    before = two.read_bytes()
    english = call(*words, "--json")
    two.write_bytes(before)
    french = call(*words, "--json", "--lang", "fr", *_again(words))
    assert english.code == french.code
    assert english.code in (0, 2), english.err
    shapes = [set(json.loads(ended.out)) for ended in (english, french)]
    assert shapes[0] == shapes[1]
    assert english.out.count("\n}\n") == 1


def _again(words: list[str]) -> tuple[str, ...]:
    return ("--force",) if {*words} & {"export", "import", "next-period"} else ()


@pytest.mark.parametrize("command", ["info {}", "check {}", "kpis {}", "compare {}"])
def test_tables_in_a_pipe_are_plain(command: str, two: Path, call: Call) -> None:
    told = call(*command.format(two).split()).out
    assert "\x1b" not in told
    assert not set("│┃━┏") & set(told)
    assert all(line == line.rstrip() for line in told.splitlines())
