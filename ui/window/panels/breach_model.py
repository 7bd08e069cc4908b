"""The breaches of what is seen as cards: hard, then soft by tier, then accepted; many of a rule are one."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from planner.boards.marks import Sign, sign
from planner.score import Judged
from planner.sentences import breach_sentence, title
from ui.window.panels.parts import plain_tip
from ui.window.workbench import Workbench

GROUP = Qt.ItemDataRole.UserRole
MANY = 4
"""Breaches of one rule above which they share a card."""
_WORDS = {"hard": "breach.must", "soft": "breach.wish", "accepted": "breach.accepted"}
Index = QModelIndex | QPersistentModelIndex


class Group(NamedTuple):
    """Breaches shown as one card: one, or many of one rule."""

    judged: tuple[Judged, ...]

    @property
    def first(self) -> Judged:
        """The one whose sentence stands first."""
        return self.judged[0]

    @property
    def sign(self) -> Sign:
        """The sign of the card."""
        return sign(self.first)


class BreachModel(QAbstractListModel):
    """The marked breaches; one of them is current, where there are any: a card, and its place in it."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench = bench
        self.found: list[Group] = []
        self.count = self.hard = 0
        self.row, self.place = -1, 0
        self._chosen = ""
        self.waits = False
        """Whether the plan is still being audited: nobody knows of any breach yet."""

    def refresh(self) -> None:
        """Read the breaches of what is seen.

        One that somebody made current stays so, else what took its place; else the gravest is current.
        """
        document = self.bench.document
        if document is None or self._chosen != document.name:
            self.row, self.place, self._chosen = -1, 0, ""
        before = self.current
        outcome = None if document is None else document.outcome()
        self.waits = outcome is not None and outcome.waits
        marked = _ranked(() if outcome is None or self.waits else outcome.judgement.judged)
        self.beginResetModel()
        self.count = len(marked)
        self.hard = sum(rank[0] == _FIRST["hard"] for rank, _ in marked)
        self.found = list(_grouped(marked))
        self.row, self.place = self._again(before)
        self.endResetModel()

    def _again(self, before: Judged | None) -> tuple[int, int]:
        """Find a breach again: itself, else the card that stands where it was."""
        if before is not None:
            name = before.rule.id, before.breach.about
            for row, group in enumerate(self.found):
                for place, each in enumerate(group.judged):
                    if (each.rule.id, each.breach.about) == name:
                        return row, place
        row = max(0, min(self.row, len(self.found) - 1)) if self.found else -1
        return row, min(self.place, len(self.found[row].judged) - 1) if self.found else 0

    @property
    def current(self) -> Judged | None:
        """The breach that is current."""
        if not 0 <= self.row < len(self.found):
            return None
        return self.found[self.row].judged[self.place]

    def make_current(self, row: int, place: int) -> None:
        """Make another breach the current one."""
        before, self.row, self.place = self.row, row, place
        self._chosen = "" if self.bench.document is None else self.bench.document.name
        for each in {before, row}:
            if 0 <= each < len(self.found):
                self.dataChanged.emit(self.index(each), self.index(each))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Count the cards."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a card, or what is said of it."""
        if not index.isValid():
            return None
        group = self.found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(index.row())
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._sentences(group.judged, 12))
            case Qt.ItemDataRole.AccessibleTextRole:
                words = self.bench.say(_WORDS[group.sign])
                return f"{words}: {self.title(index.row())}. {self.sentences(index.row())}"
        return group if role == GROUP else None

    def title(self, row: int) -> str:
        """Give the title of the rule, and how many times it is broken or which of them is current."""
        group = self.found[row]
        words, n = title(group.first.rule, self.bench.lang), len(group.judged)
        if n == 1:
            return words
        if row == self.row:
            return self.bench.say("breach.which", title=words, place=self.place + 1, n=n)
        return self.bench.say("breach.times", title=words, n=n)

    def sentences(self, row: int) -> str:
        """Say the current breach of a card, or the first of those of another one, one a line."""
        judged = self.found[row].judged
        return self._sentences((judged[self.place],) if row == self.row else judged, 3)

    def _sentences(self, judged: tuple[Judged, ...], most: int) -> str:
        lines = [self.sentence(each) for each in judged[:most]]
        if len(judged) > most:
            lines.append(self.bench.say("reason.more", n=len(judged) - most))
        return "\n".join(lines)

    def sentence(self, judged: Judged) -> str:
        """Say a breach with its arithmetic."""
        document = self.bench.document
        assert document is not None
        return breach_sentence(document.problem, judged.rule, judged.breach, self.bench.lang)


_Rank: TypeAlias = tuple[int, int, str, int]
_FIRST: Final = {"hard": 0, "soft": 1, "accepted": 2}


def _grouped(marked: list[tuple[_Rank, Judged]]) -> Iterator[Group]:
    """Make one card of many breaches of one rule and sign."""
    for _, together in groupby(marked, key=lambda pair: pair[0][:3]):
        all_of_it = tuple(judged for _, judged in together)
        if len(all_of_it) > MANY:
            yield Group(all_of_it)
        else:
            yield from (Group((each,)) for each in all_of_it)


def _ranked(judged: Iterable[Judged]) -> list[tuple[_Rank, Judged]]:
    """Put marked breaches in order; each edit does it, so that each is looked at once only."""
    found: list[tuple[_Rank, Judged]] = []
    for each in judged:
        mark = sign(each)
        if mark:
            rule = each.rule
            found.append(((_FIRST[mark], rule.tier, rule.id, each.breach.about.first), each))
    return sorted(found, key=itemgetter(0))
