"""What was shared with names comes back by a merge: what both began as is found exactly."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study
from planner.study import Study

Call = Callable[..., Any]


def changed(call: Call, target: object, *words: str) -> None:
    ended = call("scenario", "change", target, *(w for word in words for w in ("--set", word)))
    assert ended.code == 0, ended.err


def study(path: object) -> Study:
    with open_study(Path(str(path))) as opened:
        return opened.study


def shared(call: Call, target: object, out: str) -> str:
    ended = call("share", target, "--with-names", "--out", out)
    assert ended.code == 0, ended.err
    return out


def merged(call: Call, ours: object, theirs: object, out: str) -> Study:
    ended = call("merge", ours, theirs, "--out", out)
    assert (ended.code, ended.err) == (0, ""), ended.err
    assert "No conflict is left." in ended.out
    return study(out)


def means(of: Study) -> list[int | None]:
    return [each.mean for each in of.base.cases[:3]]


@pytest.fixture
def cases(two: Path) -> list[str]:
    return [str(each.id) for each in study(two).base.cases[:3]]


def test_a_copy_with_names_is_merged_back_again_and_again(
    call: Call, two: Path, cases: list[str]
) -> None:
    first, second, third = cases
    changed(call, two, f"case/{first}.mean=61")
    sent = shared(call, two, "sent.opale")
    changed(call, two, f"case/{first}.mean=71")
    changed(call, sent, f"case/{second}.mean=72")
    assert means(merged(call, two, sent, "m1.opale"))[:2] == [71, 72]
    assert means(merged(call, sent, two, "m2.opale"))[:2] == [71, 72]
    changed(call, "m1.opale", f"case/{second}.mean=82")
    changed(call, sent, f"case/{third}.mean=73")
    assert means(merged(call, "m1.opale", sent, "m3.opale")) == [71, 82, 73]


def test_two_copies_with_names_of_one_study_are_merged(
    call: Call, two: Path, cases: list[str]
) -> None:
    first, second, third = cases
    one = shared(call, two, "one.opale")
    changed(call, two, f"case/{third}.mean=73")
    later = shared(call, two, "later.opale")
    changed(call, one, f"case/{first}.mean=71")
    changed(call, later, f"case/{second}.mean=72")
    assert means(merged(call, later, one, "m1.opale")) == [71, 72, 73]
    assert means(merged(call, one, later, "m2.opale")) == [71, 72, 73]
    again = shared(call, later, "again.opale")  # and one of a copy
    changed(call, again, f"case/{third}.mean=93")
    assert means(merged(call, two, again, "m3.opale"))[1:] == [72, 93]


def test_copies_with_one_scenario_each_take_nothing_away(
    call: Call, two: Path, cases: list[str]
) -> None:
    assert call("scenario", "branch", two, "other").code == 0
    one = shared(call, f"{two}#closed", "one.opale")
    other = shared(call, f"{two}#other", "second.opale")
    changed(call, f"{one}#closed", f"case/{cases[0]}.mean=71")
    names = {"base", "closed", "other"}
    for ours, theirs in ((two, one), (one, two), (one, other), (other, one)):
        made = merged(call, ours, theirs, f"{Path(ours).stem}-{Path(theirs).stem}.opale")
        assert {each.name for each in made.scenarios} == names
        assert made.problem("closed").cases[0].mean == 71


def test_what_a_person_purged_before_sharing_left_is_no_hindrance(
    call: Call, two: Path, cases: list[str]
) -> None:
    assert call("purge", two, "--person", cases[2], "--yes").code == 0
    sent = shared(call, two, "sent.opale")
    changed(call, sent, f"case/{cases[0]}.mean=71")
    assert means(merged(call, two, sent, "m.opale"))[0] == 71


def test_copies_of_two_studies_have_nothing_in_common(call: Call, two: Path, small: Path) -> None:
    sent = shared(call, two, "sent.opale")
    ended = call("merge", small, sent, "--out", "m.opale")
    assert ended.code == 1
    assert "nothing in common" in ended.err
