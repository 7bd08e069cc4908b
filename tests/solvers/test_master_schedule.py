"""The owners of the master schedule: as good as the best of all grids, and taken over as changes."""

import dataclasses
from typing import Any

import pytest
from master_small import case, drawn, grids, house, template

from planner.changes import Add, Adjust, ChangeSet, Set, apply
from planner.hospital import Session
from planner.master.adopting import grid_changes
from planner.master.grading import allowed, grade
from planner.master.grid import Grid
from planner.master.options import MasterOptions
from planner.master.words import Comparison, explained
from planner.problem import Problem, faults
from planner.runs import Bound, Budget, Event, Finished, Phase, SolveRequest, SolveResult, Started
from planner.study import Pin
from planner.words import LANGUAGES
from solvers.engine import solve

OPTIONS = MasterOptions(change=20, bed=900, keep=30)


def ask(problem: Problem, options: MasterOptions = OPTIONS, **more: Any) -> SolveRequest:
    values = {"budget": Budget(effort=5), **more}
    return SolveRequest(problem=problem, parts=("mss",), master=options, **values)


def owners(problem: Problem, result: SolveResult) -> dict[str, str]:
    after, notes = apply(problem, [ChangeSet(name="mss", changes=result.changes)])
    assert notes == ()
    assert set(faults(after)) <= set(faults(problem))
    return {each.id: "+".join(sorted(each.owners)) for each in after.templates}


@pytest.mark.parametrize("seed", range(10))
def test_it_is_the_best_of_all_grids(seed: int) -> None:
    problem = drawn(seed)
    grid = Grid(problem, OPTIONS)
    best = min(each.exact for _, each in grids(grid))
    result = solve(ask(problem))
    part = result.parts["mss"]
    assert part.status == "optimal"
    found = owners(problem, result)
    chosen = {slot.template.id: found[slot.template.id] for slot in grid.free}
    assert allowed(grid, chosen)
    assert grade(grid, chosen).exact == best
    assert part.score == grade(grid, chosen).score
    assert result.bound == part.score.total == -(-best // 1000)


def test_who_waits_most_gets_the_half_days_of_who_has_too_many() -> None:
    result = solve(ask(house(), dataclasses.replace(OPTIONS, bed=0)))
    assert owners(house(), result) == {"a": "ORTHO", "b": "ORTHO", "c": "VISC", "d": "OPH"}


def test_a_theatre_without_what_cases_need_is_of_no_use_to_them() -> None:
    """All of ORTHO's list needs laminar flow: the second theatre is no answer."""
    cases = tuple(case(f"K{n}", "ORTHO", procedure="LAMINAR") for n in range(20))
    problem = house(cases=cases, templates=house().templates[:2])
    assert owners(problem, solve(ask(problem, MasterOptions(keep=0, change=1)))) == {
        "a": "ORTHO",
        "b": "OPH",
    }


def test_surgeons_cannot_be_in_more_theatres_than_they_are() -> None:
    one = tuple(dataclasses.replace(each, rooms=1) for each in house().surgeons)
    problem = house(surgeons=one)
    found = owners(problem, solve(ask(problem, MasterOptions(change=20, keep=0))))
    mine = {id for id, owner in found.items() if owner == "ORTHO"}
    assert "a" in mine
    assert len(mine & {"a", "b"}) == len(mine & {"c", "d"}) == 1


def test_a_minimum_is_kept_and_may_be_said_of_one_specialty() -> None:
    for keeps, left in (((), 1), ((("OPH", 100),), 2), ((("OPH", 0), ("ORTHO", 100)), 0)):
        options = MasterOptions(change=20, keep=50, keeps=keeps)
        found = owners(house(), solve(ask(house(), options)))
        assert list(found.values()).count("OPH") == left


def test_a_dear_change_is_not_made() -> None:
    assert solve(ask(house(), MasterOptions(change=1_000_000))).changes == ()


def test_beds_are_levelled_by_changing_days() -> None:
    """Two specialties with beds on one day and two without on the other: one of each is better."""
    templates = (
        template("a", "S1", "mon", "VISC"),
        template("b", "S2", "mon", "ORTHO"),
        template("c", "S1", "tue", "OPH"),
        template("d", "S2", "tue", "OPH"),
    )
    cases = (
        *(case(f"V{n}", "VISC", nights=1, ward="CHIR") for n in range(8)),
        *(case(f"O{n}", "ORTHO", nights=1, ward="CHIR") for n in range(8)),
        *(case(f"E{n}", "OPH", mode="day") for n in range(16)),
    )
    problem = house(templates=templates, cases=cases)
    options = MasterOptions(change=1, bed=5000, keep=100)
    grid = Grid(problem, options)
    result = solve(ask(problem, options))
    found = owners(problem, result)
    assert {found["a"], found["b"]} != {"VISC", "ORTHO"}
    compared = Comparison.of(grid, found)
    assert compared.after.peak("CHIR")[0] == pytest.approx(compared.before.peak("CHIR")[0] / 2)
    assert compared.after.variance(["CHIR"]) < compared.before.variance(["CHIR"])


def test_pinned_shared_named_closed_and_emergency_templates_stay() -> None:
    for values in (
        {"closed": True},
        {"emergency": True},
        {"surgeon": "X-OPH"},
        {"owners": frozenset({"OPH", "VISC"})},
        {"owners": frozenset()},
    ):
        templates = tuple(
            dataclasses.replace(each, **values) if each.id == "b" else each
            for each in house().templates
        )
        problem = house(templates=templates)
        assert Grid(problem, OPTIONS).present.keys() == {"a", "c", "d"}
        assert all(change.id != "b" for change in solve(ask(problem)).changes)
    pins = (Pin(kind="template", id="b"),)
    assert owners(house(), solve(ask(house(), pins=pins)))["b"] == "OPH"


# --- what becomes of it ---------------------------------------------------------------------------


def test_sessions_follow_their_templates_but_for_those_given_away_by_hand() -> None:
    problem = house()
    added, _ = apply(problem, [ChangeSet(name="x", changes=tuple(grid_changes(problem, {})))])
    ids = [session.id for session in added.sessions]
    assert len(ids) == 8
    given = frozenset({"VISC"})
    sessions = tuple(
        dataclasses.replace(each, owners=given) if each.id == "S2-2026-10-05-J" else each
        for each in added.sessions
    )
    changed = dataclasses.replace(added, sessions=sessions)
    changes = tuple(grid_changes(changed, {"b": "ORTHO"}))
    assert [(c.kind, c.id) for c in changes if isinstance(c, Set)] == [
        ("template", "b"),
        ("session", "S2-2026-10-12-J"),
    ]
    assert not [c for c in changes if isinstance(c, Add | Adjust)]


def test_days_that_are_past_stay() -> None:
    problem = dataclasses.replace(house(), as_of=house().horizon.date(7))
    changes = grid_changes(problem, {"b": "ORTHO"})
    added = [change.id for change in changes if isinstance(change, Add)]
    assert added == ["S1-2026-10-13-J", "S2-2026-10-13-J"]
    slots = Grid(problem, OPTIONS).slots
    assert [slot.times for slot in slots] == [0, 0, 1, 1]


def test_it_is_told_who_wins_and_loses_and_why() -> None:
    problem, options = house(), dataclasses.replace(OPTIONS, bed=0)
    grid = Grid(problem, options)
    found = owners(problem, solve(ask(problem, options)))
    compared = Comparison.of(grid, found)
    english = list(explained(compared, "en"))
    assert english[0].startswith("1 template of the master schedule gets another owner, and 2")
    assert any(
        each.startswith("ORTHO wins 2 half-days a week (2 → 4). It gets S2 Mon") for each in english
    )
    assert any(each.startswith("OPH gives up 2 half-days a week (4 → 2)") for each in english)
    assert len(list(explained(compared, "fr"))) == len(english)
    for lang in LANGUAGES:
        assert len(list(explained(Comparison.of(grid, grid.present), lang))) == 1


def test_the_run_tells_its_events_and_keeps_the_plan() -> None:
    heard: list[Event] = []
    result = solve(ask(house()), heard.append)
    assert [type(event) for event in heard] == [Started, Phase, Phase, Bound, Finished]
    assert result.plan == ask(house()).plan
    assert result.score.breaches == 0


def test_the_same_question_has_the_same_answer() -> None:
    first, second = (solve(ask(drawn(3), budget=Budget(effort=1))) for _ in range(2))
    assert dataclasses.replace(first, seconds=0, cpu_seconds=0) == dataclasses.replace(
        second, seconds=0, cpu_seconds=0
    )


def test_a_run_that_is_stopped_at_once_says_so_or_has_ended() -> None:
    result = solve(ask(drawn(1), budget=Budget(seconds=30)), should_stop=lambda: True)
    assert result.status in ("optimal", "stopped", "nothing")
    assert result.status != "nothing" or result.changes == ()


def test_a_template_whose_sessions_are_beyond_the_period_is_no_use() -> None:
    """The days of the period decide what a template is worth."""
    far = (template("z", "S2", "wed", "OPH", cycle=4, week=4), *house().templates[:1])
    problem = house(templates=far)
    (slot, *_) = Grid(problem, OPTIONS).slots
    assert (slot.times, len(slot.days)) == (0, 1)
    assert solve(ask(problem)).changes == () or "z" not in {
        change.id for change in solve(ask(problem)).changes
    }


def test_an_open_study_of_sessions_stays_out_of_the_way() -> None:
    """A session that no template gives keeps its theatre: the template's own is left out."""
    guest = Session(id="guest", theatre="S2", day=0, start=600, end=700)
    problem = house(sessions=(guest,))
    changes = grid_changes(problem, {"b": "ORTHO"})
    added = {change.id for change in changes if isinstance(change, Add)}
    assert "S2-2026-10-05-J" not in added
    assert len(added) == 7
