"""What has happened on the day: the form that says it, and why it cannot be."""

from typing import Final

from PySide6.QtCore import QDateTime, QTime, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QTimeEdit, QWidget

from planner.clock import MINUTES_A_DAY
from planner.day_events import KINDS, Event, Moment
from planner.facts import facts
from planner.problem import Problem
from planner.theatre_view import TheatreView
from ui.window.workbench import Workbench

_USUAL: Final = {"overrun": 45, "emergency": 90, "late": 30}
_HOUR: Final = 60
_LAST: Final = 1439


class DayEventForm(QWidget):
    """A kind of event, whom it is about, how long, and what time it is."""

    changed = Signal()

    def __init__(self, bench: Workbench, problem: Problem, view: TheatreView, day: int) -> None:
        super().__init__()
        self.bench, self.problem, self.view, self.day = bench, problem, view, day
        self.kind, self.subject, self.priority = QComboBox(), QComboBox(), QComboBox()
        self.minutes, self.within = QSpinBox(), QSpinBox()
        self.at, self.now = time_field(), time_field()
        for kind in KINDS:
            self.kind.addItem(bench.say(f"repair.kind.{kind}"), kind)
        for urgency in problem.priorities:
            self.priority.addItem(str(urgency.id), str(urgency.id))
        self.subject.setEditable(True)
        self.subject.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.minutes.setRange(1, MINUTES_A_DAY)
        self.within.setRange(0, MINUTES_A_DAY)
        self.within.setSpecialValueText(bench.say("repair.form.within.none"))
        for each in (self.minutes, self.within):
            each.setSingleStep(5)
            each.setSuffix(" min")
        now = present(problem, day, QDateTime.currentDateTime())
        self.now.setTime(time_of(now))
        self.at.setTime(time_of(min(now + _HOUR, _LAST)))
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.rows: dict[str, QWidget] = {
            "kind": self.kind,
            "subject": self.subject,
            "minutes": self.minutes,
            "priority": self.priority,
            "within": self.within,
            "at": self.at,
            "now": self.now,
        }
        for name, widget in self.rows.items():
            widget.setObjectName(f"event {name}")
            self.form.addRow(bench.say(f"repair.form.{name}"), widget)
        self.kind.currentIndexChanged.connect(self._other_kind)
        self.subject.editTextChanged.connect(self.changed)
        self.priority.currentIndexChanged.connect(self.changed)
        self.minutes.valueChanged.connect(self.changed)
        self.within.valueChanged.connect(self.changed)
        self.at.timeChanged.connect(self.changed)
        self.now.timeChanged.connect(self.changed)
        self._other_kind()

    def begin(self, kind: str, subject: str) -> None:
        """Start from what is selected."""
        self.kind.setCurrentIndex(KINDS.index(kind))
        self.subject.setEditText(subject)

    @property
    def happening(self) -> Event:
        """What the form says."""
        kind = str(self.kind.currentData())
        return Event(
            kind=kind,
            subject=self.subject.currentText().strip(),
            minutes=self.minutes.value() if kind in _USUAL else 0,
            priority=str(self.priority.currentData() or "") if kind == "emergency" else "",
            within=(self.within.value() or None) if kind == "emergency" else None,
            at=minute_of(self.at) if kind == "close" else 0,
        )

    @property
    def moment(self) -> Moment:
        """When it is."""
        return Moment(self.day, minute_of(self.now))

    def _other_kind(self) -> None:
        kind = str(self.kind.currentData())
        self.form.setRowVisible(self.minutes, kind in _USUAL)
        self.form.setRowVisible(self.priority, kind == "emergency")
        self.form.setRowVisible(self.within, kind == "emergency")
        self.form.setRowVisible(self.at, kind == "close")
        told = self.form.labelForField(self.subject)
        if isinstance(told, QLabel):
            told.setText(self.bench.say(f"repair.subject.{kind}"))
        self.minutes.setValue(_USUAL.get(kind, 1))
        self.subject.clear()
        self.subject.addItems(self._subjects(kind))
        self.changed.emit()

    def _subjects(self, kind: str) -> list[str]:
        """Give whom an event of a kind may be about on the day."""
        sessions = facts(self.problem).sessions_on.get(self.day, ())
        today = [each for session in sessions for each in self.view.inside(session)]
        match kind:
            case "overrun" | "cancel":
                today.sort(key=lambda each: (each.start or 0, each.case.id))
                return [str(each.case.id) for each in today]
            case "emergency":
                return [str(each.id) for each in self.problem.specialties]
            case "close":
                return sorted({str(each.theatre) for each in sessions if not each.closed})
        return sorted({str(each.surgeon) for each in today if each.surgeon})


def present(problem: Problem, day: int, now: QDateTime) -> int:
    """Give the minute of a day at which somebody stands: now, or as its first session begins."""
    if problem.horizon.date(day) == now.date().toPython():
        return 60 * now.time().hour() + now.time().minute()
    sessions = facts(problem).sessions_on.get(day, ())
    first = min((each.start for each in sessions if not each.closed), default=0)
    return min(first, _LAST)


def time_field() -> QTimeEdit:
    """Make a field for a time of day."""
    made = QTimeEdit()
    made.setDisplayFormat("HH:mm")
    return made


def time_of(minute: int) -> QTime:
    """Give a minute of the day as Qt has it."""
    return QTime(*divmod(minute, 60))


def minute_of(field: QTimeEdit) -> int:
    """Give the minute of the day that a field says."""
    time = field.time()
    return 60 * time.hour() + time.minute()
