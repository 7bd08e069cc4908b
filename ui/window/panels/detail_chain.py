"""One value down the chain of scenarios, base → parent → this, and what can be done with an own one."""

from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.fields import FieldSpec
from planner.study import Scenario
from ui.window.document import Document
from ui.window.look.type import fitting
from ui.window.panels.parts import button, label
from ui.window.tables import cells
from ui.window.tables.record_edits import carry, inherit
from ui.window.workbench import Workbench

LINK: Final = 196
"""How wide the words of a link may be in the narrowest dock."""


class Chain(QWidget):
    """A line a scenario; one that has set the value itself has a dot."""

    def __init__(
        self, bench: Workbench, document: Document, kind: str, id: str, spec: FieldSpec
    ) -> None:
        super().__init__()
        self.bench, self.document, self.kind, self.id, self.spec = bench, document, kind, id, spec
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.lines: list[Line] = []
        before: object = None
        for scenario in document.study.line(document.name):
            found = self._value(scenario)
            own = scenario.parent is not None and found != before
            line = Line(bench, self._name(scenario), self._words(found), own=own)
            self.lines.append(line)
            column.addWidget(line)
            before = found
        self.restore = button("link", partial(inherit, bench, kind, id, spec.name))
        self.carry = button("link", partial(carry, bench, kind, id, spec.name))
        for each in (self.restore, self.carry):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        self._word()

    def _word(self) -> None:
        say, icon = self.bench.say, self.bench.icon
        parent = self.document.scenario.parent
        known = parent is not None and self._value(self.document.study.scenario(parent)) is not None
        own = self.lines[-1].own and known
        self.restore.setText(say("detail.restore"))
        self.restore.setIcon(icon("arrow-u-left-top", "accent"))
        named = "" if parent is None else self._name(self.document.study.scenario(parent))
        told = say("detail.carry", parent=named)
        self.carry.setText(fitting((told, say("detail.carry_up")), LINK))
        self.carry.setToolTip(told)
        self.carry.setAccessibleName(told)
        self.carry.setIcon(icon("arrow-up-bold-outline", "accent"))
        for each in (self.restore, self.carry):
            each.setVisible(own)
            each.setEnabled(not self.document.read_only)

    def _name(self, scenario: Scenario) -> str:
        return self.bench.say("banner.base") if scenario.parent is None else scenario.name

    def _value(self, scenario: Scenario) -> tuple[object] | None:
        """Give the value of a scenario in a pair of brackets; None: it has no such record."""
        records = self.document.study.problem(scenario.name).records(self.kind)
        record = next((each for each in records if each.id == self.id), None)
        return None if record is None else (getattr(record, self.spec.name),)

    def _words(self, found: tuple[object] | None) -> str:
        if found is None:
            return self.bench.say("detail.not_there")
        horizon, lang = self.document.problem.horizon, self.bench.lang
        return cells.shown(self.kind, self.spec, found[0], horizon, lang) or "–"


class Line(QWidget):
    """The value of one scenario."""

    def __init__(self, bench: Workbench, name: str, value: str, *, own: bool) -> None:
        super().__init__()
        self.bench, self.own = bench, own
        look = "own" if own else ""
        self.name, self.value = label(look, name, wrap=True), label(look, value, wrap=True)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 4, 12, 4)
        row.addWidget(self.name, 3)
        row.addWidget(self.value, 2)
        said = bench.say("facts.own") if own else ""
        self.setAccessibleName(f"{name}: {value}. {said}".strip())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a row at least."""
        found = super().sizeHint()
        return QSize(found.width(), max(25, found.height()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground of an own value and its sign, else a dash."""
        theme = self.bench.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        if self.own:
            painter.fillRect(QRectF(self.rect()), QColor(theme.own_soft))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.own))
            painter.drawEllipse(QPointF(16, middle), 4, 4)
        else:
            painter.setPen(QPen(QColor(theme.ink2), 1.4))
            painter.drawLine(QPointF(12, middle), QPointF(20, middle))
        painter.end()
