"""One conflict of a merge: what each side has, what rules say of it, and which one is taken."""

from typing import Final, NamedTuple

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
from planner.merging.words import Said, consequence_words, value_words
from planner.problem import Problem
from ui.window.panels.parts import label, verbatim
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


class _Shown(NamedTuple):
    """A side: its button, what it would break below it, then the rest of what is said of it."""

    radio: QRadioButton
    value: QLabel
    against: QLabel
    told: QLabel

    def say(self, value: list[str], said: list[Said], *, offered: bool) -> None:
        """Show lines; only those that speak gravely against the side are painted so."""
        grave = [each.words for each in said if each.grave]
        rest = [each.words for each in said if not each.grave]
        for part, lines in zip(self[1:], (value, grave, rest), strict=True):
            part.setText("\n".join(lines))
            part.setVisible(bool(lines) and offered)


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
        self.sides: dict[Side | None, _Shown] = {}
        for number, side in enumerate(_ORDER):
            looks = ("second", "hard", "second")
            shown = _Shown(QRadioButton(), *(label(look, wrap=True) for look in looks))
            self.group.addButton(shown.radio, number)
            column.addWidget(shown.radio)
            for part in shown[1:]:
                part.setContentsMargins(24, 0, 0, 6)
                column.addWidget(part)
            self.sides[side] = shown
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
            radio = self.sides[each].radio
            had = conflict.kept if each is None else getattr(conflict, each)
            words = value_words(problem, conflict, had, lang)
            text = say(f"window.merge.side.{each or 'open'}", value=words)
            name, _, _ = text.partition(words) if len(text) > _LONG else (text, "", "")
            radio.setText(verbatim(name.rstrip(_ENDS)))
            radio.setEnabled(may)
            radio.setVisible(_offered(conflict, each))
            said: list[Said] = []
            if may and each in ("ours", "theirs"):
                said = self._said(problem, by_side.get(each), waits=found is None)
            value = [words] if len(text) > _LONG else []
            self.sides[each].say(value, said, offered=_offered(conflict, each))
            radio.setAccessibleName(". ".join([text, *value, *(one.words for one in said)]))
        self.sides[side][0].setChecked(True)

    def _said(self, problem: Problem, found: Consequence | None, *, waits: bool) -> list[Said]:
        if waits:
            return [Said(self.bench.say("window.merge.judging"))]
        if found is None:
            return []
        return consequence_words(problem, found, self.bench.lang) or [
            Said(self.bench.say("window.merge.no_rule"))
        ]
