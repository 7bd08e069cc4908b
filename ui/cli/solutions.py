"""Solutions of public benchmarks, read in place of the plan of a scenario."""

from pathlib import Path

from data.importing import SolutionForm, Unreadable, unopened
from data.state import new_id, unwritten
from planner.edits import AdoptPlan
from planner.plan import Plan
from planner.problem import Problem
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


def write_solution(form: SolutionForm, problem: Problem, plan: Plan, path: Path) -> None:
    """Write a plan as a solution, beside its place first; a reader never meets half of one.

    Raises:
        Refused: it cannot be written; what was there is whole.
    """
    fresh = path.absolute().with_name(f".~{path.name}.{new_id()}.writing")
    try:
        form.write_solution(problem, plan, fresh)
        fresh.replace(path)
    except OSError as error:
        raise unwritten(path, error) from error
    finally:
        fresh.unlink(missing_ok=True)
