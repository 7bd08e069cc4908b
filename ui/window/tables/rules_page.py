"""All rules: families at the left, the rules of one in the middle, the form of one at the right."""

from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from planner.rule_words import family, source_words
from planner.rules import catalogue
from planner.rules.contract import Rule
from planner.sentences import title
from ui.window.actions import Actions
from ui.window.dialogs.where import ask_where
from ui.window.look.type import fitting
from ui.window.panels.offering import offer
from ui.window.panels.parts import Empty, button, hairline
from ui.window.tables import rule_edits
from ui.window.tables.rule_examples import pack_with_examples
from ui.window.tables.rule_form import RuleForm
from ui.window.tables.rule_model import RULE, FamilyModel, RuleModel
from ui.window.tables.rule_origin import Origins
from ui.window.tables.rule_painter import FamilyPainter, RowView, RulePainter
from ui.window.tables.whole_rows import Foot, WholeRows
from ui.window.workbench import Workbench
from ui.window.written import tell_written

FAMILIES_WIDTH: Final = 158
_NARROW: Final = 920
"""How wide the view has to be for a word on its buttons above the list."""


class RulesPage(QWidget):
    """The view of rules."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.origins: Origins | None = None
        self.families, self.model = FamilyModel(bench, self), RuleModel(bench, self)
        self.family_list, self.list = RowView(), RowView()
        self.search, self.active = QLineEdit(), button("chip")
        self.add_button = button("link", self.offer)
        self.menu, self.lens = QMenu(self), QAction(self)
        self.empty = Empty(bench, "facts.nothing", "facts.clear", self._clear)
        self.form = RuleForm(bench)
        self.restore_button = button("link", self.form.restore)
        self.export_button = button("link", self.export)
        self.delete_button = button("link", self.remove)
        self.copy_button = button("", self.duplicate)
        self._family, self._id = "", ""
        self._filling = self._late = False
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.refresh()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for view, model, painter, name in (
            (self.family_list, self.families, FamilyPainter(self.bench, self.family_list), "kinds"),
            (self.list, self.model, RulePainter(self.bench, self.list), "rules"),
        ):
            view.setObjectName(name)
            view.setModel(model)
            view.setItemDelegate(painter)
            (WholeRows if view is self.family_list else Foot)(view)
            view.setResizeMode(QListView.ResizeMode.Adjust)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.family_list.setProperty("look", "side")
        self.family_list.setFixedWidth(FAMILIES_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.family_list)
        row.addWidget(_upright())
        row.addLayout(self._centre(), 1)
        row.addWidget(_upright())
        row.addWidget(self.form)
        self.form.whole.addWidget(hairline())
        self.form.whole.addLayout(self._foot())

    def _centre(self) -> QVBoxLayout:
        self.search.setClearButtonEnabled(True)
        self.search.addAction(self.lens, QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(190)
        self.active.setCheckable(True)
        self.bar = QWidget()
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(8, 4, 8, 4)
        bar.setSpacing(8)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.active)
        bar.addStretch(1)
        bar.addWidget(self.add_button)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addWidget(self.bar)
        centre.addWidget(hairline())
        centre.addWidget(self.list, 1)
        centre.addWidget(self.empty, 1)
        return centre

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 6, 14, 6)
        for each in (self.restore_button, self.export_button, self.delete_button):
            foot.addWidget(each)
        foot.addStretch(1)
        foot.addWidget(self.copy_button)
        return foot

    def _connect(self) -> None:
        bench = self.bench
        self.search.textChanged.connect(self._narrow)
        self.active.toggled.connect(self._narrow)
        self.family_list.selectionModel().currentChanged.connect(self._family_chosen)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _: self.form.focus_first())
        self.list.installEventFilter(self)
        tools = (self.copy_button, self.restore_button, self.delete_button, None, self.add_button)
        offer(self.list, lambda: (*tools, self.export_button))
        for signal in (bench.changed, bench.language_changed, bench.theme_changed):
            signal.connect(self._changed)
        bench.selection.wanted.connect(self._wanted)

    # --- what is shown ----------------------------------------------------------------------------

    def _changed(self) -> None:
        """Read the rules again, or later where nobody sees them: boards stay quick."""
        self._late = not self.isVisible()
        if not self._late:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what was not seen."""
        super().showEvent(event)
        if self._late:
            self._late = False
            self.refresh()

    def refresh(self) -> None:
        """Read the rules again."""
        document = self.bench.document
        self.origins = None if document is None else Origins(document)
        self._filling = True
        self.families.refresh(self.origins)
        row = self.families.row(self._family)
        self._family = self.families.found[row].name
        self.family_list.setCurrentIndex(self.families.index(row))
        self._filling = False
        self._words()
        self._narrow()

    def _words(self) -> None:
        say, icon = self.bench.say, self.bench.icon
        document = self.bench.document
        may = document is not None and not document.read_only
        self._invite()
        self.lens.setIcon(icon("magnify", "hint"))
        self.search.setAccessibleName(say("rules.search"))
        self.active.setText(say("rules.active_only"))
        self.family_list.setAccessibleName(say("rules.families"))
        self.list.setAccessibleName(say("action.view_rules"))
        for each, words, name in (
            (self.add_button, "facts.add", "plus"),
            (self.restore_button, "rules.restore", "arrow-u-left-top"),
            (self.export_button, "rules.export", "export-variant"),
            (self.delete_button, "facts.remove", "delete-outline"),
            (self.copy_button, "rules.duplicate", ""),
        ):
            short = each is self.add_button and self.width() < _NARROW
            each.setText("" if short else say(words))
            each.setAccessibleName(say(words).rstrip("…"))
            if name:
                each.setIcon(icon(name, "accent"))
            each.setEnabled(may or each is self.export_button)
        self.restore_button.setToolTip(say("rules.restore_tip"))
        self._can()

    def _found(self) -> list[Rule[Any, Any]]:
        """Give the rules that family, words and chip let through; words are sought in all."""
        document = self.bench.document
        words = self.search.text().casefold().split()
        found = []
        for rule in () if document is None else document.problem.rules:
            if self.active.isChecked() and not rule.enabled:
                continue
            if words:
                named = rule.id, title(rule, self.bench.lang), source_words(rule, self.bench.lang)
                told = " ".join(named).casefold()
                if all(word in told for word in words):
                    found.append(rule)
            elif self._family in ("", rule.family):
                found.append(rule)
        return found

    def _narrow(self) -> None:
        found = self._found()
        self._filling = True
        self.model.show(found, self.origins)
        row = self.model.row(self._id)
        if row < 0 and found:
            row = 0
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        self._filling = False
        document = self.bench.document
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        some = document is not None and bool(document.problem.rules)
        self.empty.say("facts.nothing" if some else "rules.none", "facts.clear" if some else "")
        self._show()

    def _clear(self) -> None:
        self.search.clear()
        self.active.setChecked(False)
        self._go_family("")

    def _family_chosen(self, index: QModelIndex) -> None:
        if not self._filling and index.isValid():
            self._family = self.families.found[index.row()].name
            if self.search.text():
                self.search.clear()
            else:
                self._narrow()

    def _go_family(self, name: str) -> None:
        self.family_list.setCurrentIndex(self.families.index(self.families.row(name)))

    def _chosen(self, index: QModelIndex) -> None:
        if not self._filling and index.isValid():
            self._show()
            self.bench.selection.pick("rule", self._id)

    @property
    def rule(self) -> Rule[Any, Any] | None:
        """The rule whose form is shown."""
        index = self.list.currentIndex()
        return index.data(RULE) if index.isValid() else None

    def _show(self) -> None:
        rule = self.rule
        if rule is not None:
            self._id = rule.id
        self.form.show_rule(rule, self.origins)
        self._can()

    def _can(self) -> None:
        """Switch the buttons on that can do something with the rule that is shown."""
        rule, document = self.rule, self.bench.document
        may = document is not None and not document.read_only and rule is not None
        for each in (self.delete_button, self.copy_button):
            each.setEnabled(may)
        own = self.origins is not None and rule is not None and self.origins.own_fields(rule)
        self.restore_button.setEnabled(bool(own) and may)

    def _wanted(self) -> None:
        """Bring a rule that somebody asks for into view."""
        picked = self.bench.selection.now
        if picked.kind == "rule":
            self.go(picked.id)

    def go(self, id: str) -> None:
        """Show a rule, whatever hides it."""
        self._id = id
        if self.model.row(id) < 0:
            self._clear()
        row = self.model.row(id)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            self.list.scrollTo(self.model.index(row))
            QTimer.singleShot(0, self.list, self._to_current)  # rows take their heights when seen

    def _to_current(self) -> None:
        self.list.scrollTo(self.list.currentIndex())

    # --- what is done -----------------------------------------------------------------------------

    def offer(self) -> None:
        """Offer the types of rules, by family."""
        self.fill().popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def fill(self) -> QMenu:
        """Make the menu of types: a submenu a family, that of the shown family first."""
        self.menu.deleteLater()
        self.menu = QMenu(self)
        types: dict[str, list[type[Rule[Any, Any]]]] = {}
        for cls in catalogue().values():
            types.setdefault(cls.family, []).append(cls)
        order = {each.name: place for place, each in enumerate(self.families.found)}
        order[self._family] = -1
        for name in sorted(types, key=lambda name: order.get(name, len(order))):
            submenu = self.menu.addMenu(family(types[name][0], self.bench.lang))
            for cls in types[name]:
                submenu.addAction(self.bench.say(f"rule.{cls.type}"), partial(self.add, cls.type))
        return self.menu

    def add(self, type_name: str) -> None:
        """Add a rule of a type and show its form."""
        self._made(rule_edits.made(self.bench, type_name))

    def duplicate(self) -> None:
        """Add a rule like the one shown."""
        if self.rule is not None:
            self._made(rule_edits.copied(self.bench, self.rule))

    def _made(self, id: str | None) -> None:
        if id is not None:
            self.go(id)
            self.form.focus_first()

    def remove(self) -> None:
        """Take the rule away that is shown; the next one is shown then."""
        rule, row = self.rule, self.list.currentIndex().row()
        document = self.bench.document
        if rule is None or document is None or document.read_only:
            return
        rules = self.model.rules
        near = rules[row + 1] if row + 1 < len(rules) else rules[row - 1]
        if rule_edits.removed(self.bench, rule):
            self._id = near.id
            self._narrow()
            self.list.setFocus()

    def export(self) -> None:
        """Ask where to, and write the rules of the list as a pack."""
        document = self.bench.document
        if document is None:
            return
        start = f"{self._family or document.study.name or 'opale'}.toml"
        title, kinds = self.bench.say("rules.export"), {"TOML (*.toml)": ".toml"}
        path = ask_where(self.bench, self, title, start, kinds)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the rules of the list, with their examples, as a pack that can be read back."""
        from data.pack_file import pack_text
        from data.refused import SystemWords

        document = self.bench.document
        if document is None:
            return
        pack = pack_with_examples(self.model.rules, path.stem)
        text = pack_text(pack, document.problem.horizon)
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            why = SystemWords.of(error).said(self.bench.lang)
            told = self.bench.say("rules.not_written", file=path.name, why=why)
            self.bench.told.emit(told, True)
            return
        told = self.bench.say("rules.written", n=len(self.model.rules), file=path.name)
        tell_written(self.bench, self.window(), told, path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take a rule away by Delete, begin its form by Enter."""
        if watched is self.list and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Delete:
                self.remove()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say what the search is for in as many words as it has room for."""
        super().resizeEvent(event)
        self._words()

    def _invite(self) -> None:
        ladder = (self.bench.say("rules.search"), self.bench.say("facts.search"))
        self.search.setPlaceholderText(fitting(ladder, self.search.width() - 40))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for little: the list gives way."""
        return QSize(900, 400)


def _upright() -> QFrame:
    made = QFrame()
    made.setProperty("look", "line")
    made.setFixedWidth(1)
    return made
