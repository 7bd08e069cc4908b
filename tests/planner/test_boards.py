"""Boards as data: bars and cells where the plan has them, marks, ghosts, cover."""

from dataclasses import replace

import pytest
from kpi_house import case, house, session, staff

from planner.boards.compare import changed_days, ghosts
from planner.boards.marks import worst
from planner.boards.roster import RosterBoard, away_code, away_words, roster_board, tone
from planner.boards.roster_parts import LEFT
from planner.boards.theatre import Bar, TheatreBoard, theatre_board
from planner.kpis.contract import Outcome
from planner.people import Absence, Request
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import Waiver
from planner.rules.roster.run_length import RunLength
from planner.rules.roster.target_hours import TargetHours
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime

PROBLEM = house(
    sessions=(session("A"), session("B", theatre="R2", end=750), session("C", 3, closed=True)),
    cases=(case("K1", 60), case("K2", 120, due=4), case("K3", 45, due=2), case("K4", 30)),
    rules=(RoomOverlap(id="T01"), SessionOvertime(id="late", tier=2, after="end")),
)
PLACED = [Placement("K1", "A", "X1", 480), Placement("K2", "A", "X1", 855)]


def board(placements: list[Placement], before: list[Placement] | None = None) -> TheatreBoard:
    outcome = Outcome(PROBLEM, Plan.build(placements))
    if before is not None:
        outcome = outcome.against(Outcome(PROBLEM, Plan.build(before)))
    return theatre_board(outcome)


def bars(shown: TheatreBoard) -> dict[str, Bar]:
    found = [bar for day in shown.days for row in day.rows for b in row.bands for bar in b.bars]
    return {bar.case.id: bar for bar in found}


def test_bars_stand_at_their_minutes_in_their_sessions() -> None:
    shown = board(PLACED)
    assert [day.day for day in shown.days] == [0, 3]
    monday = shown.days[0]
    assert [row.theatre.id for row in monday.rows] == ["R1", "R2"]
    assert (monday.first, monday.last) == (480, 1020)  # until the late end, to the hour
    (band,) = monday.rows[0].bands
    assert [(bar.start, bar.end) for bar in band.bars] == [(480, 540), (855, 975)]
    assert band.turnovers == ((840, 855),)
    assert (band.late, band.fill) == (15, round(100 * 195 / 480))
    assert [waiting.case.id for waiting in shown.tray] == ["K3", "K4"]  # by due date


def test_a_late_session_is_marked_and_an_overlap_stands_on_its_cases() -> None:
    assert board(PLACED).days[0].rows[0].bands[0].sign == "soft"
    shown = board([Placement("K1", "A", "X1", 480), Placement("K3", "A", "X2", 510)])
    assert {id: bar.sign for id, bar in bars(shown).items()} == {"K1": "hard", "K3": "hard"}


def test_cases_without_a_start_stand_in_line() -> None:
    shown = bars(board([Placement("K1", "A", "X1"), Placement("K3", "A", "X1")]))
    assert [(bar.start, bar.end, bar.timed) for bar in shown.values()] == [
        (480, 540, False),
        (555, 600, False),
    ]


def test_what_moved_is_marked_and_leaves_a_ghost() -> None:
    now = [Placement("K1", "A", "X1", 480), Placement("K2", "B", "X1", 480)]
    shown = board([*now, Placement("K4", "A", "X2", 600)], before=PLACED)
    assert {id: bar.moved for id, bar in bars(shown).items()} == {
        "K1": False, "K2": True, "K4": True,
    }  # fmt: skip
    after = Outcome(PROBLEM, Plan.build(now)).against(Outcome(PROBLEM, Plan.build(PLACED)))
    ((key, (ghost,)),) = ghosts(after).items()
    assert key == (0, "R1")
    assert (ghost.case.id, ghost.start, ghost.end) == ("K2", 855, 975)
    assert ghost.now is not None
    assert ghost.now.session.id == "B"
    assert changed_days(after) == {0}


def test_another_start_in_the_same_session_leaves_a_ghost() -> None:
    later = [PLACED[0]._replace(start=600), PLACED[1]]
    after = Outcome(PROBLEM, Plan.build(later)).against(Outcome(PROBLEM, Plan.build(PLACED)))
    ((_, (ghost,)),) = ghosts(after).items()
    assert (ghost.case.id, ghost.start) == ("K1", 480)
    assert changed_days(after) == {0}


def test_a_case_left_out_leaves_a_ghost_and_says_where_it_was() -> None:
    after = Outcome(PROBLEM, Plan.build(PLACED[:1])).against(Outcome(PROBLEM, Plan.build(PLACED)))
    ((_, (ghost,)),) = ghosts(after).items()
    assert ghost.now is None
    was = {waiting.case.id: waiting.before for waiting in theatre_board(after).tray}
    assert was == {"K2": PLACED[1], "K3": None, "K4": None}


def test_placements_of_what_is_gone_are_kept_apart() -> None:
    gone = [Placement("K9", "A", "X1", 480), Placement("K1", "Z", "X1", 480)]
    shown = board([*PLACED[1:], *gone])
    assert set(shown.lost) == set(gone)
    assert list(bars(shown)) == ["K2"]


def test_nothing_to_show_is_an_empty_board() -> None:
    shown = theatre_board(Outcome(house(), Plan()))
    assert (shown.days, shown.tray, shown.lost) == ((), (), ())
    assert roster_board(Outcome(house(), Plan())).rows == ()
    assert ghosts(Outcome(PROBLEM, Plan.build(PLACED))) == {}
    assert worst([]) == ""


ROSTER = house(
    days=14,
    staff=staff("I1", "I2", skills=frozenset({"scrub"})),
    absences=(
        Absence(id="L1", person="I2", first=3, last=4, reason="Congé annuel"),
        Absence(id="L2", person="I2", first=6, last=6, start=480, end=600, reason="Cours"),
    ),
    requests=(
        Request(id="Q1", person="I1", day=0, shift="D"),
        Request(id="Q2", person="I1", day=1, shift="N"),
    ),
    cover=tuple(
        CoverRequirement(
            id=f"day-2026-06-0{day + 1}", day=day, shifts=frozenset({"D"}), skill="scrub", least=1, best=2
        )
        for day in range(3)
    ),
    rules=(RunLength(id="runs", most=2), TargetHours(id="hours", tier=1)),
)  # fmt: skip
DUTIES = [Duty("I1", day, "D") for day in (0, 1, 2)] + [Duty("I1", 2, "A"), Duty("I2", 0, "D")]


def roster(
    duties: list[Duty], before: list[Duty] | None = None, problem: Problem = ROSTER
) -> RosterBoard:
    outcome = Outcome(problem, Plan.build(duties=duties))
    if before is not None:
        outcome = outcome.against(Outcome(problem, Plan.build(duties=before)))
    return roster_board(outcome)


def test_cells_show_duties_absences_and_wishes() -> None:
    shown = roster(DUTIES)
    first, second = shown.rows
    shifts = [sorted(shift.id for shift in cell.shifts) for cell in first.cells[:4]]
    assert shifts == [["D"], ["D"], ["A", "D"], []]
    assert [cell.wish for cell in first.cells[:3]] == ["granted", "refused", ""]
    assert [cell.away for cell in second.cells[2:7]] == [
        None,
        "Congé annuel",
        "Congé annuel",
        None,
        None,
    ]
    assert shown.off == {5, 6, 12, 13}


def test_days_after_the_last_one_say_so_and_nothing_is_due_for_them() -> None:
    leaving = tuple(replace(each, last=3 if each.id == "I2" else 99) for each in ROSTER.staff)
    first, second = roster(DUTIES, problem=replace(ROSTER, staff=leaving)).rows
    assert {cell.away for cell in first.cells} == {None}
    assert [cell.away for cell in second.cells[2:6]] == [None, "Congé annuel", LEFT, LEFT]
    assert (first.due, second.due) == (4200, 900)
    assert away_words(LEFT, "fr") == "a quitté le service"
    assert away_words("Congé annuel", "en") == "away: Congé annuel"
    assert away_code(LEFT) == "–"


def test_hours_stand_beside_what_the_contract_asks() -> None:
    first, second = roster(DUTIES).rows
    assert (first.minutes, first.due) == (3 * 450, 4200)  # a call is no work
    assert (second.minutes, second.due) == (450, 2100 * 12 // 7)


def test_short_breaches_stand_around_their_days_long_ones_at_the_name() -> None:
    first, _ = roster(DUTIES).rows
    assert [(run.first, run.last, run.sign) for run in first.runs] == [(0, 2, "hard")]
    assert first.sign == "soft"  # the hours of the whole period
    waiver = Waiver(
        rule="runs", subjects=frozenset({"I1"}), first=0, last=2, most=1, reason="yes", author="me",
        made=ROSTER.as_of,
    )  # fmt: skip
    accepted = roster_board(Outcome(ROSTER, Plan.build(duties=DUTIES), (waiver,)))
    assert [run.sign for run in accepted.rows[0].runs] == ["accepted"]


def test_changed_cells_remember_the_reference() -> None:
    first, second = roster([Duty("I1", 0, "N"), Duty("I1", 1, "D")], before=DUTIES).rows
    assert [cell.before for cell in first.cells[:3]][:2] == [("D",), None]
    assert set(first.cells[2].before or ()) == {"A", "D"}
    assert second.cells[0].before == ("D",)
    assert second.cells[1].before is None


def test_cover_rows_join_the_requirements_of_a_post() -> None:
    (row,) = roster(DUTIES).cover
    assert row.label == "day"
    assert {day: cover.there for day, cover in row.days.items()} == {0: 2, 1: 1, 2: 1}
    unskilled = replace(ROSTER, staff=staff("I1", "I2"))
    (row,) = roster(DUTIES, problem=unskilled).cover
    assert {cover.there for cover in row.days.values()} == {0}


@pytest.mark.parametrize(
    ("tags", "expected"),
    [("night long", "night"), ("late", "evening"), ("early", "morning"), ("day", "day"), ("call", "call")],
)  # fmt: skip
def test_the_tone_of_a_shift_comes_from_its_tags(tags: str, expected: str) -> None:
    assert tone(ShiftType(id="X", start=0, end=1, tags=frozenset(tags.split()))) == expected
