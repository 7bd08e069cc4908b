"""What an exporter is. A new target is one file in `data/exporters`, a class under `@exporter`.

An export is put in its place in one step: a reader never meets half of one.
"""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from data.state import new_id, unwritten
from planner.catalogue import modules
from planner.plan import Plan
from planner.problem import Problem
from planner.words import say

STALE_NOTE: Final = "OUT-OF-DATE.txt"
"""Stands in an exported folder whose plan was made for other facts."""


class Exporter:
    """A kind of target; `suffix` is that of the file, empty where it is a folder."""

    name: str = ""
    suffix: str = ""

    def label(self, lang: str) -> str:
        """Name the kind of target for people."""
        return say(f"exporter.{self.name}", lang)

    def write(self, problem: Problem, plan: Plan, path: Path) -> None:
        """Write a problem and a plan to a path where nothing stands yet.

        Raises:
            OSError: it cannot be written.
        """
        raise NotImplementedError


EXPORTERS: Final[dict[str, Exporter]] = {}
"""Name → exporter; filled by `catalogue()`."""


def exporter(name: str, *, suffix: str = "") -> Callable[[type[Exporter]], type[Exporter]]:
    """Register an exporter class under its name; its label is the message `exporter.NAME`."""

    def register(cls: type[Exporter]) -> type[Exporter]:
        cls.name, cls.suffix = name, suffix
        EXPORTERS[name] = cls()
        return cls

    return register


def catalogue() -> Mapping[str, Exporter]:
    """Give every exporter by name; reads the folder on first use."""
    modules("data.exporters")
    return EXPORTERS


def give(exporter: Exporter, problem: Problem, plan: Plan, out: Path, *, mark: str = "") -> None:
    """Write an export beside its place, then put it there; `mark`: why its plan is out of date.

    Raises:
        Refused: it cannot be written; what was there is whole.
    """
    fresh = out.absolute().with_name(f".~{out.name}.{new_id()}.writing")
    aside = fresh.with_suffix(".before")
    try:
        exporter.write(problem, plan, fresh)
        if mark and fresh.is_dir():
            (fresh / STALE_NOTE).write_text(mark + "\n", encoding="utf-8")
        if out.is_dir():
            out.replace(aside)
        fresh.replace(out)
    except OSError as error:
        if aside.exists() and not out.exists():
            aside.replace(out)
        raise unwritten(out, error) from error
    finally:
        for left in (fresh, aside):
            shutil.rmtree(left, ignore_errors=True)
            if left.is_file():
                left.unlink()
