"""What a hand does to a plan: place a case, take it out, give a duty; and a few edits as one.

A plan keeps being a plan for the facts that it was made for: an edit by hand does not make an outdated
plan up to date. Whether a rule is broken is for the audit to say; nothing is refused for that.
"""

import dataclasses
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from planner.changes import Adjust, Change, Set
from planner.edits import Edit, EditRefusedError, refuse_name
from planner.facts import facts
from planner.fingerprint import fingerprint
from planner.plan import Duty, Placement, Plan
from planner.study import Scenario, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Put a case somewhere: a session, a surgeon, a start; it leaves where it was."""

    scenario: str
    placement: Placement

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_place", {"case": self.placement.case, "session": self.placement.session}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        known = facts(study.problem(self.scenario))
        case, session, surgeon, _ = self.placement
        if case not in known.cases:
            raise EditRefusedError("no_such_case", case=case)
        if session not in known.sessions:
            raise EditRefusedError("no_such_session", session=session)
        if surgeon is not None and surgeon not in known.surgeons:
            raise EditRefusedError("no_such_surgeon", surgeon=surgeon)
        scenario = study.scenario(self.scenario)
        return _with_plan(study, scenario, placed(scenario.plan, self.placement))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOut:
    """Take cases out of the plan: they wait."""

    scenario: str
    cases: frozenset[str]

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_take_out", {"n": len(self.cases), "cases": ", ".join(sorted(self.cases))}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        return _with_plan(study, scenario, without(scenario.plan, self.cases))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give people shifts on days, or days off (None): one duty a track, what was there goes."""

    scenario: str
    duties: tuple[tuple[str, int, str | None], ...]
    """(person, day, shift), the shift naming its track; None clears all tracks of the day."""

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        people = sorted({person for person, _, _ in self.duties})
        return "edit_assign", {"n": len(self.duties), "people": ", ".join(people)}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        known = facts(study.problem(self.scenario))
        for person, day, shift in self.duties:
            if person not in known.staff:
                raise EditRefusedError("no_such_person", person=person)
            if shift is not None and shift not in known.shifts:
                raise EditRefusedError("no_such_shift", shift=shift)
            if not 0 <= day <= known.problem.horizon.last:
                date = known.horizon.date(day).isoformat()
                raise EditRefusedError("not_in_horizon", day=date)
        scenario = study.scenario(self.scenario)
        tracks = {str(id): shift.track for id, shift in known.shifts.items()}
        return _with_plan(study, scenario, assigned(scenario.plan, self.duties, tracks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Give a scenario another name."""

    scenario: str
    name: str

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_rename", {"scenario": self.scenario, "name": self.name}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario, self.name})

    def apply(self, study: Study) -> Study:
        if study.scenario(self.scenario).parent is None:
            raise EditRefusedError("base_keeps_name", name=self.scenario)
        name = self.name.strip()
        refuse_name(study, name)
        renamed = tuple(
            dataclasses.replace(
                each,
                name=name if each.name == self.scenario else each.name,
                parent=name if each.parent == self.scenario else each.parent,
            )
            for each in study.scenarios
        )
        return dataclasses.replace(study, scenarios=renamed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherit:
    """Take the parent's value of a field again: the scenario's own changes of it go."""

    scenario: str
    kind: str
    id: str
    field: str

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_inherit", {"id": self.id, "field": self.field, "scenario": self.scenario}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        groups = []
        for group in scenario.changes:
            kept = tuple(change for change in group.changes if not self._meant(change))
            if kept or not group.changes:
                whole = len(kept) == len(group.changes)
                groups.append(group if whole else dataclasses.replace(group, changes=kept))
        if tuple(groups) == scenario.changes:
            raise EditRefusedError("nothing_own", id=self.id, field=self.field)
        return study.replace(dataclasses.replace(scenario, changes=tuple(groups)))

    def _meant(self, change: Change) -> bool:
        own = isinstance(change, Set | Adjust) and change.field == self.field
        return own and (change.kind, change.id) == (self.kind, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Several edits as one, to be undone as one; the first, or the one at `named`, gives it its name."""

    edits: tuple[Edit, ...]
    named: int = 0

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return self.edits[self.named].label

    @property
    def touched(self) -> frozenset[str]:
        return frozenset().union(*(edit.touched for edit in self.edits))

    def apply(self, study: Study) -> Study:
        for edit in self.edits:
            study = edit.apply(study)
        return study


def placed(plan: Plan, placement: Placement) -> Plan:
    """Give a plan with a case placed there, and nowhere else; untouched sessions are shared."""
    return _into(without(plan, frozenset({placement.case})), placement)


def without(plan: Plan, cases: frozenset[str]) -> Plan:
    """Give a plan without some cases; untouched sessions are shared."""
    sessions = []
    for partition in plan.sessions:
        if cases.isdisjoint(
            [each[0] for each in partition]
        ):  # each move of a drag asks all of them
            sessions.append(partition)
        elif kept := tuple(each for each in partition if each.case not in cases):
            sessions.append(kept)
    return dataclasses.replace(plan, sessions=tuple(sessions))


def _into(plan: Plan, placement: Placement) -> Plan:
    known = plan.sessions
    at = bisect_left(known, placement.session, key=lambda partition: partition[0].session)
    here = at < len(known) and known[at][0].session == placement.session
    there = known[at] if here else ()
    made = Plan.build((*there, placement)).sessions
    return dataclasses.replace(plan, sessions=(*known[:at], *made, *known[at + here :]))


def assigned(
    plan: Plan, duties: tuple[tuple[str, int, str | None], ...], tracks: Mapping[str, str]
) -> Plan:
    """Give a plan with other duties of some people on some days; untouched days are shared."""
    by_day = {partition[0].day: partition for partition in plan.days}
    for person, day, shift in duties:
        kept = [
            each
            for each in by_day.get(day, ())
            if each.person != person
            or (shift is not None and tracks.get(each.shift) != tracks.get(shift))
        ]
        if shift is not None:
            kept.append(Duty(person, day, shift))  # type: ignore[arg-type]  # ids are strings
        by_day[day] = Plan.build(duties=kept).days[0] if kept else ()
    days = tuple(by_day[day] for day in sorted(by_day) if by_day[day])
    return dataclasses.replace(plan, days=days)


def _with_plan(study: Study, scenario: Scenario, plan: Plan) -> Study:
    """Give the study with another plan of a scenario; one without a plan has one for the facts now."""
    made_for = scenario.made_for or fingerprint(study.problem(scenario.name))
    return study.replace(dataclasses.replace(scenario, plan=plan, made_for=made_for))
