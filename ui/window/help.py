"""Help: all keys in one list, made of the actions and of what the boards take; and what Opale is."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner import __version__
from ui.window.actions import MENUS, Actions, specs
from ui.window.panels.parts import label, message_box
from ui.window.workbench import Workbench

BOARDS: Final = {
    "help.theatre": (
        ("←→↑↓", "help.walk"),
        ("Alt+←→", "help.minutes"),
        ("Alt+↑↓", "help.room"),
        ("Shift+Enter", "help.keep"),
        ("Del", "help.tray"),
        ("Esc", "help.back"),
        ("Ctrl+☸", "help.zoom"),
        ("Ctrl+Shift+☸", "help.taller"),
    ),
    "help.roster": (
        ("A … Z", "help.letters"),
        ("←→↑↓", "help.cells"),
        ("Shift+←→↑↓", "help.more_cells"),
        ("Alt+↑↓", "help.pass"),
        ("Enter", "help.menu"),
        ("Enter", "help.takers"),
        ("Shift+Enter", "help.keep_duty"),
        ("Del", "help.rest"),
    ),
    "help.tables": (
        ("F2", "help.edit_cell"),
        ("Ins", "help.add"),
        ("Ctrl+C", "help.copy"),
        ("Ctrl+V", "help.paste"),
        ("Del", "help.remove"),
    ),
}
"""Keys that are no actions: what the boards and tables themselves take."""
PAIRS: Final = 2


class KeysDialog(QDialog):
    """All keys, by menu and by view."""

    def __init__(self, bench: Workbench, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.actions_ = bench, actions
        self.setWindowTitle(bench.say("action.keys"))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        groups = self.groups()
        halves = (groups[: len(groups) // 2], groups[len(groups) // 2 :])
        for half, found in enumerate(halves):
            self._fill(grid, found, half * PAIRS)
        grid.setColumnStretch(PAIRS * 2, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(scroll)
        column.addWidget(buttons)
        self.setMinimumWidth(inside.sizeHint().width() + 48)
        self.resize(self.minimumWidth(), 560)

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Give the groups: a title, and lines of keys with what they do."""
        say = self.bench.say
        found = []
        for menu in MENUS:
            lines = [
                (self._keys(spec.id), self.actions_[spec.id].text().rstrip("…"))
                for spec in specs()
                if spec.menu == menu and spec.keys
            ]
            if lines:
                found.append((say(f"menu.{menu}").replace("&", ""), lines))
        for title, board in BOARDS.items():
            found.append((say(title), [(self._named(keys), say(what)) for keys, what in board]))
        return found

    def _keys(self, id: str) -> str:
        form = QKeySequence.SequenceFormat.NativeText
        return ", ".join(each.toString(form) for each in self.actions_[id].shortcuts())

    def _named(self, keys: str) -> str:
        """Give keys in the words of the language."""
        words = {
            "☸": self.bench.say("help.wheel"),
            "Shift": self.bench.say("help.shift"),
            "Enter": self.bench.say("help.enter"),
            "Del": self.bench.say("help.del"),
            "Esc": self.bench.say("help.esc"),
            "Ins": self.bench.say("help.ins"),
        }
        return "+".join(words.get(part, part) for part in keys.split("+"))

    def _fill(
        self, grid: QGridLayout, groups: list[tuple[str, list[tuple[str, str]]]], column: int
    ) -> None:
        row = 0
        for title, lines in groups:
            grid.addWidget(label("title", title), row, column, 1, PAIRS)
            for keys, what in lines:
                row += 1
                grid.addWidget(label("panel", keys), row, column)
                grid.addWidget(label("", what), row, column + 1)
            row += 1
            grid.setRowMinimumHeight(row, 8)
            row += 1


def show_keys(bench: Workbench, actions: Actions, parent: QWidget) -> None:
    """Show all keys until the list is closed."""
    dialog = KeysDialog(bench, actions, parent)
    dialog.exec()
    dialog.deleteLater()


def show_about(bench: Workbench, parent: QWidget) -> None:
    """Say what this is, which version, under which licence, and that nothing leaves the machine."""
    told = bench.say("about.name", version=__version__)
    box = message_box(parent, QMessageBox.Icon.NoIcon, told)
    box.setWindowTitle(bench.say("action.about"))
    about = (bench.say(f"about.{part}") for part in ("what", "local", "licence"))
    box.setInformativeText("\n\n".join(about))
    box.addButton(QMessageBox.StandardButton.Ok)
    box.exec()
    box.deleteLater()
