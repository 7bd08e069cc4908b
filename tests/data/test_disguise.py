"""The disguise of a study by itself: what it takes away, and that it is turned back to the same facts."""

import dataclasses
import datetime as dt

import pytest
from demo_hospitals import generate
from sharing_small import first_with, planned, with_what_if

from data.study_file import create_study
from planner import fields
from planner.changes import ChangeSet, Set
from planner.clock import Horizon
from planner.disguise import FREE, disguise
from planner.disguised_codes import HIDDEN, OWN, codes
from planner.moved_dates import movable_weeks
from planner.study import Study

CODES = {
    *("id", "suite", "role", "team", "person", "measure", "track", "skill", "age"),
}
LABELS = {
    *("specialty", "procedure"),
}


@pytest.fixture(scope="module")
def study() -> Study:
    """The small hospital with free texts of each kind of person, and a change that has one."""
    problem = generate("small")
    problem = dataclasses.replace(
        problem,
        staff=first_with(problem.staff, name="Zoé Planquette"),
        surgeons=first_with(problem.surgeons, name="Dr Durand"),
        cases=first_with(problem.cases, note="prefers Tuesdays"),
        absences=first_with(problem.absences, reason="leave"),
    )
    rename = Set(kind="staff", id=problem.staff[1].id, field="name", value="Zoé Durand")
    return with_what_if(planned(problem), "mine", ChangeSet(name="x", changes=(rename,)))


def test_every_text_of_every_record_is_free_a_code_or_a_label_of_the_house() -> None:
    for kind, cls in fields.KINDS.items():
        for spec in fields.specs(cls):
            if spec.form == "text" and (kind, spec.name) not in FREE:
                assert spec.name in CODES or kind in LABELS, f"classify {kind}.{spec.name}"
    assert not {kind for kind, _ in FREE} & LABELS


def test_turned_back_the_facts_are_the_same_but_for_free_text(study: Study) -> None:
    made = disguise(study, bytes(32), -52)
    back = made.back().problem(made.problem(study.base))
    for kind in ("session", "cover", "history", "census", "request", *HIDDEN, *OWN):
        named = [(kind, each.name) for each in fields.specs(fields.KINDS[kind])]
        empty = {
            field: ""
            for pair, field in zip(named, [n for _, n in named], strict=True)
            if pair in FREE
        }
        mine = [dataclasses.replace(each, **empty) for each in study.base.records(kind)]
        assert list(back.records(kind)) == mine
    assert (back.horizon, back.as_of) == (study.base.horizon, study.base.as_of)


@pytest.mark.parametrize("start", [dt.date(2026, 10, 5), dt.date(2026, 3, 16), dt.date(2026, 6, 1)])
def test_dates_move_so_that_every_day_stays_as_long(start: dt.date) -> None:
    problem = dataclasses.replace(
        generate("small"), horizon=Horizon(start=start, days=28), histories=()
    )
    found = movable_weeks(Study(id="x", name="", base=problem))
    assert found
    for weeks in (*found[:5], *found[-5:]):
        assert weeks < 0
        there = Horizon(start=start + dt.timedelta(weeks=weeks), days=28)
        for day in range(28):
            for minute in (0, 150, 480):
                assert there.elapsed(day, minute) == problem.horizon.elapsed(day, minute)


def test_a_study_that_is_shared_twice_stays_readable(study: Study) -> None:
    with create_study(study) as opened:
        again = disguise(opened.study, b"k" * 32, 0).study(opened.study, "x")
    assert len({code for _, code in codes(again)}) == len({code for _, code in codes(study)})


def test_no_pseudonym_has_a_code_in_it(study: Study) -> None:
    """Codes of letters and numbers, four thousand of them, as large hospitals have."""
    case = study.base.cases[0]
    many = tuple(dataclasses.replace(case, id=f"P-{number:04}") for number in range(4000))
    large = dataclasses.replace(study, base=dataclasses.replace(study.base, cases=many))
    made = disguise(large, bytes(range(32)), 0).names
    assert not [new for new in made.values() if any(sign.isdigit() for sign in new)]
    assert len(set(made.values())) == len(made)
