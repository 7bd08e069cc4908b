"""Field cases of theatres as a planner meets them: typed as files, checked, solved, compared."""

import itertools
from typing import Any

import pytest

from planner.clock import read_time, written

House = Any

MINUTES = (90, 60, 150, 120)
ROOMS = ("A", "B", "C")


def hospital(
    cases: dict[str, int],
    sessions: str,
    placements: str = "",
    *,
    turnover: int = 0,
    device: str = "",
    surgeons: str = "X1 X2 X3",
    rooms: str = "",
) -> dict[str, str]:
    """Give the files of three rooms and some cases; `rooms`: the only room of each case."""
    only = dict(zip(cases, rooms, strict=False))
    needs = "ARC" if device else ""
    files = {
        "specialties": "id\nO\n",
        "priorities": "id\nP\n",
        "surgeons": "id;specialty\n" + "".join(f"{id};O\n" for id in surgeons.split()),
        "theatres": "id;features\n" + "".join(f"{room};only{room}\n" for room in ROOMS),
        "procedures": "id;specialty;turnover;equipment;features\n"
        + "".join(
            f"{id};O;{turnover};{needs};{'only' + only[id] if id in only else ''}\n" for id in cases
        ),
        "cases": "id;procedure;specialty;priority;mean;deviation\n"
        + "".join(f"{id};{id};O;P;{minutes};0\n" for id, minutes in cases.items()),
        "sessions": f"id;theatre;day;start;end\n{sessions}",
    }
    if device:
        files["equipment"] = f"id;quantity;delay\nARC;{device}\n"
    if placements:
        files["placements"] = f"case;session;start;surgeon\n{placements}"
    return files


def overlap(one: dict[str, str], two: dict[str, str], apart: int = 0) -> bool:
    """Tell whether two exported placements of a day are closer than some minutes."""
    spans = sorted((read_time(row["start"]), read_time(row["end"])) for row in (one, two))
    return spans[1][0] - spans[0][1] < apart


def physics(house: House, **surgeon: int) -> str:
    """Give the rules that every theatre keeps, and a price for a case that is left out."""
    return "".join(
        (
            house.rule("room", "room_overlap"),
            house.rule("inside", "in_session"),
            house.rule("start", "needs_start"),
            house.rule("surgeon", "surgeon_overlap", **surgeon),
            house.rule("device", "equipment"),
            house.rule("end", "session_overtime", after="end"),
            house.rule("left", "unscheduled", 1),
        )
    )


# --- F37: a session of 480 minutes, four cases of 420 ---------------------------------------------

ONE = "S;A;2026-10-05;07:00;15:00\n"


def in_a_row(order: tuple[int, ...], turnover: int) -> str:
    at, rows = 420, ""
    for number in order:
        rows += f"K{number};S;{written(at)};X1\n"
        at += MINUTES[number] + turnover
    return rows


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
@pytest.mark.parametrize(("turnover", "late", "spare"), [(15, 0, 15), (20, 0, 0), (30, 30, 0)])
def test_f37_overrun_with_turnover(
    house: House, order: tuple[int, ...], turnover: int, late: int, spare: int
) -> None:
    cases = {f"K{number}": minutes for number, minutes in enumerate(MINUTES)}
    files = hospital(cases, ONE, in_a_row(order, turnover), turnover=turnover)
    study = house.study("2026-10-05", 5, physics(house), **files)
    found = house.call("check", study, "--json").document["breaches"]
    assert [(each["rule"], each["amount"]) for each in found] == [("end", late)] * bool(late)
    assert house.indicator(study, "planned_overtime") == late
    assert house.indicator(study, "underused_minutes") == spare
    assert house.indicator(study, "scheduled_minutes") == 420
    assert house.indicator(study, "patient_fill") == 87.5
    last = house.exported(study, "placements")[-1]
    assert read_time(last["end"]) == 900 + late - spare


@pytest.mark.parametrize(("turnover", "placed"), [(15, 4), (20, 4), (21, 3), (30, 3)])
def test_f37_solved_all_that_fits_is_placed_and_none_runs_late(
    house: House, turnover: int, placed: int
) -> None:
    """The last turnover lies outside: at 20 minutes all four fit to the minute."""
    cases = {f"K{number}": minutes for number, minutes in enumerate(MINUTES)}
    study = house.study("2026-10-05", 5, physics(house), **hospital(cases, ONE, turnover=turnover))
    ended = house.call("solve", study, "--effort", 1, "--json")
    assert (ended.code, ended.document["unscheduled"]) == (0, 4 - placed)
    assert house.said(study, "end") == []
    rows = house.exported(study, "placements")
    assert len(rows) == placed
    for one, two in itertools.pairwise(rows):
        assert read_time(two["start"]) - read_time(one["end"]) >= turnover


# --- F38: one surgeon, two rooms ------------------------------------------------------------------

TWO = "SA;A;2026-10-05;08:00;12:00\nSB;B;2026-10-05;08:00;12:00\n"


@pytest.mark.parametrize(
    ("start", "changeover", "clash"),
    [
        ("09:30", 0, 30),
        ("09:59", 0, 1),
        ("10:00", 0, 0),
        ("10:00", 10, 10),
        ("10:09", 10, 1),
        ("10:10", 10, 0),
    ],
)
def test_f38_one_surgeon_two_rooms(house: House, start: str, changeover: int, clash: int) -> None:
    files = hospital({"K1": 120, "K2": 90}, TWO, f"K1;SA;08:00;X1\nK2;SB;{start};X1\n")
    study = house.study("2026-10-05", 5, physics(house, changeover=changeover), **files)
    said = house.said(study)
    assert len(said) == bool(clash)
    assert all(f"Surgeon X1: K2 overlaps K1 by {clash} min" in each for each in said)
    other = hospital({"K1": 120, "K2": 90}, TWO, f"K1;SA;08:00;X1\nK2;SB;{start};X2\n")
    assert house.said(house.study("2026-10-05", 5, physics(house), **other)) == []


@pytest.mark.parametrize(("changeover", "placed"), [(30, 2), (40, 1)])
def test_f38_solved_the_surgeon_is_never_in_two_rooms(
    house: House, changeover: int, placed: int
) -> None:
    """120 + 90 minutes in the four hours of both rooms: a changeover of 30 still fits, 40 does not."""
    files = hospital({"K1": 120, "K2": 90}, TWO, surgeons="X1", rooms="AB")
    rules = physics(house, changeover=changeover) + house.rule("features", "room_features")
    study = house.study("2026-10-05", 5, rules, **files)
    ended = house.call("solve", study, "--effort", 1, "--json")
    assert ended.code == 0
    rows = house.exported(study, "placements")
    assert len(rows) == placed
    assert {row["case"]: row["room"] for row in rows}.items() <= {"K1": "A", "K2": "B"}.items()
    assert not any(overlap(*pair, changeover) for pair in itertools.combinations(rows, 2))


# --- F40: one device, three rooms -----------------------------------------------------------------

THREE = "".join(f"S{room};{room};2026-10-05;08:00;11:00\n" for room in ROOMS)
STARTS = "K1;SA;08:00;X1\nK2;SB;09:00;X2\nK3;SC;09:30;X3\n"


@pytest.mark.parametrize(
    ("device", "clashes"),
    [
        ("1;0", [("K1", "K2"), ("K2", "K3")]),
        ("2;0", []),
        ("1;1", [("K1", "K2"), ("K1", "K2", "K3")]),
        ("1;10", [("K1", "K2"), ("K1", "K2", "K3")]),
        ("2;10", [("K1", "K2", "K3")]),
        ("3;10", []),
    ],
)
def test_f40_one_device_three_rooms(
    house: House, device: str, clashes: list[tuple[str, ...]]
) -> None:
    cases = {"K1": 90, "K2": 60, "K3": 60}
    files = hospital(cases, THREE, STARTS, device=device)
    study = house.study("2026-10-05", 5, physics(house), **files)
    found = house.call("check", study, "--json").document["breaches"]
    assert [tuple(each["subjects"]) for each in found] == [("ARC", *each) for each in clashes]


@pytest.mark.parametrize(("device", "placed"), [("2;0", 3), ("1;30", 2), ("1;31", 1)])
def test_f40_solved_the_device_is_in_one_room_at_a_time(
    house: House, device: str, placed: int
) -> None:
    """Two cases of 75 minutes and a transfer of up to 30 fit into three hours; a third does not."""
    files = hospital({"K1": 75, "K2": 75, "K3": 75}, THREE, device=device)
    study = house.study("2026-10-05", 5, physics(house), **files)
    assert house.call("solve", study, "--effort", 1, "--json").code == 0
    rows = house.exported(study, "placements")
    assert len(rows) == placed
    assert house.said(study, "device") == []
    quantity, delay = map(int, device.split(";"))
    if quantity == 1:
        assert not any(overlap(*pair, delay) for pair in itertools.combinations(rows, 2))


# --- what no rule judges is told ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("room_overlap", "one case at a time in a theatre"),
        ("surgeon_overlap", "surgeons in two rooms were not looked for"),
        ("equipment", "shortages were not looked for"),
    ],
)
def test_a_plan_without_the_rule_is_not_passed_in_silence(
    house: House, missing: str, told: str
) -> None:
    """F38, F40: where an answer needs a rule that is not in the study, it is said."""
    files = hospital({"K1": 90, "K2": 60, "K3": 60}, THREE, STARTS, device="1;0")
    rules = [f"[[rule]]{each}" for each in physics(house).split("[[rule]]")[1:]]
    for without in (True, False):
        kept = "".join(each for each in rules if not (without and f'"{missing}"' in each))
        study = house.study("2026-10-05", 5, kept, **files)
        assert any(told in what for what in house.faults(study)) == without
