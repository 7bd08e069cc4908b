"""What comes back of a shared file when names, parents and facts have moved on meanwhile."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from sharing_small import plan_of

from data.demo import generate
from data.sharing import as_shared, share, taken_back
from data.study_file import open_study
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Delete, Record
from planner.fingerprint import fingerprint
from planner.plan import Plan
from planner.returning import Returned, taking_back
from planner.study import BASE, Study


@pytest.fixture(scope="module")
def study() -> Study:
    problem = generate("small")
    made = Study(id="0123456789", name="a study", base=problem)
    edits = (
        AdoptPlan(scenario=BASE, plan=plan_of(problem), made_for=fingerprint(problem)),
        Branch(parent=BASE, name="Friday"),
        Branch(parent="Friday", name="Idea"),
        Branch(parent=BASE, name="Other"),
    )
    for edit in edits:
        made = edit.apply(made)
    return made


@pytest.fixture
def shared(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "state"))
    share(study, tmp_path / "s.opale", names=False)
    return tmp_path / "s.opale"


def answer(shared: Path, study: Study, *edits: Any) -> tuple[Returned, Study]:
    """Let somebody else edit a shared file, and take it back into a study."""
    with open_study(shared) as opened:
        before = as_shared(opened)
        for edit in edits:
            opened.do(edit)
        found = taken_back(opened.study, study, before)
    return found, taking_back(found, "s.opale").apply(study)


def mean(study: Study, name: str, case: str) -> ChangeSet:
    old = next(each.mean for each in study.problem(name).cases if each.id == case)
    change = Set(kind="case", id=case, field="mean", expected=old, value=old + 5)
    return ChangeSet(name=f"case/{case}", changes=(change,))


def a_case(shared: Path) -> str:
    with open_study(shared) as opened:
        return str(opened.study.base.cases[0].id)


def test_a_new_scenario_by_the_name_of_one_of_ours_comes_beside_it(
    study: Study, shared: Path
) -> None:
    found, after = answer(shared, study, Branch(parent=BASE, name="Friday"))
    assert [each.name for each in found.scenarios] == ["Friday (2)"]
    assert after.scenario("Friday (2)").parent == BASE
    again, _ = answer(shared, after)
    assert again.scenarios == (), "it came back before"


def test_the_scenario_below_one_that_was_deleted_here_comes_back_with_it(
    study: Study, shared: Path
) -> None:
    ours = Delete(name="Idea").apply(study)
    ours = Delete(name="Friday").apply(ours)
    case = a_case(shared)
    with open_study(shared) as opened:
        group = mean(opened.study, "scenario 1", case)
    found, after = answer(
        shared,
        ours,
        Branch(parent="scenario 1", name="theirs"),
        Record(scenario="theirs", group=group),
    )
    assert [each.name for each in found.scenarios] == ["Friday", "theirs"], "Idea stays deleted"
    assert after.scenario("theirs").parent == "Friday"
    (back,) = after.scenario("theirs").changes
    assert back.changes[0].id in {each.id for each in study.base.cases}
    assert back.name == f"case/{back.changes[0].id}", "no pseudonym is left in its name"


@pytest.mark.parametrize("moved", [False, True])
def test_a_plan_that_comes_back_is_out_of_date_where_facts_have_moved_on_here(
    study: Study, shared: Path, moved: bool
) -> None:
    ours = study
    if moved:
        group = mean(study, BASE, str(study.base.cases[0].id))
        ours = Record(scenario=BASE, group=group).apply(study)
    with open_study(shared) as opened:
        plan = opened.study.scenario(BASE).plan
    fewer = Plan.build([*plan.placements][1:], plan.duties)
    with open_study(shared) as opened:
        made_for = fingerprint(opened.study.base)
    found, after = answer(
        shared,
        ours,
        Branch(parent="scenario 1", name="new"),
        AdoptPlan(scenario="new", plan=fewer, made_for=made_for),
        AdoptPlan(scenario="scenario 3", plan=fewer, made_for=made_for),
    )
    assert [each.name for each in found.scenarios] == ["Other (2)", "new"]
    assert [after.stale(each.name) for each in found.scenarios] == [moved, moved]


def test_what_stands_on_a_scenario_that_they_changed_stands_on_theirs(
    study: Study, shared: Path
) -> None:
    case = a_case(shared)
    with open_study(shared) as opened:
        group = mean(opened.study, "scenario 1", case)
    found, after = answer(shared, study, Record(scenario="scenario 1", group=group))
    assert [each.name for each in found.scenarios] == ["Friday (2)"], "Idea itself is as it was"
    below = dataclasses.replace(after.scenario("Friday (2)"), plan=Plan())
    assert below.changes
