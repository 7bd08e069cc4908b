"""Publishing from the command line: never an empty plan, and a doubtful one only on demand."""

import dataclasses
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from autumn_ward import ward
from theatre_day import house, plan

from data.study_file import open_study, save_study
from planner.fingerprint import fingerprint
from planner.hand_edits import Assign
from planner.plan import Duty, Plan
from planner.rules.roster.publication import Publication
from planner.study import BASE, Scenario, Study

Call = Callable[..., Any]
GOOD = plan(("K1", "A", 480), ("K2", "B", 480))


def study(place: Path, of: Plan, *, stale: bool = False) -> Path:
    """Write a study with a plan that was made for its facts, or for others."""
    problem, path = house(), place / "published.opale"
    earlier = dataclasses.replace(problem, cases=problem.cases[:2]) if stale else problem
    scenario = Scenario(name=BASE, parent=None, plan=of, made_for=fingerprint(earlier))
    save_study(Study(id="pub", name="pub", base=problem, scenarios=(scenario,)), path)
    return path


def published(path: Path) -> tuple[bool, int]:
    with open_study(path) as opened:
        found = opened.study
        return found.scenario(BASE).published is not None, len(found.base.appointments)


@pytest.mark.parametrize("appoint", [(), ("--appoint",)])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_an_empty_plan_is_never_published(
    place: Path, call: Call, appoint: tuple[str, ...], force: tuple[str, ...]
) -> None:
    path = study(place, Plan())
    ended = call("scenario", "publish", path, *appoint, *force)
    assert ended.code == 1
    assert "Solve it first." in ended.err
    assert published(path) == (False, 0)


@pytest.mark.parametrize(
    ("of", "stale", "told"),
    [
        (GOOD, True, "out of date"),
        (plan(("K1", "A", 480), ("K2", "A", 540)), False, "breach"),
    ],
)
def test_a_doubtful_plan_is_published_on_demand(
    place: Path, call: Call, approved: Call, of: Plan, stale: bool, told: str
) -> None:
    path = study(place, of, stale=stale)
    approved(path)
    ended = call("scenario", "publish", path, "--appoint")
    assert ended.code == 1
    assert told in ended.err
    assert "--force" in ended.err
    assert published(path) == (False, 0)
    assert call("scenario", "publish", path, "--appoint", "--force").code == 0
    assert published(path) == (True, 2)


def test_a_good_plan_is_published_without_a_word(place: Path, call: Call, approved: Call) -> None:
    path = study(place, GOOD)
    approved(path)
    ended = call("scenario", "publish", path, "--appoint")
    assert (ended.code, ended.err) == (0, "")
    assert published(path) == (True, 2)


def test_whom_to_tell_is_said(place: Path, call: Call, approved: Call) -> None:
    path = study(place, GOOD)
    approved(path)
    ended = call("scenario", "publish", path, "--appoint")
    assert "2 patients to tell:" in ended.out
    assert "K1: " in ended.out
    again = call("scenario", "publish", path, "--appoint")
    assert (again.code, "published as it stands" in again.err) == (1, True)


def test_a_notice_that_must_be_kept_wants_a_reason_and_is_held_against_nobody_later(
    place: Path, call: Call, approved: Call
) -> None:
    late = Publication(id="15", tier=0)
    base = dataclasses.replace(ward(), rules=(late,), cover=())
    roster, path = Plan.build(duties=[Duty("AS-01", 3, "M")]), place / "late.opale"
    scenario = Scenario(name=BASE, parent=None, plan=roster, made_for=fingerprint(base))
    save_study(Study(id="late", name="late", base=base, scenarios=(scenario,)), path)
    approved(path)
    told = [("en", "Notice not kept"), ("fr", "Préavis obligatoire non respecté")]
    for (lang, words), appoint in itertools.product(told, [(), ("--appoint",)]):
        ended = call("scenario", "publish", path, *appoint, "--lang", lang)
        assert (ended.code, words in ended.err, "--reason" in ended.err) == (1, True, True)
    assert published(path)[0] is False
    why = ("--reason", "opened late")
    assert call("scenario", "publish", path, "--appoint", *why).code == 0
    moved = Assign(scenario=BASE, duties=(("AS-01", 13, "M"),))
    with open_study(path) as opened:
        opened.do(moved)
        opened.save()
    approved(path)
    again = call("scenario", "publish", path)
    assert again.code == 0, again.err


def test_the_plan_at_hand_is_set_beside_the_one_that_went_out(
    place: Path, call: Call, approved: Call
) -> None:
    path = study(place, GOOD)
    none = call("compare", path, "--published")
    assert none.code == 1
    assert "has a published plan" in none.err
    approved(path)
    assert call("scenario", "publish", path, "--appoint", "--force").code == 0
    same = call("compare", path, "--published")
    assert "Nobody has to be told" in same.out
    moved = dataclasses.replace(published_file(path), plan=plan(("K1", "A", 480), ("K2", "B", 540)))
    with open_study(path) as opened:
        after = opened.study.replace(moved)
    save_study(after, path)
    before = path.read_bytes()
    told = call("compare", path, "--published", "--json").document
    assert told["reference"] == "base (published)"
    (change,) = told["placements"]
    assert (change["from"]["start"], change["to"]["start"]) == ("08:00", "09:00")
    assert [each["case"] for each in told["tell"]["patients"]] == ["K2"]
    assert told["tell"]["patients"][0]["from"]["start"] == "08:00"
    words = call("compare", path, "--published", "--lang", "fr")
    assert "base (publié)" in words.out
    assert "Un patient à prévenir" in words.out
    assert path.read_bytes() == before, "nothing is changed by looking"


def test_a_what_if_is_set_beside_what_it_stands_on_has_published(
    place: Path, call: Call, approved: Call
) -> None:
    path = study(place, GOOD)
    approved(path)
    assert call("scenario", "publish", path, "--force").code == 0
    assert call("scenario", "branch", path, "later").code == 0
    told = call("compare", f"{path}#later", "--published", "--json")
    assert told.document["reference"] == "later (published)"
    assert told.document["placements"] == []
    assert call("compare", path, f"{path}#later", "--published").code == 1


def published_file(path: Path) -> Scenario:
    with open_study(path) as opened:
        return opened.study.scenario(BASE)


def test_a_published_plan_that_nobody_signed_is_told_everywhere(
    place: Path, call: Call, approved: Call
) -> None:
    path = study(place, GOOD)
    approved(path)
    assert call("scenario", "publish", path, "--force", "--by", "Ben Kay").code == 0
    whole = ("check", "journal")
    assert not any("is not what" in str(call(each, path)) for each in whole)
    other = plan(("K1", "A", 480))
    with open_study(path) as opened:
        there = opened.study
    swapped = dataclasses.replace(there.scenario(BASE), plan=other, published=other)
    save_study(there.replace(swapped), path)
    for lang, words in (("en", "is not what Ben Kay"), ("fr", "n’est pas celui que Ben Kay")):
        for each in whole:
            ended = call(each, path, "--lang", lang)
            assert words in ended.out + ended.err, each
    for words in (("info",), ("scenario", "list")):
        assert "autre que celui signé" in call(*words, path, "--lang", "fr").out
    row = call("scenario", "list", path, "--json").document["scenarios"][0]
    assert (row["state"], row["unlike"]["name"]) == ("draft", "Ben Kay")
