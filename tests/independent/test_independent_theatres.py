"""Each fault planted in a right theatre plan is found, and what just keeps the limit is not."""

from pathlib import Path

import pytest
from checker import check
from independent_export import by_hand, change, write

K3_ALSO = "cases K3 equipment=BOX"
TWO = (
    "surgeons X1 rooms=2",
    "procedures PTH opening=20 closing=30",
    "procedures ARTHRO opening=10",
)
AWAY = "+ absences A person=X2 first=2026-10-05 last=2026-10-05 "
NIGHTS = ("cases K1 intensive=USC intensive_nights=2", "cases K3 intensive=USC intensive_nights=1")

FAULTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    # name: rule, changes that keep it, changes that break it
    "turnover": ("room_overlap", ("placements K2 start=10:00",), ("placements K2 start=09:55",)),
    "pace": (
        "room_overlap",
        ("surgeons X1 pace=101", "placements K2 start=10:05"),
        ("surgeons X1 pace=101", "placements K2 start=10:00"),
    ),
    "two in the room": (
        "room_overlap",
        ("placements K3 session=S1 room=R1 start=12:00",),
        ("placements K3 session=S1 room=R1 start=08:10",),
    ),
    "surgeon in two theatres": (
        "surgeon_overlap",
        ("placements K3 surgeon=X1 start=09:40",),
        ("placements K3 surgeon=X1 start=09:35",),
    ),
    # K1 needs X1 from 08:20 to 09:10, and K3 is in R2
    "surgeon of two theatres": (
        "surgeon_overlap",
        (*TWO, "theatres R1 beside=R2", "placements K3 surgeon=X1 start=09:00"),
        (*TWO, "theatres R1 beside=R2", "placements K3 surgeon=X1 start=08:55"),
    ),
    "theatres apart": (
        "two_rooms",
        (*TWO, "theatres R2 beside=R1", "placements K3 surgeon=X1 start=09:00"),
        (*TWO, "placements K3 surgeon=X1 start=09:00"),
    ),
    "second surgeon": (
        "partners",
        ("cases K1 partners=X2", "placements K3 start=09:40"),
        ("cases K1 partners=X2", "placements K3 start=09:35"),
    ),
    "second surgeon away": (
        "partners",
        ("cases K1 partners=X2", "placements K3 start=12:00", AWAY + "start=09:40 end=10:30"),
        ("cases K1 partners=X2", "placements K3 start=12:00", AWAY + "start=09:39 end=10:30"),
    ),
    "her own second": (
        "partners",
        ("cases K1 partners=X2", "placements K3 start=12:00"),
        ("cases K1 partners=X1", "placements K3 start=12:00"),
    ),
    "way": (
        "travel",
        ("theatres R2 suite=B", "placements K3 surgeon=X1 start=11:25"),
        ("theatres R2 suite=B", "placements K3 surgeon=X1 start=11:20"),
    ),
    "consultation": (
        "surgeon_away",
        ("+ absences A person=X1 first=2026-10-05 last=2026-10-05 start=09:40 end=10:10",),
        ("+ absences A person=X1 first=2026-10-05 last=2026-10-05 start=09:40 end=10:11",),
    ),
    "leave": (
        "surgeon_away",
        ("+ absences A person=X1 first=2026-10-06 last=2026-10-09",),
        ("+ absences A person=X1 first=2026-10-01 last=2026-10-05",),
    ),
    "equipment": (
        "equipment",
        (K3_ALSO, "placements K3 start=09:55"),
        (K3_ALSO, "placements K3 start=09:50"),
    ),
    "posts": (
        "recovery_posts",
        ("recoveries SSPI posts=1", "placements K2 start=10:20", "placements K3 start=08:10"),
        ("recoveries SSPI posts=1", "placements K2 start=10:20", "placements K3 start=08:15"),
    ),
    "recovery closes": (
        "recovery_hours",
        ("recoveries SSPI end=12:25",),
        ("recoveries SSPI end=12:24",),
    ),
    "recovery opens": (
        "recovery_hours",
        ("recoveries SSPI start=08:30",),
        ("recoveries SSPI start=08:31",),
    ),
    "recovery of the suite": (
        "recovery_hours",
        ("+ recoveries B posts=1 start=12:00 end=13:00 suites=B",),
        ("+ recoveries B posts=3 start=12:00 end=13:00 suites=A",),
    ),
    "overtime": (
        "session_overtime",
        ("cases K2 mean=65", "placements K2 start=16:25"),
        ("cases K2 mean=66", "placements K2 start=16:25"),
    ),
    "closed": ("in_session", ("sessions S2 closed=no",), ("sessions S2 closed=yes",)),
    "too early": (
        "in_session",
        ("sessions S2 start=07:55", "placements K3 start=07:55"),
        ("placements K3 start=07:55",),
    ),
    "after the end": (
        "in_session",
        ("placements K2 start=16:25",),
        ("placements K2 start=16:30",),
    ),
    "owner": (
        "owner",
        ("sessions S2 owners=VISC release=2026-10-01",),
        ("sessions S2 owners=VISC release=2026-10-02",),
    ),
    "owner for ever": ("owner", ("sessions S2 owners=VISC|ORTHO",), ("sessions S2 owners=VISC",)),
    "surgeon's session": ("owner", ("sessions S2 surgeon=X2",), ("sessions S2 surgeon=X1",)),
    "named": ("surgeon_skill", ("cases K3 surgeons=X1|X2",), ("cases K3 surgeons=X1",)),
    "qualified": (
        "surgeon_skill",
        ("surgeons X2 procedures=PTG|ARTHRO",),
        ("surgeons X2 procedures=PTG",),
    ),
    "specialty": (
        "surgeon_skill",
        ("surgeons X2 specialty=VISC procedures=ARTHRO",),
        ("surgeons X2 specialty=VISC",),
    ),
    "nobody": (
        "surgeon_skill",
        ("placements K3 surgeon=", "cases K3 unattended=yes"),
        ("placements K3 surgeon=",),
    ),
    "features": (
        "room_features",
        ("procedures ARTHRO features=laminar", "theatres R2 features=xray|laminar"),
        ("procedures ARTHRO features=laminar", "theatres R2 features=xray"),
    ),
    "earliest": (
        "earliest",
        ("cases K3 earliest=2026-10-05",),
        ("cases K3 earliest=2026-10-06",),
    ),
    "patient away": (
        "earliest",
        ("cases K3 unavailable=2026-10-04|2026-10-06",),
        ("cases K3 unavailable=2026-10-04|2026-10-05",),
    ),
    "local session": (
        "anaesthesia_type",
        ("sessions S2 anaesthesia=local", "procedures ARTHRO anaesthesia=local"),
        ("sessions S2 anaesthesia=local",),
    ),
    "anaesthetists": (
        "anaesthetists",
        ("anaesthesia PM anaesthetists=0", "sessions S1 end=12:30", "sessions S2 end=12:30"),
        ("anaesthesia PM anaesthetists=0", "sessions S1 end=12:30", "sessions S2 end=12:31"),
    ),
    "intensive care": (
        "ward_beds",
        ("wards USC beds=2", *NIGHTS),
        ("wards USC beds=1", *NIGHTS),
    ),
    "beds of others": (
        "ward_beds",
        ("cases K1 intensive=USC intensive_nights=1", "+ census C ward=USC day=2026-10-06 taken=1"),
        ("cases K1 intensive=USC intensive_nights=2", "+ census C ward=USC day=2026-10-06 taken=1"),
    ),
    "ward shut": (
        "ward_beds",
        ("cases K1 intensive=USC intensive_nights=2", "wards USC open=mon|tue"),
        ("cases K1 intensive=USC intensive_nights=2", "wards USC open=mon"),
    ),
    "delivery": (
        "delivery",
        ("cases K3 delivery=2026-10-05",),
        ("cases K3 delivery=2026-10-06",),
    ),
    "emergencies": (
        "emergency_session",
        ("+ sessions S9 theatre=R2 day=2026-10-06 start=08:00 end=16:30 closed=no emergency=yes",),
        ("sessions S2 emergency=yes",),
    ),
    "teacher": ("teaching", ("cases K3 trainee=yes",), ("cases K2 trainee=yes",)),
    "trainee": (
        "room_overlap",  # 125 minutes instead of 100
        ("surgeons X1 teaches=yes", "cases K1 trainee=yes", "placements K2 start=10:25"),
        ("surgeons X1 teaches=yes", "cases K1 trainee=yes", "placements K2 start=10:20"),
    ),
    "notice": (
        "notice",
        ("+ appointments K3 day=2026-10-05",),
        ("+ appointments K3 day=2026-10-07",),
    ),
    "notice of a near day": (
        "notice",
        ("study 2026-10-05 as_of=2026-09-28", "+ appointments K3 day=2026-10-12"),
        ("study 2026-10-05 as_of=2026-09-29", "+ appointments K3 day=2026-10-12"),
    ),
    "teams": (
        "teams",
        ("+ teams T day=2026-10-05 start=08:00 end=19:00 teams=2",),
        ("+ teams T day=2026-10-05 start=08:00 end=19:00 teams=1",),
    ),
    "teams of the afternoon": (
        "teams",
        (
            "+ teams T day=2026-10-05 start=08:00 end=12:30 teams=2",
            "sessions S1 end=12:30",
            "sessions S2 end=12:30",
        ),
        (
            "+ teams T day=2026-10-05 start=08:00 end=12:30 teams=2",
            "sessions S1 end=12:30",
            "sessions S2 end=12:31",
        ),
    ),
    "teams of a specialty": (
        "teams",
        ("+ teams T day=2026-10-05 start=08:00 end=19:00 teams=0 specialties=OPH",),
        ("+ teams T day=2026-10-05 start=08:00 end=19:00 teams=0 specialties=ORTHO",),
    ),
    "no start": ("needs_start", ("study 2026-10-05 clock=yes",), ("placements K3 start=",)),
    "other end": (
        "placements",
        ("placements K3 end=08:30",),
        ("placements K3 end=08:35",),
    ),
    "other room": ("placements", ("placements K3 room=R2",), ("placements K3 room=R1",)),
    "unknown session": (
        "placements",
        ("cases K3 note=here",),
        ("placements K3 session=S9",),
    ),
    "twice": (
        "placements",
        ("cases K3 note=here",),
        ("+ placements K3 session=S2 room=R2 date=2026-10-05 start=12:00 surgeon=X2",),
    ),
}
WITHOUT_STARTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    # 160 minutes and a turnover of 18 or 30 in S1; no grid in a study without a clock
    "session": (
        "session_overtime",
        ("sessions S1 end=09:55 overtime=60",),
        ("sessions S1 end=09:54 overtime=60",),
    ),
    "leave": (
        "surgeon_away",
        ("+ absences A person=X2 first=2026-10-05 last=2026-10-05 start=08:00 end=16:29",),
        ("+ absences A person=X2 first=2026-10-05 last=2026-10-05 start=08:00 end=16:30",),
    ),
    "surgeon's day": (
        "surgeon_overlap",
        ("sessions S1 end=09:37", "sessions S2 end=09:37", "procedures PTH turnover=0"),
        ("sessions S1 end=09:36", "sessions S2 end=09:36", "procedures PTH turnover=0"),
    ),
    "posts": (
        "recovery_posts",
        ("recoveries SSPI posts=1 start=08:00 end=11:55",),
        ("recoveries SSPI posts=1 start=08:00 end=11:54",),
    ),
    "recovery closes": (
        "recovery_hours",
        ("recoveries SSPI end=11:20",),
        ("recoveries SSPI end=11:19",),
    ),
    "equipment": (
        "equipment",
        ("equipment BOX delay=120", K3_ALSO, "cases K2 equipment=BOX"),
        ("equipment BOX delay=360", K3_ALSO, "cases K2 equipment=BOX"),
    ),
}


def found(folder: Path, *changes: str) -> set[str]:
    verdict = check(write(change(by_hand(), *changes), folder))
    return {wrong.rule for wrong in verdict.wrong}


def test_the_plan_by_hand_is_right(tmp_path: Path) -> None:
    verdict = check(write(by_hand(), tmp_path))
    assert verdict.wrong == []
    assert verdict.unjudged == []
    assert verdict.placements == 3


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    rule, kept, broken = FAULTS[name]
    assert found(tmp_path / "kept", *kept) == set()
    assert found(tmp_path / "broken", *broken) == {rule}


@pytest.mark.parametrize("name", WITHOUT_STARTS)
def test_a_day_that_no_start_times_could_make_right_is_found(name: str, tmp_path: Path) -> None:
    rule, kept, broken = WITHOUT_STARTS[name]
    none = [
        "study 2026-10-05 clock=no",
        *(f"placements {case} start=" for case in ("K1", "K2", "K3")),
    ]
    assert rule not in found(tmp_path / "kept", *none, *kept)
    assert rule in found(tmp_path / "broken", *none, *broken)


@pytest.mark.parametrize(
    ("date", "start", "right", "wrong"),
    [
        ("2026-03-28", "22:00", "23:40", "22:40"),
        ("2026-03-28", "01:00+1", "03:40+1", "02:40+1"),
        ("2026-10-24", "02:10+1", "02:50+1", "03:50+1"),
    ],
)
def test_an_end_is_what_the_clock_shows(
    date: str, start: str, right: str, wrong: str, tmp_path: Path
) -> None:
    """K1 lasts 100 minutes, in the nights of a clock change too."""
    night = [f"sessions {id} day={date} start=20:00 end=04:00+1" for id in ("S1", "S2")]
    study = f"study 2026-10-05 start={date[:8]}16 as_of={date[:8]}10"
    alone = ("- anaesthesia", "- placements", study, *night)
    at = f"+ placements K1 session=S1 room=R1 surgeon=X1 date={date} start={start}"
    for end, misfits in ((right, set()), (wrong, {"K1"})):
        tables = change(by_hand(), *alone, f"{at} end={end}")
        told = check(write(tables, tmp_path / end[:2])).wrong
        assert {who for each in told if each.type == "fits" for who in each.who} == misfits
