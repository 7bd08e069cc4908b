"""The list of pins: what solving keeps, what of it the plan does not keep; go to one, or free it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.edits import EditRefusedError
from planner.pin_words import pin_words, place_words, tally
from planner.pinning import freed, missed, owner_of, put_back, strangers
from planner.study import Pin
from ui.window.boards.theatre_moves import may_edit
from ui.window.dialogs.growing import GrowingDialog
from ui.window.document import Document
from ui.window.panels.parts import label, plain_tip
from ui.window.workbench import Workbench

_PIN = Qt.ItemDataRole.UserRole
_BOARD = {"case": "theatre", "session": "theatre", "person": "roster", "day": "roster"}
_KIND = {"person": "staff"}


class PinsDialog(GrowingDialog):
    """Stands beside the window, and follows the scenario that is open."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(480, 360)
        self.lost: frozenset[Pin] = frozenset()
        self.gone: frozenset[Pin] = frozenset()
        self.told = label("second", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("pins")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.go, self.back, self.free = (buttons.addButton("", role) for _ in range(3))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for each in (self.told, self.list, buttons):
            column.addWidget(each)
        self.go.clicked.connect(lambda _checked=False: self.go_to())
        self.back.clicked.connect(lambda _checked=False: self.put_back())
        self.free.clicked.connect(lambda _checked=False: self.set_free())
        self.list.itemActivated.connect(lambda _item: self.go_to())
        self.list.itemSelectionChanged.connect(self._enable)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.set_free)
        for signal in (bench.changed, bench.language_changed, bench.theme_changed):
            signal.connect(self.refresh)
        bench.document_changed.connect(self.reject)
        self.refresh()

    # --- what is shown --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the pins in force, with the row that was current."""
        document, say = self.bench.document, self.bench.say
        self.setWindowTitle(say("pins.title"))
        self.list.setAccessibleName(say("pins.list"))
        self.go.setText(say("pins.go"))
        self.back.setText(say("pins.back"))
        self.back.setToolTip(say("pins.back.tip"))
        self.free.setText(say("pins.free"))
        row = self.list.currentRow()
        self.list.clear()
        pins = () if document is None else document.study.pins(document.name)
        if document is not None and pins:
            self.lost = frozenset(missed(document.study, document.name))
            self.gone = strangers(document.problem, pins)
            for pin in pins:
                self.list.addItem(self._item(document, pin))
            what = say("pins.keeps", what=tally(pins, self.bench.lang))
            self.told.setText(f"{what}.")
            self.list.setCurrentRow(min(max(row, 0), len(pins) - 1))
        else:
            self.told.setText(say("pins.none"))
        self._enable()

    def _item(self, document: Document, pin: Pin) -> QListWidgetItem:
        say, lang = self.bench.say, self.bench.lang
        words = pin_words(document.problem, pin, lang)
        owner = owner_of(document.study, document.name, pin)
        above = self.bench.called(owner)
        here = owner == document.name
        parts = [
            place_words(document.outcome().theatre, pin, lang),
            say("pins.here") if here else say("pins.inherited", scenario=above),
            say("pins.lost") if pin in self.lost else "",
            say("pins.gone") if pin in self.gone else "",
        ]
        told = f"{words[:1].upper()}{words[1:]}\n" + " · ".join(filter(None, parts))
        icon = self.bench.icon("pin", "own" if here else "ink2")
        item = QListWidgetItem(self.bench.icon("alert", "hard") if pin in self.lost else icon, told)
        item.setToolTip(plain_tip(told))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told.replace("\n", ", "))
        item.setData(_PIN, pin)
        return item

    @property
    def chosen(self) -> tuple[Pin, ...]:
        """The pins that are selected."""
        return tuple(item.data(_PIN) for item in self.list.selectedItems())

    def _enable(self) -> None:
        document, chosen = self.bench.document, self.chosen
        self.go.setEnabled(len(chosen) == 1 and chosen[0].kind in _BOARD)
        self.back.setEnabled(may_edit(document) and not self.lost.isdisjoint(chosen))
        self.free.setEnabled(bool(chosen) and document is not None and not document.read_only)

    # --- what is done ---------------------------------------------------------------------------

    def go_to(self) -> None:
        """Show on its board what is pinned."""
        if not self.go.isEnabled():
            return
        (pin,) = self.chosen
        self.bench.asked_for_view.emit(_BOARD[pin.kind])
        day = 0 if pin.first is None else pin.first
        kind = _KIND.get(pin.kind, pin.kind)
        self.bench.selection.go(kind, pin.id or str(day), day=day, last=pin.last)

    def put_back(self) -> None:
        """Have what is selected as whoever pinned it has it."""
        document = self.bench.document
        if document is None or not self.back.isEnabled():
            return
        edit = put_back(document.study, document.name, self.chosen)
        if edit is not None:
            self.bench.do(edit)

    def set_free(self) -> None:
        """Free what is selected; what a parent has pinned is freed there, which is said."""
        document, chosen = self.bench.document, self.chosen
        if document is None or document.read_only or not chosen:
            return
        try:
            edit = freed(document.study, document.name, chosen)
        except EditRefusedError as error:
            self.told.setText(self.bench.sentence(error))
            self.bench.told.emit(self.bench.sentence(error), True)
            return
        self.bench.do(edit)
