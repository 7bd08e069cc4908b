"""What a comparison says of figures: values that look the same are the same, and the other way round."""

import pytest

from planner.compare import KpiRow
from planner.kpi_words import row_difference, row_value
from planner.kpis import catalogue
from planner.kpis.contract import Kpi
from planner.words import MINUS, NARROW, WIDE

N, W = NARROW, WIDE


def of_unit(unit: str) -> Kpi:
    return next(kpi for kpi in catalogue() if kpi.unit == unit)


@pytest.mark.parametrize(
    ("unit", "was", "now", "shown"),
    [
        ("per cent", 85.24, 85.28, (f"85,24{N}%", f"85,28{N}%", f"+0,04{N}pts")),
        ("per cent", 85.2, 85.3, (f"85,2{N}%", f"85,3{N}%", f"+0,1{N}pts")),
        ("per cent", 85.26, 85.34, (f"85,26{N}%", f"85,34{N}%", f"+0,08{N}pts")),
        ("per cent", 91.64, 92.06, (f"91,64{N}%", f"92,06{N}%", f"+0,42{N}pts")),
        ("per cent", 72.2, 72.2 + 1e-9, (f"72,2{N}%", f"72,2{N}%", "=")),
        ("minute", 90, 120, (f"1{W}h{W}30", f"2{W}h", f"+30{W}min")),
        ("minute", 12.0, 11.7, (f"12,0{W}min", f"11,7{W}min", f"{MINUS}0,3{W}min")),
        ("day", 3.14, 3.16, (f"3,14{N}j", f"3,16{N}j", f"+0,02{N}j")),
        ("index", 0.801, 0.804, ("0,801", "0,804", "+0,003")),
    ],
)
def test_what_differs_can_be_seen_to(
    unit: str, was: float, now: float, shown: tuple[str, str, str]
) -> None:
    values = {"A": was, "B": now}
    row = KpiRow(kpi=of_unit(unit), values=values, delta={"B": now - was}, causes={})
    told = (row_value(row, "A", "fr"), row_value(row, "B", "fr"), row_difference(row, "B", "fr"))
    assert tuple(each.replace(W, N) for each in told) == tuple(each.replace(W, N) for each in shown)
    assert row.differs == (shown[0] != shown[1]) == (shown[2] != "=")


def test_a_value_that_is_not_there_differs_from_one_that_is() -> None:
    row = KpiRow(kpi=of_unit("day"), values={"A": None, "B": 2.0}, delta={"B": None}, causes={})
    assert row.differs
    assert row_value(row, "A", "en") == row_difference(row, "B", "en")
