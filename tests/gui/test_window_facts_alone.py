"""An edit looks at the facts of the scenarios that it touches, at all of them, and at no others."""

from typing import Any

import pytest

import planner.study
from planner.changes import ChangeSet, Set
from planner.edits import Branch, EditRefusedError, Record
from planner.hand_edits import Place
from planner.plan import Placement
from planner.study import BASE
from ui.window.document import Document


def test_an_edit_makes_the_facts_of_no_scenario_that_it_does_not_touch(
    small_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first branch after opening would pay for every what-if of the study."""
    cases = small_document.problem.cases
    for number, case in enumerate(cases[:3]):
        name, longer = f"what-if {number}", case.mean + 5
        change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=longer)
        small_document.do(Branch(parent=BASE, name=name))
        group = ChangeSet(name="longer", changes=(change,))
        small_document.do(Record(scenario=name, group=group))
    made = list[object]()
    apply = planner.study.apply

    def counted(*given: Any) -> Any:
        made.append(given)
        return apply(*given)

    monkeypatch.setattr("planner.study._made", [])
    monkeypatch.setattr("planner.study.apply", counted)
    small_document.do(Branch(parent=BASE, name="another"))
    assert not made
    small_document.do(Branch(parent="what-if 1", name="one more"))
    assert len(made) == 1
    session = small_document.problem.sessions[0]
    placement = Placement(cases[0].id, session.id, None, 540)
    small_document.do(Place(scenario=BASE, placement=placement))
    assert len(made) == 1


def test_facts_that_point_to_nothing_are_refused_in_a_what_if_and_in_what_stands_on_it(
    small_document: Document,
) -> None:
    """Only scenarios whose facts an edit leaves alone are not looked at."""
    case = small_document.problem.cases[0]
    for name, parent in (("one", BASE), ("two", "one")):
        small_document.do(Branch(parent=parent, name=name))
    lost = Set(kind="case", id=case.id, field="procedure", expected=case.procedure, value="none")
    for scenario in (BASE, "one", "two"):
        before = small_document.study
        with pytest.raises(EditRefusedError) as caught:
            small_document.do(
                Record(scenario=scenario, group=ChangeSet(name="lost", changes=(lost,)))
            )
        assert caught.value.what == "edit_breaks_facts"
        assert small_document.study is before
