"""How rules are laid out for the kernel changes its speed and no cost."""

import random
from dataclasses import replace

import numpy as np
from roster_small import COVER, REST, THIN, N, Z, need, person, roster_problem

from planner.people import ShiftId, StaffMember
from planner.rostering import ShiftType
from planner.rules.space import RosterSpace
from solvers.rows import price_list
from solvers.rows.compile import compile as compiled_of
from solvers.rows.layout import on_lines
from solvers.rows.search import Search
from solvers.rows.state import LO, RECORD, STEEP, WEIGHT
from solvers.rows.weights import SEARCH, weigh

E = ShiftType(id=ShiftId("E"), start=500, end=860, tags=frozenset({"work", "day"}))
RULES = (REST, COVER, THIN)


def who(id: str, *shifts: str) -> StaffMember:
    return replace(person(id), shifts=frozenset(map(ShiftId, shifts)))


def space_of(*staff: StaffMember) -> RosterSpace:
    needs = tuple(need(day, shift) for day in range(7) for shift in "ZN")
    problem = roster_problem(staff, needs, rules=RULES)
    return RosterSpace(replace(problem, shifts=(Z, N, E)))


def search_of(space: RosterSpace) -> Search:
    compiled = compiled_of(space, RULES)
    return Search(compiled, weigh(compiled), [0] * space.cells)


def changed_at_random(search: Search, space: RosterSpace) -> None:
    """Change codes and hold each cost to the blocks, which know nothing of the layout."""
    draw, codes = random.Random(1), [0] * space.cells
    for _ in range(300):
        cell = draw.randrange(space.cells)
        codes[cell] = draw.choice(space.domain(cell))
        search.change(cell, codes[cell])
        assert search.cost == price_list.cost(space, RULES, codes, kinds=SEARCH)


def test_a_lower_and_an_upper_bound_of_one_sum_are_one_row() -> None:
    space = space_of(who("a", "Z", "N"), who("b", "Z", "N"), who("c", "Z", "N"))
    search = search_of(space)
    record = search.state.row.reshape(-1, RECORD)
    both = (record[:, WEIGHT] > 0) & (record[:, STEEP] > 0)
    assert np.count_nonzero(both) == 14  # a row a need, where there are two blocks
    assert (record[both, LO] == 1).all()
    changed_at_random(search, space)


def test_a_waived_row_stays_by_itself() -> None:
    space = space_of(who("a", "Z", "N"), who("b", "Z", "N"))
    compiled = compiled_of(space, RULES)
    weights = weigh(compiled)
    weights.row_free[:] = 1
    record = Search(compiled, weights, [0] * space.cells).state.row.reshape(-1, RECORD)
    assert not ((record[:, WEIGHT] > 0) & (record[:, STEEP] > 0)).any()


def test_people_with_different_shifts_share_a_matrix_of_successions() -> None:
    space = space_of(who("a", "Z", "N"), who("b", "Z", "N", "E"), who("c", "N", "E"), who("d", "Z"))
    search = search_of(space)
    assert len(search.state.tables.matrix) == (space.codes + 1) ** 2
    changed_at_random(search, space)


def test_records_and_entries_of_slots_begin_on_cache_lines() -> None:
    search = search_of(space_of(who("a", "Z", "N"), who("b", "Z")))
    for state in (search.state, search.twin(2).state):
        assert state.row.ctypes.data % 64 == 0
        assert state.lists.ctypes.data % 64 == 0
        assert (state.at % 16 == 0).all()
    assert on_lines(np.arange(5)).tolist() == [0, 1, 2, 3, 4]
