"""What keeps the kernel fast changes no result, so it is looked at by itself."""

import importlib.util
import time
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from rows_drawing import draw_roster, draw_theatre

from solvers.rows import jit, kernel, moves_roster, moves_theatre
from solvers.rows.compile import compile as compiled_of
from solvers.rows.search import Search
from solvers.rows.weights import weigh


def compiled_afresh(function: Any, *arguments: Any, **options: Any) -> str:
    """Compile a kernel without its cache and give its machine code."""
    made = numba.njit(**{**jit.OUTER, "cache": False, **options})(function.py_func)
    made(*arguments)
    return str(made.inspect_asm(made.signatures[0]))


def counts(code: str) -> int:
    """The places where reference counts are touched."""
    return code.count("NRT_incref") + code.count("NRT_decref")


def search_of(drawn: Any) -> Search:
    compiled = compiled_of(drawn.space, drawn.rules)
    return Search(compiled, weigh(compiled), drawn.codes)


@pytest.mark.long
def test_no_reference_is_counted_where_plans_are_changed() -> None:
    search = search_of(draw_theatre(1))
    nothing = np.zeros(0, np.int32)
    assert counts(compiled_afresh(kernel.put, search.state, nothing, nothing)) == 0


@pytest.mark.long
def test_the_same_code_with_the_runtime_of_numba_has_counts() -> None:
    """So the test above sees what it looks for."""
    search = search_of(draw_theatre(1))
    nothing = np.zeros(0, np.int32)
    with_counts = compiled_afresh(kernel.put, search.state, nothing, nothing, _nrt=True)
    assert counts(with_counts) > 0


@pytest.mark.long
@pytest.mark.parametrize("part", ["roster", "theatre"])
def test_no_reference_is_counted_in_the_search(part: str) -> None:
    stop = np.zeros(1, np.uint8)
    if part == "roster":
        drawn = draw_roster(1)
        search = search_of(drawn)
        lines: Any = drawn.space
        moves: Any = moves_roster.roster_moves(search.compiled, *lines.lines())
        annealing = moves_roster._anneal
    else:
        drawn = draw_theatre(1)
        search = search_of(drawn)
        sessions: Any = drawn.space
        session = np.array([option[1] for option in sessions.options], np.int32)
        moves = moves_theatre.theatre_moves(search.compiled, session)
        annealing = moves_theatre._anneal
    code = compiled_afresh(annealing, search.state, moves, stop, 10, 1.0, 0.9, 2.0)
    assert counts(code) == 0


@pytest.mark.long
def test_the_kernel_makes_at_least_half_a_million_tries_a_second() -> None:
    drawn = draw_roster(2, people=20, days=28, rows=0)
    search = search_of(drawn)
    space: Any = drawn.space
    moves = moves_roster.roster_moves(search.compiled, *space.lines())
    moves_roster.anneal(search, moves, tries=1000, hot=9.0, cold=8.0, legal=2.0)
    spent = []
    for _ in range(20):  # the best piece: other programs share the machine
        before = time.thread_time()
        moves_roster.anneal(search, moves, tries=20_000, hot=9.0, cold=8.0, legal=2.0)
        spent.append(time.thread_time() - before)
    assert 20_000 / min(spent) > 500_000


def test_the_machine_code_has_a_folder_named_by_all_sources(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    folder = jit.cache_folder()
    assert folder.is_relative_to(tmp_path / "opale")
    assert folder == jit.cache_folder()
    copy = tmp_path / "rows"
    copy.mkdir()
    for name in ("jit.py", "kernel.py"):
        (copy / name).write_text("x = 1\n")
    monkeypatch.setattr(jit, "__file__", str(copy / "jit.py"))
    before = jit.cache_folder()
    (copy / "kernel.py").write_text("x = 2\n")
    assert jit.cache_folder() != before


def test_a_program_that_lies_elsewhere_finds_the_machine_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "kernels"))
    found = []
    for place in ("here", "there"):
        source = tmp_path / place / "rows" / "little.py"
        source.parent.mkdir(parents=True)
        source.write_text("def more(number): return number + 1\n", encoding="utf-8")
        little = importlib.util.spec_from_file_location("little", source)
        assert little is not None
        module: Any = importlib.util.module_from_spec(little)
        assert little.loader is not None
        little.loader.exec_module(module)
        more: Any = numba.njit(**jit.OUTER)(module.more)
        assert more(1) == 2
        found.append(sum(more.stats.cache_hits.values()))
    assert found == [0, 1]
