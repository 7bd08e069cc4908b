"""Walking the window by keys: F6 from area to area, Tab through all of them in the order of reading.

The areas are the tool bar, the banner, the tree, the changes, the parts of the view, the right dock.
Each remembers where the focus was in it. Escape goes back to the board or table of the view.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary, ref

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QToolButton, QWidget

if TYPE_CHECKING:
    from ui.window.main_window import MainWindow

PARTS: Final = (
    *("kinds", "family_list", "bar", "provisional", "lost", "no_plan", "no_staff"),
    *(
        "view",
        "lanes",
        "grid",
        "table",
        "list",
        "empty",
        "foot",
        "strip",
        "why",
        "pane",
        "form",
        "tray",
    ),
)
"""Names under which views keep their parts, in the order of walking."""
_REASON, _BACK = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason


class Focus(QObject):
    """The walker of one main window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window = window
        self._last: WeakKeyDictionary[QWidget, ref[QWidget]] = WeakKeyDictionary()
        for tool in window.around.bar.findChildren(QToolButton):
            inside = isinstance(tool.parent(), QLineEdit)  # its field has the keys
            if not tool.objectName().startswith("qt_") and not inside:
                tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        window.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)

    def areas(self) -> list[QWidget]:
        """Give the areas that are to be seen and can take the focus, in the order of walking."""
        window = self.window
        inner = self._inner() or [window.current_page()]
        around = window.around
        every = (around.bar, around.banner, *around.left_parts, *inner, around.right_dock)
        return [area for area in every if next(stops(area), None) is not None]

    def _inner(self) -> list[QWidget]:
        """Give the parts of the view."""
        page = self.window.current_page()
        parts = [page.findChild(QWidget, "indicators"), *(getattr(page, n, None) for n in PARTS)]
        return list(dict.fromkeys(part for part in parts if isinstance(part, QWidget)))

    def step(self, by: int) -> None:
        """Go to the next area (1) or to the one before (-1)."""
        areas = self.areas()
        if not areas:
            return
        here = self._area_of(QApplication.focusWidget(), areas)
        place = areas.index(here) + by if here is not None else 0
        self.enter(areas[place % len(areas)])

    def enter(self, area: QWidget) -> None:
        """Put the focus into an area: where it was last, else on its list, else on its first stop."""
        known = self._last.get(area)
        last = known() if known is not None else None
        there = list(stops(area))
        lists = [stop for stop in there if isinstance(stop, QAbstractItemView)]
        (last if last is not None and last in there else (lists or there)[0]).setFocus(_REASON)

    def ring(self, now: QWidget | None = None) -> list[QWidget]:
        """Give all that Tab goes through, as it is read; `now` stays in it, hidden or disabled."""
        window = self.window
        around = window.around
        before = (around.bar, around.banner, *around.left_parts, *self._inner())
        found: dict[QWidget, None] = {}
        for area in (*before, window.current_page(), around.right_dock):
            found.update(dict.fromkeys(self._as_read(stops(area, now))))
        return list(found)

    def tab(self, by: int) -> bool:
        """Go to the next stop (1) or to the one before (-1), whatever was made or hidden since."""
        now = self.window.focusWidget()
        ring = self.ring(now)
        there = [stop for stop in ring if stop is not now]
        if not there:
            return False
        place = ring.index(now) + by if now in ring else min(by, 0)
        ring[place % len(ring)].setFocus(_REASON if by > 0 else _BACK)
        return True

    def _as_read(self, widgets: Iterable[QWidget]) -> Iterator[QWidget]:
        """Give widgets line by line: what begins above the middle of another stands in its line."""
        line: list[tuple[int, QWidget]] = []
        middle = 0
        placed = [(widget.mapTo(self.window, QPoint(0, 0)), widget) for widget in widgets]
        for corner, widget in sorted(placed, key=lambda each: (each[0].y(), each[0].x())):
            if line and corner.y() >= middle:
                yield from (each for _, each in sorted(line, key=lambda each: each[0]))
                line = []
            half = corner.y() + widget.height() // 2
            middle = min(middle, half) if line else half
            line.append((corner.x(), widget))
        yield from (each for _, each in sorted(line, key=lambda each: each[0]))

    def _area_of(self, widget: QWidget | None, areas: list[QWidget]) -> QWidget | None:
        while widget is not None and widget not in areas:
            widget = widget.parentWidget()
        return widget

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Remember where the focus is in its area."""
        if now is None or now.window() is not self.window:
            return
        area = self._area_of(now, self.areas())
        if area is not None:
            self._last[area] = ref(now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Go back to the view on an Escape that nobody else had a use for."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.window.current_page().setFocus(_REASON)
                return True
        return super().eventFilter(watched, event)


def stops(area: QWidget, now: QWidget | None = None) -> Iterator[QWidget]:
    """Give what takes the focus in an area, and what has it now."""
    for widget in (area, *area.findChildren(QWidget)):
        if widget is now or (widget.isVisible() and widget.isEnabled() and _takes(widget)):
            yield widget


def _takes(widget: QWidget) -> bool:
    inner = widget.objectName().startswith("qt_") or widget.focusProxy() is not None
    return not inner and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
