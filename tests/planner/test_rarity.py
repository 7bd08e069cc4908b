"""Cases of which there are few alike: told by what is unusual, the rarest first."""

from dataclasses import replace

import pytest
from theatre_day import case

from planner.problem import Problem
from planner.rarity import rare_cases, rare_lines


def test_few_alike_are_rare_and_many_are_not() -> None:
    many = [case(f"K{n}") for n in range(5)]
    few = [replace(case(f"L{n}"), age="90-94") for n in range(2)]
    one = [replace(case("M1"), flags=frozenset({"asa4"}))]
    found = rare_cases([*many, *few, *one])
    assert [(each.case.id, each.alike) for each in found] == [("M1", 1), ("L0", 2), ("L1", 2)]
    assert rare_cases(many) == ()
    assert len(rare_cases(many[:4])) == 4


@pytest.mark.parametrize(
    ("lang", "only", "years"),
    [("en", "the only one of its kind", "90-94 years"), ("fr", "seule de son genre", "90-94 ans")],
)
def test_it_is_said_what_is_unusual(problem: Problem, lang: str, only: str, years: str) -> None:
    old = replace(case("K9"), age="90-94", flags=frozenset({"asa4"}), intensive="ICU")
    (line,) = rare_lines(problem, rare_cases([old]), lang)
    assert line.startswith("K9")
    for words in (only, years, "asa4"):
        assert words in line
