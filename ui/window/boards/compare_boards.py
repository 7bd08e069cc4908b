"""The right half of a comparison: a day or the rosters, boards one above the other, what is hidden."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelection, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.hospital import Theatre
from planner.study import Study
from planner.words import day as write_day
from ui.window.boards.compare_board import HEAD, SideBoard, Together
from ui.window.boards.compare_marks import Ladder
from ui.window.boards.compare_roster import RosterSides
from ui.window.boards.compare_scene import Rows, days_of, rows_of, scenes
from ui.window.boards.compare_sides import MOST, Compared
from ui.window.boards.compare_words import day_words
from ui.window.boards.theatre_header import DAY_HEIGHT
from ui.window.boards.theatre_layout import HEIGHTS
from ui.window.panels.parts import Empty, button, label, plain_tip
from ui.window.workbench import Workbench

NAMED = 8
"""Hidden theatres that are named before the others are counted."""


class TheatreSides(QWidget):
    """Up to four theatre boards of a day; they scroll and zoom as one."""

    picked = Signal(str, list)
    """Things of a kind were chosen by hand."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.quiet = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.boards = [SideBoard(bench) for _ in range(MOST)]
        for board in self.boards:
            board.view.setMinimumSize(QSize(240, 72))
            column.addWidget(board, 1)
            choice = board.view.selectionModel()
            choice.selectionChanged.connect(partial(self._picked, board))
            board.hide()
        self.together = Together([board.view for board in self.boards], self)
        self.setFocusProxy(self.boards[0].view)

    def show_day(
        self, study: Study, compared: Compared, day: int, theatres: tuple[Theatre, ...]
    ) -> None:
        """Show a day of the sides on show."""
        self.quiet = True
        shown = scenes(self.bench, study, compared, day, theatres)
        for board in self.boards[len(shown) :]:
            board.hide()
        first, room = self.boards[0].view, self.height() / len(shown) - HEAD - DAY_HEIGHT
        tight = len(shown) > 2 and len(theatres) * HEIGHTS["normal"] > room
        last = self.boards[1] if len(shown) == 2 else None
        for board, side, scene in zip(self.boards, compared.shown, shown, strict=False):
            board.view.zoom, board.view.taller = first.zoom, first.taller
            board.view.density = "compact" if tight else "normal"
            board.show_scene(side, compared, scene, ghosts=board is last)
            board.show()
        self.quiet = False

    def _picked(self, board: SideBoard, _new: QItemSelection, _gone: QItemSelection) -> None:
        if self.quiet:
            return
        items = [board.model.item(i) for i in board.view.selectionModel().selectedIndexes()]
        kind = "case" if any(item.kind == "case" for item in items) else "session"
        ids = list(dict.fromkeys(item.id for item in items if item.kind == kind))
        self.picked.emit(kind, ids)

    def select(self, kind: str, ids: tuple[str, ...]) -> None:
        """Ring things on all boards."""
        self.quiet = True
        for board in self.boards:
            if board.isVisible():
                board.select(kind, ids)
        self.quiet = False

    def retint(self) -> None:
        """Take the colours of the theme."""
        for board in self.boards:
            board.retint()


class ComparePane(QWidget):
    """Days and boards; the comparison is given by the page."""

    picked = Signal(str, list, int)
    """Things of a kind were chosen by hand on a day."""
    all_wanted = Signal()
    """What does not differ is to be shown as well."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.compared: Compared | None = None
        self.study: Study | None = None
        self.differences = True
        self.part, self.day = "theatre", -1
        self.days: tuple[int, ...] = ()
        self.rows = Rows((), ())
        self._build()

    def _build(self) -> None:
        self.head = QWidget()
        self.head.setProperty("look", "bar")
        self.head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head.setFixedHeight(34)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(4)
        self.back = self._tool("chevron-left", lambda: self.step(-1))
        self.date: QLabel = label("title")
        self.on = self._tool("chevron-right", lambda: self.step(1))
        self.counted: QLabel = label("hint")
        self.parts = {name: self._part(name) for name in ("theatre", "roster")}
        group = QButtonGroup(self)
        for each in (self.back, self.date, self.on, self.counted):
            row.addWidget(each)
        row.addStretch(1)
        for each in self.parts.values():
            group.addButton(each)
            row.addWidget(each)
        self.theatres = TheatreSides(self.bench)
        self.theatres.picked.connect(self._picked)
        self.roster = RosterSides(self.bench)
        self.roster.picked.connect(self._picked_person)
        self.empty = Empty(self.bench, "compare.same", "compare_view.all", self.all_wanted.emit)
        self.stack = QStackedWidget()
        for page in (self.theatres, self.roster, self.empty):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot())

    def _tool(self, icon: str, do: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        made.setProperty("icon_name", icon)
        made.setFixedHeight(26)
        made.clicked.connect(lambda _checked=False: do())
        return made

    def _part(self, name: str) -> QToolButton:
        made = QToolButton()
        made.setCheckable(True)
        made.setFixedHeight(26)
        made.clicked.connect(lambda _checked=False: self.show_part(name))
        return made

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        self.foot.setProperty("look", "side")
        self.foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.foot.setFixedHeight(28)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(6)
        self.eye, self.hidden_, self.told = QLabel(), Ladder(self.bench), Ladder(self.bench)
        self.show_ = button("link", self.all_wanted.emit)
        for each in (self.eye, self.hidden_, self.show_, self.told):
            row.addWidget(each)
        row.insertStretch(3, 1)
        return self.foot

    # --- what is shown ------------------------------------------------------------------------------

    def show_what(self, study: Study, compared: Compared, *, differences: bool) -> None:
        """Show another comparison; the day stays where it has anything."""
        self.study, self.compared, self.differences = study, compared, differences
        self.days = days_of(compared, differences=differences)
        if self.day not in self.days:
            self.day = _nearest(self.days, self.day)
        self.renew()

    def show_part(self, part: str) -> None:
        """Show theatres or staff."""
        self.part = part
        self.renew()

    def step(self, by: int) -> None:
        """Go to the next or previous day that is shown; rosters go on by the weeks in view."""
        if self.part == "roster":
            self.roster.step(by)
            return
        beyond = [day for day in self.days if (day - self.day) * by > 0]
        if beyond:
            self.day = min(beyond) if by > 0 else max(beyond)
            self.renew()

    def go(self, day: int) -> None:
        """Go to a day, if it is among those shown."""
        if day in self.days and day != self.day:
            self.day = day
            self.renew()

    def renew(self) -> None:
        """Show what was chosen."""
        compared, study = self.compared, self.study
        if compared is None or study is None:
            return
        theatre = any(side.outcome.problem.theatres for side in compared.sides)
        staff = any(side.outcome.problem.staff for side in compared.sides)
        for name, there in (("theatre", theatre), ("roster", staff)):
            self.parts[name].setVisible(theatre and staff)
            if self.part == name and not there:
                self.part = "roster" if name == "theatre" else "theatre"
        if self.part == "theatre":
            self._theatres(study, compared)
        else:
            self._roster(study, compared)
        self.word()

    def _theatres(self, study: Study, compared: Compared) -> None:
        if not self.days:
            self.stack.setCurrentWidget(self.empty)
            return
        self.rows = rows_of(compared, self.day, differences=self.differences)
        self.theatres.show_day(study, compared, self.day, self.rows.shown)
        self.stack.setCurrentWidget(self.theatres)

    def _roster(self, study: Study, compared: Compared) -> None:
        if self.differences and not compared.people:
            self.stack.setCurrentWidget(self.empty)
            return
        self.roster.show_all(study, compared, differences=self.differences)
        self.stack.setCurrentWidget(self.roster)

    # --- words and colours --------------------------------------------------------------------------

    def word(self) -> None:
        """Take the words of the language."""
        say, icon = self.bench.say, self.bench.icon
        theatre = self.part == "theatre"
        for name, made in self.parts.items():
            made.setText(say(f"action.view_{name}"))
            made.setChecked(name == self.part)
        for made, message in ((self.back, "back"), (self.on, "on")):
            made.setIcon(icon(made.property("icon_name")))
            made.setToolTip(say(f"compare_view.{message}"))
            made.setAccessibleName(say(f"compare_view.{message}"))
            made.setVisible(len(self.days) > 1 if theatre else self.roster.longer())
        self.back.setEnabled(not theatre or (bool(self.days) and self.day != self.days[0]))
        self.on.setEnabled(not theatre or (bool(self.days) and self.day != self.days[-1]))
        self.eye.setPixmap(icon("eye-off-outline").pixmap(16, 16))
        self.show_.setText(say("compare_view.show"))
        empty = self.stack.currentWidget() is self.empty
        self.empty.say("compare_view.same" if theatre else "compare_view.same_roster",
                       "compare_view.all")  # fmt: skip
        self.foot.setVisible(not empty)
        if self.compared is not None:
            (self._word_theatres if theatre else self._word_roster)(self.compared)

    def _word_theatres(self, compared: Compared) -> None:
        say, lang = self.bench.say, self.bench.lang
        if not self.days:
            self.date.setText("")
            self.counted.setText("")
            return
        horizon = compared.comparison.horizon
        date = write_day(horizon.date(self.day), lang)
        self.date.setText(date[:1].upper() + date[1:])
        place, n = self.days.index(self.day) + 1, len(self.days)
        message = "compare_view.day_of" if self.differences else "compare_view.day_of_all"
        self.counted.setText(say(message, place=place, n=n))
        hidden = [str(theatre.id) for theatre in self.rows.hidden]
        self._hide(hidden, "compare_view.hidden")
        counted = day_words(self.bench, compared, self.day)
        self.told.tell(*(" · ".join(counted[:n]) for n in range(len(counted), 0, -1)))

    def _word_roster(self, compared: Compared) -> None:
        say = self.bench.say
        people = {str(p.id) for side in compared.shown for p in side.outcome.problem.staff}
        n = len(compared.people)
        self.date.setText(say("compare_view.people", n=n))
        cells = len({(c.person, c.day) for c in compared.duties})
        self.counted.setText(say("compare_view.cells", n=cells) if cells else "")
        hidden = sorted(people - compared.people) if self.differences else []
        self._hide(hidden, "compare_view.hidden_people")
        self.told.tell(say("compare_view.dashed_letter"))

    def _hide(self, hidden: list[str], message: str) -> None:
        """Say what is hidden."""
        for each in (self.eye, self.hidden_, self.show_):
            each.setVisible(bool(hidden))
        say, n = self.bench.say, len(hidden)
        names = ", ".join(hidden[:NAMED]) + (" …" if n > NAMED else "")
        self.hidden_.tell(say(message, n=n, names=names), say("compare_view.hidden_short", n=n))
        self.hidden_.setToolTip(plain_tip(", ".join(hidden)))

    def retint(self) -> None:
        """Take the colours of the theme."""
        self.theatres.retint()
        self.word()

    # --- selection ----------------------------------------------------------------------------------

    def _picked(self, kind: str, ids: list[str]) -> None:
        self.picked.emit(kind, ids, self.day)

    def _picked_person(self, person: str, day: int) -> None:
        self.picked.emit("staff", [person], day)

    def select(self, kind: str, ids: tuple[str, ...], day: int | None, last: int | None) -> None:
        """Show what is selected, and nothing else."""
        self.theatres.select(kind, ids)
        self.roster.select(ids[0] if kind == "staff" else "", 0 if day is None else day, last)


def _nearest(days: tuple[int, ...], day: int) -> int:
    """Give the day at or after another one, else the last."""
    return next((each for each in days if each >= day), days[-1] if days else -1)
