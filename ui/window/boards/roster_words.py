"""The sentences of the roster board: what a cell holds, what a post has, what a row is about."""

from collections.abc import Iterator
from typing import Any

from planner.boards.roster import Cell, Cover, CoverRow, Row, away_words
from planner.clock import MINUTES_A_DAY
from planner.problem import Problem
from planner.rostering import ShiftType
from planner.score import Judged
from planner.sentences import breach_sentence
from planner.words import number, say


def cell_sentence(problem: Problem, row: Row, cell: Cell, lang: str) -> str:
    """Say everything about a person's day: duties with their times, absence, wish, pin, breaches.

    "IADE 04, Monday 12 October 2026: Night N 19:00–07:00, breach: …"
    """
    parts = list(_parts(problem, row, cell, lang))
    return say(
        "roster.cell",
        lang,
        who=row.person.id,
        day=problem.horizon.date(cell.day),
        what=", ".join(parts),
    )


def _parts(problem: Problem, row: Row, cell: Cell, lang: str) -> Iterator[str]:
    for shift in cell.shifts:
        yield shift_words(shift, lang)
    if cell.away is not None:
        yield away_words(cell.away, lang)
    elif not cell.shifts:
        yield say("board.off", lang)
    if cell.wish:
        yield say(f"roster.wish.{cell.wish}", lang)
    if cell.fixed:
        yield say("roster.fixed", lang)
    if cell.before is not None:
        before = " + ".join(cell.before) or say("board.off", lang)
        yield say("board.before", lang, shifts=before)
    for each in row.on(cell.day):
        yield breach_words(problem, each, lang)


def shift_words(shift: ShiftType, lang: str) -> str:
    """Say a shift with its times by the clock."""
    name = shift.name or shift.id
    end = shift.end if shift.end <= MINUTES_A_DAY else shift.end - MINUTES_A_DAY
    return say("roster.shift", lang, id=shift.id, name=name, start=shift.start, end=end)


def breach_words(problem: Problem, judged: Judged, lang: str) -> str:
    """Say a breach after the kind of it."""
    hard = judged.rule.hard
    kind = "soft" if not hard else "hard" if judged.cost > 0 else "accepted"
    told = breach_sentence(problem, judged.rule, judged.breach, lang)
    return say(f"roster.breach.{kind}", lang, told=told)


def person_sentence(problem: Problem, row: Row, lang: str, *, stale: bool = False) -> str:
    """Say who a row is, her hours, her balance, and the breaches about all of her days.

    `stale`: her facts are others than when the plan was made.
    """
    facts: dict[str, Any] = {
        "who": row.person.id,
        "role": row.person.role,
        "team": row.person.team,
        "hours": hours(row.minutes, lang),
        "balance": balance(row, lang),
    }
    told = say("roster.person" if row.person.role else "roster.person.plain", lang, **facts)
    breaches = [breach_words(problem, each, lang) for each in row.breaches]
    outdated = [say("roster.stale", lang)] if stale else []
    return ", ".join([told, *outdated, *breaches])


def hours(minutes: int, lang: str) -> str:
    """Write minutes as hours with one place."""
    return number(minutes / 60, lang)


def balance(row: Row, lang: str) -> str:
    """Write how many hours more (or less) than the contract asks."""
    off = (row.minutes - row.due) / 60
    words = number(off, lang)
    return f"+{words}" if round(off, 1) > 0 else words


def cover_sentence(problem: Problem, post: CoverRow, cover: Cover, lang: str) -> str:
    """Say how many people a post has on a day, and how many it needs."""
    state = say(f"roster.cover.{cover.state}", lang, n=abs(cover.off))
    return say(
        "roster.cover",
        lang,
        post=post.label,
        day=problem.horizon.date(cover.need.day),
        there=cover.there,
        least=cover.need.least,
        state=state,
    )


def need_words(post: CoverRow, lang: str) -> str:
    """Say what a post needs: the same on all days, or from the least to the most."""
    low, high = post.least
    if low == high:
        return say("board.need", lang, least=low)
    return say("roster.need", lang, low=low, high=high)
