"""Getting the kernel ready: compiled once an installation, loaded from the user's cache after that.

It is done on a problem of one cell before a run's clocks start, so that a budget pays for searching.
A process of its own compiles: it takes 90 MB that a long search would go on holding.
"""

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

import numba
import numpy as np
from filelock import FileLock

from planner.rules.blocks import About
from solvers.rows import compile as rows_compile
from solvers.rows import knapsack, moves_roster, moves_theatre, person_path
from solvers.rows.search import Search
from solvers.rows.weights import weigh

_ready: Final[set[str]] = set()
_one_at_a_time: Final = threading.Lock()


class _OneCell:
    """A space of one cell and two codes."""

    cells = 1
    codes = shared = 2

    def domain(self, cell: int) -> tuple[int, ...]:
        """Both codes."""
        return (0, 1)

    def fixed(self, cell: int) -> int | None:
        """Nothing is fixed."""
        return None

    def owner(self, code: int) -> int | None:
        """Codes are common."""
        return None

    def about(self, what: str, cell: int, code: int) -> About:
        """Nothing."""
        return About(what, (), 0, 0)


def is_ready(part: str) -> bool:
    """Tell whether this process has the kernel of a part already."""
    return part in _ready


def is_cold(part: str) -> bool:
    """Tell whether the kernel of a part has yet to be compiled, which takes a while."""
    return part not in _ready and not compiled_mark(part).exists()


def get_ready(part: str) -> None:
    """Compile or load what a part of a problem is searched with."""
    with _one_at_a_time:
        if part not in _ready:
            _compile_beside(part)
            _try_out(part)
            with contextlib.suppress(OSError):
                compiled_mark(part).touch()


def compiled_mark(part: str) -> Path:
    """Give the file that says that a part's kernel is in the cache."""
    return Path(numba.config.CACHE_DIR) / f"{part}.compiled"  # type: ignore[attr-defined]  # numba's


def _compile_beside(part: str) -> None:
    """Have another process compile, once an installation; where it cannot, this one will.

    Programs that start together wait for the one that compiles, rather than do it all again.
    """
    mark = compiled_mark(part)
    if mark.exists() or getattr(sys, "frozen", False):
        return
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        if os.access(mark.parent, os.W_OK):
            with FileLock(mark.with_suffix(".lock")):
                _compile_once(part, mark)
    except (OSError, NotImplementedError):
        return  # no room, no right to write there, or a file system without locks


def _compile_once(part: str, mark: Path) -> None:
    if not mark.exists():  # nobody did while we waited
        command = [sys.executable, "-P", "-m", __name__, part]
        subprocess.run(  # noqa: S603 - this program itself
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )


def _try_out(part: str) -> None:
    compiled = rows_compile.compile(_OneCell(), ())
    search = Search(compiled, weigh(compiled), [0])
    how: dict[str, Any] = {"tries": 1, "hot": 1.0, "cold": 1.0, "legal": 1.0}
    if part == "roster":
        moves_roster.anneal(search, moves_roster.roster_moves(compiled, [[0]], [0]), **how)
        person_path.try_out()
    else:
        session = np.array([-1, 0], np.int32)
        moves_theatre.anneal(search, moves_theatre.theatre_moves(compiled, session), **how)
        knapsack.try_out()
    search.back_to_best()
    search.insert(np.zeros(1, np.int32))
    _ready.add(part)


if __name__ == "__main__":
    _try_out(sys.argv[1])
    compiled_mark(sys.argv[1]).touch()
