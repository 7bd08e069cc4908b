"""What all tests share: where the benchmarks are, a quiet home, and hypothesis made repeatable."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from planner.words import say
from ui.window.machine import LIBRARIES, lacking

ROOT = Path(__file__).resolve().parent.parent

# Where a machine keeps no bytecode, each of the many processes would compile everything anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A machine that is shared may be slow at any moment: no test fails by the clock.
settings.register_profile(
    "opale",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("opale")
# Hypothesis would read all sources for constants to draw, seconds in each process; and what is drawn
# would hang on which modules happen to be loaded.
providers.is_local_module_file = lambda _: False


FIRST = ("test_the_program_finds_nothing[mypy]",)
"""The longest tests of the quick tier, the longest first: none is left alone at the end."""


ROOM = 4 * 2**30
"""Bytes that have to be free in memory for the files of tests to lie there."""


def _lie_in_memory() -> None:
    """Let files of tests lie in memory, where the system has room for it: nobody waits for a disk."""
    memory = Path("/dev/shm")
    if "TMPDIR" in os.environ or not os.access(memory, os.W_OK):
        return
    if shutil.disk_usage(memory).free > ROOM:
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None


def pytest_configure() -> None:
    """Keep subprocesses of tests away from the state folder and the language of the person.

    Where Qt lacks libraries of the system, nothing begins: one sentence has the line to paste.
    """
    missing = lacking()
    if missing:
        pytest.exit(say("gui.no_libraries", "en", missing=missing, packages=LIBRARIES), 1)
    _lie_in_memory()
    os.environ["OPALE_STATE"] = _made["state"] = tempfile.mkdtemp(prefix="opale-state-")
    os.environ["OPALE_LANG"] = "en"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is read now lasts as long as the tests: it is not looked through again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests, where they were asked for."""
    items.sort(key=lambda item: FIRST.index(item.name) if item.name in FIRST else len(FIRST))


_made: dict[str, str] = {}


def pytest_unconfigure() -> None:
    """Leave nothing behind in the temporary folder."""
    if "state" in _made:
        shutil.rmtree(_made.pop("state"), ignore_errors=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def bench() -> Callable[[str], Path]:
    """Give the path of public benchmark data, or skip the test where they are not at hand."""
    folder = Path(os.environ.get("OPALE_BENCH", ROOT.parent / "shared" / "bench"))

    def find(name: str) -> Path:
        path = folder / name
        if not path.exists():
            pytest.skip(f"benchmark data {name} not found: set OPALE_BENCH to their folder")
        return path

    return find
