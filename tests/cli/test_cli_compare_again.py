"""What a comparison has audited is not audited again by the next one, and it says the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


def refused(*_: object, **__: object) -> None:
    raise AssertionError("audited again")


def test_a_second_comparison_audits_nothing_and_says_the_same(
    two: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = call("compare", two, "--json")
    assert before.code == 0
    with monkeypatch.context() as patched:
        for place in ("planner.score.audit", "planner.lending.audit"):
            patched.setattr(place, refused)
        again = call("compare", two, "--json")
    assert (again.code, again.out) == (before.code, before.out)


def test_what_was_changed_meanwhile_is_audited(
    two: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("compare", two).code == 0
    assert call("scenario", "change", two, "--set", "rule/T01.tier=1").code == 0
    with monkeypatch.context() as patched:
        patched.setattr("planner.score.audit", refused)
        assert call("compare", two).code == 4
    assert call("compare", two).code == 0


def test_a_plan_that_was_solved_is_compared_without_another_audit(
    small: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("solve", small, "--effort", 1, "--parts", "theatre").code in (0, 2)
    monkeypatch.setattr("planner.score.audit", refused)
    assert call("compare", f"{small}#base", f"{small}#base").code == 0


def test_a_check_always_audits(two: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the judge: it believes nothing that was found before."""
    assert call("compare", two).code == 0
    monkeypatch.setattr("planner.score.audit", refused)
    assert call("check", two).code == 4
