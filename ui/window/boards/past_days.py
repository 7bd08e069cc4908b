"""Days that are over, hatched on both boards, and said of what lies on them."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainter

from planner.facts import facts
from planner.past import over
from ui.window.boards.theatre_layout import Layout
from ui.window.boards.theatre_stamps import hatch
from ui.window.look.tokens import Theme
from ui.window.workbench import Workbench


def past_brush(theme: Theme, ground: str) -> QBrush:
    """Give the hatch of days that are over."""
    return hatch(theme.turn, ground, 0.3)


def past_until(bench: Workbench) -> int:
    """Give the first day of the open study that is not over: all before it are."""
    document = bench.document
    return 0 if document is None else max(0, facts(document.problem).as_of)


def past_words(bench: Workbench, day: int) -> Iterator[str]:
    """Say that a day of the theatres is over, and kept where it was published."""
    document = bench.document
    if document is not None and day < past_until(bench):
        kept = day < over(document.study, document.name).theatre
        yield bench.say("roster.past.kept" if kept else "roster.past")


def shade(painter: QPainter, layout: Layout, area: QRectF, until: int, theme: Theme) -> None:
    """Hatch the days of a theatre board that are over, as far as they lie in an area."""
    bottom = min(area.bottom(), layout.height)
    for place, day in enumerate(layout.days):
        if day < until:
            left = place * layout.column
            there = QRectF(left, area.top(), layout.column, bottom - area.top()) & area
            painter.fillRect(there.toRect(), past_brush(theme, theme.paper))
