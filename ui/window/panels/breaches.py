"""The breaches of what is seen: hard ones first, each with its sentence; a click goes there."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from planner.boards.marks import Sign, sign
from planner.score import Judged
from planner.sentences import breach_sentence, title
from ui.window.actions import Actions
from ui.window.look.signs import colour, paint_badge
from ui.window.look.type import font, metrics
from ui.window.panels.parts import Empty
from ui.window.workbench import Workbench

GROUP = Qt.ItemDataRole.UserRole
MANY = 4
"""Breaches of one rule above which they share a card."""
_WORDS = {"hard": "breach.must", "soft": "breach.wish", "accepted": "breach.accepted"}
_Index = QModelIndex | QPersistentModelIndex


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
    """The marked breaches, hard, then soft by tier, then accepted; many of one rule are one card."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench = bench
        self.found: list[Group] = []
        self.count = 0

    def refresh(self) -> None:
        """Read the breaches of what is seen."""
        document = self.bench.document
        judged = () if document is None else document.outcome().judgement.judged
        marked = _ranked(judged)
        self.beginResetModel()
        self.count = len(marked)
        self.found = list(_grouped(marked))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Count the cards."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a card, or what is said of it."""
        if not index.isValid():
            return None
        group = self.found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(group)
            case Qt.ItemDataRole.ToolTipRole:
                return self.sentences(group, 12)
            case Qt.ItemDataRole.AccessibleTextRole:
                words = self.bench.say(_WORDS[group.sign])
                return f"{words}: {self.title(group)}. {self.sentences(group)}"
        return group if role == GROUP else None

    def title(self, group: Group) -> str:
        """Give the title of the rule, and how many times it is broken."""
        words = title(group.first.rule, self.bench.lang)
        n = len(group.judged)
        return words if n == 1 else self.bench.say("breach.times", title=words, n=n)

    def sentences(self, group: Group, most: int = 3) -> str:
        """Say the breaches with their arithmetic, one a line."""
        document = self.bench.document
        assert document is not None
        lines = [
            breach_sentence(document.problem, each.rule, each.breach, self.bench.lang)
            for each in group.judged[:most]
        ]
        if len(group.judged) > most:
            lines.append(self.bench.say("reason.more", n=len(group.judged) - most))
        return "\n".join(lines)


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


class _Card(QStyledItemDelegate):
    """Paints a breach: badge, title, sentence in as many lines as it needs."""

    def __init__(self, model: BreachModel, view: QListView) -> None:
        super().__init__(view)
        self.model, self.view = model, view

    def _words(self, index: _Index) -> tuple[str, str, Sign]:
        group: Group = index.data(GROUP)
        return self.model.title(group), self.model.sentences(group), group.sign

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """Give room for the whole sentence."""
        head, sentence, _ = self._words(index)
        width = self.view.viewport().width() - 50
        wrap = int(Qt.TextFlag.TextWordWrap)
        high = sum(
            round(
                metrics(size, weight).boundingRect(QRectF(0, 0, width, 1000), wrap, words).height()
            )
            for words, size, weight in ((head, 12, 600), (sentence, 11, 400))
        )
        return QSize(width + 50, high + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a card."""
        theme = self.model.bench.theme
        head, sentence, mark = self._words(index)
        rect: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(theme.paper if selected else theme.side))
        if selected:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), QColor(theme.focus))
        painter.setPen(QColor(theme.grid))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        paint_badge(painter, mark, QPointF(rect.x() + 21, rect.y() + 16), theme)
        inside = rect.adjusted(38, 7, -12, -7)
        wrap = int(Qt.TextFlag.TextWordWrap)
        painter.setFont(font(12, 600))
        painter.setPen(QColor(theme.ink))
        high = painter.boundingRect(inside, wrap, head).height()
        painter.drawText(inside, wrap, head)
        painter.setFont(font(11))
        painter.setPen(QColor(theme.soft) if mark == "soft" else colour(mark, theme))
        painter.drawText(inside.adjusted(0, high + 2, 0, 0), wrap, sentence)


class BreachPanel(QWidget):
    """The list of breaches."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self._step = 0
        self._gone: Group | None = None
        self.model = BreachModel(bench, self)
        self.view = QListView()
        self.view.setObjectName("breaches")
        self.view.setProperty("look", "side")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Card(self.model, self.view))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        self.empty = Empty(bench, "breach.none", "breach.see_rules", actions["view_rules"].trigger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        column.addWidget(self.empty)
        bench.settled.connect(self.refresh)
        bench.language_changed.connect(self.refresh)
        bench.theme_changed.connect(self.view.viewport().update)
        actions.on("next_breach", lambda: self.step(1))
        actions.on("previous_breach", lambda: self.step(-1))

    @property
    def count(self) -> int:
        """How many breaches there are."""
        return self.model.count

    def refresh(self) -> None:
        """Read the breaches again; the card that was current stays so where its rule is still broken."""
        now = self.view.currentIndex()
        rule = self.model.found[now.row()].first.rule.id if now.isValid() else ""
        self.model.refresh()
        self._step = 0
        self.view.setVisible(self.count > 0)
        self.empty.setVisible(self.count == 0)
        for row, group in enumerate(self.model.found):
            if group.first.rule.id == rule:
                self.view.setCurrentIndex(self.model.index(row))
                break

    def step(self, by: int) -> None:
        """Go to the next breach, or the one before; a card of many is walked through."""
        rows = len(self.model.found)
        if not rows:
            return
        now = self.view.currentIndex()
        if not now.isValid():
            self.view.setCurrentIndex(self.model.index(0))
            self._show(self.model.found[0].first)
            return
        group = self.model.found[now.row()]
        self._step += by
        if not 0 <= self._step < len(group.judged):
            row = (now.row() + by) % rows
            group = self.model.found[row]
            self._step = 0 if by > 0 else len(group.judged) - 1
            self.view.setCurrentIndex(self.model.index(row))
        self._show(group.judged[self._step])

    def _go(self, index: QModelIndex) -> None:
        """Show what a card is about; again, the next one of its breaches."""
        group: Group | None = index.data(GROUP)
        if group is None:
            return
        self._step = (self._step + 1) % len(group.judged) if self._gone is group else 0
        self._gone = group
        self._show(group.judged[self._step])

    def _show(self, judged: Judged) -> None:
        show_breach(self.bench, judged)


def show_breach(bench: Workbench, judged: Judged) -> None:
    """Show the case, session or person of a breach on its day, on the board of its part."""
    document = bench.document
    if document is None:
        return
    about, problem = judged.breach.about, document.problem
    part = judged.rule.part
    bench.asked_for_view.emit("roster" if part == "roster" else "theatre")
    kinds = ("staff", "cover") if part == "roster" else ("case", "session", "surgeon", "theatre")
    for kind in kinds:
        ids = {getattr(record, "id", "") for record in problem.records(kind)}
        named = [subject for subject in about.subjects if subject in ids]
        if named:
            first = max(about.first, 0)
            bench.selection.go(kind, *named, day=first, last=max(about.last, first))
            return
    bench.selection.go("day", str(about.first), day=max(about.first, 0))
