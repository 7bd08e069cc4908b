"""The lanes below the theatre board with their heading: unfolded they show all, folded what is wrong."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from planner.boards.codes import short_codes
from planner.boards.lane_words import lane_name
from planner.boards.marks import ORDER
from planner.boards.theatre_lanes import Thing, theatre_lanes
from ui.window.boards.theatre_header import WEEK_HEIGHT
from ui.window.boards.theatre_lane_painter import LANE, NAME, name_lines, share
from ui.window.boards.theatre_lane_view import LaneView
from ui.window.boards.theatre_layout import HEIGHTS, LOW
from ui.window.boards.theatre_scene import Scene
from ui.window.boards.theatre_stamps import badge
from ui.window.look.type import SMALL, font, width
from ui.window.workbench import Workbench

if TYPE_CHECKING:
    from ui.window.boards.theatre_view import TheatreView

HEAD: Final = 26
FEWEST: Final = 3
"""Lanes that are seen at least, where there are as many."""
SHARE: Final = 0.3
"""The share of the board that lanes take at most."""
TALL: Final = 900
"""Height of the window from which lanes are unfolded unasked."""
_KEPT: Final = "theatre/lanes"
_LATER: Final = 20
"""Milliseconds after the board at which lanes follow, so that no hand waits for them."""


class LanePanel(QWidget):
    """A heading over the lanes."""

    folding = Signal()
    """They are to be folded, or unfolded."""
    folded = Signal()
    """They were, by hand or for want of room."""

    def __init__(self, bench: Workbench, board: "TheatreView") -> None:
        super().__init__()
        self.bench, self.board = bench, board
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "side")
        self.title = QToolButton()
        self.title.setFont(font(SMALL, 600))
        self.title.setIconSize(QSize(16, 16))
        self.title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.title.clicked.connect(lambda _checked=False: self.folding.emit())
        self.summary = Summary(bench)
        self.view = LaneView(bench, board)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 8, 0)
        head.addWidget(self.title)
        head.addWidget(self.summary, 1)
        self.head = QWidget()
        self.head.setLayout(head)
        self.head.setFixedHeight(HEAD)
        self.head.setMinimumWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        self.setMinimumHeight(HEAD)  # the window need not be higher for them
        self._high = HEAD
        self.scene = Scene()
        self._made: tuple[object, ...] = ()
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(_LATER)
        self.later.timeout.connect(self.settle)
        board.scaled.connect(self.fold)
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.retint)
        self.hide()
        self.word()

    # --- what is shown ------------------------------------------------------------------------------

    @property
    def wanted(self) -> bool:
        """Whether lanes are unfolded: as was chosen last; unasked where there is room."""
        usual = "yes" if self.window().height() >= TALL or self._spare() else "no"
        return str(self.bench.settings.value(_KEPT, usual)) == "yes"

    def _spare(self) -> bool:
        """Tell whether all lanes fit below the board, with every row at its least height."""
        low, rows = len(self.scene.low), len(self.scene.theatres)
        least = LOW * low + HEIGHTS["normal"] * (rows - low) + WEEK_HEIGHT + HEAD
        return bool(rows) and least + self.view.whole <= self.board.height() + self.height()

    def toggle(self) -> None:
        """Fold the lanes, or unfold them, from now on."""
        self.bench.settings.keep(_KEPT, "no" if self.wanted else "yes")
        self.fold()

    def show_scene(self, scene: Scene) -> None:
        """Show what the plan of a board asks for: of other days at once, after an edit a moment later."""
        elsewhere, self.scene = scene.days != self.scene.days, scene
        problem = None if scene.outcome is None else scene.outcome.problem
        things = problem and (problem.recoveries or problem.wards or problem.equipment)
        self.setVisible(bool(things) and bool(scene.days))
        if scene.outcome is None:  # nothing of a study that was closed is kept
            self._made = ()
            self.view.model_.show(None, ())
        self.later.start()
        if elsewhere:
            self.settle()

    def settle(self) -> None:
        """Lay the lanes out now."""
        self.later.stop()
        scene = self.scene
        if not self.isVisible() or self._made == (id(scene.outcome), scene.outcome, scene.days):
            return
        self._made = (id(scene.outcome), scene.outcome, scene.days)
        outcome = scene.outcome
        things = () if outcome is None else theatre_lanes(outcome, scene.days)
        self.view.model_.show(None if outcome is None else outcome.problem, things)
        self.summary.tell(things)
        self.fold()

    def fold(self) -> None:
        """Take the height that the lanes need and the board can spare."""
        before = self.view.isHidden()
        self.view.setVisible(self.wanted)
        self.title.setIcon(self.bench.icon("chevron-down" if self.wanted else "chevron-right"))
        room = round(SHARE * (self.board.height() + self.height()))
        lanes = max(min(FEWEST, len(self.view.model_.things)), room // LANE)
        if self._spare():
            lanes = len(self.view.model_.things)
        high = HEAD + (min(self.view.whole, lanes * LANE) if self.wanted else 0)
        if self._high != high:
            self._high = high
            self.setMaximumHeight(high)
            self.updateGeometry()
        if before != self.view.isHidden():
            self.folded.emit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the lanes that are to be seen."""
        return QSize(320, self._high)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what happened out of sight."""
        super().showEvent(event)
        self.later.start()

    # --- words and colours --------------------------------------------------------------------------

    def word(self) -> None:
        """Take the words of the language."""
        say = self.bench.say
        self.title.setText(say("lane.title"))
        self.title.setToolTip(say("action.lanes.tip"))
        self.view.setAccessibleName(say("lane.title"))
        self.summary.tell(self.view.model_.things)
        self.view.again()

    def retint(self) -> None:
        """Take the colours of the theme."""
        self.view.retint()
        self.fold()


class Summary(QWidget):
    """A line of what is asked for most, what is too much first."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.things: list[tuple[Thing, str]] = []
        self.names: dict[str, str] = {}
        """What things are called beside their lanes."""
        self.setMinimumWidth(1)

    def tell(self, things: tuple[Thing, ...]) -> None:
        """Tell of some things."""
        codes = short_codes(thing.id for thing in things)
        self.names = {t.id: " ".join(name_lines(t, codes[t.id], NAME)[1]) for t in things}
        used = [(thing, _most(thing)) for thing in things]
        found = [each for each in used if each[1]]
        self.things = sorted(found, key=lambda each: not each[0].sign)
        wrong = [f"{lane_name(thing)} {most}" for thing, most in self.things if thing.sign]
        say = self.bench.say
        words = say("lane.wrong", names=", ".join(wrong)) if wrong else say("lane.held")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint as many things as there is room for."""
        theme = self.bench.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle = 6.0, self.height() / 2
        for thing, most in self.things:
            mark = 16 if thing.sign else 0
            name = self.names[thing.id]
            weight = 600 if thing.sign else 500
            wide = mark + width(name, SMALL) + 5 + width(most, SMALL, weight)
            if x + wide > self.width():
                break
            if thing.sign:
                picture = badge(thing.sign, theme, 11, self.devicePixelRatioF())
                painter.drawPixmap(round(x - 1), round(middle - 7), picture)
            painter.setFont(font(SMALL))
            painter.setPen(QColor(theme.ink2))
            painter.drawText(round(x + mark), round(middle + 4), name)
            painter.setFont(font(SMALL, weight))
            painter.setPen(QColor(theme.ink))
            painter.drawText(round(x + wide - width(most, SMALL, weight)), round(middle + 4), most)
            x += wide + 16
        painter.end()


def _most(thing: Thing) -> str:
    """Write the most that is asked for on the worst day, of how many; "" where nothing is."""
    lane = max(thing.lanes, key=lambda each: (ORDER.index(each.sign), each.peak), default=None)
    return share(lane) if lane is not None and lane.peak else ""
