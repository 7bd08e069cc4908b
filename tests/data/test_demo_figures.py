"""The demo hospitals are what the domain reference says: sizes, load, mix, hours, for every seed."""

import math
from dataclasses import replace

import pytest
from demo_hospitals import generate

from data import demo
from data.demo.figures import ALL, hours, loads, sizes
from data.demo.grid import capacity
from data.demo.mid import BRANCHES, GRID, PROFILE, bedding
from data.demo.streams import Stream
from data.demo.waiting import Intake, lasting, waiting_list
from planner.problem import Problem

SEEDS = range(1, 6)
LOADS = {
    "ORTHO": 1.04, "VISC": 0.87, "URO": 0.97, "GYN": 0.80, "ORL": 0.84, "OPH": 0.46, "VASC": 0.91,
    ALL: 0.87,
}  # fmt: skip


@pytest.fixture(scope="module", params=SEEDS)
def mid(request: pytest.FixtureRequest) -> Problem:
    return generate("mid", request.param)


@pytest.fixture(scope="module", params=SEEDS)
def ward(request: pytest.FixtureRequest) -> Problem:
    return generate("ward", request.param)


def test_the_mid_size_hospital_has_the_sizes_of_the_reference(mid: Problem) -> None:
    counted = sizes(mid)
    wanted = {
        "theatre": 8, "session": 136, "surgeon": 25, "case": 500, "specialty": 7, "staff": 94,
        "history": 94, "equipment": 7, "ward": 4, "recovery": 1, "priority": 4,
    }  # fmt: skip
    assert {kind: counted[kind] for kind in wanted} == wanted


def test_its_load_is_that_of_the_reference_in_all_and_by_specialty(mid: Problem) -> None:
    found = loads(mid)
    assert found.keys() == LOADS.keys()
    for specialty, wanted in LOADS.items():
        assert found[specialty] == pytest.approx(wanted, abs=0.02), specialty


def test_its_grid_has_28_room_days_a_week_and_952_hours() -> None:
    sessions = generate("mid", 1).sessions
    assert sum(session.by_clock for session in sessions) == 952 * 60
    rooms = [{s.theatre for s in sessions if s.day == day} for day in range(5)]
    assert [len(day) for day in rooms] == [6, 6, 5, 6, 5]
    whole = [s for s in sessions if s.day < 7 and s.by_clock == 510]
    assert len(whole) == 22
    assert len([s for s in sessions if s.day < 7]) - len(whole) == 12
    assert len(GRID) == 28
    room_days = {k: v / 4 / 510 for k, v in capacity(sessions).items()}
    wanted = {"ORTHO": 6.5, "VISC": 6.5, "URO": 3, "GYN": 4, "ORL": 3, "OPH": 2.5, "VASC": 2.5}
    assert room_days == pytest.approx(wanted, abs=0.04)


def test_only_the_last_session_of_a_room_may_run_late(mid: Problem) -> None:
    for one in mid.sessions:
        after = [
            s
            for s in mid.sessions
            if (s.theatre, s.day) == (one.theatre, one.day) and s.start >= one.end
        ]
        assert one.overtime == (0 if after else 60)


def test_its_waiting_list_has_the_mix_of_the_reference(mid: Problem) -> None:
    count = {
        priority: sum(c.priority == priority for c in mid.cases)
        for priority in ("P1b", "P2", "P3", "P4")
    }
    assert count["P1b"] == pytest.approx(10, abs=4)
    assert count["P2"] == pytest.approx(90, abs=6)
    assert count["P3"] == pytest.approx(200, abs=8)
    assert count["P4"] == pytest.approx(200, abs=8)
    today = mid.horizon.day(mid.as_of)
    overdue = sum(case.due < today for case in mid.cases if case.due is not None)
    assert 0.04 <= overdue / 500 <= 0.11
    shares = {
        "one surgeon": sum(len(case.surgeons) == 1 for case in mid.cases),
        "unavailable": sum(bool(case.unavailable) for case in mid.cases),
        "not ready": sum(case.earliest is not None for case in mid.cases),
        "latex": sum("latex" in case.flags for case in mid.cases),
        "infectious": sum("infectious" in case.flags for case in mid.cases),
        "insulin": sum("insulin" in case.flags for case in mid.cases),
    }
    wanted = {
        "one surgeon": 0.9,
        "unavailable": 0.15,
        "not ready": 0.08,
        "latex": 0.01,
        "infectious": 0.03,
        "insulin": 0.06,
    }
    for name, share in wanted.items():
        spread = 4 * math.sqrt(500 * share * (1 - share))
        assert shares[name] == pytest.approx(500 * share, abs=spread), name


def test_5000_draws_have_the_aggregates_of_the_reference() -> None:
    able = {kind.id: {"SURG": 1.0} for branch in BRANCHES for kind in branch.kinds}
    intake = Intake(
        profile=PROFILE, seed=7, branches=BRANCHES, count=5000, able=able, capacity={}, bedding=bedding,
        intensive=lambda _: "USC",
    )  # fmt: skip
    cases = waiting_list(intake)
    stream = Stream(PROFILE, 7, "realised minutes")
    minutes = [lasting(case).quantile(0.0005 + 0.999 * stream.share()) for case in cases]
    mean = sum(minutes) / len(minutes)
    deviation = math.sqrt(sum((m - mean) ** 2 for m in minutes) / len(minutes))
    turnovers = {kind.id: kind.turnover for branch in BRANCHES for kind in branch.kinds}
    assert mean == pytest.approx(80.0, rel=0.05)
    assert deviation / mean == pytest.approx(0.62, rel=0.05)
    assert sum(turnovers[c.procedure] for c in cases) / 5000 == pytest.approx(19.9, rel=0.05)
    assert sum(c.mode == "day" for c in cases) / 5000 == pytest.approx(0.67, rel=0.05)
    assert sum(c.nights for c in cases) / 5000 == pytest.approx(0.83, rel=0.10)
    assert sum(c.intensive_nights > 0 for c in cases) / 5000 == pytest.approx(0.023, rel=0.25)


def test_hours_asked_are_near_the_hours_owed(mid: Problem) -> None:
    found = hours(mid)
    assert {name: each.asked / 4 for name, each in found.items()} == pytest.approx(
        {"nurse": 1314, "IADE": 420, "AS": 393}
    )
    for name, wanted in {"nurse": 0.86, "IADE": 0.92, "AS": 0.96}.items():
        assert found[name].asked / found[name].owed == pytest.approx(wanted, abs=0.05), name
        assert found[name].asked < found[name].owed
    people = {"nurse": 60, "IADE": 18, "AS": 16}
    for name, each in found.items():
        assert each.full_time / people[name] == pytest.approx(0.917, abs=0.03), name


def test_nights_wishes_and_fixed_weekdays_are_in_the_mid_size_hospital(mid: Problem) -> None:
    wishes = [request for request in mid.requests if request.weight < 20]
    assert len(wishes) / len(mid.staff) == pytest.approx(2.2, abs=0.05)
    assert sum(not wish.wanted for wish in wishes) / len(wishes) == pytest.approx(0.8, abs=0.12)
    fixed = {request.person for request in mid.requests if request.weight == 20}
    assert len(fixed) == 11
    by_day = [person for person in mid.staff if person.shifts and "N12" not in person.shifts]
    by_night = [person for person in mid.staff if person.shifts == {"N12"}]
    assert len([p for p in by_day if p.team not in ("SSPI", "UCA")]) == 6
    assert len(by_night) == 5


def test_surgeons_operate_on_two_or_three_weekdays_and_their_pace_is_usual_on_average(
    mid: Problem,
) -> None:
    for surgeon in mid.surgeons:
        gone = {
            mid.horizon.weekday(a.first)
            for a in mid.absences
            if a.person == surgeon.id and a.first == a.last and a.start is None
        }
        assert len(gone) in (2, 3)
        assert 75 <= surgeon.pace <= 140
    for specialty in mid.specialties:
        paces = [s.pace for s in mid.surgeons if s.specialty == specialty.id]
        assert sum(paces) / len(paces) == pytest.approx(100, abs=1)


def test_every_case_has_a_surgeon_who_does_it_in_a_room_that_suits_on_a_day_she_is_there(
    mid: Problem,
) -> None:
    procedures = {procedure.id: procedure for procedure in mid.procedures}
    features = {theatre.id: theatre.features for theatre in mid.theatres}
    away = {
        (a.person, day)
        for a in mid.absences
        for day in range(a.first, a.last + 1)
        if a.start is None
    }
    for case in mid.cases:
        able = [
            s
            for s in mid.surgeons
            if s.specialty == case.specialty and (not case.surgeons or s.id in case.surgeons)
        ]
        able = [s for s in able if not s.procedures or case.procedure in s.procedures]
        assert any(
            (surgeon.id, session.day) not in away
            and case.specialty in session.owners
            and features[session.theatre] >= procedures[case.procedure].features
            for session in mid.sessions
            for surgeon in able
        ), case.id


def test_the_ward_has_three_teams_and_88_per_cent_of_its_hours_as_minimum_cover(
    ward: Problem,
) -> None:
    assert len(ward.staff) == 129
    assert {p.team for p in ward.staff} == {"A", "B", "C"}
    assert {shift.id for shift in ward.shifts} == {"M", "S", "N10", "D12", "N12"}
    found = hours(ward)["nurse"]
    assert found.asked / found.owed == pytest.approx(0.88, abs=0.005)
    assert len(ward.requests) / 129 == pytest.approx(2.2, abs=0.01)
    shares = [sum(p.share == share for p in ward.staff) / 129 for share in (100, 80, 90, 50)]
    assert shares == pytest.approx([0.62, 0.25, 0.08, 0.05], abs=0.01)
    assert not ward.sessions


def test_the_small_hospital_has_its_sizes() -> None:
    for seed in SEEDS:
        small = generate("small", seed)
        counted = sizes(small)
        wanted = {"theatre": 3, "session": 18, "case": 80, "staff": 20}
        assert {kind: counted[kind] for kind in wanted} == wanted
        assert 0.85 <= loads(small)[ALL] <= 0.97


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(s, marks=pytest.mark.long) for s in (2, 3, 4, 5))]
)
def test_the_teaching_hospital_asks_for_half_as_much_again_as_it_has(seed: int) -> None:
    chu = generate("chu", seed)
    counted = sizes(chu)
    wanted = {"theatre": 40, "session": 836, "case": 4000, "surgeon": 123, "specialty": 13}
    assert {kind: counted[kind] for kind in wanted} == wanted
    assert sum(session.by_clock for session in chu.sessions) == 6120 * 60
    assert loads(chu)[ALL] == pytest.approx(1.45, abs=0.03)
    assert sum(case.mean for case in chu.cases) / 4000 == pytest.approx(109, rel=0.02)
    assert sum(case.mode == "day" for case in chu.cases) / 4000 == pytest.approx(0.51, abs=0.03)


def test_another_seed_is_another_hospital_of_the_same_kind() -> None:
    one, two = generate("small", 1), generate("small", 2)
    assert one != two
    assert one == demo.generate("small", 1)
    assert replace(one, cases=(), staff=()).sessions == two.sessions


def test_the_staff_of_the_teaching_hospital_is_asked_for_what_the_reference_says() -> None:
    chu = generate("chu", 1)
    assert len(chu.staff) == 400
    found = hours(chu)
    asked = {name: each.asked / 4 for name, each in found.items()}
    assert asked == pytest.approx({"nurse": 6340, "IADE": 2204, "AS": 1502}, rel=0.02)
    full_time = {name: each.full_time for name, each in found.items()}
    assert full_time == pytest.approx({"nurse": 229.3, "IADE": 80.7, "AS": 56.9}, rel=0.02)
