"""Sides of a comparison that come from files: what each is called, and what is known of its plan."""

import dataclasses
from pathlib import Path

from demo_hospitals import generate
from hypothesis import given
from hypothesis import strategies as st

from data.entrants import entrants, file_names, one_period, stale_mark
from data.study_file import create_study
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Record, SetPins
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from planner.study import BASE, Pin, Study

NAMES = st.lists(
    st.lists(st.sampled_from(["a", "b", "ward.opale"]), min_size=1, max_size=4).map(
        lambda parts: Path(*parts)
    ),
    min_size=1,
    max_size=6,
)


@given(NAMES)
def test_no_two_files_are_called_the_same(paths: list[Path]) -> None:
    found = file_names(paths)
    assert list(found) == list(dict.fromkeys(paths))
    assert len(set(found.values())) == len(found)
    for path, name in found.items():
        assert path.parts[-len(Path(name).parts) :] == Path(name).parts


def test_a_file_is_called_by_its_name_where_that_is_enough() -> None:
    one, other, third = Path("x/ward.opale"), Path("y/ward.opale"), Path("x/y/mid.opale")
    assert file_names([one, third]) == {one: "ward.opale", third: "mid.opale"}
    assert set(file_names([one, other]).values()) == {str(one), str(other)}


def test_a_side_knows_how_its_plan_stands() -> None:
    small = generate("small", 1)
    case, session = small.cases[0], small.sessions[0]
    plan = Plan.build([Placement(case.id, session.id, None, session.start)])
    pins = (Pin(kind="case", id=str(case.id)),)
    longer = Set(
        kind="case", id=str(case.id), field="mean", expected=case.mean, value=case.mean + 5
    )
    with create_study(Study(id="s", name="s", base=small)) as opened:
        opened.do(AdoptPlan(scenario=BASE, plan=plan))
        opened.do(SetPins(scenario=BASE, pins=pins))
        opened.do(Branch(parent=BASE, name="Second"))
        fresh, second = entrants(opened, [BASE, "Second"], file="ward.opale")
        assert (fresh.name, second.name) == ("ward.opale#base", "ward.opale#Second")
        assert (fresh.scenario, second.scenario) == (BASE, "Second")
        assert (fresh.stale, fresh.searched, fresh.late) == (None, None, None)
        assert tuple(fresh.pins) == pins
        assert fresh.outcome.plan is opened.study.scenario(BASE).plan
        opened.do(Record(scenario=BASE, group=ChangeSet(name="Longer", changes=(longer,))))
        (old,) = entrants(opened, [BASE], known={BASE: fresh.outcome})
        assert old.outcome is fresh.outcome
        assert old.stale is not None
        assert (old.stale.scenario, old.stale.groups) == (BASE, ("Longer",))
        told = stale_mark(opened, BASE, "ward.opale#base")
        assert told == old.stale._replace(scenario="ward.opale#base")
    assert one_period([fresh.outcome, second.outcome])
    longer_period = dataclasses.replace(small.horizon, days=small.horizon.days + 7)
    other = Outcome(dataclasses.replace(small, horizon=longer_period), plan)
    assert not one_period([fresh.outcome, other])
