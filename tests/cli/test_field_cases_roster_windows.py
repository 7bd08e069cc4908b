"""Field cases of hours by date and year, of windows that roll, and of holes in cover: typed and judged."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

House = Any
Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("date", "end", "before", "after"),
    [
        ("2026-07-13", "07:00", 360, 420),  # 14 July is a holiday
        ("2026-07-13", "00:00", 360, 0),
        ("2026-07-13", "00:01", 360, 1),
        ("2026-10-24", "07:00", 360, 480),  # the clock goes back at three
        ("2026-03-28", "07:00", 360, 360),
    ],
)
def test_f08_each_day_has_its_own_hours_of_a_night(
    house: House, date: str, end: str, before: int, after: int
) -> None:
    tomorrow = f"{date[:-2]}{int(date[-2:]) + 1}"
    rules = "".join(
        house.rule(id, "window_sum", window="horizon", split="midnight", most=0, holidays=holidays)
        for id, holidays in (("feasts", "only"), ("others", "never"))
    )
    files = house.roster(date, "N", "D1") | {"holidays": f"id;day\nH;{tomorrow}\n"}
    study = house.study(date, 7, rules, shifts=f"id;start;end\nN;18:00;{end}\n", **files)
    found = house.call("check", study, "--json").document["breaches"]
    expected = {"others": before, "feasts": after}
    assert {each["rule"]: each["amount"] for each in found} == {
        k: n for k, n in expected.items() if n
    }


@pytest.mark.parametrize(
    ("date", "amounts"),
    [
        ("2026-12-31", {"2026-12-31": 240, "2027-12-31": 240}),
        ("2026-12-30", {"2026-12-31": 480}),
        ("2027-01-01", {"2027-12-31": 480}),
        ("2027-12-31", {"2027-12-31": 240, "2028-12-31": 240}),
    ],
)
def test_f09_a_night_over_the_turn_of_the_year_is_of_both(
    house: House, date: str, amounts: dict[str, int]
) -> None:
    rule = house.rule("year", "window_sum", window="year", split="midnight", most=0)
    study = house.study(
        date, 7, rule, shifts="id;start;end\nN;20:00;04:00\n", **house.roster(date, "N", "E1")
    )
    found = house.call("check", study, "--json").document["breaches"]
    assert {each["when"][-10:]: each["amount"] for each in found} == amounts


LONG = "id;start;end\nL;08:00;20:30\n"
DOCTORS = (
    ("rolling", "window_sum", {"window": "rolling", "days": 7, "most": 4320}),
    ("week", "window_sum", {"window": "week", "most": 3000}),
    ("length", "duty_length", {"most": 780}),
    ("run", "run_length", {"most": 3}),
    ("rest", "min_gap", {"minutes": 660}),
)


@pytest.mark.parametrize(
    ("start", "words", "over"),
    [
        ("2026-09-02", "L L L - L L L", [180]),
        ("2026-09-02", "L L L - L L - L", []),  # the eighth day opens another window
        ("2026-09-02", "L L L - L L L L", [180, 180]),
        ("2026-09-02", "L L - L L L -", []),
        ("2026-10-21", "L L L - L L L", [180]),  # days do not last longer over the change
    ],
)
def test_f19_72_hours_in_any_168(house: House, start: str, words: str, over: list[int]) -> None:
    rules = "".join(house.rule(id, kind, **parameters) for id, kind, parameters in DOCTORS)
    study = house.study(start, 10, rules, shifts=LONG, **house.roster(start, words, "L1"))
    found = house.call("check", study, "--json").document["breaches"]
    assert [each["amount"] for each in found if each["rule"] == "rolling"] == over
    if over == [180]:
        assert {each["rule"] for each in found} == {"rolling"}
        assert " 75 h from Wed " in house.said(study)[0]
        assert house.said(study)[0].endswith(", 3 h more than 72 h")


def test_f19_the_solver_keeps_a_place_open(house: House, call: Call) -> None:
    days = [2, 3, 4, 6, 7, 8]
    cover = "".join(f"d{day};2026-09-{day:02d};L;1;1;1\n" for day in days)
    rules = "".join(house.rule(id, kind, **parameters) for id, kind, parameters in DOCTORS)
    study = house.study(
        "2026-09-02",
        7,
        rules + house.rule("cover", "coverage", 1, level="least"),
        shifts=LONG,
        staff="id;contract\nL1;FPH\n",
        cover=f"id;day;shifts;least;best;most\n{cover}",
    )
    ended = call("solve", study, "--effort", 1, "--json")
    assert (ended.code, ended.document["score"]["hard"]) == (0, 0)
    assert len(house.said(study, "cover")) == 1


CALLS = "id;start;end\nJ;08:00;18:00\nG;18:00;08:00+1\nW;20:00;20:00+1\nV;20:00;08:00+1\n"


@pytest.mark.parametrize(
    ("start", "friday", "amounts"),
    [
        ("2026-03-23", "J", {"18:00-20:00": 120}),
        ("2026-05-04", "J", {"18:00-20:00": 120}),
        ("2026-05-04", "-", {"08:00-18:00": 600, "18:00-20:00": 120}),
        ("2026-05-04", "J G", {}),  # somebody fills the hole, and stays with the weekend's
    ],
)
def test_f35_the_hole_in_on_call_cover_is_named(
    house: House, start: str, friday: str, amounts: dict[str, int]
) -> None:
    day, _, night = friday.partition(" ")
    plan = {"A": f"J J J J {day} - -", "B": f"G G G G {night or '-'} - -", "C": "- - - - W W V"}
    parts = [house.roster(start, words, who)["duties"] for who, words in plan.items()]
    duties = parts[0] + "".join(part.partition("\n")[2] for part in parts[1:])
    study = house.study(
        start,
        7,
        house.rule("always", "presence", since="08:00", until="24:00"),
        shifts=CALLS,
        staff="id;contract\n" + "".join(f"{who};FPH\n" for who in plan),
        duties=duties,
    )
    found = house.call("check", study, "--json").document["breaches"]
    holes: Counter[str] = Counter()
    for each in found:
        (subject,) = each["subjects"]
        holes[subject] += each["amount"]
    assert holes == amounts
