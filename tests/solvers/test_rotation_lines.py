"""Rotations found: tied cells, wrap-round, the audit's score, bounds, and what cannot be asked."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from rotation_house import WEEKS, house

from planner.changes import ChangeSet, apply
from planner.edits import EditRefusedError
from planner.people import ShiftId
from planner.problem import Problem, faults
from planner.rostering import Rotation, ShiftType, WeeklyCover
from planner.rotation.comparing import Turned, line_changes, turned
from planner.rotation.explaining import explained
from planner.rotation.unrolled import unrolled
from planner.rotation.wheel import wheel
from planner.rules import catalogue
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.min_gap import MinGap
from planner.rules.roster.run_length import RunLength
from planner.rules.roster.weekend_count import WeekendCount
from planner.runs import ROTATION, Budget, Event, Phase, SolveRequest, SolveResult
from solvers.cpsat import Limits
from solvers.cpsat import solve as exactly
from solvers.engine import solve
from solvers.rotation.model import ground, tied

EFFORT = Budget(effort=0.5)


def ask(problem: Problem, **more: Any) -> SolveResult:
    request = SolveRequest(problem=problem, parts=(ROTATION,), rotation="R3", budget=EFFORT, **more)
    return solve(request)


def after(problem: Problem, result: SolveResult) -> tuple[str, ...]:
    """Write the lines that an answer makes, a word a day."""
    found = turned(problem, "R3", result.changes)
    return tuple(" ".join("+".join(day) or "-" for day in week) for week in found.weeks)


def test_what_is_wrong_between_the_last_line_and_the_first_is_seen() -> None:
    """A night that ends on Monday at seven, before the morning that begins then."""
    problem = house("M M M M M - -", "S S S S - - -", "- - N N - - N")
    whole = unrolled(problem, "R3")
    every = [each.breach.about for each in whole.grade(whole.wheel.weeks).hard]
    hard = [about for about in every if about.what == "rest_short"]
    assert {about.first % 7 for about in hard} == {6}
    assert {about.what for about in every} == {"rest_short", "run_long"}
    # Each of three people passes from line 3 to line 1 twice in two cycles, one of them as it ends.
    assert len(hard) == 5
    legal = unrolled(house(), "R3")
    assert legal.grade(legal.wheel.weeks).score.key == (0, 0)


def test_the_broken_night_is_mended_and_the_cost_proven() -> None:
    problem = house("M M M M M - -", "S S S S - - -", "- - N N - - N")
    events: list[Event] = []
    request = SolveRequest(problem=problem, parts=(ROTATION,), rotation="R3", budget=EFFORT)
    result = solve(request, events.append)
    assert (result.status, result.score.breaches, result.bound) == ("optimal", 0, 0)
    assert result.parts[ROTATION].source == "model"
    made, _ = apply(problem, (ChangeSet(name="", changes=result.changes),))
    whole = unrolled(made, "R3")
    assert whole.grade(whole.wheel.weeks).score == result.score
    phases = [event.name for event in events if isinstance(event, Phase)]
    assert phases[-2:] == ["build", "exact"]
    others = [type(event).__name__ for event in events if not isinstance(event, Phase)]
    assert others == ["Started", "Bound", "Finished"]


def test_empty_lines_are_filled_with_what_is_asked_for() -> None:
    problem = replace(house(), lines=())
    result = ask(problem)
    assert (result.status, result.score.total) == ("optimal", 0)
    weeks = turned(problem, "R3", result.changes).weeks
    for day in range(5):
        assert sum(ShiftId("M") in week[day] for week in weeks) >= 1
    assert {change.kind for change in result.changes} == {"line"}
    assert [line.number for line in apply(problem, _group(result))[0].lines] == [1, 2, 3]


def _group(result: SolveResult) -> tuple[ChangeSet, ...]:
    return (ChangeSet(name="", changes=result.changes),)


def test_what_cannot_be_had_is_short_by_as_much_as_is_proven() -> None:
    """Two mornings a day of three lines, never two days in a row: of two days together three at most.

    So Monday and Tuesday lack one, Wednesday and Thursday one more, each week.
    """
    need = WeeklyCover(
        id="early",
        rotation="R3",
        weekdays=frozenset(range(5)),
        shifts=frozenset({ShiftId("M")}),
        least=2,
    )
    problem = house(weekly=(need,))
    rules = (
        Coverage(id="cover", tier=1, weight=100),
        RunLength(id="run", most=1),
        WeekendCount(id="we", window="rolling", most=0, of=1),
    )
    problem = replace(
        problem,
        rules=rules,
        rotations=(Rotation(id="R3", weeks=3, shifts=frozenset({ShiftId("M")})),),
    )
    result = ask(problem)
    assert result.status == "optimal"
    assert result.score.total == result.bound == 100 * 2 * 6


def test_lines_that_are_best_already_stay() -> None:
    problem = house()
    result = ask(problem)
    assert (result.status, result.changes, result.plan) == (
        "optimal",
        (),
        SolveRequest(problem=problem).plan,
    )


def test_only_the_shifts_of_the_rotation_and_of_its_people_are_used() -> None:
    need = WeeklyCover(id="any", rotation="R3", shifts=frozenset(map(ShiftId, "MSN")), best=3)
    problem = replace(house(), lines=(), weekly=(need,))
    only = replace(
        problem,
        rotations=(Rotation(id="R3", weeks=3, shifts=frozenset(map(ShiftId, "MS"))),),
        staff=tuple(
            replace(p, shifts=frozenset(map(ShiftId, "SN"))) if p.id == "P2" else p
            for p in problem.staff
        ),
    )
    answer = turned(only, "R3", ask(only).changes)
    weeks, told = answer.weeks, [*explained(answer, "en")]
    assert "M can stand in no line, as P2 does not work it" in " ".join(told)
    assert {shift for week in weeks for day in week for shift in day} == {"S"}


def test_more_people_than_lines_count_where_they_are() -> None:
    """Four people on three lines: a day has one more where the two go together."""
    problem = house()
    more = replace(problem.staff[0], id="P4")
    turn = replace(problem.turns[0], id="P4")
    both = replace(problem, staff=(*problem.staff, more), turns=(*problem.turns, turn))
    whole = unrolled(both, "R3")
    duties = [d for d in whole.plan(whole.wheel.weeks).duties if d.day == 0]
    assert sorted((d.person, d.shift) for d in duties) == [("P1", "M"), ("P2", "S"), ("P4", "M")]


def test_two_tracks_are_two_lines_of_a_number() -> None:
    """On call at night beside mornings: what is asked of both tracks is found, and nothing else."""
    call = ShiftType(id=ShiftId("C"), start=1260, end=1860, track="call", tags=frozenset({"call"}))
    needs = tuple(
        WeeklyCover(
            id=shift, rotation="R3", weekdays=frozenset({0, 1}), shifts=frozenset({ShiftId(shift)})
        )
        for shift in ("M", "C")
    )
    problem = house(weekly=needs, lines=())
    rules = (
        Coverage(id="cover", tier=1, weight=100),
        Coverage(id="more", tier=1, weight=100, level="most"),
        MinGap(id="rest", minutes=720, before="work", after="work"),
    )
    problem = replace(problem, shifts=(*problem.shifts, call), rules=rules)
    result = ask(problem)
    assert (result.status, result.score.total) == ("optimal", 0)
    made, _ = apply(problem, _group(result))
    assert not [fault for fault in faults(made) if fault.what == "line_twice"]
    weeks = wheel(made, "R3").weeks
    for day in (0, 1):
        given = [shift for week in weeks for shift in week[day]]
        assert given.count(ShiftId("M")) >= 1
        assert given.count(ShiftId("C")) >= 1


def test_rules_of_a_calendar_are_set_aside() -> None:
    month = WeekendCount(id="we", window="horizon", most=0)
    problem = replace(house(), rules=(*house().rules, month))
    assert [rule.id for rule in unrolled(problem, "R3").aside] == ["we"]


def test_short_cycles_are_looked_at_for_four_weeks() -> None:
    assert unrolled(house("M M - - - - -"), "R3").weeks == 4
    assert unrolled(house("M M - - - - -", "S - - - - - -"), "R3").weeks == 4
    assert unrolled(house(), "R3").weeks == 6


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"turns": ()}, "rotation_nobody"),
        ({"weekly": ()}, "rotation_no_cover"),
        ({"rules": ()}, "rotation_no_rule"),
        ({"rotations": ()}, "no_such_rotation"),
    ],
)
def test_what_cannot_be_asked_is_said(changed: dict[str, Any], what: str) -> None:
    with pytest.raises(EditRefusedError) as refused:
        unrolled(replace(house(), **changed), "R3")
    assert refused.value.what == what


def test_changes_set_days_and_add_lines_and_take_none_away() -> None:
    problem = replace(house(), lines=house().lines[:2])
    wanted = wheel(house("M M - - - - -", "S S S S - - -", "N - - - - - -"), "R3").weeks
    changes = tuple(line_changes(problem, "R3", wanted))
    assert [getattr(change, "field", change.id) for change in changes] == [
        *("wed", "thu", "fri", "R3-3")
    ]
    made, notes = apply(problem, (ChangeSet(name="", changes=changes),))
    assert notes == ()
    assert wheel(made, "R3").weeks == wanted
    assert Turned(unrolled(problem, "R3"), wanted).changed == ((1, 2), (1, 3), (1, 4), (3, 0))


def test_the_same_question_has_the_same_answer() -> None:
    problem = replace(house(*reversed(WEEKS)), lines=())
    assert after(problem, ask(problem)) == after(problem, ask(problem))


@pytest.mark.parametrize("seed", range(3))
def test_the_tied_model_costs_what_the_audit_says_under_every_rule(seed: int) -> None:
    """Random lines, fixed: rows that were made one count as often as they stand in the roster."""
    rng = Random(seed)
    words = tuple(" ".join(rng.choices("-MSN", (3, 2, 2, 2), k=7)) for _ in range(3))
    problem = house(*words)
    types = [cls for cls in catalogue().values() if cls.part == "roster"]
    every = tuple(cls(id=cls.type, tier=rng.choice((0, 1, 3))) for cls in types)
    more = replace(problem.staff[0], id="P4", share=60)
    turn = replace(problem.turns[1], id="P4")
    problem = replace(
        problem, rules=every, staff=(*problem.staff, more), turns=(*problem.turns, turn)
    )
    whole = unrolled(problem, "R3")
    assert len(whole.problem.rules) > 15
    found = ground(whole)
    model = tied(found, 1000)
    weeks = whole.wheel.weeks
    for (number, weekday, _), taken in zip(found.groups, model.taken, strict=True):
        (code, *_) = [found.space.code_of[s] for s in weeks[number - 1][weekday]] or [0]
        model.model.add(taken[code] == 1)
    answer = exactly(model.model, Limits(deterministic=5.0))
    score = whole.grade(weeks).score
    assert answer.proven
    assert score.breaches > 0
    assert answer.objective == 1000 * score.hard + sum(score.tiers)
