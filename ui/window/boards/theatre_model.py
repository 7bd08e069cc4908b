"""The items of the theatre board as a list: one entry a session, a bar or a ghost on the days shown."""

from collections import defaultdict
from html import escape
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.window.boards.theatre_scene import Item, Kind, Scene, changed_rows
from ui.window.boards.theatre_words import sentence
from ui.window.workbench import Workbench

ITEM: Final = Qt.ItemDataRole.UserRole
"""The role that gives the `Item` itself."""
_SENTENCE: Final = (
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
Index = QModelIndex | QPersistentModelIndex


def tip(words: str) -> str:
    """Give a tool tip of lines that wrap, with nothing in them read as markup."""
    return f"<div>{'<br>'.join(map(escape, words.splitlines()))}</div>"


class TheatreModel(QAbstractListModel):
    """A scene as a list model; sessions come before what lies in them."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.scene = Scene()
        self.changed: frozenset[int] | None = None  # rows that the last scene changed, None: all
        self._numbers: dict[tuple[str, str], list[int]] = {}
        self._cells: dict[tuple[int, int], list[int]] = {}

    def show(self, scene: Scene) -> None:
        """Show another scene."""
        self.beginResetModel()
        self.changed = changed_rows(self.scene, scene)
        self.scene = scene
        numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, item in enumerate(scene.items):
            numbers[item.kind, item.id].append(number)
            cells[item.row, item.place].append(number)
            if scene.coarse and item.band is not None:  # where a case is to be found
                for bar in item.band.bars:
                    numbers["case", bar.case.id].append(number)
        self._numbers, self._cells = dict(numbers), dict(cells)
        self.endResetModel()

    def item(self, index: Index | int) -> Item:
        """Give an item by its index."""
        return self.scene.items[index if isinstance(index, int) else index.row()]

    def numbers(self, kind: Kind | str, id: str) -> list[int]:
        """Give the rows of the list that are about a case or session."""
        return self._numbers.get((kind, id), [])

    def cell(self, row: int, place: int) -> list[int]:
        """Give the rows of the list that stand in a theatre on a day."""
        return self._cells.get((row, place), [])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        """Give how many items there are."""
        return 0 if parent.isValid() else len(self.scene.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give an item, its short name, or its full sentence."""
        if not index.isValid() or index.row() >= len(self.scene.items):
            return None
        item = self.scene.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.id
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(sentence(self.bench, self.scene, item))
        if role in _SENTENCE:
            return sentence(self.bench, self.scene, item)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything be selected but ghosts and idle theatres."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled
        chosen = self.scene.items[index.row()].kind in ("case", "session")
        return enabled | Qt.ItemFlag.ItemIsSelectable if chosen else enabled
