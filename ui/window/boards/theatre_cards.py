"""The cards of the tray under the theatre board: what waits, how long, and for how many days yet."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from planner.boards.theatre import Waiting
from planner.words import MINUS
from ui.window.boards.theatre_bars import paint_spine
from ui.window.boards.theatre_model import Index, tip
from ui.window.boards.theatre_scene import Scene
from ui.window.boards.theatre_sieve import Sieve
from ui.window.boards.theatre_words import length_ladder, title_ladder, waiting_sentence
from ui.window.look.icons import pixmap
from ui.window.look.signs import outline, paint_badge
from ui.window.look.type import BODY, SMALL, TINY, fitting, font, width
from ui.window.workbench import Workbench

CARD: Final = QSize(118, 50)
WAITING: Final = Qt.ItemDataRole.UserRole
_SIGN: Final = 12


class TrayModel(QAbstractListModel):
    """The waiting cases of the filter, in order of due date."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.scene = Scene()
        self.sieve = Sieve()
        self.tones = bench.tones()
        self.cards: tuple[Waiting, ...] = ()

    def show(self, scene: Scene, sieve: Sieve) -> None:
        """Show what a filter leaves of the tray of a scene."""
        self.beginResetModel()
        self.scene, self.sieve = scene, sieve
        self.tones = self.bench.tones()
        self.cards = tuple(
            card
            for card in scene.board.tray
            if (not scene.only or card.case.specialty in scene.only)
            and sieve.lets(card, self.left(card))
        )
        self.endResetModel()

    def left(self, card: Waiting) -> int | None:
        """Give the days from when the facts were true to a case's due date; None: it has none."""
        due, outcome = card.case.due, self.scene.outcome
        return None if due is None or outcome is None else due - outcome.theatre.facts.as_of

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
            problem, left = self.scene.outcome.problem, self.left(card)
            pinned = card.case.id in self.scene.pinned
            words = waiting_sentence(self.bench, problem, card, left, pinned=pinned)
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
        theme, tone = self.bench.theme, self.cards.tones.get(card.case.specialty)
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
        pinned = card.case.id in self.cards.scene.pinned
        if pinned:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(QPointF(10, 6), pixmap("pin", theme, "ink2", _SIGN, ratio))
        left_out = (_SIGN + 3) * pinned
        title = fitting(
            title_ladder(self.cards.scene, card), frame.width() - 16 - left_out, BODY, 600
        )
        painter.setPen(QColor(theme.ink))
        painter.setFont(font(BODY, 600))
        painter.drawText(QPointF(10 + left_out, 16), title)
        left = self.cards.left(card)
        late = left is not None and left < 0
        room = 0.0
        if left is not None:
            days = f"{left:+d}".replace("-", MINUS)
            room = self._chip(painter, frame, self.bench.say("theatre.days_left", days=days), late)
        ladder = length_ladder(self.bench, card.case.mode, card.minutes)
        painter.setPen(QColor(theme.ink2))
        painter.setFont(font(SMALL))
        painter.drawText(QPointF(10, 34), fitting(ladder, frame.width() - room - 18, SMALL))
        sign = card.sign  # a wish broken is that it waits, which every card does
        if sign in ("", "soft"):
            sign = "soft" if late else ""
        if sign:
            painter.setPen(outline(sign, theme))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 3, 3)
            paint_badge(painter, sign, frame.topRight() + QPointF(-3, 1), theme, 12)

    def _chip(self, painter: QPainter, frame: QRectF, words: str, late: bool) -> float:
        """Write the days left at the right; give the room that they take."""
        theme = self.bench.theme
        room = width(words, TINY, 600) + 10
        chip = QRectF(frame.width() - room - 4, 22, room, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.soft_soft if late else theme.paper))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(QColor(theme.soft if late else theme.ink))
        painter.setFont(font(TINY, 600))
        painter.drawText(QPointF(chip.left() + 5, chip.bottom() - 4), words)
        return room


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
        self.setViewportMargins(6, 0, 0, 0)
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
