"""Links to nothing: told when an edit makes them, and not when they were there before."""

from dataclasses import replace

import pytest

from data.demo import generate
from planner.cases import ProcedureId
from planner.links import broken
from planner.people import Absence
from planner.problem import Problem


@pytest.fixture(scope="module")
def problem() -> Problem:
    return generate("small", 1)


def lost(problem: Problem) -> Problem:
    """Give it with a case of a procedure that nobody knows."""
    first, *others = problem.cases
    return replace(problem, cases=(replace(first, procedure=ProcedureId("XX")), *others))


def test_what_differs_in_no_link_makes_none(problem: Problem) -> None:
    assert not [*broken(problem, problem)]
    first, *others = problem.cases
    longer = replace(problem, cases=(replace(first, mean=first.mean + 5), *others))
    assert not [*broken(problem, longer)]


def test_a_value_that_leads_to_nothing_is_told_once(problem: Problem) -> None:
    (fault,) = broken(problem, lost(problem))
    assert (fault.what, fault.kind, fault.field) == ("unknown_link", "case", "procedure")
    assert dict(fault.facts)["value"] == "XX"
    assert not [*broken(lost(problem), lost(problem))]
    assert not [*broken(lost(problem), replace(lost(problem), holidays=()))]


@pytest.mark.parametrize(
    ("kind", "attribute", "names"),
    [("theatre", "theatres", "session"), ("surgeon", "surgeons", "case"), ("shift", "shifts", "")],
)
def test_what_others_name_leaves_links_behind(
    problem: Problem, kind: str, attribute: str, names: str
) -> None:
    without = replace(problem, **{attribute: ()})
    found = {(fault.kind, dict(fault.facts)["link"]) for fault in broken(problem, without)}
    assert found
    assert all(link == kind or (kind == "surgeon" and link == "staff") for _, link in found)
    assert not names or (names, kind) in found


def test_an_absence_needs_its_person(problem: Problem) -> None:
    away = Absence(id="A-1", person="NOBODY", first=1, last=2)
    (fault,) = broken(problem, replace(problem, absences=(*problem.absences, away)))
    assert (fault.kind, fault.field) == ("absence", "person")
