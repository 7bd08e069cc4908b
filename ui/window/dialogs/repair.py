"""Repair on the day: what has happened to the theatres, the answers to it, and adopting one of them."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from planner.cases import CaseId
from planner.day_events import Moment
from planner.day_repair import Answer, Move, Repair, adopting
from planner.day_struck import Struck, strike
from planner.day_words import event_sentence, placement_of
from ui.window.dialogs.answers import AnswersDialog
from ui.window.dialogs.day_event import DayEventForm
from ui.window.document import Document
from ui.window.workbench import Workbench


class RepairDialog(AnswersDialog):
    """Answers an event of a day of operations."""

    def __init__(self, bench: Workbench, day: int, parent: QWidget | None = None) -> None:
        document = bench.document
        assert document is not None
        self.struck: Struck | None = None
        form = DayEventForm(bench, document.problem, document.outcome().theatre, day)
        super().__init__(bench, form, parent)
        self.setWindowTitle(bench.say("repair.title", day=document.problem.horizon.date(day)))

    def happen(self, document: Document) -> str:
        """Let the event strike the plan."""
        self.struck = None
        self.struck = strike(document.problem, document.plan, self.form.happening, self.moment)
        return event_sentence(self.form.happening, self.bench.lang)

    @property
    def occurrence(self) -> str:
        """The event as it is typed."""
        return str(self.form.happening.words)

    @property
    def moment(self) -> Moment:
        """When it is."""
        found: Moment = self.form.moment
        return found

    def edit(self, document: Document, answer: Mapping[str, Any], at: str) -> Repair:
        """Give the edit of the event and the moves of an answer."""
        assert self.struck is not None
        moves = tuple(_move(move) for move in answer["moves"])
        made = Answer(reach=str(answer["reach"]), moves=moves)
        return adopting(document.study, document.name, self.struck, made, at)


def _move(plain: Mapping[str, Any]) -> Move:
    case = str(plain["case"])
    sides = (placement_of(case, plain[side]) for side in ("from", "to"))
    return Move(CaseId(case), *sides)
