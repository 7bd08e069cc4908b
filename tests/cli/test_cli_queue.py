"""All scenarios of a study solved by one command: in turn, side by side, stopped, and one lost."""

import os
import queue
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.events import event_of
from data.lock import lock_path
from data.protecting import MAGIC
from data.runs import Best, RunFolder, newest_unfinished, runs
from data.study_file import open_study
from planner.runs import Event, Failed, Finished, SolveResult
from planner.score import judge
from ui.cli import elsewhere, queueing
from ui.cli.elsewhere import Elsewhere, Heard
from ui.cli.stopping import Stop

Call = Callable[..., Any]
PRETEND = Path(__file__).parents[1] / "gui" / "pretend_worker.py"


class Quick:
    """A worker without a process: it answers each question at once with the plan at hand."""

    begun: list[str] = []  # noqa: RUF012 - of all of them
    last: tuple[Event | None, ...] = ()
    """What it says instead of an answer about the base; None: it is gone."""

    def __init__(self, heard: "queue.SimpleQueue[Heard]") -> None:
        self._heard = heard

    def solve(self, folder: RunFolder) -> None:
        question = folder.question()
        self.begun.append(question.scenario)
        problem, plan = question.request.problem, question.request.plan
        score = judge(problem, plan).score
        folder.write_best(Best(plan=plan, score=score, horizon=problem.horizon))
        answer = Finished(result=SolveResult(status="feasible", plan=plan, score=score))
        for said in self.last if self.last and question.scenario == "base" else (answer,):
            self._heard.put(Heard(self, said))  # type: ignore[arg-type]

    def stop(self) -> None:
        """It has answered already."""

    def end(self) -> None:
        """It holds nothing."""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> type[Quick]:
    monkeypatch.setattr(Quick, "begun", [])
    monkeypatch.setattr(Quick, "last", ())
    monkeypatch.setattr(queueing, "Elsewhere", Quick)
    return Quick


def test_every_scenario_has_a_run_and_a_line_and_one_document(
    two: Path, call: Call, quick: type[Quick]
) -> None:
    told = call("solve", two, "--all-scenarios", "--effort", 1)
    assert quick.begun == ["base", "closed"]
    assert [line.split()[0] for line in told.out.splitlines()] == [
        "scenario",
        "base",
        "closed",
        "Written:",
    ]
    document = call("solve", two, "--all-scenarios", "--effort", 1, "--json").document
    assert [each["scenario"] for each in document["scenarios"]] == ["base", "closed"]
    assert (document["lost"], document["not_begun"]) == ([], [])
    with open_study(two) as opened:
        adopted = [entry for entry in opened.history() if entry.action == "edit_adopt"]
        assert len(adopted) == 4


def test_chosen_scenarios_are_solved_and_no_other(
    two: Path, call: Call, quick: type[Quick]
) -> None:
    told = call("solve", two, "--scenario", "closed", "--effort", 1, "--json")
    assert told.code in (0, 2)  # all that were asked for have a plan
    assert quick.begun == ["closed"]
    assert [each["scenario"] for each in told.document["scenarios"]] == ["closed"]
    told = call("solve", two, "--scenario", "closed", "--scenario", "nowhere", "--effort", 1)
    assert (told.code, quick.begun) == (1, ["closed"])
    assert "nowhere" in told.err


def test_after_a_stop_nothing_begins_any_more_and_what_is_there_is_kept(
    two: Path, call: Call, quick: type[Quick], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asked(Stop):
        def __call__(self) -> bool:
            return bool(quick.begun)

    monkeypatch.setattr(queueing, "Stop", Asked)
    told = call("solve", two, "--all-scenarios", "--effort", 1)
    assert (told.code, quick.begun) == (130, ["base"])
    assert "Not begun: closed." in told.err
    with open_study(two) as opened:
        assert newest_unfinished(opened.study.id, None) is None, (
            "nothing is offered to be recovered"
        )


def test_who_leaves_at_once_leaves_no_lock(
    two: Path, call: Call, quick: type[Quick], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock of another machine is never taken over: a colleague would wait for good."""
    left: list[tuple[int, bool]] = []

    def solve(worker: Quick, request: Path) -> None:
        assert lock_path(two).exists()
        signal.raise_signal(signal.SIGINT)
        assert left == []
        signal.raise_signal(signal.SIGINT)
        answer(worker, request)

    answer = quick.solve
    monkeypatch.setattr(quick, "solve", solve)
    monkeypatch.setattr(os, "_exit", lambda code: left.append((code, lock_path(two).exists())))
    assert call("solve", two, "--all-scenarios", "--effort", 1).code == 130
    assert left == [(130, False)]


@pytest.mark.parametrize("last", [Failed(what="cli.worker.failed", facts={"why": "x"}), None])
def test_a_solver_that_is_lost_takes_no_other_with_it(
    two: Path, call: Call, quick: type[Quick], last: Event | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick, "last", (last,))
    told = call("solve", two, "--all-scenarios", "--effort", 1, "--json")
    assert told.code == 4
    assert told.document["lost"] == ["base"]
    assert [each["scenario"] for each in told.document["scenarios"]] == ["closed"]
    assert "The solver of “base” ended without an answer" in told.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("two.opale#closed", "--all-scenarios"), "give two.opale, not two.opale#closed"),
        (("two.opale", "--all-scenarios", "--solution", "s.csv"), "--solution does not go with"),
        (("two.opale", "--all-scenarios", "--parts", "mss"), "--parts mss does not go with"),
        (("two.opale", "--jobs", 2), "add --all-scenarios"),
        (("two.opale", "--all-scenarios", "--jobs", 0), "1"),
    ],
)
def test_what_makes_no_sense_for_all_is_said(
    two: Path, call: Call, quick: type[Quick], words: tuple[object, ...], why: str
) -> None:
    told = call("solve", *words)
    assert (told.code, quick.begun) == (1, [])
    assert why in told.err


def test_side_by_side_they_are_processes_of_their_own(
    two: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (sys.executable, "-P", str(PRETEND), "finish")
    monkeypatch.setattr(elsewhere, "worker_command", lambda: words)
    told = call("solve", two, "--all-scenarios", "--jobs", 2, "--effort", 1, "--events", "jsonl")
    assert told.code in (0, 2), told.err
    assert {"base", "closed"} == {
        line.split('"')[-2] for line in told.err.splitlines() if "{" in line
    }
    with open_study(two) as opened:
        done = {run.scenario(): run.finished for run in runs(opened.study.id, None)}
    assert done == {"base": True, "closed": True}


def test_runs_are_under_the_key_of_the_file_that_is_solved(
    two: Path, place: Path, call: Call, quick: type[Quick]
) -> None:
    """A protected copy has the id of the study: what is solved of either is as its file is."""
    sealed, words = place / "sealed.opale", place / "words.txt"
    words.write_text("le chat dort sur la grue", encoding="utf-8")
    call("share", two, "--out", sealed, "--with-names", "--protect-file", words)
    for asked in ((sealed, "--passphrase-file", words), (two,)):
        assert call("solve", "--all-scenarios", *asked).code in (0, 2)
    with open_study(two) as opened:
        found = runs(opened.study.id, None)
    shut = [run.request_path.read_bytes().startswith(MAGIC) for run in found]
    assert shut == [False, False, True, True], "the newest first"
    assert quick.begun == ["base", "closed", "base", "closed"]


def test_a_worker_that_cannot_start_its_run_is_heard_of(
    two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (sys.executable, "-P", str(PRETEND), "die")
    monkeypatch.setattr(elsewhere, "worker_command", lambda: words)
    heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
    worker = Elsewhere(heard)
    worker.solve(RunFolder(Path("nowhere"), None))
    while (said := heard.get(timeout=60)).event is not None:
        assert not isinstance(said.event, Finished)
    worker.end()
    assert event_of({"event": "failed", "what": "x", "facts": {}}, None) == Failed(what="x")
