"""The menu of a roster cell: shifts with the letters that set them, a day off, pin, keep, calls."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QWidget

from planner.facts import facts
from planner.pinning import stretches, whole_days, whole_people
from planner.study import Pin
from planner.words import clock
from ui.window.boards.pinning import pin, pin_words
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
        keep: Callable[[], object],
        sick: Callable[[], object],
        called: Callable[[], object],
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
        self._offer_pins(bench, places)
        kept = self.addAction(f"{bench.say('roster.menu.keep')}\t{bench.say('roster.key.keep')}")
        kept.triggered.connect(lambda _=False: keep())
        away = self.addAction(bench.icon("ambulance"), f"{bench.say('sick.menu')}\tF7")
        away.setObjectName("sick")
        away.triggered.connect(lambda _=False: sick())
        out = self.addAction(
            bench.icon("phone-ring-outline"), f"{bench.say('action.call_out')}\tShift+F7"
        )
        out.setObjectName("call_out")
        out.triggered.connect(lambda _=False: called())

    def _offer_pins(self, bench: Workbench, places: list[Place]) -> None:
        """Offer to pin the cells, their days for everybody, or their people on all days."""
        for what, wanted, keys in (
            ("cells", stretches(places), "F4"),
            ("days", whole_days(places), "Ctrl+Shift+P"),
            ("people", whole_people(places), ""),
        ):
            words = bench.say(f"roster.menu.pin.{what}", do=pin_words(bench, wanted))
            action = self.addAction(bench.icon("pin"), f"{words}\t{keys}".rstrip())
            action.setObjectName(f"pin {what}")
            action.triggered.connect(partial(_pin, bench, wanted))


def _pin(bench: Workbench, wanted: Sequence[Pin], _on: bool = False) -> None:
    pin(bench, wanted)
