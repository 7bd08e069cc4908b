"""Sessions over a change of the clock last as long as minutes pass; figures stated by hand.

On 29 March 2026 the clock goes from 02:00 on to 03:00, on 25 October from 03:00 back to 02:00.
"""

import datetime as dt
from dataclasses import replace

import pytest
from clock_change_house import AUTUMN, SPRING, nights

from planner.boards.theatre import Band, theatre_board
from planner.facts import facts
from planner.forecast import DayForecast, Forecast, Outlook, SessionForecast, course, digest_of
from planner.kpis import sheet
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.score import judge
from planner.sentences import breach_sentence

EVENING, TEN = 1200, 1320


def outcome(problem: Problem, **starts: int) -> Outcome:
    """Put cases into the night session N by their starts; those whose name begins with D into D."""
    placements = [
        Placement(id, "D" if id.startswith("D") else "N", "X1", at) for id, at in starts.items()
    ]
    return Outcome(problem, Plan.build(placements))


def late(made: Outcome) -> list[tuple[str, int]]:
    """The sessions that end late by the hard rule, with their minutes."""
    found = judge(made.problem, made.plan).judged
    return [
        (each.breach.about.subjects[0], each.breach.amount)
        for each in found
        if each.rule.type == "session_overtime" and each.rule.hard
    ]


def band(made: Outcome, id: str = "N") -> Band:
    bands = (b for day in theatre_board(made).days for row in day.rows for b in row.bands)
    return next(each for each in bands if each.session.id == id)


@pytest.mark.parametrize(
    ("saturday", "start", "minutes", "beyond"),
    [
        (SPRING, TEN, 270, 30),  # 22:00 to 03:30 on the clock: half an hour after 03:00
        (SPRING, TEN, 240, 0),  # to 03:00
        (AUTUMN, TEN, 360, 0),  # 22:00 to 03:00, an hour of it twice
        (AUTUMN, TEN, 365, 5),
        (SPRING, 1680, 30, 90),  # from 04:00
        (AUTUMN, 1560, 120, 0),  # from 02:00, the first of the two, to 03:00
        (SPRING - dt.timedelta(days=7), TEN, 300, 0),  # a night as any other
        (SPRING - dt.timedelta(days=7), TEN, 330, 30),
    ],
)
def test_how_late_a_session_ends_is_the_same_for_all_who_say_it(
    saturday: dt.date, start: int, minutes: int, beyond: int
) -> None:
    made = outcome(nights(saturday, K=minutes), K=start)
    assert late(made) == ([("N", beyond)] if beyond else [])
    assert band(made).late == beyond if beyond else band(made).late <= 0
    assert sheet(made)["planned_overtime"] == beyond
    (step,) = course(made.theatre, 0)
    assert max(0, step.start + minutes - step.end) == beyond


@pytest.mark.parametrize(("saturday", "length"), [(SPRING, 360), (AUTUMN, 480)])
def test_a_session_is_as_long_as_minutes_pass(saturday: dt.date, length: int) -> None:
    problem = nights(saturday, K=120)
    known = facts(problem)
    assert known.length(known.sessions["N"]) == length
    assert known.length(known.sessions["D"]) == 240
    made = outcome(problem, K=EVENING)
    assert band(made).minutes == length
    assert band(made).fill == round(100 * 120 / length)
    assert sheet(made)["offered_minutes"] == 2 * length + 240
    assert sheet(made)["underused_minutes"] == length - 120
    fill = [e.breach for e in judge(problem, made.plan).judged if e.rule.type == "session_fill"]
    assert [(b.about.subjects, b.amount) for b in fill] == [(("N",), length - 120)]


@pytest.mark.parametrize("saturday", [SPRING, AUTUMN])
def test_a_case_outside_its_session_is_so_by_minutes_that_pass(saturday: dt.date) -> None:
    made = outcome(nights(saturday, K=10, DK=60), K=1630, DK=470)
    found = {
        e.breach.about.subjects[0]: e.breach.amount
        for e in judge(made.problem, made.plan).judged
        if e.rule.type == "in_session"
    }
    assert found == {"K": 11, "DK": 10}, (
        "at 03:10, ten minutes after the end; at 07:50 of the Sunday"
    )


@pytest.mark.parametrize(
    ("saturday", "minutes", "told"), [(SPRING, 270, "6 h 30"), (AUTUMN, 365, "8 h 05")]
)
def test_the_sentence_says_how_long_it_is_used(saturday: dt.date, minutes: int, told: str) -> None:
    made = outcome(nights(saturday, K=minutes), K=TEN)
    each = next(e for e in judge(made.problem, made.plan).judged if e.rule.hard)
    sentence = breach_sentence(made.problem, each.rule, each.breach, "en")
    assert f"N uses {told} of at most" in sentence.replace("\xa0", " "), sentence


def test_a_surgeon_waits_the_minutes_that_pass() -> None:
    """From 23:00 to 24:00 and from 03:30 to 04:30: in spring two and a half hours lie between."""
    for saturday, idle in ((SPRING, 150), (AUTUMN, 270)):
        problem = nights(saturday, K=60, L=60)
        wider = tuple(replace(s, end=1740) if s.id == "N" else s for s in problem.sessions)
        made = outcome(replace(problem, sessions=wider), K=1380, L=1650)
        found = [
            e.breach for e in judge(made.problem, made.plan).judged if e.rule.type == "surgeon_idle"
        ]
        assert [b.amount for b in found] == [idle]
        assert sheet(made)["surgeon_idle"] == idle


@pytest.mark.parametrize(
    ("saturday", "passed", "shown"),
    [(SPRING, 1560, 1620), (AUTUMN, 1620, 1560), (AUTUMN, 1740, 1680)],
)
def test_a_forecast_is_told_by_the_clock(saturday: dt.date, passed: int, shown: int) -> None:
    made = outcome(nights(saturday, K=60), K=TEN)
    session = next(s for s in made.problem.sessions if s.id == "N")
    found = SessionForecast(session.id, 100, 0, 5, half=1400, most=passed, nearly=passed + 60)
    day = DayForecast(0, digest_of(made.theatre, 0), (found,))
    told = Outlook(made.theatre, Forecast(days=(day,))).of(session)
    assert told is not None
    assert (told.half, told.most) == (1400, shown)
