"""The line under a table of facts: what is wrong with a cell, and the way back."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from planner.fields import FieldSpec
from ui.window.look.icons import pixmap
from ui.window.panels.parts import button, label
from ui.window.tables import cells
from ui.window.tables.record_edits import inherit, shown
from ui.window.tables.record_model import RecordModel


class FaultStrip(QWidget):
    """Shown for the current cell, else for the first cell that could not be read."""

    def __init__(self, model: RecordModel) -> None:
        super().__init__()
        self.model = model
        self.place: tuple[str, str] | None = None
        self.sign, self.why = QLabel(), label("fault", wrap=True)
        self.back = button("link", self.restore)
        self.sign.setFixedSize(QSize(16, 16))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(8)
        line.addWidget(self.sign)
        line.addWidget(self.why, 1)
        line.addWidget(self.back)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "fault")
        self.hide()

    def show_for(self, record: Any, spec: FieldSpec | None) -> None:
        """Show what is wrong with a cell, or with another one that waits; else hide."""
        self.place = None
        if record is not None and spec is not None and self.model.fault(record, spec):
            self.place = record.id, spec.name
        elif self.model.bad:
            self.place = next(iter(self.model.bad))
        found = self._found()
        self.setVisible(found is not None)
        if found is not None:
            self._tell(*found)

    def _found(self) -> tuple[Any, FieldSpec] | None:
        if self.place is None:
            return None
        id, name = self.place
        record = next((each for each in self.model.every if each.id == id), None)
        spec = next((each for each in self.model.specs if each.name == name), None)
        return None if record is None or spec is None else (record, spec)

    def _tell(self, record: Any, spec: FieldSpec) -> None:
        model, bench = self.model, self.model.bench
        bad = model.bad.get((record.id, spec.name))
        self.sign.setPixmap(pixmap("alert", bench.theme, "hard", 16, self.devicePixelRatioF()))
        if bad is None:
            self.why.setText(model.fault(record, spec))
        else:
            field = cells.heading(model.kind, spec, bench.lang)
            value = self._words(record, spec)
            told = bench.say("facts.unread", id=record.id, field=field, why=bad.why)
            self.why.setText(f"{told} {bench.say('facts.in_force', value=value)}")
        back = self._back(record, spec)
        self.back.setVisible(back is not None)
        self.back.setText(bench.say("facts.restore", value=back or ""))

    def _words(self, record: Any, spec: FieldSpec) -> str:
        model = self.model
        value = getattr(record, spec.name)
        return shown(model.kind, spec, value, model.problem.horizon, model.bench.lang)

    def _back(self, record: Any, spec: FieldSpec) -> str | None:
        """Give the value that the way back leads to; None: there is none."""
        model = self.model
        if (record.id, spec.name) in model.bad:
            return self._words(record, spec)
        if model.origins is None or model.origin(record, spec) != "own":
            return None
        above = model.origins.parent.get(record.id)
        return None if above is None else self._words(above, spec)

    def restore(self) -> None:
        """Give a cell its value in force, or the inherited one."""
        found, model = self._found(), self.model
        if found is None:
            return
        record, spec = found
        if (record.id, spec.name) in model.bad:
            model.forget(record.id, spec.name)
        else:
            inherit(model.bench, model.kind, record.id, spec.name)
        self.show_for(*found)
