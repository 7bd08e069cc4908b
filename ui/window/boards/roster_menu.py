"""The menu of a roster cell: shifts with the letters that set them, a day off, pin, keep."""

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QWidget

from planner.facts import facts
from planner.words import clock
from ui.window.boards.roster_hand import Place
from ui.window.boards.roster_tiles import Tiles
from ui.window.workbench import Workbench


class CellMenu(QMenu):
    """What can be done with the selected cells."""

    def __init__(
        self,
        bench: Workbench,
        tiles: Tiles,
        places: list[Place],
        *,
        give: Callable[[str | None], object],
        pin: Callable[[], object],
        keep: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        document = bench.document
        assert document is not None
        known = facts(document.problem)
        chosen = {person for person, _ in places}
        limits = [person.shifts for person in known.problem.staff if person.id in chosen]
        for shift in known.problem.shifts:
            if any(shifts and shift.id not in shifts for shifts in limits):
                continue  # letters still set it, and the rules say what they think of it
            times = f"{clock(shift.start)}–{clock(shift.end % 1440 or 1440)}"
            words = f"{shift.name or shift.id}  {times}\t{shift.id}"
            action = self.addAction(QIcon(tiles.tile(str(shift.id), 26, 16)), words)
            action.triggered.connect(lambda _=False, shift=str(shift.id): give(shift))
        self.addSeparator()
        keys = bench.say("roster.key.delete")
        off = self.addAction(f"{bench.say('roster.menu.off')}\t{keys}")
        off.triggered.connect(lambda _=False: give(None))
        fixed = self.addAction(bench.icon("pin"), f"{bench.say('roster.menu.pin')}\tF4")
        fixed.triggered.connect(lambda _=False: pin())
        kept = self.addAction(f"{bench.say('roster.menu.keep')}\t{bench.say('roster.key.keep')}")
        kept.triggered.connect(lambda _=False: keep())
