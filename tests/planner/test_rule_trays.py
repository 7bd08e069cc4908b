"""Trays come back from reprocessing: twice within a day, and late on one day and early on the next."""

from typing import Any

import pytest
from theatre_tables import situation

from planner.rules.blocks import Area
from planner.rules.contract import audit
from planner.rules.theatre.equipment import EquipmentInUse
from planner.view import TheatreView

RULE = EquipmentInUse(id="T13")
HOURS = 60


def sessions() -> list[dict[str, Any]]:
    rooms = [{"id": f"{room}{day}", "theatre": room, "day": day} for day in (0, 1) for room in "AB"]
    return [row | {"start": "07:00", "end": "20:00"} for row in rooms]


def table(delay: int, *uses: tuple[str, str], quantity: int = 1) -> dict[str, Any]:
    """A tray, and cases of two hours that need it, by session and start."""
    cases = [
        {
            "id": f"K{number}",
            "in": session,
            "start": start,
            "minutes": 120,
            "devices": ["BOX"],
            "surgeon": f"X{number}",
        }
        for number, (session, start) in enumerate(uses)
    ]
    devices = [{"id": "BOX", "quantity": quantity, "delay": delay}]
    return {"sessions": sessions(), "devices": devices, "cases": cases}


def missed(**of: Any) -> list[tuple[int, int, int]]:
    """Give minutes, first and last day of each breach."""
    found = audit(RULE, TheatreView(*situation(RULE, **of)))
    return [(breach.amount, breach.about.first, breach.about.last) for breach in found]


@pytest.mark.parametrize(("second", "minutes"), [("14:00", 0), ("13:55", 5), ("11:00", 180)])
def test_a_tray_is_used_twice_a_day_once_it_is_reprocessed(second: str, minutes: int) -> None:
    found = missed(**table(4 * HOURS, ("A0", "08:00"), ("B0", second)))  # free again at 14:00
    assert [amount for amount, _, _ in found] == ([minutes] if minutes else [])


@pytest.mark.parametrize(("morning", "minutes"), [("08:00", 0), ("07:55", 5), ("07:00", 60)])
def test_a_tray_of_the_evening_is_reprocessed_over_midnight(morning: str, minutes: int) -> None:
    found = missed(**table(12 * HOURS, ("A0", "18:00"), ("A1", morning)))  # free again at 08:00
    assert found == ([(minutes, 0, 1)] if minutes else [])


def test_a_second_tray_takes_its_place() -> None:
    uses = (("A0", "18:00"), ("A1", "07:00"))
    assert missed(**table(12 * HOURS, *uses, quantity=2)) == []
    assert len(missed(**table(12 * HOURS, ("B0", "17:05"), *uses, quantity=2))) == 1


@pytest.mark.parametrize("day", [0, 1])
def test_either_day_alone_shows_what_is_missed_over_midnight(day: int) -> None:
    problem, plan = situation(RULE, **table(12 * HOURS, ("A0", "18:00"), ("A1", "07:00")))
    narrow = audit(RULE, TheatreView(problem, plan), Area(None, day, day))
    assert narrow == audit(RULE, TheatreView(problem, plan))
    assert len(narrow) == 1
