"""Boards over midnight and over the clock change, short codes, and where facts come from."""

import datetime as dt
from dataclasses import replace

import pytest
from kpi_house import case, house, session

from planner.boards.codes import short_codes
from planner.boards.origins import Origin, origins
from planner.boards.theatre import Piece, TheatreBoard, theatre_board, theatre_days
from planner.changes import ChangeSet, Set
from planner.clock import Horizon
from planner.edits import Branch, Record
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import Study

SPRING = Horizon(start=dt.date(2026, 3, 21), days=14)


def night(day: int, *, until: int = 1440) -> Problem:
    """One theatre with one late session, and a case of 270 minutes for it."""
    late = session("N", day, start=1200, end=until)
    return replace(house(sessions=(late,), cases=(case("K", 270),)), horizon=SPRING)


def board(problem: Problem, start: int = 1320) -> TheatreBoard:
    return theatre_board(Outcome(problem, Plan.build([Placement("K", "N", "X1", start)])))


def pieces(shown: TheatreBoard) -> dict[int, list[Piece]]:
    return {
        day.day: [
            piece for row in day.rows for part in (*row.bands, *row.over) for piece in part.pieces
        ]
        for day in shown.days
    }


@pytest.mark.parametrize(("day", "end"), [(0, 150), (7, 210)])
def test_a_case_past_midnight_stands_on_both_days(day: int, end: int) -> None:
    """F42: 22:00 and 270 minutes are 120 on the day and 150 on the next; on 28 March until 03:30."""
    shown = board(night(day))
    (first,), (second,) = pieces(shown)[day], pieces(shown)[day + 1]
    assert (first.start, first.end, first.minutes) == (1320, 1440, 120)
    assert (second.start, second.end, second.minutes) == (0, end, 150)
    assert first.bar is not None
    assert first.bar == second.bar
    assert first.bar.end - first.bar.start == 270
    evening, morning = shown.days
    assert (evening.first, evening.last) == (1200, 1440)
    assert (morning.first, morning.last) == (0, 180 if end == 150 else 240)
    (row,) = morning.rows
    assert row.bands == ()
    assert row.over[0].open == 0  # the session itself was over at midnight


def test_a_session_past_midnight_is_open_on_both_days() -> None:
    shown = board(night(0, until=1680), start=1500)  # from 01:00 on
    assert pieces(shown)[0] == []
    (piece,) = pieces(shown)[1]
    assert (piece.start, piece.end, piece.minutes) == (60, 330, 270)
    (over,) = shown.days[1].rows[0].over
    assert (over.open, over.end) == (240, 330)


def test_days_that_are_asked_for_are_those_of_the_whole_board() -> None:
    problem = night(0)
    outcome = Outcome(problem, Plan.build([Placement("K", "N", "X1", 1320)]))
    whole = theatre_board(outcome)
    assert theatre_days(outcome) == (0, 1) == tuple(day.day for day in whole.days)
    assert theatre_board(outcome, (1,)).days == whole.days[1:]
    assert theatre_board(outcome, (1,)).lost == ()


def test_the_wall_and_elapsed_minutes_agree_both_ways() -> None:
    for day, minute in ((0, 0), (7, 1439), (8, 59), (8, 180), (8, 1200), (13, 5)):
        assert SPRING.wall(SPRING.elapsed(day, minute)) == (day, minute)
    autumn = Horizon(start=dt.date(2026, 10, 24), days=3)
    assert list(autumn.pieces(0, 1320, 1320 + 270)) == [(0, 1320, 1440, 120), (1, 0, 150, 150)]
    assert list(autumn.pieces(0, 1320, 1320 + 330)) == [(0, 1320, 1440, 120), (1, 0, 180, 210)]
    assert not autumn.even(1)
    assert autumn.even(0)


def test_short_codes_are_short_and_tell_procedures_apart() -> None:
    ids = [
        "CATARACTE",
        "COIFFE",
        "COLECTOMIE",
        "COLO",
        "TURP",
        "TURBT",
        "CARDIAC-XL1",
        "CARDIAC-XL2",
    ]
    codes = short_codes([*ids, "HYSTEROSCOPIE", "HYSTERECTOMIE"])
    assert len(set(codes.values())) == len(codes)
    assert all(len(code) <= 6 for code in codes.values())
    assert (codes["CATARACTE"], codes["TURBT"], codes["CARDIAC-XL2"]) == ("CAT", "TURB", "CARXL2")
    assert {codes["HYSTEROSCOPIE"], codes["HYSTERECTOMIE"]} == {"HYS1", "HYS2"}


def test_the_last_group_that_touched_a_record_tells_where_it_comes_from() -> None:
    study = Study(id="s", base=night(0))
    study = Branch(parent="base", name="A").apply(study)
    shut = ChangeSet(
        name="shut", changes=(Set(kind="session", id="N", field="closed", value=True),)
    )
    longer = ChangeSet(name="longer", changes=(Set(kind="case", id="K", field="mean", value=300),))
    study = Record(scenario="A", group=shut).apply(study)
    study = Branch(parent="A", name="B").apply(study)
    study = Record(scenario="B", group=longer).apply(study)
    assert origins(study, "base") == {}
    assert origins(study, "B") == {
        ("session", "N"): Origin("shut", False, frozenset({"closed"})),
        ("case", "K"): Origin("longer", True, frozenset({"mean"})),
    }
    off = ChangeSet(name="longer", changes=longer.changes, enabled=False)
    other = replace(study.scenario("B"), changes=(off,))
    assert ("case", "K") not in origins(study.replace(other), "B")
