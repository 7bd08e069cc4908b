"""Where a result cannot be written, that is said before any work: no minute of solving is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
LONG = "x" * 240 + ".opale"  # fits a folder; the name of the file that is written first does not


@pytest.fixture(autouse=True)
def nothing_is_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("it was solved first")

    monkeypatch.setattr("ui.cli.running.run", never)


@pytest.mark.parametrize("name", [LONG, "y" * 300])
@pytest.mark.parametrize("option", ["--out", "--solution"])
def test_a_solve_that_cannot_write_is_refused_before(
    option: str, name: str, small: Path, place: Path, call: Call
) -> None:
    before = sorted(place.iterdir())
    ended = call("solve", small, option, name, "--effort", 1)
    assert (ended.code, ended.out) == (1, "")
    assert f"{name} was not saved" in ended.err
    assert sorted(each for each in place.iterdir() if each.name != "state") == [
        each for each in before if each.name != "state"
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("demo", "small", "--seconds", 1, "--out"),
        ("compare", "{small}", "--html"),
        ("export", "{small}", "--as", "csv", "--out"),
    ],
)
def test_every_command_that_writes_looks_first(
    words: tuple[Any, ...], small: Path, call: Call
) -> None:
    given = [str(each).format(small=small) for each in words]
    ended = call(*given, LONG)
    assert (ended.code, ended.out) == (1, "")
    assert f"{LONG.removesuffix('.opale')}" in ended.err
    assert "was not saved" in ended.err


def test_the_trial_leaves_nothing_behind(small: Path, place: Path, call: Call) -> None:
    assert call("export", small, "--as", "csv", "--out", "out").code == 0
    assert [each.name for each in place.iterdir() if each.name.startswith(".~")] == []
