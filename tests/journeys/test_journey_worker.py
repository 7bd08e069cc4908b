"""The worker as a window uses it: questions in, lines of JSON out, plans as paths."""

import io
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.events import event_of
from data.runs import RunFolder, create_run, read_forecast
from data.study_file import open_study
from planner.facts import facts
from planner.forecast import Outlook
from planner.plan import Placement, Plan
from planner.runs import Budget, Failed, Finished, Improved, SolveRequest
from planner.view import TheatreView
from ui.cli.serving import Worker

Start = Callable[..., Any]


class Talk:
    """A worker and its lines, one at a time."""

    def __init__(self, program: Any) -> None:
        self.program = program
        self.lines: Any = iter(program.process.stdout.readline, "")

    def hear(self) -> Any:
        return json.loads(next(self.lines))

    def say(self, **line: Any) -> None:
        self.program.process.stdin.write(json.dumps(line) + "\n")
        self.program.process.stdin.flush()

    def until(self, *events: str) -> Any:
        while (line := self.hear())["event"] not in events:
            pass
        return line


@pytest.fixture
def talk(start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Talk:
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "state"))
    return Talk(start("worker", reads_results=False))


@pytest.fixture
def asked(small: Path, talk: Talk) -> RunFolder:
    with open_study(small) as opened:
        study = opened.study
    folder = create_run(study.id, None)
    request = SolveRequest(
        problem=study.base, parts=("theatre",), budget=Budget(seconds=300.0), workers=1
    )
    folder.write_request("base", request)
    return folder


def test_it_gets_warm_before_it_is_asked(talk: Talk, asked: RunFolder) -> None:
    assert talk.hear() == {"event": "hello", "protocol": 1}
    talk.say(do="warm")
    talk.say(do="solve", request=str(asked.request_path))
    assert isinstance(event_of(talk.until("improved"), None), Improved)
    best = asked.best()
    assert best is not None
    folder = create_run("other", None)
    problem = asked.question().request.problem
    folder.write_request("base", SolveRequest(problem=problem, plan=best.plan))
    talk.say(do="simulate", request=str(folder.request_path))  # while the run goes on
    told = talk.until("simulated")
    assert told["request"] == str(folder.request_path)
    forecast = read_forecast(Path(told["forecast"]), None)
    assert Outlook(TheatreView(problem, best.plan), forecast).whole == forecast
    assert folder.finished
    talk.say(do="simulate", request="/nowhere/request.json")
    assert "/nowhere" in talk.until("simulated")["why"]
    talk.say(do="stop")
    assert isinstance(event_of(talk.until("finished"), None), Finished)


def test_it_answers_what_happens_on_the_day_and_finds_places(talk: Talk, asked: RunFolder) -> None:
    problem = asked.question().request.problem
    session = next(each for each in problem.sessions if each.owners)
    first, second = [case for case in problem.cases if case.specialty in session.owners][:2]
    surgeon = facts(problem).surgeons_for(first)[0]
    plan = Plan.build(
        [
            Placement(first.id, session.id, surgeon, session.start),
            Placement(second.id, session.id, surgeon, session.start + 200),
        ]
    )
    asked.write_request("base", SolveRequest(problem=problem, plan=plan))
    talk.hear()
    date = problem.horizon.date(session.day).isoformat()
    words = {"request": str(asked.request_path), "lang": "fr"}
    talk.say(do="repair", occurrence=f"overrun:{first.id}+60", day=date, now="00:00", **words)
    told = talk.until("answered")
    assert told["request"] == str(asked.request_path)
    assert "nothing" in {answer["reach"] for answer in told["answer"]["answers"]}
    assert "dure" in told["answer"]["sentence"]
    assert asked.finished
    talk.say(do="slots", case=second.id, **words)
    assert talk.until("answered")["answer"]["case"] == second.id
    talk.say(do="slots", case="Z", **words)
    assert "Z" in talk.until("answered")["why"]


def test_it_says_hello_solves_stops_and_stays_warm(
    talk: Talk, asked: RunFolder, small: Path
) -> None:
    before = small.read_bytes()
    assert talk.hear() == {"event": "hello", "protocol": 1}
    talk.say(do="solve", request=str(asked.request_path))
    first = talk.until("improved")
    told = event_of(first, None)
    assert isinstance(told, Improved)
    best = asked.best()
    assert best is not None
    assert (best.score.hard, best.score.total) <= (told.score.hard, told.score.total)
    talk.say(do="solve", request=str(asked.request_path))
    busy = event_of(talk.until("failed"), None)
    assert isinstance(busy, Failed)
    assert busy.what == "cli.worker.busy"
    talk.say(do="stop")
    finished = event_of(talk.until("finished"), None)
    assert isinstance(finished, Finished)
    assert finished.result.status == "stopped"
    assert not asked.finished, (
        "whoever asked marks it once the plan is kept: a kill before loses none"
    )
    talk.say(do="solve", request=str(asked.request_path))
    assert talk.until("started")["seed"] == 1
    assert talk.program.process.stdin is not None
    talk.program.process.stdin.close()  # the window is gone
    assert talk.until("finished")["status"] in ("stopped", "nothing")
    assert talk.program.process.wait(60) == 0
    assert asked.best() is not None
    assert not asked.finished, "nobody was there to keep the plan: it can be recovered"
    assert small.read_bytes() == before


def test_what_it_does_not_understand_is_an_event(talk: Talk, tmp_path: Path) -> None:
    talk.hear()
    for line in ("nonsense\n", "[]\n", '{"do":"dance"}\n'):
        talk.program.process.stdin.write(line)
        talk.program.process.stdin.flush()
        assert event_of(talk.hear(), None) == Failed(
            what="cli.worker.bad_line", facts={"line": line.strip()}
        )
    talk.say(do="solve", request=str(tmp_path / "none" / "request.json"))
    missing = talk.hear()
    assert (missing["event"], missing["what"]) == ("failed", "run.broken")
    broken = tmp_path / "request.json"
    broken.write_text("{}", encoding="utf-8")
    talk.say(do="solve", request=str(broken))
    assert talk.hear()["event"] == "failed"
    talk.program.process.stdin.close()
    assert talk.program.process.wait(60) == 0


def test_more_time_is_granted_to_the_run_that_is_on(
    asked: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted: list[float] = []
    told, going = io.StringIO(), threading.Event()

    def solve(request: SolveRequest, report: Any, stop: Any, more: Callable[[], float]) -> None:
        going.wait(30)
        granted.append(more())

    monkeypatch.setattr("solvers.engine.solve", solve)
    worker = Worker(told)
    for seconds in (60, 0):
        going.clear()
        worker.take(json.dumps({"do": "solve", "request": str(asked.request_path)}))
        if seconds:
            worker.take(json.dumps({"do": "more", "seconds": seconds}))
        going.set()
        worker.end()
        worker._busy = False
    assert granted == [60, 0]  # the next run begins without it
    assert told.getvalue() == ""
    worker.take('{"do": "more"}')
    assert "cli.worker.bad_line" in told.getvalue()
