"""The queue of a window: scenarios solved one after another or side by side, each plan taken as it comes.

A plan enters its scenario as an edit of its own. Where none is better than the one at hand, that one
stays. Stopping keeps what is done, with the best plan of the run at work, and begins no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from planner.score import Score
from ui.window.queue_lane import Lane, QuietSolver
from ui.window.run import Run
from ui.window.workbench import Workbench


@dataclass(slots=True, kw_only=True)
class Item:
    """A scenario of the queue, how it stands, and what its plan cost before and after.

    `state`: `waiting`, `running`; `better`, `first`, `kept` with a plan at the end; `nothing`, `lost`,
    `refused`, `rejected`, `gone`, `stopped` without another one.
    """

    scenario: str
    state: str = "waiting"
    before: Score | None = None
    after: Score | None = None


class Queue(QObject):
    """What waits, what is at work, and what came of it. The first run at work is that of the window."""

    changed = Signal()
    progressed = Signal()
    """Time has gone by, or a run has got on."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.bench = bench
        self.items: list[Item] = []
        self.parts: tuple[str, ...] = ()
        self.seconds, self.jobs = 0.0, 1
        self._rested = True
        self._lanes = [Lane(self, bench.solver)]
        bench.renamed.connect(self._renamed)
        bench.document_changed.connect(self.clear)

    @property
    def on(self) -> bool:
        """Whether something waits or is at work."""
        return any(item.state in ("waiting", "running") for item in self.items)

    @property
    def done(self) -> int:
        """How many are over."""
        return sum(item.state not in ("waiting", "running") for item in self.items)

    @property
    def left(self) -> float:
        """Seconds that the searches still to come, and those at work, may take."""
        waiting = sum(item.state == "waiting" for item in self.items)
        here = max(lane.left for lane in self._lanes)
        return -(-waiting // self.jobs) * self.seconds + here

    def run_of(self, item: Item) -> Run | None:
        """Give the run that is at work on a scenario; None: there is none."""
        at = (lane.run for lane in self._lanes if lane.item is item)
        return next((run for run in at if run is not None and run.on), None)

    @property
    def whole(self) -> float:
        """Seconds that all of it may take."""
        return -(-len(self.items) // self.jobs) * self.seconds

    def start(
        self, scenarios: Sequence[str], parts: tuple[str, ...], seconds: float, jobs: int = 1
    ) -> bool:
        """Begin to solve scenarios in their order, some at a time; tell whether there is anything to do."""
        run = self.bench.solver.run
        if self.on or not scenarios or (run is not None and run.on):
            return False
        self.items = [Item(scenario=name) for name in scenarios]
        self.parts, self.seconds = parts, seconds
        self.jobs = max(1, min(jobs, len(self.items)))
        self._rested = False
        while len(self._lanes) < self.jobs:
            self._lanes.append(Lane(self, QuietSolver(self.bench)))
        for lane in self._lanes[: self.jobs]:
            self.next(lane)
        self.bench.solver.watched.emit()
        return True

    def also(self, scenario: str) -> bool:
        """Have one more scenario solved behind those that wait; tell whether it was not there yet."""
        there = any(
            i.scenario == scenario and i.state in ("waiting", "running") for i in self.items
        )
        if not self.on or there:
            return False
        self.items.append(Item(scenario=scenario))
        self.changed.emit()
        return True

    def stop(self) -> None:
        """Begin no more, and stop what is at work with its best plan."""
        for item in self.items:
            if item.state == "waiting":
                item.state = "stopped"
        for lane in self._lanes:
            if lane.item is not None:
                lane.solver.stop()
        self.changed.emit()

    def clear(self) -> None:
        """Forget the queue: it is over, or its study is closed."""
        self.items = []
        self._rested = True
        for lane in self._lanes:
            lane.free()
            lane.rest()
        self.changed.emit()

    # --- one after another ----------------------------------------------------------------------

    def next(self, lane: Lane, *, free: bool = True) -> None:
        """Have a lane begin with the next scenario that can be asked about; say so at the end of all.

        `free`: its solver is at nothing else. Where the only one is not, nothing more begins.
        """
        lane.free()
        if not free and all(each.item is None for each in self._lanes):
            self.stop()
        for item in self.items if free else ():
            if item.state != "waiting":
                continue
            item.state = "gone"
            if not self.there(item.scenario):
                continue
            item.state = "refused"
            if lane.begin(item, 1 if self.jobs > 1 else 0):
                break
        self.changed.emit()
        if not self.on:
            self._rest()

    def _rest(self) -> None:
        """Say what came of it, once; solvers that were here for it alone go."""
        if self._rested:
            return
        self._rested = True
        for lane in self._lanes:
            lane.rest()
        n = sum(item.state in ("better", "first") for item in self.items)
        self.bench.told.emit(self.bench.say("queue.over", n=n, of=len(self.items)), False)

    def there(self, name: str) -> bool:
        """Tell whether the study has a scenario."""
        document = self.bench.document
        return document is not None and any(e.name == name for e in document.study.scenarios)

    def _renamed(self, names: Mapping[str, str]) -> None:
        for item in self.items:
            item.scenario = names.get(item.scenario, item.scenario)
        self.changed.emit()
