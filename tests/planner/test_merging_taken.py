"""What a merge takes from one side alone is told from which, and nothing that is in conflict."""

import datetime as dt

import pytest
from edit_drawing import a_study, edited
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.changes import ChangeSet, Set
from planner.edits import Branch, Delete, Edit, Record, SetPins, Switch, Waive
from planner.hand_edits import Place, Rename
from planner.merging.study import merge
from planner.merging.taken import Taken, taken
from planner.merging.taken_words import shortened, taken_plain, taken_sentences
from planner.plan import Placement
from planner.rules.contract import Waiver
from planner.study import BASE, Pin, Study

START = Branch(parent=BASE, name="what if").apply(a_study())


def after(study: Study, *edits: Edit) -> Study:
    for edit in edits:
        study = edit.apply(study)
    return study


def recorded(id: str, value: int, scenario: str = BASE, name: str = "longer") -> Record:
    change = Set(kind="case", id=id, field="mean", value=value)
    return Record(scenario=scenario, group=ChangeSet(name=name, changes=(change,)))


def told(ours: Study, theirs: Study, lang: str = "en") -> tuple[list[str], list[str]]:
    made = merge(START, ours, theirs)
    mine, other = taken((START, ours, theirs), made)
    assert taken((START, theirs, ours), merge(START, theirs, ours)) == (other, mine)
    return tuple([*taken_sentences(rows, made.study, lang)] for rows in (mine, other))  # type: ignore[return-value]


def test_each_kind_of_change_is_told_of_the_side_that_made_it() -> None:
    placed = Placement("K2", "B", "X1", 500)  # type: ignore[arg-type]
    waiver = Waiver(
        rule="runs", subjects=frozenset({"I1"}), first=0, last=0, most=1,
        reason="agreed", author="manager", made=dt.date(2026, 10, 1),
    )  # fmt: skip
    ours = after(START, recorded("K1", 77), recorded("K2", 99, "what if", "slower"))
    theirs = after(
        START,
        Place(scenario="what if", placement=placed),
        SetPins(scenario=BASE, pins=(Pin(kind="case", id="K1"),)),
        Waive(scenario=BASE, waiver=waiver),
        Branch(parent=BASE, name="another"),
    )
    mine, other = told(ours, theirs)
    assert len(mine) == 2
    assert "K1" in mine[0]
    assert mine[0].replace("\xa0", " ").endswith("from 2 h to 1 h 17")
    assert mine[1] == "what if: “slower” added"
    assert len(other) == 4
    assert any("K2" in each and each.startswith("what if: ") for each in other)
    assert any("Pinned" in each or "pinned" in each for each in other)
    assert any("agreed" in each for each in other)
    assert "another: new scenario" in other


def test_what_is_in_conflict_and_what_both_did_is_not_taken_over() -> None:
    ours = after(START, recorded("K1", 77), recorded("K2", 66), recorded("K3", 55))
    theirs = after(START, recorded("K1", 88), recorded("K2", 66))
    mine, other = told(ours, theirs)
    assert len(mine) == 1
    assert "K3" in mine[0]
    assert other == []


def test_sets_that_are_switched_changed_or_gone_and_names_are_told() -> None:
    start = after(START, recorded("K1", 77, "what if", "one"), recorded("K2", 77, "what if", "two"))
    theirs = after(
        start,
        Switch(scenario="what if", group="one", enabled=False),
        Branch(parent=BASE, name="another"),
    )
    made = merge(start, start, theirs)
    rows = taken((start, start, theirs), made)
    assert rows[0] == ()
    assert [*taken_sentences(rows[1], made.study, "en")] == [
        "what if: “one” switched off",
        "another: new scenario",
    ]
    renamed = Rename(scenario="what if", name="better").apply(start)
    names = ({}, {"what if": "better"})
    made = merge(start, start, renamed, names=names)
    rows = taken((start, start, renamed), made, names)
    assert rows[0] == ()
    assert [*taken_sentences(rows[1], made.study, "en")] == [
        "better: name of the scenario: what if → better"
    ]
    gone = Delete(name="what if").apply(start)
    made = merge(start, start, gone)
    rows = taken((start, start, gone), made)
    assert [*taken_sentences(rows[1], made.study, "en")] == ["what if: scenario deleted"]


two_sides = st.tuples(edited(START), edited(START)).map(lambda both: (both[0][-1], both[1][-1]))


@settings(max_examples=8)
@given(two_sides)
def test_a_merge_that_tells_nothing_of_a_side_has_nothing_of_it(sides: tuple[Study, Study]) -> None:
    ours, theirs = sides
    made = merge(START, ours, theirs)
    found = taken((START, ours, theirs), made)
    for rows, other in zip(found, (theirs, ours), strict=True):
        for lang in ("en", "fr"):
            assert all(taken_sentences(rows, made.study, lang))
        assert len(taken_plain(rows, made.study, "en")) == len(rows)
        if not rows and not made.conflicts and not made.doubled and not made.apart:
            assert _facts(made.study) == _facts(other)


def _facts(study: Study) -> object:
    """Give what somebody would miss: records, sets, plans, pins, waivers."""
    scenarios = {
        each.name: (each.plan, {*each.pins}, {*each.waivers}, {g.name for g in each.changes})
        for each in study.scenarios
    }
    return {*study.base.cases}, {*study.base.sessions}, {*study.base.rules}, scenarios


def test_a_long_plan_is_shortened_and_facts_are_not() -> None:
    one = told_rows()
    short, left = shortened([*one, *one, *one], most=2)
    assert left == 1
    assert len(short) == 2


def told_rows() -> tuple[Taken, ...]:
    placed = Placement("K2", "B", "X1", 500)  # type: ignore[arg-type]
    ours = after(START, Place(scenario=BASE, placement=placed))
    return taken((START, ours, START), merge(START, ours, START))[0]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_everything_is_said_in_both_languages(lang: str) -> None:
    mine, _ = told(after(START, recorded("K1", 77, "what if", "close-room S1 monday")), START, lang)
    assert len(mine) == 1
    assert "close-room" not in mine[0]
