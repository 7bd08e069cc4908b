"""The breaches of what is seen: hard ones first, each with its sentence; a click goes there, links help."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from planner.edits import Waive
from planner.score import Judged
from planner.sentences import title
from ui.window.actions import Actions
from ui.window.dialogs.ask import ask_reason
from ui.window.panels.breach_cards import BreachList, Card, Links
from ui.window.panels.breach_model import BreachModel
from ui.window.panels.mending import Mended, Mender
from ui.window.panels.offering import offer
from ui.window.panels.parts import Empty
from ui.window.panels.pins_line import PinsLine
from ui.window.workbench import Workbench


class BreachPanel(QWidget):
    """The list of breaches."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self._gone: tuple[int, int] | None = None
        self.model = BreachModel(bench, self)
        self.view = BreachList()
        self.view.setObjectName("breaches")
        self.view.setProperty("look", "side")
        self.view.setModel(self.model)
        self.view.setItemDelegate(Card(self.model, self.view))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.links = Links(bench, self.model, self.view)
        self.mender = Mender(bench, self._mended)
        self.empty = Empty(bench, "breach.none", "breach.see_rules", actions["view_rules"].trigger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.pins = PinsLine(bench, actions, "hard")
        self.pins.setContentsMargins(12, 8, 12, 0)
        column.addWidget(self.pins)
        column.addWidget(self.view)
        column.addWidget(self.empty)
        self._connect(actions)
        walk = (None, actions["next_breach"], actions["previous_breach"])
        offer(self.view, lambda: (*self.links.buttons.values(), *walk))

    def _connect(self, actions: Actions) -> None:
        bench = self.bench
        self.view.pressed.connect(self._go)
        self.view.activated.connect(self._go)
        self.view.selectionModel().currentChanged.connect(self._current)
        self.links.fix.connect(self.fix)
        self.links.why.connect(self.why)
        self.links.keep.connect(self.keep)
        bench.settled.connect(self.refresh)
        bench.language_changed.connect(self.refresh)
        bench.theme_changed.connect(self.view.viewport().update)
        actions.on("next_breach", lambda: self.step(1))
        actions.on("previous_breach", lambda: self.step(-1))

    @property
    def count(self) -> int:
        """How many breaches there are."""
        return self.model.count

    def refresh(self) -> None:
        """Read the breaches again; the one that was current stays so where it is still there."""
        self.model.refresh()
        self.pins.say_missed()
        self._gone = None
        self.view.setAccessibleName(self.bench.say("right.breaches"))
        self.view.setVisible(self.count > 0)
        self.empty.setVisible(self.count == 0 and not self.model.waits)
        if self.count:
            self.view.setCurrentIndex(self.model.index(self.model.row))
            self.links.order()
        self.links.renew()

    # --- going ------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next breach, or the one before; a card of many is walked through."""
        rows = len(self.model.found)
        if not rows:
            return
        row, place = self.model.row, self.model.place
        if self._gone is not None:
            place += by
            if not 0 <= place < len(self.model.found[row].judged):
                row = (row + by) % rows
                place = 0 if by > 0 else len(self.model.found[row].judged) - 1
        self._show(row, place)

    def _go(self, index: QModelIndex) -> None:
        """Show what a card is about; again, the next one of its breaches."""
        row, place = index.row(), self.model.place
        if self._gone is not None and self._gone[0] == row:
            place = (place + 1) % len(self.model.found[row].judged)
        self._show(row, place)

    def _current(self, index: QModelIndex) -> None:
        """Offer the links on the card that became current."""
        if index.isValid() and index.row() != self.model.row:
            self._make_current(index.row(), 0)

    def _make_current(self, row: int, place: int) -> None:
        self.model.make_current(row, place)
        self.view.setCurrentIndex(self.model.index(row))
        self.view.doItemsLayout()
        self.view.scrollTo(self.model.index(row))
        self.links.renew()
        self.links.order()

    def _show(self, row: int, place: int) -> None:
        self._make_current(row, place)
        self._gone = row, place
        judged = self.model.current
        if judged is not None:
            show_breach(self.bench, judged)

    # --- doing ------------------------------------------------------------------------------------

    def fix(self) -> None:
        """Look for a step that mends the current breach; where it leads is shown."""
        judged, document = self.model.current, self.bench.document
        if judged is None or document is None or self.mender.busy:
            return
        if document.read_only or document.provisional is not None:
            what = "read_only" if document.read_only else "mend.provisional"
            self.bench.told.emit(self.bench.say(what, file=document.title), True)
            return
        show_breach(self.bench, judged)
        self.bench.told.emit(self.bench.say("mend.looking"), False)
        self.mender.look(document, judged)

    def _mended(self, judged: Judged, found: Mended | None) -> None:
        """Do the step that was found and say what it did; without one the hand is at the place."""
        if found is None:
            self.bench.told.emit(self.bench.say("mend.nothing"), True)
            return
        if self.bench.do(found.edit):
            self.bench.selection.go(found.kind, found.id, day=found.day)
            rule = title(judged.rule, self.bench.lang)
            after = self.bench.say("mend.gone" if found.gone else "mend.less", rule=rule)
            self.bench.told.emit(f"{found.words}. {after}", False)

    def why(self) -> None:
        """Open the rule of the current breach: its sentence, its source, its examples."""
        judged = self.model.current
        if judged is not None:
            self.bench.asked_for_view.emit("rules")
            self.bench.selection.go("rule", judged.rule.id)

    def keep(self) -> None:
        """Accept the current breach, with a written reason."""
        from ui.window.boards.waiving import waiver

        judged, document = self.model.current, self.bench.document
        if judged is None or document is None or not judged.rule.hard:
            return
        reason = ask_reason(self.bench, [self.model.sentence(judged)], self.window())
        if reason:
            edit = Waive(scenario=document.name, waiver=waiver(judged, reason))
            self.bench.do(edit, reason=reason)


def show_breach(bench: Workbench, judged: Judged) -> None:
    """Show the case, session or person of a breach on its day, on the board of its part."""
    document = bench.document
    if document is None:
        return
    about, problem = judged.breach.about, document.problem
    part = judged.rule.part
    bench.asked_for_view.emit("roster" if part == "roster" else "theatre")
    kinds = ("staff", "cover") if part == "roster" else ("case", "session", "surgeon", "theatre")
    for kind in kinds:
        ids = {getattr(record, "id", "") for record in problem.records(kind)}
        named = [subject for subject in about.subjects if subject in ids]
        if named:
            first = max(about.first, 0)
            bench.selection.go(kind, *named, day=first, last=max(about.last, first))
            return
    bench.selection.go("day", str(about.first), day=max(about.first, 0))
