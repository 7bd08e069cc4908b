"""A scenario set against itself differs in nothing, and that is what is said."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.mark.parametrize(
    "words", ["{0}#closed {0}#closed", "{0}#base {0}#base {0}#base", "{0}#base --reference {0}"]
)
def test_a_scenario_against_itself_has_no_difference(words: str, two: Path, call: Call) -> None:
    ended = call("compare", *words.format(two).split())
    assert ended.code == 0
    assert ended.out == "No indicator differs.\n"
    assert "only one scenario" not in ended.err


def test_one_scenario_alone_is_told_how_to_make_another(small: Path, call: Call) -> None:
    for words in ((small,), (f"{small}#base",)):
        ended = call("compare", *words)
        assert (ended.code, ended.out) == (0, "")
        assert "There is only one scenario" in ended.err
    assert call("compare", small, small).out == "No indicator differs.\n"


def test_files_of_one_name_in_two_folders_are_told_apart(
    two: Path, place: Path, call: Call
) -> None:
    for folder in ("monday", "tuesday"):
        (place / folder).mkdir()
        shutil.copy(two, place / folder / "two.opale")
    words = (f"{folder}/two.opale#closed" for folder in ("monday", "tuesday"))
    found = call("compare", *words, "--json").document
    assert found["scenarios"] == [
        str(Path("monday", "two.opale#closed")),
        str(Path("tuesday", "two.opale#closed")),
    ]
    mixed = call("compare", two, "monday/two.opale#closed", "--json").document
    assert len(mixed["scenarios"]) == 3
    assert mixed["reference"].endswith("two.opale#base")
