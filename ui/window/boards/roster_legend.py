"""The line under the roster board: what its letters and marks mean."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.boards.codes import letters
from planner.boards.roster import away_code, tone
from planner.boards.roster_parts import LEFT
from planner.boards.roster_published import Published
from ui.window.boards.past_days import past_brush
from ui.window.boards.roster_dates import band
from ui.window.boards.roster_painter import paint_unpublished
from ui.window.boards.roster_sheet import Sheet
from ui.window.boards.roster_stamps import paint_wish
from ui.window.boards.roster_tiles import letter, lettered, paint_tile
from ui.window.look.duties import Duty, duties
from ui.window.look.type import SMALL, font, width
from ui.window.workbench import Workbench

LINE, GAP = 22, 14


class Entry(NamedTuple):
    """A sign, how wide it is, and its words."""

    words: str
    wide: int
    paint: Callable[[QPainter, QRectF], None]


class RosterLegend(QWidget):
    """Signs with their words, in as many lines as they need."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.sheet: Sheet | None = None
        self.room = 0
        self.entries: list[Entry] = []
        self._told: tuple[object, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        bench.language_changed.connect(self.refresh)
        bench.theme_changed.connect(self.refresh)

    def take(self, sheet: Sheet | None) -> None:
        """Explain what a sheet shows."""
        self.sheet = sheet
        self._told = () if sheet is None else _told(sheet)
        self.refresh()

    def follow(self, sheet: Sheet) -> None:
        """Explain what a sheet shows after an edit; most edits leave that as it is."""
        self.sheet = sheet
        if _told(sheet) != self._told:
            self.take(sheet)

    def fit(self, room: int) -> None:
        """Show the letters that cells of a width have room for."""
        if room != self.room:
            self.room = room
            self.refresh()

    def refresh(self) -> None:
        """Say everything again."""
        self.entries = [] if self.sheet is None else list(self._entries(self.sheet))
        self.setAccessibleName(", ".join(each.words for each in self.entries))
        self._fit()
        self.update()

    def _entries(self, sheet: Sheet) -> Iterator[Entry]:
        theme, say = self.bench.theme, self.bench.say
        tones = duties(theme)
        used = _used(sheet)
        codes = letters(shift.id for shift in sheet.problem.shifts)
        for shift in sheet.problem.shifts:
            if shift.id in used or not used:
                room, short = self.room - 1, codes[shift.id]
                _, shown = lettered(str(shift.id), room, short) if self.room else (0, shift.id)
                name = shift.name or str(shift.id)
                if shown != shift.id != name:  # the grid has a letter of it alone
                    name = f"{shift.id} · {name}"
                yield Entry(name, 28, _tile(shown, tone(shift), tones))
        reasons = Counter(absence.reason for absence in sheet.problem.absences)
        if reasons or sheet.rows.facts.last_days:
            code = away_code(reasons.most_common(1)[0][0] if reasons else LEFT)
            yield Entry(say("board.legend.away"), 28, _tile(code, "away", tones))
        yield Entry(say("board.legend.granted"), 8, self._wish("granted"))
        yield Entry(say("board.legend.refused"), 8, self._wish("refused"))
        yield Entry(say("roster.fixed"), 10, lambda p, b: p.fillRect(_bar(b, 2), QColor(theme.ink)))
        yield Entry(say("roster.changed"), 8, self._corner)
        if sheet.past:
            yield Entry(say(sheet.over), 18, self._past)
        yield Entry(say("roster.published"), 18, self._band("published"))
        if sheet.published.other:
            yield Entry(say("roster.unpublished"), 26, self._unpublished)
        if sheet.published == Published():
            yield Entry(say("roster.draft"), 18, self._band("draft"))

    def _wish(self, what: str) -> Callable[[QPainter, QRectF], None]:
        return lambda painter, box: paint_wish(painter, box.center(), self.bench.theme, what)

    def _corner(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.bench.theme.own))
        top = box.center() - QPointF(4, 4)
        painter.drawPolygon(QPolygonF([top, top + QPointF(8, 0), top + QPointF(0, 8)]))

    def _band(self, state: str) -> Callable[[QPainter, QRectF], None]:
        return lambda painter, box: band(painter, _bar(box, 5), state, self.bench.theme)

    def _unpublished(self, painter: QPainter, box: QRectF) -> None:
        line = QRectF(box.left(), box.top(), 17, box.height())
        self._band("unpublished")(painter, line)
        paint_unpublished(painter, box.center() + QPointF(13, 4), self.bench.theme)

    def _past(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, past_brush(self.bench.theme, self.bench.theme.paper))

    # --- laying out -----------------------------------------------------------------------------

    def _gap(self, wide: float) -> float:
        """Give the space between entries: less where they then fit into one line."""
        words = sum(entry.wide + 5 + width(entry.words, SMALL) for entry in self.entries)
        spare = (wide - 16 - words) / max(1, len(self.entries) - 1)
        return spare if GAP / 2 <= spare < GAP else GAP

    def _places(self, wide: float) -> Iterator[tuple[Entry, float, int]]:
        x, line, gap = 10.0, 0, self._gap(wide)
        for entry in self.entries:
            needed = entry.wide + 5 + width(entry.words, SMALL)
            if x + needed > wide - 5 and x > 10:
                x, line = 10.0, line + 1
            yield entry, x, line
            x += needed + gap

    def _lines(self, wide: float) -> int:
        return max((line for _, _, line in self._places(wide)), default=0) + 1

    def heightForWidth(self, wide: int) -> int:  # noqa: N802 - Qt's name
        """As many lines as the words need."""
        return LINE * self._lines(wide)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as it is now."""
        return QSize(200, LINE * self._lines(max(200, self.width())))

    def _fit(self) -> None:
        self.setFixedHeight(LINE * self._lines(max(200, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take another line where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint all signs and their words."""
        painter, theme = QPainter(self), self.bench.theme
        painter.fillRect(self.rect(), QColor(theme.side))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, x, line in self._places(self.width()):
            top = line * LINE
            painter.save()
            entry.paint(painter, QRectF(x, top + 4, entry.wide, LINE - 8))
            painter.restore()
            painter.setFont(font(SMALL))
            painter.setPen(QColor(theme.ink2))
            left = x + entry.wide + 5
            box = QRectF(left, top, self.width() - left, LINE)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, entry.words
            )
        painter.end()


def _used(sheet: Sheet) -> set[str]:
    """Give the shifts that anybody has."""
    return {duty.shift for duty in sheet.rows.outcome.plan.duties}


def _told(sheet: Sheet) -> tuple[object, ...]:
    """Give what the words of the legend hang on, as far as an edit of the plan can move it."""
    return (_used(sheet), *sheet.published[:2])


def _bar(box: QRectF, height: int) -> QRectF:
    return QRectF(box.left(), box.center().y() - height / 2, box.width(), height)


def _tile(
    words: str, tone_name: str, tones: Mapping[str, Duty]
) -> Callable[[QPainter, QRectF], None]:
    def paint(painter: QPainter, box: QRectF) -> None:
        paint_tile(painter, box, tones[tone_name])
        letter(painter, box, words, tones[tone_name].ink)

    return paint
