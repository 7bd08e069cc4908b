"""The rules of the open scenario as a list: by family, by words, only those in force."""

from typing import Any, Final, NamedTuple, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.rule_words import brief, family
from planner.rules.contract import Rule
from planner.sentences import title
from ui.window.tables.rule_edits import strength, tune
from ui.window.tables.rule_origin import Origins
from ui.window.workbench import Workbench

Index: TypeAlias = QModelIndex | QPersistentModelIndex
RULE: Final = Qt.ItemDataRole.UserRole
OWN: Final = Qt.ItemDataRole.UserRole + 1
BRIEF: Final = Qt.ItemDataRole.UserRole + 2
BADGE: Final = Qt.ItemDataRole.UserRole + 3
COUNT: Final = Qt.ItemDataRole.UserRole + 4
"""Roles: the rule, whether it has own values, its summary, its strength; a family's count."""


class Family(NamedTuple):
    """A family of the list at the left; without a name it stands for all."""

    name: str
    words: str
    rules: int
    own: bool


class FamilyModel(QAbstractListModel):
    """The families of the rules that there are, in the order in which the rules stand."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.found: list[Family] = []

    def refresh(self, origins: Origins | None) -> None:
        """Read the families again."""
        document = self.bench.document
        rules = () if document is None else document.problem.rules
        own = {rule.id for rule in rules if origins is not None and origins.own(rule)}
        self.beginResetModel()
        words = {rule.family: family(rule, self.bench.lang) for rule in rules}
        self.found = [
            Family(
                name,
                told,
                sum(rule.family == name for rule in rules),
                any(rule.family == name and rule.id in own for rule in rules),
            )
            for name, told in words.items()
        ]
        everything = self.bench.say("rules.all")
        self.found.insert(0, Family("", everything, len(rules), bool(own)))
        self.endResetModel()

    def row(self, name: str) -> int:
        """Give the row of a family; the first row, all, where it is not there."""
        rows = (row for row, each in enumerate(self.found) if each.name == name)
        return next(rows, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Count the families."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a family: its words, its count, whether it holds own values."""
        if not index.isValid():
            return None
        found = self.found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return found.words
            case Qt.ItemDataRole.AccessibleTextRole:
                told = self.bench.say("rules.family_count", family=found.words, n=found.rules)
                return f"{told} {self.bench.say('rules.has_own')}" if found.own else told
            case _ if role == OWN:
                return found.own
            case _ if role == COUNT:
                return found.rules
        return None


class RuleModel(QAbstractListModel):
    """The rules that are shown; the switch of a rule is its check state."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.rules: list[Rule[Any, Any]] = []
        self.origins: Origins | None = None

    def show(self, rules: list[Rule[Any, Any]], origins: Origins | None) -> None:
        """Show rules; where they are the same ones, only what is said of them changes."""
        same = [rule.id for rule in rules] == [rule.id for rule in self.rules]
        self.origins = origins
        if same and rules:
            self.rules = rules
            self.dataChanged.emit(self.index(0), self.index(len(rules) - 1))
            return
        self.beginResetModel()
        self.rules = rules
        self.endResetModel()

    def row(self, id: str) -> int:
        """Give the row of a rule, −1 where it is not shown."""
        return next((row for row, rule in enumerate(self.rules) if rule.id == id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Count the rules."""
        return 0 if parent.isValid() else len(self.rules)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a rule be selected, and switched where the study may be changed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        document = self.bench.document
        if document is not None and not document.read_only:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a rule, or what is said of it."""
        document = self.bench.document
        if not index.isValid() or document is None:
            return None
        rule = self.rules[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title(rule, self.bench.lang)
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if rule.enabled else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._accessible(rule)
            case _ if role == RULE:
                return rule
            case _ if role == OWN:
                return self.origins is not None and self.origins.own(rule)
            case _ if role == BRIEF:
                return brief(rule, document.problem.horizon, self.bench.lang)
            case _ if role == BADGE:
                return strength(self.bench, rule.tier)
        return None

    def _accessible(self, rule: Rule[Any, Any]) -> str:
        say, row = self.bench.say, self.index(self.row(rule.id))
        state = say("rules.on" if rule.enabled else "rules.off")
        told = f"{title(rule, self.bench.lang)}. {row.data(BRIEF)}. {row.data(BADGE)}, {state}."
        return f"{told} {say('rules.has_own')}" if row.data(OWN) else told

    def setData(  # noqa: N802 - Qt's name
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Switch a rule on or off."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        return tune(self.bench, self.rules[index.row()], enabled=on)
