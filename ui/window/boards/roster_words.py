"""The sentences of the roster board: what a cell holds, what a post has, what a row is about."""

from collections.abc import Iterator
from typing import Any

from planner.boards.roster import Cell, Cover, CoverRow, Row, away_words
from planner.boards.roster_burdens import Share
from planner.clock import MINUTES_A_DAY
from planner.people import Request
from planner.problem import Problem
from planner.rostering import ShiftType
from planner.score import Judged
from planner.sentences import breach_sentence
from planner.words import MINUS, listing, number, say
from ui.window.boards.roster_sheet import Sheet


def cell_sentence(sheet: Sheet, row: Row, cell: Cell, lang: str) -> str:
    """Say everything about a person's day: duties with their times, absence, wish, pin, breaches.

    "IADE 04, Monday 12 October 2026: Night N 19:00–07:00, breach: …"
    """
    problem = sheet.problem
    parts = list(_parts(sheet, row, cell, lang))
    return say(
        "roster.cell",
        lang,
        who=row.person.id,
        day=problem.horizon.date(cell.day),
        what=", ".join(parts),
    )


def _parts(sheet: Sheet, row: Row, cell: Cell, lang: str) -> Iterator[str]:
    for shift in cell.shifts:
        yield shift_words(shift, lang)
    if cell.away is not None:
        yield away_words(cell.away, lang)
    elif not cell.shifts:
        yield say("board.off", lang)
    if cell.wish:
        wished = sheet.rows.wishes.get((row.person.id, cell.day), ())
        told = listing((request_words(each, lang) for each in wished), lang)
        yield say(f"roster.wish.{cell.wish}", lang, wish=told)
    if cell.fixed:
        yield say("roster.fixed", lang)
    if cell.before is not None:
        before = " + ".join(cell.before) or say("board.off", lang)
        yield say("board.before", lang, shifts=before)
    for day, shifts in sheet.told.get(row.person.id, ()):
        if day == cell.day:
            told = " + ".join(shifts) or say("board.off", lang)
            yield say("roster.told", lang, shifts=told)
    if cell.day in sheet.past:
        yield say(sheet.over, lang)
    for each in row.on(cell.day):
        yield breach_words(sheet.problem, each, lang)


def request_words(request: Request, lang: str) -> str:
    """Say what somebody wishes: a shift, not a shift, work, or a day off."""
    if request.shift is None:
        return say("roster.wish.work" if request.wanted else "board.off", lang)
    if request.wanted:
        return str(request.shift)
    return say("roster.wish.not", lang, shift=request.shift)


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


def person_sentence(sheet: Sheet, row: Row, lang: str) -> str:
    """Say who a row is, her hours and balance, nights and weekends, and breaches about all her days.

    Where her facts are others than when the plan was made, it says so.
    """
    facts: dict[str, Any] = {
        "who": row.person.id,
        "role": row.person.role,
        "team": row.person.team,
        "hours": hours(row.minutes, lang),
        "balance": balance(row, lang),
    }
    told = say("roster.person" if row.person.role else "roster.person.plain", lang, **facts)
    shares = zip(sheet.burdens, sheet.shares(row.person.id), strict=True)
    borne = [share_sentence(burden, each, lang) for burden, each in shares if each is not None]
    breaches = [breach_words(sheet.problem, each, lang) for each in row.breaches]
    outdated = [say("roster.stale", lang)] if row.person.id in sheet.stale else []
    return ", ".join([told, *outdated, *borne, *breaches])


def share_sentence(burden: str, share: Share, lang: str) -> str:
    """Say how many nights or weekends somebody has, here and before, and what her fair share is."""
    told = say(f"roster.share.{burden}", lang, n=share.here)
    if not share.past:
        return say("roster.share", lang, told=told, fair=share.fair)
    facts = {"told": told, "before": share.before, "past": share.past, "fair": share.fair}
    return say("roster.share.past", lang, **facts)


def share_words(share: Share | None) -> str:
    """Write how many nights or weekends somebody has, and how far off her fair share: `5 +2`."""
    if share is None:
        return ""
    off = off_words(share)
    return f"{share.here} {off}" if off else str(share.here)


def off_words(share: Share) -> str:
    """Write how many more (or less) than her fair share somebody has; nothing where it is even."""
    return f"{share.off:+d}".replace("-", MINUS) if share.off else ""


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
