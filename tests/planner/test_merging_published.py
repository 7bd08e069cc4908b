"""Two publications merged: one of them stands whole, with who signed it, and is never a mixture."""

import dataclasses

import pytest
from edit_drawing import a_study

from planner.hand_edits import Place, TakeOut
from planner.merging.conflicts import Place as Where
from planner.merging.study import merge
from planner.merging.words import place_words, value_words
from planner.plan import Placement, Plan
from planner.signatures import APPROVED, PROPOSED, PUBLISHED, Signature
from planner.standing import DRAFT, standing
from planner.study import BASE, Study

CASES = [str(each.id) for each in a_study().base.cases[:3]]


def placed() -> Study:
    """Give a study with a few cases placed."""
    study = a_study()
    session = study.base.sessions[0].id
    for at, case in enumerate(CASES):
        placement = Placement(case, session, None, 480 + 60 * at)  # type: ignore[arg-type]
        study = Place(scenario=BASE, placement=placement).apply(study)
    return study


START = placed()
AT = Where(BASE, "scenario", field="published")


def told(without: str, who: str, made: str) -> Study:
    """Take a case out, and publish what is left."""
    study = TakeOut(scenario=BASE, cases=frozenset({without})).apply(START)
    scenario = study.scenario(BASE)
    signed = tuple(
        Signature(step=step, account=who, made=made) for step in (PROPOSED, APPROVED, PUBLISHED)
    )
    return study.replace(dataclasses.replace(scenario, published=scenario.plan, signatures=signed))


OURS, THEIRS = told(CASES[0], "a", "2026-05-01"), told(CASES[1], "b", "2026-05-02")


@pytest.mark.parametrize(("prefer", "side"), [(None, THEIRS), ("ours", OURS), ("theirs", THEIRS)])
def test_a_publication_stands_whole_and_the_merged_plan_is_a_draft(
    prefer: str | None, side: Study
) -> None:
    found = merge(START, OURS, THEIRS, prefer=prefer)
    made, wanted = found.study.scenario(BASE), side.scenario(BASE)
    assert made.plan not in (OURS.scenario(BASE).plan, THEIRS.scenario(BASE).plan)
    assert (made.published, made.signatures) == (wanted.published, wanted.signatures)
    stands = standing(found.study, BASE)
    assert (stands.state, stands.lost) == (DRAFT, wanted.signatures[-1])
    assert [each.place for each in found.conflicts] == [AT]
    assert [each.place for each in found.left] == ([] if prefer else [AT])


def test_it_is_the_same_from_the_other_side() -> None:
    one, other = merge(START, OURS, THEIRS), merge(START, THEIRS, OURS)
    assert one.study == other.study
    assert one.conflicts == tuple(each.mirrored for each in other.conflicts)


def test_a_publication_of_one_side_alone_is_no_conflict() -> None:
    moved = TakeOut(scenario=BASE, cases=frozenset({CASES[1]})).apply(START)
    found = merge(START, OURS, moved)
    made = found.study.scenario(BASE)
    assert (found.conflicts, made.published) == ((), OURS.scenario(BASE).published)
    assert made.plan != made.published
    assert standing(found.study, BASE).state == DRAFT


def test_who_published_another_plan_does_not_sign_the_one_that_stands() -> None:
    first = Signature(step=PUBLISHED, account="z", made="2026-04-01")
    scenario = START.scenario(BASE)
    before = START.replace(
        dataclasses.replace(scenario, published=scenario.plan, signatures=(first,))
    )
    unsigned = before.replace(dataclasses.replace(scenario, published=Plan(), signatures=()))
    found = merge(before, OURS, unsigned, prefer="theirs").study.scenario(BASE)
    assert (found.published, found.signatures) == (Plan(), ())


@pytest.mark.parametrize(
    ("lang", "where", "what"),
    [("en", "the published plan", "cases placed"), ("fr", "plan publié", "cas placés")],
)
def test_it_is_told_in_words(lang: str, where: str, what: str) -> None:
    (conflict,) = merge(START, OURS, THEIRS).conflicts
    assert place_words(START.base, conflict.place, lang) == where
    words = value_words(START.base, conflict, conflict.theirs, lang)
    assert what in words
    assert words.endswith("b, 2026-05-02")
