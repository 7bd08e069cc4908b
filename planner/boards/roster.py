"""The roster board: people × days, with absences, wishes, hours, and cover rows."""

from collections.abc import Iterable

from planner.boards.roster_parts import (
    SHORT_RUN,
    Cell,
    Cover,
    CoverRow,
    RosterBoard,
    Row,
    Run,
    Tone,
    Wish,
    away_code,
    away_tone,
    away_words,
    outlines,
    tone,
)
from planner.boards.roster_rows import RosterRows
from planner.clock import SATURDAY
from planner.kpis.contract import Outcome
from planner.problem import Problem
from planner.study import Pin

__all__ = [
    "SHORT_RUN",
    "Cell",
    "Cover",
    "CoverRow",
    "RosterBoard",
    "RosterRows",
    "Row",
    "Run",
    "Tone",
    "Wish",
    "away_code",
    "away_tone",
    "away_words",
    "off_days",
    "outlines",
    "roster_board",
    "tone",
]


def roster_board(outcome: Outcome, pins: Iterable[Pin] = ()) -> RosterBoard:
    """Lay out the duties of an outcome; what changed against its reference is marked."""
    problem = outcome.problem
    used = {duty.shift for duty in outcome.plan.duties}
    rows = RosterRows(outcome, pins)
    return RosterBoard(
        rows=tuple(rows.row(person) for person in problem.staff),
        cover=rows.cover,
        days=range(problem.horizon.days),
        off=off_days(problem),
        shifts=tuple(shift for shift in problem.shifts if shift.id in used),
    )


def off_days(problem: Problem) -> frozenset[int]:
    """Give the weekends and public holidays of the horizon."""
    days = range(problem.horizon.days)
    off = {day for day in days if problem.horizon.weekday(day) >= SATURDAY}
    return frozenset(off | {holiday.day for holiday in problem.holidays if holiday.day in days})
