"""Faults: what is inconsistent in the facts is found, named and placed."""

import dataclasses

import pytest

from planner.cases import Duration
from planner.facts import facts, nights, on_grid
from planner.problem import ATTRIBUTES, Problem, faults
from planner.sentences import fault_hint, fault_sentence


def found(problem: Problem) -> list[tuple[str, str, str, str]]:
    return [(fault.what, fault.kind, fault.id, fault.field) for fault in faults(problem)]


def replaced(problem: Problem, kind: str, **changes: object) -> Problem:
    first, *others = problem.records(kind)
    return problem.with_records(kind, (dataclasses.replace(first, **changes), *others))


def test_the_small_hospital_has_none(problem: Problem) -> None:
    assert found(problem) == []


@pytest.mark.parametrize(
    ("kind", "changes", "what", "field"),
    [
        ("session", {"theatre": "S9"}, "unknown_link", "theatre"),
        ("session", {"end": 480}, "ends_before_start", "end"),
        ("session", {"day": 28}, "outside_horizon", "day"),
        ("session", {"overtime": 601}, "out_of_bounds", "overtime"),
        ("case", {"due": -10}, "due_before_listed", "due"),
        ("case", {"surgeons": frozenset({"X9"})}, "unknown_link", "surgeons"),
        ("case", {"sex": "q"}, "no_option", "sex"),
        ("shift", {"end": 400}, "ends_before_start", "end"),
        ("absence", {"last": 2}, "ends_before_start", "last"),
        ("absence", {"person": "I9"}, "unknown_link", "person"),
        ("cover", {"most": 0}, "most_below_least", "most"),
        ("history", {"past": ("-", "Q")}, "unknown_link", "past"),
    ],
)
def test_each_fault_is_named_and_placed(
    problem: Problem, kind: str, changes: dict[str, object], what: str, field: str
) -> None:
    broken = replaced(problem, kind, **changes)
    first = problem.records(kind)[0]
    assert (what, kind, first.id, field) in found(broken)
    for fault in faults(broken):
        for lang in ("en", "fr"):
            assert first.id in fault_sentence(fault, lang)
            assert fault_hint(fault, lang).endswith(".")


def test_a_person_without_history_is_said_to_have_none(problem: Problem) -> None:
    assert found(dataclasses.replace(problem, histories=problem.histories[1:])) == [
        ("no_history", "staff", "I1", "")
    ]


@pytest.mark.parametrize("kind", [kind for kind in ATTRIBUTES if kind != "rule"])
def test_a_double_id_is_found_in_every_kind(problem: Problem, kind: str) -> None:
    records = problem.records(kind)
    if not records:
        pytest.skip(f"the small hospital has no {kind}")
    doubled = problem.with_records(kind, (*records, records[0]))
    assert ("double_id", kind, records[0].id, "") in found(doubled)


def test_planned_minutes_are_the_surgeons_and_on_the_grid(problem: Problem) -> None:
    slow = replaced(problem, "surgeon", pace=118)  # 141.6 minutes
    assert facts(slow).minutes(slow.cases[0], "X1") == 145
    assert [on_grid(minutes) for minutes in (0, 1, 5, 5.1)] == [0, 5, 5, 10]


def test_nights_are_split_between_intensive_care_and_ward(problem: Problem) -> None:
    case = dataclasses.replace(
        problem.cases[0], ward="W", nights_before=1, nights=4, intensive="I", intensive_nights=2
    )
    assert nights(case, 7) == (("W", 6, 6), ("I", 7, 8), ("W", 9, 10))
    assert nights(dataclasses.replace(case, nights=2, nights_before=0), 7) == (("I", 7, 8),)


def test_a_shifted_lognormal_has_the_quantiles_of_the_reference() -> None:
    duration = Duration(mean=130, deviation=28.6, shift=45.5)
    assert round(duration.mu, 4) == 4.3825
    assert round(duration.sigma, 4) == 0.3293
    assert [round(duration.quantile(p), 1) for p in (0.5, 0.8, 0.9)] == [125.5, 151.1, 167.6]
    plain = Duration(mean=130, deviation=28.6)
    assert (round(plain.mu, 4), round(plain.sigma, 4)) == (4.8439, 0.2174)
