"""People of whom some rules say the same, so that it is said of one of them and repeated."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from typing import Any, NamedTuple

from planner.rules.contract import Rule
from planner.rules.space import RosterSpace


class Alike(NamedTuple):
    """People with known days of their own on the same dates, and in the same scopes.

    `cells` is the first cell of each; the others follow it in one order.
    """

    people: tuple[str, ...]
    cells: tuple[int, ...]


def alike(space: RosterSpace, rules: Iterable[Rule[Any, Any]]) -> list[Alike]:
    """Give everybody in groups of people of whom rules that repeat themselves say the same."""
    scopes = tuple(dict.fromkeys(rule.scope for rule in rules if rule.scope.tags))
    groups: dict[object, list[str]] = defaultdict(list)
    for person in space.problem.staff:
        tags = space.facts.staff_tags[person.id]
        meant = tuple(scope.holds(tags) for scope in scopes)
        groups[tuple(space.days(person.id)), meant].append(person.id)
    return [
        Alike(tuple(people), tuple(space.cells_on(p, space.days(p)[0])[0] for p in people))
        for people in groups.values()
        if space.tracks
    ]


def only(space: RosterSpace, person: str) -> RosterSpace:
    """Give a space that shows one person to rules that ask by scope, and shares all else."""
    narrowed = copy(space)
    narrowed.shown = (space.facts.staff[person],)  # type: ignore[index]  # by its plain id
    return narrowed
