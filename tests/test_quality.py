"""The gate: style, types and import contracts, each by its own program."""

import doctest
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from planner import catalogue

LEARNT = platformdirs.user_cache_path("opale") / "mypy"
"""What mypy has read of sources and libraries, by their contents: a fresh checkout need not do it again."""
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(
            ["-m", "ruff", "check", "--no-fix", "--output-format=concise"], id="ruff_check"
        ),
        pytest.param(
            ["-m", "ruff", "format", "--check", "--output-format=concise"], id="ruff_format"
        ),
        pytest.param(["-m", "mypy", f"--cache-dir={LEARNT}"], id="mypy"),
        pytest.param(["-c", LINT_IMPORTS], id="lint_imports"),
    ],
)
def test_the_program_finds_nothing(command: list[str], root: Path) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize(
    "name", ["planner.clock", "planner.fields", *catalogue.names("planner.rules")]
)
def test_examples_in_docstrings_are_true(name: str) -> None:
    module = __import__(name, fromlist=["*"])
    assert doctest.testmod(module).failed == 0
