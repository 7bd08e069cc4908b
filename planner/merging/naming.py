"""Names of scenarios in a merge: renamed ones are the same scenarios, of one name are not always."""

import dataclasses
from collections.abc import Mapping
from typing import TypeAlias

from planner.merging.conflicts import Desk, Place, canonical
from planner.study import Study

Names: TypeAlias = Mapping[str, str]
"""The name of a scenario when the studies parted → its name now."""


def named_back(study: Study, names: Names) -> Study:
    """Give a study whose scenarios have the names that they had when the studies parted."""
    taken = {each.name for each in study.scenarios}
    return renamed(study, {new: old for old, new in names.items() if old not in taken})


def renamed(study: Study, names: Names) -> Study:
    """Give a study whose scenarios have other names, where one is given for theirs."""
    return dataclasses.replace(
        study,
        scenarios=tuple(
            dataclasses.replace(
                each,
                name=names.get(each.name, each.name),
                parent=None if each.parent is None else names.get(each.parent, each.parent),
            )
            for each in study.scenarios
        ),
    )


def told_apart(
    base: Study, ours: Study, theirs: Study
) -> tuple[Study, Study, tuple[tuple[str, str], ...]]:
    """Give scenarios that both have made under one name two names, unless they are the same.

    They are compared as they came: a parent that gets another name on one side changes neither.
    """
    doubled = []
    known, named = {each.name for each in base.scenarios}, {e.name: e for e in theirs.scenarios}
    for one in ours.scenarios:
        other = named.get(one.name)
        if one.name in known or other is None or one == other:
            continue
        fresh = _free(one.name, {e.name for s in (ours, theirs, base) for e in s.scenarios})
        doubled.append((one.name, fresh))
        if canonical(one) > canonical(other):
            ours = renamed(ours, {one.name: fresh})
        else:
            theirs = renamed(theirs, {one.name: fresh})
    return ours, theirs, tuple(doubled)


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def named_again(desk: Desk, made: Study, ours: Names, theirs: Names) -> dict[str, str]:
    """Give the names that scenarios get: of the side that has renamed them; one that is taken is not."""
    taken = {each.name for each in made.scenarios}
    found: dict[str, str] = {}
    for old in sorted(taken & {*ours, *theirs}):
        place = Place(old, "scenario", field="name")
        values = (old, ours.get(old, old), theirs.get(old, old))
        name = desk.three(place, values, str, "differs")
        if name != old and name not in taken:
            found[old] = name
            taken.add(name)
    return found
