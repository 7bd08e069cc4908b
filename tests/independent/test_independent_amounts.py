"""Small situations written by hand, one rule at a time in force, and the units that each counts.

The plan: K1 lasts 08:00 to 09:40 and K2 10:10 to 11:10, both in S1, R1 with X1; K3 08:00 to 08:30
in S2, R2 with X2; both sessions from 08:00 to 16:30 of Monday, 5 October 2026, the first of 28 days.
"""

from pathlib import Path

import pytest
from checker import check
from independent_export import CASE, by_hand, change, duties, write

WAITS = f"+ cases K4 {CASE} procedure=PTG mean=57"
THURSDAY = ("sessions S2 day=2026-10-08", "placements K3 date=2026-10-08")
BY_ONE = "placements K3 surgeon=X1"
SESSION = "theatre=R1 day=2026-10-06 start=08:00 end=16:30"
AGREED = "+ appointments K3 day=2026-10-05"
NEED = "+ cover C day=2026-10-05 shifts=J9|D12 price_below=3 price_above=5"
WISH = "+ requests W person=IDE-1 weight=4"
STABLE = "other_day = 10, other_session = 2, out = 20"
AMOUNTS: dict[str, tuple[str, str, tuple[str, ...], int]] = {
    # name: rule type, its numbers, changes of the plan, units
    "nobody left out": ("unscheduled", 'measure = "minutes"', (), 0),
    "left out": ("unscheduled", 'measure = "minutes"', (WAITS,), 60),
    "left out and due": (
        "unscheduled",
        'measure = "minutes"',
        (WAITS, "cases K4 mean=55 due=2026-11-01"),
        83,  # and a half of 55
    ),
    "due after the end": (
        "unscheduled",
        'measure = "minutes"',
        (WAITS, "cases K4 due=2026-11-02"),
        60,
    ),
    "not possible before the end": (
        "unscheduled",
        'measure = "minutes"',
        (WAITS, "cases K4 earliest=2026-11-02"),
        0,
    ),
    "possible on the last day": (
        "unscheduled",
        'measure = "minutes"',
        (WAITS, "cases K4 earliest=2026-11-01"),
        60,
    ),
    "a case left out": ("unscheduled", 'measure = "cases"', (WAITS,), 1),
    "operated at once": ("waiting", "", (), 0),
    "three days later": ("waiting", "", THURSDAY, 3),
    "listed meanwhile": ("waiting", "", (*THURSDAY, "cases K3 listed=2026-10-06"), 2),
    "on the last day": ("due_date", "", (*THURSDAY, "cases K3 due=2026-10-08"), 0),
    "two days late": ("due_date", "", (*THURSDAY, "cases K3 due=2026-10-06"), 2),
    "late before the start": ("due_date", "", (*THURSDAY, "cases K3 due=2026-09-06"), 3),
    "a day case first": ("early_day_cases", 'since = "08:00"', ("cases K3 mode=day",), 0),
    "a day case later": (
        "early_day_cases",
        'since = "08:00"',
        ("cases K3 mode=day", "placements K3 start=08:25"),
        25,
    ),
    "a day case without a start": (
        "early_day_cases",
        'since = "07:30"',
        ("cases K3 mode=day", "placements K3 start="),
        30,
    ),
    "a day case before its session": (
        "early_day_cases",
        'since = "08:00"',
        ("cases K3 mode=day", "sessions S2 start=09:00"),
        60,
    ),
    "a morning": ("half_day_wish", 'whose = "patient"', ("cases K3 prefers=morning",), 0),
    "no morning": (
        "half_day_wish",
        'whose = "patient"',
        ("cases K3 prefers=morning", "sessions S2 start=12:30"),
        1,
    ),
    "no afternoon": (
        "half_day_wish",
        'whose = "surgeon"',
        ("surgeons X2 prefers=afternoon", "sessions S2 end=12:30"),
        1,
    ),
    "an afternoon begins at noon": (
        "half_day_start",
        'whose = "patient"',
        ("cases K3 prefers=afternoon", "placements K3 start=12:30"),
        0,
    ),
    "long before noon": (
        "half_day_start",
        'whose = "surgeon"',
        ("surgeons X2 prefers=afternoon",),
        270,
    ),
    "half an hour after noon": (
        "half_day_start",
        'whose = "patient"',
        ("cases K3 prefers=morning", "placements K3 start=13:00"),
        30,
    ),
    "a session of one half": (
        "half_day_start",
        'whose = "patient"',
        ("cases K3 prefers=afternoon", "sessions S2 end=12:30"),
        0,
    ),
    "a suite": ("suite_wish", "", ("cases K3 suites=B|A",), 0),
    "another suite": ("suite_wish", "", ("cases K3 suites=B",), 1),
    "as was told": ("stability", STABLE, (AGREED, "appointments K3 session=S2"), 0),
    "another session": ("stability", STABLE, (AGREED, "appointments K3 session=S1"), 2),
    "another day": ("stability", STABLE, (AGREED, *THURSDAY), 10),
    "told and left out": (
        "stability",
        STABLE,
        (WAITS, "+ appointments K4 day=2026-11-01"),
        20,
    ),
    "told for later": ("stability", STABLE, (WAITS, "+ appointments K4 day=2026-11-02"), 0),
    "told for a day that is over": (
        "stability",
        STABLE,
        ("+ appointments K3 day=2026-09-30",),
        0,
    ),
    "the start told": ("start_kept", "", (f"{AGREED} session=S2 start=08:00",), 0),
    "an earlier start": ("start_kept", "", (f"{AGREED} session=S2 start=08:20",), 20),
    "the start of another session": (
        "start_kept",
        "",
        (f"{AGREED} session=S1 start=08:20",),
        0,
    ),
    "two cases": ("session_cases", "most = 2", (), 0),
    "a case too many": ("session_cases", "most = 1", (), 1),
    "full enough": ("session_fill", 'count = "underuse", target = 5', (), 0),
    "half full": ("session_fill", 'count = "underuse", target = 50', (), 95 + 225),
    "not opened": (
        "session_fill",
        'count = "unopened", target = 100',
        (f"+ sessions S9 {SESSION} closed=no emergency=no",),
        510,
    ),
    "closed": (
        "session_fill",
        'count = "unopened", target = 100',
        (f"+ sessions S9 {SESSION} closed=yes emergency=no",),
        0,
    ),
    "slack of 26 minutes": ("session_slack", "beta = 52", ("sessions S1 end=11:26",), 0),
    "slack of 25 minutes": ("session_slack", "beta = 52", ("sessions S1 end=11:25",), 1),
    "slack of a slow surgeon": (
        "session_slack",  # 110 + 30 + 65 + 20 less 30, and 0.52 of 55
        "beta = 52",
        ("surgeons X1 pace=110", "sessions S1 end=11:40"),
        4,
    ),
    "a reserve of a session": (
        "emergency_reserve",
        'kept = "session", share = 5, minutes = 0',
        ("sessions S1 end=11:10",),  # 180 of 190 minutes, 9 in reserve
        0,
    ),
    "no reserve of a session": (
        "emergency_reserve",
        'kept = "session", share = 5, minutes = 0',
        ("sessions S1 end=11:00",),
        9,
    ),
    "a reserve of more than there is": (
        "emergency_reserve",
        'kept = "session", share = 0, minutes = 600',
        (),
        180 + 10,  # all that is used
    ),
    "a reserve of the day": (
        "emergency_reserve",
        'kept = "day", share = 5, minutes = 0',
        ("sessions S1 end=11:00", "sessions S2 end=08:10"),
        9,  # 190 of 190 minutes; the spare turnover is of each session
    ),
    "no session for emergencies": (
        "emergency_reserve",
        'kept = "dedicated", share = 5, minutes = 10',
        (),
        61,
    ),
    "a session for emergencies": (
        "emergency_reserve",
        'kept = "dedicated", share = 5, minutes = 10',
        (f"+ sessions S9 {SESSION} closed=no emergency=yes", "sessions S9 day=2026-10-05"),
        0,
    ),
    "a moment every 90 minutes": (
        "break_in",
        'most = 90, since = "08:00", until = "18:00"',
        (),
        0,
    ),
    "moments at 08:30, 09:40, 11:10": (
        "break_in",
        'most = 45, since = "08:00", until = "18:00"',
        (),
        25 + 45,
    ),
    "moments from nine to half past ten": (
        "break_in",
        'most = 45, since = "09:00", until = "10:30"',
        (),
        5,
    ),
    "one theatre": ("room_change", "", (), 0),
    "two theatres": ("room_change", "", (BY_ONE,), 1),
    "two theatres at once": ("room_change", "", (BY_ONE, "surgeons X1 rooms=2"), 0),
    "one suite": ("suite_change", "", (BY_ONE,), 0),
    "two suites": ("suite_change", "", (BY_ONE, "theatres R2 suite=B"), 1),
    "no wait": ("surgeon_idle", "", ("placements K2 start=09:40",), 0),
    "half an hour's wait": ("surgeon_idle", "", (), 30),
    "another opens and closes": (
        "surgeon_idle",
        "",
        ("surgeons X1 rooms=2", "procedures PTH closing=15", "procedures PTG opening=10"),
        55,
    ),
    "shares": ("fair_share", "tolerance = 20", (), 0),
    "more than a share": (
        "fair_share",  # 75 minutes each, 90 at most
        "tolerance = 20",
        ("sessions S1 end=10:00", "sessions S2 end=08:30"),
        70,
    ),
    "a session of her own": (
        "fair_share",
        "tolerance = 20",
        ("sessions S1 surgeon=X1", "sessions S2 end=08:30"),
        30 - 18,
    ),
    "a session for emergencies is no share": (
        "fair_share",
        "tolerance = 20",
        ("sessions S1 emergency=yes", "sessions S2 end=08:30"),
        30 - 18,
    ),
    "a share of who is asked for": (
        "fair_share",  # 145 of 190 minutes wait for X1: 114 of 150, 136 at most
        "tolerance = 20",
        ("sessions S1 end=10:00", "sessions S2 end=08:30", "cases K1 surgeons=X1"),
        24,
    ),
    "enough": ("coverage", 'level = "least"', (f"{NEED} least=1",), 0),
    "one missing": ("coverage", 'level = "least"', (f"{NEED} least=2",), 3),
    "two missing for the best": ("coverage", 'level = "best"', (f"{NEED} best=3",), 6),
    "one too many": ("coverage", 'level = "most"', (f"{NEED} most=0",), 5),
    "without the skill": ("coverage", 'level = "least"', (f"{NEED} least=1 skill=junior",), 3),
    "a wish met": ("request", "", (f"{WISH} day=2026-10-05 shift=J9 wanted=yes",), 0),
    "another shift wished": ("request", "", (f"{WISH} day=2026-10-05 shift=D12 wanted=yes",), 4),
    "a day off refused": ("request", "", (f"{WISH} day=2026-10-05 wanted=no",), 4),
    "a day of work refused": ("request", "", (f"{WISH} day=2026-10-06 wanted=yes",), 4),
    "as the contract says": (
        "target_hours",
        'tag = "work", tolerance = 0, credit = true',
        ("contracts FPH week=135",),
        0,
    ),
    "under the contract": (
        "target_hours",
        'tag = "work", tolerance = 300, credit = true',
        (),
        8400 - 540 - 300,
    ),
    "half a minute is due": (
        "target_hours",
        'tag = "work", tolerance = 0, credit = true',
        (
            "contracts FPH week=7",
            "staff IDE-1 share=50",
            "+ absences A person=IDE-1 first=2026-10-12 last=2026-10-12 start=00:00 end=24:00",
        ),
        540 - 14,
    ),
    "hired for nine hours": (
        "staff_cost",
        'tag = "work", paid = "all", hour = 33',
        (),
        297,
    ),
    "half a unit of money is paid": (
        "staff_cost",
        'tag = "work", paid = "all", hour = 1',
        ("shifts J9 pause=30",),
        9,
    ),
    "beyond the contract": (
        "staff_cost",
        'tag = "work", paid = "beyond", hour = 20',
        ("contracts FPH week=60",),  # four hours are due
        100,
    ),
    "within the contract": (
        "staff_cost",
        'tag = "work", paid = "beyond", hour = 20',
        ("contracts FPH week=135",),
        0,
    ),
    "what was worked before": (
        "target_hours",
        'tag = "work", tolerance = 0, credit = true',
        ("contracts FPH week=135", "histories IDE-1 past=J9|J9"),
        0,
    ),
    "away for a week": (
        "target_hours",
        'tag = "work", tolerance = 300, credit = true',
        ("+ absences A person=IDE-1 first=2026-10-12 last=2026-10-18",),
        6300 - 540 - 300,
    ),
    "away by the hours": (
        "target_hours",
        'tag = "work", tolerance = 300, credit = true',
        ("+ absences A person=IDE-1 first=2026-10-12 last=2026-10-18 start=08:00 end=17:00",),
        8400 - 540 - 300,
    ),
}


def units(folder: Path, type: str, numbers: str, *changes: str, tier: int = 0) -> dict[str, int]:
    rule = f'[[rule]]\nid = "{type}"\ntype = "{type}"\ntier = {tier}\n'
    tables = duties(change(by_hand(), *changes), oct05="J9")
    return check(write(tables, folder, f"{rule}parameters = {{{numbers}}}\n")).totals


@pytest.mark.parametrize("name", AMOUNTS)
def test_a_situation_counts_so_many_units(name: str, tmp_path: Path) -> None:
    type, numbers, changes, expected = AMOUNTS[name]
    assert units(tmp_path, type, numbers, *changes) == ({type: expected} if expected else {})


def test_a_soft_share_counts_twice_where_it_is_far_too_much(tmp_path: Path) -> None:
    short = ("sessions S1 end=10:00", "sessions S2 end=08:30")
    found = units(tmp_path, "fair_share", "tolerance = 20", *short, tier=4)
    assert found == {"fair_share": 70 + 55}
