"""Whose the values of a rule are: the open scenario's own, inherited from a parent, or the base's."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from planner.changes import Adjust, Set
from planner.fields import specs
from planner.rules.contract import Rule
from ui.window.document import Document

Origin: TypeAlias = Literal["base", "inherited", "own"]
_NOTHING = object()


class Origins:
    """The rules of a document beside those of the parent scenario and of the base."""

    def __init__(self, document: Document) -> None:
        self.child = document.scenario.parent is not None
        parent = document.scenario.parent
        self.base = _by_id(document.study.base.rules)
        above = document.study.base if parent is None else document.study.problem(parent)
        self.parent = _by_id(above.rules)
        self._changed = {
            (change.id, change.field)
            for group in document.scenario.changes
            for change in group.changes
            if isinstance(change, Set | Adjust) and change.kind == "rule"
        }

    def of(self, rule: Rule[Any, Any], name: str) -> Origin:
        """Tell whose value a field of a rule has."""
        if not self.child:
            return "base"
        value = getattr(rule, name)
        if getattr(self.parent.get(rule.id), name, _NOTHING) != value:
            return "own"
        if getattr(self.base.get(rule.id), name, _NOTHING) != value:
            return "inherited"
        return "base"

    def own(self, rule: Rule[Any, Any]) -> bool:
        """Tell whether the rule, or any value of it, is the open scenario's own."""
        return self.child and self.parent.get(rule.id) != rule

    def added(self, rule: Rule[Any, Any]) -> bool:
        """Tell whether the open scenario has brought the rule itself."""
        return self.child and rule.id not in self.parent

    def own_fields(self, rule: Rule[Any, Any]) -> tuple[str, ...]:
        """Give the fields that the open scenario's changes have set."""
        names = (spec.name for spec in specs(type(rule)))
        return tuple(name for name in names if (rule.id, name) in self._changed)


def _by_id(rules: tuple[Rule[Any, Any], ...]) -> Mapping[str, Rule[Any, Any]]:
    return {rule.id: rule for rule in rules}
