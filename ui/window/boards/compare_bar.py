"""The bar of the comparison: which scenarios stand on which side, only differences, the report."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from planner.study import Study
from ui.window.actions import Actions
from ui.window.boards.compare_marks import HIGH, WIDE, letter_picture
from ui.window.boards.compare_sides import LETTERS, MOST, TOKENS
from ui.window.look.icons import pixmap
from ui.window.look.type import BODY, SMALL, TINY, fitting, font, metrics, width
from ui.window.panels.parts import plain_tip, verbatim
from ui.window.panels.states import State, state
from ui.window.workbench import Workbench

HEIGHT: Final = 40
_ICON: Final = 16
_LEFT: Final = 8 + WIDE + 8 + _ICON + 6
_RIGHT: Final = 24


class SideButton(QToolButton):
    """A letter with its scenario and how its plan stands; a menu offers the others."""

    def __init__(self, bench: Workbench, place: int) -> None:
        super().__init__()
        self.bench, self.place = bench, place
        self.name, self.second = "", ""
        self.mark: tuple[str, str] = ("", "ink2")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFixedHeight(30)
        self.setMinimumWidth(_LEFT + _RIGHT + 40)
        self.setMaximumWidth(330)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.menu_ = QMenu(self)
        self.setMenu(self.menu_)

    def show_side(self, name: str, stands: State) -> None:
        """Show a scenario."""
        say = self.bench.say
        words = "base" if stands.base else "published" if stands.published else "draft"
        if stands.stale:
            words = "stale"
        self.name, self.second = name, say(f"compare_view.state.{words}")
        self.mark = stands.icon
        if self.place == 1 and stands.icon[0] == "source-branch":
            self.mark = ("record-circle-outline", "own")
        told = say("compare_view.letter", letter=LETTERS[self.place], name=name)
        self.setToolTip(plain_tip(f"{told} · {self.second}"))
        self.setAccessibleName(f"{told} · {self.second}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its words."""
        words = width(self.name, BODY, 600) + 8 + width(self.second, SMALL)
        return QSize(min(330, round(_LEFT + words + _RIGHT + 4)), 30)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint frame, letter, state, name and the sign of a menu."""
        theme = self.bench.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        near = self.underMouse() or self.isDown()
        ring = self.hasFocus()
        painter.setPen(QPen(QColor(theme.focus if ring else theme.accent if near else theme.ctl),
                            2 if ring else 1))  # fmt: skip
        painter.setBrush(QColor(theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        ratio, middle = self.devicePixelRatioF(), self.height() / 2
        picture = letter_picture(LETTERS[self.place], TOKENS[self.place], theme, ratio)
        painter.drawPixmap(QPointF(8, middle - HIGH / 2), picture)
        icon, token = self.mark
        if icon:
            made = pixmap(icon, theme, token, _ICON, ratio)
            painter.drawPixmap(QPointF(8 + WIDE + 8, middle - _ICON / 2), made)
        self._words(painter, middle)
        chevron = pixmap("chevron-down", theme, "ink2", 14, ratio)
        painter.drawPixmap(QPointF(self.width() - 20, middle - 7), chevron)
        painter.end()

    def _words(self, painter: QPainter, middle: float) -> None:
        """Write the name as largely as there is room: with its state, alone, on two lines."""
        theme = self.bench.theme
        room = self.width() - _LEFT - _RIGHT
        painter.setPen(QColor(theme.ink))
        for size in (BODY, SMALL):
            if width(self.name, size, 600) <= room:
                painter.setFont(font(size, 600))
                painter.drawText(QPointF(_LEFT, middle + 4), self.name)
                rest = room - width(self.name, size, 600) - 8
                painter.setFont(font(SMALL))
                painter.setPen(QColor(theme.ink2))
                left = _LEFT + width(self.name, size, 600) + 8
                painter.drawText(QPointF(left, middle + 4), fitting((self.second,), rest, SMALL))
                return
        painter.setFont(font(TINY, 600))
        for line, baseline in zip(in_two(self.name, room), (middle - 2, middle + 10), strict=True):
            painter.drawText(QPointF(_LEFT, baseline), line)


def in_two(words: str, room: float) -> tuple[str, str]:
    """Break a name into two lines; what is longer still ends in dots, the tool tip has it whole."""
    first, rest = "", words.split(" ")
    while rest and width(f"{first} {rest[0]}".strip(), TINY, 600) <= room:
        first = f"{first} {rest.pop(0)}".strip()
    elided = Qt.TextElideMode.ElideRight
    if not first:
        first = metrics(TINY, 600).elidedText(rest.pop(0), elided, room)
    return first, metrics(TINY, 600).elidedText(" ".join(rest), elided, room)


class CompareBar(QWidget):
    """The bar over both halves of the comparison."""

    chosen = Signal(int, str)
    """A scenario is to stand on the side at a place."""
    added = Signal(str)
    dropped = Signal(int)
    swapped = Signal()
    referred = Signal(str)
    """A scenario is to be the reference."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "bar")
        self.names: tuple[str, ...] = ()
        self.sides = [SideButton(bench, place) for place in range(MOST)]
        self.swap = self._button("swap-horizontal", self.swapped.emit)
        self.add = self._button("plus", None)
        self.others = QMenu(self)
        self.add.clicked.connect(lambda _checked=False: self.offer())
        self.differences = self._of(actions["differences"])
        self.report = self._of(actions["report"])
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(self.sides[0])
        row.addWidget(self.swap)
        for side in self.sides[1:]:
            row.addWidget(side)
        row.addWidget(self.add)
        row.addWidget(self.differences)
        row.addStretch(1)
        row.addWidget(self.report)
        bench.theme_changed.connect(self.colour)
        self.colour()

    def _button(self, icon: str, do: Callable[[], object] | None) -> QToolButton:
        made = QToolButton(self)
        made.setProperty("icon_name", icon)
        made.setIconSize(QSize(16, 16))
        made.setFixedHeight(28)
        if do is not None:
            made.clicked.connect(lambda _checked=False: do())
        return made

    def _of(self, action: QAction) -> QToolButton:
        """Give a button that does what an action does, with the action's whole words."""
        made = self._button("", action.trigger)
        made.setCheckable(action.isCheckable())
        action.changed.connect(partial(_follow, made, action))
        _follow(made, action)
        return made

    def offer(self) -> None:
        """Offer the scenarios that are not shown yet."""
        self.others.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def colour(self) -> None:
        """Take the icons in the colours of the theme."""
        for button in (self.swap, self.add):
            button.setIcon(self.bench.icon(button.property("icon_name")))
        for side in self.sides:
            side.update()

    def show_sides(self, study: Study | None, names: tuple[str, ...], reference: str) -> None:
        """Show which scenarios stand side by side, and offer the others."""
        self.names = names
        say = self.bench.say
        for place, side in enumerate(self.sides):
            side.setVisible(place < len(names))
            if study is not None and place < len(names):
                stands = state(study, names[place])
                side.show_side(self._title(study, names[place]), stands)
                self._fill(side, study, reference)
        self.others.clear()
        left = () if study is None else (s.name for s in study.scenarios if s.name not in names)
        for name in left if study is not None else ():
            assert study is not None
            action = self.others.addAction(verbatim(self._title(study, name)))
            action.triggered.connect(partial(self._add, name))
        self.add.setVisible(bool(self.others.actions()) and len(names) < MOST)
        self.swap.setVisible(len(names) > 1)
        self.swap.setToolTip(say("compare_view.swap"))
        self.swap.setAccessibleName(say("compare_view.swap"))
        self.add.setAccessibleName(say("compare_view.add"))
        self.add.setToolTip(say("compare_view.add"))
        self.fit()

    def _title(self, study: Study, name: str) -> str:
        base = study.scenario(name).parent is None
        return self.bench.say("banner.base") if base else name

    def _fill(self, side: SideButton, study: Study, reference: str) -> None:
        say, place = self.bench.say, side.place
        side.menu_.clear()
        for scenario in study.scenarios:
            action = side.menu_.addAction(verbatim(self._title(study, scenario.name)))
            action.setCheckable(True)
            action.setChecked(scenario.name == self.names[place])
            action.triggered.connect(partial(self._choose, place, scenario.name))
        side.menu_.addSeparator()
        action = side.menu_.addAction(say("compare_view.as_reference"))
        action.setCheckable(True)
        action.setChecked(self.names[place] == reference)
        action.triggered.connect(partial(self._refer, self.names[place]))
        if len(self.names) > 2:
            action = side.menu_.addAction(say("compare_view.drop"))
            action.triggered.connect(partial(self._drop, place))

    def _choose(self, place: int, name: str, _checked: bool) -> None:
        self.chosen.emit(place, name)

    def _add(self, name: str, _checked: bool) -> None:
        self.added.emit(name)

    def _refer(self, name: str, _checked: bool) -> None:
        self.referred.emit(name)

    def _drop(self, place: int, _checked: bool) -> None:
        self.dropped.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave words out where there is no room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show words beside icons where there is room for them."""
        say, style = self.bench.say, Qt.ToolButtonStyle
        wanted = sum(self.sides[place].sizeHint().width() + 8 for place in range(len(self.names)))
        words = (say("compare_view.add"), self.differences.text(), self.report.text())
        spare = self.width() - wanted - sum(width(each, BODY, 600) + 50 for each in words) - 50
        both = style.ToolButtonTextBesideIcon if spare >= 0 else style.ToolButtonIconOnly
        self.add.setText(words[0])
        tight = spare < -200
        for button in (self.add, self.report):
            button.setToolButtonStyle(both)
        if tight:
            self.differences.setToolButtonStyle(style.ToolButtonIconOnly)
        else:
            self.differences.setToolButtonStyle(style.ToolButtonTextBesideIcon)


def _follow(made: QToolButton, action: QAction) -> None:
    made.setText(action.text())
    made.setToolTip(action.toolTip())
    made.setIcon(action.icon())
    made.setChecked(action.isChecked())
    made.setEnabled(action.isEnabled())
