"""What a worker says in lines is what the engine said in values."""

import json
from pathlib import Path

import pytest

from data.events import HELLO, event_of, event_plain
from data.journal import RunEntry
from data.refused import Refused
from data.run_codec import identity, run_entry
from data.runs import Best, create_run
from planner.fingerprint import fingerprint
from planner.forecast import Forecast
from planner.plan import Plan
from planner.runs import (
    Bound,
    Event,
    Failed,
    Finished,
    Improved,
    PartResult,
    Phase,
    Remark,
    SolveRequest,
    SolveResult,
    Started,
)
from planner.score import Score
from planner.study import Study

SCORE = Score(hard=0, breaches=0, waived=720, tiers=(1, 2, 3, 4), total=10)


def events(plan: Plan, forecast: Forecast | None) -> list[Event]:
    part = PartResult(status="feasible", score=SCORE, bound=3)
    result = SolveResult(
        status="feasible",
        plan=plan,
        score=SCORE,
        parts={"theatre": part},
        bound=3,
        seconds=1.5,
        forecast=forecast,
    )
    improved = Improved(part="roster", plan=plan, score=SCORE, seconds=0.5, cpu_seconds=0.7)
    return [
        Started(fingerprint="ab" * 16, seed=7),
        Phase(part="roster", name="annealing"),
        improved,
        Bound(part="roster", bound=3, source="columns"),
        Remark(what="too_few", facts={"needed": 6, "day": "2026-10-05"}),
        Finished(result=result),
        Failed(what="out_of_memory"),
    ]


def test_every_event_comes_back(study: Study) -> None:
    plan, forecast = study.scenario("base").plan, study.scenario("base").forecast
    run = create_run(study.id, None)
    best = Best(plan=plan, horizon=study.base.horizon, score=SCORE, forecast=forecast)
    path = run.write_best(best)
    said = events(plan, forecast)
    lines = [json.dumps(event_plain(event, path)) for event in said]
    assert [event_of(json.loads(line), None) for line in lines] == said
    assert all("\n" not in line and len(line) < 1000 for line in lines)
    assert {type(event) for event in said} == set(Event.__args__)


def test_the_first_line_names_the_protocol() -> None:
    assert json.loads(json.dumps(HELLO)) == {"event": "hello", "protocol": 1}


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"event": "dance"},
        {"event": "phase", "part": 3, "name": "x"},
        {"event": "bound", "part": "roster", "bound": 1.5},
        {"event": "improved", "part": "roster", "bound": None, "best": "/nowhere/best.json"},
        {"event": "finished", "best": "/nowhere/best.json"},
    ],
)
def test_what_is_no_event_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(Refused):
        event_of(document, None)


def test_a_run_is_described_for_the_history(study: Study, tmp_path: Path) -> None:
    request = SolveRequest(problem=study.base, seed=7)
    plan = study.scenario("base").plan
    result = SolveResult(status="feasible", plan=plan, score=SCORE, bound=3, seconds=1.5)
    entry = run_entry("r1", "base", request, result)
    assert entry == RunEntry(
        id="r1",
        scenario="base",
        fingerprint=fingerprint(study.base),
        request=identity(request),
        seed=7,
        status="feasible",
        options={
            "parts": ["theatre", "roster"],
            "budget": {"seconds": 60.0},
            "workers": 0,
            "strict": False,
            "near": False,
        },
        score={"hard": 0, "breaches": 0, "waived": 720, "tiers": [1, 2, 3, 4], "total": 10},
        bound=3,
        seconds=1.5,
        started=entry.started,
    )
