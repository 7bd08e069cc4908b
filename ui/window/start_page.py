"""The start page: try the demo, open a study, import tables; the files opened last; first steps."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.window.actions import Actions
from ui.window.panels.parts import Empty, button, hairline, label
from ui.window.start_recent import FirstSteps, Recent
from ui.window.workbench import Workbench

CARDS: Final = (
    ("demo", "hospital-building"),
    ("open", "folder-open-outline"),
    ("import", "table-arrow-right"),
)
SHOWN: Final = 3


class Card(QFrame):
    """One way to begin: an icon, a title, two lines, a button; all of it can be clicked."""

    chosen = Signal()

    def __init__(self, bench: Workbench, name: str, icon: str) -> None:
        super().__init__()
        self.bench, self.name, self.icon = bench, name, icon
        self.setObjectName(f"card_{name}")
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(260, 180))
        self.sign, self.title, self.told = QLabel(), label("card"), label("second_body", wrap=True)
        self.button = button("primary" if name == "demo" else "", self.chosen.emit)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 20)
        column.setSpacing(8)
        column.addWidget(self.sign)
        column.addWidget(self.title)
        column.addWidget(self.told)
        column.addStretch(1)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def word(self) -> None:
        """Take words and colours."""
        say = self.bench.say
        self.sign.setPixmap(self.bench.icon(self.icon, "accent").pixmap(34, 34))
        self.title.setText(say(f"start.{self.name}"))
        self.told.setText(say(f"start.{self.name}.told"))
        self.button.setText(say(f"start.{self.name}.do"))
        self.setAccessibleName(say(f"start.{self.name}"))
        self.setAccessibleDescription(say(f"start.{self.name}.told"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the card."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the card by the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ring of the focus over the frame."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.bench.theme.colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)


class StartPage(QWidget):
    """Three cards, the recent files, and language and colours at the top."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.hello, self.told = label("start"), label("second_body")
        self.language, self.theme = button("plain"), button("plain")
        self.language.clicked.connect(lambda _=False: self._speak())
        self.theme.clicked.connect(lambda _=False: self._wear())
        self.cards = [Card(bench, name, icon) for name, icon in CARDS]
        for card in self.cards:
            card.chosen.connect(actions[card.name].trigger)
        self.recent_title = label("title")
        self.recent = QFrame()
        self.recent.setProperty("look", "card")
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        self.empty = Empty(bench, "start.no_recent", "start.demo.do", actions["demo"].trigger)
        self.empty.setMinimumHeight(120)
        self.all = False
        self.see_all = button("link", self._see_all)
        self.steps = FirstSteps(bench)
        self.steps.put_away.connect(self._hide_steps)
        self._lay_out()
        for signal in (bench.language_changed, bench.theme_changed, bench.document_changed):
            signal.connect(self.refresh)
        self.setFocusProxy(self.cards[0])
        self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.hello)
        words.addWidget(self.told)
        head.addLayout(words)
        head.addStretch(1)
        head.addWidget(self.language)
        head.addWidget(self.theme)
        grid = QGridLayout()
        grid.setSpacing(16)
        for place, card in enumerate(self.cards):
            grid.addWidget(card, 0, place)
            grid.setColumnStretch(place, 1)
        inside = QVBoxLayout(self.recent)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addLayout(self.rows)
        inside.addWidget(self.empty)
        lower = QGridLayout()
        lower.setHorizontalSpacing(16)
        lower.setVerticalSpacing(8)
        title = QHBoxLayout()
        title.addWidget(self.recent_title)
        title.addStretch(1)
        title.addWidget(self.see_all)
        lower.addLayout(title, 0, 0)
        lower.addWidget(self.recent, 1, 0, Qt.AlignmentFlag.AlignTop)
        lower.addWidget(self.steps, 1, 1, Qt.AlignmentFlag.AlignTop)
        lower.setColumnStretch(0, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(84, 36, 84, 24)
        column.setSpacing(18)
        column.addLayout(head)
        column.addLayout(grid)
        column.addSpacing(8)
        column.addLayout(lower)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setProperty("look", "bare")
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Look at the recent files afresh."""
        self.refresh()

    def refresh(self) -> None:
        """Take words, colours, and the recent files."""
        say = self.bench.say
        self.hello.setText(say("start.hello"))
        self.told.setText(say("start.promise"))
        self.language.setText(say(f"action.language_{self.bench.lang}"))
        self.language.setIcon(self.bench.icon("translate"))
        self.language.setToolTip(say("start.language"))
        chosen = self.bench.settings.theme or "system"
        self.theme.setText(say(f"action.theme_{chosen}"))
        self.theme.setIcon(self.bench.icon("theme-light-dark"))
        self.recent_title.setText(say("start.recent"))
        self.steps.word()
        self.steps.setVisible(self.bench.settings.value("steps/hidden", "") != "yes")
        for card in self.cards:
            card.word()
        self._recent()

    def _recent(self) -> None:
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        known = [path for path in self.bench.settings.recent if path.exists()]
        there = known if self.all else known[:SHOWN]
        self.see_all.setVisible(len(known) > SHOWN)
        self.see_all.setText(self.bench.say("start.see_few" if self.all else "start.see_all"))
        self.empty.setVisible(not there)
        for place, path in enumerate(there):
            if place:
                self.rows.addWidget(hairline())
            self.rows.addWidget(self._row(path))

    def _row(self, path: Path) -> QWidget:
        return Recent(self.bench, path, self._opening(path), lambda: self._forget(path))

    def _forget(self, path: Path) -> None:
        self.bench.settings.forget(path)
        self.refresh()

    def _hide_steps(self) -> None:
        self.bench.settings.keep("steps/hidden", "yes")
        self.refresh()

    def _see_all(self) -> None:
        self.all = not self.all
        self.refresh()

    def _opening(self, path: Path) -> Callable[[], object]:
        def do() -> None:
            window = self.window()
            files = getattr(window, "files", None)
            if files is not None:
                files.open(path)

        return do

    def _speak(self) -> None:
        self.bench.speak("en" if self.bench.lang == "fr" else "fr")

    def _wear(self) -> None:
        order = ["", "light", "dark", "contrast"]
        at = order.index(self.bench.settings.theme)
        self.actions_[f"theme_{order[(at + 1) % 4] or 'system'}"].trigger()
        self.refresh()

    @property
    def first(self) -> QPushButton:
        """The button of the demo."""
        return self.cards[0].button
