"""Situations from the field in which planning tools went wrong, judged by the rules of rosters.

Unless said otherwise: Paris time, a minimum rest of 11 hours, and duties that touch do not overlap.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from roster_words import REST, WARD, Found, broken, facts, judged, sentences, shift, situation

from planner import packs
from planner.facts import facts as facts_of
from planner.people import Absence, StaffMember
from planner.plan import Plan
from planner.problem import Problem, faults
from planner.rostering import CoverRequirement
from planner.rules.equity import fair_shares
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.equity import Equity
from planner.rules.roster.min_gap import MinGap
from planner.rules.roster.run_length import RunLength
from planner.rules.roster.shift_skill import ShiftSkill
from planner.rules.roster.window_count import WindowCount
from planner.rules.roster.window_sum import WindowSum

APART = MinGap(id="apart", minutes=0)


# --- clock changes and calendar -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roster", "start", "rest"),
    [
        ("L M", (2026, 3, 28), 600),  # the wall clock shows 11 h
        ("L M9", (2026, 3, 28), 660),
        ("L M", (2026, 3, 21), 660),  # a week before
        ("L M", (2026, 3, 29), 660),  # a day after
        ("L M", (2026, 10, 24), 720),  # autumn gives an hour
        ("L M", (2027, 3, 27), 600),
    ],
)
def test_f01_rest_is_time_that_passes(roster: str, start: tuple[int, int, int], rest: int) -> None:
    shifts = (
        shift("L", "13:00", "20:30"),
        shift("M", "07:30", "15:00"),
        shift("M9", "08:30", "16:00"),
    )
    problem, plan = situation({"A": roster}, dt.date(*start), shifts=shifts)
    assert broken(REST, problem, plan) == ([Found("rest_short", 0, 1, 1)] if rest < 660 else [])
    (said,) = facts(MinGap(id="rest", minutes=rest + 1), problem, plan)
    assert said["rest"] == rest


def test_f01_the_sentence_gives_the_true_rest() -> None:
    shifts = (shift("L", "13:00", "20:30"), shift("M", "07:30", "15:00"))
    problem, plan = situation({"A1": "L M"}, dt.date(2026, 3, 28), shifts=shifts)
    (said,) = sentences(REST, problem, plan)
    assert said == "A1: 10 h of rest between L of Sat 28 Mar and M of Sun 29 Mar, 1 h short of 11 h"
    (said,) = sentences(REST, problem, plan, "fr")
    assert "10 h de repos" in said
    assert "il manque 1 h" in said


def test_f01_the_night_of_the_change_has_660_minutes() -> None:
    shifts = (shift("N", "19:00", "31:00"),)
    problem, _ = situation({"A3": "N"}, dt.date(2026, 3, 28), shifts=shifts)
    assert facts_of(problem).effective(0, "N") == 660
    assert facts_of(problem).effective(1, "N") == 720


def test_f04_fourteen_days_over_the_change_are_fourteen_days() -> None:
    roster = " ".join(["M"] * 14)
    start = dt.date(2026, 10, 19)
    for most, found in ((14, []), (13, [Found("days_many", 0, 13, 1)])):
        assert judged(WindowCount(id="R", most=most), roster, start) == found
        rolling = WindowCount(id="R", window="rolling", days=14, most=most)
        assert judged(rolling, roster, start) == found


@pytest.mark.parametrize(
    ("start", "roster", "found"),
    [
        ((2026, 12, 28), "D12 - D12 - D12 - D12 -", [Found("hours_many_week", 0, 6, 240)]),
        ((2026, 12, 28), "D12 - D12 - D12 - - D12", []),  # 4 January opens week 1
        ((2025, 12, 29), "D12 - D12 - D12 - D12 -", [Found("hours_many_week", 0, 6, 240)]),
        ((2024, 12, 30), "D12 - D12 - D12 - D12 -", [Found("hours_many_week", 0, 6, 240)]),
        ((2027, 1, 1), "- - - D12 - D12 - D12 -", []),
    ],
)
def test_f06_a_week_over_the_turn_of_the_year_is_one(
    start: tuple[int, int, int], roster: str, found: list[Found]
) -> None:
    rule = WindowSum(id="R", window="week", most=2640)
    assert judged(rule, roster, dt.date(*start)) == found


def test_f06_the_sentence_names_week_53() -> None:
    rule = WindowSum(id="R", window="week", most=2640)
    case = situation({"C1": "D12 - D12 - D12 - D12"}, dt.date(2026, 12, 28))
    assert sentences(rule, *case) == ["C1: 48 h in week 53 of 2026, 4 h more than 44 h"]


# --- nights over midnight -------------------------------------------------------------------------


def test_f08_a_night_belongs_to_its_start_and_lasts_13_hours() -> None:
    shifts = (shift("N", "18:00", "31:00", 0, "night"), shift("E", "14:00", "20:00"))
    problem, plan = situation({"D1": "N E"}, dt.date(2026, 7, 13), shifts=shifts)
    (said,) = facts(REST, problem, plan)
    assert (said["rest"], said["short"]) == (420, 240)
    assert facts_of(problem).effective(0, "N") == 780
    nights = WindowCount(id="R", tag="night", window="rolling", days=1, most=0)
    assert broken(nights, problem, plan) == [Found("days_many", 0, 0, 1)]
    first, last = facts_of(problem).span(0, "N")
    midnight = problem.horizon.elapsed(1, 0)
    assert (midnight - first, last - midnight) == (360, 420)


@pytest.mark.parametrize("date", [(2026, 12, 31), (2026, 6, 30), (2026, 2, 28)])
def test_f09_a_night_is_never_negative_or_nothing(date: tuple[int, int, int]) -> None:
    shifts = (shift("N", "20:00", "28:00"),)
    problem, plan = situation({"E1": "N -"}, dt.date(*date), shifts=shifts)
    assert facts_of(problem).effective(0, "N") == 480
    rule = WindowSum(id="R", window="horizon", most=479)
    assert broken(rule, problem, plan) == [Found("hours_many", 0, 1, 1)]


@pytest.mark.parametrize(
    ("roster", "overlap"),
    [
        ("E+O", None),  # both of the 9th: 02:00-08:00 is that morning
        ("E O", 120),  # 02:00-04:00 on the 10th
        ("E P", None),  # they touch at 04:00
        ("O E", None),
    ],
)
def test_f11_which_shifts_really_overlap(roster: str, overlap: int | None) -> None:
    shifts = (
        shift("E", "22:00", "28:00"),
        shift("O", "02:00", "08:00"),
        shift("P", "04:00", "08:00"),
    )
    problem, plan = situation({"F": roster}, dt.date(2026, 5, 9), shifts=shifts)
    found = [said["overlap"] for said in facts(APART, problem, plan)]
    assert found == ([] if overlap is None else [overlap])


def test_f11_on_one_day_only_the_pair_that_overlaps_is_named() -> None:
    shifts = (
        shift("A", "08:00", "12:00"),
        shift("B", "14:00", "18:00"),
        shift("C", "16:00", "20:00"),
    )
    problem, plan = situation({"F3": "A+B+C"}, dt.date(2026, 5, 9), shifts=shifts)
    (said,) = facts(APART, problem, plan)
    assert (said["early"], said["late"], said["overlap"]) == ("B", "C", 120)


def test_f12_until_midnight_is_written_24_and_nothing_lasts_0_minutes() -> None:
    shifts = (shift("E", "16:00", "24:00"), shift("G", "00:00", "24:00"))
    problem, _ = situation({"A": "E"}, shifts=shifts)
    assert [facts_of(problem).effective(0, id) for id in ("E", "G")] == [480, 1440]
    nothing = (shift("Z", "00:00", "00:00"),)
    problem, _ = situation({"A": "-"}, shifts=nothing)
    assert "ends_before_start" in {fault.what for fault in faults(problem)}


def test_f14_the_start_of_a_shift_decides_its_date() -> None:
    shifts = (shift("E", "16:00", "24:00"), shift("N", "00:00", "08:00", 0, "night"))
    problem, plan = situation({"H1": "E N"}, dt.date(2025, 11, 2), shifts=shifts)
    (said,) = facts(REST, problem, plan)
    assert said["rest"] == 0
    assert broken(APART, problem, plan) == []


# --- horizon edges --------------------------------------------------------------------------------

NIGHTS = RunLength(id="R", tag="night", most=4)
ALL_SAINTS = dt.date(2025, 11, 1)


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("N12 N12 N12 N12 | N12", [Found("run_long", -4, 0, 1)]),
        ("N12 N12 N12 N12 | - N12", []),
        ("- N12 N12 N12 | N12 -", []),
        ("- N12 N12 N12 | N12 N12", [Found("run_long", -3, 1, 1)]),
        ("N12 N12 N12 ? | N12", []),
        ("? N12 N12 N12 | N12 N12", [Found("run_long", -3, 1, 1)]),
    ],
)
def test_f15_a_run_that_began_before_the_horizon(roster: str, found: list[Found]) -> None:
    assert judged(NIGHTS, roster, ALL_SAINTS) == found


def test_f15_a_person_without_history_is_said_to_have_none() -> None:
    problem, plan = situation({"I1": "N12 N12 N12 N12", "I2": "- | - - - -"}, ALL_SAINTS)
    assert broken(NIGHTS, problem, plan) == []
    assert [(f.what, f.id) for f in faults(problem)] == [("no_history", "I1")]


# --- working-time rules ---------------------------------------------------------------------------


def test_f20_48_hours_in_any_7_days() -> None:
    shifts = (shift("D", "07:00", "19:00"),)
    problem, plan = situation(
        {"M1": "D D D D D - - - - -"},
        dt.date(2026, 9, 4),
        shifts=shifts,
        rules=packs.load("fr_fph").rules,
    )
    rules = {rule.id: rule for rule in problem.rules if rule.enabled}
    found = {id: broken(rule, problem, plan) for id, rule in rules.items()}
    assert found["FR04"] == [Found("hours_many", 0, 6, 720)]
    assert found["FR05"] == []  # 36 h and 24 h
    assert found["FR06"] == []  # 12 h to the minute
    assert sentences(rules["FR04"], problem, plan) == [
        "M1: 60 h from Fri 4 Sep to Thu 10 Sep, 12 h more than 48 h"
    ]


@pytest.mark.parametrize(
    ("roster", "rest", "allowed"),
    [
        ("S F", 540, False),
        ("S T", 660, True),  # equal to the limit
        ("N Z", 90, False),
        ("F+N", 370, False),
        ("T F", 830, True),
    ],
)
def test_f22_rests_of_a_ward_to_the_minute(roster: str, rest: int, allowed: bool) -> None:
    problem, plan = situation({"A": roster}, shifts=WARD)
    assert (facts(REST, problem, plan) == []) == allowed
    (said,) = facts(MinGap(id="R", minutes=rest + 1), problem, plan)
    assert said["rest"] == rest


def test_f23_presence_and_worked_time() -> None:
    for measure, minutes in (("effective", 2865), ("elapsed", 3060)):
        for most, found in ((minutes, []), (minutes - 1, [Found("hours_many_week", 0, 6, 1)])):
            rule = WindowSum(id="R", window="week", measure=measure, most=most)
            assert judged(rule, "F F F F F N -", shifts=WARD) == found
    five = WindowSum(id="R", window="week", least=2310, most=None)
    assert judged(five, "F F F F F - -", shifts=WARD) == [Found("hours_few_week", 0, 6, 10)]


# --- cover, pins, minimum numbers -----------------------------------------------------------------


def test_f27_the_place_that_cannot_be_filled_is_named() -> None:
    """Three with skill X on Saturday night; R1 to R3 have it, and R3 is on leave."""
    skilled = frozenset({"X"})
    staff = tuple(
        StaffMember(id=f"R{n}", contract="FPH", skills=skilled if n <= 3 else frozenset())
        for n in range(1, 6)
    )
    need = CoverRequirement(
        id="sat", day=0, shifts=frozenset({"N12"}), skill="X", least=3, price_below=100
    )
    more: dict[str, Any] = {
        "staff": staff,
        "cover": (need,),
        "absences": (Absence(id="leave", person="R3", first=0, last=1),),
    }
    saturday = dt.date(2026, 6, 6)
    duties = {"R1": "N12", "R2": "N12", "R3": "-", "R4": "-", "R5": "-"}
    problem, plan = situation(duties, saturday, **more)
    cover = Coverage(id="cover", tier=1)
    assert broken(cover, problem, plan) == [Found("cover_least_skill", 0, 0, 100)]
    assert sentences(cover, problem, plan) == ["Sat 6 Jun, N12 (X): 2 of 3 needed, 1 missing"]
    assert broken(NotWhileAway(id="away"), problem, plan) == []
    with_others = situation({**duties, "R4": "N12", "R5": "N12"}, saturday, **more)
    assert broken(cover, *with_others) == [Found("cover_least_skill", 0, 0, 100)]
    assert len(broken(ShiftSkill(id="s", tag="night", skill="X"), *with_others)) == 2
    back = situation({**duties, "R3": "N12"}, saturday, **(more | {"absences": ()}))
    assert broken(cover, *back) == []


def test_f29_a_pinned_odd_shift_and_the_night_before_it() -> None:
    problem, plan = situation({"S1": "N Z"}, dt.date(2024, 11, 4), shifts=WARD)
    (said,) = facts(REST, problem, plan)
    assert (said["rest"], said["early"], said["late"]) == (90, "N", "Z")
    alone, plan = situation({"S1": "- Z"}, dt.date(2024, 11, 4), shifts=WARD)
    assert broken(REST, alone, plan) == []


def test_f30_four_minima_of_8_are_one_day_too_many() -> None:
    rosters = {
        f"T{n}": " ".join("M" if day % 4 == n else "-" for day in range(31)) for n in range(4)
    }
    problem, plan = situation(rosters)
    found = broken(WindowCount(id="R", least=8), problem, plan)
    assert sum(each.amount for each in found) == 1
    assert broken(WindowCount(id="R", least=7), problem, plan) == []


@pytest.mark.parametrize(
    ("shares", "short"),
    [((8, 8, 8, 7), 0), ((9, 8, 7, 7), 0), ((8, 8, 9, 6), 1), ((11, 7, 7, 6), 1)],
)
def test_f30_four_minima_of_7_fit_into_31_days(shares: tuple[int, ...], short: int) -> None:
    """Of those that fit 8, 8, 8 and 7 is the fairest."""
    problem, plan = _one_a_day(shares)
    assert sum(item.amount for item in broken(WindowCount(id="R", least=7), problem, plan)) == short
    fair = Equity(id="F", tier=4, burdens=(("M", 100),), tolerance=0, step=100)
    points = sum(item.amount for item in broken(fair, problem, plan))
    best = sum(item.amount for item in broken(fair, *_one_a_day((8, 8, 8, 7))))
    assert points >= best
    assert (points == best) == (sorted(shares) == [7, 8, 8, 8])


@pytest.mark.parametrize(("days", "short"), [(28, 0), (27, 1), (31, 0), (32, 0)])
def test_f30_seven_each_need_28_days(days: int, short: int) -> None:
    shares = tuple(len(range(n, days, 4)) for n in range(4))
    found = broken(WindowCount(id="R", least=7), *_one_a_day(shares))
    assert sum(item.amount for item in found) == short


def _one_a_day(shares: tuple[int, ...]) -> tuple[Problem, Plan]:
    """Give each doctor so many days, one after the other; each day needs one of them."""
    days, rosters, first = sum(shares), {}, 0
    for number, share in enumerate(shares):
        own = range(first, first + share)
        rosters[f"T{number}"] = " ".join("M" if day in own else "-" for day in range(days))
        first += share
    cover = tuple(
        CoverRequirement(id=f"c{day}", day=day, shifts=frozenset({"M"}), least=1)
        for day in range(days)
    )
    return situation(rosters, cover=cover)


# --- a cap per calendar day, and fairness by contract share ---------------------------------------

LONG = (shift("S1", "08:30", "16:30"), shift("S2", "16:30", "32:30"))
CAP = WindowSum(id="cap", window="rolling", days=1, split="midnight", measure="elapsed", most=930)


@pytest.mark.parametrize(
    ("roster", "start", "found"),
    [
        ("S1+S2 -", (2026, 7, 15), []),  # P1: 930 and 510 minutes
        ("S2 S1 -", (2026, 7, 15), [60]),  # P2: 450 on Wednesday, 990 on Thursday
        ("S2 - S1", (2026, 7, 15), []),  # a day more between them
        ("S2 S2 -", (2026, 7, 15), [30]),  # 510 + 450 on Thursday
        ("- S2 | S1 -", (2026, 7, 15), [60]),  # the night before the horizon
        ("S2 S1 -", (2026, 3, 28), []),  # the night of the change gives 450 and 450: 930 with S1
        ("S2 S1 -", (2026, 10, 24), [120]),
    ],
)
def test_f25_a_cap_per_calendar_day_depends_on_the_order(
    roster: str, start: tuple[int, int, int], found: list[int]
) -> None:
    shifts = (LONG[0], replace(LONG[1], track="call"))
    problem, plan = situation({"P": roster}, dt.date(*start), shifts=shifts)
    assert [item.amount for item in broken(CAP, problem, plan)] == found


def test_f25_one_minute_less_of_the_cap_is_broken_by_that_minute() -> None:
    shifts = (LONG[0], replace(LONG[1], track="call"))
    problem, plan = situation({"P1": "S1+S2 -"}, shifts=shifts)
    assert [item.amount for item in broken(replace(CAP, most=929), problem, plan)] == [1]
    whole = MinGap(id="R", minutes=1)  # 24 hours at a stretch: a rule on rest would object
    assert len(broken(whole, problem, plan)) == 1


@pytest.mark.parametrize(
    ("nights", "fair"),
    [
        ((10, 10, 8, 5), True),
        ((9, 10, 8, 6), False),
        ((8, 8, 8, 9), False),  # an equal split: 4 of 50 per cent has 180 per cent of her share
        ((11, 10, 8, 4), False),
        ((10, 10, 7, 6), False),
    ],
)
def test_f32_nights_are_shared_by_contract(nights: tuple[int, ...], fair: bool) -> None:
    """33 nights of people of 100, 100, 80 and 50 per cent: ten for each full time."""
    rosters, first = {}, 0
    for number, own in enumerate(nights):
        mine = range(first, first + own)
        rosters[f"V{number + 1}"] = " ".join("N12" if d in mine else "-" for d in range(33))
        first += own
    cover = tuple(
        CoverRequirement(id=f"c{day}", day=day, shifts=frozenset({"N12"}), least=1)
        for day in range(33)
    )
    staff = tuple(
        StaffMember(id=f"V{n}", contract="FPH", share=share)
        for n, share in enumerate((100, 100, 80, 50), start=1)
    )
    problem, plan = situation(rosters, cover=cover, staff=staff)
    rule = Equity(id="F", tier=4, burdens=(("night", 1),), tolerance=0, step=1)
    assert (broken(rule, problem, plan) == []) == fair
    assert fair_shares(facts_of(problem), rule.scope, rule.burdens, "work") == {
        "V1": 10, "V2": 10, "V3": 8, "V4": 5,
    }  # fmt: skip
