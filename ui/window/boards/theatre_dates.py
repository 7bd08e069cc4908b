"""The days of the theatre board in words, and the menu of them: those that differ are marked."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QMenu

from planner.boards.compare import changed_days
from planner.words import day as write_day
from ui.window.boards.theatre_span import Span
from ui.window.document import Document
from ui.window.workbench import Workbench


def fill_days(
    menu: QMenu, bench: Workbench, days: Sequence[int], now: int, go: Callable[[int], object]
) -> None:
    """Offer the days that have anything, in a menu a week."""
    menu.clear()
    document = bench.document
    if document is None:
        return
    horizon = document.problem.horizon
    changed = _changed(document)
    for monday, together in groupby(days, key=horizon.monday):
        week = menu.addMenu(bench.say("theatre.week_number", week=horizon.iso_week(monday)[1]))
        for day in together:
            words = write_day(horizon.date(day), bench.lang)
            if day in changed:
                words = bench.say("theatre.changed_day", day=words)
            action = week.addAction(words, partial(go, day))
            action.setCheckable(True)
            action.setChecked(day == now)


def date_words(bench: Workbench, days: Sequence[int], span: Span) -> tuple[str, str]:
    """Say which days are shown, in full words and in short ones."""
    assert bench.document is not None
    horizon, lang = bench.document.problem.horizon, bench.lang
    if span == "day":
        date = horizon.date(days[0])
        full, short = write_day(date, lang), write_day(date, lang, "short")
        return full[:1].upper() + full[1:], short[:1].upper() + short[1:]
    number = horizon.iso_week(days[0])[1]
    first, last = horizon.date(days[0]), horizon.date(days[-1])
    if span == "week":
        whole = bench.say("theatre.week_of", week=number, first=first, last=last)
        return whole, bench.say("theatre.week_number", week=number)
    facts = {"first_week": number, "last_week": horizon.iso_week(days[-1])[1]}
    whole = bench.say("theatre.weeks_of", first=first, last=last, **facts)
    return whole, bench.say("theatre.weeks", **facts)


def _changed(document: Document) -> frozenset[int]:
    if document.scenario.parent is None:
        return frozenset()
    return changed_days(document.beside_parent())
