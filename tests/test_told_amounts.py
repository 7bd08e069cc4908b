"""Amounts in sentences: for one and for many, in groups of digits, in both languages."""

import re

import pytest

from data.csv import durations
from planner import words

N, W = words.NARROW, words.WIDE


@pytest.mark.parametrize("amount", [1, 3])
def test_days_that_a_plan_could_avoid_read_the_same_for_one_and_for_many(amount: int) -> None:
    facts = {"case": "K1", "overdue": 4, "amount": amount}
    french, english = (words.say("overdue", lang, **facts) for lang in ("fr", "en"))
    assert re.sub(r"\s", " ", french) == (
        f"K1 est opéré 4 j après sa date limite ; ce programme pourrait éviter {amount} j de ce retard."
    )
    assert f"this plan could avoid {amount} of them" in english


def test_the_cost_of_soft_rules_is_named_for_all_of_them() -> None:
    assert words.say("kpi.soft_cost", "en") == "Cost of all soft rules"
    assert words.say("kpi.soft_cost", "fr") == "Coût des règles souples"


def test_counts_are_written_in_groups_of_digits_wherever_they_are_told() -> None:
    assert words.say("window.checked.soft", "fr", n=2882) == f"2{N}882 souhaits"
    assert words.say("window.checked.soft", "en", n=2882).startswith("2,882 ")
    assert words.say("indicator.of", "fr", n=2495, all=4000) == f"2{N}495 / 4{N}000"
    assert words.minutes(1607 * 60) == f"1{N}607{W}h"
    told = re.sub(r"\s", " ", words.minutes(1607 * 60 + 30))  # as cells are read
    assert durations.minutes(told) == 1607 * 60 + 30
