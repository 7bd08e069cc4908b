"""A sick call from the roster: who is away for how long, who may stand in, and adopting an answer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from PySide6.QtCore import QDateTime, QTime, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QSpinBox, QWidget

from planner.day_events import Moment
from planner.day_repair import Repair
from planner.problem import Problem
from planner.sick import Called, Cell, SickCall, StandIns, adopting, call_sick, read_sick_call
from planner.sick.words import call_sentence
from ui.window.dialogs.answers import AnswersDialog
from ui.window.dialogs.day_event import minute_of, time_field
from ui.window.document import Document
from ui.window.workbench import Workbench

_LONGEST: Final = 60


class SickForm(QWidget):
    """Who is sick, from which day on, for how many days, and what time it is on the first of them."""

    changed = Signal()

    def __init__(self, bench: Workbench, problem: Problem, people: Sequence[str], day: int) -> None:
        super().__init__()
        self.problem, self.day = problem, day
        self.people, self.days, self.now = QLineEdit("+".join(people)), QSpinBox(), time_field()
        self.days.setRange(1, _LONGEST)
        here = QDateTime.currentDateTime()
        if problem.horizon.date(day) == here.date().toPython():
            self.now.setTime(QTime(here.time().hour(), here.time().minute()))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for name, widget in (("people", self.people), ("days", self.days), ("now", self.now)):
            widget.setObjectName(f"sick {name}")
            form.addRow(bench.say(f"sick.form.{name}"), widget)
        self.people.textChanged.connect(self.changed)
        self.days.valueChanged.connect(self.changed)
        self.now.timeChanged.connect(self.changed)

    @property
    def happening(self) -> SickCall:
        """What the form says.

        Raises:
            EditRefusedError: nobody is named.
        """
        first = self.problem.horizon.date(self.day)
        last = first + dt.timedelta(days=self.days.value() - 1)
        return read_sick_call(f"sick:{self.people.text()},{first},{last}")

    @property
    def moment(self) -> Moment:
        """When it is: on the first day."""
        return Moment(self.day, minute_of(self.now))


class SickDialog(AnswersDialog):
    """Answers a sick call."""

    PARTS: ClassVar[tuple[str, ...]] = ("roster",)
    TOLD: ClassVar[tuple[str, ...]] = ("staff",)

    def __init__(
        self, bench: Workbench, people: Sequence[str], day: int, parent: QWidget | None = None
    ) -> None:
        document = bench.document
        assert document is not None
        self.called: Called | None = None
        super().__init__(bench, SickForm(bench, document.problem, people, day), parent)
        self.setWindowTitle(bench.say("sick.title", day=document.problem.horizon.date(day)))

    def happen(self, document: Document) -> str:
        """Let the call strike the roster."""
        self.called = None
        call = self.form.happening
        self.called = call_sick(document.problem, document.plan, call, self.moment)
        return call_sentence(self.called, self.bench.lang)

    @property
    def occurrence(self) -> str:
        """The call as it is typed."""
        return str(self.form.happening.words)

    @property
    def moment(self) -> Moment:
        """When it is."""
        found: Moment = self.form.moment
        return found

    def edit(self, document: Document, answer: Mapping[str, Any], at: str) -> Repair:
        """Give the edit of the absences and the cells of an answer."""
        assert self.called is not None
        cells = tuple(_cell(self.called.problem, plain) for plain in answer["cells"])
        made = StandIns(str(answer["reach"]), cells)
        return adopting(document.study, document.name, self.called, made, at)


def _cell(problem: Problem, plain: Mapping[str, Any]) -> Cell:
    day = problem.horizon.day(dt.date.fromisoformat(str(plain["day"])))
    return Cell(str(plain["person"]), day, str(plain["track"]), plain["from"], plain["to"])
