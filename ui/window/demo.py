"""The demo hospital in the window: its first plan at once, then solved live, then its what-ifs.

A tour does what a person would do: solve the base, adopt, ask the what-ifs, solve each. It stands back
as soon as somebody stops, rejects, edits, or solves something else.
"""

import threading
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer

from data.demo import generate
from data.demo.what_ifs import what_ifs
from data.state import new_id
from planner.changes import ChangeSet
from planner.commands import expand
from planner.edits import AdoptPlan, Branch, Edit, Record
from planner.hand_edits import Together
from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.study import BASE, Study
from ui.window.beside import look_over
from ui.window.document import Document
from ui.window.rubbish import making
from ui.window.workbench import Workbench

PROFILE: Final = "mid"
MADE: Final = "journal.demo"
"""The reason of all that the demo does by itself, as on the command line."""
BASE_SECONDS, FURTHER_SECONDS = 24.0, 10.0
"""How long for the first plan of the base, and for each plan that goes on from it, the base's too."""

_ready: Final[dict[tuple[str, str], Outcome]] = {}
"""Hospitals by profile and language of their names."""


def prepare(lang: str, profile: str = PROFILE) -> None:
    """Make a demo hospital beside, while nobody waits for it."""

    def make() -> None:
        with making():
            _ready[profile, lang] = _made(profile, lang)

    threading.Thread(target=make, daemon=True, name="making the demo").start()


def _made(profile: str, lang: str) -> Outcome:
    """Give a demo hospital without a plan, audited as the boards will ask for it."""
    return look_over(Outcome(generate(profile, 1, lang), Plan()))


def begin(bench: Workbench, profile: str = PROFILE) -> None:
    """Show a demo hospital as a study that has no file yet, and begin to solve it."""
    empty = _ready.pop((profile, bench.lang), None) or _made(profile, bench.lang)
    study = Study(id=new_id(), name=bench.say("window.demo"), base=empty.problem)
    document = Document.of(study)
    document.know(empty)
    bench.take(document)
    Tour(bench, document, profile)


class Tour(QObject):
    """What the demo does by itself, for as long as nobody takes over."""

    def __init__(self, bench: Workbench, document: Document, profile: str) -> None:
        super().__init__(document)
        self.bench, self.document, self.profile = bench, document, profile
        self.left: list[str] = []
        self.asked: list[str] = []
        self.here = BASE
        self.done = False
        bench.solver.over.connect(self._over)
        bench.solver.changed.connect(self._moved)
        bench.about_to_do.connect(self._overtaken)
        document.renamed.connect(self._renamed)
        bench.solver.start(seconds=BASE_SECONDS)

    def _renamed(self, names: Mapping[str, str]) -> None:
        self.here = names.get(self.here, self.here)
        self.left = [names.get(each, each) for each in self.left]

    def _there(self, name: str) -> bool:
        """Whether a scenario has not been taken away."""
        return any(each.name == name for each in self.document.study.scenarios)

    def _over(self) -> None:
        """A run has come to its end: take its plan, if it is ours and nobody stopped it."""
        run = self.bench.solver.run
        if self.done or self.bench.document is not self.document or run is None:
            return
        if run.scenario != self.here or run.ended or run.best is None:
            self.done = True
            if self._further() and run.scenario == self.here and not run.ended:
                self._told()  # the base has had its time, and no better plan was found
            return
        QTimer.singleShot(0, self._adopt)

    def _adopt(self) -> None:
        run = self.bench.solver.run
        if not self.done and run is not None and not run.on and run.scenario == self.here:
            self.bench.solver.adopt(reason=MADE)

    def _moved(self) -> None:
        """Nothing is being solved any more: go on, if the plan was taken."""
        solver = self.bench.solver
        if self.done or self.bench.document is not self.document:
            return
        if solver.run is not None:
            self.done = solver.run.scenario != self.here
            return
        if not self._there(self.here) or (self.document.study.scenario(self.here).plan == Plan()):
            self.done = True  # it was rejected, or taken away
            return
        QTimer.singleShot(0, self._next)

    def _next(self) -> None:
        solver = self.bench.solver
        if self.done or solver.run is not None or self.bench.document is not self.document:
            return
        if not self.asked:
            self.asked = self._ask()
            self.left = [*self.asked, BASE] if self.asked else []
        self.left = [each for each in self.left if self._there(each)]
        if not self.left:
            self.done = True
            if self.asked:
                self._told()
            return
        self.here = self.left.pop(0)
        self.done = not solver.start(seconds=FURTHER_SECONDS, scenario=self.here)

    def _overtaken(self, edit: Edit, reason: str) -> None:
        """Somebody edits: keep the best plan so far and do no more.

        A plan that came later would stand beneath a what-if that was begun with the one of now, and
        its effect would be taken for that of the what-if.
        """
        if self.done or reason == MADE or self.bench.document is not self.document:
            return
        if isinstance(edit, AdoptPlan) and edit.scenario == self.here:
            return  # what the tour would have done, a little earlier
        self.done = True
        solver = self.bench.solver
        run = solver.run
        if run is not None and run.scenario == self.here and run.ready:
            solver.adopt(reason=MADE)
            QTimer.singleShot(0, self, self._gave_way)  # what is said before an edit goes with it

    def _gave_way(self) -> None:
        self.bench.told.emit(self.bench.say("demo.overtaken"), False)

    def _further(self) -> bool:
        """Whether the plan of the base goes on, after those of the what-ifs."""
        return bool(self.asked) and self.here == BASE and not self.left

    def _told(self) -> None:
        self.bench.told.emit(self.bench.say("demo.compare"), False)

    def _ask(self) -> list[str]:
        """Branch the what-ifs from the base, with its plan; give their names."""
        problem, edits, names = self.document.study.base, list[Edit](), []
        taken = {scenario.name for scenario in self.document.study.scenarios}
        for question in what_ifs(problem, self.profile):
            name = question.title(self.bench.lang)
            if name in taken:
                continue
            groups = [expand(problem, *words) for words in question.commands]
            changes = tuple(change for group in groups for change in group.changes)
            edits.append(Branch(parent=BASE, name=name))
            edits.append(Record(scenario=name, group=ChangeSet(name=name, changes=changes)))
            names.append(name)
        if edits and not self.bench.do(Together(edits=tuple(edits)), reason=MADE):
            return []
        return names


def untouched(document: Document) -> bool:
    """Tell whether a study is a demo, and all that was done to it was done by the demo itself."""
    if document.findChild(Tour) is None:
        return False
    _first, *others = document.opened.history()
    return all(entry.reason == MADE for entry in others)
