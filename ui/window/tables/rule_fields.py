"""Fields of a form, made from the description of a parameter: hours, numbers, lists, days, words.

Each field says `drafted` while somebody types or turns, and `entered` when a value is meant.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from data.csv.durations import CellError
from planner.clock import WEEK
from planner.fields import FieldSpec
from planner.problem import Problem
from planner.rule_words import SHIFT_TAGS, amount_words, measure_words, option_words, shift_tags
from planner.rules.contract import Rule
from planner.sentences import tag_words
from planner.words import clock
from ui.window.look.icons import pixmap
from ui.window.look.type import width
from ui.window.panels.parts import button, label
from ui.window.tables import cells
from ui.window.workbench import Workbench

_NUMBER: Final = re.compile(r"[\d\s.,\u00a0\u202f]+")
_LONG: Final = 3000
"""Minutes from which a spin box steps by the hour."""


class Field(QWidget):
    """What all fields do."""

    drafted = Signal(object)
    entered = Signal(object)

    def __init__(self, bench: Workbench, spec: FieldSpec) -> None:
        super().__init__()
        self.bench, self.spec = bench, spec
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)

    def put(self, inner: QWidget) -> None:
        """Take the widget that holds the value; the keyboard comes to it."""
        self.row.addWidget(inner)
        self.setFocusProxy(inner)

    def show_value(self, value: Any) -> None:
        """Show a value without saying anything."""
        raise NotImplementedError

    def name(self, words: str) -> None:
        """Give the field its accessible name."""
        target = self.focusProxy() or self
        target.setAccessibleName(words)


class Spin(QSpinBox):
    """A number with its unit, read as people write it: 12 h, 11:30, 6 days, 0.52, no limit."""

    def __init__(self, bench: Workbench, spec: FieldSpec, nothing: str) -> None:
        super().__init__()
        self.bench, self.spec = bench, spec
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(spec.low - (1 if spec.optional else 0), spec.high)
        if spec.optional:
            self.setSpecialValueText(nothing)
        if spec.form == "time":
            self.setSingleStep(15)
        elif spec.unit == "minute":
            self.setSingleStep(60 if spec.high > _LONG else 5)

    def textFromValue(self, value: int) -> str:  # noqa: N802 - Qt's name
        """Write a number."""
        if self.spec.form == "time":
            return clock(value)
        return amount_words(self.spec.unit, value, self.bench.lang)

    def read(self, words: str) -> int | None:
        """Read a number; None where it is none."""
        words = words.strip()
        if self.spec.optional and words in ("", self.specialValueText()):
            return self.minimum()
        try:
            if self.spec.unit == "minute":
                value = cells.read("rule", self.spec, words, self._horizon())
                return None if value is None else int(value)
            found = _NUMBER.match(words)
            if found is None:
                return None
            digits = re.sub(r"\s", "", found[0]).replace(",", ".")
            number = float(digits) * (100 if self.spec.unit == "hundredth" else 1)
            return round(number)
        except (CellError, ValueError):
            return None

    def _horizon(self) -> Any:
        document = self.bench.document
        return None if document is None else document.problem.horizon

    def valueFromText(self, words: str) -> int:  # noqa: N802 - Qt's name
        """Read a number; what is none leaves the value as it is."""
        value = self.read(words)
        return self.value() if value is None else value

    def validate(self, words: str, place: int) -> tuple[QValidator.State, str, int]:
        """Take what can be read; all else may become it."""
        value = self.read(words)
        fits = value is not None and self.minimum() <= value <= self.maximum()
        state = QValidator.State.Acceptable if fits else QValidator.State.Intermediate
        return state, words, place

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Turn only where the keyboard is: a form that scrolls changes nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberField(Field):
    """A whole number, a length of time or a time of day."""

    def __init__(self, bench: Workbench, spec: FieldSpec, nothing: str = "") -> None:
        super().__init__(bench, spec)
        self.spin = Spin(bench, spec, nothing or bench.say("bounds.none"))
        self.spin.setMinimumSize(118, 24)
        self.put(self.spin)
        self.row.addStretch(1)
        self.spin.valueChanged.connect(lambda value: self.entered.emit(self._value(value)))
        self.spin.lineEdit().textEdited.connect(self._typed)

    def _value(self, value: int) -> int | None:
        return None if self.spec.optional and value == self.spin.minimum() else value

    def _typed(self, words: str) -> None:
        value = self.spin.read(words)
        if value is not None and self.spin.minimum() <= value <= self.spin.maximum():
            self.drafted.emit(self._value(value))

    def show_value(self, value: Any) -> None:
        """Show a number; nothing is below the least."""
        with QSignalBlocker(self.spin):
            self.spin.setValue(self.spin.minimum() if value is None else int(value))


class Box(QComboBox):
    """A list that a wheel over a form does not turn."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.setProperty("look", "box")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the form."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the arrow that the style sheet takes away."""
        super().paintEvent(event)
        picture = pixmap("chevron-down", self.bench.theme, "ink2", 14, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(self.width() - 20, (self.height() - 14) // 2, picture)
        painter.end()


class ChoiceField(Field):
    """One of a few words; a value that is not among them is added."""

    def __init__(
        self,
        bench: Workbench,
        spec: FieldSpec,
        offered: list[tuple[str, str]],
        told: Callable[[str, str], str] = lambda value, _: value,
    ) -> None:
        super().__init__(bench, spec)
        self._told = told
        self.box = Box(bench)
        for words, value in offered:
            self.box.addItem(words, value)
        self.widest = max((width(words) for words, _ in offered), default=0.0)
        self.put(self.box)
        self.row.addStretch(1)
        self.box.activated.connect(lambda _: self.entered.emit(self.box.currentData()))
        self.box.highlighted.connect(lambda at: self.drafted.emit(self.box.itemData(at)))

    def show_value(self, value: Any) -> None:
        """Show a choice."""
        with QSignalBlocker(self.box):
            if self.box.findData(value) < 0:
                self.box.addItem(self._told(str(value), self.bench.lang) or "–", value)
            self.box.setCurrentIndex(self.box.findData(value))


class FlagField(Field):
    """Yes or no."""

    def __init__(self, bench: Workbench, spec: FieldSpec) -> None:
        super().__init__(bench, spec)
        self.check = QCheckBox()
        self.put(self.check)
        self.row.addStretch(1)
        self.check.clicked.connect(lambda on: self.entered.emit(bool(on)))

    def show_value(self, value: Any) -> None:
        """Show yes or no."""
        self.check.setChecked(bool(value))


class WeekdaysField(Field):
    """Some of the seven days."""

    def __init__(self, bench: Workbench, spec: FieldSpec) -> None:
        super().__init__(bench, spec)
        self.days: list[QPushButton] = []
        for day in range(WEEK):
            chip = button("day", self._entered, bench.say(f"date.weekday.short.{day}"))
            chip.setCheckable(True)
            chip.setAccessibleName(bench.say(f"date.weekday.long.{day}"))
            self.days.append(chip)
            self.row.addWidget(chip)
        self.row.addStretch(1)
        self.setFocusProxy(self.days[0])

    def name(self, words: str) -> None:
        """Name each day after the field."""
        for day, chip in enumerate(self.days):
            told = self.bench.say(f"date.weekday.long.{day}")
            chip.setAccessibleName(f"{words}, {told}")

    def _entered(self) -> None:
        self.entered.emit(frozenset(day for day, chip in enumerate(self.days) if chip.isChecked()))

    def show_value(self, value: Any) -> None:
        """Show days."""
        for day, chip in enumerate(self.days):
            chip.setChecked(day in value)


class LineField(Field):
    """Anything else, as it is typed in tables; what cannot be read says why."""

    def __init__(self, bench: Workbench, spec: FieldSpec, hint: str = "") -> None:
        super().__init__(bench, spec)
        self.line, self.why = QLineEdit(), label("hard", wrap=True)
        self.why.hide()
        inner = QVBoxLayout()
        inner.setSpacing(2)
        inner.addWidget(self.line)
        inner.addWidget(self.why)
        if hint:
            inner.addWidget(label("hint", hint, wrap=True))
        self.row.addLayout(inner)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda words: self._read(words, self.drafted))
        self.line.editingFinished.connect(lambda: self._read(self.line.text(), self.entered))

    def _read(self, words: str, signal: Any) -> None:
        document = self.bench.document
        if document is None:
            return
        if self.spec.form == "words":
            words = "|".join(words.replace("|", " ").split())
        try:
            value = cells.read("rule", self.spec, words, document.problem.horizon)
        except CellError as error:
            self._refuse(error)
            return
        if self.spec.form == "words" and not value:  # a pattern of nothing says nothing
            self._refuse(CellError("empty"))
            return
        self.why.hide()
        signal.emit(value)

    def _refuse(self, error: CellError) -> None:
        self.why.setText(cells.refusal(error, self.bench.lang))
        self.why.show()

    def show_value(self, value: Any) -> None:
        """Show a value as it is typed."""
        document = self.bench.document
        if document is not None:
            words = cells.typed(self.spec, value, document.problem.horizon)
            if self.spec.form == "words":
                words = " ".join(value)
            if words != self.line.text():
                self.line.setText(words)
            self.why.hide()


def field_of(
    bench: Workbench, problem: Problem, rule: type[Rule[Any, Any]], spec: FieldSpec
) -> Field:
    """Make the field of a parameter."""
    match spec.form:
        case "whole" | "time":
            return NumberField(bench, spec)
        case "flag":
            return FlagField(bench, spec)
        case "weekdays":
            return WeekdaysField(bench, spec)
        case "choice":
            offered = [(option_words(spec.name, each, bench.lang), each) for each in spec.options]
            return ChoiceField(bench, spec, offered)
        case "text" if rule.part == "roster" and spec.name in SHIFT_TAGS:
            tags = shift_tags(problem)
            offered = [(tag_words(tag, bench.lang), tag) for tag in tags]
            return ChoiceField(bench, spec, offered, tag_words)
        case "text" if spec.name == "carried":
            measures = sorted({"", *(each.measure for each in problem.carried)})
            offered = [(measure_words(each, bench.lang) or "–", each) for each in measures]
            return ChoiceField(bench, spec, offered, measure_words)
        case "text" if spec.name == "skill":
            skills = sorted({skill for person in problem.staff for skill in person.skills})
            return ChoiceField(bench, spec, [(skill, skill) for skill in skills])
        case "words":
            tags = ["-", "*", *shift_tags(problem)]
            hint = bench.say("rules.pattern_hint", tags=" ".join(tags))
            return LineField(bench, spec, hint)
    return LineField(bench, spec)
