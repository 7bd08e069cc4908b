"""What the window asks the worker besides a run: answers to an event of the day, places for a patient."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject

from data.runs import RunFolder
from planner.edits import EditRefusedError
from ui.window.beside import Beside
from ui.window.question import question, written
from ui.window.workbench import Workbench

Taken = Callable[[Mapping[str, Any]], object]
Refused = Callable[[str], object]


class Asker(QObject):
    """Asks one thing at a time; a later question takes the place of one before.

    `taken` hears the answer, `refused` why there is none; neither where the study has changed since.
    """

    def __init__(
        self,
        bench: Workbench,
        parent: QObject,
        taken: Taken,
        refused: Refused,
        parts: tuple[str, ...] = ("theatre",),
    ) -> None:
        super().__init__(parent)
        self.parts = parts
        self.bench, self.worker = bench, bench.solver.worker
        self.taken, self.refused = taken, refused
        self.path = ""
        self.study: object = None
        self._beside = Beside(self)
        self.worker.said.connect(self._heard)
        self.worker.died.connect(self._died)

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for."""
        return self.study is not None

    def ask(self, do: str, **words: Any) -> None:
        """Ask about the plan of the open scenario."""
        document = self.bench.document
        if document is None:
            return
        name, study, lang = document.name, document.study, self.bench.lang
        parts, seal = self.parts, document.seal  # a thread has no hold of anything of Qt
        self._beside.drop()
        self.path, self.study = "", study

        def write() -> RunFolder:
            request = question(study, name, parts, 1.0, afresh=False)
            return written(study.id, seal, name, request, lang)

        def told(found: RunFolder | Exception) -> None:
            if isinstance(found, Exception):
                self._end()
                self.refused(self.bench.sentence(found))
                return
            self.path = str(found.request_path)
            self.worker.tell(found.line(do, lang=lang, **words))

        self._beside.do(write, told)

    def forget(self) -> None:
        """Wait for no answer any more."""
        self._beside.drop()
        self._end()

    def _end(self) -> None:
        self.path, self.study = "", None

    def _heard(self, line: Mapping[str, Any]) -> None:
        if not self.path or line.get("event") != "answered" or line.get("request") != self.path:
            return
        document, study = self.bench.document, self.study
        self._end()
        if "why" in line:
            self.refused(str(line["why"]))
        elif document is None or document.study is not study:
            self.refused(self.bench.say("asking.changed"))
        else:
            self.taken(line["answer"])

    def _died(self, _code: int, words: str) -> None:
        if self.busy:
            self._end()
            self.refused(self.bench.say("asking.died", words=words))


def refusal(bench: Workbench, error: EditRefusedError) -> str:
    """Say why something cannot be asked."""
    return bench.say(error.what, **error.facts)
