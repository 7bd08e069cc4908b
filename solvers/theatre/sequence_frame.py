"""The frame of a model with a clock: one start a case, and what the makers of verbs add to.

A maker is a function (frame, day, said), or of a group (frame, day, group); a price of 0 means that
the verb binds.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from ortools.sat.python import cp_model

from planner.facts import GRID
from planner.rules.timing import Choice, Stretch
from solvers.rows.arrays import Short
from solvers.rows.cpsat import SubModel
from solvers.theatre.clock import DayClock


class Taken(NamedTuple):
    """A choice of a day in the model: its cell and slot; fixed where it has a constant start."""

    cell: int
    slot: int
    fixed: int | None


class DayPart(NamedTuple):
    """A day in the model: what its clock says, and what each choice is here, by number."""

    clock: DayClock
    taken: list[Taken]


@dataclass(slots=True)
class Frame:
    """What makers add to. `slots` are the plan's at present, `first` the hinted starts in units.

    Starts of cells are variables, counted in steps of `unit` minutes. `now` is what all priced
    verbs cost at present, if the starts break nothing.
    """

    sub: SubModel
    slots: Short
    unit: int = GRID
    start: dict[int, cp_model.IntVar] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)
    now: int = 0

    @property
    def model(self) -> cp_model.CpModel:
        """The model itself."""
        return self.sub.model

    def literal(self, taken: Taken) -> cp_model.IntVar:
        """Give the Boolean of a choice that is free."""
        return self.sub.literal[taken.slot]

    def present(self, taken: Taken) -> bool:
        """Tell whether the plan at hand takes a choice."""
        return taken.fixed is not None or int(self.slots[taken.cell]) == taken.slot

    def start_now(self, taken: Taken) -> int:
        """Give the start that a choice has, or is hinted to have, in minutes."""
        return self.first[taken.cell] * self.unit if taken.fixed is None else taken.fixed

    def start_of(self, taken: Taken) -> cp_model.LinearExprT:
        """Give the start of a choice in minutes."""
        return self.start[taken.cell] * self.unit if taken.fixed is None else taken.fixed

    def whole(self, choice: Choice, stretch: Stretch) -> tuple[int, int]:
        """Give (before, whole) of a stretch in units, rounded up on both sides."""
        unit = self.unit
        if stretch.origin == "end":
            return -(choice.minutes // unit), -(-stretch.after // unit)
        before = -(-stretch.before // unit)
        if stretch.origin == "start":
            return before, before - (-stretch.after // unit)
        return before, before - (-choice.minutes // unit) - (-stretch.after // unit)

    def interval(self, taken: Taken, before: int, whole: int) -> cp_model.IntervalVar:
        """Make the optional interval of a free choice, in units."""
        start = self.start[taken.cell]
        return self.model.new_optional_fixed_size_interval_var(
            start - before, whole, self.literal(taken), ""
        )

    def priced(self, least: int, most: int, now: int, price: int) -> cp_model.IntVar:
        """Make an amount that is `now` at present, and costs `price` a unit."""
        made = self.sub.whole(least, max(most, now), "", now)
        self.sub.cost(made, price)
        self.now += price * now
        return made
