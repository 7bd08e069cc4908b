"""The tray under the theatre board: its header with filters, and the cases that have no place."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from planner.words import number
from ui.window.boards.theatre_cards import TrayList, TrayModel
from ui.window.boards.theatre_scene import Scene
from ui.window.boards.theatre_sieve import Sieves
from ui.window.look.type import font
from ui.window.panels.parts import Empty, button, label
from ui.window.workbench import Workbench

HEAD: Final = 28
FULL: Final = HEAD + 62
_TITLE: Final = 13


class TheatreTray(QWidget):
    """The header of the tray, its cards, and a sentence where there are none."""

    wanted = Signal(str)
    """The best place is wanted for a case."""
    opening = Signal()
    """It is to be opened, or left its header alone."""
    unfiltered = Signal()
    """The board's own filter keeps cards back, and is to go."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.model = TrayModel(bench)
        self.list = TrayList(bench, self.model)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "side")
        self.title = QToolButton()
        self.title.setFont(font(_TITLE, 600))
        self.title.setIconSize(QSize(16, 16))
        self.title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.title.clicked.connect(lambda _checked=False: self.opening.emit())
        self.count, self.order = label("hint"), label("hint")
        self.sieves = Sieves(bench)
        self.sieves.changed.connect(self._again)
        self.late = button("link", self.show_late)
        self.best = button("link", self.ask_best)
        self.list.entered_.connect(self.ask_best)
        self.empty = Empty(bench, "theatre.tray.empty", "", self._clear)
        self._lay_out()
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.word)
        self.opened = True
        self.word()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 8, 0)
        left: tuple[QWidget, ...] = (self.title, self.count, self.sieves)
        for each in (*left, self.order, self.late, self.best):
            head.addWidget(each)
        head.insertStretch(len(left), 1)
        self.head = QWidget()
        self.head.setLayout(head)
        self.head.setFixedHeight(HEAD)
        self.head.setMinimumWidth(1)  # it gives way by itself, the window need not
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        sieves = (*self.sieves.chips, self.sieves.all, self.sieves.none)
        stops = (self.title, *sieves, self.late, self.best, self.list)
        for one, after in pairwise(stops):
            self.setTabOrder(one, after)

    # --- what is shown ------------------------------------------------------------------------------

    def word(self) -> None:
        """Take the words of the language."""
        say = self.bench.say
        self.title.setText(say("theatre.tray"))
        self.title.setIcon(self.bench.icon("tray-full"))
        self.title.setToolTip(say("theatre.tray.open"))
        self.order.setText(say("theatre.tray.order"))
        self.late.setText(say("theatre.tray.late"))
        self.best.setText(say("theatre.tray.best"))
        self.best.setToolTip(say("theatre.tray.best.tip"))
        self.best.setIcon(self.bench.icon("auto-fix", "accent"))
        self.list.setAccessibleName(say("theatre.tray"))
        self.model.tones = self.bench.tones()
        self.list.viewport().update()
        self._count()
        self.fit()

    def show_scene(self, scene: Scene) -> None:
        """Show what waits and passes the filters."""
        self.model.show(scene, self.sieves.sieve)
        shown, every = len(self.model.cards), len(scene.board.tray)
        there, waits = bool(shown), bool(every)
        self._count()
        self.list.setVisible(there and self.opened)
        self.best.setVisible(there and self.opened)
        if waits:
            self.empty.say("theatre.no_match", "theatre.clear_filter")
        else:
            nothing = scene.outcome is not None and not scene.outcome.problem.cases
            self.empty.say("theatre.tray.none" if nothing else "theatre.tray.empty")
        self.empty.setVisible(not there and self.opened)
        self.late.setVisible(not waits and bool(self.overdue()))
        self.setFixedHeight(FULL if self.opened else HEAD)
        self.fit()

    def _count(self) -> None:
        shown, every = len(self.model.cards), len(self.model.scene.board.tray)
        told = self.bench.say("theatre.tray.count", shown=shown, n=every)
        lang = self.bench.lang
        whole = number(every, lang)
        self.count.setText(whole if shown == every else f"{number(shown, lang)} / {whole}")
        self.count.setAccessibleName(told)
        self.count.setToolTip(told)

    def _again(self) -> None:
        self.show_scene(self.model.scene)

    def _clear(self) -> None:
        """Do away with all that keeps cards back."""
        self.sieves.clear()
        if self.model.scene.only:
            self.unfiltered.emit()

    def open(self, opened: bool) -> None:
        """Show the cards, or the header alone."""
        self.opened = opened
        self.show_scene(self.model.scene)

    def fit(self) -> None:
        """Give way where there is little room: first the order, then the chips become one."""
        useful = self.opened and bool(self.model.scene.board.tray)
        self.sieves.setVisible(useful)
        if not useful:
            self.order.setVisible(False)
            return
        parts = (self.title, self.count, *((self.best,) if self.model.cards else ()))
        room = self.width() - 60 - sum(each.sizeHint().width() for each in parts)
        wide = self.sieves.wide()
        self.sieves.fold(wide > room)
        self.order.setVisible(
            bool(self.model.cards) and wide + self.order.sizeHint().width() <= room
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self.fit()

    # --- what is asked ------------------------------------------------------------------------------

    def ask_best(self) -> None:
        """Ask for the best place of the card that is selected, or of the first one."""
        index = self.list.currentIndex()
        number = index.row() if index.isValid() else 0
        if number < len(self.model.cards):
            self.wanted.emit(str(self.model.cards[number].case.id))

    def overdue(self) -> tuple[str, ...]:
        """Give the cases that the plan has after their due date, the first first."""
        outcome = self.model.scene.outcome
        if outcome is None:
            return ()
        late = [
            placed
            for placed in outcome.theatre.all_placed()
            if placed.case.due is not None and placed.session.day > placed.case.due
        ]
        late.sort(key=lambda placed: (placed.session.day, placed.start or 0))
        return tuple(str(placed.case.id) for placed in late)

    def show_late(self) -> None:
        """Go to the first case that comes after its due date, then to the next one."""
        found = self.overdue()
        now = self.bench.selection.now.id
        after = found.index(now) + 1 if now in found else 0
        if found:
            self.bench.selection.go("case", found[after % len(found)])
