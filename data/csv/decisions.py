"""The rows of `study.csv`, `placements.csv` and `duties.csv`, described as records are."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from data.tables import Table
from planner import fields
from planner.clock import Horizon

CALENDAR: Final = Horizon(start=date(2000, 1, 1), days=1)
"""Dates of the study itself are read before its first day is known, as days from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow:
    """The facts of a problem that are no records; dates count in days of `CALENDAR`."""

    start: int = fields.day()
    days: int = fields.whole(unit="day", low=1, high=4000)
    zone: str = fields.text("Europe/Paris", high=60)
    as_of: int = fields.day()
    clock: bool = fields.flag(True)
    order: str = fields.choice("weighted", "weighted", "strict")
    noon: int = fields.time(750)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRow:
    """A placement; room, date and end, by the clock on the wall, are there for people and must fit."""

    case: str = fields.link("case")
    session: str = fields.link("session")
    room: str | None = fields.link("theatre", optional=True)
    date: int | None = fields.day(optional=True)
    start: int | None = fields.time(optional=True)
    end: int | None = fields.time(optional=True)
    surgeon: str | None = fields.link("surgeon", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A duty; track, start and end are there for people, and must fit the shift."""

    person: str = fields.link("staff")
    date: int = fields.day()
    track: str | None = fields.text(optional=True, high=20)
    shift: str = fields.link("shift")
    start: int | None = fields.time(optional=True)
    end: int | None = fields.time(optional=True)


def _table(kind: str, name: str, record: type) -> Table:
    return Table(kind=kind, name=name, record=record, columns=fields.specs(record))


STUDY: Final = _table("study", "study", StudyRow)
PLACEMENTS: Final = _table("placement", "placements", PlacementRow)
DUTIES: Final = _table("duty", "duties", DutyRow)
