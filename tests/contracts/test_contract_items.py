"""Every rule says the same in its two voices, on random small problems, item by item."""

import importlib
from random import Random

import pytest
from contract_checks import (
    Counted,
    about_faults,
    draw_edit,
    item_faults,
    listen,
    narrow_faults,
    order_faults,
    timed,
    timing_faults,
    waiver_faults,
    word_faults,
)
from contract_drawing import rule_types, samples, scope_kinds, tried

from planner.rules import catalogue
from planner.rules.contract import RULES, audit, rule

EDITS = 4
MOST = 80
"""So many plans where a few say too little of a rule."""
TYPES = rule_types()
# By module, so that all tests of a type come one after the other and share what is drawn.
of_each_type = pytest.mark.parametrize("type", TYPES, scope="module")
of_each_timed_type = pytest.mark.parametrize(
    "type",
    [type for type in TYPES if timed(catalogue()[type](id="timed"))],
    scope="module",
)
on_plans = tried(8, MOST)


@of_each_type
@on_plans
def test_rows_and_prices_equal_the_audit_item_by_item(type: str, plans: int) -> None:
    broken = clean = 0
    for number, sample in enumerate(samples(type, MOST), 1):
        voices = listen(sample)
        assert item_faults(sample, voices, Counted(sample)) == [], sample
        broken += bool(voices.breaches)
        clean += not voices.breaches or len(voices.broken) < len(voices.rows)
        if number >= plans and broken >= plans // 8 and clean:
            break
    assert broken >= plans // 8, "hardly a plan breaks the rule: the test is idle"
    assert clean >= 1, "nothing keeps the rule"


@of_each_timed_type
def test_a_relaxation_binds_where_what_it_takes_as_given_is_kept(type: str) -> None:
    relaxed = False
    for sample in samples(type, 200):
        voices, counted = listen(sample), Counted(sample)
        rows = [row for row in voices.rows if row.kind == "relaxation"]
        kept = [row for row in rows if all(map(sample.keeps, row.given))]
        relaxed |= bool(rows)
        if sample.clocked and any(counted.row(row) for row in kept):
            assert item_faults(sample, voices, counted) == [], sample
            return
    assert not relaxed, "the comparison with the truth is idle"


@pytest.mark.parametrize("part", ["roster", "theatre"])
@on_plans
def test_the_templates_keep_the_contract(part: str, plans: int) -> None:
    before = dict(RULES)
    module = importlib.import_module(f"planner.rules.{part}._template")
    own = [
        each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__
    ]
    rule("template")(own[-1])
    try:
        for sample in samples("template", plans):
            voices, rng = listen(sample), Random(sample.seed)
            assert item_faults(sample, voices, Counted(sample)) == [], sample
            assert timing_faults(sample, voices, Counted(sample)) == [], sample
            assert order_faults(sample) == [], sample
            edit = draw_edit(rng, sample)
            full = audit(sample.rule, sample.view_of(edit.after))
            assert narrow_faults(sample, edit, sample.rule, full) == [], sample
    finally:
        RULES.clear()
        RULES.update(before)
        scope_kinds.cache_clear()


@of_each_type
@on_plans
def test_waivers_take_the_same_off_rows_and_audit(type: str, plans: int) -> None:
    waived = 0
    for number, sample in enumerate(samples(type, MOST), 1):
        assert waiver_faults(sample, listen(sample), Counted(sample)) == [], sample
        waived += any(w.covers(b.about) for w in sample.waivers for b in sample.breaches)
        if number >= plans and waived >= plans // 10:
            break
    assert waived >= plans // 10


@of_each_type
@on_plans
def test_an_audit_is_sorted_and_says_the_same_twice(type: str, plans: int) -> None:
    for sample in samples(type, plans // 2):
        assert order_faults(sample) == [], sample


@of_each_type
@on_plans
def test_a_breach_has_its_days_and_its_sentences(type: str, plans: int) -> None:
    for sample in samples(type, plans):
        assert about_faults(sample, sample.breaches) == [], sample
        assert word_faults(sample, sample.breaches) == [], sample


@of_each_type
@on_plans
def test_a_narrowed_audit_and_what_an_edit_left_alone_are_the_full_audit(
    type: str, plans: int
) -> None:
    for sample in samples(type, plans):
        rng = Random(sample.seed)
        for _ in range(EDITS):
            edit = draw_edit(rng, sample)
            full = audit(sample.rule, sample.view_of(edit.after))
            assert narrow_faults(sample, edit, sample.rule, full) == [], sample


@of_each_timed_type
@on_plans
def test_verbs_say_what_the_audit_says_about_the_clock(type: str, plans: int) -> None:
    for sample in samples(type, 2 * plans):
        assert timing_faults(sample, listen(sample), Counted(sample)) == [], sample
