"""The tray under the roster: duties that are needed and that nobody holds, to be dragged onto people."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.problem import Problem
from planner.vacancies import Vacancy
from planner.vacancy_words import shifts_of, vacancy_sentence
from planner.words import MINUS, number
from planner.words import day as write_day
from ui.window.boards.roster_model import Index
from ui.window.look.type import BODY, SMALL, TINY, fitting, font, width
from ui.window.panels.offering import offer
from ui.window.panels.parts import button, label, plain_tip
from ui.window.workbench import Workbench

HEAD: Final = 28
FULL: Final = HEAD + 58
CARD: Final = QSize(134, 42)
_TITLE: Final = 13
_TOLD = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_NONE = QModelIndex()


class VacancyModel(QAbstractListModel):
    """The vacancies of the board, the first days first."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.problem: Problem | None = None
        self.vacancies: tuple[Vacancy, ...] = ()

    def show(self, problem: Problem | None, vacancies: tuple[Vacancy, ...]) -> None:
        """Show other vacancies."""
        self.beginResetModel()
        self.problem, self.vacancies = problem, vacancies
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """Give how many there are."""
        return 0 if parent.isValid() else len(self.vacancies)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the post, or a sentence about it."""
        if not index.isValid() or index.row() >= len(self.vacancies) or self.problem is None:
            return None
        vacancy = self.vacancies[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return vacancy.label
        if role in _TOLD:
            words = vacancy_sentence(self.problem, vacancy, self.bench.lang)
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def words(self, vacancy: Vacancy) -> tuple[str, str]:
        """Give the two lines of a card: when and which shift, which post."""
        assert self.problem is not None
        date = self.problem.horizon.date(vacancy.need.day)
        when = write_day(date, self.bench.lang, "short")
        return when, f"{shifts_of(vacancy)} · {vacancy.label}"


class _Cards(QStyledItemDelegate):
    """Paints a vacancy."""

    def __init__(self, bench: Workbench, cards: VacancyModel, parent: QListView) -> None:
        super().__init__(parent)
        self.bench, self.cards = bench, cards

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        """Give all cards one size."""
        return CARD + QSize(6, 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the day, the shifts and the post, and how many are missing."""
        vacancy = self.cards.vacancies[index.row()]
        theme = self.bench.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft() + QPoint(2, 3))
        frame = QRectF(0, 0, CARD.width(), CARD.height())
        painter.setPen(QPen(QColor(theme.ctl), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(theme.paper))
        painter.drawRoundedRect(frame, 3, 3)
        when, which = self.cards.words(vacancy)
        room = self._missing(painter, frame, f"{MINUS}{vacancy.missing}")
        painter.setPen(QColor(theme.ink))
        painter.setFont(font(BODY, 600))
        days = (when, when.rpartition(" ")[0])
        painter.drawText(QPointF(9, 17), fitting(days, frame.width() - room - 18, BODY, 600))
        painter.setPen(QColor(theme.ink2))
        painter.setFont(font(SMALL))
        ladder = (which, vacancy.label, shifts_of(vacancy))
        painter.drawText(QPointF(9, 34), fitting(ladder, frame.width() - 16, SMALL))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(theme.focus), 2.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(-0.5, -0.5, 0.5, 0.5), 4, 4)
        painter.restore()

    def _missing(self, painter: QPainter, frame: QRectF, words: str) -> float:
        """Write how many are missing, as the rows of cover do; give the room that it takes."""
        theme = self.bench.theme
        room = width(words, TINY, 600) + 10
        chip = QRectF(frame.width() - room - 5, 5, room, 15)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.hard))
        painter.drawRoundedRect(chip, 3, 3)
        painter.setPen(QColor(theme.on_accent if theme.dark else "#FFFFFF"))
        painter.setFont(font(TINY, 600))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
        return room


class VacancyList(QListView):
    """The cards in one line; one is dragged onto a person with the mouse held down."""

    carried = Signal(int, QPoint)
    """A card is dragged: its number, the point of the screen."""
    dropped = Signal(int, QPoint, bool)
    """A card was let go, with Shift held."""
    let_go = Signal()
    """A drag was given up, or is over."""
    wanted = Signal()
    """Enter was pressed, or a card was clicked twice."""
    picked = Signal(int)
    """Another card was chosen."""

    def __init__(self, bench: Workbench, model: VacancyModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Cards(bench, model, self))
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setViewportMargins(6, 0, 0, 0)
        self.doubleClicked.connect(lambda _index: self.wanted.emit())
        self._pressed: QPoint | None = None
        self._card = -1
        self.carrying = False

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Tell which card is chosen."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.picked.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tell about Enter, give up a drag by Escape; leave the other keys to the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self.carrying:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose a card, which may be dragged then."""
        super().mousePressEvent(event)
        there = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if there.isValid() and left else None
        self._card = there.row()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Carry the card."""
        if self._pressed is None:
            return
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        if self.carrying or moved >= QApplication.startDragDistance():
            self.carrying = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.carried.emit(self._card, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let the card go."""
        carrying, card = self.carrying, self._card
        self.give_up()
        if carrying:
            keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.dropped.emit(card, event.globalPosition().toPoint(), keep)
        else:
            super().mouseReleaseEvent(event)

    def give_up(self) -> None:
        """End a drag."""
        was, self.carrying, self._pressed = self.carrying, False, None
        if was:
            self.unsetCursor()
            self.let_go.emit()


class VacancyTray(QWidget):
    """The header of the tray and its cards; nothing of it shows where nothing is vacant."""

    opening = Signal()
    """It is to be opened, or left its header alone."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.model = VacancyModel(bench)
        self.list = VacancyList(bench, self.model)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "side")
        self.opened = True
        self.title = QToolButton()
        self.title.setFont(font(_TITLE, 600))
        self.title.setIconSize(QSize(16, 16))
        self.title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.title.clicked.connect(lambda _checked=False: self.opening.emit())
        self.count, self.hint = label("hint"), label("hint")
        self.hint.setMinimumWidth(1)
        self.who = button("link", self.list.wanted.emit)
        head = QWidget()
        head.setFixedHeight(HEAD)
        row = QHBoxLayout(head)
        row.setContentsMargins(4, 0, 8, 0)
        for each in (self.title, self.count):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.hint)
        row.addWidget(self.who)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.list, 1)
        offer(self.list, self._offered)
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.word)
        self.word()

    def _offered(self) -> tuple[QAbstractButton, ...]:
        return (self.who,)

    def word(self) -> None:
        """Take the words of the language."""
        say = self.bench.say
        self.title.setText(say("roster.vacancies"))
        self.title.setIcon(self.bench.icon("tray-full"))
        self.title.setToolTip(say("roster.vacancies.open"))
        self.hint.setText(say("roster.vacancies.hint"))
        self.who.setText(say("roster.vacancies.who"))
        self.who.setIcon(self.bench.icon("auto-fix", "accent"))
        self.list.setAccessibleName(say("roster.vacancies"))
        self._count()
        self.list.viewport().update()

    def show_vacancies(self, problem: Problem | None, vacancies: tuple[Vacancy, ...]) -> None:
        """Show what is vacant; the card that was chosen stays so, else the next one in its place."""
        if problem is self.model.problem and vacancies == self.model.vacancies:
            return
        here = self.chosen()
        place = self.list.currentIndex().row()
        self.model.show(problem, vacancies)
        self._count()
        self._fit()
        if here is not None and vacancies:
            known = [each.need.id for each in vacancies]
            found = known.index(here.need.id) if here.need.id in known else place
            self.list.setCurrentIndex(self.model.index(min(found, len(vacancies) - 1)))

    def open(self, opened: bool) -> None:
        """Show the cards, or the header alone."""
        self.opened = opened
        self._fit()

    def chosen(self) -> Vacancy | None:
        """Give the vacancy that is chosen."""
        index = self.list.currentIndex()
        return self.model.vacancies[index.row()] if index.isValid() else None

    def _count(self) -> None:
        people = sum(each.missing for each in self.model.vacancies)
        told = self.bench.say("roster.vacancies.count", n=people)
        self.count.setText(number(people, self.bench.lang))
        self.count.setAccessibleName(told)
        self.count.setToolTip(told)

    def _fit(self) -> None:
        there = bool(self.model.vacancies)
        self.setVisible(there)
        for each in (self.list, self.who, self.hint):
            each.setVisible(self.opened)
        self.setFixedHeight(FULL if self.opened else HEAD)
