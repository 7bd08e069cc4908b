"""Whom a rule is for: a chip a tag, and a menu of the tags that there are."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from planner.problem import Problem
from planner.rule_words import carried, kind_words
from planner.rules.contract import Rule, Scope
from ui.window.panels.parts import button, label, plain_tip, verbatim
from ui.window.tables.rule_flow import Flow
from ui.window.workbench import Workbench


class ScopeField(Flow):
    """Chips of kind and tag; a click takes one away, the plus offers those that exist."""

    entered = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.add = button("chip", self._offer, "+")
        self.add.setParent(self)
        self.chips: list[QWidget] = []
        self.menu = QMenu(self)
        self._scope = Scope()
        self._tags: dict[str, list[str]] = {}
        self.setFocusProxy(self.add)

    def show_scope(self, rule: Rule[Any, Any], problem: Problem) -> None:
        """Show the scope of a rule, and offer what it can tell apart."""
        self._scope, self._tags = rule.scope, carried(problem, rule)
        before = self.chips
        self.chips = [
            self._chip(kind, tag) for kind, tags in self._scope.tags for tag in sorted(tags)
        ]
        if not self.chips:
            told = "scope.everyone" if rule.part == "roster" else "scope.everything"
            nobody = label("second_body", self.bench.say(told))
            nobody.setMinimumHeight(20)
            self.chips = [nobody]
        self.fill([*self.chips, self.add])
        for chip in before:
            chip.deleteLater()
        self.add.setAccessibleName(self.bench.say("rules.scope_add"))
        self.add.setToolTip(self.bench.say("rules.scope_add"))

    def _chip(self, kind: str, tag: str) -> QPushButton:
        words = f"{kind_words(kind, self.bench.lang)} {tag}"
        chip = button("chip", partial(self._take, kind, tag), f"{verbatim(words)}  ×")
        told = self.bench.say("rules.scope_remove", tag=words)
        chip.setAccessibleName(told)
        chip.setToolTip(plain_tip(told))
        return chip

    def _take(self, kind: str, tag: str) -> None:
        kinds = {each: set(tags) for each, tags in self._scope.tags}
        kinds[kind].discard(tag)
        self.entered.emit(_scope(kinds))

    def put(self, kind: str, tag: str) -> None:
        """Mean this tag too."""
        kinds = {each: set(tags) for each, tags in self._scope.tags}
        kinds.setdefault(kind, set()).add(tag)
        self.entered.emit(_scope(kinds))

    def offered(self) -> QMenu:
        """Make the menu: a submenu a kind, without what is meant already."""
        self.menu.deleteLater()
        self.menu = QMenu(self)
        meant = dict(self._scope.tags)
        for kind, tags in self._tags.items():
            submenu = self.menu.addMenu(kind_words(kind, self.bench.lang))
            for tag in tags:
                if tag not in meant.get(kind, ()):
                    submenu.addAction(verbatim(tag), partial(self.put, kind, tag))
            submenu.setEnabled(not submenu.isEmpty())
        return self.menu

    def _offer(self) -> None:
        self.offered().popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))


def _scope(kinds: dict[str, set[str]]) -> Scope:
    return Scope.of(**{kind: tags for kind, tags in kinds.items() if tags})
