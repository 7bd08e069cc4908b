"""Sessions that are typed away and come back with a command are staffed once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.study_file import open_study
from planner.problem import Problem

Call = Callable[..., Any]


def base(path: Path) -> Problem:
    with open_study(path) as opened:
        return opened.study.base


def needs(problem: Problem) -> dict[str, tuple[int, int]]:
    return {need.id: (need.least, need.best) for need in problem.cover}


def test_one_call_after_the_other(small: Path, call: Call) -> None:
    before = base(small)
    session = before.sessions[0].id
    ended = call("scenario", "change", small, "--remove", f"session/{session}")
    assert ended.code == 0
    assert "The people needed follow the sessions" in ended.out
    assert needs(base(small)) != needs(before)
    assert call("scenario", "change", small, "--do", "expand").code == 0
    assert {each.id for each in base(small).sessions} == {each.id for each in before.sessions}
    assert needs(base(small)) == needs(before)


def test_a_command_meets_the_facts_that_are_typed_with_it(small: Path, call: Call) -> None:
    before = base(small)
    session = before.sessions[0].id
    words = ("--remove", f"session/{session}", "--do", "expand", "--json")
    ended = call("scenario", "change", small, *words)
    assert ended.code == 0
    assert "1 session added." in ended.document["told"]
    assert needs(base(small)) == needs(before)
