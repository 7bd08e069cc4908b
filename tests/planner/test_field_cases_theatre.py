"""Real cases in which planning tools went wrong: overrun, one surgeon, one device, an emergency."""

from typing import Any

import pytest
from theatre_tables import breaches, said

from planner.clock import read_time, written
from planner.rules.theatre.equipment import EquipmentInUse
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_fill import SessionFill
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.rules.theatre.surgeon_overlap import SurgeonOverlap

# F37: session 07:00 to 15:00, cases of 90, 60, 150 and 120 minutes in this order.

MINUTES = (90, 60, 150, 120)


def day(turnover: int, *, starts: bool = True) -> dict[str, Any]:
    at, cases = 420, []
    for number, minutes in enumerate(MINUTES):
        case = {"id": f"K{number}", "in": "A", "minutes": minutes, "turnover": turnover}
        cases.append(case | ({"start": written(at)} if starts else {}))
        at += minutes + turnover
    return {"sessions": [{"id": "A", "start": "07:00", "end": "15:00"}], "cases": cases}


@pytest.mark.parametrize(
    ("turnover", "late"), [(0, 0), (15, 0), (20, 0), (25, 15), (30, 30), (45, 75)]
)
@pytest.mark.parametrize("starts", [True, False], ids=["with_starts", "without_starts"])
def test_f37_a_session_is_late_by_what_its_turnovers_add(
    turnover: int, late: int, starts: bool
) -> None:
    expected = [("late_end", ("A",), late)] if late else []
    assert said(SessionOvertime(id="T03", after="end"), **day(turnover, starts=starts)) == expected


def test_f37_a_turnover_of_15_leaves_15_minutes_and_none_comes_after_the_last_case() -> None:
    table = day(15)
    table["sessions"][0]["end"] = "14:45"
    assert said(SessionOvertime(id="T03", after="end"), **table) == []
    table["sessions"][0]["end"] = "14:44"
    assert said(SessionOvertime(id="T03", after="end"), **table) == [("late_end", ("A",), 1)]


@pytest.mark.parametrize("turnover", [0, 15, 30])
def test_f37_occupied_time_is_420_of_480_whatever_the_turnover(turnover: int) -> None:
    (found,) = breaches(SessionFill(id="T36"), **day(turnover))
    assert (found.facts["used"], found.facts["length"], found.amount) == (420, 480, 60)


def test_f37_the_order_is_free_of_overlaps_with_its_turnover() -> None:
    assert said(RoomOverlap(id="T01"), **day(30)) == []


# F38: one surgeon, two rooms.


def two_rooms(second: str, **first: Any) -> dict[str, Any]:
    return {
        "sessions": [{"id": "A", "theatre": "RA"}, {"id": "B", "theatre": "RB"}],
        "cases": [
            {"id": "K1", "in": "A", "start": "08:00", "minutes": 120} | first,
            {"id": "K2", "in": "B", "start": second, "minutes": 90},
        ],
    }


@pytest.mark.parametrize(
    ("second", "changeover", "clash"),
    [
        ("09:30", 0, 30),
        ("09:59", 0, 1),
        ("10:00", 0, 0),
        ("10:00", 10, 10),
        ("10:09", 10, 1),
        ("10:10", 10, 0),
    ],
)
def test_f38_a_surgeon_is_in_one_room_at_a_time(second: str, changeover: int, clash: int) -> None:
    rule = SurgeonOverlap(id="T04", changeover=changeover)
    expected = [("surgeon_overlap", ("X1", "K1", "K2"), clash)] if clash else []
    assert said(rule, **two_rooms(second)) == expected


def test_f38_two_surgeons_may_be_in_two_rooms() -> None:
    assert said(SurgeonOverlap(id="T04"), **two_rooms("09:30", surgeon="X2")) == []


def test_f38_a_case_inside_another_clashes_for_all_its_length() -> None:
    table = two_rooms("08:15")
    table["cases"][1]["minutes"] = 30
    assert said(SurgeonOverlap(id="T04"), **table) == [("surgeon_overlap", ("X1", "K1", "K2"), 30)]


# F40: one C-arm, three rooms.


def three_rooms(quantity: int = 1, delay: int = 0) -> dict[str, Any]:
    times = (("08:00", 90), ("09:00", 60), ("09:30", 60))
    return {
        "sessions": [{"id": f"S{n}", "theatre": f"R{n}"} for n in (1, 2, 3)],
        "devices": [{"id": "ARC", "quantity": quantity, "delay": delay}],
        "cases": [
            {
                "id": f"K{n}",
                "in": f"S{n}",
                "start": start,
                "minutes": minutes,
                "devices": ["ARC"],
                "surgeon": f"X{n}",
            }
            for n, (start, minutes) in enumerate(times, 1)
        ],
    }


def test_f40_one_device_has_two_clashes_and_rooms_that_touch_have_none() -> None:
    assert said(EquipmentInUse(id="T12"), **three_rooms()) == [
        ("equipment_short", ("ARC", "K1", "K2"), 30),
        ("equipment_short", ("ARC", "K2", "K3"), 30),
    ]


def test_f40_two_devices_are_enough() -> None:
    assert said(EquipmentInUse(id="T12"), **three_rooms(quantity=2)) == []


def test_f40_a_transfer_of_ten_minutes_makes_the_first_and_third_room_clash_too() -> None:
    assert said(EquipmentInUse(id="T12"), **three_rooms(delay=10)) == [
        ("equipment_short", ("ARC", "K1", "K2"), 40),
        ("equipment_short", ("ARC", "K1", "K2", "K3"), 40),
    ]


def test_f40_two_devices_with_a_transfer_are_short_while_all_three_want_one() -> None:
    assert said(EquipmentInUse(id="T12"), **three_rooms(quantity=2, delay=10)) == [
        ("equipment_short", ("ARC", "K1", "K2", "K3"), 10),
    ]


# F43: an emergency of 90 minutes at 09:10 in one theatre 08:00 to 16:00, turnover 30.

ROOM_F43 = RoomOverlap(id="T01"), SessionOvertime(id="T03", after="end")


def f43(*cases: tuple[str, str, int]) -> dict[str, Any]:
    rows = [
        {"id": id, "in": "A", "start": start, "minutes": minutes, "turnover": 30}
        for id, start, minutes in cases
    ]
    return {"sessions": [{"id": "A"}], "cases": rows}


@pytest.mark.parametrize(("start", "short"), [("10:10", 20), ("10:30", 0)])
def test_f43_the_emergency_starts_at_half_past_ten_at_the_earliest(start: str, short: int) -> None:
    """A is under way until 10:00, and the turnover takes until 10:30: 20 minutes after the limit."""
    table = f43(("A", "08:00", 120), ("E", start, 90))
    found = [("room_overlap", ("A", "E"), short)] if short else []
    assert said(ROOM_F43[0], **table) == found


@pytest.mark.parametrize("order", ["EBC", "ECB", "BEC", "BCE", "CEB", "CBE"])
def test_f43_all_kept_end_at_half_past_five_in_any_order(order: str) -> None:
    minutes, at, cases = {"E": 90, "B": 120, "C": 150}, 630, [("A", "08:00", 120)]
    for id in order:
        cases.append((id, written(at), minutes[id]))
        at += minutes[id] + 30
    table = f43(*cases)
    assert said(ROOM_F43[0], **table) == []
    assert said(ROOM_F43[1], **table) == [("late_end", ("A",), 90)]


@pytest.mark.parametrize(
    ("kept", "end"), [(("C", "12:30", 150), "15:00"), (("B", "12:30", 120), "14:30")]
)
def test_f43_without_one_elective_the_day_ends_in_time(
    kept: tuple[str, str, int], end: str
) -> None:
    table = f43(("A", "08:00", 120), ("E", "10:30", 90), kept)
    assert said(ROOM_F43[0], **table) == said(ROOM_F43[1], **table) == []
    table["sessions"][0]["end"] = end
    assert said(ROOM_F43[1], **table) == []
    table["sessions"][0]["end"] = written(read_time(end) - 1)
    assert said(ROOM_F43[1], **table) == [("late_end", ("A",), 1)]
