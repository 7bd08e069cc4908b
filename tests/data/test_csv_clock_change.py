"""F42 in the export: ends are those of a clock on the wall, and the plan comes back as it was."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from kpi_house import case, house, session

from data import exporting, importing
from planner.clock import Horizon
from planner.plan import Placement, Plan


@pytest.mark.parametrize(
    ("date", "start", "minutes", "told"),
    [
        ("2026-03-21", 1320, 270, "22:00;02:30+1"),
        ("2026-03-28", 1320, 270, "22:00;03:30+1"),
        ("2026-10-24", 1320, 270, "22:00;02:30+1 (1)"),
        ("2026-10-24", 1320, 330, "22:00;02:30+1 (2)"),
        ("2026-10-24", 1560, 120, "02:00+1 (1);03:00+1"),
        ("2026-10-24", 1575, 45, "02:15+1 (1);02:00+1 (2)"),
        ("2026-03-28", 1320, 120, "22:00;24:00"),
    ],
)
def test_ends_are_those_of_the_clock(
    date: str, start: int, minutes: int, told: str, tmp_path: Path
) -> None:
    late = session("N", 0, start=1200, end=1680)
    first = dt.date.fromisoformat(date)
    made = house(sessions=(late,), cases=(case("K", minutes),))
    problem = replace(made, horizon=Horizon(start=first, days=7), as_of=first)
    plan = Plan.build([Placement("K", "N", "X1", start)])
    exporting.catalogue()["csv"].write(problem, plan, tmp_path / "out")
    file = tmp_path / "out" / "placements.csv"
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1:] == [f"K;N;R1;{date};{told};X1"]
    imported = importing.catalogue()["csv"].read(tmp_path / "out")
    assert imported.faults == ()
    assert imported.plan == plan
    assert [fault.what for fault in imported.remarks] == []
    file.write_text("\n".join(lines).replace(told, f"{told[:5]};23:59"), encoding="utf-8")
    imported = importing.catalogue()["csv"].read(tmp_path / "out")
    assert [fault.what for fault in imported.remarks] == ["other_end"]


def read(told: str, minutes: int, folder: Path) -> importing.Imported:
    """Read a placement of the night of the autumn change, written as told."""
    late = session("N", 0, start=1200, end=1680)
    made = house(sessions=(late,), cases=(case("K", minutes),))
    problem = replace(made, horizon=Horizon(start=dt.date(2026, 10, 24), days=7))
    exporting.catalogue()["csv"].write(problem, Plan.build([Placement("K", "N", "X1")]), folder)
    file = folder / "placements.csv"
    words = file.read_text(encoding="utf-8-sig").replace("2026-10-24;;;", f"2026-10-24;{told};")
    file.write_text(words, encoding="utf-8")
    return importing.catalogue()["csv"].read(folder)


@pytest.mark.parametrize(
    ("told", "minutes", "start", "said"),
    [
        ("02:15+1 (1);02:00+1 (2)", 45, 1575, []),
        ("02:15+1;02:00+1", 45, 1575, ["time_twice", "time_twice"]),
        ("22:00;02:30+1", 270, 1320, ["time_twice"]),
        ("22:00;02:30+1", 330, 1320, ["time_twice"]),
        ("22:00;02:30+1 (2)", 270, 1320, ["other_end"]),  # the first is meant by its minutes
        ("22:00;02:30+1 (1)", 330, 1320, ["other_end"]),
        ("22:00;23:00 (2)", 60, 1320, ["other_end"]),  # an hour that comes once
        ("22:00;23:00", 60, 1320, []),
    ],
)
def test_which_of_two_hours_is_read_and_said(
    told: str, minutes: int, start: int, said: list[str], tmp_path: Path
) -> None:
    imported = read(told, minutes, tmp_path / "in")
    assert imported.faults == ()
    (placement,) = imported.plan.placements
    assert placement.start == start
    assert type(placement.start) is int
    assert [remark.what for remark in imported.remarks] == said


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ("02:15+1 (2);02:30+1 (2)", "start_again"),
        ("02:30+1;02:15+1 (1)", "ends_before_start"),
        ("04:00+1;02:30+1", "ends_before_start"),
        ("22:00;21:30", "ends_before_start"),
    ],
)
def test_what_cannot_be_is_refused(told: str, what: str, tmp_path: Path) -> None:
    assert [fault.what for fault in read(told, 45, tmp_path / "in").faults] == [what]


def test_a_row_of_the_sunday_does_not_end_before_it_starts(tmp_path: Path) -> None:
    """Dated 25 October: at ten in the morning no hour comes again."""
    late = session("S", 1, start=480, end=960)
    made = house(sessions=(late,), cases=(case("K", 45),))
    problem = replace(made, horizon=Horizon(start=dt.date(2026, 10, 24), days=7))
    exporting.catalogue()["csv"].write(
        problem, Plan.build([Placement("K", "S", "X1")]), tmp_path / "a"
    )
    file = tmp_path / "a" / "placements.csv"
    words = file.read_text(encoding="utf-8-sig").replace("2026-10-25;;;", "2026-10-25;10:00;09:30;")
    file.write_text(words, encoding="utf-8")
    imported = importing.catalogue()["csv"].read(tmp_path / "a")
    assert [fault.what for fault in imported.faults] == ["ends_before_start"]


def test_only_a_placement_says_which_of_two(tmp_path: Path) -> None:
    late = session("N", 0, start=1200, end=1590)
    made = replace(house(sessions=(late,)), horizon=Horizon(start=dt.date(2026, 10, 24), days=7))
    exporting.catalogue()["csv"].write(made, Plan(), tmp_path / "a")
    file = tmp_path / "a" / "sessions.csv"
    words = file.read_text(encoding="utf-8-sig")
    assert "02:30+1;" in words
    file.write_text(words.replace("02:30+1;", "02:30+1 (2);"), encoding="utf-8")
    imported = importing.catalogue()["csv"].read(tmp_path / "a")
    assert [fault.what for fault in imported.faults] == ["time_of_two"]
