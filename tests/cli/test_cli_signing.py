"""A plan on its way out on the command line: propose, approve, publish, withdraw, and drafts again."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import account
from data.study_file import open_study

Call = Callable[..., Any]

uid_map = account.uid_map


@pytest.fixture
def as_account(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Be somebody else for the operating system."""
    return lambda name: monkeypatch.setattr(account, "account", lambda: name)


@pytest.fixture
def in_namespace(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Be one of the accounts that a map gives, 33 unless another is named."""

    def enter(lines: str | None, number: int = 33) -> None:
        monkeypatch.setattr(account, "uid_map", lambda: lines)
        monkeypatch.setattr(os, "getuid", lambda: number, raising=False)

    return enter


@pytest.fixture(autouse=True)
def first_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be outside of every namespace, wherever the tests run."""
    monkeypatch.setattr(account, "uid_map", lambda: None)


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
    for name in ("ana\u200b", "\u202eana", "\uff41\uff4e\uff41"):
        unseen = call("scenario", "publish", two, "--force", "--by", name)
        assert unseen.code == 1, "and that is herself, in other signs"
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


def test_an_account_inside_a_namespace_is_declared_by_the_one_outside(
    two: Path, call: Call, as_account: Callable[[str], None], in_namespace: Callable[[str], None]
) -> None:
    as_account("ana")
    assert call("scenario", "propose", two).code == 0
    assert call("scenario", "approve", two).code == 0
    in_namespace("33 7000001 1\n")
    as_account("www-data")
    told = call("scenario", "publish", two, "--force")
    assert told.code == 0, told.err
    assert "www-data (declared by 7000001, inside a user namespace" in told.out
    assert "No second account is known to have signed" in told.out
    found = call("scenario", "list", two, "--json").document["scenarios"][0]
    assert [each["declared"] for each in found["signatures"]] == [False, False, True]
    with open_study(two) as opened:
        assert opened.history()[-1].status == "declared"


def test_an_account_is_no_second_person_to_itself_in_a_namespace(
    two: Path, call: Call, as_account: Callable[[str], None], in_namespace: Callable[[str], None]
) -> None:
    as_account("7000001")
    assert call("scenario", "propose", two).code == 0
    assert call("scenario", "approve", two).code == 0
    in_namespace("33 7000001 1\n")
    assert call("scenario", "publish", two, "--force").code == 1, (
        "under the name that it has outside"
    )


@pytest.mark.parametrize(
    ("lines", "signed"),
    [
        (None, "ana"),
        ("         0          0 4294967295\n", "ana"),
        ("0 0 4294967294\n", "7000000 (userns)"),
        ("0 0 65536\n", "ana (userns)"),
        ("1 1 10\n7000000 8000000 10\n", "8000000 (userns)"),
        ("", "ana (userns)"),
        ("no map at all\n", "ana (userns)"),
        ("7000000 9999999999999999999 1\n", "9999999999999999999 (userns)"),
    ],
)
def test_only_a_system_that_maps_nobody_vouches_for_its_accounts(
    lines: str | None,
    signed: str,
    as_account: Callable[[str], None],
    in_namespace: Callable[[str | None, int], None],
) -> None:
    as_account("ana")
    in_namespace(lines, 7_000_000)
    made = account.signature("proposed")
    assert (made.account, made.declared) == (signed, signed != "ana")
    assert made.name == ("ana" if made.mapped else "")


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_have_no_such_map(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert uid_map() is None


@pytest.mark.skipif(sys.platform != "linux", reason="the map is one of Linux")
def test_a_map_that_cannot_be_read_vouches_for_nobody(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert uid_map(), "this system tells"
    monkeypatch.setattr(account, "_MAP", place / "none")
    assert uid_map() == ""


def test_the_account_is_what_the_system_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    assert account.account() != "somebody-else"
    assert account.signature("proposed", account.account()).name == ""
