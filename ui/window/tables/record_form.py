"""A dialogue with all fields of a kind, to add a record."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner.fields import KINDS, FieldSpec, specs
from planner.problem import Problem, all_ids, record_faults
from planner.sentences import fault_words
from ui.window.panels.parts import label
from ui.window.tables import cells
from ui.window.workbench import Workbench

_LINKS: Final = ("link", "links")


class RecordForm(QDialog):
    """Fields as they are typed in tables; *Add* is there once all of them can be read."""

    def __init__(
        self, bench: Workbench, kind: str, like: Any = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.bench, self.kind = bench, kind
        assert bench.document is not None
        self.problem: Problem = bench.document.problem
        self.values: dict[str, Any] = {}
        self._ids = all_ids(self.problem)
        self.setWindowTitle(bench.say("facts.add_one", kind=bench.say(f"kind.{kind}")))
        self.resize(460, 560)
        self.fields: dict[str, tuple[FieldSpec, QWidget]] = {}
        form = QFormLayout()
        for spec in specs(KINDS[kind]):
            field = self._field(spec, like)
            self.fields[spec.name] = (spec, field)
            form.addRow(cells.heading(kind, spec, bench.lang), field)
        inside = QWidget()
        inside.setLayout(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.told = label("hard", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.add = buttons.addButton(bench.say("facts.add"), role)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(self.told)
        column.addWidget(buttons)
        _, first = next(iter(self.fields.values()))
        first.setFocus()  # what is typed first is meant for it
        self._try()

    def _field(self, spec: FieldSpec, like: Any) -> QWidget:
        value = getattr(like, spec.name, None) if like is not None and spec.name != "id" else None
        if value is None and not spec.required and isinstance(spec.default, int | str | bool):
            value = spec.default
        horizon, lang = self.problem.horizon, self.bench.lang
        words = "" if value is None else cells.typed(spec, value, horizon, lang)
        offered = cells.choices(self.kind, spec, self.bench.lang)
        if offered:
            box = QComboBox()
            for shown, typed in offered:
                box.addItem(shown, typed)
            box.setCurrentIndex(max(0, box.findData(words)))
            box.currentIndexChanged.connect(self._try)
            return box
        line = QLineEdit(words)
        if spec.form in _LINKS:
            known = [str(record.id) for record in self.problem.records(spec.link)]
            line.setCompleter(QCompleter(known, line))
            line.setPlaceholderText(", ".join(known[:4]))
        line.textChanged.connect(self._try)
        return line

    def _typed(self, name: str) -> str:
        _, field = self.fields[name]
        return str(field.currentData()) if isinstance(field, QComboBox) else field.text()  # type: ignore[attr-defined]

    def _try(self) -> None:
        """Read all fields; say the first thing that is wrong."""
        self.values, wrong = {}, ""
        for name, (spec, _) in self.fields.items():
            try:
                self.values[name] = cells.read(
                    self.kind, spec, self._typed(name), self.problem.horizon
                )
            except cells.CellError as error:
                head = cells.heading(self.kind, spec, self.bench.lang)
                why = cells.refusal(error, self.bench.lang)
                wrong = wrong or self.bench.say("facts.field_wrong", field=head, why=why)
        if not wrong and self.values["id"] in self._ids[self.kind]:
            wrong = self.bench.say("facts.taken", id=self.values["id"])
        if not wrong:
            record = KINDS[self.kind](**self.values)
            found = next(record_faults(self.problem, self.kind, record, self._ids), None)
            if found is not None:
                lang = self.bench.lang
                wrong = fault_words(found, lang)
        self.told.setText(wrong)
        self.add.setEnabled(not wrong)
