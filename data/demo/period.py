"""The four weeks that all demo hospitals plan: 5 October to 1 November 2026, as of 1 October."""

from datetime import date
from typing import Final

from planner.clock import Horizon
from planner.hospital import Holiday

HORIZON: Final = Horizon(start=date(2026, 10, 5), days=28)
AS_OF: Final = date(2026, 10, 1)
TODAY: Final = HORIZON.day(AS_OF)
WEEKS: Final = HORIZON.days // 7
PAST: Final = 14
"""Days of past rosters."""

SCHOOL_HOLIDAYS: Final = range(HORIZON.day(date(2026, 10, 17)), HORIZON.day(date(2026, 11, 2)))
"""Autumn school holidays of all zones."""

HOLIDAYS: Final = (
    Holiday(id="2026-08-15", day=HORIZON.day(date(2026, 8, 15)), name="Assomption"),
    Holiday(id="2026-11-01", day=HORIZON.day(date(2026, 11, 1)), name="Toussaint"),
    Holiday(id="2026-11-11", day=HORIZON.day(date(2026, 11, 11)), name="Armistice 1918"),
)
"""Public holidays of the French list round the period."""


def stamp(day: int) -> str:
    """Write a day as it stands in ids: 2026-10-05."""
    return HORIZON.date(day).isoformat()
