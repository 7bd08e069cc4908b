"""What two studies have in common: the beginning to merge from where none is known any more.

Rows that both have alike stand in it. What differs has no beginning there, so that each difference is
a conflict, and a row of one side alone is kept.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from planner.merging.conflicts import Place, canonical
from planner.merging.facts import OWN
from planner.merging.plans import cells, plan_of
from planner.plan import Plan
from planner.problem import ATTRIBUTES, Problem
from planner.study import BASE, Scenario, Study

T = TypeVar("T")


def common(ours: Study, theirs: Study) -> Study:
    """Give what both studies have alike, the same whichever comes first."""
    there = {each.name: each for each in theirs.scenarios}
    names = _shared([*(e.name for e in ours.scenarios)], [*there])
    return dataclasses.replace(
        _first(ours, theirs),
        base=common_facts(ours.base, theirs.base),
        scenarios=tuple(common_scenario(ours, theirs, name) for name in names),
    )


def unknown_facts(ours: Problem, theirs: Problem) -> frozenset[Place]:
    """Give the places of fields of the problem itself that differ: nobody knows what was there."""
    fields = (name for name in OWN if getattr(ours, name) != getattr(theirs, name))
    return frozenset(Place(BASE, "facts", "problem", "problem", name) for name in fields)


def unknown_settings(ours: Scenario, theirs: Scenario) -> frozenset[Place]:
    """Give the places of a scenario's own fields that differ."""
    fields = (name for name in ("parent", "note") if getattr(ours, name) != getattr(theirs, name))
    return frozenset(Place(ours.name, "scenario", field=name) for name in fields)


def common_facts(ours: Problem, theirs: Problem) -> Problem:
    """Give the records that both have alike."""
    made = _first(ours, theirs)
    for kind in ATTRIBUTES:
        records = (ours.records(kind), theirs.records(kind))
        if records[0] != records[1]:
            mine, other = ({str(each.id): each for each in side} for side in records)
            kept = [id for id in _shared([*mine], [*other]) if mine[id] == other[id]]
            made = made.with_records(kind, tuple(mine[id] for id in kept))
    return made


def common_scenario(ours: Study, theirs: Study, name: str) -> Scenario:
    """Give what both have alike of a scenario that both have."""
    mine, other = ours.scenario(name), theirs.scenario(name)
    if mine == other:
        return mine
    tracks = {
        str(shift.id): shift.track
        for study in (theirs, ours)
        for shift in study.problem(name).shifts
    }
    return Scenario(
        name=name,
        parent=_first(mine, other).parent,
        changes=tuple(each for each in mine.changes if each in other.changes),
        plan=_plan(mine.plan, other.plan, tracks),
        made_for=mine.made_for if mine.made_for == other.made_for else None,
        published=mine.published if mine.published == other.published else None,
        pins=tuple(each for each in mine.pins if each in other.pins),
        waivers=tuple(each for each in mine.waivers if each in other.waivers),
        note=_first(mine, other).note,
    )


def _plan(ours: Plan, theirs: Plan, tracks: Mapping[str, str]) -> Plan:
    mine, other = cells(ours, tracks), cells(theirs, tracks)
    return plan_of({cell: held for cell, held in mine.items() if other.get(cell) == held})


def _first(ours: T, theirs: T) -> T:
    return min(ours, theirs, key=canonical)


def _shared(ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """Give what stands in both, in the order of one of them that does not depend on the side."""
    both = {*ours} & {*theirs}
    return min(*([each for each in side if each in both] for side in (ours, theirs)))
