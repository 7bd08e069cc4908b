"""Draft, proposed, approved, published: who may take which step, and what makes a draft again."""

import dataclasses

import pytest
from theatre_day import house, plan

from planner.appointing import Appoint
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, EditRefusedError, Publish, Record, SetPins
from planner.fingerprint import fingerprint
from planner.hand_edits import Rename, TakeOut
from planner.plan import Plan
from planner.publishing import publishing
from planner.signatures import (
    APPROVED,
    DRAFT,
    PROPOSED,
    PUBLISHED,
    Signature,
    published_digest,
)
from planner.signing import Sign, Withdraw
from planner.signing_words import lines, lost_sentence
from planner.standing import Standing, back_to_draft, standing
from planner.study import BASE, Pin, Scenario, Study
from planner.words import LANGUAGES

MADE = plan(("K1", "A", 480), ("K2", "B", 480))


def study(of: Plan = MADE) -> Study:
    problem = house()
    base = Scenario(name=BASE, parent=None, plan=of, made_for=fingerprint(problem))
    return Study(id="s", base=problem, scenarios=(base,))


def by(account: str, step: str, name: str = "") -> Signature:
    return Signature(step=step, account=account, name=name, made="2026-06-01T07:00:00.000+00:00")


def signed(*steps: Signature, of: Study | None = None) -> Study:
    made = of or study()
    for each in steps:
        if each.step == PUBLISHED:
            made = Publish(scenario=BASE, signature=each).apply(made)
        else:
            made = Sign(scenario=BASE, signature=each).apply(made)
    return made


def why(made: Study, signature: Signature) -> str:
    with pytest.raises(EditRefusedError) as refused:
        signed(signature, of=made)
    return refused.value.what


def state(made: Study) -> str:
    return standing(made, BASE).state


A, B, C = by("ana", PROPOSED), by("ben", APPROVED), by("cy", PUBLISHED)


def test_the_steps_are_taken_one_after_the_other() -> None:
    made = study()
    for signature, after in ((A, PROPOSED), (B, APPROVED), (C, PUBLISHED)):
        made = signed(signature, of=made)
        assert state(made) == after
    assert [each.account for each in standing(made, BASE).signatures] == ["ana", "ben", "cy"]
    assert made.scenario(BASE).published == MADE


def test_a_step_out_of_turn_says_which_comes_first() -> None:
    assert why(study(), B) == "sign.not_proposed"
    assert why(study(), C) == "sign.not_proposed"
    assert why(signed(A), A) == "sign.is_proposed"
    assert why(signed(A), C) == "sign.not_approved"
    assert why(signed(A, B), B) == "sign.is_approved"
    assert why(signed(A, B), A) == "sign.is_approved"
    assert why(signed(A, B, C), A) == "sign.published"
    assert why(study(Plan()), A) == "sign.empty"


@pytest.mark.parametrize(
    ("proposed", "approved", "published", "may"),
    [
        (("ana", ""), ("ana", ""), ("ana", ""), False),
        (("ana", ""), ("ana", ""), ("ben", ""), True),
        (("ana", ""), ("ben", ""), ("ana", ""), True),
        (("ana", ""), ("ana", ""), ("ana", "Ben"), True),
        (("ana", "Ben"), ("ana", " BEN "), ("ana", "ben"), False),
    ],
)
def test_two_people_stand_behind_what_is_published(
    proposed: tuple[str, str], approved: tuple[str, str], published: tuple[str, str], may: bool
) -> None:
    made = signed(
        by(proposed[0], PROPOSED, proposed[1]),
        by(approved[0], APPROVED, approved[1]),
    )
    last = by(published[0], PUBLISHED, published[1])
    if not may:
        assert why(made, last) == "sign.second_person"
        return
    stands = standing(signed(last, of=made), BASE)
    assert stands.state == PUBLISHED
    accounts = {proposed[0], approved[0], published[0]}
    assert stands.declared == (len(accounts) == 1), "one account has only declared the other"


def test_what_changes_is_a_draft_again_until_the_change_is_undone() -> None:
    for steps in ((A,), (A, B)):
        before = signed(*steps)
        case = Set(kind="case", id="K1", field="mean", expected=60, value=65)
        edits = (
            TakeOut(scenario=BASE, cases=frozenset({"K2"})),
            AdoptPlan(scenario=BASE, plan=plan(("K1", "A", 480))),
            Record(scenario=BASE, group=ChangeSet(name="longer", changes=(case,))),
        )
        for edit in edits:
            after = edit.apply(before)
            stands = standing(after, BASE)
            assert (stands.state, stands.lost) == (DRAFT, before.scenario(BASE).signatures[-1])
            assert back_to_draft(before, after) == ((BASE, stands.lost),)
            assert state(signed(A, of=after)) == PROPOSED, "it can be proposed anew"
            assert why(after, B) == "sign.lost"
            back = after.replace(before.scenario(BASE))
            back = dataclasses.replace(back, base=before.base)
            assert state(back) == before.scenario(BASE).signatures[-1].step


def test_what_is_no_part_of_it_leaves_it_signed() -> None:
    before = signed(A, B)
    edits = (
        SetPins(scenario=BASE, pins=(Pin(kind="case", id="K1"),)),
        Branch(parent=BASE, name="more"),
    )
    for edit in edits:
        after = edit.apply(before)
        assert state(after) == APPROVED
        assert back_to_draft(before, after) == ()
    branched = edits[1].apply(before)
    assert standing(branched, "more").state == DRAFT, "a branch is signed by nobody"


def test_a_correction_of_the_base_makes_drafts_of_what_stands_on_it() -> None:
    made = Branch(parent=BASE, name="more").apply(study())
    made = Sign(scenario="more", signature=A).apply(made)
    made = Rename(scenario="more", name="other").apply(made)
    assert standing(made, "other").state == PROPOSED
    case = Set(kind="case", id="K1", field="mean", expected=60, value=65)
    after = Record(scenario=BASE, group=ChangeSet(name="x", changes=(case,))).apply(made)
    assert [name for name, _ in back_to_draft(made, after)] == ["other"]


def test_a_published_plan_stays_so_while_facts_move_on() -> None:
    made = signed(A, B, C)
    case = Set(kind="case", id="K1", field="mean", expected=60, value=65)
    moved = Record(scenario=BASE, group=ChangeSet(name="x", changes=(case,))).apply(made)
    assert state(moved) == PUBLISHED
    other = TakeOut(scenario=BASE, cases=frozenset({"K2"})).apply(moved)
    stands = standing(other, BASE)
    assert (stands.state, stands.lost) == (DRAFT, other.scenario(BASE).signatures[-1])
    assert stands.lost is not None
    assert stands.lost.account == "cy"
    assert other.scenario(BASE).published == MADE, "what was published stays"
    assert state(signed(A, B, C, of=other)) == PUBLISHED


def test_a_plan_that_was_published_before_anybody_signed_is_published() -> None:
    made = Publish(scenario=BASE).apply(study())
    assert standing(made, BASE) == Standing(PUBLISHED)


def test_what_is_withdrawn_is_a_draft_and_what_is_published_is_not_withdrawn() -> None:
    for steps in ((A,), (A, B)):
        made = Withdraw(scenario=BASE, signature=by("ana", DRAFT)).apply(signed(*steps))
        assert standing(made, BASE) == Standing()
    moved = TakeOut(scenario=BASE, cases=frozenset({"K2"})).apply(signed(A, B, C))
    for made, what in (
        (study(), "withdraw.draft"),
        (signed(A, B, C), "withdraw.published"),
        (moved, "withdraw.still_published"),
    ):
        with pytest.raises(EditRefusedError) as refused:
            Withdraw(scenario=BASE, signature=by("ana", DRAFT)).apply(made)
        assert refused.value.what == what


def test_publishing_with_a_signature_needs_what_the_step_needs() -> None:
    assert publishing(study(), BASE, "told").edit.signature is None, "it may be looked at before"
    with pytest.raises(EditRefusedError):
        publishing(study(), BASE, "told", signature=C)
    found = publishing(signed(A, B), BASE, "told", signature=C)
    after = found.edit.apply(signed(A, B))
    assert state(after) == PUBLISHED, "appointments are told with it, and change nothing of that"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_declared_name_is_told_as_one(lang: str) -> None:
    made = signed(A, by("ana", APPROVED, "Ben Kay"))
    told = list(lines(standing(made, BASE), lang))
    assert len(told) == 3
    assert "Ben Kay" in told[1]
    assert ("declared by ana" if lang == "en" else "déclaré par ana") in told[1]
    lost = TakeOut(scenario=BASE, cases=frozenset({"K2"})).apply(made)
    last = standing(lost, BASE).lost
    assert last is not None
    assert "Ben Kay" in lost_sentence(last, lang, "Base")


@pytest.mark.parametrize("sign", ["\u200b", "\u3164", "\u2800", "\ufe0f", "\u034f", "\x07"])
def test_a_sign_that_nobody_sees_makes_no_second_person(sign: str) -> None:
    one, other = (
        Signature(step=PROPOSED, account="a", name=name) for name in ("Zoé", f"Zo{sign}é")
    )
    assert one.person == other.person


def test_who_publishes_signs_the_plan_that_goes_out() -> None:
    made = signed(A, B, C)
    told = Appoint(scenario=BASE, name="told", signature=C).apply(signed(A, B))
    for each in (made, told):  # what is told with it changes the facts, not what is signed
        assert each.scenario(BASE).signatures[-1].digest == published_digest(MADE)
        assert (state(each), standing(each, BASE).unlike) == (PUBLISHED, None)
    moved = TakeOut(scenario=BASE, cases=frozenset({"K2"})).apply(made)
    assert standing(moved, BASE).unlike is None, "a draft beside what stays published"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_published_plan_than_the_one_signed_is_told(lang: str) -> None:
    other = plan(("K1", "A", 480))
    made = signed(A, B, C)
    swapped = dataclasses.replace(made.scenario(BASE), plan=other, published=other)
    found = standing(made.replace(swapped), BASE)
    assert (found.state, found.unlike and found.unlike.account) == (DRAFT, "cy")
    assert "cy" in " ".join(lines(found, lang))
    earlier = dataclasses.replace(swapped, signatures=(C,))
    assert standing(made.replace(earlier), BASE).unlike is None, "signed before plans were"
