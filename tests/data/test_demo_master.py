"""The templates of the demo hospitals are the one source of their sessions."""

from dataclasses import replace

import pytest
from demo_hospitals import generate

from planner.changes import apply
from planner.commands import expand
from planner.master import Expansion, expansion


@pytest.mark.parametrize(("profile", "templates"), [("small", 5), ("mid", 34), ("chu", 209)])
def test_expanding_gives_back_exactly_the_sessions(profile: str, templates: int) -> None:
    problem = generate(profile)
    assert len(problem.templates) == templates
    found = expansion(problem)
    assert set(found.same) == set(problem.sessions)
    assert found._replace(same=()) == Expansion((), (), (), (), 0)


def test_expanding_an_empty_period_adds_them_with_their_people() -> None:
    problem = generate("small")
    empty, _ = apply(problem, [expand(problem, "close", "sessions", "all")])
    empty = replace(empty, sessions=())
    again, notes = apply(empty, [expand(empty, "expand")])
    assert notes == ()
    assert again.sessions == problem.sessions
    assert [need.least for need in again.cover] == [need.least for need in problem.cover]


def test_the_small_hospital_has_a_fortnightly_session() -> None:
    by_cycle = {each.id: (each.cycle, each.week) for each in generate("small").templates}
    assert by_cycle["S2-fri-J-1"] == (2, 1)
    assert by_cycle["S1-mon-J"] == (1, 1)
