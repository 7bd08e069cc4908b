"""An example as a strip: days of a person or several as roster cells, or sessions with their cases."""

from typing import Any, Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from planner.clock import read_time
from planner.packs import Example
from planner.packs.example import OTHERS, SHIFTS
from ui.window.boards.roster_tiles import Tiles
from ui.window.look.signs import outline
from ui.window.look.tokens import Theme
from ui.window.look.type import SMALL, TINY, fitting, font
from ui.window.tables.rule_examples import Answer
from ui.window.workbench import Workbench

CELL, HIGH, WIDEST = 27, 20, 334
_LABEL: Final = 34
_BAND: Final = 22


class Bar(NamedTuple):
    """A case on its session: minutes after midnight, and whether it has a start of its own."""

    id: str
    start: int
    end: int
    timed: bool


class Strip(QWidget):
    """One example, with what the rule refuses in an outline."""

    def __init__(self, bench: Workbench, answer: Answer) -> None:
        super().__init__()
        self.bench, self.answer = bench, answer
        example = answer.example
        if isinstance(example, Example):
            rows = [row.rpartition("|") for row in example.roster.split("/")]
            self.rows = [(*past.split(), *ahead.split()) for past, _, ahead in rows]
            self.past, self.ahead = rows[0][0].split(), rows[0][2].split()
            days = max(map(len, self.rows))
            self.cell = min(CELL, (WIDEST - 8) // max(1, days))
            wide = days * self.cell + (8 if self.past else 2)
            self.setFixedSize(QSize(wide, len(self.rows) * (HIGH + 6)))
        else:
            self.bands = _bands(example.table)
            waiting = [row["id"] for row in example.table["cases"] if "in" not in row]
            self.waiting = ", ".join(waiting)
            bands = len(self.bands) + (1 if waiting else 0)
            self.setFixedSize(QSize(WIDEST, bands * _BAND + 4))

    def judged_again(self, answer: Answer) -> None:
        """Show another answer to the same example."""
        self.answer = answer
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the strip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(self.answer.example, Example):
            self._paint_days(painter, self.bench.theme)
        else:
            self._paint_sessions(painter, self.bench.theme)
        painter.end()

    # --- days of a person -----------------------------------------------------------------------

    def _left(self, day: int) -> float:
        """Give where a day begins; the past stands a little apart."""
        gap = 6 if self.past and day >= 0 else 0
        return (day + len(self.past)) * self.cell + gap + 1

    def _paint_days(self, painter: QPainter, theme: Theme) -> None:
        shifts = {str(each.id): each for each in (*SHIFTS, *OTHERS)}
        tiles = Tiles(theme, self.devicePixelRatioF(), shifts)
        for number, words in enumerate(self.rows):
            top = number * (HIGH + 6)
            for place, word in enumerate(words):
                box = QRectF(self._left(place - len(self.past)), top + 3, self.cell, HIGH)
                self._paint_day(painter, theme, tiles, box, word)
        people = {f"P{number + 1}": number for number in range(len(self.rows))}
        for breach in self.answer.breaches:
            first = max(breach.about.first, -len(self.past))
            last = min(breach.about.last, len(self.ahead) - 1)
            painter.setPen(outline("hard", theme))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            left, right = self._left(first), self._left(last) + self.cell
            # What is about no person in particular is about all of them.
            told = [people[each] for each in breach.about.subjects if each in people]
            for number in told or range(len(self.rows)):
                box = QRectF(left, number * (HIGH + 6) + 2, right - left, HIGH + 2)
                painter.drawRoundedRect(box, 3, 3)

    def _paint_day(
        self, painter: QPainter, theme: Theme, tiles: Tiles, box: QRectF, word: str
    ) -> None:
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.setBrush(QColor(theme.paper))
        painter.drawRect(box)
        if word in ("-", "?"):
            painter.setPen(QColor(theme.hint))
            painter.setFont(font(SMALL))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "·" if word == "-" else "?")
            return
        inner = box.adjusted(1, 1, -1, -1)
        picture = tiles.tile(word.partition("+")[0], round(inner.width()), round(inner.height()))
        painter.drawPixmap(inner.topLeft(), picture)

    # --- sessions and their cases -----------------------------------------------------------------

    def _paint_sessions(self, painter: QPainter, theme: Theme) -> None:
        hit = {name for breach in self.answer.breaches for name in breach.about.subjects}
        everything = [bar for _, _, bars in self.bands for bar in bars]
        first = min([span[0] for _, span, _ in self.bands] + [bar.start for bar in everything])
        last = max([span[1] for _, span, _ in self.bands] + [bar.end for bar in everything])
        scale = (self.width() - _LABEL - 4) / max(1, last - first)

        def across(minute: int) -> float:
            return _LABEL + 2 + (minute - first) * scale

        for row, (words, (start, end), bars) in enumerate(self.bands):
            top = row * _BAND + 2
            painter.setFont(font(TINY))
            painter.setPen(QColor(theme.ink2))
            label = QRectF(0, top, _LABEL, _BAND - 4)
            told = fitting((words, words[-4:]), _LABEL, TINY)
            painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, told)
            band = QRectF(across(start), top, (end - start) * scale, _BAND - 4)
            painter.fillRect(band, QColor(theme.closed))
            for bar in bars:
                box = QRectF(across(bar.start), top + 1, (bar.end - bar.start) * scale, _BAND - 6)
                _paint_bar(painter, theme, box, bar, hit=bar.id in hit)
            if set(words.split()) & hit:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(outline("hard", theme))
                painter.drawRoundedRect(band, 3, 3)
        if self.waiting:
            painter.setPen(QColor(theme.hint))
            painter.setFont(font(SMALL))
            top = len(self.bands) * _BAND + 2
            told = self.bench.say("rules.example_waits", cases=self.waiting)
            box = QRectF(0, top, self.width(), _BAND - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, told)


def _paint_bar(painter: QPainter, theme: Theme, box: QRectF, bar: Bar, *, hit: bool) -> None:
    """Paint a case; dashed where it has no start of its own."""
    painter.setBrush(QColor(theme.accent_soft))
    pen = outline("hard", theme) if hit else QPen(QColor(theme.accent), 1)
    if not bar.timed and not hit:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(theme.ink))
    painter.setFont(font(TINY, 600))
    words = fitting((bar.id,), box.width() - 2, TINY, 600)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _bands(table: Any) -> list[tuple[str, tuple[int, int], list[Bar]]]:
    """Lay out the sessions of a table: label, span, cases; one without a start follows the last."""
    found = []
    for row in table["sessions"]:
        start, end = read_time(row.get("start", "08:00")), read_time(row.get("end", "16:00"))
        bars: list[Bar] = []
        at = start
        for case in table["cases"]:
            if case.get("in") != row["id"]:
                continue
            timed = "start" in case
            begin = read_time(case["start"]) if timed else at
            bars.append(Bar(case["id"], begin, begin + case["minutes"], timed))
            at = begin + case["minutes"] + case.get("turnover", 0)
        day = f" +{row['day']}" if row.get("day") else ""
        found.append((f"{row['id']}{day}", (start, end), bars))
    return found
