"""The program called in this process, and a small study to call it on."""

import csv
import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from demo_hospitals import generate
from read_once import read_once

from data.study_file import save_study
from planner.commands import expand
from planner.edits import AdoptPlan, Branch, Record
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.runs import Budget
from planner.study import Study
from ui.cli import budgets
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


@pytest.fixture(autouse=True)
def quick_to_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """One command after another opens a file, and most of them begin with the same: it is read once."""
    read_once(monkeypatch)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the effort that is asked for: hospitals are tiny here, and so is the search."""

    def budget(*, effort: float | None = None, **others: float | None) -> Budget:
        return Budget(effort=None if effort is None else effort / 10, **others)

    monkeypatch.setattr(budgets, "Budget", budget)


@pytest.fixture
def call() -> Call:
    """Call the program as a shell would."""

    def called(*words: object) -> Ended:
        ended = CliRunner().invoke(main, [str(word) for word in words])
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    return called


@pytest.fixture
def approved(call: Call) -> Callable[..., None]:
    """Have the plan of a target proposed and approved, by two people as far as names go."""

    def signed(target: object) -> None:
        assert call("scenario", "propose", target).code == 0
        assert call("scenario", "approve", target, "--by", "Camille Roux").code == 0

    return signed


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


@dataclass(frozen=True)
class House:
    """A hospital typed as CSV files, taken in and judged by the program alone."""

    place: Path
    call: Call

    def folder(self, start: str, days: int, rules: str = "", **files: str | bytes) -> Path:
        """Write a folder: a contract FPH, and a file for each name given; its study begins there."""
        made = self.place / f"house{len(list(self.place.glob('house*')))}"
        made.mkdir()
        given: dict[str, str | bytes] = {
            "study": f"start;days;as_of\n{start};{days};{start}\n",
            "contracts": "id\nFPH\n",
            **files,
        }
        for name, text in given.items():
            raw = text if isinstance(text, bytes) else text.encode()
            (made / f"{name}.csv").write_bytes(raw)
        (made / "rules.toml").write_text(rules, encoding="utf-8")
        return made

    def study(self, start: str, days: int, rules: str = "", **files: str | bytes) -> Path:
        """Import such a folder; all of it has to be good."""
        folder = self.folder(start, days, rules, **files)
        made = folder.with_suffix(".opale")
        ended = self.call("import", folder, "--out", made)
        assert ended.code == 0, ended.err
        return made

    def refused(self, start: str, days: int, **files: str | bytes) -> list[str]:
        """Import a folder with faults: nothing is written; give each fault with its place."""
        folder = self.folder(start, days, **files)
        made = folder.with_suffix(".opale")
        ended = self.call("import", folder, "--out", made, "--json")
        assert (ended.code, made.exists()) == (1, False)
        return [f"{each['where']}: {each['what']}" for each in ended.document["faults"]]

    def said(self, study: Path, rule: str | None = None) -> list[str]:
        """Give the sentences of what a plan breaks, with plain spaces."""
        found = self.call("check", study, "--json").document["breaches"]
        return [
            each["sentence"].replace("\u00a0", " ").replace("\u202f", " ")
            for each in found
            if rule in (None, each["rule"])
        ]

    def faults(self, study: Path) -> list[str]:
        """Give what `check` finds wrong beside the breaches."""
        return [each["what"] for each in self.call("check", study, "--json").document["faults"]]

    def indicator(self, study: Path, name: str) -> Any:
        """Give the value of an indicator."""
        rows = self.call("kpis", study, "--json").document["kpis"]
        (value,) = (row["value"] for row in rows if row["name"] == name)
        return value

    def exported(self, study: Path, table: str) -> list[dict[str, str]]:
        """Export the study; give the rows of one of the files."""
        out = self.place / "exported"
        assert self.call("export", study, "--as", "csv", "--out", out, "--force").code == 0
        with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    @staticmethod
    def roster(start: str, words: str, person: str = "A") -> dict[str, str]:
        """Give the files of one person's duties, a word a day, several of a day joined by +."""
        first = dt.date.fromisoformat(start)
        rows = [
            f"{person};{first + dt.timedelta(days=day)};{shift}\n"
            for day, word in enumerate(words.split())
            if word != "-"
            for shift in word.split("+")
        ]
        staff = f"id;contract\n{person};FPH\n"
        return {"staff": staff, "duties": "person;date;shift\n" + "".join(rows)}

    @staticmethod
    def rule(id: str, type: str, tier: int = 0, **parameters: Any) -> str:
        """Write a rule for rules.toml."""
        inside = ", ".join(f"{name} = {json.dumps(value)}" for name, value in parameters.items())
        head = f'[[rule]]\nid = "{id}"\ntype = "{type}"\ntier = {tier}\n'
        return f"{head}parameters = {{ {inside} }}\n"


@pytest.fixture
def house(place: Path, call: Call) -> House:
    """Make hospitals of CSV files."""
    return House(place, call)
