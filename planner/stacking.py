"""The pile of change sets of a scenario: put in another order, moved to the parent, taken away.

Later sets win, so an order can matter; what moves to the parent leaves the scenario's own facts as they
are, and reaches all other scenarios that stand on the parent.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from planner.amending import Stack
from planner.changes import ChangeSet
from planner.edits import EditRefusedError
from planner.hand_edits import Together
from planner.study import Scenario, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorder:
    """Put a change set of a scenario in another place, counted from 0."""

    scenario: str
    group: str
    place: int

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        facts: Mapping[str, str | int] = {
            "scenario": self.scenario,
            "name": self.group,
            "place": self.place + 1,
        }
        return "edit_reorder", facts

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        at = place_of(scenario, self.group)
        if not 0 <= self.place < len(scenario.changes):
            most = len(scenario.changes)
            raise EditRefusedError("no_such_place", place=self.place + 1, most=most)
        groups = list(scenario.changes)
        groups.insert(self.place, groups.pop(at))
        return study.replace(dataclasses.replace(scenario, changes=tuple(groups)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Take a change set of a scenario away, or the change of it that has a number, from 0."""

    scenario: str
    group: str
    change: int | None = None

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        facts: dict[str, str | int] = {"scenario": self.scenario, "name": self.group}
        if self.change is None:
            return "edit_drop", facts
        return "edit_drop_one", {**facts, "change": self.change + 1}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        at = place_of(scenario, self.group)
        group = scenario.changes[at]
        kept: tuple[ChangeSet, ...] = ()
        if self.change is not None:
            refuse_change(group, self.change)
            left = (*group.changes[: self.change], *group.changes[self.change + 1 :])
            kept = (dataclasses.replace(group, changes=left),) if left else ()
        groups = (*scenario.changes[:at], *kept, *scenario.changes[at + 1 :])
        return study.replace(dataclasses.replace(scenario, changes=groups))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift(Together):
    """Move a change set, or a change of one, to the parent; the scenario inherits it from then on.

    `change` is the number of the one change that moves, from 0; None: all of them do.
    """

    scenario: str
    group: str
    parent: str
    change: int | None = None

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        facts: dict[str, str | int] = {
            "scenario": self.scenario,
            "name": self.group,
            "parent": self.parent,
        }
        if self.change is None:
            return "edit_lift", facts
        return "edit_lift_one", {**facts, "change": self.change + 1}

    def apply(self, study: Study) -> Study:
        before = study.problem(self.scenario)
        after = Together.apply(self, study)
        if after.problem(self.scenario) != before:
            raise EditRefusedError("lift_changes", scenario=self.scenario, name=self.group)
        return after


def lifted(study: Study, scenario: str, group: str, change: int | None = None) -> Lift:
    """Give the edit that moves a change set of a scenario, or a change of it, to the parent.

    Raises:
        EditRefusedError: there is no such set, no such change or no parent, or the set is switched off.
    """
    here = study.scenario(scenario)
    if here.parent is None:
        raise EditRefusedError("no_parent", scenario=scenario)
    moved = here.changes[place_of(here, group)]
    if not moved.enabled:
        raise EditRefusedError("lift_off", name=group)
    if change is not None:
        refuse_change(moved, change)
        moved = dataclasses.replace(moved, changes=(moved.changes[change],))
    up = Stack(scenario=here.parent, group=moved)
    down = Drop(scenario=scenario, group=group, change=change)
    return Lift(edits=(up, down), scenario=scenario, group=group, parent=here.parent, change=change)


def place_of(scenario: Scenario, group: str) -> int:
    """Give the place of a change set in its scenario, from 0.

    Raises:
        EditRefusedError: there is none of that name.
    """
    for at, each in enumerate(scenario.changes):
        if each.name == group:
            return at
    raise EditRefusedError("no_such_group", scenario=scenario.name, name=group)


def refuse_change(group: ChangeSet, change: int) -> None:
    """Let the number of a change pass that a set has, from 0.

    Raises:
        EditRefusedError: it has not so many.
    """
    if not 0 <= change < len(group.changes):
        most = len(group.changes)
        raise EditRefusedError("no_such_change", name=group.name, change=change + 1, most=most)
