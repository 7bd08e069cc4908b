"""What a merge takes over from one side alone, without any conflict: nothing comes or goes silently."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from planner.changes import Change, ChangeSet
from planner.compare import InputChange, inputs
from planner.held import PinChange, WaiverChange, pin_changes, waiver_changes
from planner.kpis.contract import Outcome
from planner.merging.change_sets import change_rows
from planner.merging.conflicts import Place
from planner.merging.naming import Names, named_back, renamed, told_apart
from planner.merging.plans import Cell, place_of
from planner.merging.study import Merged
from planner.merging.together import Studies, has
from planner.plan_changes import DutyChange, PlacementChange, duties, placements
from planner.study import BASE, Scenario, Study

FIELDS: Final = ("parent", "note", "published", "signatures")
"""What a scenario has of its own that is told by its place."""


class SetChange(NamedTuple):
    """A change set that is new, gone, switched, or does one thing otherwise; `about` is what it does.

    `before` and `after` are the changes, or whether the set is in force where it was switched.
    """

    group: str
    about: tuple[str, str, str] | None
    before: ChangeSet | Change | bool | None
    after: ChangeSet | Change | bool | None


class FieldChange(NamedTuple):
    """A field of the study or of a scenario, "" for the whole of it: there or not."""

    place: Place
    before: Any
    after: Any


Row: TypeAlias = (
    InputChange | FieldChange | SetChange | PinChange | WaiverChange | PlacementChange | DutyChange
)


class Taken(NamedTuple):
    """One thing that only one side has changed, with the scenario that it is in, by its name now."""

    scenario: str
    row: Row


def taken(
    three: Studies, merged: Merged, names: tuple[Names, Names] = ({}, {})
) -> tuple[tuple[Taken, ...], tuple[Taken, ...]]:
    """Give what a merge has from ours alone, and from theirs alone, but for what was in conflict.

    From ours is what theirs would not have without the merge, and the other way round. `names` are
    those that our and their scenarios have got since, by their names in what both began with.
    """
    ours, theirs = named_back(three[1], names[0]), named_back(three[2], names[1])
    ours, theirs, _ = told_apart(three[0], ours, theirs)
    mine, other = (renamed(each, merged.names) for each in (ours, theirs))
    return (
        (*_named(merged, *names), *_fresh(other, merged)),
        (*_named(merged, *names[::-1]), *_fresh(mine, merged)),
    )


def _named(merged: Merged, names: Names, others: Names) -> Iterator[Taken]:
    """Give the scenarios that have a name which only one side has given them."""
    places = _Places(merged)
    for old, new in merged.names.items():
        place = Place(old, "scenario", field="name")
        if names.get(old) == new != others.get(old) and not places.has(place):
            yield Taken(new, FieldChange(place, old, new))


def _fresh(before: Study, merged: Merged) -> Iterator[Taken]:
    """Give where a merged study differs from a side of it, and not for a conflict."""
    places = _Places(merged)
    after = merged.study
    if before.name != after.name and not places.has(Place(BASE, "study", field="name")):
        field = FieldChange(Place(BASE, "study", field="name"), before.name, after.name)
        yield Taken(BASE, field)
    for change in inputs(BASE, before.base, after.base):
        whole = Place(BASE, "facts", change.kind, change.id)
        if not (places.has(whole) or places.has(whole._replace(field=change.field))):
            yield Taken(BASE, change)
    names = dict.fromkeys(each.name for study in (before, after) for each in study.scenarios)
    for name in names:
        there = (has(before, name), has(after, name))
        if there == (True, True):
            rows = _scenario(before, after, name, places)
            yield from (Taken(name, row) for row in rows)
        elif not places.has(Place(places.old(name), "scenario")):
            yield Taken(name, FieldChange(Place(name, "scenario"), *there))


class _Places:
    """The places of conflicts, by the names that scenarios had when the studies parted."""

    def __init__(self, merged: Merged) -> None:
        self._old = {new: old for old, new in merged.names.items()}
        self._all = {each.place for each in merged.conflicts}
        self._apart = {(each[0], name) for each in merged.apart for name in each[1:]}

    def old(self, scenario: str) -> str:
        return self._old.get(scenario, scenario)

    def has(self, place: Place) -> bool:
        return place in self._all

    def told(self, scenario: str, group: str) -> bool:
        """Tell whether it is said elsewhere that a set was kept beside one of its name."""
        return (scenario, group) in self._apart


def _scenario(before: Study, after: Study, name: str, places: _Places) -> Iterator[Row]:
    was, now = before.scenario(name), after.scenario(name)
    if was == now:
        return
    old = places.old(name)
    for field in FIELDS:
        place, values = Place(name, "scenario", field=field), _values(was, now, field)
        if values[0] != values[1] and not places.has(place._replace(scenario=old)):
            yield FieldChange(place, *values)
    yield from _sets(was, now, old, places)
    yield from pin_changes(name, was.pins, now.pins)
    yield from waiver_changes(name, was.waivers, now.waivers)
    if was.plan == now.plan:
        return
    sides = (Outcome(before.problem(name), was.plan), Outcome(after.problem(name), now.plan))
    horizon, where = after.base.horizon, (old, "plan")

    def quiet(cell: Cell) -> bool:
        return not places.has(place_of(where, cell, horizon))

    yield from (e for e in placements(name, *sides) if quiet(("case", e.case)))
    moved = duties(name, *sides)
    yield from (e for e in moved if quiet(("duty", e.person, str(e.day), e.track)))


def _values(was: Scenario, now: Scenario, field: str) -> tuple[Any, Any]:
    return getattr(was, field), getattr(now, field)


def _sets(
    was: Scenario, now: Scenario, old: str, places: _Places
) -> Iterator[SetChange | FieldChange]:
    """Give the change sets that differ; within one that both have, each thing that it does otherwise."""
    sides = [_by_name(each) for each in (was, now)]
    place = Place(old, "changes", field="order")
    orders = [[name for name in side if all(name in each for each in sides)] for side in sides]
    if orders[0] != orders[1] and not places.has(place):
        yield FieldChange(place, *map(tuple, orders))
    for name in dict.fromkeys((*sides[0], *sides[1])):
        before, after = (side.get(name) for side in sides)
        place = Place(old, "changes", group=name)
        if before == after or places.told(now.name, name) or places.has(place):
            continue
        if before is None or after is None:
            yield SetChange(name, None, before, after)
            continue
        switched = before.enabled != after.enabled
        if switched and not places.has(place._replace(field="enabled")):
            yield SetChange(name, None, before.enabled, after.enabled)
        rows = [change_rows(each.changes) for each in (before, after)]
        for row in dict.fromkeys((*rows[0], *rows[1])):
            kind, id, field, _ = row
            one, two = (side.get(row) for side in rows)
            here = place._replace(kind=kind, id=id, field=field)
            if one != two and not (places.has(here) or places.has(here._replace(group=""))):
                yield SetChange(name, (kind, id, field), one, two)


def _by_name(scenario: Scenario) -> Mapping[str, ChangeSet]:
    """Give the sets of a scenario by their names, of one name by a number as well."""
    found: dict[str, ChangeSet] = {}
    for group in scenario.changes:
        name, number = group.name, 1
        while name in found:
            number += 1
            name = f"{group.name} ({number})"
        found[name] = group
    return found
