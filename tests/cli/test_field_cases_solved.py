"""Field cases of solves and of results that no longer fit, through the program alone."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.lock import locked
from data.study_file import open_study
from planner.edits import SetPins
from planner.study import Pin

Call = Callable[..., Any]
House = Any

SHIFTS = "id;start;end;pause;tags\nZ;08:00;14:00;0;work|day\nN;20:20;06:30;45;work|night\n"


def staff(*people: str) -> str:
    """Give the file of staff: each an id, and a skill after a slash."""
    rows = (person.partition("/") for person in people)
    return "id;contract;skills\n" + "".join(f"{id};FPH;{skill}\n" for id, _, skill in rows)


def basics(house: House, cover: int = 1) -> str:
    """Give the rules on rest, leave and cover (its tier given)."""
    return "".join(
        (
            house.rule("rest", "min_gap", minutes=660),
            house.rule("away", "absence"),
            house.rule("cover", "coverage", cover, level="least"),
            house.rule("many", "coverage", cover, level="most"),
        )
    )


# --- what check refuses, the solver does not do ---------------------------------------------------

TABLE = (
    "id;start;end\nL;13:00;20:30\nM;07:30;15:00\nM9;08:30;16:00\nN;19:00;07:00\n"
    "E;16:00;24:00\nG;00:00;08:00\nX;22:00;04:00\nY;02:00;08:00\nP;04:00;08:00\n"
    "F;06:00;14:10\nT;08:00;16:10\nS;12:50;21:00\nK;18:00;07:00\nA;14:00;20:00\nB;18:00;22:00\n"
)


@pytest.mark.parametrize(
    ("start", "needs", "gap", "past", "open_places"),
    [
        ("2026-03-28", "L M", 660, "", 1),  # F01: the clock springs forward
        ("2026-03-28", "L M9", 660, "", 0),
        ("2026-03-21", "L M", 660, "", 0),
        ("2026-07-13", "K A", 660, "", 1),  # F08: the evening after a night
        ("2026-07-13", "K B", 660, "", 0),
        ("2026-05-09", "X Y", 0, "", 1),  # F11: over midnight
        ("2026-05-09", "X P", 0, "", 0),
        ("2025-11-02", "E G", 660, "", 1),  # F14: the start decides the date
        ("2025-11-02", "G E", 660, "", 0),
        ("2025-11-01", "N", 660, "N|N|N|N", 1),  # F15: the fifth night
        ("2025-11-01", "- N", 660, "N|N|N|N", 0),
        ("2025-11-01", "N", 660, "-|N|N|N", 0),
        ("2026-06-01", "S F", 660, "", 1),  # F22: to the minute
        ("2026-06-01", "S T", 660, "", 0),
    ],
)
def test_the_solver_keeps_a_place_open_rather_than_break_a_rest(
    house: House, call: Call, start: str, needs: str, gap: int, past: str, open_places: int
) -> None:
    first = dt.date.fromisoformat(start)
    cover = "".join(
        f"d{day};{first + dt.timedelta(days=day)};{shift};1;1;1\n"
        for day, shift in enumerate(needs.split())
        if shift != "-"
    )
    study = house.study(
        start,
        2,
        house.rule("rest", "min_gap", minutes=gap)
        + house.rule("run", "run_length", tag="N", most=4)
        + house.rule("cover", "coverage", 1, level="least"),
        staff=staff("A1"),
        shifts=TABLE,
        cover=f"id;day;shifts;least;best;most\n{cover}",
        histories=f"id;past\nA1;{past}\n" if past else "id;past\n",
    )
    ended = call("solve", study, "--effort", 1, "--json")
    assert (ended.code, ended.document["score"]["hard"]) == (0, 0)
    assert len(house.said(study, "cover")) == open_places


# --- F27: cover that cannot be met ----------------------------------------------------------------

FIVE = ("R1/X", "R2/X", "R3/X", "R4", "R5")
LEAVE = "id;person;first;last\nL;R3;2024-11-09;2024-11-10\n"


def saturday(house: House, tier: int, people: tuple[str, ...], need: int, leave: str) -> Path:
    """Three are needed on Saturday night; the others of the week are asked of one each."""
    nights = "".join(f"n{day};2024-11-{day:02d};N;X;1;1;3;1\n" for day in (4, 6))
    made: Path = house.study(
        "2024-11-04",
        7,
        basics(house, tier),
        staff=staff(*people),
        shifts=SHIFTS,
        absences=leave,
        cover="id;day;shifts;skill;least;best;most;price_below\n"
        f"{nights}sat;2024-11-09;N;X;{need};{need};{need};1\n",
    )
    return made


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "3 needed (sat), 2 can work"), ("fr", "effectif requis 3 (sat)")]
)
def test_f27_the_open_place_is_named_and_nothing_hides_it(
    house: House, call: Call, lang: str, told: str
) -> None:
    study = saturday(house, 1, FIVE, 3, LEAVE)
    ended = call("solve", study, "--effort", 1, "--json", "--lang", lang)
    assert (ended.code, ended.document["score"]["breaches"]) == (0, 0)
    remark = next(line for line in ended.err.splitlines() if told in line)
    assert "N (X)" in remark  # the night, and the skill that is missing
    assert house.said(study) == ["Sat 9 Nov, N (X): 2 of 3 needed, 1 missing"]
    night = {(r["person"], r["date"]) for r in house.exported(study, "duties") if r["shift"] == "N"}
    assert {who for who, date in night if date == "2024-11-09"} == {"R1", "R2"}
    assert all(any(date == f"2024-11-{day:02d}" for _, date in night) for day in (4, 6))


@pytest.mark.parametrize(
    ("people", "need", "leave"),
    [
        (FIVE, 2, LEAVE),
        (FIVE, 3, LEAVE.splitlines()[0] + "\n"),
        (("R1/X", "R2/X", "R3/X", "R4/X", "R5"), 3, LEAVE),
    ],
    ids=["a lower need", "no leave", "one more with the skill"],
)
def test_f27_each_way_out_is_one_step(
    house: House, call: Call, people: tuple[str, ...], need: int, leave: str
) -> None:
    study = saturday(house, 0, people, need, leave)
    ended = call("solve", study, "--effort", 1, "--json")
    assert (ended.code, ended.document["score"]["hard"]) == (0, 0)
    assert "can work" not in ended.err


def test_f27_as_a_hard_rule_it_is_infeasible_by_one(house: House, call: Call) -> None:
    study = saturday(house, 0, FIVE, 3, LEAVE)
    ended = call("solve", study, "--effort", 1, "--json")
    assert (ended.code, ended.document["status"]) == (2, "relaxed")
    assert ended.document["score"]["breaches"] == 1
    assert "3 needed (sat), 2 can work" in ended.err
    assert call("check", study).code == 2


# --- F29: pinned shifts ---------------------------------------------------------------------------


def monday_and_tuesday(house: House, duties: str, pin: Pin) -> Path:
    """S1 alone is there; Monday's night is open, and Tuesday's morning is hers."""
    made: Path = house.study(
        "2024-11-04",
        3,
        basics(house),
        staff=staff("S1", "S2"),
        shifts=SHIFTS,
        absences="id;person;first;last\nL;S2;2024-11-04;2024-11-06\n",
        cover="id;day;shifts;least;best;most\nn;2024-11-04;N;1;1;1\nz;2024-11-05;Z;0;0;1\n",
        duties=f"person;date;shift\n{duties}",
    )
    with locked(made), open_study(made) as opened:
        opened.do(SetPins(scenario="base", pins=(pin,)))
        opened.save()
    return made


def test_f29_a_pinned_odd_shift_keeps_the_night_before_it_open(house: House, call: Call) -> None:
    pin = Pin(kind="person", id="S1", first=1, last=1)
    study = monday_and_tuesday(house, "S1;2024-11-05;Z\n", pin)
    assert call("solve", study, "--effort", 1, "--json").code == 0
    rows = house.exported(study, "duties")
    assert [(row["person"], row["date"], row["shift"]) for row in rows][:1] == [
        ("S1", "2024-11-05", "Z")
    ]
    assert all(row["date"] != "2024-11-04" for row in rows)
    assert house.said(study) == ["Mon 4 Nov, N: 0 of 1 needed, 1 missing"]


@pytest.mark.parametrize(
    ("lang", "monday", "tuesday"),
    [("en", "Mon 4 Nov", "Tue 5 Nov"), ("fr", "lun. 4 nov.", "mar. 5 nov.")],
)
def test_f29_two_pins_that_conflict_are_both_kept_and_named(
    house: House, call: Call, lang: str, monday: str, tuesday: str
) -> None:
    pin = Pin(kind="person", id="S1", first=0, last=1)
    study = monday_and_tuesday(house, "S1;2024-11-04;N\nS1;2024-11-05;Z\n", pin)
    ended = call("solve", study, "--effort", 1, "--json", "--lang", lang)
    assert (ended.code, ended.document["score"]["breaches"]) == (2, 1)
    assert f"S1 N {monday}" in ended.err
    assert f"S1 Z {tuesday}" in ended.err
    rows = house.exported(study, "duties")
    assert {("S1", "2024-11-04", "N"), ("S1", "2024-11-05", "Z")} <= {
        (row["person"], row["date"], row["shift"]) for row in rows
    }
    assert any("1 h 30 of rest between N of Mon 4 Nov" in said for said in house.said(study))


# --- F30 a, F78: a minimum that the days cannot give ----------------------------------------------


def four_doctors(house: House, days: int, least: int) -> Path:
    """One doctor a day, four doctors with a minimum each."""
    dates = [f"2026-10-{day:02d}" for day in range(1, days + 1)]
    made: Path = house.study(
        "2026-10-01",
        days,
        basics(house, 0) + house.rule("min", "window_count", window="horizon", least=least),
        staff=staff("T1", "T2", "T3", "T4"),
        shifts="id;start;end\nZ;08:00;14:00\n",
        cover="id;day;shifts;least;best;most\n"
        + "".join(f"d{date};{date};Z;1;1;1\n" for date in dates),
    )
    return made


@pytest.mark.parametrize(
    ("days", "least", "short"), [(31, 8, 1), (31, 7, 0), (28, 7, 0), (30, 8, 2)]
)
def test_f30a_f78_short_by_one_ends_with_2_and_is_written(
    house: House, call: Call, place: Path, days: int, least: int, short: int
) -> None:
    """32 > 31: with 8 each one day is missing, with 7 each none; 0 only without a hard breach."""
    study, new = four_doctors(house, days, least), place / "new.opale"
    ended = call("solve", study, "--effort", 1, "--json", "--out", new)
    assert ended.code == (2 if short else 0)
    assert ended.document["status"] == ("relaxed" if short else "optimal")
    assert ended.document["score"]["hard"] == 720 * short
    found = call("check", new, "--json").document["breaches"]
    assert sum(each["amount"] for each in found if each["hard"]) == short
    counts = Counter(row["person"] for row in house.exported(new, "duties"))
    missing = sum(max(0, least - counts[f"T{n}"]) for n in (1, 2, 3, 4))
    assert (
        missing + sum(counts.values()) - days == short
    )  # a doctor too few days, or a day too many


@pytest.mark.parametrize(("seconds", "codes"), [("2", {0}), ("0,001", {0, 2, 3})])
def test_f78_a_limit_ends_with_what_was_written(
    house: House, call: Call, place: Path, seconds: str, codes: set[int]
) -> None:
    """A plan is written unless there is none in the time, however short; the code tells which."""
    study, new = four_doctors(house, 28, 7), place / "new.opale"
    before = study.read_bytes()
    ended = call("solve", study, "--seconds", seconds, "--json", "--out", new)
    assert ended.code in codes
    assert study.read_bytes() == before
    assert new.exists() == (ended.code != 3)
    if new.exists():
        assert call("check", new).code == ended.code
        score = call("check", new, "--json").document["scores"]["base"]
        assert (score["breaches"] > 0) == (ended.code == 2)


# --- F70: results that no longer match the facts --------------------------------------------------


@pytest.fixture
def two_shifts(house: House) -> Path:
    """A has L then M, B has M then L."""
    made: Path = house.study(
        "2026-06-01",
        7,
        house.rule("rest", "min_gap", minutes=1440),
        staff=staff("A", "B"),
        shifts="id;start;end\nM;07:00;15:00\nL;12:15;20:15\n",
        duties="person;date;shift\nA;2026-06-01;L\nA;2026-06-02;M\nB;2026-06-01;M\nB;2026-06-02;L\n",
    )
    return made


@pytest.mark.parametrize("minutes", [-15, -45, 30])
def test_f70_a_shift_that_moves_marks_every_result_and_names_itself(
    two_shifts: Path, house: House, call: Call, place: Path, minutes: int
) -> None:
    def rests() -> list[str]:
        return [said.split(" of rest")[0] for said in house.said(two_shifts)]

    def move(by: int) -> None:
        words = [("--adjust", f"shift/M.{edge}={by:+d}") for edge in ("start", "end")]
        assert call("scenario", "change", two_shifts, *words[0], *words[1]).code == 0

    assert rests() == ["A: 10 h 45", "B: 21 h 15"]
    assert house.indicator(two_shifts, "staff_minutes") == 4 * 480
    move(minutes)
    after = {
        -15: ["A: 10 h 30", "B: 21 h 30"],
        -45: ["A: 10 h", "B: 22 h"],
        30: ["A: 11 h 15", "B: 20 h 45"],
    }[minutes]
    assert rests() == after
    assert house.indicator(two_shifts, "staff_minutes") == 4 * 480
    start = {-15: "06:45", -45: "06:15", 30: "07:30"}[minutes]
    (fault,) = [what for what in house.faults(two_shifts) if "made for other facts" in what]
    assert f"Shift M: start from 07:00 to {start}" in fault
    (stale,) = call("compare", two_shifts, "--json").document["stale"]
    moved = {(each["id"], each["field"]): each["to"] for each in stale["inputs"]}
    assert moved["M", "start"] == start
    house.exported(two_shifts, "duties")
    note = (place / "exported" / "OUT-OF-DATE.txt").read_text(encoding="utf-8")
    assert f"Shift M: start from 07:00 to {start}" in note
    move(-minutes)
    assert rests() == ["A: 10 h 45", "B: 21 h 15"]
    assert not any("made for other facts" in what for what in house.faults(two_shifts))
    assert call("compare", two_shifts, "--json").document["stale"] == []
    house.exported(two_shifts, "duties")
    assert not (place / "exported" / "OUT-OF-DATE.txt").exists()


def test_f70_the_reason_is_french_for_french_readers(
    two_shifts: Path, call: Call, place: Path
) -> None:
    call("scenario", "change", two_shifts, "--set", "shift/M.start=06:45")
    found = call("check", two_shifts, "--json", "--lang", "fr").document["faults"]
    assert any("Poste M" in each["what"] and "06:45" in each["what"] for each in found)
    assert json.dumps(found).count("made for") == 0
    out = place / "fr"
    assert call("export", two_shifts, "--as", "csv", "--out", out, "--lang", "fr").code == 0
    assert "06:45" in (out / "OUT-OF-DATE.txt").read_text(encoding="utf-8")
