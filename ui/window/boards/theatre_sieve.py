"""The filters of the tray: chips with menus for specialty, class, days left, length and day surgery."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from planner.boards.theatre import Waiting
from planner.cases import Priority
from planner.hospital import Specialty
from ui.window.panels.parts import button, verbatim
from ui.window.workbench import Workbench

_NEVER: Final = 10**6
_DUE: Final[Mapping[str, Callable[[int], bool]]] = {
    "overdue": lambda left: left < 0,
    "week": lambda left: left <= 7,
    "month": lambda left: left <= 30,
    "later": lambda left: left > 30,
}
_LENGTH: Final[Mapping[str, Callable[[int], bool]]] = {
    "short": lambda minutes: minutes < 60,
    "middle": lambda minutes: 60 <= minutes <= 120,
    "long": lambda minutes: minutes > 120,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Which cards are to be seen; empty fields let everything through."""

    specialties: frozenset[str] = frozenset()
    priorities: frozenset[str] = frozenset()
    due: str = ""
    length: str = ""
    ambulatory: bool = False

    def lets(self, card: Waiting, left: int | None) -> bool:
        """Tell whether a card is to be seen; `left` are the days to its due date."""
        case = card.case
        return (
            (not self.specialties or case.specialty in self.specialties)
            and (not self.priorities or case.priority in self.priorities)
            and (not self.due or _DUE[self.due](_NEVER if left is None else left))
            and (not self.length or _LENGTH[self.length](card.minutes))
            and (not self.ambulatory or case.mode != "inpatient")
        )

    @property
    def count(self) -> int:
        """How many of its filters keep cards back."""
        fields = (self.specialties, self.priorities, self.due, self.length, self.ambulatory)
        return sum(bool(each) for each in fields)


class Sieves(QWidget):
    """The chips; folded, there is one of them whose menu has all."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.sieve = Sieve()
        self.whole = QMenu(self)
        menus = (self._chip(self._menu()) for _ in range(4))
        self.specialty, self.priority, self.due, self.length = menus
        self.ambulatory = self._chip(None)
        self.ambulatory.clicked.connect(lambda on: self._take(ambulatory=on))
        self.day_action = self.whole.addAction("")
        self.day_action.setCheckable(True)
        self.day_action.toggled.connect(lambda on: self._take(ambulatory=on))
        self.whole.addSeparator()
        self.clear_action = self.whole.addAction("", self.clear)
        self.all = self._chip(self.whole)
        self.none = button("chip", self.clear)
        self.chips = (self.specialty, self.priority, self.due, self.length, self.ambulatory)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(8)
        for chip in (*self.chips, self.all, self.none):
            row.addWidget(chip)
        self.all.hide()
        for chip in (self.specialty, self.priority):
            chip.menu().aboutToShow.connect(self._fill_records)
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.word)
        bench.document_changed.connect(self.clear)
        self.word()

    def _menu(self) -> QMenu:
        made = QMenu(self)
        self.whole.addMenu(made)
        return made

    def _chip(self, menu: QMenu | None) -> QPushButton:
        made = button("chip", self._show)
        made.setCheckable(True)
        if menu is not None:
            made.setMenu(menu)
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands at the end
        return made

    @property
    def active(self) -> bool:
        """Whether anything is kept back."""
        return self.sieve.count > 0

    def clear(self) -> None:
        """Let everything through."""
        was, self.sieve = self.sieve, Sieve()
        self.word()
        if was != self.sieve:
            self.changed.emit()

    def fold(self, folded: bool) -> None:
        """Show one chip instead of all."""
        for chip in self.chips:
            chip.setVisible(not folded)
        self.all.setVisible(folded)

    def wide(self) -> int:
        """Give the width that all chips need, with the one that clears them."""
        return sum(chip.sizeHint().width() + 8 for chip in (*self.chips, self.none))

    # --- words and menus ----------------------------------------------------------------------------

    def word(self) -> None:
        """Take the words of the language, and the specialties and classes of the study."""
        say = self.bench.say
        self._fill_records()
        self._fill(self.due, "due", _DUE)
        self._fill(self.length, "length", _LENGTH)
        for chip in (self.specialty, self.priority, self.due, self.length, self.all):
            chip.setIcon(self.bench.icon("menu-down"))
        self.ambulatory.setText(say("theatre.sieve.ambulatory"))
        self.day_action.setText(say("theatre.sieve.ambulatory"))
        self.clear_action.setText(say("theatre.clear_filter"))
        self.clear_action.setIcon(self.bench.icon("filter-off-outline"))
        self.none.setIcon(self.bench.icon("filter-off-outline"))
        self.none.setToolTip(say("theatre.clear_filter"))
        self.none.setAccessibleName(say("theatre.clear_filter"))
        self._show()

    def _fill_records(self) -> None:
        document = self.bench.document
        there: tuple[tuple[Specialty | Priority, ...], ...] = (
            () if document is None else (document.problem.specialties, document.problem.priorities)
        )
        for chip, field, records in zip(
            (self.specialty, self.priority), ("specialties", "priorities"), there, strict=False
        ):
            menu, chosen = chip.menu(), getattr(self.sieve, field)
            menu.clear()
            for each in records:
                words = f"{each.id} · {each.name}" if each.name else str(each.id)
                action = menu.addAction(verbatim(words))
                action.setCheckable(True)
                action.setData(str(each.id))
                action.setChecked(each.id in chosen)
                action.toggled.connect(partial(self._one, field, str(each.id)))
        self.specialty.menu().setTitle(self.bench.say("theatre.sieve.specialty"))
        self.priority.menu().setTitle(self.bench.say("theatre.sieve.priority"))

    def _one(self, field: str, id: str, on: bool) -> None:
        now: frozenset[str] = getattr(self.sieve, field)
        self._take(**{field: now | {id} if on else now - {id}})

    def _fill(self, chip: QPushButton, field: str, choices: Mapping[str, object]) -> None:
        menu = chip.menu()
        menu.clear()
        menu.setTitle(self.bench.say(f"theatre.sieve.{field}"))
        group = QActionGroup(menu)
        for name in ("", *choices):
            action = menu.addAction(self.bench.say(f"theatre.sieve.{field}.{name or 'any'}"))
            action.setCheckable(True)
            action.setData(name)
            action.setChecked(name == getattr(self.sieve, field))
            group.addAction(action)
            action.triggered.connect(partial(self._choose, field, name))

    def _choose(self, field: str, name: str, _on: bool = False) -> None:
        self._take(**{field: name})

    def _take(self, **fields: object) -> None:
        after = dataclasses.replace(self.sieve, **fields)  # type: ignore[arg-type]  # its own fields
        if after != self.sieve:
            self.sieve = after
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        """Show on the chips what they keep back."""
        say, now = self.bench.say, self.sieve
        for chip, field, ids in (
            (self.specialty, "specialty", now.specialties),
            (self.priority, "priority", now.priorities),
        ):
            chip.setText(verbatim(", ".join(sorted(ids))) or say(f"theatre.sieve.{field}"))
            chip.setChecked(bool(ids))
        for chip, field, chosen in (
            (self.due, "due", now.due),
            (self.length, "length", now.length),
        ):
            chip.setText(
                say(f"theatre.sieve.{field}.{chosen}" if chosen else f"theatre.sieve.{field}")
            )
            chip.setChecked(bool(chosen))
        self.ambulatory.setChecked(now.ambulatory)
        self.day_action.setChecked(now.ambulatory)
        self.all.setText(
            say("theatre.sieve.on", n=now.count) if now.count else say("theatre.sieve")
        )
        self.all.setChecked(self.active)
        self.none.setVisible(self.active)
        self.clear_action.setEnabled(self.active)
