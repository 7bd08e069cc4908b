"""One kind of facts as a table: a record a row, a field a column, straight from the descriptions.

Each cell knows whether its value is the open scenario's own (●), inherited from a parent scenario (○)
or the base's, and what is wrong with it. A cell that cannot be read stays visible, with the old value
in force. An edit leaves rows where they are, until somebody sorts again.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from planner.changes import Change
from planner.fields import FieldSpec
from planner.links import Ids
from planner.problem import Fault, Problem
from planner.sentences import fault_words
from ui.window.panels.parts import plain_tip
from ui.window.tables import cells
from ui.window.tables.record_columns import columns, head
from ui.window.tables.record_edits import addition, change_of, record_changes
from ui.window.tables.record_faults import FaultBook, Unfit, impossible
from ui.window.tables.record_order import Order, sought
from ui.window.tables.record_origin import Origin, RecordOrigins
from ui.window.workbench import Workbench

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ORIGIN: Final = Qt.ItemDataRole.UserRole
FAULT: Final = Qt.ItemDataRole.UserRole + 2
CHOICES: Final = Qt.ItemDataRole.UserRole + 4
"""Roles: whose value, what is wrong, what the cell may be."""


_LONG: Final = 12


class Cell(NamedTuple):
    """What is painted of a cell: its words, field and origin, whether it is wrong, its specialty."""

    words: str
    spec: FieldSpec
    origin: Origin
    wrong: bool
    specialty: str
    quiet: bool


class Bad(NamedTuple):
    """What was typed into a cell and cannot be read, and why."""

    words: str
    why: str


class RecordModel(QAbstractTableModel):
    """The records of a kind in the open scenario: `every` one, and the shown ones in order."""

    unread = Signal()
    """Something was typed, and none of it was taken."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.kind = ""
        self.every: tuple[Any, ...] = ()
        self.records: list[Any] = []
        self.specs: tuple[FieldSpec, ...] = ()
        self.bad: dict[tuple[str, str], Bad] = {}
        self.faults: Mapping[tuple[str, str], list[Fault]] = {}
        self.origins: RecordOrigins | None = None
        self.order = Order()
        self._problem: Problem | None = None
        self.book = FaultBook(Unfit(self))
        self._texts: dict[int, tuple[Any, str]] = {}
        self._faulty: frozenset[str] = frozenset()

    # --- what there is ------------------------------------------------------------------------

    def show(self, kind: str) -> None:
        """Show another kind, or the same one afresh; cells that could not be read are kept."""
        if kind != self.kind:
            self.beginResetModel()
            self.kind, self.bad, self._texts = kind, {}, {}
            self.order = Order(words=self.order.words)
            self.specs = columns(kind) if kind else ()
            self._read()
            self.records = self._wanted()
            self.endResetModel()
            return
        wrong = self.faults.keys() | self.bad.keys()
        self._read()
        self._rearrange(self.order.kept(self._wanted(ordered=False), self.records, self.specs))
        if self.records and wrong != self.faults.keys() | self.bad.keys():
            self._paint(0, len(self.records) - 1)

    def _read(self) -> None:
        document = self.bench.document
        if document is None or not self.kind:
            self.every, self.faults, self.bad, self.origins = (), {}, {}, None
        else:
            self._problem = document.problem
            self.every = self._problem.records(self.kind)
            self.origins = RecordOrigins(document, self.kind)
            self.faults = self.book.of(self._problem, self.kind)
            known = {record.id for record in self.every}
            self.bad = {place: bad for place, bad in self.bad.items() if place[0] in known}
        self._look_for_faults()

    def _look_for_faults(self) -> None:
        self._faulty = frozenset(id for id, _ in (*self.faults, *self.bad))

    def _wanted(self, *, ordered: bool = True) -> list[Any]:
        """Give the records that are to be shown, in order where that is asked."""
        order, found = self.order, list(self.every)
        if order.specialty or order.due:
            found = order.chosen(found, self.specs, self.problem.horizon.day(self.problem.as_of))
        if order.own:
            found = [record for record in found if self.own(record)]
        if order.faulty:
            found = [record for record in found if self.wrong(record)]
        if order.words and self.kind:
            found = order.matching(found, self._text)
        return order.sorted(found, self.specs) if ordered else found

    def _text(self, record: Any) -> str:
        """Give the words of a record in which others are sought."""
        known = self._texts.get(id(record))
        if known is None or known[0] is not record:
            horizon, lang = self.problem.horizon, self.bench.lang
            known = record, sought(record, self.kind, self.specs, horizon, lang)
            self._texts[id(record)] = known
        return known[1]

    def _rearrange(self, records: list[Any]) -> None:
        """Show records; where they are those of before, only the ones that differ are painted again."""
        before = self.records
        same = len(records) == len(before) and all(
            now.id == was.id for now, was in zip(records, before, strict=True)
        )
        if not same or not records:
            self.beginResetModel()
            self.records = records
            self.endResetModel()
            return
        self.records = records
        differing = [
            row
            for row, (now, was) in enumerate(zip(records, before, strict=True))
            if now is not was
        ]
        if differing:
            self._paint(min(differing), max(differing))

    def _paint(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.specs) - 1))

    def paint_all(self) -> None:
        """Have all cells painted again: another language, theme or scenario."""
        self._texts = {}
        if self.records:
            self._paint(0, len(self.records) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.specs) - 1)

    def narrow(self, words: str, **chips: Any) -> None:
        """Show only records with all words, and as the chips say."""
        self.order = self.order.narrowed(words, **chips)
        self._rearrange(self._wanted())

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; what was selected stays so."""
        self.order = self.order.by(column, descending=order == Qt.SortOrder.DescendingOrder)
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        ids = [self.records[index.row()].id for index in held]
        self.records = self.order.sorted(self.records, self.specs)
        rows = {record.id: row for row, record in enumerate(self.records)}
        moved = [self.index(rows[id], index.column()) for id, index in zip(ids, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    @property
    def problem(self) -> Problem:
        """The facts shown."""
        assert self._problem is not None
        return self._problem

    def origin(self, record: Any, spec: FieldSpec) -> Origin:
        """Tell whose value a cell has."""
        return "base" if self.origins is None else self.origins.of(record, spec)

    def own(self, record: Any) -> bool:
        """Tell whether any value of a record is the open scenario's own."""
        return self.origins is not None and self.origins.own(record)

    def wrong(self, record: Any) -> bool:
        """Tell whether anything is wrong with a record."""
        return record.id in self._faulty

    def counts(self) -> tuple[int, int]:
        """Count the records with own values, and those with faults."""
        own = 0 if self.origins is None else self.origins.count_own(self.every)
        return own, len(self._faulty)

    def row(self, id: str) -> int:
        """Give the row of a record, −1 where it is not shown."""
        return next((row for row, each in enumerate(self.records) if each.id == id), -1)

    def column(self, name: str) -> int:
        """Give the column of a field, −1 where there is none."""
        return next((place for place, spec in enumerate(self.specs) if spec.name == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Count the records that are shown."""
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Count the fields."""
        return 0 if parent.isValid() else len(self.specs)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the words of a field."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.specs):
            return None
        spec, lang = self.specs[section], self.bench.lang
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return head(self.kind, spec, lang)
            case Qt.ItemDataRole.ToolTipRole:
                return cells.heading(self.kind, spec, lang)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(spec)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell: its words, its origin, its faults."""
        if not index.isValid() or index.row() >= len(self.records):
            return None
        record, spec = self.records[index.row()], self.specs[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                bad = self.bad.get((record.id, spec.name))
                return bad.words if bad else self.shown(record, spec)
            case Qt.ItemDataRole.EditRole:
                bad = self.bad.get((record.id, spec.name))
                return bad.words if bad else self.typed(record, spec)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(record, spec)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._accessible(record, spec)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(spec)
            case _ if role == ORIGIN:
                return self.origin(record, spec)
            case _ if role == FAULT:
                return self.fault(record, spec)
            case _ if role == CHOICES:
                return cells.choices(self.kind, spec, self.bench.lang)
        return None

    def cell(self, row: int, column: int) -> Cell:
        """Give all that is painted of a cell."""
        record, spec = self.records[row], self.specs[column]
        bad = self.bad.get((record.id, spec.name))
        return Cell(
            bad.words if bad else self.shown(record, spec),
            spec,
            self.origin(record, spec),
            bad is not None or (record.id, spec.name) in self.faults,
            _specialty(self.kind, record, spec),
            spec.form == "flag" and not getattr(record, spec.name),
        )

    def shown(self, record: Any, spec: FieldSpec) -> str:
        """Give the value of a cell for reading."""
        value = getattr(record, spec.name)
        return cells.shown(self.kind, spec, value, self.problem.horizon, self.bench.lang)

    def typed(self, record: Any, spec: FieldSpec) -> str:
        """Give a cell as it would be typed."""
        value = getattr(record, spec.name)
        return cells.typed(spec, value, self.problem.horizon, self.bench.lang)

    def fault(self, record: Any, spec: FieldSpec) -> str:
        """Say what is wrong with a cell."""
        bad = self.bad.get((record.id, spec.name))
        if bad is not None:
            return bad.why
        lang, found = self.bench.lang, self.faults.get((record.id, spec.name), ())
        return " ".join(fault_words(f, lang) for f in found)

    def told(self, record: Any, spec: FieldSpec) -> str:
        """Say what is to be known of a cell: its fault, or where its value comes from."""
        wrong, origin = self.fault(record, spec), self.origin(record, spec)
        return wrong or ("" if origin == "base" else self.bench.say(f"facts.{origin}"))

    def _tip(self, record: Any, spec: FieldSpec) -> str | None:
        """Say what is to be known of a cell; a long value too, which may be cut off."""
        words = self.shown(record, spec)
        parts = [words if len(words) > _LONG else "", self.told(record, spec)]
        return plain_tip("\n".join(part for part in parts if part)) or None

    def _accessible(self, record: Any, spec: FieldSpec) -> str:
        named = cells.heading(self.kind, spec, self.bench.lang)
        told = self.told(record, spec)
        words = f"{record.id}, {named}: {self.shown(record, spec)}"
        return f"{words}. {told}" if told else words

    # --- what is done -------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell but the code be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        document = self.bench.document
        may = document is not None and not document.read_only
        if may and self.specs[index.column()].name != "id":
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Take what was typed: a change of the open scenario, or a cell that says why not."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        return self.enter([(self.records[index.row()], self.specs[index.column()], str(value))])

    def enter(
        self, typed: Iterable[tuple[Any, FieldSpec, str]], added: Sequence[Change] = ()
    ) -> bool:
        """Take typed words into fields of records, and new records, all as one change."""
        changes = [*self._changes(typed), *added]
        self._look_for_faults()
        if record_changes(self.bench, changes):
            return True
        if self.records:
            self._paint(0, len(self.records) - 1)
        self.unread.emit()
        return False

    def _changes(self, typed: Iterable[tuple[Any, FieldSpec, str]]) -> Iterable[Change]:
        horizon, read = self.problem.horizon, cells.readers(self.kind, self.problem.horizon)
        entered: dict[str, tuple[Any, dict[str, Any], dict[str, str]]] = {}
        for record, spec, words in typed:
            self.bad.pop((record.id, spec.name), None)
            try:
                value = read(spec, words)
            except cells.CellError as error:
                self.bad[record.id, spec.name] = Bad(words, cells.refusal(error, self.bench.lang))
                continue
            _, values, written = entered.setdefault(record.id, (record, {}, {}))
            values[spec.name], written[spec.name] = value, words
        known, ids = {spec.name: spec for spec in self.specs}, Ids(self.problem, {})
        for record, values, written in entered.values():
            wrong = impossible(ids, self.kind, record, values, self.bench.lang)
            for name, value in values.items():
                if name in wrong:
                    self.bad[record.id, name] = Bad(written[name], wrong[name])
                    continue
                change = change_of(self.kind, record, known[name], value, horizon)
                if change is not None:
                    yield change

    def add(self, values: Mapping[str, Any]) -> bool:
        """Add a record made of values by field."""
        return record_changes(self.bench, [addition(self.kind, values, self.problem.horizon)])

    def forget(self, id: str, field: str) -> None:
        """Let go of what was typed into a cell and cannot be read."""
        self.bad.pop((id, field), None)
        self._look_for_faults()
        if self.records:
            self._paint(0, len(self.records) - 1)
        self.unread.emit()


def _side(spec: FieldSpec) -> Qt.AlignmentFlag:
    right = spec.form in ("whole", "time")
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _specialty(kind: str, record: Any, spec: FieldSpec) -> str:
    """Give the specialty that a cell names, where it is one alone."""
    if kind == "specialty" and spec.name == "id":
        return str(record.id)
    if spec.link != "specialty":
        return ""
    value = getattr(record, spec.name)
    if spec.form == "links":
        return str(next(iter(value))) if len(value) == 1 else ""
    return str(value or "")
