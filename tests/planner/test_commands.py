"""Commands become changes that can be read: sessions and the people they need move together."""

import dataclasses

import pytest
import staffing
from staffing import least

from planner.changes import Adjust, ChangeSet, apply, removal
from planner.commands import CommandRefusedError, catalogue, expand
from planner.commands.need import following
from planner.demand import cover_id, demand
from planner.problem import Problem, faults
from planner.words import say


@pytest.fixture(name="staffed")
def _staffed(problem: Problem) -> Problem:
    """The small hospital with the cover that its sessions ask for."""
    return staffing.staffed(problem)


def test_closing_a_room_closes_its_sessions_and_frees_its_people(staffed: Problem) -> None:
    after, notes = apply(staffed, [expand(staffed, "close-room", "S1", "monday")])
    assert [session.closed for session in after.sessions] == [True, False, False]
    assert notes == ()
    assert (least(staffed)["BLOC-2026-10-05"], least(after)["BLOC-2026-10-05"]) == (4, 2)
    assert least(after)["BLOC-2026-10-07"] == least(staffed)["BLOC-2026-10-07"] == 2
    assert list(faults(after)) == []


def test_the_need_equals_the_demand_of_the_new_sessions(staffed: Problem) -> None:
    after, _ = apply(staffed, [expand(staffed, "close-room", "S1", "2026-10-05..2026-10-11")])
    wanted = demand(after.theatres, after.sessions)
    for (post, day), people in wanted.items():
        assert least(after)[cover_id(post, after.horizon, day)] == people


def test_who_is_too_many_moves_with_who_is_needed(staffed: Problem) -> None:
    """Otherwise those whom a closed room no longer needs would be too many nowhere."""
    cover = tuple(dataclasses.replace(need, most=need.least + 1) for need in staffed.cover)
    limited = dataclasses.replace(staffed, cover=cover)
    for words in (("close-room", "S1", "monday"), ("move-session", "C", "OPH")):
        after, notes = apply(limited, [expand(limited, *words)])
        assert notes == ()
        changed = [need for need in after.cover if need not in limited.cover]
        assert changed
        assert [need.most for need in changed] == [need.least + 1 for need in changed]
        assert list(faults(after)) == []


def test_moving_a_session_changes_its_owner_and_who_is_needed(staffed: Problem) -> None:
    after, notes = apply(staffed, [expand(staffed, "move-session", "C", "OPH")])
    assert after.sessions[2].owners == {"OPH"}
    assert least(after)["SPE-ORTHO-2026-10-07"] == 0
    assert notes == ()


def test_an_absence_is_added_for_each_stretch(problem: Problem) -> None:
    after, _ = apply(problem, [expand(problem, "absent", "I2", "2026-10-06..2026-10-09")])
    assert [(a.person, a.first, a.last) for a in after.absences[1:]] == [("I2", 1, 4)]
    mondays, _ = apply(problem, [expand(problem, "absent", "I2", "lundi")])
    assert [(a.first, a.last) for a in mondays.absences[1:]] == [(0, 0), (7, 7), (14, 14), (21, 21)]


def test_a_pattern_narrows_the_shifts_of_a_team(problem: Problem) -> None:
    team = tuple(dataclasses.replace(person, team="T") for person in problem.staff)
    problem = dataclasses.replace(problem, staff=team)
    after, _ = apply(problem, [expand(problem, "pattern", "T", "N")])
    assert {person.shifts for person in after.staff} == {frozenset({"N"})}


def test_the_group_is_named_as_typed(problem: Problem) -> None:
    assert expand(problem, "close-room", "S1", "monday").name == "close-room S1 monday"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("dance",), "no_command"),
        (("close-room", "S1"), "command_words"),
        (("close-room", "S9", "monday"), "command_unknown"),
        (("close-room", "S1", "31/02/2026"), "command_days"),
        (("close-room", "S1", "2026-12-24"), "command_days"),
        (("close-room", "S1", "sunday"), "command_does_nothing"),
        (("move-session", "A", "ORTHO"), "command_does_nothing"),
        (("move-session", "A", "NEURO"), "command_unknown"),
        (("absent", "I9", "monday"), "command_unknown"),
        (("pattern", "none", "D"), "command_unknown"),
    ],
)
def test_words_that_do_not_fit_are_refused(
    problem: Problem, words: tuple[str, ...], what: str
) -> None:
    with pytest.raises(CommandRefusedError) as refused:
        expand(problem, *words)
    assert refused.value.what == what


@pytest.mark.parametrize("name", ["absent", "close-room", "move-session", "pattern"])
def test_every_command_says_how_it_is_written(name: str) -> None:
    assert name in catalogue()
    for lang in ("en", "fr"):
        assert say(f"command.{name}.usage", lang).startswith(name)


# --- changes typed one by one ---------------------------------------------------------------------


def test_a_session_that_is_taken_away_takes_its_people_along(staffed: Problem) -> None:
    """Or one that comes back with a command would be staffed twice."""
    gone = removal(staffed, "session", "A")
    after, _ = apply(staffed, [ChangeSet(name="", changes=(gone, *following(staffed, [gone])))])
    shut, _ = apply(staffed, [expand(staffed, "close-room", "S1", "monday")])
    assert least(after) == least(shut) != least(staffed)


def test_cover_that_is_changed_by_hand_follows_nothing(staffed: Problem) -> None:
    gone = removal(staffed, "session", "A")
    own = Adjust(kind="cover", id="BLOC-2026-10-05", field="least", delta=-1)
    assert following(staffed, [gone, own]) == ()
    assert following(staffed, [removal(staffed, "case", "K1")]) == ()
