"""What an exporter is. A new target is one file in `data/exporters`, a class under `@exporter`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from planner.catalogue import modules
from planner.plan import Plan
from planner.problem import Problem
from planner.words import say


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
