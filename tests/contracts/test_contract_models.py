"""CP-SAT models say of every rule what kernel, blocks and audit say."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from contract_drawing import AUDIT_ONLY, Sample, draw_together, plan_of, rule_types, samples, tried
from contract_engine import heard, said, search_of

from solvers.cpsat import Limits, solve
from solvers.rows.cpsat import SubModel
from solvers.rows.search import Search
from solvers.rows.weights import Cost

LEGAL = 1000
"""What a hard unit is worth in the objective."""
FREE = 24
HELD = [type for type in rule_types() if type not in AUDIT_ONLY]
LIMITS = Limits(deterministic=0.3)


def draw_cells(rng: Random, sample: Sample) -> list[int]:
    """Draw the cells of a sub-model, in order."""
    free = [c for c in range(sample.space.cells) if sample.space.fixed(c) is None]
    return sorted(rng.sample(free, min(FREE, len(free))))


def energy(cost: Cost) -> int:
    return cost.soft + LEGAL * cost.hard


def fixed_model(rng: Random, sample: Sample, search: Search) -> SubModel:
    """Make a model whose free cells have to take codes drawn at random."""
    model = SubModel(search, draw_cells(rng, sample), legal=LEGAL, guarded=False)
    for cell in model.cells.tolist():
        open_slots = [s for s in model.literal if search.compiled.slot_cell[s] == cell]
        model.model.add(model.literal[rng.choice(open_slots)] == 1)
    model.minimise()
    return model


@pytest.mark.parametrize("type", HELD)
@tried(2, 24)
def test_a_model_with_the_plan_fixed_costs_what_the_blocks_cost(type: str, plans: int) -> None:
    for sample in samples(type, plans):
        rules = (sample.rule,)
        search = search_of(sample, rules)
        model = fixed_model(Random(sample.seed), sample, search)
        answer = solve(model.model, LIMITS)
        assert answer.proven, sample
        search.put(model.cells, model.chosen(answer.solver))
        assert round(answer.objective) == energy(search.cost), sample
        assert search.cost == said(sample, rules, search.codes.tolist()), sample


@pytest.mark.parametrize("part", ["roster", "theatre"])
@tried(2, 24)
def test_a_free_model_of_all_rules_has_the_score_as_objective(part: str, plans: int) -> None:
    better = 0
    for number in range(plans):
        sample, rules = draw_together(part, number)
        search = search_of(sample, rules)
        before = search.cost
        model = SubModel(search, draw_cells(Random(number), sample), legal=LEGAL)
        model.minimise()
        answer = solve(model.model, LIMITS)
        assert answer.found, "the plan at hand is a solution"
        search.put(model.cells, model.chosen(answer.solver))
        after = search.cost
        assert round(answer.objective) == energy(after), (part, number)
        assert answer.bound <= answer.objective
        assert after.hard <= before.hard, "hard rows get no worse"
        better += after < before
        codes = search.codes.tolist()
        assert after == said(sample, rules, codes)
        plan = plan_of(sample.space, codes)
        assert after == heard(replace(sample, plan=plan), rules), (part, number)
    assert better >= plans // 2


@pytest.mark.parametrize("part", ["roster", "theatre"])
@tried(2, 24)
def test_a_proven_optimum_is_the_best_of_all_assignments(part: str, plans: int) -> None:
    for number in range(plans):
        sample, rules = draw_together(part, number)
        search = search_of(sample, rules)
        cells = draw_cells(Random(number), sample)[:: FREE // 3][:3]
        model = SubModel(search, cells, legal=LEGAL, guarded=False)
        model.minimise()
        answer = solve(model.model, LIMITS)
        assert answer.proven
        open_slots = [
            [s for s in model.literal if search.compiled.slot_cell[s] == cell] for cell in cells
        ]
        best = min(_cost_of(search, model, choice) for choice in _choices(open_slots))
        assert round(answer.objective) == best, (part, number)


def _choices(open_slots: list[list[int]]) -> list[list[int]]:
    found: list[list[int]] = [[]]
    for slots in open_slots:
        found = [[*chosen, slot] for chosen in found for slot in slots]
    return found


def _cost_of(search: Search, model: SubModel, choice: list[int]) -> int:
    search.put(model.cells, np.array(choice, np.int32))
    return energy(search.cost)
