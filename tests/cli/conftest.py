"""The program called in this process, and a small study to call it on."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from data.demo import generate
from data.study_file import save_study
from planner.commands import expand
from planner.edits import AdoptPlan, Branch, Record
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.study import Study
from ui.cli.__main__ import main


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Call = Callable[..., Ended]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a state folder and a language of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("OPALE_LANG", "en")
    return tmp_path


@pytest.fixture
def call() -> Call:
    """Call the program as a shell would."""

    def called(*words: object) -> Ended:
        ended = CliRunner().invoke(main, [str(word) for word in words])
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    return called


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.opale"
    save_study(Study(id="demosmall1", name="small", base=generate("small")), path)
    return path


@pytest.fixture
def small(small_file: Path, place: Path) -> Path:
    """The small demo hospital as a study that a test may change."""
    path = place / "small.opale"
    shutil.copy(small_file, path)
    return path


def any_plan(problem: Problem) -> Plan:
    """A plan that was made without a solver: some cases one after the other, some duties."""
    free = {session.id: session for session in problem.sessions}
    placements = []
    for case in problem.cases[:40]:
        for session in free.values():
            if case.specialty in session.owners:
                able = case.surgeons or {
                    each.id for each in problem.surgeons if case.specialty == each.specialty
                }
                surgeon = min(able, default=None)
                placements.append(Placement(case.id, session.id, surgeon, session.start))
                del free[session.id]
                break
    shift = problem.shifts[0].id
    duties = [Duty(person.id, day, shift) for person in problem.staff for day in range(0, 28, 4)]
    return Plan.build(placements, duties)


@pytest.fixture(scope="session")
def two_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    problem = generate("small")
    study = Study(id="demosmall2", name="small", base=problem)
    for edit in (
        AdoptPlan(scenario="base", plan=any_plan(problem)),
        Branch(parent="base", name="closed"),
        Record(scenario="closed", group=expand(problem, "close-room", "S2", "friday")),
    ):
        study = edit.apply(study)
    path = tmp_path_factory.mktemp("two") / "two.opale"
    save_study(study, path)
    return path


@pytest.fixture
def two(two_file: Path, place: Path) -> Path:
    """The small hospital with a plan, and a scenario in which a room is closed."""
    path = place / "two.opale"
    shutil.copy(two_file, path)
    return path


@pytest.fixture(scope="session")
def samples(root: Path) -> Path:
    return root / "tests" / "samples"
