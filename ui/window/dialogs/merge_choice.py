"""One conflict of a merge: what each side has, what rules say of it, and which one is taken."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner.merging.conflicts import Conflict, Side
from planner.merging.judging import CHOOSABLE, Consequence
from planner.merging.words import consequence_words, value_words
from planner.problem import Problem
from ui.window.panels.parts import label, relook, verbatim
from ui.window.workbench import Workbench

_ORDER: Final[tuple[Side | None, ...]] = ("base", "ours", "theirs", None)
"""The choices as they stand below each other; None leaves a conflict open."""

_LONG: Final = 56
"""Letters of a button beside which a value stands; a longer one stands below it."""
_ENDS: Final = " :;\u202f\u00a0"


def _offered(conflict: Conflict, side: Side | None) -> bool:
    """Tell whether a side of a conflict is shown: what is kept from both has none."""
    if conflict.what in ("named", "broken"):
        return False
    if side is None:
        return conflict.what in CHOOSABLE
    return side != "base" or conflict.base is not None or conflict.what != "added"


class ChoiceView(QScrollArea):
    """A round button a side, with the breaches below it that it would bring or take away."""

    chosen = Signal(object)
    """A side, or None for neither."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        self.what = label("panel", wrap=True)
        column.addWidget(self.what)
        self.group = QButtonGroup(self)
        self.sides: dict[Side | None, tuple[QRadioButton, QLabel]] = {}
        for number, side in enumerate(_ORDER):
            radio, told = QRadioButton(), label("second", wrap=True)
            told.setContentsMargins(24, 0, 0, 6)
            self.group.addButton(radio, number)
            column.addWidget(radio)
            column.addWidget(told)
            self.sides[side] = radio, told
        column.addStretch(1)
        self.setWidget(inside)
        self.group.idClicked.connect(lambda number: self.chosen.emit(_ORDER[number]))
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.what.clear()
        for each in self.sides.values():
            for part in each:
                part.hide()

    def show_conflict(
        self,
        problem: Problem,
        conflict: Conflict,
        side: Side | None,
        found: tuple[Consequence, ...] | None,
    ) -> None:
        """Show a conflict; `found` is None while it is being worked out what rules say."""
        say, lang = self.bench.say, self.bench.lang
        words = say(f"merge.what.{conflict.what}").strip("()")
        self.what.setText(f"{words[:1].upper()}{words[1:]}.")
        may = conflict.what in CHOOSABLE
        by_side = {each.side: each for each in found or ()}
        for each in _ORDER:
            radio, told = self.sides[each]
            value = conflict.kept if each is None else getattr(conflict, each)
            words = value_words(problem, conflict, value, lang)
            text = say(f"window.merge.side.{each or 'open'}", value=words)
            name, _, _ = text.partition(words) if len(text) > _LONG else (text, "", "")
            radio.setText(verbatim(name.rstrip(_ENDS)))
            radio.setEnabled(may)
            radio.setVisible(_offered(conflict, each))
            lines = [words] if len(text) > _LONG else []
            if may and each in ("ours", "theirs"):
                lines += self._said(problem, by_side.get(each), waits=found is None)
            grave = each in by_side and any(one.rule.hard for one in by_side[each].adds)
            relook(told, "hard" if grave else "second")
            told.setText("\n".join(lines))
            told.setVisible(bool(lines) and _offered(conflict, each))
            radio.setAccessibleName(". ".join([text, *lines]))
        self.sides[side][0].setChecked(True)

    def _said(self, problem: Problem, found: Consequence | None, *, waits: bool) -> list[str]:
        if waits:
            return [self.bench.say("window.merge.judging")]
        if found is None:
            return []
        return consequence_words(problem, found, self.bench.lang) or [
            self.bench.say("window.merge.no_rule")
        ]
