"""Field cases of rosters as a planner meets them: typed as files, imported, checked, exported."""

import datetime as dt
from typing import Any

import pytest

House = Any

SHIFTS = "id;start;end\nL;13:00;20:30\nM;07:30;15:00\nM9;08:30;16:00\nN;19:00;07:00\n"
WARD = (
    "Code;Début;Fin;Pause non payée\nF;06:00;14:10;30\nT;08:00;16:10;30\n"
    "Z;08:00;14:00;0\nS;12:50;21:00;30\nN;20:20;06:30;45\n"
)


# --- clock changes and calendar -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "late", "rest"),
    [
        ("2026-03-28", "M", "10 h"),
        ("2026-03-28", "M9", None),
        ("2026-03-27", "M", None),
        ("2026-03-29", "M", None),
        ("2026-10-24", "M", None),
        ("2027-03-27", "M", "10 h"),
        ("2028-03-25", "M", "10 h"),
    ],
)
def test_f01_rest_over_the_change(house: House, start: str, late: str, rest: str | None) -> None:
    rule = house.rule("rest", "min_gap", minutes=660)
    study = house.study(start, 7, rule, shifts=SHIFTS, **house.roster(start, f"L {late}"))
    said = house.said(study)
    assert len(said) == (rest is not None)
    assert all(f"{rest} of rest between L of" in each and "1 h short" in each for each in said)


@pytest.mark.parametrize(
    ("date", "minutes"),
    [("2026-03-28", 660), ("2026-03-27", 720), ("2026-03-29", 720), ("2026-10-24", 780)],
)
def test_f01_a_night_over_the_change_is_as_long_as_it_is(
    house: House, date: str, minutes: int
) -> None:
    start = (dt.date.fromisoformat(date) - dt.timedelta(days=1)).isoformat()
    study = house.study(start, 7, shifts=SHIFTS, **house.roster(date, "N"))
    assert house.indicator(study, "staff_minutes") == minutes
    (row,) = house.exported(study, "duties")
    assert (row["date"], row["start"], row["end"]) == (date, "19:00", "07:00+1")


@pytest.mark.parametrize("start", ["2026-10-19", "2026-03-16"])
def test_f04_fourteen_days_over_the_change(house: House, start: str) -> None:
    rules = "".join(
        house.rule(f"{window}{most}", "window_count", window=window, days=14, most=most)
        for window in ("rolling", "horizon")
        for most in (13, 14)
    )
    files = house.roster(start, " ".join(["M"] * 14))
    study = house.study(start, 14, rules, shifts=SHIFTS, **files)
    found = house.call("check", study, "--json").document["breaches"]
    assert [(each["rule"], each["amount"]) for each in found] == [
        ("rolling13", 1),
        ("horizon13", 1),
    ]
    first = dt.date.fromisoformat(start)
    dates = [(first + dt.timedelta(days=day)).isoformat() for day in range(14)]
    assert [row["date"] for row in house.exported(study, "duties")] == dates
    late = house.folder(start, 14, shifts=SHIFTS, **house.roster(start, "- " * 14 + "M"))
    assert house.call("import", late, "--out", late.with_suffix(".opale")).code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("D - D - D - D", ["C1: 48 h in week 53 of 2026, 4 h more than 44 h"]),
        ("D - D - D - - D", []),
        ("- - - - D - D D D D - -", []),
        ("- - - - - - - D D D D", ["C1: 48 h in week 1 of 2027, 4 h more than 44 h"]),
    ],
)
def test_f06_a_week_over_the_turn_of_the_year(house: House, words: str, said: list[str]) -> None:
    rule = house.rule("week", "window_sum", window="week", most=2640)
    files = house.roster("2026-12-28", words, "C1")
    study = house.study("2026-12-28", 14, rule, shifts="id;start;end\nD;07:00;19:00\n", **files)
    assert house.said(study) == said


@pytest.mark.parametrize(("past", "hours"), [("D|-|D|-", 48), ("-|-|D|-", None)])
def test_f06_a_week_that_began_in_the_year_before(
    house: House, past: str, hours: int | None
) -> None:
    files = house.roster("2027-01-01", "D - D", "C1") | {"histories": f"id;past\nC1;{past}\n"}
    rule = house.rule("week", "window_sum", window="week", most=2640)
    study = house.study("2027-01-01", 7, rule, shifts="id;start;end\nD;07:00;19:00\n", **files)
    wanted = [f"C1: {hours} h in week 53 of 2026, 4 h more than 44 h"] if hours else []
    assert house.said(study) == wanted


# --- nights over midnight -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evening", "short"), [("14:00", "4 h"), ("17:59", "1 min"), ("18:00", None)]
)
def test_f08_a_night_and_the_evening_after_it(
    house: House, evening: str, short: str | None
) -> None:
    shifts = f"id;start;end\nN;18:00;07:00\nE;{evening};22:00\n"
    rule = house.rule("rest", "min_gap", minutes=660)
    files = house.roster("2026-07-13", "N E", "D1")
    study = house.study("2026-07-13", 7, rule, shifts=shifts, **files)
    assert [f"{short} short of 11 h" in each for each in house.said(study)] == [True] * bool(short)
    night = house.exported(study, "duties")[0]
    assert (night["date"], night["shift"], night["end"]) == ("2026-07-13", "N", "07:00+1")


@pytest.mark.parametrize("date", ["2026-12-31", "2028-02-29", "2026-06-30"])
@pytest.mark.parametrize(("end", "minutes"), [("04:00", 480), ("19:59", 1439), ("00:00", 240)])
def test_f09_a_night_is_never_negative(house: House, date: str, end: str, minutes: int) -> None:
    shifts = f"id;start;end\nN;20:00;{end}\n"
    study = house.study(date, 7, shifts=shifts, **house.roster(date, "N", "E1"))
    assert house.indicator(study, "staff_minutes") == minutes


@pytest.mark.parametrize("bad", ["22:00;??", "22:00;22:00-??", "22:00-??;06:00", "22:00;"])
@pytest.mark.parametrize("before", [0, 5, 10])
def test_f09_one_unreadable_line_among_ten_is_named(house: House, bad: str, before: int) -> None:
    good = [f"S{n};22:00;06:00\n" for n in range(10)]
    rows = "".join([*good[:before], f"X;{bad}\n", *good[before:]])
    (fault,) = house.refused("2026-06-01", 7, shifts=f"id;start;end\n{rows}")
    assert fault.startswith(f"shifts.csv, line {before + 2}, column ")
    study = house.study("2026-06-01", 7, shifts="id;start;end\n" + "".join(good))
    assert house.call("info", study, "--json").document["counts"]["shift"] == 10


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("X+Y", []),  # both of the 9th: 02:00-08:00 is that morning
        ("X Y", ["F: X of Sat 9 May and Y of Sun 10 May overlap by 2 h"]),
        ("X P", []),  # they touch at 04:00
        ("A+B+C", ["F: B of Sat 9 May and C of Sat 9 May overlap by 2 h"]),
    ],
)
def test_f11_which_duties_overlap(house: House, words: str, said: list[str]) -> None:
    shifts = (
        "id;start;end\nX;22:00;04:00\nY;02:00;08:00\nP;04:00;08:00\n"
        "A;08:00;12:00\nB;14:00;18:00\nC;16:00;20:00\n"
    )
    rule = house.rule("apart", "min_gap", minutes=0)
    study = house.study(
        "2026-05-09", 3, rule, shifts=shifts, **house.roster("2026-05-09", words, "F")
    )
    assert house.said(study) == said


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        ("16:00;24:00", 480),
        ("16:00;00:00", 480),
        ("16h;0h", 480),
        ("00:00;24:00", 1440),
        ("00:00;00:00+1", 1440),
        ("16:00;00:30+1", 510),
    ],
)
def test_f12_until_midnight(house: House, times: str, minutes: int) -> None:
    shifts = f"id;start;end\nN;{times}\n"
    study = house.study("2026-06-01", 7, shifts=shifts, **house.roster("2026-06-02", "N"))
    assert house.indicator(study, "staff_minutes") == minutes


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ("00:00;00:00", "nothing, or a whole day?"),
        ("20:00;20:00", "nothing, or a whole day?"),
        ("24:00;24:00", "nothing, or a whole day?"),
        ("16:00;24:30", "“24:30” is after 24:00"),
        ("16:00;25:00", "“25:00” is no time of day"),
    ],
)
def test_f12_no_time_is_taken_as_nothing(house: House, times: str, told: str) -> None:
    (fault,) = house.refused("2026-06-01", 7, shifts=f"id;start;end\nM;07:00;15:00\nN;{times}\n")
    assert fault.startswith("shifts.csv, line 3, column end: ")
    assert told in fault


@pytest.mark.parametrize(
    ("words", "rest"), [("E N", "0 min"), ("- E N", "0 min"), ("E - N", None), ("N+E", "8 h")]
)
def test_f14_the_start_of_a_shift_decides_its_date(
    house: House, words: str, rest: str | None
) -> None:
    shifts = "id;start;end\nE;16:00;24:00\nN;00:00;08:00\n"
    rule = house.rule("rest", "min_gap", minutes=660)
    study = house.study(
        "2025-11-02", 28, rule, shifts=shifts, **house.roster("2025-11-02", words, "H1")
    )
    assert [f"{rest} of rest" in each for each in house.said(study)] == [True] * bool(rest)


@pytest.mark.parametrize(
    ("dates", "weekends"),
    [
        ("2025-11-01", 0),  # a Saturday is no day of theirs
        ("2025-11-02", 1),
        ("2025-11-03", 1),
        ("2025-11-02 2025-11-03", 1),
        ("2025-11-09 2025-11-17 2025-11-23", 3),
        ("2025-11-04 2025-11-07 2025-11-08", 0),
    ],
)
def test_f14_the_weekend_of_night_staff_is_sunday_and_monday(
    house: House, dates: str, weekends: int
) -> None:
    shifts = "id;start;end\nN;00:00;08:00\n"
    rows = "".join(f"H1;{date};N\n" for date in dates.split())
    study = house.study(
        "2025-11-01",
        28,
        house.rule("free", "weekend_count", weekend=[6, 0], most=0),
        staff="id;contract\nH1;FPH\n",
        shifts=shifts,
        duties=f"person;date;shift\n{rows}",
    )
    found = house.call("check", study, "--json").document["breaches"]
    assert sum(each["amount"] for each in found) == weekends


# --- the edge of the horizon ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("past", "words", "breaches"),
    [
        ("N|N|N|N", "N", 1),
        ("N|N|N|N", "- N", 0),
        ("-|N|N|N", "N", 0),
        ("-|N|N|N", "N N", 1),
        ("N|N|N|-", "N N N N", 0),
        (None, "N", 0),
    ],
)
def test_f15_a_run_that_began_before(
    house: House, past: str | None, words: str, breaches: int
) -> None:
    files = house.roster("2025-11-01", words, "I1")
    if past is not None:
        files["histories"] = f"id;past\nI1;{past}\n"
    rule = house.rule("run", "run_length", tag="N", most=4)
    study = house.study("2025-11-01", 14, rule, shifts=SHIFTS, **files)
    assert len(house.said(study)) == breaches
    told = "There is no history for I1" in house.faults(study)
    assert told == (past is None)


# --- working time ---------------------------------------------------------------------------------

LAW = (
    ("seven", "window_sum", {"window": "rolling", "days": 7, "most": 2880}),
    ("week", "window_sum", {"window": "week", "most": 2640}),
    ("rest12", "min_gap", {"minutes": 720}),
    ("rest11", "min_gap", {"minutes": 660}),
)


@pytest.mark.parametrize(
    ("times", "words", "broken"),
    [
        ("07:00;19:00", "D D D D D", {"seven"}),
        ("07:00;19:00", "D D D - D", set()),  # 48 h to the minute, 36 h and 12 h
        ("07:00;19:01", "D D D - D", {"seven", "rest12"}),
        ("07:00;19:30", "D D D - -", {"rest12"}),  # 11 h 30 pass the one and fail the other
    ],
)
def test_f20_48_hours_in_any_7_days(house: House, times: str, words: str, broken: set[str]) -> None:
    rules = "".join(house.rule(id, kind, **parameters) for id, kind, parameters in LAW)
    files = house.roster("2026-09-04", words, "M1")
    shifts = f"id;start;end\nD;{times}\n"
    study = house.study("2026-09-04", 10, rules, shifts=shifts, **files)
    found = house.call("check", study, "--json").document["breaches"]
    assert {each["rule"] for each in found} == broken
    if words == "D D D D D":
        first = "M1: 60 h from Fri 4 Sep to Thu 10 Sep, 12 h more than 48 h"
        assert house.said(study, "seven")[0] == first


@pytest.mark.parametrize(
    ("words", "rest", "limits"),
    [
        ("S F", "9 h", {600, 660}),
        ("S T", "11 h", set()),
        ("N Z", "1 h 30", {600, 660}),
        ("F+N", "6 h 10", {600, 660}),
        ("T F", "13 h 50", set()),
    ],
)
def test_f22_rests_to_the_minute(house: House, words: str, rest: str, limits: set[int]) -> None:
    rules = "".join(house.rule(str(most), "min_gap", minutes=most) for most in (600, 660, 840))
    study = house.study("2026-06-01", 7, rules, shifts=WARD, **house.roster("2026-06-01", words))
    found = house.call("check", study, "--json").document["breaches"]
    assert {int(each["rule"]) for each in found} - {840} == limits
    (said,) = house.said(study, "840")
    assert f"A: {rest} of rest" in said


@pytest.mark.parametrize(
    ("words", "worked", "present"), [("F F F F F N", 2865, 3060), ("F F F F F", 2300, 2450)]
)
def test_f23_worked_time_and_presence(house: House, words: str, worked: int, present: int) -> None:
    rules = "".join(
        house.rule(f"{measure}{most}", "window_sum", window="week", measure=measure, most=most)
        for measure, minutes in (("effective", worked), ("elapsed", present))
        for most in (minutes - 1, minutes)
    ) + house.rule("least", "window_sum", window="week", least=2310, most=10_000)
    files = house.roster("2026-06-01", words)
    study = house.study(
        "2026-06-01", 7, rules, contracts="id;week\nFPH;38,5\n", shifts=WARD, **files
    )
    assert house.indicator(study, "staff_minutes") == worked
    assert house.indicator(study, "minutes_below") == max(0, 2310 - worked)
    found = house.call("check", study, "--json").document["breaches"]
    amounts = {each["rule"]: each["amount"] for each in found}
    few = {"least": 10} if worked < 2310 else {}
    assert amounts == {f"effective{worked - 1}": 1, f"elapsed{present - 1}": 1, **few}
