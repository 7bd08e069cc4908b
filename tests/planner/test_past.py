"""Days that are over of a published plan: a hand leaves them, what happened is recorded."""

import dataclasses
import datetime as dt

import pytest
from kpi_house import case, house, session, staff

from planner.changes import Add, Change, ChangeSet, Remove, Set
from planner.edits import AdoptPlan, Edit, EditRefusedError, Record, Switch
from planner.hand_edits import Assign, Place, TakeOut, Together
from planner.past import merged_away, over, refuse_past, touched
from planner.plain import to_plain
from planner.plan import Duty, Placement, Plan
from planner.stacking import Drop
from planner.study import BASE, Scenario, Study

PLAN = Plan.build(
    [Placement("K1", "past", None, 480), Placement("K2", "coming", None, 480)],
    [Duty("I1", 1, "D"), Duty("I1", 5, "D")],
)

DROP = Drop(scenario="X", group="G")
K9 = tuple(to_plain(case("K9"), house().horizon).items())


def study(published: Plan | None = PLAN) -> Study:
    """Give a week of which three days are over."""
    base = house(
        staff=staff("I1"),
        cases=tuple(case(id) for id in ("K1", "K2", "K3")),
        sessions=(
            dataclasses.replace(session("A"), id="past", day=1),
            dataclasses.replace(session("A"), id="coming", day=5),
        ),
    )
    base = dataclasses.replace(base, as_of=base.horizon.start + dt.timedelta(days=3))
    scenario = Scenario(name=BASE, parent=None, plan=PLAN, published=published)
    return Study(id="s", base=base, scenarios=(scenario,))


def out(*cases: str) -> TakeOut:
    return TakeOut(scenario=BASE, cases=frozenset(cases))


def put(id: str, where: str) -> Place:
    return Place(scenario=BASE, placement=Placement(id, where, None, 600))  # type: ignore[arg-type]


def off(day: int) -> Assign:
    return Assign(scenario=BASE, duties=(("I1", day, None),))


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (out("K1"), ("K1",)),
        (put("K1", "coming"), ("K1",)),
        (put("K3", "past"), ("K3",)),
        (off(1), ("I1",)),
        (Together(edits=(out("K2"), off(1))), ("I1",)),
        (out("K2"), None),
        (put("K3", "coming"), None),
        (off(5), None),
        (AdoptPlan(scenario=BASE, plan=Plan()), None),
    ],
)
def test_a_hand_leaves_days_that_are_over(edit: Edit, codes: tuple[str, ...] | None) -> None:
    found = touched(study(), edit)
    assert (None if found is None else (found.codes, found.day)) == (codes and (codes, 1))
    if codes is None:
        refuse_past(study(), edit, "en")
    else:
        with pytest.raises(EditRefusedError) as refused:
            refuse_past(study(), edit, "en")
        assert refused.value.facts["codes"] == codes[0]


def test_nothing_is_over_of_what_nobody_published() -> None:
    assert touched(study(None), out("K1")) is None
    theatres = dataclasses.replace(PLAN, days=())
    assert over(study(theatres), BASE) == (3, 0)
    assert touched(study(theatres), off(1)) is None


def with_change(*changes: Change, enabled: bool = True) -> Study:
    """Give the week with a what-if on it whose plan is that of the week, with one group of changes."""
    group = ChangeSet(name="G", changes=changes, enabled=enabled)
    child = Scenario(name="X", changes=(group,), plan=PLAN)
    base = study()
    return dataclasses.replace(base, scenarios=(*base.scenarios, child))


def gone(kind: str, id: str) -> Remove:
    return Remove(kind=kind, id=id, record=())


def put_off(id: str, day: int) -> Set:
    date = study().base.horizon.date
    was = 1 if id == "past" else 5
    return Set(
        kind="session",
        id=id,
        field="day",
        expected=date(was).isoformat(),
        value=date(day).isoformat(),
    )


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (gone("case", "K1"), ("K1",)),
        (gone("session", "past"), ("K1",)),
        (gone("staff", "I1"), ("I1",)),
        (gone("shift", "D"), ("I1",)),
        (put_off("past", 4), ("K1",)),
        (gone("case", "K2"), None),
        (gone("session", "coming"), None),
        (put_off("coming", 6), None),
    ],
)
def test_facts_take_nothing_out_of_days_that_are_over(
    change: Change, codes: tuple[str, ...] | None
) -> None:
    off = with_change(change, enabled=False)
    edits = [
        (off, Switch(scenario="X", group="G", enabled=True)),
        (study(), Record(scenario=BASE, group=ChangeSet(name="G", changes=(change,)))),
    ]
    for here, edit in edits:
        found = touched(here, edit)
        assert (None if found is None else (found.codes, found.day)) == (codes and (codes, 1))


@pytest.mark.parametrize("undo", [Switch(scenario="X", group="G", enabled=False), DROP])
def test_a_fact_that_a_day_that_is_over_needs_is_not_undone(undo: Edit) -> None:
    here = with_change(Add(kind="case", id="K9", record=K9))
    plan = Plan.build([*PLAN.placements, Placement("K9", "past", None, 600)], PLAN.duties)
    here = here.replace(dataclasses.replace(here.scenario("X"), plan=plan))
    found = touched(here, undo)
    assert found is not None
    assert (found.codes, found.day) == (("K9",), 1)


def test_a_fact_of_a_parent_reaches_the_past_of_its_children() -> None:
    bare = dataclasses.replace(with_change(), base=study().base)
    parent = bare.scenario(BASE)
    bare = bare.replace(dataclasses.replace(parent, plan=Plan()))
    assert over(bare, BASE) == (0, 0)
    edit = Record(scenario=BASE, group=ChangeSet(name="G", changes=(gone("case", "K1"),)))
    found = touched(bare, edit)
    assert found is not None
    assert found.codes == ("K1",)


def test_rotations_are_not_rolled_out_over_days_that_are_over() -> None:
    class Rolled(Together):
        """Stands for any edit that makes a plan itself."""

        def apply(self, study: Study) -> Study:
            return study.replace(dataclasses.replace(study.scenario(BASE), plan=Plan()))

    found = touched(study(), Rolled(edits=(off(5),)))
    assert found is not None
    assert found.codes == ("I1", "K1")


def test_a_merge_tells_what_it_has_otherwise_on_days_that_are_over() -> None:
    """A copy from before its days were over may take them away; what happened may be recorded on one."""
    ours = study()
    before = dataclasses.replace(
        ours, base=dataclasses.replace(ours.base, as_of=dt.date(2026, 1, 1))
    )
    away, moved = out("K1").apply(before), put("K3", "past").apply(ours)
    both = Together(edits=(out("K1"), off(1))).apply(ours)
    for sides in ((ours, away), (away, ours)):
        found = merged_away(sides, out("K1").apply(ours))
        assert found is not None
        assert (found.codes, found.day) == (("K1",), 1)
        assert merged_away(sides, ours) is None
        assert merged_away(sides, out("K2").apply(ours)) is None
    assert merged_away((ours, moved), moved) is None, "one of them has it so: it was recorded there"
    found = merged_away((ours, moved), both)
    assert found is not None
    assert found.codes == ("I1", "K1"), "and K3 is where it is in ours"
    assert merged_away((study(None), study(None)), both) is None
