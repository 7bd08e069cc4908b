"""The rosters of a comparison one above the other: the people that differ, with what the other plan has."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollBar, QVBoxLayout, QWidget

from planner.boards.roster import RosterRows
from planner.kpis.contract import Outcome
from planner.people import StaffMember
from planner.study import Study
from ui.window.boards.compare_board import SideHeading
from ui.window.boards.compare_scene import lettered
from ui.window.boards.compare_sides import MOST, Compared, Side
from ui.window.boards.roster_grid import RosterGrid
from ui.window.boards.roster_sheet import Sheet
from ui.window.workbench import Workbench


class SideGrid(RosterGrid):
    """A roster; one of many leaves the posts out, so that more people are seen."""

    many = False

    def fit(self) -> None:
        """Share the room; without posts there is more for people."""
        super().fit()
        if self.many and not self.cover.all_posts:
            self.cover.fit(0)


class RosterSide(QWidget):
    """A heading over a roster."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.heading = SideHeading(bench)
        self.grid = SideGrid(bench)
        self.grid.duties.editable = False
        self.grid.duties.ghosts = True
        self.known: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.grid, 1)

    def show_side(
        self, study: Study, compared: Compared, side: Side, people: tuple[StaffMember, ...]
    ) -> None:
        """Show the roster of a side, of some people."""
        across = compared.across(side)
        outcome = side.outcome
        if across is not None:
            outcome = outcome.against(across.outcome)
        self.grid.duties.ghost_token = "ink2" if across is None else across.token
        key = (outcome.problem, outcome.plan, outcome.reference, people)
        if not _same(self.known, key):
            self.known = key
            self.grid.take(_sheet(study, side, outcome, people))
        changes = [c for c in compared.duties if c.scenario == side.name]
        if side is compared.reference:
            changes = list(compared.duties)
        n = len({(change.person, change.day) for change in changes})
        told = self.bench.say("compare_view.cells", n=n) if n else ""
        self.heading.show_side(side, compared, told)
        name = self.bench.say("compare_view.roster", side=lettered(self.bench, side))
        self.grid.duties.setAccessibleName(name)


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(a is b or a == b for a, b in zip(one, other, strict=True))


def _sheet(study: Study, side: Side, outcome: Outcome, people: tuple[StaffMember, ...]) -> Sheet:
    home, scenario = side.home(study), side.of.scenario
    rows = RosterRows(outcome, home.pins(scenario))
    sheet = Sheet(rows, published=home.scenario(scenario).published)
    sheet.people = people
    return sheet


class RosterSides(QWidget):
    """Up to four rosters of the same people; they scroll as one."""

    picked = Signal(str, int)
    """A person was chosen on a day."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.quiet = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.sides: list[RosterSide] = []
        self.column = column

    def _side(self, place: int) -> RosterSide:
        """Give the roster at a place; made when first needed."""
        while len(self.sides) <= place:
            made = RosterSide(self.bench)
            made.grid.duties.picked.connect(partial(self._picked, made))
            self.sides.append(made)
            self.column.addWidget(made, 1)
            _tie([side.grid.down for side in self.sides])
            _tie([side.grid.across for side in self.sides])
        return self.sides[place]

    def show_all(self, study: Study, compared: Compared, *, differences: bool) -> None:
        """Show the rosters of the sides on show."""
        self.quiet = True
        people = people_of(compared, differences=differences)
        for place, side in enumerate(compared.shown):
            made = self._side(place)
            made.grid.density, made.grid.many = "compact", len(compared.shown) > 2
            made.grid.fit()
            made.show_side(study, compared, side, people)
            made.show()
        for extra in self.sides[len(compared.shown) : MOST]:
            extra.hide()
        self.quiet = False

    def longer(self) -> bool:
        """Tell whether there are more days than fit."""
        return any(made.isVisible() and made.grid.across.maximum() > 0 for made in self.sides)

    def step(self, by: int) -> None:
        """Go on by the weeks in view, or back."""
        if self.sides:
            self.sides[0].grid.step(by)

    def _picked(self, made: RosterSide) -> None:
        here = made.grid.duties.here()
        if self.quiet or here is None:
            return
        self.picked.emit(*here)

    def select(self, person: str, first: int, last: int | None) -> None:
        """Ring a person's days on all rosters."""
        self.quiet = True
        for made in self.sides:
            duties = made.grid.duties
            if made.isVisible() and duties.sheet is not None and person in duties.sheet.place:
                duties.choose(person, first, last)
            elif not person:
                duties.clearSelection()
        self.quiet = False


def people_of(compared: Compared, *, differences: bool) -> tuple[StaffMember, ...]:
    """Give the people of the sides on show, or those whose duties differ, in the order of the problem."""
    known = {p.id: p for side in compared.shown for p in side.outcome.problem.staff}
    wanted = compared.people if differences else known.keys()
    return tuple(person for person in known.values() if person.id in wanted)


def _tie(bars: list[QScrollBar]) -> None:
    """Tie the newest scroll bar to the first one."""
    first, last = bars[0], bars[-1]
    if first is not last:
        first.valueChanged.connect(last.setValue)
        last.valueChanged.connect(first.setValue)
