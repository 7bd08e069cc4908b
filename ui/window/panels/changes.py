"""The changes of the open scenario: each group with what it does, on or off, broken or shifted.

The plan is one more line where it differs from the parent's: moved by hand, or solved anew.
"""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from planner.change_set_words import group_words
from planner.changes import Add, Adjust, Change, ChangeSet, Remove, Set
from planner.commands import at_hand
from planner.edits import Record
from planner.fields import specs
from planner.leaving import switching
from planner.plain import Plain
from planner.problem import ATTRIBUTES
from planner.record_words import plain_words
from planner.words import MINUS, known, listing, minutes, number
from ui.window.actions import Actions
from ui.window.dialogs.gallery import GalleryDialog, tried
from ui.window.dialogs.what_if import WhatIfDialog
from ui.window.panels.change_moves import NAME as _NAME
from ui.window.panels.change_moves import ChangeMoves
from ui.window.panels.offering import Offered, offer
from ui.window.panels.parts import Empty, Heading, button, plain_tip
from ui.window.panels.states import Apart, apart
from ui.window.workbench import Workbench


class ChangesPanel(QWidget):
    """The list; a tick switches a group on or off, a click selects what it is about."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "side")
        self.heading = Heading()
        self.list = QListWidget()
        self.list.setObjectName("changes")
        self.list.setProperty("look", "side")
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setIconSize(QSize(16, 16))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.itemChanged.connect(self._switched)
        self.list.currentItemChanged.connect(self._picked)
        self.empty = Empty(bench, "changes.empty", "action.what_if", self.ask)
        self.add = button("link", self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        for each in (self.heading, self.list, self.empty, self.add):
            column.addWidget(each)
        column.setStretch(1, 1)
        column.setStretch(2, 1)
        bench.changed.connect(self._changed)
        bench.settled.connect(self._settled)
        for signal in (bench.language_changed, bench.theme_changed):
            signal.connect(self.refresh)
        actions.on("what_if", self.ask)
        actions.on("gallery", self.browse)
        self.turn = QAction(self)
        self.turn.triggered.connect(self._turn)
        self.moves = ChangeMoves(bench, self.list)
        offer(self.list, self._offered)
        self._filling = False
        self._shown: tuple[object, ...] = ()
        self._came_of: tuple[object, ...] = ()

    def _changed(self) -> None:
        """Show other changes at once; what comes of them in plans and parents can wait."""
        if self._state() != self._shown:
            self.refresh()

    def _settled(self) -> None:
        """Show what came of the changes, unless it is shown: what is selected stays so."""
        if (self._state(), *self._consequences()) != (self._shown, *self._came_of):
            self.refresh()

    def _consequences(self) -> tuple[object, ...]:
        document = self.bench.document
        if document is None:
            return ()
        name = document.name
        notes = tuple((note.set_name, note.state) for note in document.study.notes(name))
        return (notes, apart(document, name))

    def _state(self) -> tuple[object, ...]:
        document = self.bench.document
        return () if document is None else (document.name, document.scenario.changes)

    def refresh(self) -> None:
        """Show the changes of the open scenario."""
        document, say = self.bench.document, self.bench.say
        self.heading.title.setText(say("changes.title"))
        self._shown, self._came_of = self._state(), self._consequences()
        groups = () if document is None else document.scenario.changes
        moved = Apart() if document is None else apart(document, document.name)
        count = len(groups) + bool(moved)
        self.heading.count.setText(str(count) if count else "")
        self.add.setText(say("action.what_if"))
        self.add.setIcon(self.bench.icon("lightbulb-on-outline", "accent"))
        self.list.setVisible(bool(count))
        self.add.setVisible(bool(count))
        self.empty.setVisible(not count)
        base = document is None or document.scenario.parent is None
        viewed = document is not None and document.read_only
        here = "changes.viewed" if viewed else "changes.in_base" if base else "changes.empty"
        self.empty.say(here, "" if base or viewed else "action.what_if")
        self.actions_["what_if"].setEnabled(not base)
        self._filling = True
        self.list.clear()
        if document is not None:
            states = {note.set_name: note.state for note in document.study.notes(document.name)}
            for group in groups:
                self.list.addItem(self._item(group, states.get(group.name)))
            if moved:
                self.list.addItem(self._plan(moved))
        self._filling = False

    def _plan(self, moved: Apart) -> QListWidgetItem:
        """Say how much of the plan stands elsewhere than in the parent's."""
        say, document = self.bench.say, self.bench.document
        assert document is not None
        parent = document.scenario.parent
        there = self.bench.called(parent)
        parts = [
            say(f"changes.{kind}", n=len(each))
            for kind, each in (("cases", moved.cases), ("duties", moved.duties))
            if each
        ]
        told = say("changes.plan", what=listing(parts, self.bench.lang), parent=there)
        item = QListWidgetItem(self.bench.icon("swap-vertical-bold", "own"), told)
        item.setToolTip(plain_tip(told))
        return item

    def _item(self, group: ChangeSet, state: str | None) -> QListWidgetItem:
        told = [group_words(group.name, self.bench.lang), self.summary(group)]
        told += [] if state is None else [self.bench.say(f"changes.{state}")]
        told += [] if group.enabled else [self.bench.say("changes.off")]
        item = QListWidgetItem("\n".join(told))
        if not group.enabled:
            item.setForeground(self.bench.theme.colour("ink2"))
        item.setData(_NAME, group.name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if group.enabled else Qt.CheckState.Unchecked)
        name = "pencil" if state is None else "link-variant-off"
        item.setIcon(self.bench.icon(name, "own" if state is None else "hard"))
        written = "\n".join(_written(self.bench, change) for change in group.changes[:12])
        item.setToolTip(plain_tip(written))
        return item

    def summary(self, group: ChangeSet) -> str:
        """Count what a group changes, by kind."""
        count: dict[str, int] = {}
        for change in group.changes:
            count[change.kind] = count.get(change.kind, 0) + 1
        kinds = ((self.bench.say(f"kind.{kind}"), number) for kind, number in count.items())
        return " · ".join(
            kind if number == 1 else f"{kind}\u00a0×\u00a0{number}" for kind, number in kinds
        )

    def _offered(self) -> tuple[Offered, ...]:
        """Give what can be done with the current change."""
        item, document = self.list.currentItem(), self.bench.document
        may = document is not None and not document.read_only
        whole = tuple(self.actions_[id] for id in ("what_if", "gallery", "compare_parent"))
        if self.list.currentRow() < 0 or item.data(_NAME) is None:  # the plan is no group
            return whole
        on = item.checkState() == Qt.CheckState.Checked
        self.turn.setText(self.bench.say(f"changes.turn_{'off' if on else 'on'}"))
        self.turn.setEnabled(may)
        return (self.turn, *self.moves.offered(), None, *whole)

    def _turn(self) -> None:
        """Switch the current change on, or off."""
        item = self.list.currentItem()
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _switched(self, item: QListWidgetItem) -> None:
        document = self.bench.document
        if self._filling or document is None:
            return
        on = item.checkState() == Qt.CheckState.Checked
        edit, _ = switching(document.study, document.name, item.data(_NAME), on=on)
        if not self.bench.do(edit):
            self.refresh()

    def _picked(self, item: QListWidgetItem | None) -> None:
        document = self.bench.document
        if self._filling or item is None or document is None:
            return
        name = item.data(_NAME)
        if name is None:
            self._pick_moved(apart(document, document.name))
            return
        group = next((each for each in document.scenario.changes if each.name == name), None)
        if group is not None and group.changes:
            kind = group.changes[0].kind
            ids = tuple(change.id for change in group.changes if change.kind == kind)
            self.bench.selection.pick(kind, *ids)

    def _pick_moved(self, moved: Apart) -> None:
        """Select what stands elsewhere in the plan."""
        if moved.cases:
            self.bench.selection.pick("case", *moved.cases)
        elif moved.duties:
            people = dict.fromkeys(person for person, _ in moved.duties)
            self.bench.selection.pick("staff", *people)

    def ask(self) -> None:
        """Ask for a what-if and record it in the open scenario; in the base it becomes a branch."""
        document = self.bench.document
        if document is None or document.read_only:
            return
        if document.scenario.parent is None:
            self.actions_["branch"].trigger()
        hand = at_hand(document.study, document.name)
        dialog = WhatIfDialog(self.bench, document.problem, self, hand)
        try:
            if dialog.exec() and dialog.group is not None:
                self.bench.do(Record(scenario=document.name, group=dialog.group))
        finally:
            dialog.deleteLater()

    def browse(self) -> None:
        """Offer the what-ifs that are ready; one click makes a scenario of it, and opens that."""
        document = self.bench.document
        if document is None or document.read_only:
            return
        dialog = GalleryDialog(self.bench, document.problem, document.plan, self)
        try:
            if dialog.exec() and dialog.chosen is not None:
                name, edit = tried(document.study, document.name, dialog.chosen, self.bench.lang)
                if self.bench.do(edit):
                    document.show(name)
        finally:
            dialog.deleteLater()


def _written(bench: Workbench, change: Change) -> str:
    """Write one change as a line."""
    kind = bench.say(f"kind.{change.kind}") if known(f"kind.{change.kind}") else change.kind
    match change:
        case Set():
            before, after = (
                _value(bench, change, each) for each in (change.expected, change.value)
            )
            who, field = f"{kind} {change.id}", _field(bench, change)
            return bench.say("facts.set", id=who, field=field, before=before, after=after)
        case Adjust():
            title = f"{kind} {change.id} · {_field(bench, change)}"
            return bench.say("compare_view.row", title=title, values=_far(bench, change))
        case Add():
            return f"+ {kind} {change.id}"
        case Remove():
            return f"− {kind} {change.id}"


def _field(bench: Workbench, change: Set | Adjust) -> str:
    message = f"field.{change.kind}.{change.field}"
    return bench.say(message) if known(message) else change.field


def _value(bench: Workbench, change: Set, given: Plain) -> str:
    """Write a value of a change for reading; as it is where its record is gone."""
    record = _record(bench, change)
    if record is None or bench.document is None:
        return str(given)
    return plain_words(record, change.field, given, bench.document.problem.horizon, bench.lang)


def _far(bench: Workbench, change: Adjust) -> str:
    """Write by how much a number changes, minutes with their unit."""
    record = _record(bench, change)
    known = () if record is None else specs(type(record))
    timed = any(spec.name == change.field and spec.unit == "minute" for spec in known)
    words = minutes(abs(change.delta)) if timed else number(abs(change.delta), bench.lang)
    return f"{'+' if change.delta >= 0 else MINUS}{words}"


def _record(bench: Workbench, change: Set | Adjust) -> Any:
    """Give the record that a change is about; None where there is none any more."""
    if bench.document is None or change.kind not in ATTRIBUTES:
        return None
    records = bench.document.problem.records(change.kind)
    return next((each for each in records if each.id == change.id), None)
