"""A call-out from the roster: who, on which day, from when for how long, and what it breaks."""

import datetime as dt
from typing import Final

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from planner.calling_out import LONGEST, CallOut, calling_out
from planner.calling_words import call_lines
from planner.facts import facts
from planner.people import StaffId
from ui.window.boards.theatre_moves import may_edit
from ui.window.dialogs.date_field import DateField, qt_date
from ui.window.dialogs.day_event import minute_of, time_field
from ui.window.dialogs.growing import GrowingDialog
from ui.window.document import Document
from ui.window.panels.parts import label
from ui.window.workbench import Workbench

_BEFORE: Final = 366
"""Days before the period of which a call-out may be recorded."""
_USUAL: Final = 60
WIDE, HIGH = 460, 380


class CallOutDialog(GrowingDialog):
    """The same as `planner scenario call-out`: what it breaks is told before it is recorded."""

    def __init__(
        self,
        bench: Workbench,
        document: Document,
        person: str,
        day: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.bench, self.document, self.problem = bench, document, document.problem
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDE, HIGH)
        say = bench.say
        self.setWindowTitle(say("action.call_out").rstrip("…"))
        self.person, self.date = QComboBox(), DateField()
        self.start, self.minutes = time_field(), QSpinBox()
        self._begin(person, day)
        form = QFormLayout()
        fields = (
            *(("person", self.person), ("date", self.date)),
            *(("start", self.start), ("minutes", self.minutes)),
        )
        for name, field in fields:
            field.setObjectName(f"call out {name}")
            form.addRow(say(f"call_out.form.{name}"), field)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setAccessibleName(say("call_out.told"))
        self.told.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.yes = buttons.addButton(say("call_out.yes"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.yes.setDefault(True)
        buttons.accepted.connect(self.record)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label("second", say("call_out.about"), wrap=True))
        column.addLayout(form)
        column.addWidget(self.told, 1)
        column.addWidget(buttons)
        self.person.currentIndexChanged.connect(self.look)
        self.date.dateChanged.connect(self.look)
        self.start.timeChanged.connect(self.look)
        self.minutes.valueChanged.connect(self.look)
        bench.document_changed.connect(self.reject)
        self.look()
        self.start.setFocus()

    def _begin(self, person: str, day: int) -> None:
        """Offer everybody, and the moment at which what she has there as on call begins."""
        horizon = self.problem.horizon
        for each in self.problem.staff:
            self.person.addItem(f"{each.id}  {each.name}".strip(), str(each.id))
        self.person.setCurrentIndex(max(0, self.person.findData(person)))
        first = horizon.date(0) - dt.timedelta(days=_BEFORE)
        self.date.setDateRange(qt_date(first), qt_date(horizon.date(horizon.last)))
        self.date.put(horizon.date(day))
        self.minutes.setRange(1, LONGEST)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(" min")
        self.minutes.setValue(_USUAL)
        known = facts(self.problem)
        for duty in self.document.scenario.plan.duties:
            shift = known.shifts.get(duty.shift)
            if (
                (duty.person, duty.day) == (person, day)
                and shift is not None
                and "call" in shift.tags
            ):
                self.start.setTime(QTime(*divmod(shift.start, 60)))

    @property
    def call(self) -> CallOut:
        """The call-out that the fields say."""
        day = self.problem.horizon.day(self.date.day)
        person = StaffId(str(self.person.currentData()))
        start, minutes = minute_of(self.start), self.minutes.value()
        return CallOut(person=person, day=day, start=start, minutes=minutes)

    def look(self) -> None:
        """Say what it breaks, before it is recorded."""
        call, say = self.call, self.bench.say
        lines = call_lines(self.document.study, self.document.name, call, self.bench.lang)
        rest = say("call_out.past" if call.day < 0 else "call_out.no_rule")
        self.told.setPlainText("\n\n".join(lines) or rest)
        self.yes.setEnabled(may_edit(self.document))

    def record(self) -> None:
        """Record it, as one step."""
        edit = calling_out(self.document.study, self.document.name, self.call)
        if self.bench.do(edit, happened=True):
            self.bench.told.emit(self.bench.say("call_out.done", person=self.call.person), False)
            self.accept()
