"""All threads of a run take memory from one place."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import ctypes, sys, threading
from solvers.memory import keep_together

if sys.argv[1] == "together":
    keep_together()
kept = []
ready = threading.Barrier(4)

def take():
    ready.wait()
    kept.append([bytes(100) * 7 for _ in range(1000)])
    ready.wait()

threads = [threading.Thread(target=take) for _ in range(4)]
[each.start() for each in threads]
[each.join() for each in threads]
c = ctypes.CDLL(None)
c.fopen.restype = ctypes.c_void_p
file = c.fopen(sys.argv[2].encode(), b"w")
c.malloc_info(0, ctypes.c_void_p(file))
c.fclose(ctypes.c_void_p(file))
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="glibc has it")
@pytest.mark.parametrize("how", ["apart", "together"])
def test_threads_share_one_place_to_take_memory_from(how: str, tmp_path: Path, root: Path) -> None:
    told = tmp_path / "heaps.xml"
    words = [sys.executable, "-c", PROGRAM, how, str(told)]
    subprocess.run(words, check=True, cwd=root, timeout=60)
    heaps = told.read_text(encoding="utf-8").count("<heap nr=")
    assert (heaps == 1) == (how == "together")
