"""The bubble beside a dragged duty: what the rules say to it, with the arithmetic, and the keys."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.boards.marks import Sign, sign
from planner.score import Judged
from planner.sentences import breach_sentence, title
from ui.window.boards.roster_hand import Verdict
from ui.window.look.signs import paint_badge
from ui.window.panels.parts import label, relook
from ui.window.workbench import Workbench

WIDE, AWAY = 316, 14
SHOWN = 3


class Bubble(QWidget):
    """Stands beside the pointer, never over where the duty comes from or would go to."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench = bench
        self.sign: Sign = ""
        self.refused = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(WIDE)
        self.title = label("title", wrap=True)
        self.what = label("second", wrap=True)
        self.lines = label("second", wrap=True)
        self.wishes = label("soft", wrap=True)
        self.keys = label("hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.addSpacing(20)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.what)
        for each in (self.lines, self.wishes, self.keys):
            column.addWidget(each)
        self._labels = (self.title, self.what, self.lines, self.wishes, self.keys)
        self.hide()

    @property
    def words(self) -> str:
        """All that it says."""
        return "\n".join(each.text() for each in self._labels if each.text())

    def tell(self, verdict: Verdict, what: str, back: str) -> None:
        """Say what a drop would do: `what` it is, and where it goes `back` to ("": it stays vacant)."""
        say = self.bench.say
        grave = (*verdict.hard, *verdict.soft)
        self.sign = sign(grave[0]) or "soft" if grave else ""
        self.refused = bool(verdict.hard)
        self.what.setText(what)
        self.what.setVisible(bool(grave))
        if grave:
            self.title.setText(title(grave[0].rule, self.bench.lang))
            hard = [self._said(each) for each in verdict.hard[:SHOWN]]
            soft = [self._said(each) for each in verdict.soft[: SHOWN - len(hard)]]
            if len(grave) > SHOWN:
                (soft or hard).append(say("reason.more", n=len(grave) - SHOWN))
            self._write(hard, soft)
        else:
            self.title.setText(what)
            self.what.setText("")
            mended = [self._said(each) for each in verdict.gone if sign(each) == "hard"][:SHOWN]
            told = [say("roster.mends", told=each) for each in mended]
            self._write(told or [say("roster.breaks_nothing")], [])
        relook(self.lines, "hard" if self.refused else "second")
        keys = "roster.keys.refused" if self.refused else "roster.keys"
        self.keys.setText(say(keys, back=back) if back else say(f"{keys}.vacant"))
        self.adjustSize()

    def _write(self, lines: list[str], wishes: list[str]) -> None:
        """Write what must not be, or what is mended, over wishes that are not kept."""
        for each, said in ((self.lines, lines), (self.wishes, wishes)):
            each.setText("\n".join(said))
            each.setVisible(bool(said))

    def _said(self, judged: Judged) -> str:
        document = self.bench.document
        assert document is not None
        return breach_sentence(document.problem, judged.rule, judged.breach, self.bench.lang)

    def stand(self, pointer: QPoint, clear: list[QRect]) -> None:
        """Stand beside a point, clear of some rectangles."""
        self.setFixedHeight(
            self.heightForWidth(WIDE) if self.hasHeightForWidth() else self.height()
        )
        parent = self.parentWidget()
        assert parent is not None
        inside = parent.rect().adjusted(4, 4, -4, -4)
        wide, high = self.width(), self.height()
        x, y = pointer.x(), pointer.y()
        places = [
            (x + AWAY, y + AWAY + 12),
            (x - wide - AWAY, y + AWAY + 12),
            (x + AWAY, y - high - AWAY),
            (x - wide - AWAY, y - high - AWAY),
        ]
        spots = [QRect(left, top, wide, high) for left, top in places]
        free = [s for s in spots if inside.contains(s) and not any(s.intersects(c) for c in clear)]
        spot = free[0] if free else spots[0]
        left = max(inside.left(), min(spot.left(), inside.right() - wide))
        top = max(inside.top(), min(spot.top(), inside.bottom() - high))
        self.move(left, top)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint a card with an edge in the colour of what it says."""
        painter, theme = QPainter(self), self.bench.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = theme.hard if self.refused else theme.soft_mark if self.sign else theme.accent
        painter.setPen(QPen(QColor(token), 1.6))
        painter.setBrush(QColor(theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        centre = QRectF(10, 8, 18, 18).center()
        if self.sign:
            paint_badge(painter, self.sign, centre, theme, 14)
        else:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawEllipse(centre, 5, 5)
        painter.end()
