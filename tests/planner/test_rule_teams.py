"""A team for each theatre in use, half-day by half-day."""

from typing import Any

import pytest
from theatre_tables import breaches, linear, said

from planner.rules.contract import Scope
from planner.rules.theatre.teams import Teams

ROOMS = [{"id": f"S{n}", "theatre": f"R{n}"} for n in (1, 2, 3)]
MORNING, AFTERNOON = {"end": "12:30"}, {"start": "12:30"}


def cases(count: int) -> list[dict[str, Any]]:
    return [{"id": f"K{n}", "in": f"S{n}", "minutes": 60} for n in range(1, count + 1)]


@pytest.mark.parametrize(("teams", "used", "over"), [(2, 2, 0), (2, 3, 1), (0, 1, 1), (3, 3, 0)])
def test_each_theatre_in_use_has_a_team(teams: int, used: int, over: int) -> None:
    sessions = [row | MORNING for row in ROOMS]
    found = said(Teams(id="T11"), sessions=sessions, cases=cases(used), teams=[{"teams": teams}])
    assert found == ([("teams_am", ("TEAM1",), over)] if over else [])


def test_a_session_that_crosses_noon_asks_in_both_halves() -> None:
    found = said(Teams(id="T11"), sessions=ROOMS, cases=cases(2), teams=[{"teams": 1}])
    assert found == [("teams_am", ("TEAM1",), 1), ("teams_pm", ("TEAM1",), 1)]
    only_am = said(Teams(id="T11"), sessions=ROOMS, cases=cases(1), teams=[{"teams": 1} | MORNING])
    assert only_am == [("teams_pm", ("teams",), 1)]


def test_two_sessions_of_a_theatre_in_a_half_day_share_its_team() -> None:
    sessions = [{"id": "S1", "end": "10:00"}, {"id": "S2", "start": "10:00", "end": "12:00"}]
    assert said(Teams(id="T11"), sessions=sessions, cases=cases(2), teams=[{"teams": 1}]) == []


def test_local_sessions_need_a_team_too_and_empty_ones_none() -> None:
    sessions = [row | MORNING | {"anaesthesia": "local"} for row in ROOMS]
    local = [row | {"anaesthesia": "local"} for row in cases(2)]
    found = said(Teams(id="T11"), sessions=sessions, cases=local, teams=[{"teams": 1}])
    assert found == [("teams_am", ("TEAM1",), 1)]


def test_without_any_cover_nothing_is_judged() -> None:
    assert said(Teams(id="T11"), sessions=ROOMS, cases=cases(3)) == []
    assert linear(Teams(id="T11"), "exact", sessions=ROOMS, cases=cases(3)) == []


def test_cover_of_some_suites_is_a_pool_of_its_own() -> None:
    sessions = [
        row | MORNING | {"suite": suite}
        for row, suite in zip(ROOMS, ("Nord", "Nord", "Sud"), strict=True)
    ]
    cover = [{"teams": 1, "suites": ["Nord"]}, {"teams": 1, "suites": ["Nord"], "day": 1}]
    found = said(Teams(id="T11"), sessions=sessions, cases=cases(3), teams=cover)
    assert found == [("teams_am", ("TEAM1",), 1)]  # nobody counts the theatres of the south


def test_cover_of_some_specialties_is_for_their_sessions_beside_the_cover_for_all() -> None:
    sessions = [
        row | MORNING | {"owners": [owner]}
        for row, owner in zip(ROOMS, ("ORTHO", "ORTHO", "OPH"), strict=True)
    ]
    cover = [{"teams": 3}, {"teams": 1, "specialties": ["ORTHO"]}]
    found = said(Teams(id="T11"), sessions=sessions, cases=cases(3), teams=cover)
    assert found == [("teams_am", ("TEAM2",), 1)]
    cover[1] |= {"day": 1}
    found = said(Teams(id="T11"), sessions=sessions, cases=cases(3), teams=cover)
    assert found == [("teams_am", ("ORTHO",), 2)]


def test_what_is_kept_for_emergencies_with_a_team_of_its_own_needs_no_other() -> None:
    kept = {"id": "S1", "theatre": "R1", "emergency": True, "features": ["emergency"]}
    case = [{"id": "K1", "in": "S1", "minutes": 60, "flags": ["emergency"]}]
    assert said(Teams(id="T11"), sessions=[kept], cases=case, teams=[{"teams": 0}]) == []
    planned = kept | {"emergency": False}
    assert said(Teams(id="T11"), sessions=[planned], cases=case, teams=[{"teams": 0}]) != []


def test_a_day_without_cover_has_no_team() -> None:
    found = said(Teams(id="T11"), sessions=ROOMS, cases=cases(1), teams=[{"teams": 9, "day": 1}])
    assert found == [("teams_am", ("teams",), 1), ("teams_pm", ("teams",), 1)]


def test_a_scope_counts_its_own_theatres_only() -> None:
    rule = Teams(id="T11", scope=Scope.of(theatre=["R1"]))
    assert said(rule, sessions=ROOMS, cases=cases(3), teams=[{"teams": 1}]) == []


def test_rows_are_said_only_where_teams_may_be_short() -> None:
    for teams, rows in ((3, 0), (2, 2)):
        table: dict[str, Any] = {"sessions": ROOMS, "cases": cases(3), "teams": [{"teams": teams}]}
        assert len(linear(Teams(id="T11"), "exact", **table)) == rows


def test_the_facts_of_the_sentence() -> None:
    (found,) = breaches(
        Teams(id="T11"),
        sessions=[row | AFTERNOON for row in ROOMS],
        cases=cases(3),
        teams=[{"teams": 1, "start": "12:30"}, {"teams": 1, "start": "12:30"}],
    )
    assert found.facts == {"open": 3, "teams": 2, "day": 0}
    assert found.about.subjects == ("TEAM1", "TEAM2")
