"""Good places for a waiting patient: each with its price; one is taken by a click."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from planner.day_words import placement_of
from ui.window.asking import Asker
from ui.window.boards.theatre_moves import may_edit, place
from ui.window.dialogs.growing import GrowingDialog
from ui.window.panels.parts import button, label, plain_tip, verbatim
from ui.window.workbench import Workbench

MANY = 3


class SlotsDialog(GrowingDialog):
    """Asks the worker for places as it opens."""

    def __init__(self, bench: Workbench, case: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.case = bench, case
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(bench.say("slots.title", case=case))
        self.setMinimumWidth(480)
        self.slots: list[Mapping[str, Any]] = []
        self.buttons: list[QPushButton] = []
        self.places = QVBoxLayout()
        self.told = label("second", bench.say("slots.looking", case=case), wrap=True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.told)
        column.addLayout(self.places)
        column.addWidget(buttons)
        self.asker = Asker(bench, self, self.show_places, self.told.setText)
        self.asker.ask("slots", case=case, many=MANY)

    def show_places(self, answer: Mapping[str, Any]) -> None:
        """Show what was found: a button a place, and what it costs; or why there is none."""
        self.slots = list(answer["slots"])
        self.told.setText(str(answer["sentence"]) or self.bench.say("slots.choose", case=self.case))
        for number, slot in enumerate(self.slots):
            take = button("", partial(self.take, number), verbatim(str(slot["short"])))
            self.buttons.append(take)
            items = "\n".join(str(item["sentence"]) for item in slot["items"])
            price = label("second", str(slot["price"]))
            price.setToolTip(plain_tip(items))
            take.setToolTip(plain_tip(str(slot["sentence"])))
            take.setAccessibleDescription(f"{slot['price']} {items}")
            self.places.addWidget(take)
            self.places.addWidget(price)
        if self.buttons:
            self.buttons[0].setFocus()

    def take(self, number: int) -> None:
        """Place the case there, as an edit."""
        document, slot = self.bench.document, self.slots[number]
        found = placement_of(self.case, slot)
        if document is None or found is None or not may_edit(document):
            return
        if self.bench.do(place(document, found)):
            self.bench.selection.go("case", self.case)
            self.accept()
