"""Nights of a clock change on the boards, with times, widths and words stated by hand.

On 25 October 2026 the clock goes from 03:00 back to 02:00, on 29 March from 02:00 on to 03:00.
"""

import datetime as dt
from dataclasses import replace

import pytest
from kpi_house import case, house, session

from planner.boards.compare import ghost_sentence, ghosts
from planner.boards.lane_words import lane_sentence
from planner.boards.theatre import Piece, open_on, theatre_board
from planner.boards.theatre_lanes import theatre_lanes
from planner.clock import Again, Horizon
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.words import clock_words

AUTUMN, SPRING = dt.date(2026, 10, 24), dt.date(2026, 3, 28)
WINTER = {"en": "winter time", "fr": "heure d’hiver"}


def night(date: dt.date = AUTUMN, **minutes: int) -> Problem:
    """One theatre from 20:00 on a Saturday to 04:00 on the Sunday of the change."""
    cases = tuple(case(id, length) for id, length in minutes.items())
    late = session("N", 0, start=1200, end=1680)
    return replace(house(sessions=(late,), cases=cases), horizon=Horizon(start=date, days=4))


def outcome(problem: Problem, **starts: int) -> Outcome:
    return Outcome(problem, Plan.build([Placement(id, "N", "X1", at) for id, at in starts.items()]))


def pieces(made: Outcome) -> list[Piece]:
    (row,) = theatre_board(made).days[-1].rows
    return [piece for part in (*row.bands, *row.over) for piece in part.pieces]


@pytest.mark.parametrize(
    ("start", "minutes", "until", "drawn"),
    [
        (1575, 45, "02:00", 180),  # 02:15 to the moment of the change, 45 minutes
        (1575, 60, "02:15", 180),  # the hour stands once: until it is over
        (1575, 100, "02:55", 180),
        (1575, 105, "03:00", 180),
        (1575, 120, "03:15", 195),
        (1575, 40, "02:55", 175),
        (1440, 210, "02:30", 180),
        (1620, 60, "04:00", 240),  # 03:00 comes once
    ],
)
def test_a_case_over_the_hour_that_comes_twice(
    start: int, minutes: int, until: str, drawn: int
) -> None:
    made = outcome(night(K=minutes), K=start)
    (piece,) = pieces(made)
    assert (piece.start, piece.end, piece.minutes) == (start - 1440, drawn, minutes)
    twice = until < "03:00" and (piece.start + minutes >= 180)
    for lang, words in WINTER.items():
        told = f"{until} ({words})" if twice else until
        horizon = made.problem.horizon
        assert clock_words(horizon.shown(1, piece.start, piece.minutes), lang) == told
        before = Outcome(made.problem, Plan()).against(made)
        ghost = [part for there in ghosts(before).values() for part in there][-1]
        assert (ghost.start, ghost.end, ghost.minutes) == (start - 1440, drawn, minutes)
        begins = f"{(start - 1440) // 60:02d}:{start % 60:02d}"
        assert f"K, {begins}–{told}" in ghost_sentence(ghost, horizon, "base", lang)


def test_cases_in_line_never_lie_on_each_other_or_backwards() -> None:
    horizon = Horizon(start=AUTUMN, days=3)
    for start in range(1380, 1620):
        for minutes in range(1, 200, 7):
            parts = list(horizon.pieces(0, start, start + minutes))
            assert sum(part[3] for part in parts) == minutes
            assert all(begin < end for _, begin, end, _ in parts)
    assert horizon.shown(0, 1260, 330) == 1590  # ends at 02:30, the first of the two
    assert not isinstance(horizon.shown(0, 1260, 330), Again)
    assert isinstance(horizon.shown(0, 1260, 390), Again)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_lanes_tell_which_of_the_two_hours(lang: str) -> None:
    """L ends at 02:30, the patient recovers for an hour, until 02:30; K from 02:59 for a minute."""
    made = outcome(night(L=330), L=1260)
    (post,) = [thing for thing in theatre_lanes(made, (1,)) if thing.id == "PACU"]
    (lane,) = post.lanes
    (step,) = lane.steps
    assert (step.start, step.end, step.minutes) == (150, 180, 60)
    told = lane_sentence(made.problem, post, lane, step, lang)
    assert f"02:30–02:30 ({WINTER[lang]})" in told
    second = outcome(night(L=360), L=1260)  # ends at 03:00, which is 02:00 again
    (post,) = [thing for thing in theatre_lanes(second, (1,)) if thing.id == "PACU"]
    (step,) = post.lanes[0].steps
    assert (step.start, step.end, step.minutes) == (120, 180, 60)
    told = lane_sentence(second.problem, post, post.lanes[0], step, lang)
    assert f"02:00 ({WINTER[lang]})–03:00" in told


@pytest.mark.parametrize("date", [AUTUMN, SPRING, dt.date(2026, 3, 21)])
def test_a_night_session_is_drawn_as_long_as_it_is_told(date: dt.date) -> None:
    """20:00–04:00 stands until 04:00 of the next day, whatever the clock does in between."""
    made = outcome(night(date, K=60), K=1620)
    (over,) = theatre_board(made).days[1].rows[0].over
    assert over.open == 240
    (piece,) = over.pieces
    assert (piece.start, piece.end) == (180, 240)
    late = made.problem.sessions[0]
    assert [open_on(late, day) for day in (0, 1, 2)] == [(1200, 1440), (0, 240), None]


def test_spring_has_no_second_hour() -> None:
    horizon = Horizon(start=SPRING, days=3)
    assert horizon.shown(0, 1320, 270) == 1440 + 210
    assert list(horizon.pieces(0, 1320, 1590)) == [(0, 1320, 1440, 120), (1, 0, 210, 150)]
