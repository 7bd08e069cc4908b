"""One kind of facts as a table: a record a row, a field a column, straight from the descriptions.

Each cell knows whether its value is the open scenario's own (●), inherited from a parent scenario (○)
or the base's, and what is wrong with it. A cell that cannot be read stays visible, with the old value
in force.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.changes import Add, Change, ChangeSet, Remove, Set
from planner.edits import Record
from planner.fields import KINDS, FieldSpec, specs
from planner.plain import plain, to_plain
from planner.problem import Fault, Problem, faults
from planner.sentences import fault_hint, fault_sentence
from ui.window.document import Document
from ui.window.tables import cells
from ui.window.workbench import Workbench

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Origin: TypeAlias = Literal["base", "inherited", "own"]
ORIGIN: Final = Qt.ItemDataRole.UserRole
SORT: Final = Qt.ItemDataRole.UserRole + 1
FAULT: Final = Qt.ItemDataRole.UserRole + 2
RECORD: Final = Qt.ItemDataRole.UserRole + 3
CHOICES: Final = Qt.ItemDataRole.UserRole + 4
"""Roles: whose value, how it is ordered, what is wrong, the record, what the cell may be."""


class Bad(NamedTuple):
    """What was typed into a cell and cannot be read, and why."""

    words: str
    why: str


class RecordModel(QAbstractTableModel):
    """The records of a kind in the open scenario."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.kind = ""
        self.records: tuple[Any, ...] = ()
        self.specs: tuple[FieldSpec, ...] = ()
        self.bad: dict[tuple[str, str], Bad] = {}
        self.faults: dict[tuple[str, str], list[Fault]] = {}
        self._base: Mapping[str, Any] = {}
        self._parent: Mapping[str, Any] = {}

    # --- what there is ------------------------------------------------------------------------

    def show(self, kind: str) -> None:
        """Show another kind, or the same one afresh; cells that could not be read are kept."""
        document = self.bench.document
        self.beginResetModel()
        if kind != self.kind:
            self.bad = {}
        self.kind = kind
        self.specs = tuple(each for each in specs(KINDS[kind])) if kind else ()
        self._read(document)
        self.endResetModel()

    def _read(self, document: Document | None) -> None:
        self.records, self.faults = (), {}
        if document is None or not self.kind:
            return
        problem = document.problem
        self.records = problem.records(self.kind)
        self._base = _by_id(document.study.base, self.kind)
        parent = document.scenario.parent
        self._parent = (
            self._base if parent is None else _by_id(document.study.problem(parent), self.kind)
        )
        for fault in faults(problem):
            if fault.kind == self.kind:
                self.faults.setdefault((fault.id, fault.field or "id"), []).append(fault)
        known = {record.id for record in self.records}
        self.bad = {place: bad for place, bad in self.bad.items() if place[0] in known}

    @property
    def problem(self) -> Problem:
        """The facts shown."""
        assert self.bench.document is not None
        return self.bench.document.problem

    def origin(self, record: Any, spec: FieldSpec) -> Origin:
        """Tell whose value a cell has."""
        document = self.bench.document
        if document is None or document.scenario.parent is None:
            return "base"
        value, nothing = getattr(record, spec.name), object()
        if getattr(self._parent.get(record.id), spec.name, nothing) != value:
            return "own"
        if getattr(self._base.get(record.id), spec.name, nothing) != value:
            return "inherited"
        return "base"

    def own(self, record: Any) -> bool:
        """Tell whether any value of a record is the open scenario's own."""
        return any(self.origin(record, spec) == "own" for spec in self.specs)

    def wrong(self, record: Any) -> bool:
        """Tell whether anything is wrong with a record."""
        places = (*self.faults, *self.bad)
        return any(id == record.id for id, _ in places)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Count the records."""
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Count the fields."""
        return 0 if parent.isValid() else len(self.specs)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the words of a field."""
        if orientation == Qt.Orientation.Horizontal and section < len(self.specs):
            if role == Qt.ItemDataRole.DisplayRole:
                return cells.heading(self.kind, self.specs[section], self.bench.lang)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell: its words, its order, its origin, its faults."""
        if not index.isValid() or index.row() >= len(self.records):
            return None
        record, spec = self.records[index.row()], self.specs[index.column()]
        bad = self.bad.get((record.id, spec.name))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return bad.words if bad else self._shown(record, spec)
            case Qt.ItemDataRole.EditRole:
                return bad.words if bad else self.typed(record, spec)
            case Qt.ItemDataRole.ToolTipRole:
                return self.told(record, spec) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._accessible(record, spec)
            case Qt.ItemDataRole.TextAlignmentRole:
                right = spec.form in ("whole", "time")
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case _ if role == ORIGIN:
                return self.origin(record, spec)
            case _ if role == SORT:
                return cells.order(spec)(getattr(record, spec.name))
            case _ if role == FAULT:
                return bad.why if bad else self._faulty(record, spec)
            case _ if role == RECORD:
                return record
            case _ if role == CHOICES:
                return cells.choices(self.kind, spec, self.bench.lang)
        return None

    def _shown(self, record: Any, spec: FieldSpec) -> str:
        value = getattr(record, spec.name)
        return cells.shown(self.kind, spec, value, self.problem.horizon, self.bench.lang)

    def typed(self, record: Any, spec: FieldSpec) -> str:
        """Give a cell as it would be typed."""
        return cells.typed(spec, getattr(record, spec.name), self.problem.horizon)

    def _faulty(self, record: Any, spec: FieldSpec) -> str:
        lang = self.bench.lang
        found = self.faults.get((record.id, spec.name), ())
        return " ".join(f"{fault_sentence(f, lang)} {fault_hint(f, lang)}" for f in found)

    def told(self, record: Any, spec: FieldSpec) -> str:
        """Say what is to be known of a cell: its fault, or where its value comes from."""
        bad = self.bad.get((record.id, spec.name))
        wrong = bad.why if bad else self._faulty(record, spec)
        if wrong:
            return wrong
        origin = self.origin(record, spec)
        return "" if origin == "base" else self.bench.say(f"facts.{origin}")

    def _accessible(self, record: Any, spec: FieldSpec) -> str:
        head = cells.heading(self.kind, spec, self.bench.lang)
        told = self.told(record, spec)
        words = f"{record.id}, {head}: {self._shown(record, spec)}"
        return f"{words}. {told}" if told else words

    # --- what is done -------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell but the code be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        document = self.bench.document
        if (
            document is not None
            and not document.read_only
            and self.specs[index.column()].name != "id"
        ):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Take what was typed: a change of the open scenario, or a cell that says why not."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        return self.enter([(index.row(), index.column(), str(value))])

    def enter(self, typed: Sequence[tuple[int, int, str]]) -> bool:
        """Take typed words into cells (row, column, words), all as one change."""
        changes = list(self._changes(typed))
        for row, column, _ in typed:
            at = self.index(row, column)
            self.dataChanged.emit(at, at)
        if not changes:
            return False
        return self._record(changes)

    def _changes(self, typed: Iterable[tuple[int, int, str]]) -> Iterable[Change]:
        horizon = self.problem.horizon
        for row, column, words in typed:
            record, spec = self.records[row], self.specs[column]
            place = (record.id, spec.name)
            self.bad.pop(place, None)
            try:
                value = cells.read(self.kind, spec, words, horizon)
            except cells.CellError as error:
                self.bad[place] = Bad(words, cells.refusal(error, self.bench.lang))
                continue
            before = getattr(record, spec.name)
            if value != before:
                was, now = plain(spec, before, horizon), plain(spec, value, horizon)
                yield Set(kind=self.kind, id=record.id, field=spec.name, expected=was, value=now)

    def _record(self, changes: list[Change]) -> bool:
        document = self.bench.document
        if document is None:
            return False
        group = ChangeSet(name=self.name_of(changes), changes=tuple(changes))
        return self.bench.do(Record(scenario=document.name, group=group))

    def name_of(self, changes: Sequence[Change]) -> str:
        """Name a group of changes as the list of changes shows it."""
        say, lang = self.bench.say, self.bench.lang
        kind, first = say(f"kind.{self.kind}"), changes[0]
        if len(changes) > 1:
            return say("facts.many", kind=kind, n=len(changes))
        match first:
            case Set():
                spec = next(each for each in self.specs if each.name == first.field)
                head = cells.heading(self.kind, spec, lang)
                return say(
                    "facts.set",
                    id=first.id,
                    field=head,
                    before=str(first.expected),
                    after=str(first.value),
                )
            case Add():
                return say("facts.added", kind=kind, id=first.id)
        return say("facts.removed", kind=kind, id=first.id)

    def add(self, values: Mapping[str, Any]) -> bool:
        """Add a record made of values by field."""
        cls = KINDS[self.kind]
        record = to_plain(cls(**values), self.problem.horizon)
        added = Add(kind=self.kind, id=str(values["id"]), record=tuple(record.items()))
        return self._record([added])

    def remove(self, ids: Sequence[str]) -> bool:
        """Take records away."""
        return bool(ids) and self._record([Remove(kind=self.kind, id=id) for id in ids])


def _by_id(problem: Problem, kind: str) -> dict[str, Any]:
    return {record.id: record for record in problem.records(kind)}
