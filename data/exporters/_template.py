"""A kind of target in one sentence. Copy this file, name it after the target, and add its test.

Its label is the message `exporter.NAME`. Where an importer has the same name, it reads equal values back.
"""

from pathlib import Path

from data.exporting import Exporter
from planner.plan import Plan
from planner.problem import Problem


class Template(Exporter):
    """What it writes, and for whom. Stands under `@exporter("name", suffix=".txt")`."""

    def write(self, problem: Problem, plan: Plan, path: Path) -> None:
        """Write one line."""
        path.write_text(f"{len(problem.cases)} {len(tuple(plan.placements))}\n", encoding="utf-8")
