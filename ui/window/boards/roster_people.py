"""The frozen columns of a roster: who, hours, how far off the contract, nights and weekends."""

from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QTableView

from planner.boards.marks import Sign
from planner.boards.roster import Row
from planner.boards.roster_burdens import Share
from ui.window.boards.roster_dates import WIDE
from ui.window.boards.roster_model import PeopleModel
from ui.window.boards.roster_painter import Frame
from ui.window.boards.roster_sheet import Sheet
from ui.window.boards.roster_stamps import Stamps
from ui.window.boards.roster_strips import Strips
from ui.window.boards.roster_tables import frame_of, plain
from ui.window.boards.roster_words import balance, hours, off_words
from ui.window.look.icons import pixmap
from ui.window.look.type import BODY, SMALL, TINY, fitting, width
from ui.window.workbench import Workbench

HOURS, BALANCE, NIGHTS, WEEKENDS = 37, 41, 38, 30
"""As narrow as their figures: days of four weeks have room for three letters beside them."""
FAR: Final = 600
"""Minutes off the contract from which a balance is written in colour."""
UNEVEN: Final = 2
"""Nights or weekends off the fair share from which the difference is written in colour."""
_FIGURES: Final = {"nights": 17, "weekends": 11}
"""Width in which the number of nights or weekends stands, before the difference."""


class _Words(NamedTuple):
    """What is written of a row, as long as it is the same row in the same language."""

    row: Row
    lang: str
    name: str
    hours: str
    balance: str
    far: bool
    sign: Sign
    shares: tuple[Share | None, ...] = ()


class PeopleTable(QTableView):
    """Names, hours and balances, scrolled with the duties."""

    named = Signal(str)
    """A person was clicked."""

    def __init__(self, bench: Workbench, model: PeopleModel) -> None:
        super().__init__()
        self.bench = bench
        self.setModel(model)
        plain(self)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.here: frozenset[int] = frozenset()
        """The rows that are selected."""
        self.stamps = Stamps(bench.theme, 1)
        self.strips = Strips()
        self._words: dict[str, _Words] = {}

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose a person."""
        model, index = self.model(), self.indexAt(event.position().toPoint())
        if isinstance(model, PeopleModel) and model.sheet is not None and index.isValid():
            self.named.emit(model.sheet.people[index.row()].id)

    def fit(self, widths: tuple[int, ...]) -> None:
        """Give the columns their widths."""
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
            self.setColumnHidden(column, not wide)
        self.setFixedWidth(sum(widths))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows that are shown."""
        model, theme, ratio = self.model(), self.bench.theme, self.devicePixelRatioF()
        assert isinstance(model, PeopleModel)
        if not self.stamps.fits(theme, ratio):
            self.stamps = Stamps(theme, ratio)
        painter, sheet = QPainter(self.viewport()), model.sheet
        painter.fillRect(event.rect(), QColor(theme.side))
        if sheet is not None:
            frame = self._frame()
            self.strips.wear(frame.lefts[-1], frame.height, ratio, theme, tuple(frame.lefts))
            for row in frame.rows(event.rect(), len(sheet.people)):
                self._row(painter, frame, sheet, row)
        painter.end()

    def _frame(self) -> Frame:
        return frame_of(self, self.model().columnCount())

    def _row(self, painter: QPainter, frame: Frame, sheet: Sheet, number: int) -> None:
        theme, top = self.bench.theme, frame.top + number * frame.height
        painter.drawPixmap(0, top, self.picture(sheet, frame, number))
        broken = number in sheet.breaks
        colour = QColor(theme.ctl if broken else theme.grid)
        painter.fillRect(0, top - 1, frame.lefts[-1], 2 if broken else 1, colour)

    def paint_ahead(self, number: int) -> None:
        """Paint a row that is not in view yet, where there is room to keep it."""
        model = self.model()
        assert isinstance(model, PeopleModel)
        if model.sheet is not None and number < self.strips.room and self.strips.worn:
            self.picture(model.sheet, self._frame(), number)

    def picture(self, sheet: Sheet, frame: Frame, number: int) -> QPixmap:
        """Give a row as a picture."""
        words = self._said(sheet, number)
        here, stale = number in self.here, words.name in sheet.stale
        paint = partial(self._paint, frame, words, sheet.burdens, here, stale)
        return self.strips.strip((words.name, here, stale), words, paint)

    def _paint(
        self,
        frame: Frame,
        words: _Words,
        burdens: tuple[str, ...],
        here: bool,
        stale: bool,
        painter: QPainter,
    ) -> None:
        theme, frame = self.bench.theme, frame._replace(top=0)
        whole = frame.box(0, 0, len(frame.lefts) - 2)
        painter.fillRect(whole, QColor(theme.accent_soft if here else theme.side))
        if here:
            painter.fillRect(QRectF(0, 0, 3, whole.height()), QColor(theme.focus))
        name = frame.box(0, 0, 0).adjusted(8, 0, -2, 0)
        size = BODY if frame.height >= 17 else SMALL
        label = fitting((words.name, words.name[-10:]), name.width(), size, 500)
        self.stamps.side(painter, name, label, size, 500, theme.ink)
        box = frame.box(0, 1, 1).adjusted(0, 0, -3, 0)
        self.stamps.side(painter, box, words.hours, SMALL, 400, theme.ink2, right=True)
        box = frame.box(0, 2, 2).adjusted(0, 0, -3, 0)
        colour, weight = (theme.worse, 600) if words.far else (theme.ink2, 400)
        self.stamps.side(painter, box, words.balance, SMALL, weight, colour, right=True)
        for column, (burden, share) in enumerate(zip(burdens, words.shares, strict=True), 3):
            if share is not None and frame.lefts[column + 1] > frame.lefts[column]:
                self._share(painter, frame.box(0, column, column), share, _FIGURES[burden])
        if stale:
            shift = 16 if words.sign else 3
            where = QPointF(round(name.right() - shift - 11), round(whole.center().y() - 6))
            painter.drawPixmap(where, self._clock())
        if words.sign:
            centre = QPointF(name.right() - 5, whole.center().y())
            self.stamps.pin(painter, words.sign, centre, min(12, frame.height - 4))

    def _share(self, painter: QPainter, box: QRectF, share: Share, figure: int) -> None:
        """Write how many nights or weekends, and how far off the fair share."""
        theme, count = self.bench.theme, QRectF(box)
        count.setWidth(figure)
        self.stamps.side(painter, count, str(share.here), SMALL, 400, theme.ink2, right=True)
        off = off_words(share)
        if off:
            uneven = abs(share.off) >= UNEVEN
            colour, weight = (theme.worse, 600) if uneven else (theme.hint, 400)
            place = box.adjusted(0, 0, -1, 0)
            self.stamps.side(painter, place, off, TINY, weight, colour, right=True)

    def _clock(self) -> QPixmap:
        """Give the mark of facts that have moved on."""
        return pixmap("clock-alert-outline", self.bench.theme, "stale", 12, self.stamps.ratio)

    def _said(self, sheet: Sheet, number: int) -> _Words:
        row, lang = sheet.row(number), self.bench.lang
        known, shares = self._words.get(row.person.id), sheet.shares(row.person.id)
        if known is None or (known.row is not row or known.lang != lang or known.shares != shares):
            far = abs(row.minutes - row.due) >= FAR
            known = _Words(
                row,
                lang,
                row.person.id,
                hours(row.minutes, lang),
                balance(row, lang),
                far,
                row.sign,
                shares,
            )
            self._words[row.person.id] = known
        return known


def widths(sheet: Sheet, room: int, days: int) -> tuple[int, ...]:
    """Give the widths of the frozen columns; nights and weekends have none where days need the room."""
    burdens = {"nights": NIGHTS, "weekends": WEEKENDS}
    most = (name_width(sheet), HOURS, BALANCE, *(burdens[each] for each in sheet.burdens))
    if room - sum(most) >= days * WIDE:
        return most
    return (*most[:3], *(0 for _ in sheet.burdens))


def name_width(sheet: Sheet) -> int:
    """Give how wide the names are, with room for a badge."""
    widest = max((width(person.id, BODY, 500) for person in sheet.people), default=0)
    return max(84, min(170, round(widest) + (38 if sheet.stale else 26)))
