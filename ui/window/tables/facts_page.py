"""All facts as tables: the kinds at the left, the records of one at the right, faults in a line below."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.problem import RECORD_KINDS
from ui.window.actions import Actions
from ui.window.panels.parts import Empty, button, hairline, label
from ui.window.tables.record_delegate import RecordDelegate
from ui.window.tables.record_filter import RecordFilter
from ui.window.tables.record_form import RecordForm
from ui.window.tables.record_model import FAULT, RecordModel
from ui.window.tables.removing import remove_records
from ui.window.workbench import Workbench

KINDS: Final = (
    "case", "session", "theatre", "surgeon", "procedure", "priority", "specialty", "equipment",
    "recovery", "ward", "census", "anaesthesia", "staff", "absence", "request", "cover", "shift",
    "contract", "history", "holiday",
)  # fmt: skip
"""Kinds in the order in which planners look for them."""
KINDS_WIDTH: Final = 196
ROW: Final = 25
_WIDEST: Final = 260


class RecordTable(QTableView):
    """A table whose cells go to and come from a spreadsheet."""

    def __init__(self, page: "FactsPage") -> None:
        super().__init__()
        self.page = page
        self.setObjectName("facts")
        self.setSortingEnabled(True)
        self.setAlternatingRowColors(True)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setTabKeyNavigation(False)

    def event(self, event: QEvent) -> bool:
        """Keep F2 for the cell: elsewhere it renames the scenario."""
        ours = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if ours and event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy, paste and delete as a spreadsheet does."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.page.remove()
        elif event.key() == Qt.Key.Key_Insert:
            self.page.add()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, a line a row, a tab between cells."""
        chosen = sorted((i.row(), i.column()) for i in self.selectedIndexes())
        if not chosen:
            return
        columns = sorted({column for _, column in chosen})
        lines = []
        for row in sorted({row for row, _ in chosen}):
            found = (self.model().index(row, column) for column in columns)
            cells = (
                str(index.data(Qt.ItemDataRole.EditRole))
                if (index.row(), index.column()) in chosen
                else ""
                for index in found
            )
            lines.append("\t".join(cells))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Take the clipboard into cells from the current one on, as one change."""
        lines = QGuiApplication.clipboard().text().rstrip("\r\n").splitlines()
        here = self.currentIndex()
        if not lines or not here.isValid():
            return
        grid = [line.split("\t") for line in lines]
        if len(grid) == 1 and len(grid[0]) == 1:  # one value goes into all selected cells
            targets = [(i.row(), i.column(), grid[0][0]) for i in self.selectedIndexes()]
        else:
            targets = [
                (here.row() + down, here.column() + right, words)
                for down, line in enumerate(grid)
                for right, words in enumerate(line)
            ]
        self.page.enter(targets)


class FactsPage(QWidget):
    """The view of facts."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.model = RecordModel(bench, self)
        self.filter = RecordFilter(self.model, self)
        self.kinds = QListWidget()
        self.kinds.setObjectName("kinds")
        self.kinds.setProperty("look", "side")
        self.kinds.setFixedWidth(KINDS_WIDTH)
        self.kinds.currentRowChanged.connect(self._chosen)
        self.table = RecordTable(self)
        self.table.setModel(self.filter)
        self.table.setItemDelegate(RecordDelegate(bench, self.table))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._current())
        self.empty = Empty(bench, "facts.nothing", "facts.clear", self._clear)
        self.search, self.own, self.faulty = QLineEdit(), button("chip"), button("chip")
        self.add_button = button("link", self.add)
        self.copy_button = self._tool("content-copy", self.table.copy)
        self.paste_button = self._tool("clipboard-outline", self.table.paste)
        self.remove_button = self._tool("delete-outline", self.remove)
        self.strip, self.why = QWidget(), label("hard", wrap=True)
        self.back = button("link", self._restore)
        self.legend, self.count = label("hint"), label("hint")
        self._filling = False
        self._lay_out()
        self.setFocusProxy(self.table)
        for signal in (bench.changed, bench.language_changed, bench.theme_changed):
            signal.connect(self.refresh)
        bench.selection.wanted.connect(self._wanted)
        self.refresh()

    def _tool(self, icon: str, do: object) -> QToolButton:
        made = QToolButton()
        made.setProperty("icon_name", icon)
        made.setIconSize(QSize(16, 16))
        made.clicked.connect(lambda _=False: do())  # type: ignore[operator]
        return made

    def _lay_out(self) -> None:
        self.search.setFixedWidth(150)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        for chip in (self.own, self.faulty):
            chip.setCheckable(True)
            chip.toggled.connect(self._narrow)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        for each in (self.search, self.own, self.faulty):
            bar.addWidget(each)
        bar.addStretch(1)
        for tool in (self.add_button, self.copy_button, self.paste_button, self.remove_button):
            bar.addWidget(tool)
        line = QHBoxLayout(self.strip)
        line.setContentsMargins(12, 6, 12, 6)
        line.addWidget(self.why, 1)
        line.addWidget(self.back)
        self.strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.strip.setProperty("look", "fault")
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 3, 12, 3)
        foot.addWidget(self.legend, 1)
        foot.addWidget(self.count)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addLayout(bar)
        centre.addWidget(hairline())
        centre.addWidget(self.table, 1)
        centre.addWidget(self.empty, 1)
        centre.addWidget(self.strip)
        centre.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.kinds)
        row.addLayout(centre, 1)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The kind that is shown."""
        row = self.kinds.currentRow()
        return KINDS[0] if row < 0 else str(self.kinds.item(row).data(Qt.ItemDataRole.UserRole))

    def refresh(self) -> None:
        """Read the facts again."""
        document, say = self.bench.document, self.bench.say
        kind, here = self.kind, self._here()
        self._filling = True
        self.kinds.clear()
        if document is not None:
            for each in (*KINDS, *(k for k in RECORD_KINDS if k not in KINDS)):
                n = len(document.problem.records(each))
                item = QListWidgetItem(f"{say(f'kind.{each}')}  {n}")
                item.setData(Qt.ItemDataRole.UserRole, each)
                item.setSizeHint(QSize(0, 28))
                self.kinds.addItem(item)
                if each == kind:
                    self.kinds.setCurrentItem(item)
        self._filling = False
        self.model.show(kind if document is not None else "")
        self._size_columns()
        self._words()
        self._narrow()
        if here is not None:
            self._select(*here)

    def _words(self) -> None:
        say, icon = self.bench.say, self.bench.icon
        self.search.setPlaceholderText(say("facts.search"))
        self.own.setText(say("facts.own_only"))
        self.faulty.setText(say("facts.faulty_only", n=self._wrong()))
        self.add_button.setText(say("facts.add"))
        self.add_button.setIcon(icon("plus", "accent"))
        for tool, words in (
            (self.copy_button, "facts.copy"),
            (self.paste_button, "facts.paste"),
            (self.remove_button, "facts.remove"),
        ):
            tool.setIcon(icon(str(tool.property("icon_name"))))
            tool.setToolTip(say(words))
            tool.setAccessibleName(say(words))
        self.legend.setText(say("facts.legend"))
        document = self.bench.document
        may = document is not None and not document.read_only
        for each in (self.add_button, self.paste_button, self.remove_button):
            each.setEnabled(may)

    def _wrong(self) -> int:
        return sum(map(self.model.wrong, self.model.records))

    def _size_columns(self) -> None:
        """Give each column the room of its longest cells among the first ones, within bounds."""
        metrics = self.table.fontMetrics()
        shown = min(40, self.model.rowCount())
        for column in range(self.model.columnCount()):
            head = str(self.model.headerData(column, Qt.Orientation.Horizontal) or "")
            words = [str(self.model.index(row, column).data() or "") for row in range(shown)]
            widest = max(map(metrics.horizontalAdvance, [head + "    ", *words]), default=60)
            self.table.setColumnWidth(column, min(_WIDEST, widest + 28))

    def _narrow(self) -> None:
        self.filter.narrow(
            self.search.text(), own=self.own.isChecked(), faulty=self.faulty.isChecked()
        )
        there = self.filter.rowCount() > 0
        self.table.setVisible(there)
        self.empty.setVisible(not there)
        if self.filter.narrowed:
            self.empty.say("facts.nothing", "facts.clear")
        else:
            self.empty.say("facts.none")
        n = self.filter.rowCount()
        self.count.setText(self.bench.say("facts.count", n=n, all=self.model.rowCount()))
        self._current()

    def _clear(self) -> None:
        self.search.clear()
        self.own.setChecked(False)
        self.faulty.setChecked(False)

    def _chosen(self) -> None:
        if not self._filling:
            self.model.show(self.kind)
            self._size_columns()
            self._words()
            self._narrow()

    # --- where one is -----------------------------------------------------------------------------

    def _here(self) -> tuple[str, int] | None:
        index = self.filter.mapToSource(self.table.currentIndex())
        if not index.isValid() or index.row() >= len(self.model.records):
            return None
        return self.model.records[index.row()].id, index.column()

    def _select(self, id: str, column: int) -> None:
        for row, record in enumerate(self.model.records):
            if record.id == id:
                index = self.filter.mapFromSource(self.model.index(row, column))
                if index.isValid():
                    self.table.setCurrentIndex(index)
                return

    def _current(self) -> None:
        """Show what is wrong with the current cell, and tell the others what is selected."""
        index = self.table.currentIndex()
        why = str(index.data(FAULT) or "") if index.isValid() else ""
        self.strip.setVisible(bool(why))
        here = self._here()
        if here is None:
            return
        self.why.setText(f"{here[0]} : {why}")
        spec = self.model.specs[here[1]]
        bad = self.model.bad.get((here[0], spec.name))
        self.back.setVisible(bad is not None)
        self.back.setText(self.bench.say("facts.restore"))
        self.bench.selection.pick(self.model.kind, here[0])

    def _wanted(self) -> None:
        """Bring what somebody asks for into view."""
        picked = self.bench.selection.now
        if self.isVisible() and picked.kind in RECORD_KINDS:
            for row in range(self.kinds.count()):
                if self.kinds.item(row).data(Qt.ItemDataRole.UserRole) == picked.kind:
                    self.kinds.setCurrentRow(row)
            self._select(picked.id, 0)

    # --- what is done -------------------------------------------------------------------------------

    def enter(self, targets: list[tuple[int, int, str]]) -> None:
        """Take words into cells as the table shows them."""
        typed = []
        for row, column, words in targets:
            index = self.filter.mapToSource(self.filter.index(row, column))
            if index.isValid() and self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
                typed.append((index.row(), index.column(), words))
        self.model.enter(typed)
        self._current()
        self.faulty.setText(self.bench.say("facts.faulty_only", n=self._wrong()))

    def add(self) -> None:
        """Ask for a new record, like the current one."""
        here = self._here()
        like = next((r for r in self.model.records if here is not None and r.id == here[0]), None)
        form = RecordForm(self.bench, self.model.kind, like, self)
        try:
            if form.exec() and self.model.add(form.values):
                self._select(str(form.values["id"]), 0)
        finally:
            form.deleteLater()

    def remove(self) -> None:
        """Take the selected records away, after a question that says what goes with them."""
        rows = {self.filter.mapToSource(i).row() for i in self.table.selectedIndexes()}
        ids = [self.model.records[row].id for row in sorted(rows)]
        remove_records(self.bench, self.model, ids, self)

    def _restore(self) -> None:
        here = self._here()
        if here is not None:
            self.model.bad.pop((here[0], self.model.specs[here[1]].name), None)
            self.refresh()
