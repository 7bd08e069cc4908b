"""A study with everything in it, a state folder of its own, and the random studies."""

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from data.study_file import save_study
from planner.changes import Adjust, ChangeSet, Remove, Set
from planner.edits import AdoptPlan, Branch, KeepForecast, Publish, Record, SetPins, Waive
from planner.forecast import DayForecast, Forecast, SessionForecast
from planner.hospital import SessionId
from planner.rules.contract import Waiver
from planner.signatures import PROPOSED, Signature
from planner.signing import Sign
from planner.study import Pin, Study

HERE = Path(__file__).parent


def load(name: str, folder: Path = HERE) -> ModuleType:
    """Load a module that stands beside the tests; they are no package."""
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


study_drawing = load("study_drawing")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the state folder of each test to itself."""
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture(scope="session")
def evaluator_of() -> Callable[[str], ModuleType]:
    """Give the program that judges solutions of a public benchmark, and shares no code with ours."""
    return lambda name: load(name, HERE.parent / "benchmarks" / "evaluators")


@pytest.fixture(scope="session")
def study() -> Study:
    """A study with three scenarios and something in every table."""
    return a_full_study()


@pytest.fixture(scope="session")
def study_bytes(study: Study, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """That study as its file."""
    made = tmp_path_factory.mktemp("study") / "bloc.opale"
    save_study(study, made)
    return made.read_bytes()


def a_full_study() -> Study:
    """Make a study with three scenarios and something in every table."""
    problem, plan = study_drawing.a_hospital()
    made = Study(id="sample1", name="Bloc Étoile", base=problem)
    closed = Set(kind="session", id="S1-0", field="closed", expected=False, value=True)
    later = Adjust(kind="session", id="S1-0", field="end", delta=30)
    group = ChangeSet(name="fermer S1", changes=(closed, later))
    more = ChangeSet(
        name="une de plus",
        changes=(study_drawing.an_added_case(problem), Remove(kind="request", id="w1")),
        enabled=False,
    )
    waiver = Waiver(
        rule="r1",
        subjects=frozenset({"A17"}),
        first=0,
        last=6,
        most=1,
        reason="d’accord avec elle",
        author="cadre",
        made=date(2026, 10, 1),
    )
    signature = Signature(
        step=PROPOSED,
        account="cadre",
        name="Zoé",
        made="2026-10-02T08:00:00.000+00:00",
        reason="prêt",
    )
    pins = (Pin(kind="case", id="P-0001"), Pin(kind="person", id="A17", first=0, last=6))
    moved = plan.with_placements(p._replace(start=600) for p in plan.placements)
    session = SessionForecast(SessionId("S1-0"), 210, 40, 12, 930, 1005, 1031)
    day = DayForecast(0, "0123456789abcdef", (session,))
    forecast = Forecast(days=(day,), high=44, replications=1000, seed=3)
    for edit in (
        AdoptPlan(scenario="base", plan=plan, run="r-1", forecast=forecast),
        Publish(scenario="base"),
        Branch(parent="base", name="salle fermée"),
        Record(scenario="salle fermée", group=group),
        Record(scenario="salle fermée", group=more),
        AdoptPlan(scenario="salle fermée", plan=moved),
        Branch(parent="salle fermée", name="et après"),
        KeepForecast(scenario="et après", forecast=replace(forecast, days=(), seed=4)),
        SetPins(scenario="et après", pins=pins),
        Waive(scenario="et après", waiver=waiver),
        Sign(scenario="salle fermée", signature=signature),
    ):
        made = edit.apply(made)
    return made
