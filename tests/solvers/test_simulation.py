"""The simulation of a plan: against closed forms, against a plain loop, and the same in any order."""

import datetime as dt
import math
import os
import random
import subprocess
import sys
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pytest

from planner.cases import Case, Duration, Priority, Procedure, Surgeon
from planner.clock import Horizon
from planner.forecast import SessionForecast
from planner.hospital import Session, Specialty, Theatre
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.theatre_view import TheatreView
from solvers.risk.simulation import luck, simulate

MONDAY = dt.date(2026, 6, 1)
TURNOVER, SHIFT = 15, 10


class Line(NamedTuple):
    """A case of a table: where, when, how long, and by whom."""

    case: str
    session: str
    start: int | None
    mean: int
    deviation: int
    surgeon: str | None = "X1"
    partners: tuple[str, ...] = ()


SESSIONS = {"A": ("R1", 480, 780), "B": ("R1", 780, 1080), "C": ("R2", 480, 960)}
"""Theatre, start and end: R1 has a morning and an afternoon, R2 is open for longer."""
DAY = (
    Line("K1", "A", 480, 90, 30),
    Line("K2", "A", 590, 120, 60, "X2"),
    Line("K3", "B", 780, 60, 20, "X3"),
    Line("K4", "B", 855, 150, 45),
    Line("K5", "C", 480, 100, 25, "X3"),
    Line("K6", "C", 600, 110, 40, "X1"),
    Line("K7", "C", 730, 150, 50, "X2", ("X1",)),
)


def theatre(lines: tuple[Line, ...], **more: Any) -> TheatreView:
    """Make a house with the sessions above and a plan of these lines."""
    surgeons = more.pop("surgeons", tuple(Surgeon(id=f"X{n}", specialty="S") for n in (1, 2, 3)))
    procedure = {"turnover": TURNOVER, "shift": SHIFT, **more.pop("procedure", {})}
    problem = Problem(
        horizon=Horizon(start=MONDAY, days=7),
        as_of=MONDAY,
        specialties=(Specialty(id="S"),),
        theatres=(Theatre(id="R1"), Theatre(id="R2")),
        priorities=(Priority(id="P", wait=90),),
        procedures=(Procedure(id="P", specialty="S", **procedure),),
        surgeons=surgeons,
        sessions=tuple(
            Session(id=id, theatre=room, day=0, start=start, end=end, overtime=30)
            for id, (room, start, end) in SESSIONS.items()
        ),
        cases=tuple(
            Case(
                id=line.case,
                procedure="P",
                specialty="S",
                priority="P",
                mean=line.mean,
                deviation=line.deviation,
                partners=frozenset(line.partners),
            )
            for line in lines
        ),
        **more,
    )
    placements = [Placement(each.case, each.session, each.surgeon, each.start) for each in lines]
    return TheatreView(problem, Plan.build(placements))


def found(view: TheatreView, **settings: Any) -> dict[str, SessionForecast]:
    """Simulate a plan of one day; give what is to be expected of its sessions."""
    forecast = simulate(view, **settings)
    assert forecast is not None
    (day,) = forecast.days
    return {each.session: each for each in day.sessions}


def above(line: Line, limit: float, pace: float = 1.0) -> float:
    """Give the chance that a case lasts longer, from the lognormal in closed form."""
    shifted = Duration(mean=line.mean, deviation=line.deviation, shift=SHIFT)
    z = (math.log(limit / pace - SHIFT) - shifted.mu) / shifted.sigma
    return 0.5 * math.erfc(z / math.sqrt(2))


def near(chance: float, replications: int = 10_000) -> Any:
    """Give per mille of a chance, as near as four deviations of the draw and the rounding allow."""
    error = 4000 * math.sqrt(chance * (1 - chance) / replications) + 0.5
    return pytest.approx(1000 * chance, abs=error)


# --- one case ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pace", "deviation"), [(100, 60), (125, 60), (80, 20), (100, 150)])
def test_a_single_case_has_the_chance_of_its_lognormal(pace: int, deviation: int) -> None:
    line = Line("K1", "A", 540, 200, deviation)
    view = theatre((line,), surgeons=(Surgeon(id="X1", specialty="S", pace=pace),))
    got = found(view)["A"]
    assert got.late == near(above(line, 780 - 540, pace / 100))
    assert got.over == near(above(line, 780 - 540 + 30, pace / 100))
    shifted = Duration(mean=200, deviation=deviation, shift=SHIFT)
    ends = [540 + pace / 100 * shifted.quantile(share) for share in (0.5, 0.8, 0.95)]
    assert [got.half, got.most, got.nearly] == pytest.approx(ends, rel=0.01, abs=3)


def test_the_durations_have_the_mean_and_deviation_of_the_case() -> None:
    """A session of no length at all: its overtime is the mean of what the case takes."""
    view = theatre((Line("K1", "A", 780, 200, 60),))
    assert found(view)["A"].overtime == pytest.approx(200, abs=4 * 60 / 100 + 0.5)
    drawn = luck("K1", 10_000, 1)
    assert (float(drawn.mean()), float(drawn.std())) == pytest.approx((0, 1), abs=0.04)


def test_a_shift_that_is_not_below_the_mean_is_left_out() -> None:
    short = Line("K1", "A", 770, SHIFT, 5)
    plain = Duration(mean=SHIFT, deviation=5)
    z = (math.log(10) - plain.mu) / plain.sigma
    assert found(theatre((short,)))["A"].late == near(0.5 * math.erfc(z / math.sqrt(2)))


# --- without deviations: exact ----------------------------------------------------------------------


def ends(*lines: Line, **more: Any) -> dict[str, int]:
    """Give when the sessions end where every case lasts its mean."""
    got = found(theatre(tuple(line._replace(deviation=0) for line in lines), **more))
    assert all(each.half == each.most == each.nearly for each in got.values())
    return {session: each.half for session, each in got.items()}


def test_a_case_waits_for_the_case_before_and_the_turnover() -> None:
    assert ends(Line("K1", "A", 480, 90, 0), Line("K2", "A", 575, 60, 0)) == {
        "A": 480 + 90 + 15 + 60
    }


def test_a_morning_that_runs_late_holds_up_the_afternoon() -> None:
    late = ends(Line("K1", "A", 480, 330, 0), Line("K2", "B", 780, 60, 0, "X2"))
    assert late == {"A": 810, "B": 810 + 15 + 60}


def test_a_surgeon_who_is_late_holds_up_her_other_theatre() -> None:
    lines = (Line("K1", "A", 480, 200, 0), Line("K2", "C", 600, 60, 0))
    assert ends(*lines) == {"A": 680, "C": 740}
    assert ends(*lines[:1], lines[1]._replace(surgeon="X2")) == {"A": 680, "C": 660}


def test_a_case_waits_for_its_second_surgeon_too() -> None:
    lines = (Line("K1", "A", 480, 200, 0), Line("K2", "C", 600, 60, 0, "X2", ("X1",)))
    assert ends(*lines)["C"] == 740
    assert ends(lines[1], lines[0])["C"] == 740, "the order of the table is nothing"


def test_nobody_starts_before_the_planned_start() -> None:
    assert ends(Line("K1", "A", 480, 30, 0), Line("K2", "A", 700, 60, 0)) == {"A": 760}


def test_a_surgeon_of_two_theatres_is_only_needed_from_opening_to_closing() -> None:
    lines = (Line("K1", "A", 480, 120, 0), Line("K2", "C", 530, 100, 0))
    procedure = {"opening": 20, "closing": 30}
    both = (Surgeon(id="X1", specialty="S", rooms=2),)
    assert ends(*lines, procedure=procedure, surgeons=both)["C"] == 600 - 30 - 20 + 100
    assert ends(*lines, procedure=procedure)["C"] == 600 + 100, "she has one theatre: all of it"


def test_cases_without_a_start_stand_in_line() -> None:
    assert ends(Line("K1", "A", None, 60, 0), Line("K2", "A", None, 60, 0)) == {"A": 480 + 135}


def test_without_deviations_chances_are_0_or_1_and_overtime_is_exact() -> None:
    on_time, late = Line("K1", "A", 480, 300, 0), Line("K1", "A", 480, 317, 0)
    assert found(theatre((on_time,)))["A"] == SessionForecast("A", 0, 0, 0, 780, 780, 780)
    assert found(theatre((late,)))["A"] == SessionForecast("A", 1000, 0, 17, 797, 797, 797)
    over = late._replace(mean=331)
    assert found(theatre((over,)))["A"] == SessionForecast("A", 1000, 1000, 31, 811, 811, 811)


# --- a plain loop -----------------------------------------------------------------------------------


def by_hand(lines: tuple[Line, ...], replications: int) -> dict[str, list[float]]:
    """Play a day again and again, case by case, with the luck of Python; give ends by session."""
    chance = random.Random(5)
    shapes = {
        each.case: Duration(mean=each.mean, deviation=each.deviation, shift=SHIFT) for each in lines
    }
    ends: dict[str, list[float]] = {line.session: [] for line in lines}
    for _ in range(replications):
        room_free: dict[str, float] = {}
        person_free: dict[str, float] = {}
        last: dict[str, float] = {}
        for line in sorted(lines, key=lambda each: (each.start or 0, each.session)):
            room = SESSIONS[line.session][0]
            begin = float(line.start or 0)
            if room in room_free:
                begin = max(begin, room_free[room] + TURNOVER)
            people = [*line.partners, *([line.surgeon] if line.surgeon else [])]
            for person in people:
                begin = max(begin, person_free.get(person, 0.0))
            shape = shapes[line.case]
            end = begin + SHIFT + chance.lognormvariate(shape.mu, shape.sigma)
            room_free[room] = last[line.session] = end
            person_free.update(dict.fromkeys(people, end))
        for session, end in last.items():
            ends[session].append(end)
    return ends


def test_a_plain_loop_finds_the_same() -> None:
    played = 20_000
    both = math.sqrt(1 / played + 1 / 10_000)
    got, hand = found(theatre(DAY)), by_hand(DAY, played)
    assert got.keys() == hand.keys() == SESSIONS.keys()
    for session, drawn in hand.items():
        end = SESSIONS[session][2]
        for limit, share in ((end, got[session].late), (end + 30, got[session].over)):
            chance = sum(each > limit for each in drawn) / played
            assert 0.02 < chance < 0.98, "a table that says something"
            error = 4 * math.sqrt(chance * (1 - chance)) * both + 0.0005
            assert share / 1000 == pytest.approx(chance, abs=error)
        late = [max(0.0, each - end) for each in drawn]
        error = 4 * float(np.std(late)) * both + 0.5
        assert got[session].overtime == pytest.approx(float(np.mean(late)), abs=error)
        drawn.sort()
        expected = [drawn[int(share * played)] for share in (0.5, 0.8, 0.95)]
        assert [got[session].half, got[session].most, got[session].nearly] == pytest.approx(
            expected, abs=6
        )


def test_waiting_for_others_is_what_makes_it_late() -> None:
    """Were each surgeon free all the time, every session would be later less often."""
    alone = tuple(line._replace(surgeon=None, partners=()) for line in DAY)
    shared, free = found(theatre(DAY)), found(theatre(alone))
    assert all(shared[session].late > free[session].late for session in ("B", "C"))


# --- the same luck ----------------------------------------------------------------------------------


def test_the_luck_of_a_case_is_its_own() -> None:
    """Other cases, another order and another day change nothing; another seed does."""
    view = theatre(DAY)
    alone = theatre((DAY[0],))
    turned = theatre(tuple(reversed(DAY)))
    assert found(view) == found(turned)
    later = replace(
        alone.problem, sessions=tuple(replace(each, day=3) for each in alone.problem.sessions)
    )
    assert found(alone) == found(TheatreView(later, alone.plan))
    assert found(view) != found(view, seed=2)
    assert not np.array_equal(luck("K1", 9, 1), luck("K2", 9, 1))


def test_the_total_has_its_nine_in_ten() -> None:
    forecast = simulate(theatre(DAY))
    assert forecast is not None
    assert forecast.high > forecast.days[0].overtime > 0
    certain = simulate(theatre((Line("K1", "A", 480, 317, 0), Line("K2", "C", 480, 485, 0, "X2"))))
    assert certain is not None
    assert (certain.high, certain.days[0].overtime) == (22, 22)


def test_a_simulation_stops_when_it_is_asked_to() -> None:
    assert simulate(theatre(DAY), should_stop=lambda: True) is None
    assert simulate(theatre(())).days == ()  # type: ignore[union-attr]


def test_the_same_in_every_process() -> None:
    code = "from solvers.risk.simulation import luck; print(luck('K1', 4, 1).tolist())"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert said == {str(luck("K1", 4, 1).tolist())}
