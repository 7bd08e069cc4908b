"""Sources of rules: those of packs read in both languages, those of a hospital stand as written."""

from dataclasses import replace

import pytest

from planner import packs
from planner.rule_words import source_words


@pytest.mark.parametrize("name", packs.names())
def test_every_source_of_a_pack_is_told_in_english_too(name: str) -> None:
    for rule in packs.load(name).rules:
        rule = replace(rule, expert=frozenset())
        if rule.source:
            assert source_words(rule, "fr").split() == rule.source.split()
            assert source_words(rule, "en") != rule.source, rule.source


def test_a_source_of_the_hospital_s_own_stays_as_it_is_written() -> None:
    rule = replace(packs.load("theatre_charter").rules[0], source="Charte du 3 mai")
    assert source_words(rule, "en") == source_words(rule, "fr") == "Charte du 3 mai"
