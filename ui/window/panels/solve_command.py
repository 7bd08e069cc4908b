"""The command line that solves as the panel would, or as a run does."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from planner.runs import MASTER
from planner.study import BASE
from ui.window.panels.solve_master import weight_words
from ui.window.panels.solve_parts import USUAL
from ui.window.question import Asked
from ui.window.run import Run


def run_command(path: Path, run: Run, rotation: Iterable[str]) -> str:
    """Give the command of a run; `rotation` are the words that name a rotation."""
    request = run.request
    asked: Asked = {"master": request.master, "linked": request.linked}
    words = _words(path, run.scenario, request.parts, run.seconds, asked, rotation)
    return shlex.join([*words, "--seed", str(request.seed)])


def command(
    path: Path,
    scenario: str,
    parts: tuple[str, ...],
    seconds: float,
    asked: Asked,
    rotation: Iterable[str],
) -> str:
    """Give the command of a question that has not been asked yet."""
    return shlex.join(_words(path, scenario, parts, seconds, asked, rotation))


def _words(
    path: Path,
    scenario: str,
    parts: tuple[str, ...],
    seconds: float,
    asked: Asked,
    rotation: Iterable[str],
) -> list[str]:
    words = ["planner", "solve", str(path) if scenario == BASE else f"{path}#{scenario}"]
    if set(parts) != USUAL:
        words += ["--parts", ",".join(parts)]
    master = asked.get("master")
    if MASTER in parts and master is not None:
        words += weight_words(master)
    words += rotation
    if asked.get("linked"):
        words.append("--linked")
    return [*words, "--seconds", f"{seconds:g}"]
