"""Paints the theatre board: ground, sessions, turnovers, bars, overtime, ghosts, breaches, selection."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from planner.boards.marks import Sign, worst
from planner.boards.origins import Origin
from planner.boards.theatre import Band
from planner.words import say
from ui.window.boards.past_days import past_until, shade
from ui.window.boards.theatre_bands import Loads
from ui.window.boards.theatre_bars import Bars
from ui.window.boards.theatre_colours import all_tones, band_tone
from ui.window.boards.theatre_ghosts import ghost_codes, ghost_places, paint_ghost
from ui.window.boards.theatre_labels import APART, BADGE, label_of
from ui.window.boards.theatre_layout import LABEL, Layout
from ui.window.boards.theatre_risk import Risks
from ui.window.boards.theatre_scene import Item, Scene
from ui.window.boards.theatre_shut import paint_shut
from ui.window.boards.theatre_stamps import badge, hatch
from ui.window.boards.theatre_words import lost_to, owner, session_ladder
from ui.window.look.icons import pixmap
from ui.window.look.specialties import Tone
from ui.window.look.tokens import Theme
from ui.window.look.type import TINY, fitting, font, width
from ui.window.workbench import Workbench

PIN = 12
"""Pixels of the sign of a session that is pinned empty; else its cases have the sign."""
_BESIDE_CODE = 30.0
"""What spine, badge and edges take of a day beside the code of an owner, where sessions stand alone."""
_SMOOTH = QPainter.RenderHint.Antialiasing


class TheatrePainter:
    """Paints what of a scene lies in a rectangle; knows nothing of the widget that it paints on."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.risks = Risks(bench)
        self.retint()

    def retint(self) -> None:
        """Take the colours of the theme and the specialties."""
        self.theme: Theme = self.bench.theme
        self.tones: dict[str, Tone] = all_tones(self.bench)
        theme = self.theme
        self.grid = QPen(QColor(theme.grid), 1)
        self.line = QPen(QColor(theme.line), 1)
        self.side, self.paper, self.alt = map(QColor, (theme.side, theme.paper, theme.alt))
        self.ink2, self.hard = QPen(QColor(theme.ink2)), QPen(QColor(theme.hard))
        self.hatch = hatch(theme.turn, theme.closed, 0.55)
        self.late = hatch(theme.hard, theme.hard_soft, 0.7)
        self.shut = hatch(theme.turn, theme.closed, 0.25)
        self.bars = Bars(self.bench, self.tones)
        self.loads = Loads(self.bench, self.tones, self.late)
        self.forget()

    def forget(self) -> None:
        """Forget the labels of the scene before."""
        self._ladders: dict[str, tuple[str, ...]] = {}
        self._signs: dict[int, Sign] = {}
        self._low: dict[str, bool] = {}
        self.past = past_until(self.bench)
        say = self.bench.say
        self._closed = (say("theatre.closed"),)
        self._idle = (say("theatre.idle"), say("theatre.idle.short"))

    def paint(
        self,
        painter: QPainter,
        scene: Scene,
        layout: Layout,
        area: QRectF,
        numbers: Iterable[int],
    ) -> None:
        """Paint the items of these numbers, which lie in the area, as one or more whole rows."""
        painter.setRenderHint(_SMOOTH, on=False)  # straight edges on whole pixels cost a third
        self.ground(painter, layout, area)
        items = [(number, scene.items[number]) for number in numbers]
        if scene.coarse:
            self._coarse(painter, scene, layout, items)
            return
        for _, item in items:
            if item.kind == "session":
                self.session(painter, scene, layout, item)
            elif item.idle is not None:
                low = not layout.week or item.row in layout.low
                why = self._closed if item.idle.lost else self._idle if low else ()
                origin = lost_to(scene, item.idle.lost)
                paint_shut(
                    painter,
                    self.theme,
                    self.frame(layout, item),
                    self.shut,
                    why,
                    origin,
                    self.bench.lang,
                )
        painter.setRenderHint(_SMOOTH)
        for _, item in items:
            if item.kind == "session":
                self.risks.paint(painter, scene, layout, item)
        for _, item in items:
            if item.kind == "ghost":
                self.ghost(painter, scene, layout, item)
        for number, item in items:
            if item.kind == "case":
                rect = layout.block(item.place, item.row, item.start, item.end)
                painter.setOpacity(0.3 if scene.faint(item) else 1)
                self.bars.paint(painter, scene, item, rect, self.sign(number, item))
        painter.setOpacity(1)
        for number, item in items:
            if item.kind == "case" and item.over and item.band and item.band.late > 0:
                closing = max(0, item.band.session.end - 1440)
                self.overtime(painter, layout, item, item.band, closing, item.end)
            sign = self.sign(number, item)
            if sign:
                self.signs(painter, layout, item, sign)

    def _coarse(
        self, painter: QPainter, scene: Scene, layout: Layout, items: list[tuple[int, Item]]
    ) -> None:
        """Paint sessions alone, as vessels."""
        for number, item in items:
            rect, band = QRectF(self.frame(layout, item).toRect()), item.band
            painter.setOpacity(0.3 if scene.faint(item) else 1)
            if band is None or band.session.closed:
                origin = self._origin(scene, item)
                paint_shut(painter, self.theme, rect, self.shut, (), origin, self.bench.lang)
                continue
            codes, sign = self.codes(scene, layout, band), self.sign(number, item)
            self.loads.paint(painter, rect, band, codes, sign)
        painter.setOpacity(1)

    def _origin(self, scene: Scene, item: Item) -> Origin | None:
        lost = () if item.idle is None else item.idle.lost
        found = scene.origins.get(("session", item.id)) if item.band is not None else None
        return found or lost_to(scene, lost)

    def sign(self, number: int, item: Item) -> Sign:
        """Give the gravest sign of an item, worked out once; alone, a session stands for its cases."""
        found = self._signs.get(number)
        if found is None:
            found = ""
            if item.kind == "case" and item.bar is not None:
                found = item.bar.sign
            elif item.kind == "session" and item.band is not None and not item.over:
                inside = item.band.bars if item.alone else ()
                within = (each for bar in inside for each in bar.breaches)
                found = worst((*item.band.breaches, *within))
            self._signs[number] = found
        return found

    def frame(self, layout: Layout, item: Item) -> QRectF:
        """Give the frame of an item."""
        if item.kind in ("session", "idle"):
            return layout.rect(item.place, item.row, item.start, item.end)
        if item.kind == "ghost" and layout.lanes and item.over:
            return layout.lane(item.place, item.row, item.start, item.end)
        return layout.block(item.place, item.row, item.start, item.end)

    # --- ground -----------------------------------------------------------------------------------

    def ground(
        self, painter: QPainter, layout: Layout, area: QRectF, *, below: bool = False
    ) -> None:
        """Paint rows, hours and days; `below`: only what lies under the last row."""
        theme = self.theme
        if below:
            under = QRectF(area)
            under.setTop(max(area.top(), layout.height))
            if not under.isEmpty():
                painter.fillRect(under, QColor(theme.paper))
            return
        area = QRectF(area.toRect())
        painter.fillRect(area, self.paper)
        across = min(area.right(), layout.width)
        lines = []
        for row in layout.rows(area.top(), area.bottom()):
            y, high = layout.tops[row], layout.high(row)
            if row % 2:
                painter.fillRect(QRectF(area.left(), y, area.width(), high).toRect(), self.alt)
            lines.append(QLineF(area.left(), y + high, across, y + high))
        shade(painter, layout, area, self.past, theme)
        painter.setPen(self.grid)
        bottom = min(area.bottom(), layout.height)
        hours = layout.hours(16)
        for place in range(len(layout.days)):
            lines += [
                QLineF(x, area.top(), x, bottom)
                for hour in hours
                if area.left() <= (x := layout.x(place, hour)) <= area.right()
            ]
        painter.drawLines(lines)
        painter.setPen(self.line)
        edges = [place * layout.column for place in range(1, len(layout.days) + 1)]
        painter.drawLines([QLineF(x, area.top(), x, bottom) for x in edges if layout.week])

    # --- sessions ---------------------------------------------------------------------------------

    def session(self, painter: QPainter, scene: Scene, layout: Layout, item: Item) -> None:
        """Paint a session: its band, label, fill, turnovers and overtime."""
        band = item.band
        assert band is not None
        rect = QRectF(layout.rect(item.place, item.row, item.start, item.end).toRect())
        faint = scene.faint(item)
        if faint:
            painter.setOpacity(0.4)
        if band.session.closed:
            origin = scene.origins.get(("session", band.session.id))
            paint_shut(painter, self.theme, rect, self.shut, self._closed, origin, self.bench.lang)
            painter.setOpacity(1)
            return
        tone = self.tones.get(band_tone(scene, band))
        painter.fillRect(rect, self.side if tone is None else tone.band)
        if scene.colours == "owner":
            self._owners(painter, rect, band)
        painter.setPen(self.line if tone is None else tone.border)
        painter.drawPolyline(
            [rect.bottomLeft(), rect.topLeft(), rect.topRight(), rect.bottomRight()]
        )
        if not item.over:
            self.turnovers(painter, layout, item, band)
            kept = self.risks.needs(scene, layout, item)
            taken = self.filled(painter, scene, rect, band, kept)
            name = self.least(scene, band)
            taken = self.risks.over(painter, scene, layout, item, rect, taken, name)
            self.label(painter, scene, rect, band, taken)
            if band.session.id in scene.shut and not band.bars and rect.height() > LABEL + PIN:
                ratio = painter.device().devicePixelRatioF()
                sign = pixmap("pin", self.theme, "ink2", PIN, ratio)
                painter.drawPixmap(rect.topLeft() + QPointF(5, LABEL + 2), sign)
            if band.late > 0 and band.session.end < 1440:
                last = min(band.session.end + band.late, 1440)
                self.overtime(painter, layout, item, band, band.session.end, last)
        painter.setOpacity(1)

    def _owners(self, painter: QPainter, rect: QRectF, band: Band) -> None:
        """Colour the line of the label by the session's owners, side by side where it has several."""
        found = [tone for id in sorted(band.session.owners) if (tone := self.tones.get(id))]
        for place, tone in enumerate(found):
            left = rect.left() + rect.width() * place / len(found)
            part = QRectF(left, rect.top(), rect.width() / len(found), LABEL - 1)
            painter.fillRect(part.toRect(), tone.fill)
            painter.fillRect(QRectF(left, rect.top(), part.width(), 2).toRect(), tone.spine)

    def label(
        self, painter: QPainter, scene: Scene, rect: QRectF, band: Band, taken: float
    ) -> None:
        """Write whose session it is, as fully as there is room."""
        assert scene.outcome is not None
        own = scene.origins.get(("session", band.session.id))
        names, sign = self.ladder(scene, band), bool(band.sign)
        found = label_of(names, rect.width(), taken, badge=sign, own=own is not None)
        self._low[band.session.id] = found.low
        if own is not None and found.dot:
            token = self.theme.own if own.own else self.theme.ink2
            painter.setPen(QPen(QColor(token), 1))
            painter.setBrush(QColor(token) if own.own else Qt.BrushStyle.NoBrush)
            painter.setRenderHint(_SMOOTH)
            painter.drawEllipse(QPointF(rect.left() + found.dot, rect.top() + 8), 2.6, 2.6)
            painter.setRenderHint(_SMOOTH, on=False)
        painter.setFont(font(TINY, 500))
        painter.setPen(self.ink2)
        if not found.upright:
            painter.drawText(rect.topLeft() + QPointF(found.at, 11), found.words)
        elif not band.bars and width(found.words, TINY, 500) <= rect.height() - 6:
            painter.save()
            painter.translate(rect.center().x() + 3.5, rect.bottom() - 3)
            painter.rotate(-90)
            painter.drawText(QPointF(0, 0), found.words)
            painter.restore()

    def ladder(self, scene: Scene, band: Band) -> tuple[str, ...]:
        """Give the labels of a session from full to short, worked out once."""
        assert scene.outcome is not None
        known = self._ladders.get(band.session.id)
        if known is None:
            known = session_ladder(self.bench, scene.outcome.problem, band.session)
            self._ladders[band.session.id] = known
        return known

    def codes(self, scene: Scene, layout: Layout, band: Band) -> tuple[str, ...]:
        """Give the codes of a session's owners: whole where that of every specialty fits a day.

        Else all are short, so that no specialty has two codes side by side.
        """
        room = layout.column - _BESIDE_CODE
        if all(width(whole, TINY, 500) <= room for whole in scene.owners):
            return (owner(self.bench, band.session),)
        short = (scene.owners.get(each, each) for each in sorted(band.session.owners))
        return ("/".join(short) or owner(self.bench, band.session),)

    def heading(
        self, painter: QPainter, scene: Scene, rect: QRectF, item: Item, left: float
    ) -> None:
        """Write whose session it is at the left edge of what is seen, over its band."""
        band = item.band
        if band is None or band.session.closed or item.over or scene.outcome is None:
            return
        tone = self.tones.get(band_tone(scene, band))
        words = fitting(self.ladder(scene, band), rect.right() - left - 80, TINY, 500)
        plate = QRectF(left, rect.top() + 1, width(words, TINY, 500) + 10, LABEL - 2)
        painter.fillRect(plate.toRect(), self.side if tone is None else tone.band)
        painter.setFont(font(TINY, 500))
        painter.setPen(self.ink2)
        painter.drawText(QPointF(left + 5, rect.top() + 11), words)

    def filled(
        self, painter: QPainter, scene: Scene, rect: QRectF, band: Band, kept: float = 0.0
    ) -> float:
        """Write the fill at the right, beside the badge; give the room that both take.

        The name of the session goes before, and what is `kept` for the chance to finish late: without
        room for all there is no number.
        """
        badge_room = BADGE if band.sign else 0.0
        if not band.bars:
            return badge_room
        words = fill_words(band.fill, self.bench.lang)
        room = width(words, TINY, 600) + (badge_room or 5.0)
        name = self.least(scene, band)
        kept = kept if name + kept + badge_room <= rect.width() else 0.0
        if name + kept + room > rect.width():
            return badge_room
        painter.setFont(font(TINY, 600))
        painter.setPen(self.hard if band.fill > 100 else self.ink2)
        painter.drawText(QPointF(rect.right() - room, rect.top() + 11), words)
        return room

    def least(self, scene: Scene, band: Band) -> float:
        """Give the room that the shortest name of a session needs, with the dot of a change."""
        own = ("session", band.session.id) in scene.origins
        name = width(self.ladder(scene, band)[-1], TINY, 500)
        return name + 5 + APART + (10 if own else 0)

    def turnovers(self, painter: QPainter, layout: Layout, item: Item, band: Band) -> None:
        """Hatch the turnovers between bars."""
        for start, end in band.turnovers:
            if start < 1440:
                rect = layout.block(item.place, item.row, start, min(end, 1440))
                high = rect.height() * 0.4
                rect = QRectF(rect.left(), rect.center().y() - high / 2, rect.width(), high)
                painter.fillRect(rect.toRect(), self.hatch)

    def overtime(
        self, painter: QPainter, layout: Layout, item: Item, band: Band, closing: int, last: int
    ) -> None:
        """Paint what goes on after closing time, and say how long in all."""
        if closing >= last:
            return
        strip = layout.rect(item.place, item.row, closing, last)
        whole = QRectF(strip)
        strip.setHeight(LABEL - 3)
        painter.fillRect(strip, self.late)
        painter.setPen(QPen(QColor(self.theme.hard), 2))
        painter.drawLine(QPointF(whole.left(), whole.top()), QPointF(whole.left(), whole.bottom()))
        words = self.bench.say("theatre.late", late=band.late)
        short = self.bench.say("theatre.late.short", late=band.late)
        room = (item.place + 1) * layout.column - strip.right() - 8
        words = fitting((words, short), room, TINY, 600)
        painter.setFont(font(TINY, 600))
        painter.setPen(self.hard)
        painter.drawText(QPointF(strip.right() + 6, strip.top() + 10), words)

    # --- marks ------------------------------------------------------------------------------------

    def ghost(self, painter: QPainter, scene: Scene, layout: Layout, item: Item) -> None:
        """Paint where the other plan has a case: in its place, or in the lane where that is taken."""
        rect, places = self.frame(layout, item), ghost_places(self.bench, layout, item)
        codes = ghost_codes(scene, item, rect.width())
        paint_ghost(painter, self.theme, rect, codes, places)

    def signs(self, painter: QPainter, layout: Layout, item: Item, sign: Sign) -> None:
        """Paint the badge of what a rule is broken by; the outline is part of the bar."""
        if item.kind == "case":
            rect = layout.block(item.place, item.row, item.start, item.end)
            at = rect.topRight() + QPointF(-3, 1)
        else:
            rect = layout.rect(item.place, item.row, item.start, item.end)
            low = item.band is not None and self._low.get(item.band.session.id, False)
            at = rect.bottomRight() - QPointF(7, 7) if low else rect.topRight() + QPointF(-7, 7)
        picture = badge(sign, self.theme, 12, painter.device().devicePixelRatioF())
        painter.drawPixmap(at - QPointF(8, 8), picture)

    def ring(self, painter: QPainter, rect: QRectF) -> None:
        """Ring what is selected."""
        painter.setPen(QPen(QColor(self.theme.focus), 2.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-1.3, -1.3, 1.3, 1.3), 4, 4)


@lru_cache(maxsize=1024)
def fill_words(fill: int, lang: str) -> str:
    """Write how full a session is."""
    return say("board.fill", lang, fill=fill)
