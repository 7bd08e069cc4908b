"""The roster board put together: dates and cover above, people at the left, duties, scroll bars.

It shows a sheet and says what the hand does; it makes no edits. The comparison uses it as well.
"""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollBar, QWidget

from ui.window.boards.roster_bar import HEIGHTS
from ui.window.boards.roster_cover import ROW, CoverTable
from ui.window.boards.roster_dates import HEAD
from ui.window.boards.roster_model import CoverModel, DutyModel, PeopleModel
from ui.window.boards.roster_people import PeopleTable, widths
from ui.window.boards.roster_sheet import Sheet
from ui.window.boards.roster_view import DutyTable
from ui.window.tables.whole_rows import spare_of
from ui.window.workbench import Workbench

WEEK = 7
NARROWEST = 11
"""Pixels that a day has at least."""
AHEAD = 8
"""Rows that are laid out at a time while nothing else is to be done: about a millisecond."""


class RosterGrid(QWidget):
    """One roster with its frozen rows and columns."""

    moved = Signal()
    fitted = Signal(int)
    """The narrowest cells have another width: pixels inside of their lines."""
    """Other days are in view."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.weeks, self.density = 4, "normal"
        self.model = DutyModel(bench, self)
        self.people_model = PeopleModel(bench, self)
        self.cover_model = CoverModel(bench, self)
        self.duties = DutyTable(bench, self.model)
        self.people = PeopleTable(bench, self.people_model)
        self.cover = CoverTable(bench, self.cover_model)
        self.down = QScrollBar(Qt.Orientation.Vertical)
        self.across = QScrollBar(Qt.Orientation.Horizontal)
        grid = self.grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.cover, 0, 0, 1, 2)
        grid.addWidget(self.people, 1, 0)
        grid.addWidget(self.duties, 1, 1)
        grid.addWidget(self.down, 1, 2)
        grid.addWidget(self.across, 2, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        self.ahead = QTimer(self)
        self.ahead.setInterval(0)
        self.ahead.timeout.connect(self._lay_ahead)
        self._next = 0
        self._tie()
        self.duties.viewport().installEventFilter(self)
        self.cover.asked.connect(self.fit)
        self.setFocusProxy(self.duties)
        bench.theme_changed.connect(self.restyle)
        bench.language_changed.connect(self.reword)
        self.reword()

    def _tie(self) -> None:
        """Tie the scroll bars of the tables to each other and to those that are seen."""
        down, across = self.duties.verticalScrollBar(), self.duties.horizontalScrollBar()
        people, cover = self.people.verticalScrollBar(), self.cover.horizontalScrollBar()
        for inner, outer in ((down, self.down), (across, self.across)):
            inner.rangeChanged.connect(lambda *_, i=inner, o=outer: _mirror(i, o))
            inner.valueChanged.connect(outer.setValue)
            outer.valueChanged.connect(inner.setValue)
            _mirror(inner, outer)
        down.valueChanged.connect(people.setValue)
        people.valueChanged.connect(down.setValue)
        across.valueChanged.connect(cover.setValue)
        cover.valueChanged.connect(across.setValue)
        across.valueChanged.connect(lambda _: self.moved.emit())

    # --- what is shown --------------------------------------------------------------------------

    @property
    def sheet(self) -> Sheet | None:
        """What is shown."""
        return self.model.sheet

    def take(self, sheet: Sheet | None) -> None:
        """Show another sheet; where the days are the same, what was in view stays there."""
        before, where = self.sheet, (self.down.value(), self.across.value())
        for model in (self.model, self.people_model, self.cover_model):
            model.take(sheet)
        self.duties.restyle()
        self.fit()
        if sheet is not None and before is not None and before.days == sheet.days:
            self.down.setValue(where[0])
            self.across.setValue(where[1])
        self._begin_ahead()

    def change(
        self, sheet: Sheet, people: frozenset[str] | None, days: frozenset[int] | None
    ) -> None:
        """Show a sheet with the same people and posts; paint what differs again."""
        before = self.sheet
        if people is not None and before is not None:
            people |= {id for id in {*before.told, *sheet.told} if _told(before, sheet, id)}
        rows = self.model.change(sheet, people)
        self.people_model.change(sheet, people)
        if sheet.burdens:  # a night of one is a smaller share of all
            self.people.viewport().update()
        self.cover_model.change(sheet, days)
        self.duties.repaint_rows(rows)
        self.cover.dates.show_published(sheet.published)
        self._begin_ahead()

    def _begin_ahead(self) -> None:
        self._next = 0
        self.ahead.start()

    def _lay_ahead(self) -> None:
        """Paint a few rows that are not in view yet, while nothing else is to be done."""
        sheet = self.sheet
        stop = 0 if sheet is None else min(len(sheet.people), self._next + AHEAD)
        for row in range(self._next, stop):
            assert sheet is not None
            sheet.face(row)
            self.duties.paint_ahead(row)
            self.people.paint_ahead(row)
        self._next = stop
        if sheet is None or stop >= len(sheet.people):
            self.ahead.stop()

    def show_span(self, weeks: int, density: str) -> None:
        """Show so many weeks at once, in rows of a height."""
        first = self.first_day()
        self.weeks, self.density = weeks, density
        self.fit()
        self.go_to(first)

    def show_ghosts(self, shown: bool) -> None:
        """Show what the parent's plan has elsewhere, or not."""
        self.duties.ghosts = shown
        self.duties.viewport().update()

    # --- sizes ----------------------------------------------------------------------------------

    def fit(self) -> None:
        """Share the width between the days in view; give rows their height."""
        sheet = self.sheet
        if sheet is None:
            return
        days = min(self.weeks * WEEK, max(1, len(sheet.days)))
        wide = widths(sheet, self.width() - self.down.sizeHint().width(), days)
        self.people.fit(wide)
        self.cover.corner.head(self.people_model.names(), wide, sheet.order)
        self.cover.posts.wide = sum(wide)
        self.cover.posts.setFixedWidth(self.cover.posts.wide)
        room = max(0, self.height() - HEAD) // (2 if self.cover.all_posts else 5)
        self.cover.fit(min(len(sheet.posts), max(3, room // ROW)))
        height = HEIGHTS[self.density]
        for table in (self.duties, self.people):
            table.verticalHeader().setDefaultSectionSize(height)
        self._fit_rows()
        self._fit_days(self.duties.viewport().width())

    def _fit_rows(self) -> None:
        """Leave free under the people what is no whole row."""
        across = self.across.sizeHint().height() if self.across.isVisibleTo(self) else 0
        spare = spare_of(self.duties, self.height() - self.cover.height() - across)
        if spare != self.grid.contentsMargins().bottom():
            self.grid.setContentsMargins(0, 0, 0, spare)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground of what is left free."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self.bench.theme.paper))
        painter.fillRect(0, 0, self.people.width(), self.height(), QColor(self.bench.theme.side))
        painter.end()

    def _fit_days(self, room: int) -> None:
        sheet = self.sheet
        if sheet is None or room < 50:
            return
        shown = min(self.weeks * WEEK, max(1, len(sheet.days)))
        narrow, left = divmod(max(room, shown * NARROWEST), shown)
        self.fitted.emit(narrow - 2)
        self.duties.narrowest = narrow - 2 if left else 0  # a pixel at either side is not painted
        widths = [narrow + ((place % shown) < left) for place in range(len(sheet.days))]
        for header in (self.duties.horizontalHeader(), self.cover.dates):
            for day, wide in enumerate(widths):
                if header.sectionSize(day) != wide:
                    header.resizeSection(day, wide)
        for table in (self.duties, self.people, self.cover):
            table.updateGeometries()  # at once, so that a day can be gone to

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width again."""
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Share the width again when the duties' own width changes."""
        if event.type() == QEvent.Type.Resize and watched is self.duties.viewport():
            self._fit_days(self.duties.viewport().width())
            self._fit_rows()
        return False

    # --- going ----------------------------------------------------------------------------------

    def first_day(self) -> int:
        """Give the first day in view."""
        header = self.duties.horizontalHeader()
        return max(0, header.logicalIndexAt(2))

    def last_day(self) -> int:
        """Give the last day in view."""
        header = self.duties.horizontalHeader()
        at = header.logicalIndexAt(self.duties.viewport().width() - 2)
        return header.count() - 1 if at < 0 else at

    def go_to(self, day: int) -> None:
        """Bring a day to the left edge."""
        self.across.setValue(self.duties.horizontalHeader().sectionPosition(day))

    def step(self, by: int) -> None:
        """Go on by the weeks in view, or back; weeks begin at the edge."""
        if self.sheet is not None:
            last = max(0, len(self.sheet.days) - 1)
            self.go_to(max(0, min(last, self.first_day() + by * self.weeks * WEEK)))

    def point_out(self, rows: frozenset[int], days: tuple[int, int] | None) -> None:
        """Mark people and dates that are selected."""
        if rows != self.people.here:
            self.people.here = rows
            self.people.viewport().update()
        self.cover.dates.point_out(days)

    # --- words and colours ----------------------------------------------------------------------

    def restyle(self) -> None:
        """Take the colours of the theme."""
        self.duties.restyle()
        for table in (self.people, self.cover):
            table.viewport().update()
        self.cover.dates.viewport().update()
        self.cover.posts.viewport().update()
        self.cover.corner.update()

    def reword(self) -> None:
        """Take the words of the language."""
        self.duties.setAccessibleName(self.bench.say("roster.duties"))
        self.people.setAccessibleName(self.bench.say("roster.people"))
        self.cover.setAccessibleName(self.bench.say("roster.cover_rows"))
        self.restyle()


def _told(before: Sheet, after: Sheet, person: str) -> bool:
    """Tell whether another roster was published for somebody than the board shows."""
    return before.told.get(person) != after.told.get(person)


def _mirror(inner: QScrollBar, outer: QScrollBar) -> None:
    with QSignalBlocker(outer):
        outer.setRange(inner.minimum(), inner.maximum())
        outer.setPageStep(inner.pageStep())
        outer.setSingleStep(inner.singleStep())
        outer.setValue(inner.value())
    outer.setVisible(inner.maximum() > inner.minimum())
