"""What goes when records are taken away, as values: duties, cases, records and pins, in every scenario.

Somebody who has worked stays in the record: she gets a last day, so that past hours keep their person.
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from planner.amending import Amend
from planner.changes import Change, ChangeSet, Set, removal
from planner.commands.need import following
from planner.edits import Edit, SetPins
from planner.fields import KINDS, specs
from planner.hand_edits import Assign, TakeOut, Together
from planner.plan import Duty, Placement, Plan
from planner.problem import RECORD_KINDS, Problem
from planner.study import Study

OWNED: Final = {
    "staff": ("absence", "request", "history", "carried", "promise", "turn"),
    "surgeon": ("absence",),
    "case": ("appointment",),
    "rotation": ("line", "turn", "weekly"),
}
"""Kinds of records that are about one person, case or rotation alone, and go with it."""
SAME: Final = ("history", "promise", "appointment", "turn")
"""Kinds whose records have the code of whom they are about."""
_PLACE: Final = {"case": 0, "session": 1, "surgeon": 2}


@dataclass(frozen=True, kw_only=True)
class Inherited:
    """Something done to the facts of a scenario: those that stand on it inherit it."""

    study: Study
    scenario: str

    @property
    def heirs(self) -> tuple[str, ...]:
        """The scenario itself and those that stand on it, parents before their children."""
        found = [self.scenario]
        for each in self.study.scenarios:
            if each.parent in found:
                found.append(each.name)
        return tuple(found)


@dataclass(frozen=True, kw_only=True)  # without slots: what takes long is found once
class Going(Inherited):
    """Records of a kind that are to go from a scenario of a study."""

    kind: str
    ids: tuple[str, ...]

    @cached_property
    def leaving(self) -> dict[str, int]:
        """Those who have worked, with their last day: the day before the facts were true, or day −1."""
        if self.kind != "staff":
            return {}
        problem = self.study.problem(self.scenario)
        as_of = problem.horizon.day(problem.as_of)
        plans = [self.study.scenario(name).plan for name in self.heirs]
        now = {d.person for plan in plans for d in plan.duties if d.day < as_of}
        before = {h.id for h in problem.histories if any(word not in ("-", "?") for word in h.past)}
        known = {str(each.id): each.last for each in problem.staff}
        found = dict[str, int]()
        for id in self.ids:
            if id in known and (id in now or id in before):
                last, had = (max(as_of - 1, -1) if id in now else -1), known[id]
                found[id] = last if had is None else min(last, had)
        return found

    @property
    def removed(self) -> tuple[str, ...]:
        """Those whose records really go."""
        leaving = self.leaving
        return tuple(id for id in self.ids if id not in leaving)

    @cached_property
    def _left(self) -> Study:
        """The study once those who leave have their last days: a what-if may have another of its own."""
        days = tuple(self._last_days(self.study.problem(self.scenario)))
        if not days:
            return self.study
        group = ChangeSet(name=self.kind, changes=days)
        return Amend(scenario=self.scenario, group=group).apply(self.study)

    @cached_property
    def _staying(self) -> Mapping[str, float]:
        """The last of the days on which those who leave work in one of the scenarios."""
        found = dict[str, float]()
        for name in self.heirs if self.leaving else ():
            for person in self._left.problem(name).staff:
                if person.id in self.leaving:
                    day = math.inf if person.last is None else person.last
                    found[person.id] = max(day, found.get(person.id, day))
        return found

    def lost(self, name: str) -> tuple[list[Duty], list[Placement]]:
        """Give the duties and placements of a scenario's plan that lose their person, case or session."""
        duties, placements = used(self.study.scenario(name).plan, self.kind, self.removed)
        after = late(self._left, name, self.leaving)
        return sorted([*duties, *after], key=lambda duty: duty.day), placements

    def past(self) -> list[Duty]:
        """Give the duties of the scenario's plan that stay in the record."""
        last = self.leaving
        duties = self.study.scenario(self.scenario).plan.duties
        return [d for d in duties if d.person in last and d.day <= last[d.person]]

    def records(self, name: str) -> list[tuple[str, str]]:
        """Give kind and id of the records of a scenario that are about those who go, and go too."""
        problem = self.study.problem(name)
        gone, last = set(self.removed), self._staying
        other = {"staff": "surgeon", "surgeon": "staff"}.get(self.kind)
        gone -= {each.id for each in problem.records(other)} if other else set()
        found: list[tuple[str, str]] = []
        for kind in OWNED.get(self.kind, ()):
            for record in problem.records(kind):
                person = _about(self.kind, kind, record)
                day = {"absence": "first", "request": "day"}.get(kind)
                after = day is not None and person in last and getattr(record, day) > last[person]
                if person in gone or after or (kind != "absence" and person in self.removed):
                    found.append((kind, record.id))
        return found

    def changes(self, name: str) -> tuple[Change, ...]:
        """Give the changes of a scenario's facts; what it inherits is not done again."""
        problem = self.study.problem(name)
        parent = self.study.scenario(name).parent
        above = set(self.records(parent)) if name != self.scenario and parent else set()
        own = [
            removal(problem, kind, id) for kind, id in self.records(name) if (kind, id) not in above
        ]
        if name != self.scenario:
            return tuple(own)
        return (*self._gone(problem), *self._last_days(problem), *own, *self.cover())

    def _gone(self, problem: Problem) -> list[Change]:
        return [removal(problem, self.kind, id) for id in self.removed]

    def cover(self) -> tuple[Change, ...]:
        """Give how the people needed move in the scenario where sessions go, as commands move them."""
        problem = self.study.problem(self.scenario)
        return following(problem, self._gone(problem))

    def _last_days(self, problem: Problem) -> Iterator[Set]:
        known = {str(each.id): each.last for each in problem.staff}
        for id, last in self.leaving.items():
            if known[id] != last:
                before, after = (
                    None if day is None else problem.horizon.date(day).isoformat()
                    for day in (known[id], last)
                )
                yield Set(kind="staff", id=id, field="last", expected=before, value=after)

    def plan_edits(self, name: str) -> Iterator[Assign | TakeOut | SetPins]:
        """Give the edits that take out of a scenario's plan and pins what loses its record."""
        duties, placements = self.lost(name)
        known = {each.id for each in self.study.problem(name).staff}
        off = tuple((d.person, d.day, None) for d in duties if d.person in known)
        if off:
            yield Assign(scenario=name, duties=off)
        if placements:
            cases = frozenset(placement.case for placement in placements)
            yield TakeOut(scenario=name, cases=cases)
        pins, gone = self.study.scenario(name).pins, set(self.removed)
        pinned = "person" if self.kind == "staff" else self.kind
        kept = tuple(pin for pin in pins if pin.kind != pinned or pin.id not in gone)
        if kept != pins:
            yield SetPins(scenario=name, pins=kept)

    def edit(self, group: Callable[[tuple[Change, ...]], ChangeSet]) -> Edit | None:
        """Give the edit that takes them away in all plans and facts, None: nothing to do.

        `group` names the changes of a scenario's facts.
        """
        edits: list[Edit] = []
        records: list[Edit] = []
        for name in self.heirs:
            edits += self.plan_edits(name)
            changes = self.changes(name)
            if changes:
                records.append(Amend(scenario=name, group=group(changes)))
        if not edits and not records:
            return None
        return Together(edits=(*edits, *records), named=len(edits) if records else 0)

    def elsewhere(self, *, heirs: bool) -> list[str]:
        """Name the other scenarios whose plans use the records: those that lose them, or the others."""
        mine, found = self.heirs, list[str]()
        for scenario in self.study.scenarios:
            if scenario.name != self.scenario and (scenario.name in mine) == heirs:
                lost = (
                    self.lost(scenario.name) if heirs else used(scenario.plan, self.kind, self.ids)
                )
                if any(lost):
                    found.append(scenario.name)
        return found

    def named(self) -> dict[str, list[str]]:
        """Give the records that would stay and name the ones that go, by kind."""
        gone, found = frozenset(self.removed), dict[str, list[str]]()
        problem, going = self.study.problem(self.scenario), set(self.records(self.scenario))
        for other in RECORD_KINDS if gone else ():
            fields = [s for s in specs(KINDS[other]) if s.link == self.kind and s.name != "id"]
            for record in problem.records(other) if fields else ():
                values = ((getattr(record, spec.name), spec.form == "links") for spec in fields)
                hit = any(gone & value if many else value in gone for value, many in values)
                if hit and (other, record.id) not in going:
                    found.setdefault(other, []).append(record.id)
        return found


def _about(gone: str, kind: str, record: Any) -> str:
    """Give the code of the person, case or rotation that a record is about."""
    named = record.rotation if gone == "rotation" else record.id if kind in SAME else record.person
    return str(named)


def inheriting(before: Study, after: Study, touched: Collection[str]) -> list[str]:
    """Name the scenarios that an edit does not touch itself, and that have other facts by it."""
    there = {each.name for each in after.scenarios}.difference(touched)
    return [
        each.name
        for each in before.scenarios
        if each.name in there and before.problem(each.name) != after.problem(each.name)
    ]


def late(study: Study, scenario: str, last: Mapping[str, int]) -> list[Duty]:
    """Give the duties of a scenario's plan after last days that are in force there.

    Where a what-if has a last day of its own, that of its parent takes nothing from it.
    """
    if not last:
        return []
    known = {str(each.id): each.last for each in study.problem(scenario).staff}
    here = {person: day for person, day in last.items() if known.get(person) == day}
    plan = study.scenario(scenario).plan
    return [duty for duty in plan.duties if duty.day > here.get(duty.person, duty.day)]


def used(plan: Plan, kind: str, ids: Sequence[str]) -> tuple[list[Duty], list[Placement]]:
    """Give the duties and placements of a plan that use records."""
    gone = frozenset(ids)
    duties = [d for d in plan.duties if kind == "staff" and d.person in gone]
    duties += [d for d in plan.duties if kind == "shift" and d.shift in gone]
    place = _PLACE.get(kind)
    placements = [] if place is None else [p for p in plan.placements if p[place] in gone]
    return duties, placements
