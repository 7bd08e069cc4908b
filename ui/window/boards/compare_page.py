"""Scenarios of any files side by side: indicators with reasons at the left, boards at the right."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from data.entrants import behind_all
from planner.published import published_side
from ui.window.actions import Actions
from ui.window.boards.compare_bar import CompareBar
from ui.window.boards.compare_boards import ComparePane
from ui.window.boards.compare_choice import Choice
from ui.window.boards.compare_guests import Guests
from ui.window.boards.compare_model import KpiModel
from ui.window.boards.compare_scene import as_seen
from ui.window.boards.compare_sides import Compared, Roll, roll, stands, state_of, working
from ui.window.boards.compare_table import HiddenLine, KpiTable
from ui.window.boards.compare_why import WhyPanel
from ui.window.boards.compare_words import day_of, most_different, rows_shown, up_to_date
from ui.window.breathing import Breathing
from ui.window.dialogs.queue import queue_up
from ui.window.document import Document
from ui.window.panels.offering import offer
from ui.window.panels.parts import Empty
from ui.window.workbench import Shown, Workbench

LEFT, WIDEST = 492, 900
"""Width of the left half, and with many columns at most."""


class ComparePage(QWidget):
    """The comparison; worked out when it is seen, and again only when something has changed."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.choice = Choice()
        self.guests = Guests(bench, self)
        self.differences = True
        self.compared: Compared | None = None
        self._state: tuple[object, ...] = ()
        self._explaining = True
        self.work = Breathing(self)
        self.work.broke.connect(self._forget)
        self._build()
        self._listen()

    # --- building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        bench = self.bench
        self.bar = CompareBar(bench, self.actions_)
        self.model = KpiModel(bench, self)
        self.table = KpiTable(bench, self.model)
        self.why = WhyPanel(bench)
        self.left = QSplitter(Qt.Orientation.Vertical)
        self.left.setChildrenCollapsible(False)
        self.left.setHandleWidth(1)  # Qt takes hold of it two pixels to either side
        self.left.addWidget(self._figures())
        self.left.addWidget(self.why)
        self.left.setSizes([300, 320])
        self.left.setMinimumWidth(LEFT)
        self.left.setMaximumWidth(LEFT)
        self.pane = ComparePane(bench)
        line = QFrame()
        line.setProperty("look", "line")
        line.setFixedWidth(1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left, 4)
        row.addWidget(line)
        row.addWidget(self.pane, 5)
        self.empty = Empty(
            bench, "compare_view.one", "action.branch", self.actions_["branch"].trigger
        )
        self.waiting = Empty(bench, "compare_view.working")
        self.body = body
        self.stack = QStackedWidget()
        for page in (body, self.empty, self.waiting):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.table)

    def _figures(self) -> QWidget:
        """Give the table with a line that counts the indicators without difference."""
        whole = QWidget()
        self.foot = HiddenLine(lambda: self.show_differences(False))
        self.hidden_, self.show_ = self.foot.hidden_, self.foot.show_
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)
        return whole

    def _listen(self) -> None:
        bench = self.bench
        bench.document_changed.connect(self.new_document)
        bench.changed.connect(self.refresh)
        bench.language_changed.connect(self.renew)
        bench.theme_changed.connect(self.retint)
        bench.selection.changed.connect(self.show_selection)
        bench.selection.wanted.connect(self.go)
        self.bar.chosen.connect(self.choose)
        self.bar.added.connect(self.add)
        self.bar.dropped.connect(self.drop)
        self.bar.swapped.connect(self.swap)
        self.bar.referred.connect(self.refer)
        self.bar.looked.connect(self.look)
        self.bar.file_wanted.connect(self.guests.ask)
        self.guests.came.connect(lambda names: self.add(*names))
        self.table.header_.chosen.connect(self.refer)
        self.table.picked.connect(self._explain)
        self.table.looked.connect(self.look)
        told = [self.actions_[id] for id in ("differences", "compare_parent", "compare_published")]
        offer(self.table, lambda: (*told, None, self.bar.swap, self.actions_["report"]))
        self.why.solve.connect(self.solve)
        self.pane.picked.connect(self._picked)
        self.pane.all_wanted.connect(lambda: self.show_differences(False))
        self._on("differences", lambda: self.show_differences(not self.differences))
        self._on("zoom_in", lambda: self._zoom(1.25))
        self._on("zoom_out", lambda: self._zoom(0.8))
        self.actions_.on("compare_parent", self.follow)
        bench.compared = self.shown

    def _on(self, id: str, do: Callable[[], object]) -> None:
        self.actions_.on(id, lambda: do() if self.isVisible() else None)

    # --- sides --------------------------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """The sides, by the names that they are compared under."""
        return self.choice.names

    @property
    def reference(self) -> str:
        """The side that the others are compared with."""
        return self.choice.reference

    def new_document(self) -> None:
        """Forget the sides of the document before."""
        self.choice.clear()
        self.guests.clear()
        self._state, self.compared = (), None
        self.work.drop()
        self.why.clear()
        self.model.take(None, ())

    def follow(self) -> None:
        """Set the open scenario beside its parent again."""
        self.choice.chosen = False
        self.refresh()

    def follow_published(self) -> None:
        """Set the open scenario beside the published plan that holds for it."""
        document = self.bench.document
        if document is None:
            return
        if (side := published_side(document.study, document.name)) is None:
            told = {"scenario": self.bench.called(document.name)}
            self.bench.told.emit(self.bench.say("cli.compare.none_published", **told), True)
        else:
            self.choice.beside(side, document.name)
            self.refresh()

    def there(self) -> Roll:
        """Give all that may stand in the comparison."""
        document = self.bench.document
        assert document is not None
        return roll(document.study, document.name, self.guests.known)

    def choose(self, place: int, name: str) -> None:
        """Put a scenario on a side; one that stands elsewhere changes places with it."""
        self.choice.choose(place, name)
        self.refresh()

    def add(self, *names: str) -> None:
        """Put more scenarios beside the others."""
        self.choice.add(*names)
        self.refresh()

    def drop(self, place: int) -> None:
        """Take a scenario away."""
        self.choice.drop(place)
        self.refresh()

    def swap(self) -> None:
        """Let A and B change places; of many sides the reference and the one that is looked at."""
        if self.compared is not None and self.compared.many:
            self.choice.refer(self.choice.seen)
        else:
            self.choice.swap()
        self.refresh()

    def refer(self, name: str) -> None:
        """Compare with another side."""
        self.choice.refer(name)
        self.refresh()

    def look(self, name: str) -> None:
        """Lay another side of many over the reference."""
        document, compared = self.bench.document, self.compared
        if document is None or compared is None or name in (compared.reference.name, compared.seen):
            return
        self.choice.seen = name
        self.compared = replace(compared, seen=name)
        self.model.look(self.compared)
        self._show_bar()
        self._explain()
        self.pane.show_what(document.study, self.compared, differences=self.differences)
        self.show_selection()

    def _show_bar(self) -> None:
        choice = self.choice
        self.bar.show_sides(self.there(), choice.names, choice.reference, choice.seen)

    def solve(self, scenario: str) -> None:
        """Solve a side again: the open one as everywhere, another one beside it."""
        document = self.bench.document
        if document is not None and scenario == document.name:
            self.actions_["solve"].trigger()
        else:
            queue_up(self.bench, scenario, self)

    # --- working out --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Work the comparison out again, if it is seen and anything has changed."""
        document = self.bench.document
        if not self.isVisible() or document is None:
            return
        there = self.there()
        self.choice.follow(document.study, there, document.name)
        self.bench.guests = tuple(g for g in self.guests.known if g.name in self.names)
        self._show_bar()
        if len(self.names) < 2:
            self.stack.setCurrentWidget(self.empty)
            self.work.drop()
            self._forget()
            return
        known = stands(there, self.compared)
        self.stack.setCurrentWidget(self.body if known else self.waiting)
        wanted = state_of(there, self.names, self.reference)
        if wanted != self._state:
            self._state = wanted
            self.work.begin(self._working())

    def _working(self) -> Iterator[None]:
        """Work the comparison out and show it, step by step."""
        document = self.bench.document
        assert document is not None
        shown = False
        for found in working(document, self.there(), self.names, self.reference, self.compared):
            if found is not None:
                self.compared = self._searched(document, found)
                if shown:
                    self._explain()  # what plans lent say comes once the rest is seen
                else:
                    yield from self._showing()
                    shown = True
            yield
        document.keep_audits()
        self.guests.keep_audits(self.names)

    def _searched(self, document: Document, found: Compared) -> Compared:
        """Add how long the plans were searched, as far as journals tell, and which side is looked at."""
        known = behind_all(document.opened, self.guests.known)._asdict()
        comparison = replace(found.comparison, **known)
        return replace(found, comparison=comparison, seen=self.choice.seen)

    def settle(self) -> None:
        """Finish the work at once; for who cannot wait."""
        self.work.finish()

    def shown(self) -> Shown | None:
        """Give the comparison as it is seen; None while it is not, or is being worked out again."""
        if not self.isVisible() or self.stack.currentWidget() is not self.body:
            return None
        self.settle()
        return None if self.compared is None else as_seen(self.bench, self.compared)

    def _forget(self) -> None:
        """Have the comparison worked out again with what comes next."""
        self._state = ()

    # --- showing ------------------------------------------------------------------------------------

    def renew(self) -> None:
        """Show the comparison in the language of the window."""
        document = self.bench.document
        if document is None or not self.isVisible():
            return
        self._show_bar()
        for _ in self._showing():  # while another one is worked out, the one before stands in words
            pass

    def _showing(self) -> Iterator[None]:
        """Show the comparison, part by part."""
        document, compared = self.bench.document, self.compared
        if document is None or compared is None or len(self.names) < 2:
            return
        if not stands(self.there(), compared):
            return
        self.stack.setCurrentWidget(self.body)
        self.left.setMaximumWidth(WIDEST if compared.many else LEFT)
        before = self.table.chosen()
        self._explaining = False
        rows = rows_shown(compared, differences=self.differences)
        self.model.take(compared, rows)
        names = [row.name for row in rows]
        known = before is not None and before.name in names
        self.table.choose(
            names.index(before.name)
            if known and before is not None
            else most_different(compared, rows)
        )
        self._explaining = True
        hidden = len(compared.comparison.kpis) - len(rows)
        self.foot.setVisible(hidden > 0)
        self.hidden_.setText(self.bench.say("compare_view.indicators", n=hidden))
        self.show_.setText(self.bench.say("compare_view.show"))
        self.table.setAccessibleName(self.bench.say("compare_view.table"))
        self.why.setAccessibleName(self.bench.say("compare_view.explained"))
        yield
        self._explain()
        yield
        self.pane.show_what(document.study, compared, differences=self.differences)
        self.bench.told.emit(up_to_date(self.bench, compared), False)
        self.show_selection()

    def _explain(self) -> None:
        document = self.bench.document
        if document is not None and self.compared is not None and self._explaining:
            self.why.may_solve = not document.read_only
            self.why.show_row(self.compared, document.study, self.table.chosen())

    def show_differences(self, only: bool) -> None:
        """Show only what differs, or everything."""
        self.differences = only
        self._check()
        self.renew()

    def _check(self) -> None:
        self.actions_["differences"].setChecked(self.differences)
        self.actions_["differences"].setEnabled(True)

    def _zoom(self, factor: float) -> None:
        if self.pane.part == "theatre":
            self.pane.theatres.boards[0].view.zoom_by(factor)

    def retint(self) -> None:
        """Take the colours of the theme."""
        self.pane.retint()
        self.why.renew()
        self.table.viewport().update()
        self.table.header_.viewport().update()

    # --- selection ----------------------------------------------------------------------------------

    def _picked(self, kind: str, ids: list[str], day: int) -> None:
        if ids:
            self.bench.selection.pick(kind, *ids, day=day)
        elif self.bench.selection.now.kind in ("case", "session"):
            self.bench.selection.clear()

    def show_selection(self) -> None:
        """Show what is selected, wherever it was chosen."""
        if self.isVisible() and self.compared is not None:
            now = self.bench.selection.now
            self.pane.select(now.kind, now.ids, now.day, now.last)

    def go(self) -> None:
        """Bring the day of the selection into view."""
        now = self.bench.selection.now
        if not self.isVisible() or self.compared is None or not now.kind:
            return
        if now.kind in ("case", "session", "staff"):
            self.pane.show_part("roster" if now.kind == "staff" else "theatre")
        day = now.day if now.day is not None else day_of(self.compared, now.kind, now.id)
        if day is not None:
            self.pane.go(day)
        self.show_selection()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what happened out of sight."""
        super().showEvent(event)
        self._check()
        self.refresh()
        self.renew()
