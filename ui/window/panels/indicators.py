"""The strip of indicators above a board: value, and the difference to the parent's plan in words."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from planner import kpi_words
from planner.compare import HERE, beside
from planner.kpis import catalogue
from planner.kpis.contract import Kpi, Outcome, grouped, value
from ui.window.breathing import Breathing
from ui.window.look.type import BODY, LARGE, SMALL, fitting, font, metrics, width
from ui.window.panels.parts import label, relook
from ui.window.workbench import Workbench

TILES: Final = {
    "theatre": ("planned_fill", "planned_overtime", "scheduled", "overdue", "hard_breaches",
                "peak_beds", "late_chance", "mean_wait"),
    "roster": ("cover_short", "minutes_above", "minutes_below", "wishes_refused", "hard_breaches",
               "nights_range", "weekends_range", "cover_thin"),
}  # fmt: skip
"""The indicators of a part, the first ones first."""
TILE: Final = 142
MORE: Final = 64
"""Width of the last tile, which stands for those without room."""
HEIGHT: Final = 50
WAITS: Final = "…"
"""What stands for a figure that is being worked out."""
_LEFT: Final = 10


class Shown(NamedTuple):
    """What a tile says: title, value, difference, and whether that is better or worse."""

    title: str
    value: str
    difference: str
    sense: str
    definition: str

    def sentence(self, bench: Workbench) -> str:
        """Say all of it on one line."""
        sense = self.sense in ("better", "worse")
        word = bench.say(f"indicator.{self.sense}") if sense else ""
        parts = [part for part in (self.value, self.difference, word) if part]
        return bench.say("compare_view.row", title=self.title, values=", ".join(parts))


class Tile(QWidget):
    """One indicator."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(TILE)
        self.ladder: tuple[str, ...] = ()
        self.titles: tuple[str, ...] = ()
        self.title, self.value, self.difference = label("second"), label("large"), label("better")
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT, 5, 4, 4)
        column.setSpacing(0)
        column.addWidget(self.title)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.value)
        line.addWidget(self.difference)
        line.addStretch(1)
        column.addLayout(line)

    def show_what(self, shown: Shown, bench: Workbench) -> None:
        """Show an indicator."""
        self.titles = (shown.title, shown.title.split(" · ")[0])
        self.value.setText(shown.value)
        arrow = {"+": "▲ ", "−": "▼ "}.get(shown.difference[:1], "")
        self.ladder = (arrow + shown.difference, shown.difference, arrow.strip())
        self._fit()
        relook(self.difference, shown.sense or "hint")
        self.setToolTip(shown.definition)
        self.setAccessibleName(shown.sentence(bench))

    def _fit(self) -> None:
        """Write title and difference as fully as there is room for."""
        self.title.setText(fitting(self.titles, self.width() - _LEFT - 4, SMALL))
        room = self.width() - 20 - width(self.value.text(), LARGE, 600)
        self.difference.setText(fitting(self.ladder, room, BODY, 600))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the difference to the new width."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()


class More(QToolButton):
    """The last tile: how many indicators wait in its menu."""

    def __init__(self, bench: Workbench, menu: QMenu) -> None:
        super().__init__()
        self.bench = bench
        self.setFixedSize(MORE, HEIGHT - 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(menu)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint it as a tile, on the lines of the others."""
        theme, painter = self.bench.theme, QPainter(self)
        if self.underMouse() or self.menu().isVisible():
            painter.fillRect(self.rect(), QColor(theme.accent_soft))
        painter.setFont(font(SMALL))
        painter.setPen(QColor(theme.ink2))
        box = self.rect().adjusted(_LEFT, 7, 0, -4)
        high = round(metrics(SMALL).height()) - 1
        painter.drawText(box, Qt.AlignmentFlag.AlignTop, self.bench.say("indicator.others"))
        painter.setFont(font(LARGE, 600))
        painter.setPen(QColor(theme.ink))
        line = box.adjusted(0, high, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, middle, self.text())
        right = round(width(self.text(), LARGE, 600)) + 3
        arrow = line.adjusted(right, 0, right - line.width() + 14, 0)
        self.bench.icon("chevron-down").paint(painter, arrow, middle)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))


class IndicatorStrip(QWidget):
    """As many tiles as there is room for; the others in a menu at the end."""

    def __init__(self, bench: Workbench, part: str) -> None:
        super().__init__()
        self.bench, self.part = bench, part
        self.setObjectName("indicators")
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(2 * TILE)
        self.tiles = [Tile() for _ in TILES[part]]
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        for tile in self.tiles:
            tile.hide()
            self.row.addWidget(tile, 1)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.more = More(bench, self.menu)
        self.row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.shown: list[Shown] = []
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(0)
        self.later.timeout.connect(self._begin)
        self.work = Breathing(self)
        for signal in (bench.changed, bench.language_changed, bench.theme_changed):
            signal.connect(self._soon)

    def _soon(self) -> None:
        if self.isVisible():
            self.later.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Work out what was missed while out of sight, once the view is there."""
        super().showEvent(event)
        self.later.start()

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """The indicators of the strip."""
        known = {kpi.name: kpi for kpi in catalogue()}
        return tuple(known[name] for name in TILES[self.part] if name in known)

    def renew(self) -> None:
        """Work the indicators out again and show them, now."""
        self._begin()
        self.work.finish()

    def _begin(self) -> None:
        self.work.begin(self._renewing())

    def _renewing(self) -> Iterator[None]:
        """Work the indicators out one after another, each of either plan alone, then show them."""
        document = self.bench.document
        told: list[Shown] = []
        if document is not None:
            outcome = document.beside_parent()
            waits = outcome.waits or (outcome.reference is not None and outcome.reference.waits)
            for kpi in () if waits else self.kpis:
                for each in filter(None, (outcome.reference, outcome)):
                    if kpi.name not in each.figures and not kpi.compares:
                        each.figure(kpi)
                        yield
            word = self.wait if waits else self.say  # then all is told again in a moment
            told = [word(kpi, outcome) for kpi in self.kpis]
        self.shown = told
        for tile, shown in zip(self.tiles, self.shown, strict=False):
            tile.show_what(shown, self.bench)
        self.fit()

    def wait(self, kpi: Kpi, _: Outcome) -> Shown:
        """Say that an indicator is still being worked out: what it was is of another plan."""
        title = self.bench.say(f"indicator.{kpi.name}", group="").removesuffix(" · ")
        return Shown(title, WAITS, "", "", kpi_words.definition(kpi, self.bench.lang))

    def say(self, kpi: Kpi, outcome: Outcome) -> Shown:
        """Say an indicator, of its greatest group where it has groups."""
        say, lang = self.bench.say, self.bench.lang
        figures = {group: value(each) for group, each in grouped(outcome.figure(kpi)).items()}
        group = max(figures, key=lambda g: (figures[g] or 0, g), default="")
        row = beside(kpi, outcome, group)
        now, delta = row.values[HERE], row.delta.get(HERE)
        words = kpi_words.row_value(row, HERE, lang)
        if kpi.name == "scheduled" and now is not None:
            words = say("indicator.of", n=now, all=len(outcome.problem.cases))
        difference = "" if delta is None else kpi_words.row_difference(row, HERE, lang)
        return Shown(
            title=say(f"indicator.{kpi.name}", group=group),
            value=words,
            difference=difference,
            sense="" if difference == "=" else kpi_words.sense(kpi, delta),
            definition=kpi_words.definition(kpi, lang),
        )

    # --- room ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as many tiles as fit."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show as many tiles as fit, and put the others into the menu."""
        count = len(self.shown)
        room = self.width() // TILE
        shown = count if room >= count else max(1, (self.width() - MORE) // TILE)
        for number, tile in enumerate(self.tiles):
            tile.setVisible(number < min(shown, count))
        self.more.setVisible(shown < count)
        self.more.setText(f"+{count - shown}")
        self.more.setAccessibleName(self.bench.say("indicator.more", n=max(0, count - shown)))
        self.menu.clear()
        for each in self.shown[shown:]:
            self.menu.addAction(each.sentence(self.bench)).setToolTip(each.definition)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground, the hairlines between tiles, and the ring round the focused one."""
        theme = self.bench.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.paper))
        painter.setPen(QColor(theme.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setPen(QColor(theme.grid))
        for tile in (*self.tiles[1:], self.more):
            if tile.isVisible():
                painter.drawLine(tile.x(), 8, tile.x(), self.height() - 9)
        for tile in self.tiles:
            if tile.hasFocus():
                painter.setPen(QPen(QColor(theme.focus), 2))
                painter.drawRect(tile.geometry().adjusted(2, 2, -2, -3))
        painter.end()
