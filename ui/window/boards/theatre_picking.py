"""The one selection on the theatre board and in its tray: shown where it is, chosen here, gone to."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject

from planner.cases import CaseId
from planner.facts import facts
from planner.hospital import SessionId
from ui.window.boards.theatre_scene import Item
from ui.window.selection import Picked

if TYPE_CHECKING:
    from ui.window.boards.theatre_page import TheatrePage

_KINDS: Final = ("case", "session", "theatre", "surgeon", "day", "ward", "equipment", "recovery")
"""Kinds whose day the board goes to; what is on it of them is brought into view as well."""
_Flag = QItemSelectionModel.SelectionFlag


class Picking(QObject):
    """Keeps the selection models of board and tray and the window's selection alike."""

    def __init__(self, page: "TheatrePage") -> None:
        super().__init__(page)
        self.page, self.bench = page, page.bench
        self.board, self.cards = page.view, page.tray.list
        self.quiet = self.wanted = False
        self.board.selectionModel().selectionChanged.connect(self._picked)
        self.cards.selectionModel().selectionChanged.connect(self._picked_card)
        self.bench.selection.changed.connect(self.show)
        self.bench.selection.wanted.connect(self.go)

    def _picked(self, _chosen: QItemSelection, _gone: QItemSelection) -> None:
        if self.quiet:
            return
        model = self.page.model
        picked = [model.item(i) for i in self.board.selectionModel().selectedIndexes()]
        kind = "case" if any(item.kind == "case" for item in picked) else "session"
        ids = dict.fromkeys(item.id for item in picked if item.kind == kind)
        day = model.scene.days[picked[0].place] if picked else None
        self._pick(kind, list(ids), day)

    def _picked_card(self, _chosen: QItemSelection, _gone: QItemSelection) -> None:
        if self.quiet:
            return
        cards = self.page.tray.model.cards
        rows = self.cards.selectionModel().selectedIndexes()
        self._pick("case", [str(cards[index.row()].case.id) for index in rows], None)

    def _pick(self, kind: str, ids: list[str], day: int | None) -> None:
        if ids:
            self.bench.selection.pick(kind, *ids, day=day)
        elif self.bench.selection.now.kind in ("case", "session"):
            self.bench.selection.clear()

    def show(self) -> None:
        """Show what is selected, wherever it was chosen."""
        page, now = self.page, self.bench.selection.now
        if not page.isVisible():
            return
        was, self.quiet = self.quiet, True
        cases = now.ids if now.kind == "case" else ()
        for view, numbers in (
            (self.board, self.numbers(now)),
            (self.cards, [page.tray.model.number(id) for id in cases]),
        ):
            chosen = QItemSelection()
            rows = [view.model().index(n, 0) for n in numbers if n >= 0]
            for index in rows:
                chosen.select(index, index)
            model = view.selectionModel()
            model.select(chosen, _Flag.ClearAndSelect)
            if rows and model.currentIndex() not in rows:
                model.setCurrentIndex(rows[0], _Flag.NoUpdate)
        self.quiet = was
        self.board.viewport().update()

    def numbers(self, now: Picked) -> list[int]:
        """Give the items of the board that a selection means: a surgeon's bars, a theatre's sessions."""
        model = self.page.model
        if now.kind == "surgeon":
            return [n for n, item in enumerate(model.scene.items) if _of(item, now.ids)]
        if now.kind == "theatre":
            theatres = model.scene.theatres
            every = enumerate(model.scene.items)
            sessions = ((n, item) for n, item in every if item.kind == "session")
            return [n for n, item in sessions if theatres[item.row].id in now.ids]
        return [n for id in now.ids for n in model.numbers(now.kind, id)]

    def go(self) -> None:
        """Bring the selection into view: its day, its place; or its card in the tray."""
        page, now = self.page, self.bench.selection.now
        self.wanted = not page.isVisible()  # out of sight: when it is shown again
        if self.wanted or now.kind not in _KINDS:
            return
        day = self._day_of(now.kind, now.id, now.day)
        if day is not None and day not in page.model.scene.days:
            page.day = day
            page.refresh()
        numbers = self.numbers(now)
        if numbers:
            self.board.scrollTo(page.model.index(numbers[0]))
        card = page.tray.model.number(now.id)
        if now.kind == "case" and card >= 0:
            page.open_tray()
            self.cards.scrollTo(page.tray.model.index(card))
        self.show()

    def _day_of(self, kind: str, id: str, day: int | None) -> int | None:
        document = self.bench.document
        if document is None:
            return None
        if kind == "case":
            where = document.outcome().theatre.where(CaseId(id))
            return None if where is None else where.session.day
        if kind == "session":
            found = facts(document.problem).sessions.get(SessionId(id))
            return None if found is None else found.day
        return day


def _of(item: Item, surgeons: tuple[str, ...]) -> bool:
    """Tell whether some surgeons operate a case, or one of a session that stands alone."""
    inside = item.band.bars if item.band is not None and item.alone else ()
    bars = inside if item.bar is None else (item.bar,)
    return any(bar.surgeon in surgeons for bar in bars)
