"""Outcomes side by side: figures with their causes, other inputs, other placements, other duties."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, NamedTuple

from planner.attribution import Cause, Pair, Share, causes
from planner.changes import own_plain
from planner.clock import Horizon
from planner.fields import specs
from planner.held import PinChange, WaiverChange, pin_changes, waiver_changes
from planner.kpis import catalogue, present, row_name
from planner.kpis.contract import Amounts, Figure, Groups, Kpi, Outcome, grouped, value
from planner.lending import Lent, lending
from planner.plain import Plain, plain, to_plain
from planner.plan_changes import DutyChange, PlacementChange, duties, placements
from planner.problem import ATTRIBUTES, Problem
from planner.study import Pin

_untold = partial(field, compare=False, repr=False)

HERE, _THERE = "here", "there"
"""An outcome and its reference, in a row of the two."""
_NO_PINS: Final[Mapping[str, Sequence[Pin]]] = {}
APART, APART_SECONDS = 1.2, 3.0
"""Times as long, and processor seconds more, from which search alone may make a difference."""


@dataclass(frozen=True, slots=True)
class InputChange:
    """A field that differs; a record that is new or gone has field "", and None on one side.

    On the other side of such a record stand all of its values. `record` is the record itself, as it
    is now (else as it was), with its horizon: what a sentence needs to say it in words.
    """

    scenario: str
    kind: str
    id: str
    field: str
    before: Plain
    after: Plain
    record: Any = _untold(default=None)
    horizon: Horizon | None = _untold(default=None)


class Stale(NamedTuple):
    """A scenario whose plan was made for other facts or rules, and what moved on since.

    `groups` are the names of the change sets recorded, switched or taken over since, `inputs` the
    facts that they moved. Both are empty where the earlier facts are not known.
    """

    scenario: str
    groups: tuple[str, ...] = ()
    inputs: tuple[InputChange, ...] = ()


MOST_PLACES: Final = 4
"""Decimals of a value that are shown at most; less is no difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiRow:
    """An indicator over all scenarios; delta and causes against the reference, None where n/a.

    `group` is the id of a record of `group_kind` (a priority class, a ward), "" where there is none.
    `otherwise` are the scenarios in which it is reckoned in another way than in the reference.
    `shares` are the assignments that contribute most to a figure that is no sum, where they were sought.
    """

    kpi: Kpi
    group: str = ""
    group_kind: str = ""
    values: Mapping[str, float | int | None]
    delta: dict[str, float | int | None]
    causes: dict[str, tuple[Cause, ...]]
    otherwise: frozenset[str] = frozenset()
    shares: Mapping[str, tuple[Share, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The indicator's name, with its group if it has one."""
        return row_name(self.kpi.name, self.group)

    @property
    def differs(self) -> bool:
        """Whether any scenario has another value than the reference, and it can be seen."""
        known = self.values.values()
        return len({None if each is None else round(each, MOST_PLACES) for each in known}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between a reference and other scenarios; days count from the reference's day 0.

    `stale` names the scenarios whose plans are out of date, `reasons` say why as far as known.
    `searched` are the processor seconds of search behind the plans, `late` how much their costs still
    fell in the last fifth of it, where they are known. `lent` are plans that would serve another
    scenario better than its own.
    """

    reference: str
    horizon: Horizon
    scenarios: tuple[str, ...]
    kpis: tuple[KpiRow, ...] = ()
    inputs: tuple[InputChange, ...] = ()
    placements: tuple[PlacementChange, ...] = ()
    duties: tuple[DutyChange, ...] = ()
    pins: tuple[PinChange, ...] = ()
    waivers: tuple[WaiverChange, ...] = ()
    stale: tuple[str, ...] = ()
    reasons: tuple[Stale, ...] = ()
    searched: Mapping[str, float] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    lent: tuple[Lent, ...] = ()

    @property
    def unevenly(self) -> bool:
        """Whether some plans were searched so much longer than others that it shows in their costs."""
        known = [self.searched.get(name, 0.0) for name in self.scenarios]
        least, most = min(known, default=0.0), max(known, default=0.0)
        return most - least > APART_SECONDS and most > APART * least

    def within_noise(self, name: str) -> tuple[int, int] | None:
        """Give by how much the cost of a scenario differs, and the larger late gain of the two.

        None where the difference is larger, there is none, or either is not known.
        """
        late = max(self.late.get(each, 0) for each in (name, self.reference))
        moved = {row.name: row.delta.get(name) for row in self.kpis}
        apart = moved.get("soft_cost")
        if not apart or moved.get("hard_breaches") or abs(apart) > late:
            return None
        return int(abs(apart)), late

    @property
    def same(self) -> bool:
        """Whether nothing differs at all."""
        moved = (self.inputs, self.placements, self.duties, self.pins, self.waivers)
        return not any(moved) and not any(row.differs for row in self.kpis)


def compare(
    outcomes: Mapping[str, Outcome],
    reference: str,
    *,
    profile: str | None = None,
    stale: Sequence[str] = (),
    reasons: Sequence[Stale] = (),
    pins: Mapping[str, Sequence[Pin]] = _NO_PINS,
) -> Comparison:
    """Compare named outcomes with one of them; `pins` are those in force, by the same names.

    Raises:
        KeyError: the reference is not among the outcomes.
    """
    steps = comparing(outcomes, reference, profile=profile, stale=stale, reasons=reasons, pins=pins)
    *_, last = (found for found in steps if found is not None)
    return last


def comparing(
    outcomes: Mapping[str, Outcome],
    reference: str,
    *,
    profile: str | None = None,
    stale: Sequence[str] = (),
    reasons: Sequence[Stale] = (),
    pins: Mapping[str, Sequence[Pin]] = _NO_PINS,
) -> Iterator[Comparison | None]:
    """Compare in steps of a figure each, for who does other things between them.

    Gives the comparison when it stands, and once more where plans lent have something to say of it.

    Raises:
        KeyError: the reference is not among the outcomes.
    """
    base = outcomes[reference]
    beside = {name: outcome.against(base) for name, outcome in outcomes.items()}
    others = {name: outcome for name, outcome in beside.items() if name != reference}
    rows: list[KpiRow] = []
    for row in _kpi_rows(beside, reference, profile):
        if row is None:
            yield None
        else:
            rows.append(row)
    found = Comparison(
        reference=reference,
        horizon=base.problem.horizon,
        scenarios=tuple(outcomes),
        kpis=tuple(rows),
        inputs=tuple(c for n, o in others.items() for c in inputs(n, base.problem, o.problem)),
        placements=tuple(c for n, o in others.items() for c in placements(n, base, o)),
        duties=tuple(c for n, o in others.items() for c in duties(n, base, o)),
        pins=tuple(
            c for n in others for c in pin_changes(n, pins.get(reference, ()), pins.get(n, ()))
        ),
        waivers=tuple(
            c for n, o in others.items() for c in waiver_changes(n, base.waivers, o.waivers)
        ),
        stale=tuple(dict.fromkeys((*stale, *(each.scenario for each in reasons)))),
        reasons=tuple(reasons),
    )
    yield found
    yield from _with_lent(found, beside)


def _with_lent(found: Comparison, outcomes: Mapping[str, Outcome]) -> Iterator[Comparison | None]:
    """Give the comparison once more where a plan would serve another scenario; none is out of date."""
    fresh = {name: each for name, each in outcomes.items() if name not in found.stale}
    if found.reference not in fresh:
        return
    lent: list[Lent] = []
    for plan in lending(fresh, found.reference):
        if plan is None:
            yield None
        else:
            lent.append(plan)
    if lent:
        yield replace(found, lent=tuple(lent))


def _kpi_rows(
    outcomes: Mapping[str, Outcome], reference: str, profile: str | None
) -> Iterator[KpiRow | None]:
    """Give the rows of indicators, and None after each figure."""
    base = outcomes[reference]
    pairs = {name: Pair(base, other) for name, other in outcomes.items() if name != reference}
    for kpi in catalogue(profile):
        if not any(present(kpi, outcome) for outcome in outcomes.values()):
            continue
        found: dict[str, Figure | Groups] = {}
        for name, outcome in outcomes.items():
            found[name] = outcome.figure(kpi)
            yield None
        kind = next((each.kind for each in found.values() if isinstance(each, Groups)), "")
        figures = {name: grouped(each) for name, each in found.items()}
        for group in dict.fromkeys(group for each in figures.values() for group in each):
            mine = {name: _of(each, group, figures) for name, each in figures.items()}
            row = _row(kpi, group, mine, reference, pairs)
            other = frozenset(n for n, pair in pairs.items() if not _alike(kpi, kind, group, pair))
            delta = row.delta | dict.fromkeys(other)
            split = row.causes | dict.fromkeys(other, ())
            row = replace(row, delta=delta, causes=split, otherwise=other)
            yield replace(row, group=group, group_kind=kind)


def _alike(kpi: Kpi, kind: str, group: str, pair: Pair) -> bool:
    """Tell whether an indicator, or its part of a priority class, is reckoned alike on both sides.

    Classes of another scheme, or with another longest wait, are others even by the same code.
    """
    problems = [each.problem for each in (pair.reference, pair.other)]
    if problems[0] is problems[1]:
        return True
    if kpi.defined is not None and kpi.defined(problems[0]) != kpi.defined(problems[1]):
        return False
    if kind != "priority":
        return True
    waits = [[p.wait for p in each.priorities if p.id == group] for each in problems]
    return waits[0] == waits[1]


def beside(kpi: Kpi, outcome: Outcome, group: str = "") -> KpiRow:
    """Give an indicator of an outcome, `HERE`, and of its reference, as a comparison has it.

    It has no causes, and without a reference no difference either.
    """
    known = {HERE: outcome}
    if outcome.reference is not None:
        known = {_THERE: outcome.reference, HERE: outcome}
    found = {name: each.figure(kpi) for name, each in known.items()}
    kind = next((each.kind for each in found.values() if isinstance(each, Groups)), "")
    figures = {name: grouped(each) for name, each in found.items()}
    values = {name: value(_of(each, group, figures)) for name, each in figures.items()}
    delta = {HERE: _minus(values[HERE], values[_THERE])} if _THERE in values else {}
    if delta and not _alike(kpi, kind, group, Pair(known[_THERE], outcome)):
        delta = {HERE: None}
    return KpiRow(kpi=kpi, group=group, values=values, delta=delta, causes={})


def _of(
    found: Mapping[str, Figure], group: str, figures: Mapping[str, Mapping[str, Figure]]
) -> Figure:
    """Give the figure of a group; an outcome without the group has a sum of nothing."""
    if group in found:
        return found[group]
    summed = any(isinstance(other.get(group), Mapping) for other in figures.values())
    return {} if summed else None


def _row(
    kpi: Kpi,
    group: str,
    figures: Mapping[str, Figure],
    reference: str,
    pairs: Mapping[str, Pair],
) -> KpiRow:
    values = {name: value(figure) for name, figure in figures.items()}
    delta = {name: _minus(values[name], values[reference]) for name in pairs}
    split = {
        name: _split(kpi, group, figures[reference], figures[name], pair)
        for name, pair in pairs.items()
    }
    return KpiRow(kpi=kpi, values=values, delta=delta, causes=split)


def _minus(value: float | None, start: float | None) -> float | int | None:
    return None if value is None or start is None else value - start


def _split(kpi: Kpi, group: str, before: Figure, after: Figure, pair: Pair) -> tuple[Cause, ...]:
    def between() -> Amounts | None:
        found = grouped(pair.between.figure(kpi)).get(group, {})
        return found if isinstance(found, Mapping) else None

    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return causes(before, after, pair, between)
    return ()


def inputs(scenario: str, before: Problem, after: Problem) -> Iterator[InputChange]:
    """Give the fields of records and rules that differ, and records that are new or gone."""
    for kind in ATTRIBUTES:
        if before.records(kind) is after.records(kind):
            continue
        old = {record.id: record for record in before.records(kind)}
        new = {record.id: record for record in after.records(kind)}
        for id in dict.fromkeys((*old, *new)):
            was, now = old.get(id), new.get(id)
            if was is None or now is None or type(was) is not type(now):
                yield _whole(
                    scenario, kind, (before, was), (after, now)
                )  # or a rule of another type
            elif was != now:
                yield from _fields(scenario, kind, (before, was), (after, now))
    for name in ("as_of", "order", "noon", "clock"):
        was, now = own_plain(before, name), own_plain(after, name)
        if was != now:
            yield InputChange(scenario, "problem", "problem", name, was, now)


def _whole(
    scenario: str, kind: str, before: tuple[Problem, Any], after: tuple[Problem, Any]
) -> InputChange:
    """Tell a record that is new, gone or of another type."""
    (old_problem, old), (new_problem, new) = before, after
    known, problem = (old, old_problem) if new is None else (new, new_problem)
    return InputChange(
        scenario,
        kind,
        str(known.id),
        "",
        None if old is None else to_plain(old, old_problem.horizon),
        None if new is None else to_plain(new, new_problem.horizon),
        known,
        problem.horizon,
    )


def _fields(
    scenario: str, kind: str, before: tuple[Problem, Any], after: tuple[Problem, Any]
) -> Iterator[InputChange]:
    (old_problem, old), (new_problem, new) = before, after
    horizon = new_problem.horizon
    for spec in specs(type(new)):
        was, now = getattr(old, spec.name, None), getattr(new, spec.name)
        if was != now:
            plain_was, plain_now = plain(spec, was, old_problem.horizon), plain(spec, now, horizon)
            id = str(new.id)
            yield InputChange(scenario, kind, id, spec.name, plain_was, plain_now, new, horizon)
