"""One scenario of two studies merged: its changes, its plans, pins, waivers and note."""

import dataclasses
from collections.abc import Hashable, Sequence
from typing import Any, TypeVar

from planner.merging.change_sets import merged_sets
from planner.merging.conflicts import Desk, Place, canonical
from planner.merging.plans import Known, merged_plan, named_by
from planner.merging.rows import merged_rows
from planner.plain import Plain
from planner.plan import Plan
from planner.problem import Problem
from planner.signatures import PUBLISHED, Signature
from planner.study import Scenario

T = TypeVar("T", bound=Hashable)
Three = tuple[Scenario, Scenario, Scenario]


def merged_settings(desk: Desk, three: Three) -> Scenario:
    """Merge all of a scenario but its plans, which need the facts that come of it."""
    base, ours, theirs = three
    name = base.name

    def own(field: str) -> Any:
        values: tuple[Any, Any, Any] = tuple(getattr(each, field) for each in three)
        return desk.three(Place(name, "scenario", field=field), values, lambda v: v, "differs")

    return dataclasses.replace(
        ours,
        parent=own("parent"),
        note=own("note"),
        changes=merged_sets(desk, name, (base.changes, ours.changes, theirs.changes)),
        pins=_listed(base.pins, ours.pins, theirs.pins),
        waivers=_listed(base.waivers, ours.waivers, theirs.waivers),
    )


def _listed(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> tuple[T, ...]:
    """Merge what either stands there or not: what one side takes away goes, what one adds comes."""
    if ours == theirs or theirs == base:
        return tuple(ours)
    if ours == base:
        return tuple(theirs)
    listed = (_there(base), _there(ours), _there(theirs))
    return tuple(merged_rows(listed, lambda *_: True))


def _there(values: Sequence[T]) -> dict[T, bool]:
    return dict.fromkeys(values, True)


def with_plans(
    desk: Desk, merged: Scenario, three: Three, problem: Problem, before: Sequence[Problem]
) -> Scenario:
    """Give a merged scenario its plans; `problem` are the facts that it has come to, from `before`."""
    base, ours, theirs = three
    horizon, tracks = problem.horizon, {str(each.id): each.track for each in problem.shifts}
    plans = (base.plan, ours.plan, theirs.plan)
    known = Known(*map(named_by, (*before, problem)))
    plan = merged_plan(desk, (merged.name, "plan"), plans, tracks, horizon, known)
    published = _published(desk, three)
    return dataclasses.replace(
        merged,
        plan=plan,
        made_for=_derived(plan, three, "made_for"),
        forecast=_derived(plan, three, "forecast"),
        published=published.published,
        signatures=_signatures(plan, published, three),
    )


def _derived(plan: Plan, three: Three, field: str) -> Any:
    """Take over what belongs to a plan: of the side that has changed it, else of the plan that stays."""
    base, ours, theirs = (getattr(each, field) for each in three)
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    same = [getattr(each, field) for each in three[1:] if each.plan == plan]
    return same[0] if len(same) == 1 else min(ours, theirs, key=canonical)


def _published(desk: Desk, three: Three) -> Scenario:
    """Give the side whose published plan stands, whole: nobody has signed a mixture of two.

    Where both have published since, the later one stands until somebody chooses.
    """
    base, ours, theirs = three
    if ours.published == theirs.published or theirs.published == base.published:
        return ours
    if ours.published == base.published:
        return theirs
    later = max(ours, theirs, key=lambda each: (_signed(each), canonical(each.published)))
    place = Place(base.name, "scenario", field="published")
    return desk.settle(place, "differs", three, _published_shown, later)


def _signed(scenario: Scenario) -> str:
    """Give when a scenario was published, as far as that is signed."""
    signed = scenario.signatures
    return signed[-1].made if signed and signed[-1].step == PUBLISHED else ""


def _published_shown(scenario: Scenario) -> Plain:
    """Give a published plan as a plain value: how much it holds, and who published it when."""
    plan, signed = scenario.published, scenario.signatures
    if plan is None:
        return None
    by = signed[-1] if signed and signed[-1].step == PUBLISHED else None
    return {
        "cases": sum(map(len, plan.sessions)),
        "duties": sum(map(len, plan.days)),
        "by": "" if by is None else by.name or by.account,
        "made": "" if by is None else by.made,
    }


def _signatures(plan: Plan, published: Scenario, three: Three) -> tuple[Signature, ...]:
    """Give what was signed; who has published another plan than the one that stands goes with that."""
    found: tuple[Signature, ...] = _derived(plan, three, "signatures")
    if not found or found[-1].step != PUBLISHED:
        return found
    behind = {each.signatures for each in three if each.published == published.published}
    if found in behind:
        return found
    mine = published.signatures
    return mine if mine and mine[-1].step == PUBLISHED else ()
