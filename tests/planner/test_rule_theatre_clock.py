"""Rules about the clock: theatres, sessions, surgeons, recovery, idle time, day cases."""

from typing import Any

import pytest
from theatre_tables import breaches, linear, loads, said, situation, space

from planner.plan import Plan
from planner.rules.blocks import About, Area
from planner.rules.contract import Scope, audit
from planner.rules.theatre.early_day_cases import EarlyDayCases
from planner.rules.theatre.in_session import InSession
from planner.rules.theatre.needs_start import NeedsStart
from planner.rules.theatre.recovery_hours import RecoveryHours
from planner.rules.theatre.recovery_posts import RecoveryPosts
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.rules.theatre.surgeon_away import SurgeonAway
from planner.rules.theatre.surgeon_idle import SurgeonIdle
from planner.rules.theatre.surgeon_overlap import SurgeonOverlap
from planner.view import TheatreView

ROOM, SESSION, SURGEON = RoomOverlap(id="T01"), InSession(id="T02"), SurgeonOverlap(id="T04")


def case(id: str, start: str | None = None, minutes: int = 60, **more: Any) -> dict[str, Any]:
    row = {"id": id, "in": "A", "minutes": minutes} | more
    return row if start is None else row | {"start": start}


# --- one case at a time ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "turnover", "short"),
    [("09:00", 0, 0), ("08:59", 0, 1), ("09:20", 20, 0), ("09:19", 20, 1), ("08:00", 0, 60)],
)
def test_a_theatre_holds_one_case_at_a_time_with_the_turnover_of_the_later(
    second: str, turnover: int, short: int
) -> None:
    cases = [case("K1", "08:00"), case("K2", second, turnover=turnover)]
    found = [("room_overlap", ("K1", "K2"), short)] if short else []
    assert said(ROOM, cases=cases) == found


def test_the_turnover_before_the_first_case_of_a_theatre_is_free() -> None:
    assert said(ROOM, cases=[case("K1", "08:00", turnover=120)]) == []


def test_three_cases_at_once_are_three_pairs() -> None:
    cases = [case(id, "08:00", 30) for id in ("K1", "K2", "K3")]
    assert [subjects for _, subjects, _ in said(ROOM, cases=cases)] == [
        ("K1", "K2"),
        ("K1", "K3"),
        ("K2", "K3"),
    ]


def test_a_case_past_midnight_is_in_the_way_of_the_next_day() -> None:
    sessions = [{"id": "A", "start": "20:00", "end": "26:00"}, {"id": "B", "day": 1}]
    cases = [case("K1", "22:00", 620), case("K2", "08:00", **{"in": "B"})]
    (found,) = breaches(ROOM, sessions=sessions, cases=cases)
    assert found.about == About("room_overlap", ("K1", "K2"), 0, 1)
    assert found.amount == 20


def test_a_pair_without_both_starts_is_not_judged() -> None:
    cases = [case("K1", "08:00"), case("K2", "08:30"), case("K3")]
    assert said(ROOM, cases=cases) == [("room_overlap", ("K1", "K2"), 30)]


def test_a_scope_of_theatres_passes_over_the_others() -> None:
    cases = [case("K1", "08:00"), case("K2", "08:30")]
    assert said(RoomOverlap(id="T01", scope=Scope.of(theatre=["R2"])), cases=cases) == []


def test_a_narrowed_audit_looks_at_the_pairs_of_the_case() -> None:
    cases = [case("K1", "08:00"), case("K2", "08:30"), case("K3", "08:45")]
    view = TheatreView(*situation(ROOM, cases=cases))
    found = audit(ROOM, view, Area(frozenset({"K3"}), 0, 0))
    assert [breach.about.subjects for breach in found] == [("K1", "K3"), ("K2", "K3")]


# --- in the session ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("08:00", []),
        ("07:59", [("starts_early", ("K1",), 1)]),
        ("15:59", []),
        ("16:00", [("starts_after_end", ("K1",), 1)]),
        ("16:30", [("starts_after_end", ("K1",), 31)]),
    ],
)
def test_a_case_starts_inside_its_session(start: str, expected: list[Any]) -> None:
    assert said(SESSION, cases=[case("K1", start)]) == expected


def test_a_closed_session_refuses_all_minutes_started_or_not() -> None:
    sessions = [{"id": "A", "closed": True}]
    for start in (None, "08:00"):
        found = said(SESSION, sessions=sessions, cases=[case("K1", start, 45)])
        assert found == [("session_closed", ("K1",), 45)]


def test_a_start_is_missed_only_where_the_study_has_a_clock() -> None:
    rule = NeedsStart(id="start")
    problem, plan = situation(rule, cases=[case("K1"), case("K2", "09:00")])
    found = audit(rule, TheatreView(problem, plan))
    assert [(b.about.subjects, b.amount) for b in found] == [(("K1",), 1)]
    clockless = problem.with_records("rule", ())
    object.__setattr__(clockless, "clock", False)
    assert audit(rule, TheatreView(clockless, plan)) == []


# --- overtime --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "grace", "start", "late"),
    [
        ("end", 0, "13:00", 0),
        ("end", 0, "13:01", 1),
        ("end", 30, "13:30", 0),
        ("end", 30, "13:35", 5),
        ("allowed", 0, "14:00", 0),
        ("allowed", 0, "14:01", 1),
    ],
)
def test_a_session_may_end_so_late(after: str, grace: int, start: str, late: int) -> None:
    rule = SessionOvertime(id="T03", after=after, grace=grace)
    sessions = [{"id": "A", "end": "15:00", "overtime": 60}]
    cases = [case("K0", "08:00"), case("K1", start, 120)]
    found = said(rule, sessions=sessions, cases=cases)
    assert found == ([(f"late_{after}", ("A",), late)] if late else [])


def test_without_all_starts_a_session_is_judged_by_its_sum_less_the_longest_turnover() -> None:
    rule = SessionOvertime(id="T03", after="end")
    sessions = [{"id": "A", "end": "12:00"}]  # 240 minutes
    cases = [case("K1", "08:00", 120, turnover=20), case("K2", None, 115, turnover=30)]
    # 120 + 20 + 115 + 30 − 30 = 255
    assert said(rule, sessions=sessions, cases=cases) == [("late_end", ("A",), 15)]


def test_the_overtime_guide_spares_the_mean_turnover_and_the_relaxation_the_longest() -> None:
    rule = SessionOvertime(id="T03", after="end")
    table: dict[str, Any] = {
        "sessions": [{"id": "A", "end": "12:00"}],
        "cases": [case("K1", None, 120, turnover=10), case("K2", None, 100, turnover=30)],
    }
    assert [row.hi for row in linear(rule, "relaxation", **table)] == [240 + 30]
    (guide,) = linear(rule, "guide", **table)
    assert guide.hi == 240 + 20
    assert loads(guide, space(rule, **table)) == {("K1", "A", "X1"): 130, ("K2", "A", "X1"): 130}


# --- surgeons --------------------------------------------------------------------------------------


def test_a_surgeon_day_without_all_starts_is_judged_by_its_sum() -> None:
    sessions = [{"id": "A", "end": "12:00"}, {"id": "B", "theatre": "R2", "end": "12:00"}]
    cases = [case("K1", "08:00", 150), case("K2", None, 95, **{"in": "B"})]
    # both sessions together run 240 minutes
    assert said(SURGEON, sessions=sessions, cases=cases) == [("surgeon_full", ("X1",), 5)]
    assert said(SURGEON, sessions=sessions, cases=[cases[0]]) == []


def test_a_surgeon_has_less_time_where_she_is_away_and_more_with_overtime() -> None:
    sessions = [{"id": "A", "end": "12:00", "overtime": 30}]  # 270 minutes
    cases = [case("K1", None, 240)]
    assert said(SURGEON, sessions=sessions, cases=cases) == []
    away = [{"start": "08:00", "end": "09:00"}]
    found = said(SURGEON, sessions=sessions, cases=cases, away=away)
    assert found == [("surgeon_full", ("X1",), 240 - 210)]


def test_a_changeover_counts_after_each_case_of_a_sum_and_may_follow_the_last() -> None:
    rule = SurgeonOverlap(id="T04", changeover=15)
    sessions = [{"id": "A", "end": "12:00"}]
    # 2 × (110 + 15) = 250 of 240 + 15
    assert said(rule, sessions=sessions, cases=[case("K1", None, 110), case("K2", None, 110)]) == []
    cases = [case("K1", None, 115), case("K2", None, 115)]
    found = said(rule, sessions=sessions, cases=cases)
    assert found == [("surgeon_full", ("X1",), 5)]


def test_another_day_of_the_surgeon_is_judged_by_its_own_starts() -> None:
    sessions = [{"id": "A"}, {"id": "B", "day": 1}, {"id": "C", "day": 1, "theatre": "R2"}]
    cases = [
        case("K1", None, 60),
        case("K2", "08:00", 60, **{"in": "B"}),
        case("K3", "08:30", 60, **{"in": "C"}),
    ]
    found = said(SURGEON, sessions=sessions, cases=cases)
    assert found == [("surgeon_overlap", ("X1", "K2", "K3"), 30)]


def test_the_surgeon_guides_ask_for_one_session_a_half_day_and_its_minutes() -> None:
    table: dict[str, Any] = {
        "sessions": [
            {"id": "A", "start": "08:00", "end": "16:00"},
            {"id": "B", "theatre": "R2", "start": "08:00", "end": "12:00"},
        ],
        "cases": [case("K1", None, 65), {"id": "K2", "minutes": 60}],
    }
    apart, minutes = linear(SURGEON, "guide", **table)  # the afternoon has one session only
    assert (apart.lo, apart.each, len(apart.features)) == (1, 3000, 2)
    assert minutes.hi == 270  # 08:00 to noon (12:30)
    assert loads(minutes, space(SURGEON, **table)) == {
        ("K1", "A", "X1"): 33,  # a session over noon counts half to each half-day
        ("K1", "B", "X1"): 65,
        ("K2", "A", "X1"): 30,
        ("K2", "B", "X1"): 60,
    }


@pytest.mark.parametrize(
    ("start", "inside"), [("12:00", 0), ("11:59", 1), ("11:00", 60), ("10:00", 60), ("07:00", 0)]
)
def test_a_surgeon_is_not_operating_while_she_consults(start: str, inside: int) -> None:
    away = [{"start": "08:00", "end": "12:00"}]
    found = said(SurgeonAway(id="T06"), cases=[case("K1", start)], away=away)
    assert found == ([("surgeon_away", ("K1",), inside)] if inside else [])


@pytest.mark.parametrize(
    ("minutes", "away", "refused"),
    [
        (60, [{"start": "08:00", "end": "15:59"}], False),  # one minute is left to start in
        (60, [{"start": "08:00", "end": "16:00"}], True),
        (120, [{"start": "10:00", "end": "16:00"}], False),  # ends as the absence begins
        (125, [{"start": "10:00", "end": "16:00"}], True),
        (60, [{}], True),  # the whole day
        (90, [{"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}], True),
        (60, [{"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}], False),
    ],
)
def test_an_absence_refuses_a_case_only_where_no_start_is_left(
    minutes: int, away: list[dict[str, Any]], refused: bool
) -> None:
    rule = SurgeonAway(id="T06")
    expected = [("surgeon_absent", ("K1",), minutes)] if refused else []
    assert said(rule, cases=[case("K1", None, minutes)], away=away) == expected


def test_idle_time_is_the_day_from_first_start_to_last_end_less_the_cases() -> None:
    rule = SurgeonIdle(id="idle")
    cases = [case("K1", "08:00"), case("K2", "09:20"), case("K3", "11:00")]
    assert said(rule, cases=cases) == [("surgeon_idle", ("X1",), 60)]
    assert said(rule, cases=[*cases[:2], case("K3")]) == []
    assert said(rule, cases=[case("K1", "08:00"), case("K2", "08:30")]) == []  # they overlap


# --- recovery ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("end", "late"), [("17:00", 0), ("16:59", 1)])
def test_a_patient_is_out_before_the_recovery_room_closes(end: str, late: int) -> None:
    cases = [case("K1", "15:00", recovery=60)]
    found = said(RecoveryHours(id="T25"), cases=cases, recovery={"end": end})
    assert found == ([("recovery_closes", ("K1",), late)] if late else [])


@pytest.mark.parametrize(("opens", "early"), [("09:00", 0), ("09:01", 1)])
def test_a_patient_does_not_come_before_the_recovery_room_opens(opens: str, early: int) -> None:
    cases = [case("K1", "08:00", recovery=60)]
    found = said(RecoveryHours(id="T25"), cases=cases, recovery={"start": opens})
    assert found == ([("recovery_opens", ("K1",), early)] if early else [])


def test_without_a_start_a_patient_counts_from_the_start_of_the_session() -> None:
    sessions = [{"id": "A", "start": "14:00"}]
    cases = [case("K1", None, 100, recovery=90)]
    found = said(RecoveryHours(id="T25"), sessions=sessions, cases=cases, recovery={"end": "17:00"})
    assert found == [("recovery_closes", ("K1",), 10)]


def test_nobody_is_counted_without_recovery_minutes_or_recovery_room() -> None:
    late = [case("K1", "15:55", 300)]
    assert said(RecoveryHours(id="T25"), cases=late, recovery={"end": "17:00"}) == []
    assert said(RecoveryHours(id="T25"), cases=[case("K1", "15:55", 300, recovery=60)]) == []
    assert said(RecoveryPosts(id="T24"), cases=[case("K1", "15:55", 300, recovery=60)]) == []


@pytest.mark.parametrize(("posts", "expected"), [(3, []), (2, [5]), (1, [60, 55]), (0, [60] * 3)])
def test_each_patient_needs_a_post_while_recovering(posts: int, expected: list[int]) -> None:
    sessions = [{"id": f"S{n}", "theatre": f"R{n}"} for n in (1, 2, 3)]
    cases = [
        case(f"K{n}", "08:00", minutes, recovery=60, surgeon=f"X{n}", **{"in": f"S{n}"})
        for n, minutes in ((1, 60), (2, 60), (3, 115))
    ]
    table: dict[str, Any] = {"sessions": sessions, "cases": cases, "recovery": {"posts": posts}}
    if posts == 1:
        expected = [60, 5]  # the third has a post from 10:00 on, as the first two leave
    found = said(RecoveryPosts(id="T24"), **table)
    assert [amount for _, _, amount in found] == expected


def test_a_recovery_day_without_all_starts_is_judged_by_posts_and_hours() -> None:
    cases = [case("K1", "08:00", 60, recovery=300), case("K2", None, 60, recovery=200)]
    recovery = {"posts": 1, "start": "08:00", "end": "16:00"}
    found = said(RecoveryPosts(id="T24"), cases=cases, recovery=recovery)
    assert found == [("recovery_full", ("PACU",), 500 - 480)]


# --- day cases ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "since", "late"),
    [("08:00", 480, 0), ("08:01", 480, 1), (None, 480, 0), (None, 450, 30), ("07:30", 450, 30)],
)
def test_a_day_case_counts_from_the_start_of_its_session(
    start: str | None, since: int, late: int
) -> None:
    rule = EarlyDayCases(id="day", since=since)
    found = said(rule, cases=[case("K1", start, mode="day")])
    assert found == ([("day_case_late", ("K1",), late)] if late else [])
    assert said(rule, cases=[case("K1", start, mode="outpatient")]) == []


def test_an_empty_plan_breaks_no_rule_about_the_clock() -> None:
    for rule in (ROOM, SESSION, SURGEON, SurgeonAway(id="a"), SurgeonIdle(id="i")):
        problem, _ = situation(rule)
        assert audit(rule, TheatreView(problem, Plan())) == []


def test_the_guide_of_day_cases_makes_each_one_more_in_a_session_dearer() -> None:
    """Four of an hour start 0, 60, 120 and 180 minutes late: 360 in all."""
    rule = EarlyDayCases(id="early")
    cases = [case(f"K{k}", None, 60, mode="day") for k in range(4)]
    cases.append(case("K5", None, 60, mode="inpatient"))
    table: dict[str, Any] = {
        "sessions": [{"id": "A", "start": "08:00", "end": "14:00"}],
        "cases": cases,
    }
    guides = linear(rule, "guide", **table)
    assert [(guide.hi, guide.knee) for guide in guides] == [(60, 120), (180, 240), (300, 360)]
    assert loads(guides[0], space(rule, **table)) == {(f"K{k}", "A", "X1"): 60 for k in range(4)}
    amounts = [
        guide.each * max(0, 240 - (guide.hi or 0)) + guide.beyond * max(0, 240 - (guide.knee or 0))
        for guide in guides
    ]
    assert sum(amounts) == 360
