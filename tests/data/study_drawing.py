"""Random whole studies: scenarios with changes, plans, pins and waivers on random problems."""

import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from data.tables import tables
from planner.changes import Add, Adjust, ChangeSet, Remove, Set
from planner.forecast import DayForecast, Forecast, SessionForecast
from planner.plain import to_plain
from planner.plan import Duty, Placement, Plan
from planner.problem import ATTRIBUTES, Problem
from planner.rules import catalogue
from planner.rules.contract import Waiver
from planner.study import BASE, Pin, Scenario, Study

_spec = importlib.util.spec_from_file_location(
    "csv_drawing", Path(__file__).with_name("csv_drawing.py")
)
assert _spec is not None
assert _spec.loader is not None
drawing: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(drawing)

IDS = st.sampled_from(drawing.IDS)
DAYS = st.integers(-400, 400)
PLAIN = st.none() | st.booleans() | st.integers(-9, 9) | drawing.TEXTS | st.lists(drawing.TEXTS)
KINDS = st.sampled_from(sorted(ATTRIBUTES))

placements = st.builds(Placement, IDS, IDS, st.none() | IDS, st.none() | st.integers(0, 2880))
duties = st.builds(Duty, IDS, DAYS, IDS)
plans = st.builds(Plan.build, st.lists(placements, max_size=6), st.lists(duties, max_size=6))
PARTS = st.lists(st.integers(0, 1000), min_size=2, max_size=2).map(sorted)
ENDS = st.lists(st.integers(0, 99_999), min_size=3, max_size=3).map(sorted)
expected = st.builds(
    lambda name, parts, overtime, ends: SessionForecast(name, parts[1], parts[0], overtime, *ends),
    IDS, PARTS, st.integers(0, 99_999), ENDS,
)  # fmt: skip


@st.composite
def forecasts(draw: Any) -> Forecast:
    """Draw a forecast; its days and sessions need not be those of any plan."""
    days = []
    for day in sorted(draw(st.sets(DAYS, max_size=3))):
        sessions = draw(st.lists(expected, max_size=3, unique_by=lambda each: each.session))
        ordered = tuple(sorted(sessions, key=lambda each: each.session))
        days.append(DayForecast(day, draw(st.sampled_from(["0" * 16, "ab" * 8])), ordered))
    high, seed = draw(st.integers(0, 10**9)), draw(st.integers(0, 2**31 - 1))
    replications = draw(st.integers(1, 10**6))
    return Forecast(days=tuple(days), high=high, replications=replications, seed=seed)


pins = st.builds(
    Pin, kind=st.sampled_from(["case", "person", "day"]), id=IDS, first=st.none() | DAYS
)
waivers = st.builds(
    Waiver,
    rule=IDS,
    subjects=st.frozensets(IDS),
    first=DAYS,
    last=DAYS,
    most=st.integers(0, 999),
    reason=drawing.TEXTS,
    author=drawing.TEXTS,
    made=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
)
named = {"kind": KINDS, "id": IDS}
changes = st.one_of(
    st.builds(Set, field=drawing.TEXTS, expected=PLAIN, value=PLAIN, **named),
    st.builds(Adjust, field=drawing.TEXTS, delta=st.integers(-99, 99), **named),
    st.builds(
        Add,
        record=st.dictionaries(drawing.TEXTS, PLAIN, max_size=3).map(lambda d: tuple(d.items())),
        **named,
    ),
    st.builds(Remove, **named),
)
groups = st.builds(
    ChangeSet,
    name=drawing.TEXTS,
    changes=st.lists(changes, max_size=4).map(tuple),
    enabled=st.booleans(),
)


@st.composite
def a_problem(draw: Any) -> Problem:
    """Draw a few records of each kind, of which each cell means something by itself."""
    records: dict[str, Any] = {}
    for table in tables():
        ids = draw(st.lists(IDS, unique=True, max_size=2))
        records[table.name] = tuple(draw(drawing.a_record(table.record, id)) for id in ids)
    types = draw(st.lists(st.sampled_from(sorted(catalogue())), max_size=3))
    rules = tuple(
        draw(drawing.a_record(catalogue()[name], f"r{n}")) for n, name in enumerate(types)
    )
    return Problem(horizon=drawing.HORIZON, as_of=date(2026, 10, 1), rules=rules, **records)


@st.composite
def a_scenario(draw: Any, name: str, parent: str | None) -> Scenario:
    return Scenario(
        name=name,
        parent=parent,
        changes=() if parent is None else tuple(draw(st.lists(groups, max_size=3))),
        plan=draw(plans),
        made_for=draw(st.none() | st.just("ab" * 16)),
        forecast=draw(st.none() | forecasts()),
        published=draw(st.none() | plans),
        pins=tuple(draw(st.lists(pins, max_size=2))),
        waivers=tuple(draw(st.lists(waivers, max_size=2))),
        note=draw(drawing.TEXTS),
    )


@st.composite
def a_study(draw: Any) -> Study:
    """Draw a study; its changes and plans need not mean anything."""
    problem = draw(a_problem())
    scenarios = [draw(a_scenario(BASE, None))]
    for number in range(draw(st.integers(0, 3))):
        parent = draw(st.sampled_from([each.name for each in scenarios]))
        scenarios.append(draw(a_scenario(f"what-if {number}", parent)))
    return Study(id="drawn", name=draw(drawing.TEXTS), base=problem, scenarios=tuple(scenarios))


def a_hospital() -> tuple[Problem, Plan]:
    """Give a consistent small problem with a record of every kind, and a plan."""
    problem, plan = drawing.a_small_hospital()
    return problem, plan


def an_added_case(problem: Problem) -> Add:
    """Give the change that adds a copy of the first case."""
    record = {**to_plain(problem.cases[0], problem.horizon), "id": "P-0003"}
    return Add(kind="case", id="P-0003", record=tuple(record.items()))
