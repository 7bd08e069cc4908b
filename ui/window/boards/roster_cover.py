"""The frozen rows under the dates: what each post needs on a day, and whom it has."""

from functools import partial

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from planner.boards.roster import Cover
from planner.words import MINUS
from ui.window.boards.roster_dates import HEAD, Dates
from ui.window.boards.roster_model import CoverModel
from ui.window.boards.roster_painter import Frame, Ground
from ui.window.boards.roster_sheet import Sheet
from ui.window.boards.roster_stamps import Stamps
from ui.window.boards.roster_strips import Strips
from ui.window.boards.roster_tables import frame_of, plain
from ui.window.boards.roster_titles import Corner
from ui.window.boards.roster_words import need_words
from ui.window.look.signs import outline
from ui.window.look.type import SMALL, fitting, width
from ui.window.workbench import Workbench

ROW = 18


class Posts(QHeaderView):
    """The names of the posts, and what each needs."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.bench = bench
        self.wide = 174
        self.stamps = Stamps(bench.theme, 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the frozen columns."""
        return QSize(self.wide, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:  # noqa: N802 - Qt's name
        """Paint one post."""
        model, theme = self.model(), self.bench.theme
        painter.fillRect(rect, QColor(theme.side))
        if not isinstance(model, CoverModel) or model.sheet is None:
            return
        post = model.sheet.posts[number]
        need = need_words(post, self.bench.lang)
        inside = QRectF(rect).adjusted(8, 0, -6, 0)
        room = inside.width() - width(need, SMALL) - 8
        label = fitting((post.label,), room, SMALL, 500)
        if not label:  # the need can be read in the cells as well
            label, need = fitting((post.label, post.label[:12]), inside.width(), SMALL, 500), ""
        ratio = self.devicePixelRatioF()
        if not self.stamps.fits(theme, ratio):
            self.stamps = Stamps(theme, ratio)
        self.stamps.side(painter, inside, label, SMALL, 500, theme.ink)
        self.stamps.side(painter, inside, need, SMALL, 400, theme.hint, right=True)


class CoverTable(QTableView):
    """Posts × days, with the dates above."""

    asked = Signal()
    """More or fewer posts are wanted."""
    wanted = Signal(int, int)
    """Who could be there: for a post, on a day."""

    def __init__(self, bench: Workbench, model: CoverModel) -> None:
        super().__init__()
        self.bench = bench
        self.dates, self.posts = Dates(bench, self), Posts(bench, self)
        self.setHorizontalHeader(self.dates)
        self.setVerticalHeader(self.posts)
        self.setModel(model)
        plain(self)
        self.posts.setDefaultSectionSize(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.here: tuple[int, int] | None = None
        """The post and day that is selected."""
        self.all_posts = False
        """Whether as many posts are wanted as there is room for."""
        self.stamps = Stamps(bench.theme, 1)
        self.ground = Ground(bench.theme, 1)
        self.strips = Strips()
        self.corner = Corner(bench, self)
        self.corner.more.clicked.connect(self._more)
        self.doubleClicked.connect(self._wanted)

    def _wanted(self, index: QModelIndex) -> None:
        self.wanted.emit(index.row(), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter asks who could be there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._wanted(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _more(self) -> None:
        self.all_posts = not self.all_posts
        self.asked.emit()

    def fit(self, rows: int) -> None:
        """Show so many rows; the others are scrolled to."""
        known = self.model().rowCount()
        self.corner.count(rows, known, folded=not self.all_posts)
        self.setFixedHeight(HEAD + ROW * rows + (1 if rows else 0))
        self.corner.setGeometry(0, 0, self.posts.wide, HEAD)
        self.corner.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the numbers that are shown."""
        model, theme, ratio = self.model(), self.bench.theme, self.devicePixelRatioF()
        assert isinstance(model, CoverModel)
        if not self.stamps.fits(theme, ratio):
            self.stamps, self.ground = Stamps(theme, ratio), Ground(theme, ratio)
        painter, sheet = QPainter(self.viewport()), model.sheet
        painter.fillRect(event.rect(), QColor(theme.paper))
        if sheet is not None:
            frame = frame_of(self, len(sheet.days))
            rows = frame.rows(event.rect(), len(sheet.posts))
            lefts = tuple(each - frame.lefts[0] for each in frame.lefts)
            style = (theme, lefts, sheet.off, sheet.problem.horizon)
            self.strips.wear(lefts[-1], frame.height, ratio, *style)
            for row in rows:
                post, at = sheet.posts[row], Frame(lefts, -row * frame.height, frame.height)
                picture = self.strips.strip(row, post, partial(self._post, sheet, at, row))
                painter.drawPixmap(frame.lefts[0], frame.top + row * frame.height, picture)
            low = self.viewport().height() - 1
            painter.fillRect(0, low, frame.lefts[-1], 1, QColor(theme.ctl))
            if self.here is not None:
                self._ring(painter, frame)
        painter.end()

    def _post(self, sheet: Sheet, frame: Frame, row: int, painter: QPainter) -> None:
        self.ground.lay(painter, sheet, frame, range(row, row + 1), dots=False)
        for day, cover in sheet.posts[row].days.items():
            if day in sheet.days:
                self._cell(painter, frame.box(row, day, day), cover)

    def _cell(self, painter: QPainter, box: QRectF, cover: Cover) -> None:
        theme, off = self.bench.theme, cover.off
        words = f"{MINUS}{-off}" if off < 0 else f"+{off}" if off else str(cover.there)
        colour, weight = theme.hint, 400
        match cover.state:
            case "short":
                painter.fillRect(box.adjusted(1, 1, -1, -1), QColor(theme.hard))
                colour, weight = theme.on_accent if theme.dark else "#FFFFFF", 600
            case "thin":  # dashed as all that is a wish
                colour, weight = theme.soft, 600
                painter.setPen(outline("soft", theme))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(2, 2, -3, -3))
            case "over":
                colour = theme.better
        self.stamps.centre(painter, box, words, SMALL, weight, colour)

    def _ring(self, painter: QPainter, frame: Frame) -> None:
        assert self.here is not None
        row, day = self.here
        painter.setPen(QPen(QColor(self.bench.theme.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.box(row, day, day).adjusted(1, 1, -1, -1))
