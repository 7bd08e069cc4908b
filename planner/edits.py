"""Everything a user can do to a study, as values: `apply(study) -> study`, a label, what it touched.

An edit is pure: it gives a new study or refuses with a reason. Adopting a solver's plan is an edit
like any other, so it can be undone and stands in the journal.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from planner.changes import Add, ChangeSet, Note, apply
from planner.fingerprint import fingerprint
from planner.forecast import Forecast
from planner.plan import Plan
from planner.problem import ATTRIBUTES, Problem
from planner.rules.contract import Waiver
from planner.signatures import Signature, published_digest
from planner.standing import refusal
from planner.study import DEEPEST, Pin, Scenario, Study


class EditRefusedError(ValueError):
    """An edit that cannot be done: a message id and the facts of its sentence."""

    def __init__(self, what: str, **facts: str | int) -> None:
        super().__init__(what)
        self.what = what
        self.facts: Mapping[str, str | int] = facts


class Edit(Protocol):
    """What every edit offers; `label` is a message id and its facts, `touched` scenario names."""

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        """Give what the edit does, as a message id and facts."""

    @property
    def touched(self) -> frozenset[str]:
        """Give the scenarios whose facts, plan or settings it changes."""

    def apply(self, study: Study) -> Study:
        """Give the study after the edit.

        Raises:
            EditRefusedError: it cannot be done.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Make a new scenario on a parent; it begins with its parent's plan."""

    parent: str
    name: str

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_branch", {"parent": self.parent, "name": self.name}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.name})

    def apply(self, study: Study) -> Study:
        parent = study.scenario(self.parent)
        refuse_name(study, self.name)
        if len(study.line(self.parent)) > DEEPEST:
            raise EditRefusedError("too_deep", scenario=self.parent, most=DEEPEST)
        fresh = Scenario(
            name=self.name,
            parent=self.parent,
            plan=parent.plan,
            made_for=parent.made_for,
            forecast=parent.forecast,
        )
        return dataclasses.replace(study, scenarios=(*study.scenarios, fresh))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Take a scenario away; one with children, and the base, stay."""

    name: str

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_delete", {"name": self.name}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.name})

    def apply(self, study: Study) -> Study:
        if study.scenario(self.name).parent is None:
            raise EditRefusedError("base_stays", name=self.name)
        children = study.children(self.name)
        if children:
            names = ", ".join(child.name for child in children)
            raise EditRefusedError("has_children", name=self.name, children=names)
        kept = tuple(scenario for scenario in study.scenarios if scenario.name != self.name)
        return dataclasses.replace(study, scenarios=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Add a group of changes to a scenario; in the base they change the base itself."""

    scenario: str
    group: ChangeSet

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_record", {"scenario": self.scenario, "name": self.group.name}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        _, notes = apply(study.problem(self.scenario), (self.group,))
        for note in notes:
            if note.state == "broken":
                why = (
                    "change_there"
                    if _there(study.problem(self.scenario), note)
                    else "change_broken"
                )
                raise EditRefusedError(why, target=f"{note.change.kind}/{note.change.id}")
        if scenario.parent is None:
            problem, _ = apply(study.base, (self.group,))
            return dataclasses.replace(study, base=problem)
        changed = dataclasses.replace(scenario, changes=(*scenario.changes, self.group))
        return study.replace(changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Switch a group of changes of a scenario on or off."""

    scenario: str
    group: str
    enabled: bool

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        what = "edit_switch_on" if self.enabled else "edit_switch_off"
        return what, {"scenario": self.scenario, "name": self.group}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        if all(group.name != self.group for group in scenario.changes):
            raise EditRefusedError("no_such_group", scenario=self.scenario, name=self.group)
        groups = tuple(
            dataclasses.replace(group, enabled=self.enabled) if group.name == self.group else group
            for group in scenario.changes
        )
        return study.replace(dataclasses.replace(scenario, changes=groups))


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptPlan:
    """Take a plan as a scenario's own, made for the facts in force now, or for those of `made_for`.

    `forecast` is what was simulated of it; without one that of the plan before stays, out of date on
    the days that differ.
    """

    scenario: str
    plan: Plan
    run: str = ""
    made_for: str | None = None
    forecast: Forecast | None = None

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_adopt", {"scenario": self.scenario, "run": self.run}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        made_for = self.made_for or fingerprint(study.problem(self.scenario))
        forecast = self.forecast or scenario.forecast
        adopted = dataclasses.replace(
            scenario, plan=self.plan, made_for=made_for, forecast=forecast
        )
        return study.replace(adopted)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepForecast:
    """Keep what was simulated of a scenario's plan beside it."""

    scenario: str
    forecast: Forecast

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_forecast", {"scenario": self.scenario}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        return study.replace(dataclasses.replace(scenario, forecast=self.forecast))


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """Keep a scenario's plan as the published one.

    Both doors give a signature, which needs an approved plan and a second person; the plan is signed.
    """

    scenario: str
    signature: Signature | None = None

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_publish", {"scenario": self.scenario}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        if not any(scenario.plan.sessions) and not any(scenario.plan.days):
            raise EditRefusedError("publish_empty", scenario=self.scenario)
        signatures: tuple[Signature, ...] = ()
        if self.signature is not None:
            refuse_step(study, self.scenario, self.signature)
            digest = published_digest(scenario.plan)
            mine = dataclasses.replace(self.signature, digest=digest)
            signatures = (*scenario.signatures, mine)
        published = dataclasses.replace(scenario, published=scenario.plan, signatures=signatures)
        return study.replace(published)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPins:
    """Give a scenario other pins of its own."""

    scenario: str
    pins: tuple[Pin, ...] = field(default=())

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_pins", {"scenario": self.scenario, "n": len(self.pins)}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        return study.replace(dataclasses.replace(study.scenario(self.scenario), pins=self.pins))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive:
    """Accept hard breaches of a scenario, with a written reason."""

    scenario: str
    waiver: Waiver

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_waive", {"scenario": self.scenario, "rule": self.waiver.rule}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        if not self.waiver.reason.strip():
            raise EditRefusedError("no_reason", rule=self.waiver.rule)
        scenario = study.scenario(self.scenario)
        waivers = (*scenario.waivers, self.waiver)
        return study.replace(dataclasses.replace(scenario, waivers=waivers))


def _there(problem: Problem, note: Note) -> bool:
    """Tell whether a change would add a record that is there already."""
    change = note.change
    if not isinstance(change, Add) or change.kind not in ATTRIBUTES:
        return False
    return any(record.id == change.id for record in problem.records(change.kind))


def refuse_step(study: Study, name: str, signature: Signature) -> None:
    """Let a step pass that a scenario can take now.

    Raises:
        EditRefusedError: another step comes first, or nobody else stands behind the plan.
    """
    found = refusal(study, signature, name)
    if found is not None:
        what, facts = found
        raise EditRefusedError(what, **facts)


def refuse_name(study: Study, name: str) -> None:
    """Let a name pass that a scenario of a study may take.

    Raises:
        EditRefusedError: it is empty, too long, taken, or has signs that cannot stand in one.
    """
    if not name.strip() or "#" in name or len(name) > 100 or not name.isprintable():
        raise EditRefusedError("bad_name", name=name)
    if any(scenario.name == name for scenario in study.scenarios):
        raise EditRefusedError("name_taken", name=name)


def fresh_name(study: Study, words: str) -> str:
    """Give a name that no scenario has yet: the words, with a number where needed."""
    taken = {scenario.name for scenario in study.scenarios}
    name, number = words, 1
    while name in taken:
        number += 1
        name = f"{words} {number}"
    return name
