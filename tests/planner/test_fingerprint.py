"""A fingerprint is the same everywhere, and different for different facts."""

import dataclasses
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from demo_hospitals import generate

from planner.clock import Horizon
from planner.fields import KINDS, specs
from planner.fingerprint import _LATER, _SILENT, _record_bytes, fingerprint
from planner.plain import plain
from planner.problem import ATTRIBUTES, Problem
from planner.rules.contract import Rule

SCRIPT = """
import datetime as dt
from planner.clock import Horizon
from planner.fingerprint import fingerprint
from planner.people import StaffMember
from planner.problem import Problem

skills = frozenset({"robot", "heart", "child", "laser", "scope"})
staff = (StaffMember(id="I1", contract="FPH", skills=skills),)
horizon = Horizon(start=dt.date(2026, 10, 5), days=28)
print(fingerprint(Problem(horizon=horizon, as_of=dt.date(2026, 10, 1), staff=staff)))
"""


def test_it_does_not_depend_on_the_hash_seed() -> None:
    prints = set()
    for seed in ("1", "2", "3"):
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        prints.add(run.stdout)
    assert len(prints) == 1


def test_the_order_of_records_does_not_matter(problem: Problem) -> None:
    turned = dataclasses.replace(problem, cases=problem.cases[::-1])
    assert fingerprint(turned) == fingerprint(problem)


@pytest.mark.parametrize(
    "changes",
    [
        {"as_of": "2026-10-02"},
        {"order": "strict"},
        {"clock": False},
        {"noon": 720},
        {"rules": ()},
        {"cases": ()},
    ],
    ids=str,
)
def test_every_fact_matters(problem: Problem, changes: dict[str, object]) -> None:
    if "as_of" in changes:
        changes = {"as_of": problem.as_of.replace(day=2)}
    assert fingerprint(dataclasses.replace(problem, **changes)) != fingerprint(problem)  # type: ignore[arg-type]


def test_a_last_day_matters_and_none_changes_nothing_for_plans_of_before(problem: Problem) -> None:
    leaving = tuple(dataclasses.replace(person, last=3) for person in problem.staff)
    assert fingerprint(dataclasses.replace(problem, staff=leaving)) != fingerprint(problem)
    late = tuple(dataclasses.replace(person, last=4) for person in problem.staff)
    assert fingerprint(dataclasses.replace(problem, staff=late)) != fingerprint(
        dataclasses.replace(problem, staff=leaving)
    )


def test_empty_kinds_are_told_apart(problem: Problem) -> None:
    bare = dataclasses.replace(problem, cases=(), rules=(), staff=())
    one = dataclasses.replace(bare, staff=problem.staff)
    assert fingerprint(one) != fingerprint(bare)


def test_a_rule_switched_off_is_not_in_force(problem: Problem) -> None:
    off = dataclasses.replace(problem.rules[0], enabled=False)
    without = dataclasses.replace(problem, rules=problem.rules[1:])
    assert fingerprint(
        dataclasses.replace(problem, rules=(off, *problem.rules[1:]))
    ) == fingerprint(without)


def spelled(kind: str, record: Any, horizon: Horizon) -> bytes:
    """Write a record as one reads the rule: field by field, later ones named where they hold something."""
    cells: list[Any] = [record.type] if isinstance(record, Rule) else []
    for spec in specs(type(record)):
        held = getattr(record, spec.name)
        written = plain(spec, held, horizon)
        if spec.name in _SILENT:
            continue
        if spec.name not in _LATER.get(kind, ()):
            cells.append(written)
        elif held != spec.default:
            cells.append([spec.name, written])
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def test_records_are_written_as_ever_since_plans_remember_them() -> None:
    """A fingerprint stands in files: however fast it is made, its bytes stay what they are."""
    problem = generate("small")
    wards = tuple(replace(ward, start=480) for ward in problem.wards)
    surgeons = tuple(replace(each, rooms=2, prefers="morning") for each in problem.surgeons)
    cases = tuple(replace(case, delivery=n) for n, case in enumerate(problem.cases))
    other = replace(problem, wards=wards, surgeons=surgeons, cases=cases)
    for mine in (problem, other):
        for kind in ATTRIBUTES:
            for record in mine.records(kind):
                made = _record_bytes(kind, record, mine.horizon)
                assert made == spelled(kind, record, mine.horizon)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_is_described(kind: str) -> None:
    described = {spec.name for spec in specs(KINDS[kind])}
    assert described == {field.name for field in dataclasses.fields(KINDS[kind])}
