"""What a run that was killed has left: its best plan is on offer again once its study is open."""

from dataclasses import replace

from PySide6.QtCore import QObject

from data.codec import plan_of, plan_plain
from data.runs import RunFolder, unfinished
from planner.fingerprint import fingerprint
from planner.following import linked_facts
from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.study import Study
from ui.window.beside import Beside, look_over
from ui.window.document import Document
from ui.window.run import Point, Run, cost_of
from ui.window.workbench import Workbench


class Recovery(QObject):
    """Looks for a killed run of each study that is opened, that of the open scenario first."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.bench = bench
        self._beside = Beside(self)
        bench.document_changed.connect(self.look)

    def look(self) -> None:
        """Read and audit what was left, without making anybody wait."""
        self._beside.drop()
        document = self.bench.document
        if document is None or document.read_only:
            return
        folder, study = _left(document), document.study
        if folder is None:
            return

        def told(found: Run | Exception | None) -> None:
            self._offer(document, None if isinstance(found, Exception) else found)

        self._beside.do(lambda: _read(folder, study), told)

    def _offer(self, document: Document, run: Run | None) -> None:
        if run is None or document is not self.bench.document:
            return
        if any(scenario.name == run.scenario for scenario in document.study.scenarios):
            self.bench.solver.take_up(run)


def _left(document: Document) -> RunFolder | None:
    names = {scenario.name for scenario in document.study.scenarios}
    found = [
        (run.scenario() != document.name, run)
        for run in unfinished(document.study.id, document.seal, born=document.opened.born())
        if run.scenario() in names
    ]
    return min(found, key=lambda each: each[0])[1] if found else None


def _read(folder: RunFolder, study: Study) -> Run | None:
    """Make the run that it was; None, and no more of it, where the plan at hand is no worse.

    Raises:
        EditRefusedError: there is nothing to link any more.
        Refused: the question or the plan is broken.
    """
    question, best = folder.question(), folder.best()
    name, request = question.scenario, question.request
    scenario, problem = study.scenario(name), study.problem(name)
    if best is None or request.of_facts:
        folder.finish("superseded")
        return None
    plan = plan_of(plan_plain(best.plan, best.horizon), problem.horizon)
    before = Outcome(problem, scenario.plan, study.waivers(name), forecast=scenario.forecast)
    facts = linked_facts(study, name) if request.linked else problem
    same = fingerprint(request.problem) == fingerprint(facts)
    request = replace(request, problem=facts) if same else request
    judged = request.facts_of(plan) if same else problem
    outcome = Outcome(judged, plan, study.waivers(name), forecast=best.forecast)
    mine, theirs = before.judgement.score.key, look_over(outcome).judgement.score.key
    if plan == scenario.plan or (scenario.plan != Plan() and mine < theirs):
        folder.finish("superseded")
        return None
    run = Run.of(name, request, before, request.budget.seconds or best.seconds)
    run.asked_in = problem if same else request.problem
    run.folder, run.best, run.plans = folder, outcome, 1
    run.last, run.state, run.ended = best.seconds, "over", "solve.recovered"
    run.curve.append(Point(best.seconds, cost_of(outcome.judgement.score)))
    return run
