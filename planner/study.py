"""A study: one base problem and any number of scenarios that stand on it.

The first scenario is the base: no parent, no changes of its own. Every other scenario is its parent
plus an ordered list of named change sets, with its own plan, pins and waivers.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from planner.changes import Change, ChangeSet, Note, apply
from planner.fingerprint import fingerprint
from planner.forecast import Forecast
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Waiver
from planner.signatures import Signature

BASE: Final = "base"
DEEPEST: Final = 100
"""How many scenarios may stand one on another above the base; beside each other there may be any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Something that the engines must keep as the plan has it: a case, a person (on days), or days.

    `kind` is case, person, day (a whole roster day) or session; `first` and `last` bound a person's days.
    """

    kind: str
    id: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if. `made_for` is the fingerprint of the facts and rules that the plan was made for.

    `forecast` is what was simulated last, which need not be about the plan as it stands now.
    """

    name: str
    parent: str | None = BASE
    changes: tuple[ChangeSet, ...] = ()
    plan: Plan = Plan()
    made_for: str | None = None
    forecast: Forecast | None = None
    published: Plan | None = None
    signatures: tuple[Signature, ...] = ()
    pins: tuple[Pin, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    note: str = ""


class UnknownScenarioError(KeyError):
    """A study has no scenario of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What one file holds; `id` is random and tells the file's runs from others'."""

    id: str
    name: str = ""
    base: Problem
    scenarios: tuple[Scenario, ...] = (Scenario(name=BASE, parent=None),)

    def scenario(self, name: str) -> Scenario:
        """Give a scenario by name.

        Raises:
            UnknownScenarioError: there is none.
        """
        found = _by_name(self.scenarios).get(name)
        if found is None:
            raise UnknownScenarioError(name)
        return found

    def line(self, name: str) -> tuple[Scenario, ...]:
        """Give a scenario and its ancestors, the base first."""
        found: list[Scenario] = []
        here: str | None = name
        while here is not None:
            scenario = self.scenario(here)
            found.append(scenario)
            here = scenario.parent
        return tuple(reversed(found))

    def changes(self, name: str) -> Iterator[ChangeSet]:
        """Give all change sets that make a scenario, its ancestors' first."""
        return (group for scenario in self.line(name) for group in scenario.changes)

    def all_changes(self) -> Iterator[Change]:
        """Give all single changes that scenarios make, scenario by scenario, set by set."""
        groups = (group for scenario in self.scenarios for group in scenario.changes)
        return (change for group in groups for change in group.changes)

    def problem(self, name: str) -> Problem:
        """Give the problem of a scenario: the base with all its changes applied."""
        return _effective(self.base, tuple(self.changes(name)))[0]

    def notes(self, name: str) -> tuple[Note, ...]:
        """Give the changes of a scenario's line that are broken or shifted."""
        return _effective(self.base, tuple(self.changes(name)))[1]

    def pins(self, name: str) -> tuple[Pin, ...]:
        """Give the pins in force: the ancestors' and its own."""
        return tuple(dict.fromkeys(pin for each in self.line(name) for pin in each.pins))

    def waivers(self, name: str) -> tuple[Waiver, ...]:
        """Give the waivers in force: the ancestors' and its own."""
        return tuple(dict.fromkeys(w for each in self.line(name) for w in each.waivers))

    def stale(self, name: str) -> bool:
        """Tell whether a plan was made for other facts or rules than those in force."""
        made_for = self.scenario(name).made_for
        return made_for is not None and made_for != fingerprint(self.problem(name))

    def replace(self, scenario: Scenario) -> "Study":
        """Give the study with another version of one scenario.

        Raises:
            UnknownScenarioError: there is none of that name.
        """
        self.scenario(scenario.name)
        after = tuple(scenario if s.name == scenario.name else s for s in self.scenarios)
        return dataclasses.replace(self, scenarios=after)

    def children(self, name: str) -> tuple[Scenario, ...]:
        """Give the scenarios that stand directly on one."""
        return tuple(scenario for scenario in self.scenarios if scenario.parent == name)


_FEW: Final = 8
_named: list[tuple[tuple[Scenario, ...], dict[str, Scenario]]] = []


def _by_name(scenarios: tuple[Scenario, ...]) -> dict[str, Scenario]:
    """Give scenarios by name; remembered by identity, as whoever asks for one asks for all."""
    for known, found in _named:
        if known is scenarios:
            return found
    found = {each.name: each for each in reversed(scenarios)}
    _named[:] = [(scenarios, found), *_named][:_FEW]  # in one step: others may look meanwhile
    return found


def same_facts(before: Study, after: Study, name: str) -> bool:
    """Tell whether a scenario surely has the same facts in two studies; they are not made for it."""
    return before.base is after.base and (*before.changes(name),) == (*after.changes(name),)


_KEPT: Final = 64
_Made: TypeAlias = tuple[Problem, tuple[Note, ...]]
_made: list[tuple[Problem, tuple[str, ...], tuple[ChangeSet, ...], _Made]] = []


def _effective(base: Problem, sets: tuple[ChangeSet, ...]) -> _Made:
    """Apply change sets, or give the problem made before: identity keeps indexes and fingerprints."""
    sets = tuple(group for group in sets if group.enabled)
    if not sets:
        return base, ()
    names = tuple(group.name for group in sets)  # compared first: most others have other names
    for known_base, known_names, known_sets, result in _made:
        if known_base is base and known_names == names and known_sets == sets:
            return result
    result = apply(base, sets)
    _made.insert(0, (base, names, sets, result))
    del _made[_KEPT:]
    return result
