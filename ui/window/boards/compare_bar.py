"""The bar of the comparison: which scenarios stand on which side, only differences, the report.

Of many scenarios it has the reference and the one that is laid over it, and a list of all.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ui.window.actions import Actions
from ui.window.boards.compare_marks import HIGH, WIDE, letter_picture
from ui.window.boards.compare_scene import titled
from ui.window.boards.compare_sides import MOST, Roll, letter, token
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

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench, self.place = bench, 0
        self.name, self.second = "", ""
        self.mark: tuple[str, str] = ("", "ink2")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFixedHeight(30)
        self.setMinimumWidth(_LEFT + _RIGHT + 40)
        self.setMaximumWidth(330)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.menu_ = QMenu(self)
        self.setMenu(self.menu_)

    def show_side(self, place: int, name: str, stands: State) -> None:
        """Show a scenario with the letter of its place."""
        self.place, say = place, self.bench.say
        words = "compare_view.state_stale" if stands.stale else f"state.{stands.standing.state}"
        self.name, self.second = name, say(words)
        self.mark = stands.icon
        if place == 1 and stands.icon[0] == "source-branch":
            self.mark = ("record-circle-outline", "own")
        told = say("compare_view.letter", letter=letter(place), name=name)
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
        picture = letter_picture(letter(self.place), token(self.place), theme, ratio)
        painter.drawPixmap(QPointF(8, middle - HIGH / 2), picture)
        icon, colour = self.mark
        if icon:
            made = pixmap(icon, theme, colour, _ICON, ratio)
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
    looked = Signal(str)
    """A scenario of many is to be laid over the reference."""
    file_wanted = Signal()
    """Scenarios of another file are to be read."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "bar")
        self.names: tuple[str, ...] = ()
        self.sides = [SideButton(bench) for _ in range(MOST)]
        self.swap = self._button("swap-horizontal", self.swapped.emit)
        self.add = self._button("plus", None)
        self.others = QMenu(self)
        self.all = self._button("format-list-bulleted", None)
        self.all.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.all.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.each = QMenu(self)
        self.all.setMenu(self.each)
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
        row.addWidget(self.all)
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
        """Offer the scenarios that are not shown yet, and other files."""
        self.others.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def colour(self) -> None:
        """Take the icons in the colours of the theme."""
        for button in (self.swap, self.all, self.add):
            button.setIcon(self.bench.icon(button.property("icon_name")))
        for side in self.sides:
            side.update()

    def show_sides(self, there: Roll, names: tuple[str, ...], reference: str, seen: str) -> None:
        """Show which scenarios stand side by side, and offer the others."""
        self.names = names
        say, many = self.bench.say, len(names) > MOST
        places = [names.index(reference), names.index(seen)] if many else [*range(len(names))]
        for at, side in enumerate(self.sides):
            side.setVisible(at < len(places))
            if at < len(places):
                one = there[names[places[at]]]
                side.show_side(places[at], titled(self.bench, one), state(one.study, one.scenario))
                if many:
                    self._fill_many(side, there, self._look if at else self._refer)
                else:
                    self._fill(side, there, reference)
        self.all.setVisible(many)
        self.all.setText(say("compare_view.all_sides", n=len(names)))
        self._list(there, reference, seen)
        self._offer(there)
        self.swap.setVisible(len(names) > 1)
        swap = say("compare_view.swap_many" if many else "compare_view.swap")
        self.swap.setToolTip(swap)
        self.swap.setAccessibleName(swap)
        self.add.setAccessibleName(say("compare_view.add"))
        self.add.setToolTip(say("compare_view.add"))
        self.fit()

    def _offer(self, there: Roll) -> None:
        """Fill the menu of what may be added."""
        self.others.clear()
        for name, one in there.items():
            if name not in self.names:
                action = self.others.addAction(verbatim(titled(self.bench, one)))
                action.triggered.connect(partial(self._add, name))
        if self.others.actions():
            self.others.addSeparator()
        action = self.others.addAction(self.bench.say("compare_view.from_file"))
        action.setIcon(self.bench.icon("folder-open-outline"))
        action.triggered.connect(lambda _checked=False: self.file_wanted.emit())

    def _lettered(self, there: Roll, place: int) -> str:
        words = titled(self.bench, there[self.names[place]])
        return verbatim(self.bench.say("compare_view.side", letter=letter(place), name=words))

    def _list(self, there: Roll, reference: str, seen: str) -> None:
        """Fill the menu of many sides: each may be the reference, be looked at, or be taken away."""
        say = self.bench.say
        self.each.clear()
        if len(self.names) <= MOST:
            return
        for place, name in enumerate(self.names):
            menu = self.each.addMenu(self._lettered(there, place))
            for words, on, do in (
                ("as_reference", name == reference, partial(self._refer, name)),
                ("look", name == seen, partial(self._look, name)),
            ):
                action = menu.addAction(say(f"compare_view.{words}"))
                action.setCheckable(True)
                action.setChecked(on)
                action.setEnabled(words != "look" or name != reference)
                action.triggered.connect(do)
            menu.addSeparator()
            action = menu.addAction(say("compare_view.drop"))
            action.triggered.connect(partial(self._drop, place))

    def _fill_many(self, side: SideButton, there: Roll, do: Callable[[str, bool], None]) -> None:
        """Offer the sides that stand there, to be the reference or to be laid over it."""
        side.menu_.clear()
        for place, name in enumerate(self.names):
            action = side.menu_.addAction(self._lettered(there, place))
            action.setCheckable(True)
            action.setChecked(place == side.place)
            action.triggered.connect(partial(do, name))

    def _fill(self, side: SideButton, there: Roll, reference: str) -> None:
        say, place = self.bench.say, side.place
        side.menu_.clear()
        for name, one in there.items():
            action = side.menu_.addAction(verbatim(titled(self.bench, one)))
            action.setCheckable(True)
            action.setChecked(name == self.names[place])
            action.triggered.connect(partial(self._choose, place, name))
        side.menu_.addSeparator()
        action = side.menu_.addAction(say("compare_view.as_reference"))
        action.setCheckable(True)
        action.setChecked(self.names[place] == reference)
        action.triggered.connect(partial(self._refer, self.names[place]))
        if len(self.names) > 2:
            action = side.menu_.addAction(say("compare_view.drop"))
            action.triggered.connect(partial(self._drop, place))

    def _choose(self, place: int, name: str, _checked: bool = False) -> None:
        self.chosen.emit(place, name)

    def _add(self, name: str, _checked: bool = False) -> None:
        self.added.emit(name)

    def _refer(self, name: str, _checked: bool = False) -> None:
        self.referred.emit(name)

    def _look(self, name: str, _checked: bool = False) -> None:
        self.looked.emit(name)

    def _drop(self, place: int, _checked: bool = False) -> None:
        self.dropped.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave words out where there is no room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show words beside icons where there is room for them."""
        say, style = self.bench.say, Qt.ToolButtonStyle
        shown = [side for side in self.sides if not side.isHidden()]
        wanted = sum(side.sizeHint().width() + 8 for side in shown)
        wanted += 0 if self.all.isHidden() else self.all.sizeHint().width() + 8
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
