"""The form of one rule: its sentence, its strength, its parameters, whom it is for, and the proof."""

import dataclasses
from functools import partial
from html import escape
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner.fields import FieldSpec
from planner.rule_words import parameters, sentence, source_words
from planner.rules.contract import Rule
from planner.sentences import title
from ui.window.look.type import SMALL, width
from ui.window.panels.parts import Empty, hairline, label
from ui.window.tables import rule_edits
from ui.window.tables.rule_examples import pack_of
from ui.window.tables.rule_fields import (
    ChoiceField,
    LineField,
    NumberField,
    WeekdaysField,
    field_of,
)
from ui.window.tables.rule_fold import Fold, folded_of
from ui.window.tables.rule_origin import Origins
from ui.window.tables.rule_proof import BreachesPart, ExamplesPart
from ui.window.tables.rule_rows import Row
from ui.window.tables.rule_scope import ScopeField
from ui.window.tables.rule_strength import StrengthField
from ui.window.tables.rule_text import TextField
from ui.window.tables.rule_toggle import Toggle
from ui.window.workbench import Workbench

WIDTH: Final = 478
_BESIDE: Final = 215
"""How wide the words of a list and of its inherited value may be to stand side by side."""


class RuleForm(QWidget):
    """Shows a rule and edits it; what is typed is tried on sentence and examples before it is meant."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.rule: Rule[Any, Any] | None = None
        self.draft: Rule[Any, Any] | None = None
        self.rows: dict[str, Row] = {}
        self._made_for: tuple[Any, ...] = ()
        self.setFixedWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "side")
        self.title = TextField(bench, "large", 200)
        self.active = Toggle(bench)
        self.says = QLabel()
        self.strength, self.scope = StrengthField(bench), ScopeField(bench)
        self.source = TextField(bench, "second_body", 400)
        self.source.row.setContentsMargins(0, 4, 0, 0)
        self.pack = label("hint", wrap=True)
        self.examples, self.breaches = ExamplesPart(bench), BreachesPart(bench)
        self.fields = QWidget()
        self.fold = Fold(bench)
        self.empty = Empty(bench, "rules.choose")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.says.setTextFormat(Qt.TextFormat.RichText)
        self.says.setWordWrap(True)
        self.says.setProperty("look", "says")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.active, 0, Qt.AlignmentFlag.AlignTop)
        self.inside = QWidget()
        self.inside.setProperty("look", "side")
        self.inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(18, 10, 14, 10)
        self.column.setSpacing(10)
        self.column.addLayout(head)
        for each in (
            self.says,
            self.fields,
            hairline(),
            self.examples,
            hairline(),
            self.breaches,
        ):
            self.column.addWidget(each)
        self.column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.inside)
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(0)
        self.whole.addWidget(self.area, 1)
        self.whole.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.title.entered.connect(self._titled)
        self.active.clicked.connect(lambda on: self.enter(enabled=bool(on)))
        self.strength.entered.connect(lambda values: self.enter(**values))
        self.scope.entered.connect(lambda scope: self.enter(scope=scope))
        self.source.entered.connect(lambda words: self.enter(source=words))

    # --- what is shown --------------------------------------------------------------------------

    def show_rule(self, rule: Rule[Any, Any] | None, origins: Origins | None) -> None:
        """Show a rule as it is in force; its fields are made anew only for another rule."""
        document = self.bench.document
        self.rule = self.draft = rule
        self.area.setVisible(rule is not None)
        self.empty.setVisible(rule is None)
        if rule is None or document is None or origins is None:
            return
        wanted = (document, rule.id, rule.type, self.bench.lang, self.bench.theme.name)
        if wanted != self._made_for:
            self._made_for = wanted
            self._make(rule)
            self.examples.show_rule(rule)
            self.area.verticalScrollBar().setValue(0)
        else:
            self.examples.judge_again(rule)
        self.title.show_text(title(rule, self.bench.lang))
        self.active.setChecked(rule.enabled)
        self.active.setText(self.bench.say("rules.on" if rule.enabled else "rules.off"))
        self._show_values(rule, origins)
        self._say(rule)
        self.breaches.show_rule(rule)
        for each in (self.title, self.active, self.fields):
            each.setEnabled(not document.read_only)

    def _show_values(self, rule: Rule[Any, Any], origins: Origins) -> None:
        document = self.bench.document
        assert document is not None
        self.strength.show_rule(rule)
        self.scope.show_scope(rule, document.problem)
        read = source_words(rule, self.bench.lang)
        self.source.show_text(rule.source, self.bench.say("rules.no_source"), read=read)
        found = pack_of(rule)
        self.pack.setVisible(found is not None)
        if found is not None:
            pack = found[0]
            name = pack.title_fr if self.bench.lang == "fr" else pack.title_en
            self.pack.setText(self.bench.say("rules.pack", pack=name, version=pack.version))
        for name, row in self.rows.items():
            row.show_origin(rule, origins)
            if name in self._shown:
                self._shown[name].show_value(getattr(rule, name))

    def _make(self, rule: Rule[Any, Any]) -> None:
        """Make the rows of another rule."""
        document = self.bench.document
        assert document is not None
        for each in (self.strength, self.scope, self.source, self.pack, *self.fold.parts):
            each.setParent(None)
        at = self.column.indexOf(self.fields)
        self.column.removeWidget(self.fields)
        self.fields.hide()
        self.fields.deleteLater()
        self.fields = QWidget()
        grid = QGridLayout(self.fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(2, 1)
        self.rows, self._shown = {}, {}
        self._row(grid, rule, ("tier", "weight"), self.strength, wide=True)
        folded = folded_of(document, rule)
        self.fold.begin(len(folded))
        for spec in sorted(parameters(rule), key=lambda each: each.name in folded):
            field = field_of(self.bench, document.problem, type(rule), spec)
            field.drafted.connect(partial(self._try, spec.name))
            field.entered.connect(partial(self._entered, spec.name))
            self._shown[spec.name] = field
            wide = isinstance(field, LineField | WeekdaysField) or (
                isinstance(field, ChoiceField) and self._long(rule, spec, field)
            )
            inside = self.fold.grid if spec.name in folded else grid
            self._row(inside, rule, (spec.name,), field, wide=wide)
        self.fold.lay(grid, shown=document.read_only)
        self._row(grid, rule, ("scope",), self.scope, wide=True)
        self._row(grid, rule, ("source",), self.source, wide=True)
        grid.addWidget(self.pack, grid.rowCount(), 2, 1, 2)
        self.rows["tier"].name(rule, self.bench.say("rules.strength"))
        self.title.name(self.bench.say("rules.title"))
        self.active.setAccessibleName(self.bench.say("field.rule.enabled"))
        self.column.insertWidget(at, self.fields)
        self.fields.show()  # now, not when events come: the keyboard may be wanted at once
        self._order()

    _shown: dict[str, Any] = {}  # noqa: RUF012 - given anew with the rows

    def _long(self, rule: Rule[Any, Any], spec: FieldSpec, field: ChoiceField) -> bool:
        """Tell whether a list leaves no room for the inherited value beside it."""
        document = self.bench.document
        assert document is not None
        origins = Origins(document)
        rules = (rule, origins.base.get(rule.id, rule), origins.parent.get(rule.id, rule))
        told = (
            rule_edits.shown(self.bench, rule, spec, getattr(each, spec.name, None))
            for each in rules
        )
        hints = (self.bench.say("rules.inherited", value=words) for words in told)
        return field.widest + max(width(words, SMALL) for words in hints) > _BESIDE

    def _row(
        self,
        grid: QGridLayout,
        rule: Rule[Any, Any],
        names: tuple[str, ...],
        field: QWidget,
        *,
        wide: bool,
    ) -> None:
        row = Row(self.bench, names, field, self._restore_fields)
        row.lay(grid, wide)
        field.show()
        row.name(rule)
        self.rows[names[0]] = row

    def _order(self) -> None:
        """Let Tab walk the form from top to bottom."""
        stops: list[QWidget] = [self.title.pencil, self.active]
        stops += [self.strength.must, self.strength.wish, self.strength.level]
        for row in self.rows.values():
            if self.fold.holds(row.field) and self.fold.button not in stops:
                stops.append(self.fold.button)
            stops += [row.field.focusProxy() or row.field, row.hint]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _say(self, rule: Rule[Any, Any]) -> None:
        document = self.bench.document
        assert document is not None
        told = sentence(
            rule,
            document.problem.horizon,
            self.bench.lang,
            mark=lambda words: f"<b>{escape(words)}</b>",
        )
        self.says.setText(told)
        self.says.setAccessibleName(sentence(rule, document.problem.horizon, self.bench.lang))

    # --- what is done -----------------------------------------------------------------------------

    def _try(self, name: str, value: Any) -> None:
        """Try a value that is being typed on the sentence and the examples."""
        if self.rule is not None:
            self.draft = dataclasses.replace(self.draft or self.rule, **{name: value})
            self._say(self.draft)
            self.examples.judge_again(self.draft)

    def _entered(self, name: str, value: Any) -> None:
        if self.rule is not None and not self.enter(**{name: value}):
            self.draft = self.rule
            self._say(self.rule)
            self.examples.judge_again(self.rule)

    def enter(self, **values: Any) -> bool:
        """Give the rule other values, as a change of the open scenario."""
        return self.rule is not None and rule_edits.tune(self.bench, self.rule, **values)

    def _titled(self, words: str) -> None:
        self.enter(**{f"title_{self.bench.lang}": words})

    def _restore_fields(self, *names: str) -> None:
        document = self.bench.document
        if self.rule is None or document is None:
            return
        edit = rule_edits.restored(document.name, self.rule, Origins(document), *names)
        if edit is not None:
            self.bench.do(edit)

    def restore(self) -> None:
        """Take all inherited values of the rule again."""
        self._restore_fields()

    def focus_first(self) -> None:
        """Bring the keyboard to the first parameter, or to the strength."""
        first = next(
            (row for row in self.rows.values() if isinstance(row.field, NumberField)), None
        )
        target = self.strength.must if first is None else first.field
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.ensureWidgetVisible(target)
