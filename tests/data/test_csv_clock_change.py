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
        ("2026-10-24", 1320, 270, "22:00;02:30+1"),
        ("2026-10-24", 1560, 120, "02:00+1;03:00+1"),
        ("2026-10-24", 1575, 45, "02:15+1;02:00+1"),
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
