"""One side's theatre board in a comparison: its heading and the board; all boards move as one."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from planner.words import clauses
from ui.window.boards.compare_marks import ComparePainter, Ladder, Letter
from ui.window.boards.compare_scene import lettered, title
from ui.window.boards.compare_sessions import beside
from ui.window.boards.compare_sides import Compared, Side
from ui.window.boards.theatre_model import TheatreModel
from ui.window.boards.theatre_scene import Item, Scene
from ui.window.boards.theatre_view import TheatreView
from ui.window.panels.parts import label, plain_tip
from ui.window.workbench import Workbench

HEAD = 28
"""Height of a heading."""
HIGHEST = 4.0
"""Times its least height that a row may have: the few that differ share the board."""
_Flag = QItemSelectionModel.SelectionFlag


class SideHeading(QWidget):
    """Whose board it is, whether its plan is out of date, and what it holds."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "heading")
        self.setFixedHeight(HEAD)
        self.letter = Letter(bench)
        self.name, self.stale = label("title"), QLabel()
        self.told = Ladder(bench, Qt.AlignmentFlag.AlignRight)
        self.whole = ""
        """The whole name, which may be longer than there is room."""
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(8)
        for each in (self.letter, self.name, self.stale):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.told)

    def show_side(self, side: Side, compared: Compared, *told: str) -> None:
        """Say whose board it is, and what it holds: the fullest words first."""
        say = self.bench.say
        self.letter.become(side.letter, side.token)
        name = title(self.bench, side)
        alone = side is compared.reference and len(compared.sides) > 2
        self.whole = say("compare_view.reference", name=name) if alone else name
        self.stale.setVisible(side.state.stale)
        icon = self.bench.icon("clock-alert-outline", "stale")
        self.stale.setPixmap(icon.pixmap(16, 16))
        self.stale.setToolTip(say("banner.stale"))
        self.stale.setAccessibleName(say("banner.stale"))
        self.told.tell(*told, "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Write as much of the name as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the room to the name: what the board holds is said where it fits beside it."""
        others = [self.letter.width(), *([16] if not self.stale.isHidden() else []), 0]
        room = self.width() - 20 - sum(others) - 8 * len(others)
        words = self.name.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, room)
        self.name.setText(words)
        self.name.setToolTip(plain_tip(self.whole) if words != self.whole else "")
        self.name.setAccessibleName(self.whole)


class SideBoard(QWidget):
    """A heading over a theatre board."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.model = TheatreModel(bench)
        self.model.setParent(self)
        self.view = TheatreView(bench, self.model)
        self.painter_ = ComparePainter(bench)
        self.view.painter_ = self.painter_
        self.view.most = HIGHEST
        self.heading = SideHeading(bench)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.view, 1)

    def show_scene(self, side: Side, compared: Compared, scene: Scene, *, ghosts: bool) -> None:
        """Show a side's day; `ghosts`: what is dashed is said in the heading."""
        across = compared.across(side)
        self.painter_.beside = beside(self.bench, side, across, scene.days[0], scene.theatres)
        self.view.setAccessibleDescription(clauses(self.differences(), self.bench.lang))
        self.painter_.across = across
        self.painter_.retint()
        self.view.lanes = any(item.kind == "ghost" and item.over for item in scene.items)
        self.model.show(scene)
        sessions = sum(_open(item) for item in scene.items)
        cases = sum(item.kind == "case" and not item.over for item in scene.items)
        say = self.bench.say
        told = f"{say('compare_view.sessions', n=sessions)} · {say('compare_view.cases', n=cases)}"
        dashed = [f"{told} · {say('compare_view.dashed')}"] if ghosts else []
        self.heading.show_side(side, compared, *dashed, told)
        name = say("compare_view.board", side=lettered(self.bench, side))
        self.view.setAccessibleName(name)

    def differences(self) -> list[str]:
        """Give the sentences about sessions that differ."""
        here, say = self.painter_.beside, self.bench.say
        named = [
            say("compare_view.row", title=session, values=words)
            for session, words in here.words.items()
        ]
        return named + [lost.words for lost in here.lost]

    def retint(self) -> None:
        """Take the colours of the theme."""
        self.painter_.retint()
        self.view.refresh()

    def select(self, kind: str, ids: Sequence[str]) -> None:
        """Ring some things."""
        chosen = QItemSelection()
        for id in ids:
            for number in self.model.numbers(kind, id):
                index = self.model.index(number, 0)
                chosen.select(index, index)
        self.view.selectionModel().select(chosen, _Flag.ClearAndSelect)
        self.view.viewport().update()


def _open(item: Item) -> bool:
    """Tell whether an item is a session of the day that is not closed."""
    band = item.band
    return item.kind == "session" and not item.over and band is not None and not band.session.closed


class Together(QObject):
    """Ties boards: one scroll, one zoom, one height of rows."""

    def __init__(self, views: Sequence[TheatreView], parent: QObject) -> None:
        super().__init__(parent)
        self.views = list(views)
        self._busy = False
        for view in self.views:
            view.scaled.connect(lambda view=view: self.scale(view))
            for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
                bar.valueChanged.connect(lambda _value, view=view: self.scroll(view))

    def scale(self, leader: TheatreView) -> None:
        """Give all boards the zoom of one that is seen."""
        if self._busy or not leader.isVisible():
            return
        self._busy = True
        for view in self.views:
            if view is not leader and (view.zoom, view.taller) != (leader.zoom, leader.taller):
                view.zoom, view.taller = leader.zoom, leader.taller
                view.arrange()
        self._busy = False
        self.scroll(leader)

    def scroll(self, leader: TheatreView) -> None:
        """Give all boards the place of one that is seen."""
        if self._busy or not leader.isVisible():
            return
        self._busy = True
        across, down = leader.horizontalScrollBar().value(), leader.verticalScrollBar().value()
        for view in self.views:
            if view is not leader and view.isVisible():
                view.horizontalScrollBar().setValue(across)
                view.verticalScrollBar().setValue(down)
        self._busy = False
