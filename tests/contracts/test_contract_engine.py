"""The engine says of every rule what the audit says: arrays, kernel and price list."""

from random import Random

import numpy as np
import pytest
from contract_drawing import AUDIT_ONLY, Sample, draw_together, rule_types, samples, tried
from contract_engine import heard, said, search_of

from solvers.rows import price_list
from solvers.rows.search import Search

TYPES = [type for type in rule_types() if type not in AUDIT_ONLY]
# By module, so that both tests of a type share what is drawn.
of_each_type = pytest.mark.parametrize("type", TYPES, scope="module")
PARTS = ("roster", "theatre")
MOST = 40
"""So many plans where a few say too little of a rule."""


def change_some(rng: Random, sample: Sample, search: Search) -> int:
    """Change half as many cells as there are at random; how many changes were made."""
    free = [c for c in range(sample.space.cells) if sample.space.fixed(c) is None]
    for _ in range(len(free) // 2):
        cell = rng.choice(free)
        search.change(cell, rng.choice(sample.space.domain(cell)))
    return len(free) // 2


@of_each_type
@tried(3, MOST)
def test_the_kernel_costs_what_audit_and_blocks_cost(type: str, plans: int) -> None:
    for sample in samples(type, plans):
        rules = (sample.rule,)
        search = search_of(sample, rules)
        assert search.cost == said(sample, rules, sample.codes), sample
        listed = price_list.cost(sample.space, rules, sample.codes, waivers=sample.waivers)
        assert search.cost == listed, sample
        if not sample.sequenced:
            assert search.cost == heard(sample, rules), sample


@of_each_type
@tried(3, MOST)
def test_changes_add_up_to_the_full_recomputation(type: str, plans: int) -> None:
    moved = rows = 0
    for number, sample in enumerate(samples(type, MOST), 1):
        search = search_of(sample, (sample.rule,))
        before = search.cost
        count = change_some(Random(sample.seed), sample, search)
        codes, after = search.codes.tolist(), search.cost
        assert after == said(sample, (sample.rule,), codes), sample
        assert search.reset() == after, sample
        moved += after != before
        rows += any(row.kind != "guide" for row in sample.rule.rows(sample.space))
        for _ in range(count):
            search.revert()
        assert search.cost == before, sample
        assert search.codes.tolist() == sample.codes
        if number >= plans and moved:
            break
    assert moved or not rows, "no change cost anything: the test is idle"


@pytest.mark.parametrize("part", PARTS)
@tried(3, 16)
def test_all_rules_together_cost_the_sum(part: str, plans: int) -> None:
    for number in range(plans):
        sample, rules = draw_together(part, number)
        search = search_of(sample, rules)
        assert search.cost == heard(sample, rules), (part, number)
        change_some(Random(number), sample, search)
        assert search.cost == said(sample, rules, search.codes.tolist()), (part, number)


@pytest.mark.parametrize("part", PARTS)
@tried(3, 16)
def test_void_cells_can_come_back(part: str, plans: int) -> None:
    for number in range(plans):
        sample, rules = draw_together(part, number)
        search = search_of(sample, rules)
        before = search.cost
        rng = Random(number)
        free = [c for c in range(sample.space.cells) if sample.space.fixed(c) is None]
        cells = np.array(rng.sample(free, len(free) // 3), np.int32)
        slots = search.state.current[cells].copy()
        search.void(cells)
        gone = {cell for cell, code in enumerate(search.codes.tolist()) if code < 0}
        assert gone == set(cells.tolist())
        search.put(cells, slots)
        assert search.cost == before
        assert search.reset() == before
