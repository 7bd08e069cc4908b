"""The bar above the roster board: which weeks, how many, whom, what else is shown, how large."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from planner.problem import Problem
from ui.window.actions import Actions
from ui.window.boards.board_bar import HEIGHT, BoardBar
from ui.window.boards.roster_sheet import EVERYBODY, Group, groups
from ui.window.panels.parts import verbatim
from ui.window.workbench import Workbench

NARROW: Final = 420
SPANS: Final = (2, 4, 8)
HEIGHTS: Final = {"compact": 17, "normal": 20, "roomy": 24}


class RosterBar(BoardBar):
    """The board bar of the staff view."""

    spanned = Signal(int)
    """So many weeks are to be seen."""
    filtered = Signal(object)
    board = "roster"

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__(bench)
        self.group = EVERYBODY
        self.known: tuple[Group, ...] = ()
        """The roles and teams that can be asked for."""
        self.dates: tuple[str, ...] = ("",)
        self.row.addSpacing(6)
        self.spans = {weeks: self.button("", self._span(weeks), check=True) for weeks in SPANS}
        self.teams = QMenu(self)
        self.team = self.menu_button("filter-variant", self.teams)
        self.legend = self.of(actions["legend"])
        actions["differences"].changed.connect(self._tell_own)
        self.end(actions, HEIGHTS)

    # --- making ---------------------------------------------------------------------------------

    def _span(self, weeks: int) -> Callable[[], object]:
        return lambda: self.spanned.emit(weeks)

    # --- words and colours ----------------------------------------------------------------------

    def word(self) -> None:
        """Take the words of the language."""
        super().word()
        say = self.bench.say
        for weeks, button in self.spans.items():
            button.setText(say("roster.weeks", n=weeks))
        self._tell_own()
        self.team.setToolTip(say("roster.team.tip"))
        self._name_team()
        self.fit()

    def _tell_own(self) -> None:
        """Say what the shared action means here; it gives its own words whenever it changes."""
        self.differences.setText(self.bench.say("roster.differences"))
        self.differences.setToolTip(self.bench.say("roster.differences.tip"))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As narrow as with icons alone: words never hold the window wide."""
        return QSize(NARROW, HEIGHT)

    def fit(self) -> None:
        """Show words beside icons, and all of the dates, where there is room for them."""
        worded = (self.team, self.differences, self.legend)
        for words, dates in ((3, 0), (2, 0), (1, 0), (0, 0), (0, 1), (0, 2)):
            for button in self.buttons():
                self._style(button, words=button in worded[:words])
            self.date.setText(self.dates[min(dates, len(self.dates) - 1)])
            self.row.invalidate()
            if self.row.minimumSize().width() <= self.width():
                break

    def _style(self, button: QToolButton, *, words: bool) -> None:
        self.style_words(button, words=words)
        button.setMinimumWidth(button.sizeHint().width())

    # --- what is shown --------------------------------------------------------------------------

    def show_state(self, dates: tuple[str, ...], *, weeks: int, whole: int, density: str) -> None:
        """Show which weeks are on the board, of `whole` that there are; the fullest dates first."""
        self.dates = dates
        for span, button in self.spans.items():
            button.setChecked(span == weeks)
            button.setVisible(span <= max(whole, SPANS[0]) or span == weeks)
        self.check_density(density)
        self.fit()

    def offer(self, problem: Problem | None) -> None:
        """Offer the roles and teams of a problem; forget a choice that is gone."""
        self.known = () if problem is None else groups(problem)
        if self.group not in self.known:
            self.group = EVERYBODY
        self.team.setVisible(bool(self.known))
        self._name_team()

    def choose(self, group: Group) -> None:
        """Show a group."""
        self.group = group
        self.filtered.emit(group)

    def _words(self, group: Group) -> str:
        if group.role:
            return self.bench.say("roster.role", name=group.role)
        return self.bench.say("roster.team", name=group.team or self.bench.say("roster.team.all"))

    def _name_team(self) -> None:
        self.teams.clear()
        for group in (EVERYBODY, *self.known):
            action = self.teams.addAction(verbatim(self._words(group)))
            action.setCheckable(True)
            action.setChecked(group == self.group)
            action.triggered.connect(lambda _=False, group=group: self.choose(group))
            if group == EVERYBODY:
                self.teams.addSeparator()
        words = self._words(self.group)
        self.team.setText(verbatim(words))
        self.team.setAccessibleName(words)
        self.fit()
