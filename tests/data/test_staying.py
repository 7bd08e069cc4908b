"""Whatever stays in a file that is shared without names was told before: planted word by word."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from demo_hospitals import generate
from sharing_small import planned, with_what_if

from data.sharing import share
from planner import fields
from planner.changes import Add, Change, ChangeSet, Set
from planner.plain import to_plain
from planner.plan import Duty, Plan
from planner.problem import ATTRIBUTES, Problem
from planner.rules.contract import Waiver
from planner.sharing_words import house_labels, typed_words
from planner.study import Study

SHAPES: dict[str, Any] = {
    "text": str,
    "link": str,
    "tags": lambda word: frozenset({word}),
    "links": lambda word: frozenset({word}),
    "words": lambda word: (word,),
    "pairs": lambda word: ((word, 1),),
}
"""A word as the value of a field of a form that may hold one."""


class Planted:
    """Words that nothing else has, each with the field that it was planted in."""

    def __init__(self) -> None:
        self.where: dict[str, str] = {}

    def value(self, kind: str, spec: fields.FieldSpec) -> Any:
        word = f"Zq{len(self.where):03}wk"
        self.where[word] = f"{kind}.{spec.name}"
        return SHAPES[spec.form](word)


def first_of_each(problem: Problem) -> Iterator[tuple[str, Any]]:
    for kind in ATTRIBUTES:
        seen = {type(each): each for each in reversed(problem.records(kind))}
        yield from ((kind, each) for each in seen.values())


def worded(record: Any) -> Iterator[fields.FieldSpec]:
    return (s for s in fields.specs(type(record)) if s.form in SHAPES and s.name != "id")


def in_records(planted: Planted) -> Study:
    problem = generate("small")
    for kind, first in first_of_each(problem):
        new = {spec.name: planted.value(kind, spec) for spec in worded(first)}
        records = problem.records(kind)
        after = (dataclasses.replace(e, **new) if e is first else e for e in records)
        problem = problem.with_records(kind, tuple(after))
    return Study(id="0123456789", base=problem)


def in_changes(planted: Planted) -> Study:
    problem = generate("small")
    changes: list[Change] = []
    for kind, first in first_of_each(problem):
        for spec in worded(first):
            sides = {side: plainly(planted.value(kind, spec)) for side in ("expected", "value")}
            changes.append(Set(kind=kind, id=first.id, field=spec.name, **sides))
        if kind in fields.KINDS:
            record = to_plain(first, problem.horizon)
            record |= {spec.name: plainly(planted.value(kind, spec)) for spec in worded(first)}
            id = record["id"] = str(planted.value(kind, fields.specs(type(first))[0]))
            changes.append(Add(kind=kind, id=id, record=tuple(record.items())))
    return with_what_if(planned(problem), "mine", ChangeSet(name="x", changes=tuple(changes)))


def plainly(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return [list(each) if isinstance(each, tuple) else each for each in value]


@pytest.mark.parametrize("plant", [in_records, in_changes])
def test_every_word_that_stays_is_told_and_every_word_told_stays(
    plant: Any, tmp_path: Path
) -> None:
    planted = Planted()
    study = plant(planted)
    share(study, tmp_path / "s.opale", names=False)
    whole = (tmp_path / "s.opale").read_bytes()
    told = {
        w for each in (house_labels(study), typed_words(study)) for v in each.values() for w in v
    }
    stays = {word for word in planted.where if word.encode() in whole}
    assert {w: planted.where[w] for w in stays - told} == {}
    assert {w: planted.where[w] for w in (told & planted.where.keys()) - stays} == {}
    assert {"theatre.suite", "shift.track"} <= {planted.where[word] for word in stays}


def test_shifts_of_a_plan_and_rules_of_accepted_breaches_are_told(small: Study) -> None:
    labels = house_labels(small)
    assert "Mme Zyxwv" in labels["shift"]
    assert "rule of Zyxwv" in labels["rule"]


@pytest.fixture
def small() -> Study:
    study = planned(generate("small"))
    (base,) = study.scenarios
    person = study.base.staff[0].id
    waiver = Waiver(rule="rule of Zyxwv", subjects=frozenset(), first=0, last=1, most=1,
                    reason="", author="", made=date(2026, 10, 5))  # fmt: skip
    plan = Plan.build((), (Duty(person, 0, "Mme Zyxwv"),))  # type: ignore[arg-type]
    return study.replace(dataclasses.replace(base, plan=plan, waivers=(waiver,)))


def test_a_holiday_is_told_where_its_code_is_more_than_a_date(small: Study) -> None:
    holiday = generate("small").holidays[0]
    named = dataclasses.replace(holiday, id="Jour de Zyxwv")
    base = dataclasses.replace(small.base, holidays=(holiday, named))
    labels = house_labels(dataclasses.replace(small, base=base))
    assert labels["holiday"] == ["Jour de Zyxwv"]
