"""The journal: every line that changed the study, searched, exported, and reopened as it was then."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from data.journal_lines import KINDS, OTHER, Line, Wanted, lines_of, write_csv
from data.refused import Refused
from planner.signing_words import moment
from ui.window.dialogs.date_field import DateField
from ui.window.dialogs.growing import GrowingDialog
from ui.window.dialogs.where import ask_where
from ui.window.panels.parts import label, plain_tip
from ui.window.workbench import Workbench
from ui.window.written import tell_written

WIDE, HIGH = 980, 560
ROW: Final = 25
MEASURED: Final = 60
"""Lines by which the narrow columns take their width."""
REASON: Final = 240
"""Pixels that the column of reasons takes at most; the line that is chosen is told whole below."""
SEARCH: Final = 180
COLUMNS: Final = ("line", "when", "who", "what", "reason")
Index = QModelIndex | QPersistentModelIndex
_LINE: Final = Qt.ItemDataRole.UserRole


class JournalModel(QAbstractTableModel):
    """The lines that are wanted, the newest first."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Count the lines."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Count the columns."""
        return len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the titles of columns."""
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.bench.say(f"cli.journal.head.{COLUMNS[section]}").capitalize()
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell; what cannot be reopened is in the second ink, and says so."""
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cell(line, COLUMNS[index.column()], self.bench.lang)
            case Qt.ItemDataRole.ToolTipRole:
                why = "reopens" if line.reopens else "no_state"
                return plain_tip(f"{line.said}\n{self.bench.say(f'journal.tip.{why}')}")
            case Qt.ItemDataRole.ForegroundRole if not line.reopens:
                return self.bench.theme.colour("ink2")
            case _ if role == _LINE:
                return line
        return None


def _cell(line: Line, column: str, lang: str) -> str:
    entry = line.entry
    match column:
        case "line":
            return str(entry.number)
        case "when":
            return moment(entry.made, lang)
        case "who":
            return line.who
        case "what":
            return line.said
    return line.reason


class JournalDialog(GrowingDialog):
    """Stands beside the window and follows the study that is open."""

    wanted = Signal(int)
    """The study is wanted as it was after a line."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(bench.say("journal.title"))
        self.resize(WIDE, HIGH)
        self.every: tuple[Line, ...] = ()
        self.span: tuple[date | None, date | None] = (None, None)  # first and last day of all lines
        self.text, self.told = QLineEdit(), label("second")
        self.whole = label("", wrap=True)
        self.who, self.scenario, self.kind = QComboBox(), QComboBox(), QComboBox()
        self.since, self.until = DateField(), DateField()
        self.model = JournalModel(bench)
        self.table = QTableView()
        self._dress()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.reopen = buttons.addButton(bench.say("journal.reopen"), role)
        self.export = buttons.addButton(bench.say("journal.export"), role)
        self.reopen.setToolTip(bench.say("journal.reopen.tip"))
        self.reopen.clicked.connect(lambda _checked=False: self._reopen())
        self.export.clicked.connect(lambda _checked=False: self._export())
        buttons.rejected.connect(self.reject)
        self._lay(buttons)
        self.fill()
        for field in (self.who, self.scenario, self.kind):
            field.currentIndexChanged.connect(self.show_wanted)
        for day in (self.since, self.until):
            day.dateChanged.connect(self.show_wanted)
        self.text.textChanged.connect(self.show_wanted)
        self.table.selectionModel().currentRowChanged.connect(self._enable)
        bench.document_changed.connect(self.reject)
        bench.settled.connect(self.fill)
        self.text.setFocus()

    # --- laying out -----------------------------------------------------------------------------

    def _dress(self) -> None:
        say = self.bench.say
        self.text.setPlaceholderText(say("journal.search"))
        self.text.setAccessibleName(say("journal.search"))
        self.text.setClearButtonEnabled(True)
        named = {"who": self.who, "scenario": self.scenario, "kind": self.kind}
        for name, each in {**named, "since": self.since, "until": self.until}.items():
            each.setAccessibleName(say(f"journal.field.{name}"))
            each.setToolTip(say(f"journal.field.{name}"))
        self.text.setMinimumWidth(SEARCH)
        for field in (self.who, self.scenario, self.kind):
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            field.setMinimumContentsLength(12)
        self.table.setModel(self.model)
        self.table.setObjectName("journal")
        self.table.setAccessibleName(say("journal.title"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setWordWrap(False)
        rows = self.table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setResizeContentsPrecision(MEASURED)
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    def _lay(self, buttons: QDialogButtonBox) -> None:
        row = QHBoxLayout()
        row.addWidget(self.text, 1)
        for each in (self.who, self.scenario, self.kind):
            row.addWidget(each)
        row.addWidget(label("hint", self.bench.say("journal.field.since")))
        row.addWidget(self.since)
        row.addWidget(label("hint", self.bench.say("journal.field.until")))
        row.addWidget(self.until)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self.whole)
        column.addWidget(self.told)
        column.addWidget(buttons)

    # --- what is shown --------------------------------------------------------------------------

    def fill(self) -> None:
        """Read the journal, and offer what can be chosen by; choices stay as they are."""
        document, say = self.bench.document, self.bench.say
        if document is None:
            return
        every = lines_of(document.opened, self.bench.lang)
        if len(every) == len(self.every):
            return
        self.every = every
        people = {name for line in every for name in line.people}
        _offer(self.who, say("journal.any.who"), people)
        names = {name for line in every for name in line.entry.scenarios}
        _offer(self.scenario, say("journal.any.scenario"), names)
        kinds = {kind: say(f"journal.kind.{kind}") for kind in (*KINDS, OTHER)}
        _offer(self.kind, say("journal.any.kind"), kinds)
        days = [line.when.date() for line in every if line.when is not None] or [date.today()]  # noqa: DTZ011 - a day of the clock here
        before, self.span = self.span, (min(days), max(days))
        for field, stood, day in zip((self.since, self.until), before, self.span, strict=True):
            if stood in (None, field.day):  # a day that somebody chose stays
                field.blockSignals(True)
                field.put(day)
                field.blockSignals(False)
        self.show_wanted()

    def show_wanted(self) -> None:
        """Show the lines that are wanted, the newest first."""
        wanted = Wanted(
            who=self.who.currentData() or "",
            scenario=self.scenario.currentData() or "",
            kind=self.kind.currentData() or "",
            since=self.since.day,
            until=self.until.day,
            text=self.text.text(),
        )
        lines = [line for line in reversed(self.every) if wanted.takes(line)]
        header = self.table.horizontalHeader()
        self.model.show_lines(lines)
        wide = max(self.table.sizeHintForColumn(4), header.sectionSizeHint(4))
        self.table.setColumnWidth(4, min(REASON, wide))
        self.told.setText(self.bench.say("cli.journal.count", n=len(lines), of=len(self.every)))
        if lines:
            self.table.selectRow(0)
        self.export.setEnabled(bool(lines))
        self._enable()

    def chosen(self) -> Line | None:
        """Give the line that is chosen."""
        index = self.table.currentIndex()
        return index.data(_LINE) if index.isValid() else None

    def _enable(self) -> None:
        line = self.chosen()
        self.reopen.setEnabled(line is not None and line.reopens)
        told = [] if line is None else [line.said, line.reason]
        self.whole.setText(" · ".join(filter(None, told)))

    # --- what can be done -----------------------------------------------------------------------

    def _reopen(self) -> None:
        line = self.chosen()
        if line is not None:
            self.wanted.emit(line.entry.number)

    def _export(self) -> None:
        title, kinds = self.bench.say("journal.export"), {"CSV (*.csv)": ".csv"}
        path = ask_where(self.bench, self, title, "journal.csv", kinds)
        if path is None:
            return
        try:
            write_csv(reversed(self.model.lines), path)
        except (Refused, OSError) as error:
            self.told.setText(self.bench.sentence(error))
        else:
            told = self.bench.say("window.saved_to", file=path.name)
            self.told.setText(told)
            tell_written(self.bench, self, told, path)


def _offer(field: QComboBox, every: str, choices: set[str] | dict[str, str]) -> None:
    """Offer words to choose one by, the first for all; what is chosen stays chosen."""
    before = field.currentData()
    field.blockSignals(True)
    field.clear()
    field.addItem(every, "")
    for choice in sorted(choices) if isinstance(choices, set) else choices:
        field.addItem(choices[choice] if isinstance(choices, dict) else choice, choice)
    field.setCurrentIndex(max(field.findData(before), 0))
    field.blockSignals(False)


def ask_journal(bench: Workbench, parent: QWidget) -> JournalDialog | None:
    """Show the journal of the open study."""
    if bench.document is None:
        return None
    dialog = JournalDialog(bench, parent)
    dialog.show()
    return dialog
