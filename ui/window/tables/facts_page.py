"""All facts as tables: the kinds at the left, the records of one at the right, faults in a line below."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.fields import FieldSpec
from planner.problem import RECORD_KINDS
from ui.window.actions import Actions
from ui.window.boards.pinning import pin_record
from ui.window.panels.offering import offer
from ui.window.panels.parts import Empty, button, hairline, label
from ui.window.tables import cells
from ui.window.tables.facts_filters import DUE, FilterChip
from ui.window.tables.fault_strip import FaultStrip
from ui.window.tables.kinds_list import KindsList
from ui.window.tables.record_form import RecordForm
from ui.window.tables.record_model import RecordModel
from ui.window.tables.record_paste import UnreadableLineError
from ui.window.tables.record_table import RecordTable
from ui.window.tables.removing import remove_records
from ui.window.tables.whole_rows import WholeTable
from ui.window.workbench import Workbench

LEAST = 420
"""Width of the line over the table at least."""
STEPS = (
    (160, True, True),
    (120, True, True),
    (120, False, True),
    (96, False, True),
    (96, False, False),
)
"""How the line gives way: width of the search, whether the link and the filters have words."""


class FactsBar(QWidget):
    """The line over the table; where it is too narrow, search and links give way."""

    def __init__(self, page: "FactsPage") -> None:
        super().__init__()
        self.page = page

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give way."""
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Hold no window wide."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def fit(self) -> None:
        """Shorten the search, leave the word of the link out, then those of the filters."""
        page, say = self.page, self.page.bench.say
        for search, link, named in STEPS:
            page.search.setFixedWidth(search)
            page.search.setClearButtonEnabled(search > STEPS[-1][0])  # its place is for the words
            page.search.setPlaceholderText(say("facts.search") if search > STEPS[-1][0] else "")
            page.add_button.setText(say("facts.add") if link else "")
            for chip in (page.specialty, page.due):
                chip.shorten(not named)
            row = self.layout()
            if row is None or row.sizeHint().width() <= self.width():
                break


class FactsPage(QWidget):
    """The view of facts."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.model = RecordModel(bench, self)
        self.kinds = KindsList(bench)
        self.table = RecordTable(bench, self.model)
        self.whole = WholeTable(self.table)
        self.strip = FaultStrip(self.model)
        self.why, self.back = self.strip.why, self.strip.back
        self.empty = Empty(bench, "facts.nothing", "facts.clear", self._clear)
        self.search, self.own, self.faulty = QLineEdit(), button("chip"), button("chip")
        self.specialty = FilterChip(bench, "facts.filter.specialty", "filter-variant")
        self.due = FilterChip(bench, "facts.filter.due", "calendar-blank-outline")
        self.lens = QAction(self)
        self.add_button = button("link", self.add)
        self.copy_button = self._tool("content-copy", self.table.copy)
        self.paste_button = self._tool("clipboard-outline", self.paste)
        self.remove_button = self._tool("delete-outline", self.remove)
        self.legend = [label("hint"), label("hint"), label("hint")]
        self.count = label("hint")
        self._late = False
        self._seen: tuple[object, ...] = ()
        self._lay_out()
        self._connect(actions)
        self.setFocusProxy(self.table)
        self.refresh()

    # --- building ---------------------------------------------------------------------------------

    def _tool(self, icon: str, do: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        made.setProperty("icon_name", icon)
        made.setIconSize(QSize(16, 16))
        made.clicked.connect(lambda _=False: do())
        return made

    def _lay_out(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.addAction(self.lens, QLineEdit.ActionPosition.LeadingPosition)
        for chip in (self.own, self.faulty):
            chip.setCheckable(True)
        self.bar = FactsBar(self)
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(8, 4, 8, 4)
        bar.setSpacing(8)
        for each in (self.search, self.specialty, self.due, self.own, self.faulty):
            bar.addWidget(each)
        bar.addStretch(1)
        for tool in (self.add_button, self.copy_button, self.paste_button, self.remove_button):
            bar.addWidget(tool)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.setSpacing(16)
        for part in self.legend:
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.count)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addWidget(self.bar)
        centre.addWidget(hairline())
        centre.addWidget(self.whole, 1)
        centre.addWidget(self.empty, 1)
        centre.addWidget(self.strip)
        centre.addWidget(hairline())
        centre.addLayout(foot)
        edge = QFrame()
        edge.setProperty("look", "line")
        edge.setFixedWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.kinds)
        row.addWidget(edge)
        row.addLayout(centre, 1)

    def _connect(self, actions: Actions) -> None:
        bench = self.bench
        self.kinds.currentRowChanged.connect(lambda _: self._chosen())
        self.search.textChanged.connect(lambda _: self._narrow())
        for chip in (self.own, self.faulty):
            chip.toggled.connect(lambda _: self._narrow())
        for each in (self.specialty, self.due):
            each.chosen.connect(self._narrow)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._current())
        self.table.remove_wanted.connect(self.remove)
        self.table.add_wanted.connect(self.add)
        edits = self.copy_button, self.paste_button, None, self.add_button, self.remove_button
        tools = (*edits, None, actions["pin"])
        actions.on("pin", lambda: pin_record(bench) if self.isVisible() else None)
        offer(self.table, lambda: tools)
        self.table.paste_wanted.connect(self.paste)
        self.model.unread.connect(self._unread)
        self.model.book.unfit.found.connect(self.refresh)
        bench.changed.connect(self._changed)
        bench.language_changed.connect(self._changed)
        bench.theme_changed.connect(self._changed)
        bench.selection.wanted.connect(self._wanted)

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The kind that is shown."""
        return self.kinds.kind

    def _changed(self) -> None:
        """Read the facts again, or later where nobody sees them: boards stay quick."""
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
        """Read the facts again."""
        here, document = self._here(), self.bench.document
        seen = (self.bench.lang, self.bench.theme.name, document and document.name)
        if seen != self._seen:
            self._seen = seen
            self.kinds.word()
            self.model.paint_all()
        self.kinds.count_again()
        self.model.show(self.kind if document is not None else "")
        self._words()
        self._offer()
        self._told()
        self._back_to(here)

    def _offer(self) -> None:
        """Offer what the records of the kind may be narrowed to."""
        document, say = self.bench.document, self.bench.say
        known = () if document is None else document.problem.specialties
        self.specialty.offer([(str(each.id), str(each.id)) for each in known])
        self.due.offer([(each, say(f"facts.due.{each}")) for each in DUE])
        linked = any(spec.link == "specialty" for spec in self.model.specs)
        self.specialty.setVisible(linked and bool(known))
        self.due.setVisible(self.model.column("due") >= 0)
        self.bar.fit()

    def _words(self) -> None:
        say, icon = self.bench.say, self.bench.icon
        self.search.setAccessibleName(say("facts.search").rstrip("…"))
        self.lens.setIcon(icon("magnify", "hint"))
        self.add_button.setAccessibleName(say("facts.add"))
        self.add_button.setToolTip(say("facts.add"))
        self.add_button.setIcon(icon("plus", "accent"))
        for tool, words in (
            (self.copy_button, "facts.copy"),
            (self.paste_button, "facts.paste"),
            (self.remove_button, "facts.remove"),
        ):
            tool.setIcon(icon(str(tool.property("icon_name"))))
            tool.setToolTip(say(words))
            tool.setAccessibleName(say(words))
        document = self.bench.document
        parent = None if document is None else document.scenario.parent
        for part, message in zip(self.legend, ("base", "inherited", "own"), strict=True):
            part.setText(say(f"facts.legend_{message}"))
            part.setVisible(parent is not None)
        may = document is not None and not document.read_only
        for each in (self.add_button, self.paste_button, self.remove_button):
            each.setEnabled(may)
        self.table.fit()

    def _told(self) -> None:
        """Count, and say what is empty."""
        model, say = self.model, self.bench.say
        own, wrong = model.counts()
        self.own.setText(say("facts.own_only", n=own))
        self.faulty.setText(say("facts.faulty_only", n=wrong))
        shown = len(model.records)
        self.whole.setVisible(shown > 0)
        self.empty.setVisible(shown == 0)
        if model.order.narrows:
            self.empty.say("facts.nothing", "facts.clear")
        else:
            self.empty.say("facts.none")
        rows = say(
            "facts.count" if shown < len(model.every) else "facts.all",
            n=shown,
            all=len(model.every),
        )
        parts = [rows]
        parts += [say("facts.n_own", n=own)] if own else []
        parts += [say("facts.n_faulty", n=wrong)] if wrong else []
        self.count.setText(" · ".join(parts))

    def _narrow(self) -> None:
        here = self._here()
        self.model.narrow(
            self.search.text(),
            own=self.own.isChecked(),
            faulty=self.faulty.isChecked(),
            specialty="" if self.specialty.isHidden() else self.specialty.value,
            due="" if self.due.isHidden() else self.due.value,
        )
        self._told()
        self._back_to(here)

    def _clear(self) -> None:
        self.search.clear()
        for each in (self.own, self.faulty):
            each.setChecked(False)
        for chip in (self.specialty, self.due):
            chip.choose("")

    def _chosen(self) -> None:
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.model.show(self.kind if self.bench.document is not None else "")
        self.table.fit()
        self._offer()
        self._narrow()

    # --- where one is -----------------------------------------------------------------------------

    def _here(self) -> tuple[str, str, int] | None:
        """Give record, field and row of the current cell."""
        index = self.table.currentIndex()
        if not index.isValid() or index.row() >= len(self.model.records):
            return None
        id = self.model.records[index.row()].id
        return str(id), self.model.specs[index.column()].name, index.row()

    def _back_to(self, here: tuple[str, str, int] | None) -> None:
        """Make the same cell current, or the one where it was."""
        if here is not None and self.model.records:
            id, field, row = here
            found = self.model.row(id)
            row = found if found >= 0 else min(row, len(self.model.records) - 1)
            index = self.model.index(row, max(0, self.model.column(field)))
            if index != self.table.currentIndex():
                self.table.setCurrentIndex(index)
        self._current()

    def _select(self, id: str, column: int = 0) -> None:
        if self.model.row(id) < 0:
            self._clear()
        row = self.model.row(id)
        if row >= 0:
            index = self.model.index(row, column)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)

    def _cell(self) -> tuple[Any, FieldSpec | None]:
        index = self.table.currentIndex()
        if not index.isValid() or index.row() >= len(self.model.records):
            return None, None
        return self.model.records[index.row()], self.model.specs[index.column()]

    def _current(self) -> None:
        """Show what is wrong with the current cell, and tell the others what is selected."""
        record, spec = self._cell()
        self.strip.show_for(record, spec)
        if record is not None and spec is not None and self.isVisible():
            self.bench.selection.pick(self.model.kind, record.id, field=spec.name)

    def _unread(self) -> None:
        """Say what is wrong with what was typed."""
        self._told()
        self._current()

    def _wanted(self) -> None:
        """Bring what somebody asks for into view."""
        picked = self.bench.selection.now
        if self.isVisible() and picked.kind in RECORD_KINDS:
            self.kinds.choose(picked.kind)
            self._select(picked.id, max(0, self.model.column(picked.field)))

    # --- what is done -------------------------------------------------------------------------------

    def _may(self) -> bool:
        document = self.bench.document
        return document is not None and not document.read_only and bool(self.model.kind)

    def paste(self) -> None:
        """Take the clipboard from the current cell on, as one change; say what had no place."""
        if not self._may():
            return
        say, lang = self.bench.say, self.bench.lang
        try:
            block = self.table.pasted()
        except UnreadableLineError as wrong:
            field = cells.heading(self.model.kind, wrong.field, lang)
            why = cells.refusal(wrong.error, lang)
            told = say("facts.line_unread", n=wrong.line, field=field, why=why)
            self.bench.told.emit(told, True)
            return
        if block is None:
            return
        self.model.enter(block.typed, block.added)
        if block.left:
            self.bench.told.emit(say("facts.paste_left", n=block.left), True)

    def add(self) -> None:
        """Ask for a new record, like the current one."""
        if not self._may():
            return
        form = RecordForm(self.bench, self.model.kind, self._cell()[0], self)
        try:
            if form.exec() and self.model.add(form.values):
                self._select(str(form.values["id"]))
        finally:
            form.deleteLater()

    def remove(self) -> None:
        """Take the selected records away, after a question that says what goes with them."""
        remove_records(self.bench, self.model.kind, self.table.chosen_ids(), self)
