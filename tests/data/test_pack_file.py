"""A pack that is written is read back equal: rules, parameters and examples."""

import dataclasses

import pytest

from data.pack_file import pack_text
from planner.clock import FIRST_MONDAY, Horizon
from planner.packs import load, names, read

HORIZON = Horizon(start=FIRST_MONDAY, days=28)


@pytest.mark.parametrize("name", names())
def test_a_pack_comes_back_with_its_examples(name: str) -> None:
    pack = load(name)
    assert pack.examples or pack.theatre_examples
    assert read(pack_text(pack, HORIZON), name) == pack


def test_a_changed_rule_keeps_its_examples() -> None:
    pack = load("fr_fph")
    changed = dataclasses.replace(pack.rule("FR06"), minutes=600, enabled=False, title_fr='« "a" »')  # type: ignore[call-arg]  # its parameter
    one = dataclasses.replace(pack, rules=(changed,), theatre_examples=())
    found = read(pack_text(one, HORIZON), "fr_fph")
    assert found.rules == (changed,)
    assert found.examples == tuple(each for each in pack.examples if each.rule == "FR06")
