"""Rules about what is shared, and about whole sessions: anaesthetists, devices, beds, fill."""

from dataclasses import replace
from typing import Any

import pytest
from theatre_tables import breaches, linear, said, situation

from planner.facts import facts
from planner.plan import Placement, Plan
from planner.rules.blocks import Area
from planner.rules.contract import Scope, audit
from planner.rules.crowding import Held, crowded, overlaps
from planner.rules.hours import free_start, inside, joined, length, longest_stay, running, without
from planner.rules.space import TheatreSpace
from planner.rules.theatre.anaesthetists import Anaesthetists
from planner.rules.theatre.equipment import EquipmentInUse
from planner.rules.theatre.room_change import RoomChange
from planner.rules.theatre.session_fill import SessionFill
from planner.rules.theatre.ward_beds import WardBeds
from planner.view import TheatreView


def case(id: str, session: str = "A", minutes: int = 60, **more: Any) -> dict[str, Any]:
    return {"id": id, "in": session, "minutes": minutes} | more


# --- anaesthetists -----------------------------------------------------------------------------------

ROOMS = [{"id": f"S{n}", "theatre": f"R{n}"} for n in (1, 2, 3)]
MORNING, AFTERNOON = {"end": "12:30"}, {"start": "12:30"}


@pytest.mark.parametrize(
    ("ratio", "people", "theatres", "over"),
    [(1, 1, 1, 0), (1, 1, 2, 1), (2, 1, 2, 0), (2, 1, 3, 1), (1, 0, 2, 2), (3, 1, 3, 0)],
)
def test_an_anaesthetist_covers_so_many_theatres(
    ratio: int, people: int, theatres: int, over: int
) -> None:
    sessions = [row | MORNING for row in ROOMS]
    cases = [case(f"K{n}", f"S{n}") for n in range(1, theatres + 1)]
    cover = [{"people": people} | MORNING, {"people": 0} | AFTERNOON]
    rule = Anaesthetists(id="T09", ratio=ratio)
    found = said(rule, sessions=sessions, cases=cases, anaesthetists=cover)
    assert found == ([("anaesthetists_am", ("MAR1",), over)] if over else [])


def test_a_session_and_a_cover_over_noon_count_in_both_halves() -> None:
    cases = [case("K1", "S1"), case("K2", "S2")]
    found = said(
        Anaesthetists(id="T09"), sessions=ROOMS, cases=cases, anaesthetists=[{"people": 1}]
    )
    assert found == [("anaesthetists_am", ("MAR1",), 1), ("anaesthetists_pm", ("MAR1",), 1)]


def test_two_sessions_of_a_theatre_in_a_half_day_are_one_theatre() -> None:
    sessions = [
        {"id": "S1", "end": "10:00"},
        {"id": "S2", "start": "10:00", "end": "12:00"},
        {"id": "S3", "theatre": "R2", "end": "12:00"},
    ]
    cases = [case("K1", "S1"), case("K2", "S2")]
    table: dict[str, Any] = {"sessions": sessions, "anaesthetists": [{"people": 1} | MORNING]}
    assert said(Anaesthetists(id="T09"), cases=cases, **table) == []
    found = said(Anaesthetists(id="T09"), cases=[*cases, case("K3", "S3")], **table)
    assert found == [("anaesthetists_am", ("MAR1",), 1)]


def test_a_half_day_without_cover_has_nobody_and_a_study_without_cover_is_not_judged() -> None:
    cases = [case("K1", "S1"), case("K2", "S2")]
    cover = [{"people": 9, "day": 1}]
    found = said(Anaesthetists(id="T09"), sessions=ROOMS, cases=cases, anaesthetists=cover)
    assert [(what, amount) for what, _, amount in found] == [
        ("anaesthetists_am", 2),
        ("anaesthetists_pm", 2),
    ]
    assert said(Anaesthetists(id="T09"), sessions=ROOMS, cases=cases) == []


def test_local_sessions_and_those_out_of_scope_need_nobody() -> None:
    cases, cover = [case("K1", "S1")], [{"people": 0}]
    local = [row | {"anaesthesia": "local"} for row in ROOMS]
    assert said(Anaesthetists(id="T09"), sessions=local, cases=cases, anaesthetists=cover) == []
    rule = Anaesthetists(id="T09", scope=Scope.of(theatre=["R2"]))
    assert said(rule, sessions=ROOMS, cases=cases, anaesthetists=cover) == []


# --- equipment ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "delay", "minutes", "over"),
    [
        (1, 0, 480, 0),
        (1, 0, 485, 5),
        (1, 30, 480, 0),
        (1, 30, 485, 5),
        (2, 0, 960, 0),
        (0, 0, 5, 5),
    ],
)
def test_without_starts_a_device_day_is_judged_by_the_hours_that_theatres_run(
    quantity: int, delay: int, minutes: int, over: int
) -> None:
    devices = [{"id": "ARC", "quantity": quantity, "delay": delay}]
    cases = [case("K1", minutes=minutes, devices=["ARC"])]
    found = said(EquipmentInUse(id="T12"), devices=devices, cases=cases)
    assert found == ([("equipment_full", ("ARC",), over)] if over else [])


def test_overtime_and_other_theatres_lengthen_the_day_of_a_device() -> None:
    sessions = [
        {"id": "A", "overtime": 60},
        {"id": "B", "theatre": "R2", "start": "20:00", "end": "21:00"},
    ]
    (row,) = linear(
        EquipmentInUse(id="T12"),
        "relaxation",
        sessions=sessions,
        devices=[{"id": "ARC", "quantity": 2, "delay": 15}],
        cases=[case("K1", devices=["ARC"])],
    )
    assert row.hi == 2 * ((480 + 60 + 15) + (60 + 15))
    assert row.given == ("in_session", "session_overtime")


def test_a_start_that_is_missing_turns_a_device_day_into_its_sum() -> None:
    devices = [{"id": "ARC"}]
    both = [
        case("K1", start="08:00", devices=["ARC"]),
        case("K2", start="08:30", devices=["ARC"], surgeon="X2"),
    ]
    found = said(EquipmentInUse(id="T12"), devices=devices, cases=both)
    assert found == [("equipment_short", ("ARC", "K1", "K2"), 30)]
    some = [*both, case("K3", devices=["ARC"])]
    assert said(EquipmentInUse(id="T12"), devices=devices, cases=some) == []  # 180 of 480
    beside = [*both, case("K3")]  # needs no device, so its start is none of the device's business
    assert said(EquipmentInUse(id="T12"), devices=devices, cases=beside) == found


def test_a_tray_that_is_reprocessed_overnight_is_missing_in_the_morning() -> None:
    sessions = [{"id": "A", "end": "20:00"}, {"id": "B", "day": 1}]
    cases = [
        case("K1", start="18:00", devices=["TRAY"]),
        case("K2", "B", start="08:00", devices=["TRAY"]),
    ]
    (found,) = breaches(
        EquipmentInUse(id="T12"),
        sessions=sessions,
        devices=[{"id": "TRAY", "delay": 14 * 60}],
        cases=cases,
    )
    assert (found.about.first, found.about.last, found.amount) == (0, 1, 60)


# --- beds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beds", "over"), [(2, []), (1, [(0, 1), (1, 1)]), (0, [(0, 2), (1, 2), (2, 1)])]
)
def test_each_night_of_each_case_needs_a_bed(beds: int, over: list[tuple[int, int]]) -> None:
    cases = [case("K1", nights=3), case("K2", nights=2)]
    found = breaches(WardBeds(id="T27"), beds={"ward": beds}, cases=cases)
    assert [(b.about.first, b.amount) for b in found] == over


def test_intensive_nights_come_first_and_are_another_ward() -> None:
    cases = [case("K1", nights=3, intensive_nights=2)]
    shut = {"ward": 0, "intensive": 0}
    ward = breaches(WardBeds(id="T27"), beds=shut, cases=cases)
    intensive = breaches(WardBeds(id="T26", kind="intensive"), beds=shut, cases=cases)
    assert [b.about.first for b in ward] == [2]
    assert [b.about.first for b in intensive] == [0, 1]


def test_nights_beyond_the_horizon_are_not_judged() -> None:
    found = breaches(
        WardBeds(id="T27"),
        sessions=[{"id": "A", "day": 12}],
        beds={"ward": 0},
        cases=[case("K1", nights=5)],
    )
    assert [b.about.first for b in found] == [12, 13]


# --- sessions and rooms ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "target", "empty"),
    [(480, 100, 0), (475, 100, 5), (410, 85, 0), (405, 85, 3), (600, 100, 0)],
)
def test_an_open_session_is_filled_to_its_target(minutes: int, target: int, empty: int) -> None:
    rule = SessionFill(id="T36", target=target)
    found = said(rule, cases=[case("K1", minutes=minutes, turnover=60)])
    assert found == ([("underused", ("A",), empty)] if empty else [])


def test_only_a_session_without_a_case_is_unopened_and_a_closed_one_costs_nothing() -> None:
    sessions = [{"id": "A"}, {"id": "B", "theatre": "R2"}, {"id": "C", "closed": True, "day": 1}]
    table: dict[str, Any] = {"sessions": sessions, "cases": [case("K1", minutes=5)]}
    found = said(SessionFill(id="c", count="unopened", target=10), **table)
    assert found == [("unopened", ("B",), 480)]
    assert said(SessionFill(id="u"), **table) == [("underused", ("A",), 475)]


@pytest.mark.parametrize(("theatres", "changes"), [(1, 0), (2, 1), (3, 2)])
def test_each_further_theatre_of_a_surgeon_day_is_a_change(theatres: int, changes: int) -> None:
    cases = [case(f"K{n}", f"S{n % theatres + 1}") for n in range(4)]
    found = said(RoomChange(id="rooms"), sessions=ROOMS, cases=cases)
    assert found == ([("room_change", ("X1",), changes)] if changes else [])


def test_two_surgeons_or_two_days_are_no_change_of_theatre() -> None:
    sessions = [*ROOMS, {"id": "T1", "theatre": "R4", "day": 1}]
    cases = [case("K1", "S1"), case("K2", "S2", surgeon="X2"), case("K3", "T1")]
    assert said(RoomChange(id="rooms"), sessions=sessions, cases=cases) == []


def test_a_session_that_nobody_can_use_is_empty_for_rows_and_audit() -> None:
    rule = SessionFill(id="c", count="unopened")
    problem, _ = situation(rule, cases=[{"id": "K1", "minutes": 60, "specialty": "OPH"}])
    of = TheatreSpace(problem)  # no surgeon of that specialty
    assert of.options == []
    assert [row.about.what for row in rule.rows(of)] == ["unopened"]
    assert [b.amount for b in audit(rule, TheatreView(problem, Plan()))] == [480]


# --- what several rules lean on ------------------------------------------------------------------------


def held(*spans: tuple[int, int]) -> list[Held]:
    return [Held(first, last, f"K{n}", 0) for n, (first, last) in enumerate(spans)]


@pytest.mark.parametrize(
    ("spans", "capacity", "minutes"),
    [
        ([(0, 10), (10, 20)], 1, 0),
        ([(0, 10), (9, 20)], 1, 1),
        ([(0, 10), (0, 10), (0, 10)], 1, 20),
        ([(0, 10), (0, 10), (0, 10)], 2, 10),
        ([(0, 30), (0, 10), (5, 40)], 2, 5),
        ([(0, 30), (0, 10), (20, 25), (5, 40)], 2, 10),
        ([(0, 10)], 0, 10),
        ([], 0, 0),
    ],
)
def test_a_crowd_measures_what_is_held_above_the_capacity(
    spans: list[tuple[int, int]], capacity: int, minutes: int
) -> None:
    crowds = list(crowded(held(*spans), capacity))
    assert sum(crowd.minutes for crowd in crowds) == minutes
    above = (
        max(0, sum(first <= at < last for first, last in spans) - capacity) for at in range(60)
    )
    assert minutes == sum(above)


def test_overlaps_are_pairs_that_share_a_minute() -> None:
    pairs = overlaps(held((0, 30), (10, 20), (20, 25), (30, 40)))
    assert [(pair.cases, pair.minutes) for pair in pairs] == [(("K0", "K1"), 10), (("K0", "K2"), 5)]


def test_stretches_are_joined_cut_and_measured_half_open() -> None:
    assert joined([(5, 5), (0, 10), (10, 20), (30, 40), (32, 35)]) == ((0, 20), (30, 40))
    assert without(((0, 20), (30, 40)), [(5, 10), (15, 35)]) == ((0, 5), (10, 15), (35, 40))
    assert without(((0, 20),), [(0, 20)]) == ()
    assert inside(((0, 20), (30, 40)), 10, 30) == ((10, 20),)
    assert length(((0, 5), (10, 15))) == 10


def test_theatres_run_from_start_to_end_and_overtime_a_gap_left_out() -> None:
    rule = EquipmentInUse(id="T12")
    sessions = [
        {"id": "A", "end": "12:00", "overtime": 30},
        {"id": "B", "theatre": "R2", "start": "12:30", "end": "13:00"},
        {"id": "C", "theatre": "R2", "start": "14:00", "end": "15:00"},
    ]
    problem, _ = situation(rule, sessions=sessions)
    assert running(facts(problem), 0) == ((480, 780), (840, 900))
    assert running(facts(problem), 0, longer=60) == ((480, 960),)


@pytest.mark.parametrize(
    ("minutes", "start"), [(60, 480), (120, 480), (125, 720), (180, 720), (185, 930), (1000, 930)]
)
def test_a_free_start_is_the_first_that_avoids_all_absences(minutes: int, start: int) -> None:
    rule = EquipmentInUse(id="T12")
    away = [{"start": "10:00", "end": "12:00"}, {"start": "15:00", "end": "15:30"}]
    problem, _ = situation(rule, away=away, cases=[case("K1")])
    known = TheatreView(problem, Plan()).facts
    assert free_start(known, problem.sessions[0], "X1", minutes) == start


@pytest.mark.parametrize(
    "away",
    [
        [],
        [("10:00", "12:00")],
        [("07:00", "09:00"), ("08:30", "11:00")],
        [("07:00", "18:00")],
        [("00:00", "24:00")],
        [("09:00", "10:00"), ("10:30", "18:00")],
        [("09:00", "09:40"), ("11:00", "15:00")],
        [("18:00", "19:00")],
    ],
)
def test_cases_up_to_the_longest_stay_have_a_free_start(away: list[tuple[str, str]]) -> None:
    absences = [{"start": start, "end": end} for start, end in away]
    problem, _ = situation(EquipmentInUse(id="T12"), away=absences, cases=[case("K1")])
    known, session = TheatreView(problem, Plan()).facts, problem.sessions[0]
    longest = longest_stay(known, session, "X1")
    for minutes in range(1, 700):
        fits = longest is None or minutes <= longest
        assert fits == (free_start(known, session, "X1", minutes) is not None), minutes


def test_a_view_groups_placements_by_surgeon_and_day() -> None:
    sessions = [{"id": "A"}, {"id": "B", "day": 1}]
    cases = [case("K1"), case("K2", "B"), case("K3", surgeon="X2"), case("K4", surgeon="")]
    view = TheatreView(*situation(EquipmentInUse(id="T12"), sessions=sessions, cases=cases))
    found = {key: [p.case.id for p in placed] for key, placed in view.surgeon_days().items()}
    assert found == {("X1", 0): ["K1"], ("X1", 1): ["K2"], ("X2", 0): ["K3"]}


def test_a_placement_of_an_unknown_case_is_passed_over() -> None:
    problem, _ = situation(SessionFill(id="T36"), cases=[case("K1")])
    plan = Plan.build([Placement("nobody", "A", "X1")])
    assert audit(SessionFill(id="T36"), TheatreView(problem, plan)) == []


@pytest.mark.parametrize(
    ("first", "hold", "cases"),
    [
        (1, 0, ["K2", "K3"]),  # the evening case of day 0 is over by midnight
        (1, 241, ["K1", "K2", "K3"]),  # … and 241 minutes more are not
        (2, 0, ["K2", "K3"]),  # K2 goes on past midnight, so its whole day counts
        (3, 0, []),
        (3, 1440 + 360, ["K2", "K3"]),
    ],
)
def test_a_narrowed_view_shows_the_days_that_reach_into_the_area(
    first: int, hold: int, cases: list[str]
) -> None:
    sessions = [{"id": "A"}, {"id": "B", "day": 1}, {"id": "C", "day": 1, "theatre": "R2"}]
    rows = [
        case("K1", start="19:00"),
        case("K2", "B", start="19:00", minutes=360),
        case("K3", "C", start="08:00"),
    ]
    view = TheatreView(*situation(EquipmentInUse(id="T12"), sessions=sessions, cases=rows))
    narrowed = view.narrow(Area(None, first, first))
    assert sorted(p.case.id for p in narrowed.placed_near(hold)) == cases


def test_a_view_like_another_shares_its_unchanged_sessions() -> None:
    sessions = [{"id": "A"}, {"id": "B", "day": 1}]
    problem, plan = situation(
        SessionFill(id="T36"), sessions=sessions, cases=[case("K1"), case("K2", "B")]
    )
    view = TheatreView(problem, plan)
    moved = replace(plan, sessions=(plan.sessions[0], (plan.sessions[1][0]._replace(start=600),)))
    again = TheatreView(problem, moved, like=view)
    assert again.inside("A") is view.inside("A")
    assert [p.start for p in again.all_placed()] == [None, 600]
    assert [p.start for p in TheatreView(problem, moved).all_placed()] == [None, 600]
