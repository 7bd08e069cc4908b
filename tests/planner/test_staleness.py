"""Why a plan is out of date, and that the mark goes away with the change (field case F70)."""

import dataclasses

import pytest
from kpi_house import case, house, session, staff

from planner.changes import Add, Adjust, ChangeSet, Remove, Set
from planner.comparison_words import stale_sentences
from planner.edits import AdoptPlan, Branch, Record, Switch
from planner.facts import facts
from planner.plan import Duty, Placement, Plan
from planner.rostering import ShiftType
from planner.staleness import staleness
from planner.study import BASE, Study

PLAN = Plan.build([Placement("K1", "A", "X1", 480)], [Duty("I1", 0, "D")])
LATER = ChangeSet(
    name="close A",
    changes=(Set(kind="session", id="A", field="closed", expected=False, value=True),),
)
LONGER = ChangeSet(name="longer", changes=(Adjust(kind="case", id="K1", field="mean", delta=20),))


def study() -> Study:
    problem = house(
        sessions=(session("A"), session("B", 1)), cases=(case("K1"),), staff=staff("I1")
    )
    return AdoptPlan(scenario=BASE, plan=PLAN).apply(Study(id="s", base=problem))


def child() -> Study:
    return Branch(parent=BASE, name="child").apply(study())


def test_a_plan_made_for_the_facts_in_force_is_not_stale() -> None:
    assert staleness(study(), BASE) is None
    assert staleness(child(), "child") is None


def test_a_change_of_the_scenario_is_the_reason() -> None:
    changed = Record(scenario="child", group=LATER).apply(child())
    stale = staleness(changed, "child")
    assert stale is not None
    assert stale.groups == ("close A",)
    assert [(c.kind, c.id, c.field, c.after) for c in stale.inputs] == [
        ("session", "A", "closed", True)
    ]
    assert staleness(changed, BASE) is None


def test_only_changes_after_the_plan_are_reasons() -> None:
    changed = Record(scenario="child", group=LATER).apply(child())
    solved = AdoptPlan(scenario="child", plan=PLAN).apply(changed)
    again = Record(scenario="child", group=LONGER).apply(solved)
    stale = staleness(again, "child")
    assert stale is not None
    assert stale.groups == ("longer",)
    assert [(c.before, c.after) for c in stale.inputs] == [(60, 80)]


def test_a_switched_change_is_the_reason_and_switching_back_mends_it() -> None:
    changed = Record(scenario="child", group=LATER).apply(child())
    changed = Record(scenario="child", group=LONGER).apply(changed)
    solved = AdoptPlan(scenario="child", plan=PLAN).apply(changed)
    off = Switch(scenario="child", group="close A", enabled=False).apply(solved)
    stale = staleness(off, "child")
    assert stale is not None
    assert stale.groups == ("close A",)
    assert [(c.before, c.after) for c in stale.inputs] == [(True, False)]
    on = Switch(scenario="child", group="close A", enabled=True).apply(off)
    assert staleness(on, "child") is None


def test_a_change_of_the_base_makes_both_stale_with_the_reason() -> None:
    changed = Record(scenario=BASE, group=LONGER).apply(child())
    for name in (BASE, "child"):
        stale = staleness(changed, name, recorded=[LONGER])
        assert stale is not None
        assert stale.groups == ("longer",)
        assert [(c.id, c.before, c.after) for c in stale.inputs] == [("K1", 60, 80)]


def test_base_and_own_changes_are_reasons_together() -> None:
    changed = Record(scenario=BASE, group=LONGER).apply(child())
    changed = Record(scenario="child", group=LATER).apply(changed)
    stale = staleness(changed, "child", recorded=[LONGER])
    assert stale is not None
    assert stale.groups == ("longer", "close A")
    assert {(c.kind, c.id) for c in stale.inputs} == {("case", "K1"), ("session", "A")}


def test_only_what_was_recorded_after_the_plan_is_a_reason() -> None:
    shorter = ChangeSet(
        name="shorter", changes=(Set(kind="case", id="K1", field="mean", expected=80, value=40),)
    )
    early = Record(scenario=BASE, group=LONGER).apply(study())
    solved = AdoptPlan(scenario=BASE, plan=PLAN).apply(early)
    changed = Record(scenario=BASE, group=shorter).apply(solved)
    stale = staleness(changed, BASE, recorded=[LONGER, shorter])
    assert stale is not None
    assert stale.groups == ("shorter",)
    assert [(c.before, c.after) for c in stale.inputs] == [(80, 40)]
    twice = Record(scenario=BASE, group=shorter).apply(early)
    stale = staleness(twice, BASE, recorded=[LONGER, shorter])
    assert stale is not None
    assert stale.groups == ("longer", "shorter")
    assert [(c.before, c.after) for c in stale.inputs] == [(60, 40)]


@pytest.mark.parametrize(
    "group",
    [
        ChangeSet(name="more", changes=(Add(kind="specialty", id="T", record=(("id", "T"),)),)),
        ChangeSet(
            name="shorter",
            changes=(
                Set(kind="session", id="A", field="end", expected="16:00", value="15:00"),
                Set(kind="session", id="A", field="end", expected="15:00", value="14:00"),
            ),
        ),
    ],
    ids=["add", "set twice"],
)
def test_recorded_changes_are_taken_back_the_last_first(group: ChangeSet) -> None:
    changed = Record(scenario=BASE, group=group).apply(study())
    stale = staleness(changed, BASE, recorded=[group])
    assert stale is not None
    assert stale.groups == (group.name,)
    assert len(stale.inputs) == 1


def test_what_cannot_be_known_any_more_is_said_so() -> None:
    gone = ChangeSet(name="gone", changes=(Remove(kind="session", id="B"),))
    changed = Record(scenario=BASE, group=gone).apply(study())
    stale = staleness(changed, BASE, recorded=[gone])
    assert stale is not None
    assert (stale.groups, stale.inputs) == ((), ())
    assert "not known any more" in list(stale_sentences(stale, "en"))[-1]


def test_reasons_are_sentences() -> None:
    changed = Record(scenario="child", group=LATER).apply(child())
    stale = staleness(changed, "child")
    assert stale is not None
    title, group, fact = stale_sentences(stale, "en")
    assert title == "The plan of “child” is out of date."
    assert group == "Since it was made: “close A”."
    assert fact == "Session R1 Mon 1 Jun 08:00: closed from no to yes"
    assert next(stale_sentences(stale, "fr")).startswith(
        "Le plan de «\u00a0child\u00a0» est périmé"
    )


def test_field_case_f70_a_shift_that_begins_earlier() -> None:
    """Hours per M stay 480; rests before an M lose 15 minutes; after undo the mark goes away."""
    shifts = (ShiftType(id="M", start=420, end=900, tags=frozenset({"work"})),
              ShiftType(id="L", start=735, end=1215, tags=frozenset({"work"})))  # fmt: skip
    base = house(staff=staff("I1"), shifts=shifts)
    plan = Plan.build(duties=[Duty("I1", 0, "L"), Duty("I1", 1, "M")])
    before = AdoptPlan(scenario=BASE, plan=plan).apply(Study(id="s", base=base))
    earlier = ChangeSet(
        name="M earlier",
        changes=(
            Set(kind="shift", id="M", field="start", expected="07:00", value="06:45"),
            Set(kind="shift", id="M", field="end", expected="15:00", value="14:45"),
        ),
    )
    after = Record(scenario=BASE, group=earlier).apply(before)
    stale = staleness(after, BASE, recorded=[earlier])
    assert stale is not None
    assert [(c.id, c.field) for c in stale.inputs] == [("M", "start"), ("M", "end")]

    def rest(study: Study) -> int:
        known = facts(study.base)
        return known.span(1, "M")[0] - known.span(0, "L")[1]

    assert facts(after.base).effective(1, "M") == 480
    assert (rest(before), rest(after)) == (645, 630)
    undone = dataclasses.replace(after, base=before.base)
    assert staleness(undone, BASE) is None
