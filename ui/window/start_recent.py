"""The recent studies of the start page, each with a sketch of its plan, and the card of first steps."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from planner.words import clock
from planner.words import day as written_day
from ui.window.look.duties import duties
from ui.window.look.specialties import tones
from ui.window.panels.parts import button, label, plain_tip, verbatim
from ui.window.remembering import STEPS, about, made
from ui.window.workbench import Workbench

SKETCH: Final = QSize(112, 58)


class Sketch(QWidget):
    """A small picture of a plan: bars of a day, or the days of a few people."""

    def __init__(self, bench: Workbench, told: dict[str, Any]) -> None:
        super().__init__()
        self.bench, self.told = bench, told
        self.setFixedSize(SKETCH)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint it; of a file that was never seen an empty sheet."""
        theme, painter = self.bench.theme, QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.paper))
        painter.setPen(QColor(theme.line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        inside = QRectF(self.rect()).adjusted(7, 6, -7, -6)
        if self.told.get("bars"):
            self._bars(painter, inside)
        elif self.told.get("cells"):
            self._cells(painter, inside)

    def _bars(self, painter: QPainter, inside: QRectF) -> None:
        rows = self.told["bars"]
        of = tones(sorted({bar[2] for row in rows for bar in row}), self.bench.theme)
        high = inside.height() / max(len(rows), 4)
        for place, row in enumerate(rows):
            for start, end, specialty in row:
                x, wide = inside.x() + start * inside.width(), (end - start) * inside.width() - 1
                box = QRectF(x, inside.y() + place * high, max(wide, 3), high - 3)
                painter.setPen(of[specialty].border)
                painter.setBrush(of[specialty].fill)
                painter.drawRect(box)
                painter.fillRect(QRectF(box.x(), box.y(), 2, box.height()), of[specialty].spine)

    def _cells(self, painter: QPainter, inside: QRectF) -> None:
        rows = self.told["cells"]
        of = duties(self.bench.theme)
        fills = {1: of["day"].fill, 2: of["night"].fill}
        high, wide = inside.height() / len(rows), inside.width() / max(map(len, rows))
        for place, row in enumerate(rows):
            for day, cell in enumerate(row):
                if cell in fills:
                    x, y = inside.x() + day * wide, inside.y() + place * high
                    painter.fillRect(QRectF(x, y, wide - 1, high - 1), fills[cell])


class Recent(QWidget):
    """One study: its sketch, its name, how it stands, what is in it, when it was saved."""

    def __init__(
        self, bench: Workbench, path: Path, opens: Callable[[], object], gone: Callable[[], object]
    ) -> None:
        super().__init__()
        self.bench, self.path, self.gone = bench, path, gone
        told = about(bench.settings, path)
        name = button("name", opens, verbatim(path.name))
        name.setObjectName("recent_file")
        name.setToolTip(plain_tip(str(path)))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name)
        for chip in self._chips(told):
            head.addWidget(chip)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addLayout(head)
        words.addWidget(label("second_body", self._what(told)))
        words.addStretch(1)
        self.more = QToolButton()
        self.more.setIcon(bench.icon("dots-horizontal"))
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setAccessibleName(bench.say("start.more", file=path.name))
        self.more.clicked.connect(lambda _=False: self._menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(14)
        row.addWidget(Sketch(bench, told))
        row.addLayout(words, 1)
        row.addWidget(label("second", self._when()))
        row.addWidget(self.more)

    def _chips(self, told: dict[str, Any]) -> list[QLabel]:
        say, chips = self.bench.say, []
        from data.lock import holder_of  # only where there is a recent study

        holder = holder_of(self.path)
        if (
            holder is not None and holder.pid != os.getpid()
        ):  # what we close here is ours a moment yet
            chips.append(label("mark_held", say("start.held", user=holder.user, host=holder.host)))
        if told.get("stale", -1) >= 0:
            n = told["stale"]
            chips.append(label("mark_stale", say("banner.stale_for" if n else "banner.stale", n=n)))
        elif told.get("published"):
            chips.append(label("mark_published", say("banner.published")))
        return chips

    def _what(self, told: dict[str, Any]) -> str:
        """Say what is in the file, where it was seen; else where it lies."""
        if not told:
            return str(self.path.parent)
        say = self.bench.say
        sizes = [say(f"start.{kind}", n=told[kind]) for kind in ("theatres", "staff") if told[kind]]
        first, last = told["weeks"]
        weeks = say("start.weeks", first=first, last=last, year=told["year"])
        return " · ".join((say("start.scenarios", n=told["scenarios"]), ", ".join(sizes), weeks))

    def _when(self) -> str:
        changed = dt.datetime.fromtimestamp(self.path.stat().st_mtime, dt.UTC).astimezone()
        today = dt.datetime.now(dt.UTC).astimezone().date()
        time = clock(changed.hour * 60 + changed.minute)
        if changed.date() == today:
            return self.bench.say("start.today", time=time)
        if changed.date() == today - dt.timedelta(days=1):
            return self.bench.say("start.yesterday", time=time)
        return written_day(changed.date(), self.bench.lang, "short")

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.bench.say("start.forget"), self.gone)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class FirstSteps(QFrame):
    """What to try first, ticked off as it is done; it can be put away."""

    put_away = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.setProperty("look", "card")
        self.setFixedWidth(250)
        self.title, self.count = label("title"), label("second")
        self.signs = {step: QLabel() for step in STEPS}
        self.words = {step: label() for step in STEPS}
        self.hide_ = button("link", self.put_away.emit)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(7)
        column.addLayout(head)
        for step in STEPS:
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(self.signs[step])
            line.addWidget(self.words[step], 1)
            column.addLayout(line)
        column.addStretch(1)
        column.addWidget(self.hide_, 0, Qt.AlignmentFlag.AlignLeft)

    def word(self) -> None:
        """Take words, colours, and what was done."""
        say, done = self.bench.say, made(self.bench.settings)
        self.title.setText(say("start.steps"))
        self.count.setText(say("start.steps_made", made=len(done), n=len(STEPS)))
        self.hide_.setText(say("start.hide"))
        for step in STEPS:
            name, token = ("check-circle", "accent") if step in done else ("circle-outline", "ink2")
            self.signs[step].setPixmap(self.bench.icon(name, token).pixmap(16, 16))
            self.words[step].setText(say(f"start.step.{step}"))
            self.words[step].setProperty("look", "done" if step in done else "to_do")
            state = say("start.made" if step in done else "start.not_made")
            self.words[step].setAccessibleName(f"{say(f'start.step.{step}')}, {state}")
            self.words[step].style().polish(self.words[step])
