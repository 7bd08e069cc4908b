"""Links to nothing: told when an edit makes them, and not when they were there before."""

from dataclasses import replace

import pytest
from demo_hospitals import generate

from planner.cases import ProcedureId
from planner.links import broken, lost
from planner.people import Absence
from planner.problem import Problem
from planner.sentences import fault_words


@pytest.fixture(scope="module")
def problem() -> Problem:
    return generate("small", 1)


def astray(problem: Problem) -> Problem:
    """Give it with a case of a procedure that nobody knows."""
    first, *others = problem.cases
    return replace(problem, cases=(replace(first, procedure=ProcedureId("XX")), *others))


def test_what_differs_in_no_link_makes_none(problem: Problem) -> None:
    assert not [*broken(problem, problem)]
    first, *others = problem.cases
    longer = replace(problem, cases=(replace(first, mean=first.mean + 5), *others))
    assert not [*broken(problem, longer)]


def test_a_value_that_leads_to_nothing_is_told_once(problem: Problem) -> None:
    (fault,) = broken(problem, astray(problem))
    assert (fault.what, fault.kind, fault.field) == ("unknown_link", "case", "procedure")
    assert dict(fault.facts)["value"] == "XX"
    assert not [*broken(astray(problem), astray(problem))]
    assert not [*broken(astray(problem), replace(astray(problem), holidays=()))]


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


def test_a_link_to_what_is_taken_away_says_so(problem: Problem) -> None:
    person = problem.staff[0].id
    without = replace(problem, staff=tuple(p for p in problem.staff if p.id != person))
    found = [lost(problem, fault) for fault in broken(problem, without)]
    assert {fault.what for fault in found} == {"lost_link"}
    (unknown,) = broken(problem, astray(problem))
    assert lost(problem, unknown) is unknown
    for lang, told in (("en", "Add “XX”"), ("fr", "Ajoutez")):
        assert told in fault_words(unknown, lang)
        assert told not in fault_words(found[0], lang)


def test_an_absence_needs_its_person(problem: Problem) -> None:
    away = Absence(id="A-1", person="NOBODY", first=1, last=2)
    (fault,) = broken(problem, replace(problem, absences=(*problem.absences, away)))
    assert (fault.kind, fault.field) == ("absence", "person")
