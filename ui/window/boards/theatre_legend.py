"""The legend of the theatre board: specialties and signs, in as many lines as they need."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from planner.boards.marks import Sign
from planner.cases import Priority
from planner.hospital import Specialty
from ui.window.boards.past_days import past_until
from ui.window.boards.theatre_bands import paint_corner
from ui.window.boards.theatre_bars import paint_spine
from ui.window.boards.theatre_colours import Colours, all_tones, urgency
from ui.window.boards.theatre_lane_painter import LanePainter
from ui.window.boards.theatre_risk import paint_sample
from ui.window.boards.theatre_stamps import hatch
from ui.window.look.icons import pixmap
from ui.window.look.signs import outline, paint_badge
from ui.window.look.specialties import Tone
from ui.window.look.type import SMALL, fitting, font, width
from ui.window.workbench import Workbench

LINE: Final = 22
_SWATCH: Final = 20
Draw: TypeAlias = Callable[[QPainter, QRectF], None]


class TheatreLegend(QWidget):
    """What colours, spines and signs on the board mean."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.colours: Colours = "specialty"
        for signal in (bench.language_changed, bench.theme_changed, bench.document_changed):
            signal.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Take words, colours and specialties again."""
        self.entries = list(self._entries())
        self.setAccessibleName(
            f"{self.bench.say('action.legend')}: {', '.join(words for words, _ in self.entries)}"
        )
        self._grow()
        self.update()

    def _grow(self) -> None:
        self.setFixedHeight(self.lines(max(200, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take as many lines as the width asks for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def lines(self, room: int) -> int:
        """Give the height of all lines in a width."""
        places = list(self.places(room))
        return round(places[-1].y() + LINE) if places else LINE

    def places(self, room: int) -> Iterator[QPointF]:
        """Give where each entry begins, line by line."""
        x, y = 12.0, 0.0
        for words, _ in self.entries:
            wide = _SWATCH + 6 + width(words, SMALL) + 16
            if x + wide > room and x > 12:
                x, y = 12.0, y + LINE
            yield QPointF(x, y)
            x += wide

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint all entries."""
        theme = self.bench.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.side))
        painter.setPen(QColor(theme.line))
        painter.drawLine(0, 0, self.width(), 0)
        for (words, draw), at in zip(self.entries, self.places(self.width()), strict=True):
            painter.save()
            painter.translate(at + QPointF(0, 4))
            draw(painter, QRectF(0, 0, _SWATCH, 14))
            painter.restore()
            painter.setPen(QColor(theme.ink2))
            painter.setFont(font(SMALL))
            room = self.width() - at.x() - _SWATCH - 6
            shown = fitting((words, words.partition(",")[0]), room, SMALL) or words
            painter.drawText(at + QPointF(_SWATCH + 6, 15), shown)
        painter.end()

    # --- entries ------------------------------------------------------------------------------------

    def _entries(self) -> Iterator[tuple[str, Draw]]:
        say, theme = self.bench.say, self.bench.theme
        yield from self._tones()
        yield say("board.legend.turnover"), self._hatched(theme.turn, theme.closed)
        yield say("board.legend.late"), self._hatched(theme.hard, theme.hard_soft)
        yield say("forecast.legend"), lambda p, frame: paint_sample(p, frame, self.bench.theme)
        yield say("lane.legend"), lambda p, frame: LanePainter(self.bench.theme).sample(p, frame)
        yield say("theatre.legend.shut"), self._hatched(theme.turn, theme.closed, 0.25)
        if past_until(self.bench):
            yield say("roster.past"), self._hatched(theme.turn, theme.paper, 0.3)
        yield say("theatre.legend.chosen"), self._chosen
        for sign in ("hard", "soft", "accepted"):
            yield say(f"board.legend.{sign}"), self._sign(sign)
        yield say("theatre.legend.pinned"), self._icon("pin", "ink2")
        yield say("theatre.legend.moved"), self._icon("swap-vertical-bold", "own")
        yield say("theatre.legend.moved_inside"), self._corner
        yield say("theatre.legend.stale"), self._icon("clock-alert-outline", "ink2")
        yield say("theatre.legend.own"), self._dot("own", full=True)
        yield say("theatre.legend.inherited"), self._dot("ink2", full=False)
        yield say("theatre.legend.ghost"), self._ghost

    def _tones(self) -> Iterator[tuple[str, Draw]]:
        """Give what colours mean, then each of them."""
        document, say = self.bench.document, self.bench.say
        if document is None:
            return
        if self.colours != "specialty":
            yield say(f"theatre.colours.{self.colours}.legend"), lambda _painter, _frame: None
        tones, urgent = all_tones(self.bench), self.colours == "urgency"
        classes = sorted(document.problem.priorities, key=lambda each: each.wait)
        known: Sequence[Priority | Specialty] = classes if urgent else document.problem.specialties
        for each in known:
            name = f"{each.id} {each.name}" if each.name and each.name != each.id else str(each.id)
            yield name, self._tone(tones[urgency(each.id) if urgent else str(each.id)])

    def _tone(self, tone: Tone) -> Draw:
        def draw(painter: QPainter, frame: QRectF) -> None:
            painter.setPen(QPen(tone.border, 1))
            painter.setBrush(tone.fill)
            painter.drawRoundedRect(frame, 2, 2)
            paint_spine(painter, tone.form, tone.spine, frame.height())

        return draw

    def _hatched(self, stroke: str, ground: str, share: float = 0.6) -> Draw:
        return lambda painter, frame: painter.fillRect(
            frame.adjusted(0, 3, 0, -3), hatch(stroke, ground, share)
        )

    def _chosen(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(QPen(QColor(self.bench.theme.focus), 2.6))
        painter.setBrush(QColor(self.bench.theme.paper))
        painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 3, 3)

    def _corner(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(QPen(QColor(self.bench.theme.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
        paint_corner(painter, frame, self.bench.theme)

    def _sign(self, sign: Sign) -> Draw:
        def draw(painter: QPainter, frame: QRectF) -> None:
            painter.setPen(outline(sign, self.bench.theme))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(1, 2, -5, -1), 2, 2)
            paint_badge(painter, sign, frame.topRight() + QPointF(-5, 5), self.bench.theme, 10)

        return draw

    def _icon(self, name: str, token: str) -> Draw:
        ratio = self.devicePixelRatioF()
        picture = pixmap(name, self.bench.theme, token, 14, ratio)
        return lambda painter, frame: painter.drawPixmap(frame.topLeft() + QPointF(3, 0), picture)

    def _dot(self, token: str, *, full: bool) -> Draw:
        colour = self.bench.theme.colour(token)

        def draw(painter: QPainter, frame: QRectF) -> None:
            painter.setPen(QPen(colour, 1.2))
            painter.setBrush(colour if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(frame.center(), 3.2, 3.2)

        return draw

    def _ghost(self, painter: QPainter, frame: QRectF) -> None:
        pen = QPen(QColor(self.bench.theme.ink2), 1.3)
        pen.setDashPattern([4, 2.5])
        painter.setPen(pen)
        painter.setBrush(QColor(self.bench.theme.paper))
        painter.drawRoundedRect(frame, 2, 2)
