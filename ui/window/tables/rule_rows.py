"""The rows of the form of a rule: own mark, title, field, and the value that it inherits."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from planner.fields import FieldSpec, specs
from planner.rule_words import field_words
from planner.rules.contract import Rule
from ui.window.panels.parts import button, label, relook
from ui.window.tables.rule_edits import shown
from ui.window.tables.rule_origin import Origins
from ui.window.workbench import Workbench

TITLES = 112
"""How wide the titles of fields are."""


LONGEST: Final = 32
"""Signs of a value that are said beside the field of another."""


class Row:
    """One row of the form; the value that it would inherit is a button that takes it back."""

    def __init__(
        self,
        bench: Workbench,
        names: tuple[str, ...],
        field: QWidget,
        restore: Callable[..., object],
    ) -> None:
        self.bench, self.names, self.field = bench, names, field
        self._grid: QGridLayout | None = None
        self.mark = label("own")
        self.title = label("", wrap=True)
        self.title.setFixedWidth(TITLES)
        self.hint: QPushButton = button("hint", lambda: restore(*self.names))
        self.hint.setCursor(Qt.CursorShape.ArrowCursor)

    def lay(self, grid: QGridLayout, wide: bool) -> None:
        """Take a place at the end of a grid; under a wide field the hint has a line of its own.

        The buttons of the strength leave room for it beside them.
        """
        self._grid = grid
        at, top = grid.rowCount(), Qt.AlignmentFlag.AlignTop
        self.mark.setFixedWidth(12)
        for each in (self.mark, self.title):
            each.setMinimumHeight(24)
            grid.addWidget(each, at, 0 if each is self.mark else 1, top)
        grid.addWidget(self.field, at, 2, 1, 2 if wide else 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self.names[0] == "tier":
            grid.addWidget(self.hint, at, 3, Qt.AlignmentFlag.AlignRight | top)
        elif wide:
            grid.addWidget(self.hint, at + 1, 2, 1, 2, right)
        else:
            grid.addWidget(self.hint, at, 3, right)

    def show_origin(self, rule: Rule[Any, Any], origins: Origins) -> None:
        """Say whose the value is, and what it would be otherwise."""
        say = self.bench.say
        found = [origins.of(rule, name) for name in self.names]
        own, inherited = "own" in found, "inherited" in found
        self.mark.setText("●" if own else "○" if inherited else "")
        self.mark.setAccessibleName(say("facts.own") if own else "")
        relook(self.title, "own" if own else "")
        before = (origins.parent if own else origins.base).get(rule.id)
        words = ""
        if before is not None and origins.child and type(before) is type(rule):
            told = _told(self.bench, before, self.names)
            words = say("rules.inherited" if own else "rules.base", value=_brief(told))
        self.hint.setText(words)
        self.hint.setVisible(bool(words) and (own or inherited or self._plain()))
        takes = own and before is not None
        self.hint.setEnabled(takes)
        self.hint.setFocusPolicy(Qt.FocusPolicy.StrongFocus if takes else Qt.FocusPolicy.NoFocus)
        self.hint.setToolTip(say("rules.restore_field") if takes else "")
        if self.names[0] == "tier" and self._grid is not None:  # beside the level of a wish
            up = Qt.AlignmentFlag.AlignTop if rule.hard else Qt.AlignmentFlag.AlignVCenter
            self._grid.setAlignment(self.hint, Qt.AlignmentFlag.AlignRight | up)

    def _plain(self) -> bool:
        """Tell whether an unchanged value is said too: not those that need a line of their own."""
        return self.names[0] not in ("title_fr", "title_en", "source", "scope", "pattern")

    def name(self, rule: Rule[Any, Any], words: str = "") -> None:
        """Give title and field their words."""
        told = words or field_words(rule.type, self.names[0], self.bench.lang)
        told = told[:1].upper() + told[1:]
        self.title.setText(told)
        named: Any = getattr(self.field, "name", None)
        if callable(named):
            named(told)


def _brief(told: str) -> str:
    """Cut a value that has no room beside its field."""
    return told if len(told) <= LONGEST else told[: LONGEST - 1].rstrip(", ") + "…"


def _told(bench: Workbench, rule: Rule[Any, Any], names: tuple[str, ...]) -> str:
    known: dict[str, FieldSpec] = {spec.name: spec for spec in specs(type(rule))}
    return shown(bench, rule, known[names[0]], getattr(rule, names[0])) or "–"
