"""A plan on its way out on the command line: propose, approve, publish, withdraw, and drafts again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import account
from data.study_file import open_study

Call = Callable[..., Any]


@pytest.fixture
def as_account(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Be somebody else for the operating system."""
    return lambda name: monkeypatch.setattr(account, "account", lambda: name)


def states(call: Call, path: Path) -> list[str]:
    return [each["state"] for each in call("info", path, "--json").document["scenarios"]]


def test_a_plan_goes_out_by_two_accounts(
    two: Path, call: Call, as_account: Callable[[str], None]
) -> None:
    as_account("ana")
    told = call("scenario", "propose", two, "--reason", "ready for June")
    assert told.code == 0, told.err
    assert "Proposed by ana, " in told.out
    assert "“ready for June”" in told.out
    assert "patients to tell:" in told.out, "before anybody is told"
    assert states(call, two)[0] == "proposed"
    assert call("scenario", "approve", two).code == 0
    alone = call("scenario", "publish", two, "--force")
    assert alone.code == 1
    assert "ana alone has proposed and approved it" in alone.err
    as_account("ben")
    told = call("scenario", "publish", two, "--force", "--json")
    assert told.code == 0, told.err
    assert any("Published by ben" in line for line in told.document["told"])
    found = call("scenario", "list", two, "--json").document["scenarios"][0]
    assert (found["state"], found["published"]) == ("published", True)
    assert [each["account"] for each in found["signatures"]] == ["ana", "ana", "ben"]
    with open_study(two) as opened:
        line = opened.history()[-1]
    assert (line.action, line.status) == ("edit_publish", "done")
    assert line.parameters["signature"]["account"] == "ben"


def test_a_name_that_is_typed_is_kept_as_declared(
    two: Path, call: Call, as_account: Callable[[str], None]
) -> None:
    as_account("ana")
    assert call("scenario", "propose", two).code == 0
    assert call("scenario", "approve", two, "--by", " ANA ").code == 0
    assert call("scenario", "publish", two, "--force").code == 1, "that is herself"
    told = call("scenario", "publish", two, "--force", "--by", "Ben Kay")
    assert told.code == 0, told.err
    assert "Ben Kay (declared by ana)" in told.out
    assert "One account has signed all of it" in told.out
    with open_study(two) as opened:
        line = opened.history()[-1]
    assert (line.status, line.parameters["signature"]["name"]) == ("declared", "Ben Kay")


@pytest.mark.parametrize(("lang", "words"), [("en", "is a draft again"), ("fr", "un brouillon")])
def test_an_edit_of_what_is_approved_makes_it_a_draft_and_says_so(
    two: Path, call: Call, approved: Call, lang: str, words: str
) -> None:
    approved(two)
    told = call("scenario", "change", two, "--set", "problem/problem.noon=13:00", "--lang", lang)
    assert told.code == 0
    assert words in told.err
    assert states(call, two)[0] == "draft"
    again = call("scenario", "approve", two)
    assert "it has changed since it was signed" in again.err
    lost = call("info", two, "--json").document["scenarios"][0]["lost"]
    assert (lost["step"], lost["name"]) == ("approved", "Camille Roux")


def test_what_is_proposed_can_be_withdrawn(two: Path, call: Call) -> None:
    assert call("scenario", "withdraw", two).code == 1
    assert call("scenario", "propose", two).code == 0
    assert "it is a draft again" in call("scenario", "withdraw", two, "--reason", "too soon").out
    assert states(call, two) == ["draft", "draft"]
    with open_study(two) as opened:
        assert opened.history()[-1].reason == "too soon"


def test_states_stand_in_the_tables(two: Path, call: Call, approved: Call) -> None:
    approved(f"{two}#closed")
    for command in (("info",), ("scenario", "list")):
        rows = call(*command, two).out.splitlines()
        assert any(row.startswith("closed") and "approved" in row for row in rows)
    french = call("info", two, "--lang", "fr").out
    assert "approuvée" in french


def test_the_account_is_what_the_system_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    assert account.account() != "somebody-else"
    assert account.signature("proposed", account.account()).name == ""
