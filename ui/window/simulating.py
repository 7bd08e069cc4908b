"""Simulating the plan of the open scenario: the worker does it, what it finds is kept as an edit."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from data.refused import Refused
from data.runs import RunFolder, create_run, read_forecast
from planner.edits import KeepForecast
from planner.runs import SolveRequest
from ui.window.beside import Beside
from ui.window.document import Document
from ui.window.workbench import Workbench


class Asked(NamedTuple):
    """What the worker was asked: of which document and scenario, and through which folder."""

    document: Document
    scenario: str
    folder: RunFolder


class Simulator(QObject):
    """Asks the worker for a forecast; a later question takes the place of one before."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.bench, self.worker = bench, bench.solver.worker
        self.asked: Asked | None = None
        self._beside = Beside(self)
        self.worker.said.connect(self._heard)

    def start(self) -> None:
        """Ask for a forecast of the plan that the open scenario has; say why where there is none."""
        document = self.bench.document
        if document is None:
            return
        name, plan = document.name, document.scenario.plan
        if not plan.sessions:
            self.bench.told.emit(self.bench.say("simulate.no_plan"), True)
            return
        request = SolveRequest(problem=document.problem, plan=plan, parts=("theatre",))
        study, seal = document.study.id, document.seal

        def write() -> RunFolder:
            folder = create_run(study, seal)
            folder.write_request(name, request)
            return folder

        def told(found: RunFolder | Exception) -> None:
            if isinstance(found, Exception):
                self.bench.told.emit(self.bench.sentence(found), True)
                return
            self.asked = Asked(document, name, found)
            self.worker.tell(found.line("simulate"))

        self._beside.do(write, told)
        self.bench.told.emit(self.bench.say("simulate.on", scenario=self.bench.called(name)), False)

    def _heard(self, line: Mapping[str, Any]) -> None:
        """Take the answer of the worker."""
        asked = self.asked
        if asked is None or line.get("event") != "simulated":
            return
        if line.get("request") != str(asked.folder.request_path):
            return
        self.asked = None
        if "why" in line:
            self.bench.told.emit(str(line["why"]), True)
            return
        there = {each.name for each in asked.document.study.scenarios}
        if asked.document is not self.bench.document or asked.scenario not in there:
            return
        try:
            forecast = read_forecast(Path(str(line.get("forecast", ""))), asked.folder.seal)
        except Refused as error:
            self.bench.told.emit(error.sentence(self.bench.lang), True)
            return
        if self.bench.do(KeepForecast(scenario=asked.scenario, forecast=forecast)):
            facts = {"overtime": forecast.overtime, "late": forecast.late}
            self.bench.told.emit(self.bench.say("cli.solve.forecast", **facts), False)
