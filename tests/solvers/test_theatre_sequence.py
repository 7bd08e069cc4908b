"""Models with a clock say what the audit says: no more, no less, whatever is free."""

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from theatre_small import (
    cells,
    greedy,
    judged,
    programme_of,
    rules_of,
    shown,
    small,
    solved,
    without,
)

from planner.facts import facts
from planner.plan import Plan
from planner.rules.contract import Waiver
from planner.rules.timing import Choice
from solvers.cpsat import Limits
from solvers.theatre.blocks import Neighbourhoods, Places, _side_by_side, to_sequence
from solvers.theatre.clock import Clocks
from solvers.theatre.programme import Programme
from solvers.theatre.sequence import TimedModel


def exact(plan: Plan | None = None) -> Programme:
    """The small hospital without the rule that only the audit can judge."""
    problem = without(small(), "session_slack")
    return programme_of(problem, greedy(problem) if plan is None else plan)


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(1, 6))]
)
def test_what_a_block_saves_is_what_the_audit_finds(seed: int) -> None:
    programme, draw = exact(), random.Random(seed)
    ways = Neighbourhoods(Places(programme.ground)).ways()
    saved = 0
    for name, choose in ways.items():
        block = choose(programme, draw)
        assert block is not None, name
        before = programme.judged()
        model = TimedModel(programme, block.cells, block.allowed)
        answer = model.solve(Limits(deterministic=0.05, seed=seed))
        assert answer.found, "the plan at hand is a solution"
        assert answer.objective <= model.before
        programme.put(model.sub.cells, *model.answer(answer.solver.value))
        after = programme.judged()
        assert after.hard == before.hard == 0
        assert after.total is not None
        assert before.total is not None
        if answer.proven:
            assert before.total - after.total == model.before - answer.objective, name
        assert before.total - after.total >= model.before - answer.objective
        saved += before.total - after.total
    assert saved > 0


def test_sequencing_keeps_who_is_where_or_drops_him() -> None:
    programme = exact()
    wished = programme.slots.copy()
    blocks = to_sequence(programme, wished)
    freed = np.concatenate([block.cells for block in blocks])
    placed = np.flatnonzero(wished != programme.ground.layout.out)
    assert sorted(freed.tolist()) == placed.tolist(), "each placed case once"
    for block in blocks[:5]:
        model = TimedModel(programme, block.cells, block.allowed)
        answer = model.solve(Limits(deterministic=0.05))
        slots, _ = model.answer(answer.solver.value)
        out = programme.ground.layout.out[model.sub.cells]
        assert ((slots == wished[model.sub.cells]) | (slots == out)).all()


def test_small_parts_of_a_day_are_sequenced_together_and_large_ones_alone() -> None:
    day = np.array([0, 0, 0, 1, 1, *[0] * 20], np.int32)
    large = [*range(5, 25)]
    parts = [*_side_by_side([[0, 1], [3], large, [2], [4]], day)]
    assert sorted(sorted(part) for part in parts) == [[0, 1, 2], [3, 4], large]


def test_theatres_that_share_a_second_surgeon_are_sequenced_together() -> None:
    problem = small()
    plan, known = greedy(problem), facts(problem)
    alone = to_sequence(programme_of(problem, plan), programme_of(problem, plan).slots)
    days = {known.sessions[each.session].day for each in plan.placements}
    first = {
        day: [p for p in plan.placements if known.sessions[p.session].day == day] for day in days
    }
    one, other = next(
        (one, other)
        for placed in first.values()
        for one in placed
        for other in placed
        if len({known.sessions[p.session].theatre for p in (one, other)}) == 2
        and other.surgeon is not None
        and one.surgeon not in (None, other.surgeon)
        and not known.cases[one.case].partners
    )
    assert other.surgeon is not None
    cases = tuple(
        replace(case, partners=frozenset({other.surgeon})) if case.id == one.case else case
        for case in problem.cases
    )
    programme = programme_of(replace(problem, cases=cases), plan)
    both = set(cells(programme, one.case, other.case).tolist())
    joined = to_sequence(programme, programme.slots)
    assert any(both <= set(block.cells.tolist()) for block in joined)
    assert len(joined) <= len(alone)


def test_a_case_that_overlaps_another_is_moved_apart() -> None:
    programme = exact()
    plan = programme.plan()
    session = max(plan.sessions, key=len)
    late = session[1]._replace(start=session[0].start)
    others = [placement for placement in plan.placements if placement.case != late.case]
    wrong = exact(Plan.build([*others, late]))
    assert wrong.judged().hard > 0
    free = cells(wrong, *(placement.case for placement in session))
    allowed = np.zeros(wrong.ground.compiled.slots, bool)
    model = TimedModel(wrong, free, allowed)
    answer = model.solve(Limits(deterministic=0.2))
    assert answer.found
    wrong.put(model.sub.cells, *model.answer(answer.solver.value))
    assert wrong.judged().hard == 0


def test_what_stays_in_each_others_way_leaves_the_rest_solvable() -> None:
    """Two fixed cases overlap: the hard breach stays what it is, and nothing is added."""
    programme = exact()
    session = max(programme.plan().sessions, key=len)
    late = session[1]._replace(start=session[0].start)
    others = [placement for placement in programme.plan().placements if placement.case != late.case]
    wrong = exact(Plan.build([*others, late]))
    before = wrong.judged()
    free = cells(wrong, session[2].case, session[3].case)
    model = TimedModel(wrong, free, np.zeros(wrong.ground.compiled.slots, bool))
    answer = model.solve(Limits(deterministic=0.2))
    assert answer.found
    wrong.put(model.sub.cells, *model.answer(answer.solver.value))
    assert wrong.judged().hard <= before.hard


def test_starts_off_the_grid_stay_possible() -> None:
    """A case that somebody put at 8:03 keeps its minute unless something better is found."""
    programme = exact()
    session = min((s for s in programme.plan().sessions if len(s) == 1), default=None)
    session = session or min(programme.plan().sessions, key=len)
    moved = session[-1]._replace(start=(session[-1].start or 0) + 3)
    others = [
        placement for placement in programme.plan().placements if placement.case != moved.case
    ]
    odd = exact(Plan.build([*others, moved]))
    free = cells(odd, *(placement.case for placement in session))
    model = TimedModel(odd, free, np.zeros(odd.ground.compiled.slots, bool))
    assert model.frame.unit == 1
    answer = model.solve(Limits(deterministic=0.2))
    slots, starts = model.answer(answer.solver.value)
    assert all(start % 5 == 0 or start == moved.start for start in starts.tolist())
    assert answer.objective <= model.before
    assert len(slots) == len(session)


def test_a_waiver_lets_a_case_run_later() -> None:
    """T03 caps overtime; a waiver of half an hour opens that half hour in the model."""
    problem = without(small(), "session_slack")
    plan = greedy(problem)
    session = max(plan.sessions, key=len)
    rule = next(r for r in problem.rules if r.type == "session_overtime" and r.hard)
    day = facts(problem).sessions[session[0].session].day
    waiver = Waiver(
        rule=rule.id,
        subjects=frozenset({session[0].session}),
        first=day,
        last=day,
        most=30,
        reason="once",
        author="test",
        made=date(2026, 10, 1),
    )
    known = facts(problem)
    options = [(known.cases[p.case], p.surgeon) for p in session]
    place = known.sessions[session[0].session]
    choices = [
        Choice(k, case, place, surgeon, known.minutes(case, surgeon), known.turnover(case))
        for k, (case, surgeon) in enumerate(options)
    ]
    strict, loose = (
        Clocks(problem, known, rules_of(problem), waivers).day(day, choices)
        for waivers in ((), (waiver,))
    )
    assert loose.low == strict.low
    later = [after - before for before, after in zip(strict.high, loose.high, strict=True)]
    assert max(later) == 30 or any(
        high + choice.minutes > place.end + place.overtime
        for high, choice in zip(loose.high, choices, strict=True)
    )
    assert all(0 <= each <= 30 for each in later)


def test_pins_and_whole_solves_never_break_a_hard_rule() -> None:
    problem = without(small(), "session_slack")
    result, events = solved(replace(problem))
    assert result.score.hard == 0
    assert all(judged(problem, each.plan).score == each.score for each in shown(events))
