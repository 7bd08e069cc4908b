"""What an audit never reads: where only that differs between problems, a rule judges a plan alike in both.

A contract test holds every rule to it. Whatever is not named here is taken to be read, and so are all other
rules: some of them are facts for others.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

from planner.problem import ATTRIBUTES, Problem
from planner.rules.contract import Rule

UNREAD: Final[Mapping[str, frozenset[str]]] = {
    "roster": frozenset({
        "theatre", "session", "equipment", "recovery", "census", "team", "priority", "procedure", "template",
        "case", "appointment",
    }),
    "theatre": frozenset({
        "request", "history", "carried", "promise", "cover", "rotation", "line", "turn", "weekly",
    }),
}  # fmt: skip
"""Kinds of records that no audit of a part reads."""
_NEED: Final = "cover"
_KIND: Final = {attribute: kind for kind, attribute in ATTRIBUTES.items()}


def unread(rule: Rule[Any, Any]) -> frozenset[str]:
    """Give the kinds of records that the audit of a rule does not read.

    What asks something of a person by herself does not look at how many people a day needs.
    """
    alone = rule.reach == "person" and not rule.shares
    return UNREAD[rule.part] | ({_NEED} if alone else set())


def differing(one: Problem, other: Problem) -> frozenset[str]:
    """Give the kinds of records that two problems do not have alike, and whatever else differs by name."""
    names = (each.name for each in dataclasses.fields(Problem))
    return frozenset(
        _KIND.get(name, name) for name in names if getattr(one, name) != getattr(other, name)
    )
