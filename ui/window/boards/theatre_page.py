"""The view of theatres: indicators, the board bar, the board, the legend, the tray."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from planner.boards.compare import changed_days
from planner.boards.theatre import theatre_days
from ui.window.actions import Actions
from ui.window.boards.theatre_bar import TheatreBar
from ui.window.boards.theatre_best import BestPlace
from ui.window.boards.theatre_colours import Colours, read_colours
from ui.window.boards.theatre_dates import date_words, fill_days
from ui.window.boards.theatre_day import OnTheDay
from ui.window.boards.theatre_drag import Drag
from ui.window.boards.theatre_empty import TheatreEmpty
from ui.window.boards.theatre_hand import Hand
from ui.window.boards.theatre_lanes import LanePanel
from ui.window.boards.theatre_layout import HEIGHTS, Density
from ui.window.boards.theatre_legend_place import LegendPlace
from ui.window.boards.theatre_model import TheatreModel
from ui.window.boards.theatre_moves import Verdict, may_edit, place, take_out
from ui.window.boards.theatre_picking import Picking
from ui.window.boards.theatre_pins import TheatrePins
from ui.window.boards.theatre_scene import Scene, scene
from ui.window.boards.theatre_span import SPANS, Span, other, read_span, span_days, span_step
from ui.window.boards.theatre_stale import Outdated
from ui.window.boards.theatre_tray import TheatreTray
from ui.window.boards.theatre_view import TheatreView
from ui.window.panels.indicators import IndicatorStrip
from ui.window.panels.parts import label
from ui.window.panels.solve_live import LiveBar
from ui.window.workbench import Workbench

_LOW = 740


class TheatrePage(QWidget):
    """The view of theatres."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.day = 0
        self.span = read_span(bench.settings.value("theatre/span", ""))
        self.colours = read_colours(bench.settings.value("theatre/colours", ""))
        self.differences = False
        self._looked_for = ""
        self.all_days: tuple[int, ...] = ()
        self._dirty = self._low = False
        self.outdated = Outdated()
        self._build()
        self._listen()
        self._act()
        self.new_document()

    # --- building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        bench = self.bench
        self.strip = IndicatorStrip(bench, "theatre")
        self.bar = TheatreBar(bench, self.actions_)
        self.provisional = LiveBar(bench)
        self.lost: QLabel = label("soft", wrap=True)
        self.lost.setContentsMargins(12, 4, 12, 4)
        self.model = TheatreModel(bench)
        self.model.setParent(self)
        self.view = TheatreView(bench, self.model)
        density = bench.settings.value("theatre/density", "normal")
        self.view.thrifty = True
        self.view.density = density if density in HEIGHTS else "normal"
        self.lanes = LanePanel(bench, self.view)
        self.tray = TheatreTray(bench)
        self.drag = Drag(self.view, self._over_tray)
        self.hand = Hand(self.view, self.drag)
        self.best = BestPlace(bench, self._found)
        self.on_the_day = OnTheDay(bench, self)
        self.picking = Picking(self)
        self.pins = TheatrePins(self)
        self.empty = TheatreEmpty(self)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in (self.strip, self.bar, self.provisional, self.lost):
            column.addWidget(each)
        column.addWidget(self.view, 1)
        column.addWidget(self.lanes)
        column.addWidget(self.tray)
        self.legends = LegendPlace(self)
        self.legend = self.legends.legend
        self.legend.colours = self.colours
        self.setFocusProxy(self.view)

    def _listen(self) -> None:
        bench = self.bench
        bench.changed.connect(self.refresh)
        bench.document_changed.connect(self.new_document)
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.retint)
        self.tray.list.pulled.connect(self._pulled)
        self.tray.wanted.connect(self.place_best)
        self.tray.opening.connect(self.toggle_tray)
        self.lanes.folding.connect(self.lanes.toggle)
        self.lanes.folded.connect(self._check)
        self.tray.unfiltered.connect(self.bar.clear)
        self.bar.stepped.connect(self.step)
        self.bar.spanned.connect(self.show_span)
        self.view.turned.connect(self.turn)
        self.bar.filtered.connect(self.refresh)
        self.bar.coloured.connect(self.show_colours)
        self.bar.dense.connect(self.set_density)
        self.bar.dates_menu.aboutToShow.connect(self.offer_days)
        self.view.times.chosen.connect(self.open_day)

    def _act(self) -> None:
        """Take the actions that all boards share, while this one is in view."""
        self._on("zoom_in", lambda: self.view.zoom_by(1.25))
        self._on("zoom_out", lambda: self.view.zoom_by(0.8))
        self._on("legend", self.toggle_legend)
        self._on("tray", self.toggle_tray)
        self._on("lanes", self.lanes.toggle)
        self._on("differences", self.toggle_differences)
        self._on("density", self.next_density)
        for span in SPANS:
            self._on(f"span_{span}", partial(self.show_span, span))
        self._on("pin", self.pins.pin)
        self._on("pin_day", self.pins.pin_day)
        self._on("repair", lambda: self.on_the_day.happened(self.day))

    def _on(self, id: str, do: Callable[[], object]) -> None:
        self.actions_.on(id, lambda: do() if self.isVisible() else None)

    # --- what is shown ------------------------------------------------------------------------------

    def new_document(self) -> None:
        """Begin at the first day that has a case."""
        self.drag.cancel()
        document = self.bench.document
        self.bar.only = frozenset()
        if document is not None:
            placed = document.outcome().theatre.all_placed()
            self.day = min((each.session.day for each in placed), default=0)
        self.bar.fill()
        self.retint()
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is now; later, where the board is out of sight."""
        if not self.isVisible():
            self._dirty = True
            return
        self._dirty = False
        self.drag.cancel()
        self.best.stop()
        document = self.bench.document
        self.picking.quiet = True
        if document is None:
            self.show_scene(Scene())
        else:
            parent = document.scenario.parent is not None
            self.actions_["differences"].setEnabled(parent)
            only, ghosts = self.bar.only, self.differences and parent
            haunted = changed_days(document.beside_parent()) if ghosts else ()
            self.all_days = tuple(sorted({*theatre_days(document.outcome()), *haunted}))
            waits = document.outcome().waits  # then the board is made again in a moment
            outdated = frozenset[str]() if waits else self.outdated.of(document)
            self.show_scene(
                scene(
                    document,
                    self.days(),
                    differences=ghosts,
                    only=only,
                    outdated=outdated,
                    coarse=self.span == "month",
                    colours=self.colours,
                )
            )
        self.picking.quiet = False
        self.picking.show()

    def show_scene(self, shown: Scene) -> None:
        """Show a scene on board and tray."""
        self.view.lanes = any(item.kind == "ghost" and item.over for item in shown.items)
        if shown.board.tones != self.model.scene.board.tones:
            self.retint()  # another study, or other specialties
        self.model.show(shown)
        self.tray.show_scene(shown)
        self.lanes.show_scene(shown)
        self._say()

    def days(self) -> tuple[int, ...]:
        """Give the days to be shown: one that has anything, or those of its week or four weeks."""
        document = self.bench.document
        assert document is not None
        if self.all_days and self.day not in self.all_days and self.span == "day":
            self.day = next((day for day in self.all_days if day > self.day), self.all_days[-1])
        return span_days(document.problem.horizon, self.span, self.day, self.all_days)

    def step(self, by: int) -> None:
        """Go to the next or previous day, week or four weeks that have anything."""
        document = self.bench.document
        if document is not None:
            horizon = document.problem.horizon
            self.day = span_step(horizon, self.span, self.day, self.all_days, by)
            self.refresh()

    def open_day(self, day: int) -> None:
        """Show one day."""
        self.day = day
        self.show_span("day")

    def offer_days(self) -> None:
        """Fill the menu of days."""
        fill_days(self.bar.dates_menu, self.bench, self.all_days, self.day, self.open_day)

    def show_span(self, span: Span) -> None:
        """Show a day, a week or four weeks."""
        self.span = span
        self.view.zoom = 1.0
        self.bench.settings.keep("theatre/span", span)
        self.refresh()
        self._check()

    def turn(self, by: int, day: int) -> None:
        """Show time finer (1) or coarser (-1), round a day."""
        span = other(self.span, by)
        if span != self.span:
            self.day = day
            self.show_span(span)

    def show_colours(self, colours: Colours) -> None:
        """Have colours mean something else."""
        self.colours = self.legend.colours = colours
        self.bench.settings.keep("theatre/colours", colours)
        self.legend.renew()
        self.refresh()

    def set_density(self, density: Density) -> None:
        """Make rows compact, normal or roomy."""
        self.view.density, self.view.taller = density, 1.0
        self.bench.settings.keep("theatre/density", density)
        self.view.arrange()
        self.word()

    def next_density(self) -> None:
        """Go from one height of rows to the next."""
        names = list(HEIGHTS)
        after = (names.index(self.view.density) + 1) % len(names)
        self.set_density(names[after])  # type: ignore[arg-type]  # a key of HEIGHTS

    def toggle_legend(self) -> None:
        """Show the legend, or hide it."""
        self.legends.toggle()
        self._check()

    def toggle_tray(self) -> None:
        """Open the tray, or leave its header alone."""
        self.tray.open(not self.tray.opened)
        self._check()

    def open_tray(self) -> None:
        """Open the tray."""
        if not self.tray.opened:
            self.toggle_tray()

    def toggle_differences(self) -> None:
        """Show where the parent's plan has what is elsewhere here, or no more."""
        self.differences = not self.differences
        self.refresh()
        self._check()

    def _check(self) -> None:
        self.actions_["legend"].setChecked(self.legends.wanted)
        self.actions_["tray"].setChecked(self.tray.opened)
        self.actions_["lanes"].setChecked(self.lanes.wanted)
        for span in SPANS:
            self.actions_[f"span_{span}"].setChecked(span == self.span)
        self.actions_["differences"].setChecked(self.differences)
        document = self.bench.document
        parent = document is not None and document.scenario.parent is not None
        self.actions_["differences"].setEnabled(parent)

    # --- words and colours --------------------------------------------------------------------------

    def word(self) -> None:
        """Take the words of the language."""
        self._say()
        self.view.refresh()

    def _say(self) -> None:
        say = self.bench.say
        self.view.setAccessibleName(say("theatre.board"))
        lost = len(self.model.scene.board.lost)
        self.lost.setText(say("theatre.lost", n=lost) if lost else "")
        self.lost.setVisible(bool(lost))
        self.bar.show_state(self.date(), span=self.span, density=self.view.density,
                            colours=self.colours)  # fmt: skip
        self.empty.renew()

    def date(self) -> tuple[str, str]:
        """Say which days are shown, in full words and in short ones."""
        document = self.bench.document
        return ("", "") if document is None else date_words(self.bench, self.days(), self.span)

    def retint(self) -> None:
        """Take the colours of the theme."""
        self.view.painter_.retint()
        self.view.refresh()

    # --- doing --------------------------------------------------------------------------------------

    def place_best(self, case: str) -> None:
        """Look for the best place of a waiting case, from the day shown on."""
        document = self.bench.document
        if may_edit(document) and not self.best.busy:
            self.bench.told.emit(self.bench.say("theatre.looking", case=case), False)
            self._looked_for = case
            self.best.look(case, self.day)

    def _found(self, found: Verdict | None) -> None:
        document = self.bench.document
        if document is None:
            return
        if found is None:
            words = self.bench.say("theatre.nowhere", case=self._looked_for)
            self.bench.told.emit(words, True)
        elif self.bench.do(place(document, found.placement)):
            self.bench.selection.go("case", str(found.placement.case))
            self.drag.tell_new_place(found)

    def _over_tray(self, at: QPoint) -> bool:
        return self.tray.rect().contains(self.tray.mapFromGlobal(at))

    def _pulled(self, case: str, at: QPointF) -> None:
        """Carry a card of the tray to the board."""
        if self.drag.take(case):
            viewport = self.view.viewport()
            viewport.grabMouse()
            self.view.setFocus()
            point = at.toPoint()
            self.drag.over(viewport.mapFromGlobal(point), point)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what may be done with the selection."""
        now = self.bench.selection.now
        if now.kind not in ("case", "session"):
            return
        menu = QMenu(self)
        self.pins.offer(menu)
        document = self.bench.document
        if now.kind == "case" and document is not None and may_edit(document):
            if take_out(document, now.ids) is not None:
                menu.addAction(self.bench.say("theatre.take_out"), self.hand.take_out)
            else:  # it waits already
                menu.addAction(self.bench.say("theatre.tray.best"), lambda: self.place_best(now.id))
        self.on_the_day.offer(menu, self.day)
        menu.addAction(
            self.bench.say("theatre.to_facts"), lambda: self.bench.asked_for_view.emit("facts")
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    # --- Qt's ---------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what happened out of sight."""
        super().showEvent(event)
        if self._dirty:
            self.refresh()
        self.legends.settle()
        self._check()
        self.picking.show()
        if self.picking.wanted:
            self.picking.go()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Take a docked legend along."""
        super().hideEvent(event)
        self.legends.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the tray its header alone in a low window; in a wide one dock the legend."""
        super().resizeEvent(event)
        low = self.window().height() < _LOW
        if low != self._low:
            self._low = low
            self.tray.open(not low)
        self.legends.settle()
        if self.isVisible():
            self._check()
        self.empty.place()
