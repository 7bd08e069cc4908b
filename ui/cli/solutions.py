"""Solutions of public benchmarks, read in place of the plan of a scenario."""

from pathlib import Path

from data.importing import Unreadable, unopened
from planner.edits import AdoptPlan
from ui.cli.targets import Loaded


def with_solution(loaded: Loaded, path: Path) -> None:
    """Put a solution in the place of the plan that a target has; nothing is written.

    Raises:
        Refused: it cannot be read, or is no solution of this problem.
    """
    form = loaded.form
    try:
        plan = form.read_solution(loaded.study.problem(loaded.target.name), path)
    except OSError as error:
        fault = unopened(path, error)
        raise Unreadable(fault.what, fault.file, path=str(path)) from error
    loaded.opened.study = AdoptPlan(scenario=loaded.target.name, plan=plan).apply(loaded.study)
