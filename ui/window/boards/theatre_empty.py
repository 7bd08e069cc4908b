"""What an empty theatre board says, in its middle: why it is empty, and one way out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.window.boards.theatre_words import missing
from ui.window.panels.parts import Empty

if TYPE_CHECKING:
    from ui.window.boards.theatre_page import TheatrePage


class TheatreEmpty(Empty):
    """A card over the board, where that has nothing to show."""

    def __init__(self, page: "TheatrePage") -> None:
        super().__init__(page.bench, "theatre.no_plan", "theatre.first_plan", self.help)
        self.page = page
        self.setParent(page.view)
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page.bench.solver.changed.connect(self.renew)

    def renew(self) -> None:
        """Show it where something is missing."""
        page = self.page
        making = self.bench.solver.live.making("theatre")
        message, action = missing(self.bench.document, making=making)
        if not message and page.bar.only and not page.model.scene.theatres:
            message, action = "theatre.no_match", "theatre.clear_filter"
        self.setVisible(bool(message))
        if message:
            self.say(message, action)
            self.place()

    def help(self) -> None:
        """Do what it offers."""
        if self.action == "theatre.clear_filter":
            self.page.bar.clear()
        elif self.action == "theatre.go_to_facts":
            self.bench.asked_for_view.emit("facts")
        else:
            wanted = "import" if self.action == "theatre.import" else "solve"
            self.page.actions_[wanted].trigger()

    def place(self) -> None:
        """Put it into the middle of the board."""
        inside = self.page.view.viewport().geometry()
        self.resize(320, 84)
        self.move(inside.center() - self.rect().center())
