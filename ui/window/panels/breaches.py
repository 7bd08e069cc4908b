"""The breaches of what is seen: hard ones first, each with its sentence; a click goes there."""

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

JUDGED = Qt.ItemDataRole.UserRole
_WORDS = {"hard": "breach.must", "soft": "breach.wish", "accepted": "breach.accepted"}
_Index = QModelIndex | QPersistentModelIndex


class BreachModel(QAbstractListModel):
    """The marked breaches, hard, then soft by tier, then accepted."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench = bench
        self.found: list[Judged] = []

    def refresh(self) -> None:
        """Read the breaches of what is seen."""
        document = self.bench.document
        judged = () if document is None else document.outcome().judgement.judged
        self.beginResetModel()
        self.found = sorted(filter(sign, judged), key=_rank)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Count the breaches."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a breach, or what is said of it."""
        if not index.isValid():
            return None
        judged = self.found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(judged)
            case Qt.ItemDataRole.ToolTipRole:
                return self.sentence(judged)
            case Qt.ItemDataRole.AccessibleTextRole:
                words = self.bench.say(_WORDS[sign(judged)])
                return f"{words}: {self.title(judged)}. {self.sentence(judged)}"
        return judged if role == JUDGED else None

    def title(self, judged: Judged) -> str:
        """Give the title of the rule."""
        return title(judged.rule, self.bench.lang)

    def sentence(self, judged: Judged) -> str:
        """Say the breach with its arithmetic."""
        document = self.bench.document
        assert document is not None
        return breach_sentence(document.problem, judged.rule, judged.breach, self.bench.lang)


def _rank(judged: Judged) -> tuple[int, int, int, str]:
    about = judged.breach.about
    first = {"hard": 0, "soft": 1, "accepted": 2}[sign(judged)]
    return first, judged.rule.tier, about.first, judged.rule.id


class _Card(QStyledItemDelegate):
    """Paints a breach: badge, title, sentence in as many lines as it needs."""

    def __init__(self, model: BreachModel, view: QListView) -> None:
        super().__init__(view)
        self.model, self.view = model, view

    def _words(self, index: _Index) -> tuple[str, str, Sign]:
        judged: Judged = index.data(JUDGED)
        return self.model.title(judged), self.model.sentence(judged), sign(judged)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """Give room for the whole sentence."""
        head, sentence, _ = self._words(index)
        width = self.view.viewport().width() - 50
        wrap = int(Qt.TextFlag.TextWordWrap)
        high = sum(
            round(metrics(size, weight).boundingRect(QRectF(0, 0, width, 1000), wrap, words).height())
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
        bench.changed.connect(self.refresh)
        bench.language_changed.connect(self.refresh)
        bench.theme_changed.connect(self.view.viewport().update)
        actions.on("next_breach", lambda: self.step(1))
        actions.on("previous_breach", lambda: self.step(-1))

    @property
    def count(self) -> int:
        """How many breaches there are."""
        return len(self.model.found)

    def refresh(self) -> None:
        """Read the breaches again; the one that was current stays so where it still is."""
        now = self.view.currentIndex()
        about = self.model.found[now.row()].breach.about if now.isValid() else None
        self.model.refresh()
        self.view.setVisible(self.count > 0)
        self.empty.setVisible(self.count == 0)
        for row, judged in enumerate(self.model.found):
            if judged.breach.about == about:
                self.view.setCurrentIndex(self.model.index(row))
                break

    def step(self, by: int) -> None:
        """Go to the next breach, or the one before."""
        if self.count:
            now = self.view.currentIndex()
            row = (now.row() + by) % self.count if now.isValid() else 0
            self.view.setCurrentIndex(self.model.index(row))
            self._go(self.model.index(row))

    def _go(self, index: QModelIndex) -> None:
        """Show what a breach is about: the case, session or person on its day."""
        document, judged = self.bench.document, index.data(JUDGED)
        if document is None or judged is None:
            return
        about, problem = judged.breach.about, document.problem
        part = judged.rule.part
        self.bench.asked_for_view.emit("roster" if part == "roster" else "theatre")
        kinds = ("staff",) if part == "roster" else ("case", "session", "surgeon", "theatre")
        for kind in kinds:
            ids = {getattr(record, "id", "") for record in problem.records(kind)}
            named = [subject for subject in about.subjects if subject in ids]
            if named:
                first = max(about.first, 0)
                self.bench.selection.go(kind, *named, day=first, last=max(about.last, first))
                return
        self.bench.selection.go("day", str(about.first), day=max(about.first, 0))
