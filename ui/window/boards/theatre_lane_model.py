"""The lanes below the theatre board as a list: one entry a stretch of a day, or one a day of several."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from planner.boards.lane_words import lane_name, lane_sentence
from planner.boards.theatre_lanes import Lane, Step, Thing
from planner.clock import MINUTES_A_DAY
from planner.problem import Problem
from ui.window.boards.theatre_model import tip
from ui.window.workbench import Workbench

Index = QModelIndex | QPersistentModelIndex


class Stretch(NamedTuple):
    """An entry: the row of its thing, the place of its day; of a whole day there is no step."""

    row: int
    place: int
    lane: Lane
    step: Step | None = None

    @property
    def times(self) -> tuple[int, int]:
        """From and until when, in minutes of the day."""
        return (0, MINUTES_A_DAY) if self.step is None else (self.step.start, self.step.end)

    @property
    def cases(self) -> tuple[str, ...]:
        """Who holds the thing; of a whole day those where it is asked for most."""
        step = self.step
        if step is None:
            step = max(self.lane.steps, key=lambda each: each.asked, default=None)
        return () if step is None else tuple(dict.fromkeys((*step.cases, *step.waiting)))


class LaneModel(QAbstractListModel):
    """Things with their lanes as a list model, row by row and in order of time."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.things: tuple[Thing, ...] = ()
        self.problem: Problem | None = None
        self.stretches: tuple[Stretch, ...] = ()
        self.cells: dict[tuple[int, int], list[int]] = {}

    def show(self, problem: Problem | None, things: tuple[Thing, ...]) -> None:
        """Show the lanes of some things; of one day stretch by stretch."""
        self.beginResetModel()
        self.problem, self.things = problem, things
        self.stretches = tuple(self._stretches())
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, each in enumerate(self.stretches):
            cells[each.row, each.place].append(number)
        self.cells = dict(cells)
        self.endResetModel()

    def _stretches(self) -> Iterator[Stretch]:
        for row, thing in enumerate(self.things):
            for place, lane in enumerate(thing.lanes):
                if len(thing.lanes) > 1 or not lane.steps:
                    yield Stretch(row, place, lane)
                else:
                    yield from (Stretch(row, place, lane, step) for step in lane.steps)

    def sentence(self, each: Stretch) -> str:
        """Say all about an entry."""
        assert self.problem is not None
        thing = self.things[each.row]
        return lane_sentence(self.problem, thing, each.lane, each.step, self.bench.lang)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        """Give how many entries there are."""
        return 0 if parent.isValid() else len(self.stretches)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the name of its thing, or its full sentence."""
        if not index.isValid() or index.row() >= len(self.stretches):
            return None
        each = self.stretches[index.row()]
        roles = Qt.ItemDataRole
        if role == roles.DisplayRole:
            return lane_name(self.things[each.row])
        if role == roles.ToolTipRole:
            return tip(self.sentence(each))
        if role in (roles.AccessibleTextRole, roles.AccessibleDescriptionRole):
            return self.sentence(each)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every entry be walked to."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
