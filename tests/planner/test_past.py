"""Days that are over of a published plan: a hand leaves them, what happened is recorded."""

import dataclasses
import datetime as dt

import pytest
from kpi_house import case, house, session, staff

from planner.calling_out import CallOut, calling_out
from planner.edits import AdoptPlan, Edit, EditRefusedError
from planner.hand_edits import Assign, Place, TakeOut, Together
from planner.past import over, refuse_past, touched
from planner.plan import Duty, Placement, Plan
from planner.study import BASE, Scenario, Study

PLAN = Plan.build(
    [Placement("K1", "past", None, 480), Placement("K2", "coming", None, 480)],
    [Duty("I1", 1, "D"), Duty("I1", 5, "D")],
)


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


def test_a_call_out_of_a_day_that_is_over_is_recorded() -> None:
    call = CallOut(person="I1", day=1, start=1200, minutes=60)  # type: ignore[arg-type]
    assert touched(study(), calling_out(study(), BASE, call)) is None
