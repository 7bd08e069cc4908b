"""The tray under the theatre board: cards of the cases that have no place, by due date."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from planner.boards.theatre import Waiting
from planner.words import MINUS
from ui.window.boards.theatre_bars import paint_spine
from ui.window.boards.theatre_model import Index, tip
from ui.window.boards.theatre_scene import Scene
from ui.window.boards.theatre_words import length_ladder, title_ladder, waiting_sentence
from ui.window.look.signs import outline, paint_badge
from ui.window.look.type import BODY, SMALL, TINY, fitting, font, width
from ui.window.panels.parts import Empty, button, label
from ui.window.workbench import Workbench

CARD: Final = QSize(118, 50)
HEAD: Final = 28
FULL: Final = HEAD + 62
WAITING: Final = Qt.ItemDataRole.UserRole


class TrayModel(QAbstractListModel):
    """The waiting cases of the filter, in order of due date."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.scene = Scene()
        self.cards: tuple[Waiting, ...] = ()

    def show(self, scene: Scene) -> None:
        """Show the tray of a scene."""
        self.beginResetModel()
        self.scene = scene
        self.cards = tuple(
            card for card in scene.board.tray if not scene.only or card.case.specialty in scene.only
        )
        self.endResetModel()

    def number(self, case: str) -> int:
        """Give the place of a case, -1 where it is not here."""
        found = (n for n, card in enumerate(self.cards) if card.case.id == case)
        return next(found, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        """Give how many cases wait."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a waiting case, its code, or its full sentence."""
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(card.case.id)
        if role == WAITING:
            return card
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            assert self.scene.outcome is not None
            words = waiting_sentence(self.bench, self.scene.outcome.problem, card)
            return tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None


class _Cards(QStyledItemDelegate):
    """Paints a card of the tray."""

    def __init__(self, bench: Workbench, cards: TrayModel, parent: QListView) -> None:
        super().__init__(parent)
        self.bench, self.cards = bench, cards

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        """Give all cards one size."""
        return CARD + QSize(6, 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint spine, names, length and how long it may still wait."""
        card: Waiting = index.data(WAITING)
        theme, tone = self.bench.theme, self.bench.tones().get(card.case.specialty)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        painter.translate(rect.topLeft() + QPointF(1.5, 5.5).toPoint())
        frame = QRectF(0, 0, CARD.width(), CARD.height() - 8)
        painter.setPen(QPen(QColor(theme.line) if tone is None else tone.border, 1))
        painter.setBrush(QColor(theme.side) if tone is None else tone.fill)
        painter.drawRoundedRect(frame, 3, 3)
        if tone is not None:
            paint_spine(painter, tone.form, tone.spine, frame.height())
        self._words(painter, card, frame)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(theme.focus), 2.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(-0.5, -0.5, 0.5, 0.5), 4, 4)
        painter.restore()

    def _words(self, painter: QPainter, card: Waiting, frame: QRectF) -> None:
        theme = self.bench.theme
        title = fitting(title_ladder(self.cards.scene, card), frame.width() - 16, BODY, 600)
        painter.setPen(QColor(theme.ink))
        painter.setFont(font(BODY, 600))
        painter.drawText(QPointF(10, 16), title)
        late, words = self._left(card)
        room = 0.0
        if words:
            room = width(words, TINY, 600) + 10
            chip = QRectF(frame.width() - room - 4, 22, room, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.soft_soft if late else theme.paper))
            painter.drawRoundedRect(chip, 4, 4)
            painter.setPen(QColor(theme.soft if late else theme.ink))
            painter.setFont(font(TINY, 600))
            painter.drawText(QPointF(chip.left() + 5, chip.bottom() - 4), words)
        ladder = length_ladder(self.bench, card.case.mode, card.minutes)
        painter.setPen(QColor(theme.ink2))
        painter.setFont(font(SMALL))
        painter.drawText(QPointF(10, 34), fitting(ladder, frame.width() - room - 18, SMALL))
        if late:
            painter.setPen(outline("soft", theme))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 3, 3)
            paint_badge(painter, "soft", frame.topRight() + QPointF(-4, 1), theme, 11)

    def _left(self, card: Waiting) -> tuple[bool, str]:
        """Give whether a case was overdue when the facts were true, and the days to its due date."""
        due, outcome = card.case.due, self.cards.scene.outcome
        if due is None or outcome is None:
            return False, ""
        left = due - outcome.theatre.facts.as_of
        return left < 0, self.bench.say("theatre.days_left", days=f"{left:+d}".replace("-", MINUS))


class TrayList(QListView):
    """The cards in one line; a card is dragged with the mouse held down."""

    pulled = Signal(str, QPointF)
    """A case is dragged off: its id and the point, in pixels of the screen."""
    entered_ = Signal()
    """Enter was pressed on a card. (`activated` comes on one click where a desktop wishes so.)"""

    def __init__(self, bench: Workbench, model: TrayModel) -> None:
        super().__init__()
        self.cards = model
        self.setModel(model)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Cards(bench, model, self))
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.pressed_at: QPointF | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tell about Enter; leave the other keys to the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where a drag may begin."""
        super().mousePressEvent(event)
        there = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        self.pressed_at = event.position() if there.isValid() and left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a drag."""
        if self.pressed_at is not None:
            moved = (event.position() - self.pressed_at).manhattanLength()
            index = self.indexAt(self.pressed_at.toPoint())
            if moved > 8 and index.isValid():
                self.pressed_at = None
                self.pulled.emit(str(self.cards.cards[index.row()].case.id), event.globalPosition())
            return
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Forget where the mouse went down."""
        self.pressed_at = None
        super().mouseReleaseEvent(event)


class TheatreTray(QWidget):
    """The header of the tray, its cards, and a sentence where all cases have a place."""

    wanted = Signal(str)
    """The best place is wanted for a case."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.model = TrayModel(bench)
        self.list = TrayList(bench, self.model)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "side")
        self.title, self.count, self.order = label("title"), label("hint"), label("hint")
        self.late = button("link", self.show_late)
        self.best = button("link", self.ask_best)
        self.list.entered_.connect(self.ask_best)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 0)
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.order)
        head.addWidget(self.late)
        head.addWidget(self.best)
        self.empty = Empty(bench, "theatre.tray.empty")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = QWidget()
        self.head.setLayout(head)
        self.head.setFixedHeight(HEAD)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.word)
        self.opened = True
        self.word()

    def word(self) -> None:
        """Take the words of the language."""
        say = self.bench.say
        self.title.setText(say("theatre.tray"))
        self.order.setText(say("theatre.tray.order"))
        self.late.setText(say("theatre.tray.late"))
        self.best.setText(say("theatre.tray.best"))
        self.best.setToolTip(say("theatre.tray.best.tip"))
        self.best.setIcon(self.bench.icon("auto-fix", "accent"))
        self.list.setAccessibleName(say("theatre.tray"))
        self.list.viewport().update()

    def show_scene(self, scene: Scene) -> None:
        """Show what waits."""
        self.model.show(scene)
        there = bool(self.model.cards)
        self.count.setText(str(len(self.model.cards)))
        self.list.setVisible(there and self.opened)
        self.order.setVisible(there)
        self.best.setVisible(there and self.opened)
        nothing = scene.outcome is not None and not scene.outcome.problem.cases
        self.empty.say("theatre.tray.none" if nothing else "theatre.tray.empty")
        self.empty.setVisible(not there and self.opened)
        self.late.setVisible(not there and bool(self.overdue()))
        self.setFixedHeight(FULL if self.opened else HEAD)

    def open(self, opened: bool) -> None:
        """Show the cards, or the header alone."""
        self.opened = opened
        self.show_scene(self.model.scene)

    def ask_best(self) -> None:
        """Ask for the best place of the card that is selected, or of the first one."""
        index = self.list.currentIndex()
        number = index.row() if index.isValid() else 0
        if number < len(self.model.cards):
            self.wanted.emit(str(self.model.cards[number].case.id))

    def overdue(self) -> tuple[str, ...]:
        """Give the cases that the plan has after their due date, the first first."""
        outcome = self.model.scene.outcome
        if outcome is None:
            return ()
        late = [
            placed
            for placed in outcome.theatre.all_placed()
            if placed.case.due is not None and placed.session.day > placed.case.due
        ]
        late.sort(key=lambda placed: (placed.session.day, placed.start or 0))
        return tuple(str(placed.case.id) for placed in late)

    def show_late(self) -> None:
        """Go to the first case that comes after its due date, then to the next one."""
        found = self.overdue()
        now = self.bench.selection.now.id
        after = found.index(now) + 1 if now in found else 0
        if found:
            self.bench.selection.go("case", found[after % len(found)])
