"""Places in the window over a change of the clock."""

import datetime as dt
from dataclasses import replace

import pytest
from clock_change_house import AUTUMN, SPRING, nights

from planner.facts import facts
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from ui.window.boards.theatre_best import gap


@pytest.mark.parametrize(("saturday", "start"), [(SPRING, 1635), (AUTUMN, None)])
def test_the_first_gap_of_a_session_is_one_that_a_start_can_name(
    saturday: dt.date, start: int | None
) -> None:
    """After a case until 02:00 by its minutes comes its turnover: 03:15, or 02:15 for the second time."""
    minutes = 360 if saturday == SPRING else 420
    problem = nights(saturday, K=minutes, L=30)
    wider = tuple(replace(s, end=1740) if s.id == "N" else s for s in problem.sessions)
    made = Outcome(replace(problem, sessions=wider), Plan.build([Placement("K", "N", "X1", 1200)]))
    session = next(s for s in made.problem.sessions if s.id == "N")
    case = next(c for c in made.problem.cases if c.id == "L")
    assert gap(facts(made.problem), made, session, case, "X1") == start
