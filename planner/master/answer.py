"""What a run of the master schedule answers: the grid before and after."""

from planner.changes import Change, ChangeSet, apply
from planner.master.grid import Grid, Owners, pinned
from planner.master.words import Comparison
from planner.runs import SolveRequest


def compared(request: SolveRequest, changes: tuple[Change, ...]) -> Comparison:
    """Judge the grid of a question before and after the changes of its answer."""
    after, _ = apply(request.problem, (ChangeSet(name="", changes=changes),))
    grid = Grid(request.problem, request.master, pinned(request.pins))
    owners: Owners = {
        each.id: next(iter(each.owners)) for each in after.templates if each.id in grid.present
    }
    return Comparison.of(grid, owners)
