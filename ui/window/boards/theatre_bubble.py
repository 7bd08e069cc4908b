"""The bubble beside a dragged case: where it would land, what that breaks and by how much, the keys."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from planner.boards.marks import Sign
from planner.problem import Problem
from planner.sentences import breach_sentence, title
from ui.window.boards.theatre_moves import Verdict
from ui.window.look.signs import paint_badge
from ui.window.panels.parts import button, label, relook
from ui.window.workbench import Workbench

WIDE = 316
_MOST = 3
_GAP = 12


class Bubble(QFrame):
    """Says what a landing does; refused ones stay, with what may be done about them."""

    def __init__(
        self,
        bench: Workbench,
        parent: QWidget,
        keep: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self.bench = bench
        self.setProperty("look", "bubble")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sign, self.title = QLabel(), label("title", wrap=True)
        self.told = label("hard", wrap=True)
        self.keys = label("hint", wrap=True)
        self.keep: QPushButton = button("link", keep)
        self.back: QPushButton = button("link", back)
        for each in (self.keep, self.back):
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head = head = QHBoxLayout()
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.keys)
        for each in (self.keep, self.back):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def say(
        self, problem: Problem, where: str, found: Verdict | None, *, held: bool, origin: str
    ) -> None:
        """Say what a verdict holds; None: it is not known yet, or there is nothing to judge."""
        say, lang = self.bench.say, self.bench.lang
        broken = () if found is None else found.hard or found.soft
        sign: Sign = "" if not broken else "hard" if found and found.hard else "soft"
        self.sign.setPixmap(self._badge(sign))
        self.sign.setVisible(bool(sign))
        first = title(broken[0].rule, lang) if broken and sign == "hard" else where
        self.title.setText(first)
        words = [breach_sentence(problem, b.rule, b.breach, lang) for b in broken[:_MOST]]
        if len(broken) > _MOST:
            words.append(say("theatre.more", n=len(broken) - _MOST))
        if sign == "hard":
            words[0] = say("theatre.refused", sentence=words[0].rstrip("."))
        relook(self.told, "hard" if sign == "hard" else "soft")
        self.told.setText("\n".join(words))
        self.told.setVisible(bool(words))
        refused = sign == "hard"
        relook(self, "bubble_hard" if refused else "bubble")
        keys, back = ("keys", "put_back") if origin else ("keys.tray", "put_back.tray")
        words_of_keys = say(f"theatre.{keys}", origin=origin)
        self.keys.setText(words_of_keys if refused and not held else "")
        self.keys.setVisible(refused and not held)
        self.keep.setText(say("theatre.keep"))
        self.back.setText(say(f"theatre.{back}", origin=origin))
        self.keep.setVisible(held)
        self.back.setVisible(held)
        self.setAccessibleName(". ".join(filter(None, (first, *words, self.keys.text()))))
        self.fit()

    def say_plainly(self, sentence: str, look: str = "hard") -> None:
        """Say a sentence that no rule stands behind."""
        relook(self, "bubble")
        self.sign.hide()
        self.title.setText(sentence)
        for each in (self.told, self.keys, self.keep, self.back):
            each.hide()
        relook(self.told, look)
        self.setAccessibleName(sentence)
        self.fit()

    def fit(self) -> None:
        """Take the size that the words need."""
        column = self.layout()
        assert column is not None
        for each in (self.sign, self.title, self.told, self.keys, self.keep, self.back):
            each.ensurePolished()
            each.updateGeometry()  # what was laid out before, for a picture of it, counts no more
        self.head.invalidate()
        column.invalidate()
        self.setFixedSize(WIDE, column.totalHeightForWidth(WIDE))
        column.activate()

    def put_beside(self, avoid: Sequence[QRect], near: QRect) -> None:
        """Stand beside a rectangle, inside the parent, over none of those to avoid."""
        parent = self.parentWidget()
        assert parent is not None
        self.move(spot(self.size(), parent.rect().adjusted(4, 4, -4, -4), near, avoid))
        self.show()
        self.raise_()

    def _badge(self, sign: Sign) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(round(18 * ratio), round(18 * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        if sign:
            painter = QPainter(picture)
            paint_badge(painter, sign, QPointF(9, 9), self.bench.theme, 15)
            painter.end()
        return picture


def spot(size: QSize, room: QRect, near: QRect, avoid: Sequence[QRect]) -> QPoint:
    """Give where to stand: at a side of `near`, else as near as may be, over none of some places.

    Where all places in the room cover something, the one that covers least.
    """
    wide, high, middle = size.width(), size.height(), near.center()
    around = [near, *avoid]
    beside = [
        (near.right() + _GAP, near.top() - 6),
        (near.left() - wide - _GAP, near.top() - 6),
        (middle.x() - wide // 2, near.bottom() + _GAP),
        (middle.x() - wide // 2, near.top() - high - _GAP),
    ]
    inside = [_moved_into(QRect(QPoint(x, y), size), room) for x, y in beside]
    best = min(inside, key=lambda rect: _covered(rect, around))
    if not _covered(best, around):
        return best.topLeft()
    across = [room.left(), room.right()]
    down = [room.top(), room.bottom()]
    for rect in around:
        across += _sides(rect.left(), rect.right(), wide)
        down += _sides(rect.top(), rect.bottom(), high)
    inside += [_moved_into(QRect(QPoint(x, y), size), room) for x in across for y in down]

    def worth(rect: QRect) -> tuple[int, int]:
        return _covered(rect, around), (rect.center() - middle).manhattanLength()

    return min(inside, key=worth).topLeft()


def _sides(first: int, last: int, long: int) -> tuple[int, int]:
    """Give where something that long begins, just after a stretch or just before it."""
    return last + _GAP, first - long - _GAP


def _moved_into(rect: QRect, room: QRect) -> QRect:
    moved = QRect(rect)
    moved.moveLeft(max(room.left(), min(rect.left(), room.right() - rect.width())))
    moved.moveTop(max(room.top(), min(rect.top(), room.bottom() - rect.height())))
    return moved


def _covered(rect: QRect, others: Sequence[QRect]) -> int:
    return sum(_area(rect.intersected(other)) for other in others)


def _area(rect: QRect) -> int:
    return 0 if rect.isEmpty() else rect.width() * rect.height()
