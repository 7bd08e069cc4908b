"""Outcomes side by side: figures with their causes, other inputs, other placements, other duties."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from planner.attribution import Cause, causes
from planner.fields import specs
from planner.kpis import catalogue, present
from planner.kpis.contract import Figure, Kpi, Outcome, value
from planner.people import ShiftId, StaffId
from planner.plain import Plain, plain
from planner.plan import Placement
from planner.problem import ATTRIBUTES, Problem


class InputChange(NamedTuple):
    """A field that differs; a record that is new or gone has field "" and None on one side."""

    scenario: str
    kind: str
    id: str
    field: str
    before: Plain
    after: Plain


class PlacementChange(NamedTuple):
    """A case placed differently; None: it waits."""

    scenario: str
    before: Placement | None
    after: Placement | None

    @property
    def case(self) -> str:
        """The case that it is about."""
        known = self.before or self.after
        return known.case if known is not None else ""


class DutyChange(NamedTuple):
    """A person with another shift on a track of a day; None: off."""

    scenario: str
    person: StaffId
    day: int
    track: str
    before: ShiftId | None
    after: ShiftId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiRow:
    """An indicator over all scenarios; delta and causes against the reference, None where n/a."""

    kpi: Kpi
    values: Mapping[str, float | int | None]
    delta: Mapping[str, float | int | None]
    causes: Mapping[str, tuple[Cause, ...]]

    @property
    def differs(self) -> bool:
        """Whether any scenario has another value than the reference."""
        return len(set(self.values.values())) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between a reference and other scenarios."""

    reference: str
    scenarios: tuple[str, ...]
    kpis: tuple[KpiRow, ...] = ()
    inputs: tuple[InputChange, ...] = ()
    placements: tuple[PlacementChange, ...] = ()
    duties: tuple[DutyChange, ...] = ()
    stale: tuple[str, ...] = field(default=())


def compare(
    outcomes: Mapping[str, Outcome],
    reference: str,
    *,
    profile: str | None = None,
    stale: Sequence[str] = (),
) -> Comparison:
    """Compare named outcomes with one of them.

    Raises:
        KeyError: the reference is not among the outcomes.
    """
    base = outcomes[reference]
    others = {name: outcome for name, outcome in outcomes.items() if name != reference}
    return Comparison(
        reference=reference,
        scenarios=tuple(outcomes),
        kpis=tuple(_kpi_rows(outcomes, reference, profile)),
        inputs=tuple(c for n, o in others.items() for c in inputs(n, base.problem, o.problem)),
        placements=tuple(c for n, o in others.items() for c in _placements(n, base, o)),
        duties=tuple(c for n, o in others.items() for c in _duties(n, base, o)),
        stale=tuple(stale),
    )


def _kpi_rows(
    outcomes: Mapping[str, Outcome], reference: str, profile: str | None
) -> Iterator[KpiRow]:
    for kpi in catalogue(profile):
        if not any(present(kpi, outcome) for outcome in outcomes.values()):
            continue
        figures = {name: kpi.figure(outcome) for name, outcome in outcomes.items()}
        values = {name: value(figure) for name, figure in figures.items()}
        start = values[reference]
        delta = {
            name: None if start is None or other is None else other - start
            for name, other in values.items()
            if name != reference
        }
        split = {
            name: _split(figures[reference], figures[name], outcomes[reference], outcomes[name])
            for name in delta
        }
        yield KpiRow(kpi=kpi, values=values, delta=delta, causes=split)


def _split(before: Figure, after: Figure, reference: Outcome, other: Outcome) -> tuple[Cause, ...]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return tuple(causes(before, after, reference, other))
    return ()


def inputs(scenario: str, before: Problem, after: Problem) -> Iterator[InputChange]:
    """Give the fields of records and rules that differ, and records that are new or gone."""
    for kind in ATTRIBUTES:
        if before.records(kind) is after.records(kind):
            continue
        old = {record.id: record for record in before.records(kind)}
        new = {record.id: record for record in after.records(kind)}
        for id in dict.fromkeys((*old, *new)):
            if id not in new:
                yield InputChange(scenario, kind, id, "", id, None)
            elif id not in old:
                yield InputChange(scenario, kind, id, "", None, id)
            elif old[id] != new[id]:
                yield from _fields(scenario, kind, (before, old[id]), (after, new[id]))
    for name in ("as_of", "order", "noon", "clock"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield InputChange(scenario, "problem", "problem", name, str(was), str(now))


def _fields(
    scenario: str, kind: str, before: tuple[Problem, object], after: tuple[Problem, object]
) -> Iterator[InputChange]:
    (old_problem, old), (new_problem, new) = before, after
    for spec in specs(type(new)):
        was, now = getattr(old, spec.name, None), getattr(new, spec.name)
        if was != now:
            plain_was = plain(spec, was, old_problem.horizon)
            plain_now = plain(spec, now, new_problem.horizon)
            id = str(getattr(new, "id", ""))
            yield InputChange(scenario, kind, id, spec.name, plain_was, plain_now)


def _placements(scenario: str, base: Outcome, other: Outcome) -> Iterator[PlacementChange]:
    before = {placement.case: placement for placement in base.plan.placements}
    after = {placement.case: placement for placement in other.plan.placements}
    for case in sorted(before.keys() | after.keys()):
        if before.get(case) != after.get(case):
            yield PlacementChange(scenario, before.get(case), after.get(case))


def _duties(scenario: str, base: Outcome, other: Outcome) -> Iterator[DutyChange]:
    before, after = _by_cell(base), _by_cell(other)
    for person, day, track in sorted(before.keys() | after.keys()):
        was, now = before.get((person, day, track)), after.get((person, day, track))
        if was != now:
            yield DutyChange(scenario, person, day, track, was, now)


def _by_cell(outcome: Outcome) -> dict[tuple[StaffId, int, str], ShiftId]:
    shifts = outcome.roster.facts.shifts
    return {
        (
            duty.person,
            duty.day,
            shifts[duty.shift].track if duty.shift in shifts else "",
        ): duty.shift
        for duty in outcome.plan.duties
    }
