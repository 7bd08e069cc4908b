"""The view of staff: indicators, the board bar, the roster board, its legend."""

from collections.abc import Callable
from importlib.util import find_spec

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from planner.boards.roster import RosterRows
from planner.boards.roster_vacancies import vacancies
from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.words import day as write_day
from ui.window.actions import Actions
from ui.window.boards.roster_bar import SPANS, RosterBar
from ui.window.boards.roster_filling import Filling
from ui.window.boards.roster_grid import WEEK, RosterGrid
from ui.window.boards.roster_legend import RosterLegend
from ui.window.boards.roster_sheet import EVERYBODY, NATURAL, Group, Sheet
from ui.window.boards.roster_stale import OutdatedPeople
from ui.window.boards.roster_user import RosterUser
from ui.window.boards.roster_vacancies import VacancyTray
from ui.window.panels.parts import Empty
from ui.window.panels.solve_live import LiveBar
from ui.window.workbench import Workbench

ZOOMS = (1, *SPANS, 13)
SMALLEST = 740
"""Height of a window under which the tray shows its header alone at first."""
LOW = 800
"""Height of a window under which rows are compact at first."""


class RosterPage(QWidget):
    """The view of staff."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.rows: RosterRows | None = None
        self._late = True
        self.order = NATURAL
        self.differences = False
        """Whether what the parent's plan has elsewhere is shown."""
        self.outdated = OutdatedPeople()
        self.grid = RosterGrid(bench)
        self.bar = RosterBar(bench, actions)
        self.legend = RosterLegend(bench)
        self.user = RosterUser(bench, self.grid, self)
        self.tray = VacancyTray(bench)
        self.filling = Filling(bench, self.grid, self.tray, self.user)
        self._low: bool | None = None
        self.no_plan = Empty(bench, "roster.no_plan", "roster.no_plan.do", self._solve)
        self.no_staff = Empty(bench, "roster.no_staff", "roster.no_staff.do", self._to_facts)
        self.stack = QStackedWidget()
        for page in (self.grid, self.no_staff):
            self.stack.addWidget(page)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.grid)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if find_spec("ui.window.panels.indicators") is not None:
            from ui.window.panels.indicators import IndicatorStrip

            column.addWidget(IndicatorStrip(self.bench, "roster"))
        column.addWidget(self.bar)
        column.addWidget(LiveBar(self.bench))
        self.no_plan.setFixedHeight(64)
        column.addWidget(self.no_plan)
        column.addWidget(self.stack, 1)
        column.addWidget(self.legend)
        column.addWidget(self.tray)

    def _connect(self) -> None:
        bench, bar = self.bench, self.bar
        bench.changed.connect(self.refresh)
        bench.language_changed.connect(self.state)
        bench.solver.changed.connect(self._say_empty)
        bar.stepped.connect(self.grid.step)
        bar.spanned.connect(self.span)
        bar.filtered.connect(lambda _group: self.renew())
        bar.dense.connect(self.densify)
        self.user.filtered_out.connect(lambda: bar.choose(EVERYBODY))
        self.grid.moved.connect(self.state)
        self.grid.fitted.connect(self.legend.fit)
        self.grid.cover.corner.sortable = True
        self.grid.cover.corner.sorted.connect(self.sort)
        self.grid.duties.zoomed.connect(self.zoom)
        self.grid.duties.stretched.connect(self.stretch)
        self._on("zoom_in", lambda: self.zoom(1))
        self._on("zoom_out", lambda: self.zoom(-1))
        self._on("pin", self.user.pin)
        self._on("repair", self.user.call_sick)
        self._on("call_out", self.user.call_out)
        self._on("roll_out", self.user.roll_out)
        self._on("pin_day", self.user.pin_day)
        self._on("density", self.next_density)
        self._on("differences", lambda: self.show_differences(not self.differences))
        self.tray.opening.connect(self.toggle_tray)
        self._on("tray", self.toggle_tray)
        self._on("legend", lambda: self.show_legend(self.legend.isHidden()))
        self.legend.setVisible(bench.settings.value("roster/legend", "yes") != "no")
        weeks = bench.settings.number("roster/weeks", 4)
        self.grid.show_span(weeks if weeks in ZOOMS else 4, self._density())

    # --- what is shown --------------------------------------------------------------------------

    def outcome(self) -> Outcome | None:
        """Give what is shown, beside the parent's plan where it has duties."""
        document = self.bench.document
        if document is None:
            return None
        beside = document.beside_parent()
        known = beside.reference
        return document.outcome() if known is None or not known.plan.days else beside

    def refresh(self) -> None:
        """Show what the document has now; paint only what differs where little does.

        A board that nobody sees waits until it is shown.
        """
        self._late = not self.isVisible()
        if self._late:
            return
        document, outcome = self.bench.document, self.outcome()
        if document is None or outcome is None:
            self.rows = None
            self.grid.take(None)
            self.tray.show_vacancies(None, ())
            return
        before, sheet = self.rows, self.grid.sheet
        pins = document.study.pins(document.name)
        self.rows = RosterRows(outcome, pins, before)
        published = document.scenario.published
        after = sheet.after(self.rows, published) if sheet is not None else None
        if after is None or sheet is None or sheet.rows is not before:
            self.bar.offer(document.problem)
            self.renew()
        else:
            after.stale = self.outdated.of(document)
            self.grid.change(after, self.rows.fresh, self.rows.other_days)
            self.legend.follow(after)
        self._show_vacancies(outcome)
        self._empty(outcome.plan)

    def _show_vacancies(self, outcome: Outcome) -> None:
        """Show what nobody holds of what those on show could, from the day of the facts on."""
        sheet = self.grid.sheet
        posts = sheet.posts if sheet is not None and outcome.plan.days else ()
        since = 0 if sheet is None else sheet.past.stop
        self.tray.show_vacancies(outcome.problem, vacancies(posts, since))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Show what has changed since the board was last seen."""
        super().showEvent(event)
        self._check()
        if self._late:
            self.refresh()

    def renew(self) -> None:
        """Show a sheet made anew: other people, posts or days."""
        document = self.bench.document
        if self.rows is None or document is None:
            return
        group: Group = self.bar.group
        published = document.scenario.published
        sheet = Sheet(self.rows, group, published, order=self.order, burdens=True)
        sheet.stale = self.outdated.of(document)
        self.grid.take(sheet)
        self.legend.take(self.grid.sheet)
        self._show_vacancies(self.rows.outcome)
        self.bar.offer(document.problem)
        self.user.show_selection()
        self.state()

    def sort(self, column: str) -> None:
        """Put people in the order of a column: the most first, the least first, as in the facts."""
        self.order = self.order.after("" if column == "person" else column)
        self.renew()
        self.grid.down.setValue(0)

    def _empty(self, plan: Plan) -> None:
        sheet = self.grid.sheet
        staffed = sheet is not None and bool(sheet.problem.staff)
        self.stack.setCurrentWidget(self.grid if staffed else self.no_staff)
        self.no_plan.setVisible(staffed and not plan.days)
        self._say_empty()

    def _say_empty(self) -> None:
        """Say that there is no roster, or that it is being made."""
        if self.bench.solver.live.making("roster"):
            self.no_plan.say("roster.being_made")
        else:
            self.no_plan.say("roster.no_plan", "roster.no_plan.do")

    def state(self) -> None:
        """Say in the bar which days are in view."""
        sheet = self.grid.sheet
        if sheet is None or not sheet.days:
            return
        horizon, lang = sheet.problem.horizon, self.bench.lang
        first = horizon.date(self.grid.first_day())
        last = horizon.date(min(self.grid.last_day(), horizon.last))
        begin, end = (write_day(each, lang, "short").partition(" ")[2] for each in (first, last))
        both = f"{begin} – {end}"
        dates = (f"{both} {last.year}", both, begin)
        whole = -(-len(sheet.days) // WEEK)
        grid = self.grid
        self.bar.show_state(dates, weeks=grid.weeks, whole=whole, density=grid.density)

    # --- how it is shown ------------------------------------------------------------------------

    def span(self, weeks: int) -> None:
        """Show so many weeks at once."""
        self.bench.settings.keep("roster/weeks", weeks)
        self.grid.show_span(weeks, self.grid.density)
        self.state()

    def zoom(self, by: int) -> None:
        """Show fewer weeks (1) or more (-1)."""
        sheet = self.grid.sheet
        whole = 4 if sheet is None else -(-len(sheet.days) // WEEK)
        known = [weeks for weeks in ZOOMS if weeks <= max(2, whole)] or [2]
        nearest = min(known, key=lambda weeks: abs(weeks - self.grid.weeks))
        place = known.index(nearest) - by
        self.span(known[max(0, min(len(known) - 1, place))])

    def densify(self, density: str) -> None:
        """Give rows another height."""
        self.bench.settings.keep("roster/density", density)
        self.grid.show_span(self.grid.weeks, density)
        self.state()

    def next_density(self) -> None:
        """Give rows the next height."""
        names = ("compact", "normal", "roomy")
        self.densify(names[(names.index(self.grid.density) + 1) % 3])

    def stretch(self, by: int) -> None:
        """Make rows higher (1) or lower (-1)."""
        names = ("compact", "normal", "roomy")
        place = names.index(self.grid.density) + by
        self.densify(names[max(0, min(2, place))])

    def _density(self) -> str:
        kept = self.bench.settings.value("roster/density", "")
        if kept in ("compact", "normal", "roomy"):
            return str(kept)
        main = self.window()
        return "compact" if main is self or main.height() < LOW else "normal"

    def show_legend(self, shown: bool) -> None:
        """Show what letters and marks mean, or not."""
        self.bench.settings.keep("roster/legend", "yes" if shown else "no")
        self.legend.setVisible(shown)
        self._check()

    def toggle_tray(self) -> None:
        """Open the tray of vacancies, or leave its header alone."""
        self.tray.open(not self.tray.opened)
        self._check()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the tray its header alone in a low window."""
        super().resizeEvent(event)
        low = self.window().height() < SMALLEST
        if low != self._low:
            self._low = low
            self.tray.open(not low)
            self._check()

    def show_differences(self, shown: bool) -> None:
        """Show what the parent's plan has elsewhere, or not."""
        self.differences = shown
        self.grid.show_ghosts(shown)
        self._check()

    def _check(self) -> None:
        """Show on actions that several views share how this view has them."""
        self.actions_["legend"].setChecked(not self.legend.isHidden())
        self.actions_["differences"].setChecked(self.differences)
        self.actions_["tray"].setChecked(self.tray.opened)

    def _on(self, id: str, do: Callable[[], object]) -> None:
        """Do what an action of several views means, where this view is the one that is seen."""
        self.actions_.on(id, lambda: do() if self.isVisible() else None)

    # --- ways out of an empty board -------------------------------------------------------------

    def _solve(self) -> None:
        self.actions_["solve"].trigger()

    def _to_facts(self) -> None:
        self.bench.asked_for_view.emit("facts")

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 - Qt's name
        """Put the focus on the board."""
        self.grid.duties.setFocus(reason)
