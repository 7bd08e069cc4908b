"""Plans of many rows are seen at once and written beside; nothing is lost, nothing told too early."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from data.journal import Entry
from data.study_file import Opened, open_study, save_study
from data.working import leftovers, work_on
from planner.edits import AdoptPlan, Branch
from planner.hand_edits import Rename, TakeOut
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Study
from ui.window import ahead
from ui.window.ahead import Ahead, takes_long
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.fixture(autouse=True)
def any_is_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "MANY", 20)


def a_plan(problem: Problem, start: int = 480) -> Plan:
    """Give every case a place and everybody a duty, whatever rules say."""
    sessions = [each.id for each in problem.sessions]
    return Plan.build(
        (
            Placement(case.id, sessions[at % len(sessions)], None, start)
            for at, case in enumerate(problem.cases)
        ),
        (Duty(person.id, at % 28, problem.shifts[0].id) for at, person in enumerate(problem.staff)),
    )


class Gate:
    """Lets a study be written when it is opened; says in which threads it was."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open, self.threads = threading.Event(), list[threading.Thread]()
        record = Opened.record

        def held(opened: Opened, after: Study, entry: Entry, **more: Any) -> Study:
            self.threads.append(threading.current_thread())
            if threading.current_thread() is not threading.main_thread():
                assert self.open.wait(60)
            return record(opened, after, entry, **more)

        monkeypatch.setattr(Opened, "record", held)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


def test_a_plan_is_seen_before_it_is_written(
    small_document: Document, small_problem: Problem, gate: Gate, tmp_path: Path
) -> None:
    plan, done = a_plan(small_problem), list[str]()
    small_document.do(AdoptPlan(scenario=BASE, plan=plan))
    small_document.once_written(lambda: done.append("written"))
    assert (small_document.plan, small_document.unsaved, done) == (plan, True, [])
    assert small_document._opened.study.scenario(BASE).plan == Plan()
    gate.open.set()
    lines = [entry.action for entry in small_document.opened.history()]  # whoever asks waits
    assert lines[-1] == "edit_adopt"
    assert threading.main_thread() not in gate.threads
    small_document.once_written(lambda: done.append("at once"))
    assert done == ["written", "at once"]
    path = small_document.save(tmp_path / "one.opale")
    with open_study(path) as opened:
        assert opened.study == small_document.study


def test_edits_after_it_wait_for_it_and_stand_behind_it(
    small_document: Document, small_problem: Problem, gate: Gate
) -> None:
    before = small_document.study
    small_document.do(AdoptPlan(scenario=BASE, plan=a_plan(small_problem)))
    gate.open.set()
    small_document.do(Branch(parent=BASE, name="another"))
    small_document.do(AdoptPlan(scenario="another", plan=a_plan(small_problem, 500)))
    seen = small_document.study
    for _ in range(3):
        small_document.stack.undo()
    assert small_document.study == before
    for _ in range(3):
        small_document.stack.redo()
    assert small_document.study == seen
    database = small_document.opened
    assert database.study == seen
    actions = [entry.action for entry in database.history()][-9:]
    assert actions == [
        "edit_adopt", "edit_branch", "edit_adopt", *["journal.undone"] * 3, *["journal.redone"] * 3,
    ]  # fmt: skip


def test_what_finds_no_room_beside_is_told_and_written_with_what_comes_next(
    bench: Workbench, small_document: Document, small_problem: Problem, qtbot: QtBot
) -> None:
    told, done = list[str](), list[str]()
    bench.told.connect(lambda words, _: told.append(words))
    bench.speak("fr")
    database = small_document.opened.connection
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    plan = a_plan(small_problem)
    assert bench.do(AdoptPlan(scenario=BASE, plan=plan))
    bench.once_written(lambda: done.append("written"))
    qtbot.waitUntil(lambda: bool(told))
    assert "pas encore gardée" in told[-1]
    assert "le disque est plein" in told[-1]
    assert small_document.plan == plan
    assert not bench.do(Branch(parent=BASE, name="one"))  # nothing overtakes it
    assert (small_document.plan, done) == (plan, [])
    database.execute("PRAGMA max_page_count = 1000000")
    assert bench.do(Branch(parent=BASE, name="two"))
    assert done == ["written"]
    lines = [entry.action for entry in small_document.opened.history()]
    assert lines[-2:] == ["edit_adopt", "edit_branch"]
    assert small_document.opened.study == small_document.study


def test_closing_waits_for_it(
    small_problem: Problem, gate: Gate, tmp_path: Path, own_state: Path
) -> None:
    path, done = tmp_path / "one.opale", list[str]()
    Document.of(Study(id="small", base=small_problem)).save(path)
    opened = work_on(path)
    document = Document(opened)
    document.do(AdoptPlan(scenario=BASE, plan=a_plan(small_problem)))
    document.once_written(lambda: done.append("written"))
    gate.open.set()
    document.close()
    assert done == ["written"]
    assert opened.study.scenario(BASE).plan == a_plan(small_problem)


def test_only_what_is_felt_is_written_beside(small_problem: Problem) -> None:
    study = Study(id="small", base=small_problem)
    plan = a_plan(small_problem)
    planned = AdoptPlan(scenario=BASE, plan=plan).apply(study)
    assert takes_long(study, planned)
    assert takes_long(planned, study)
    branched = Branch(parent=BASE, name="another").apply(planned)
    assert not takes_long(planned, branched)
    moved = plan.with_placements(list(plan.placements))  # every session is another object
    assert takes_long(planned, AdoptPlan(scenario=BASE, plan=moved).apply(planned))


def test_plans_of_new_scenarios_and_what_children_have_otherwise_are_felt_too(
    small_problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written is what a plan has otherwise than its parent's."""
    study = Study(id="small", name="small", base=small_problem)
    planned = AdoptPlan(scenario=BASE, plan=a_plan(small_problem)).apply(study)
    branched = Branch(parent=BASE, name="another").apply(planned)
    elsewhere = AdoptPlan(scenario="another", plan=a_plan(small_problem, 500)).apply(branched)
    assert takes_long(planned, elsewhere), "the new scenario has a plan of its own"
    renamed = Rename(scenario="another", name="other").apply(elsewhere)
    assert not takes_long(elsewhere, renamed)
    case = next(branched.scenario(BASE).plan.placements).case
    fewer = TakeOut(scenario=BASE, cases=frozenset({case})).apply(branched)
    monkeypatch.setattr(
        ahead, "MANY", ahead._apart(branched.scenario(BASE).plan, fewer.scenario(BASE).plan)
    )
    assert not takes_long(planned, TakeOut(scenario=BASE, cases=frozenset({case})).apply(planned))
    assert takes_long(branched, fewer), "the child keeps what its parent has no more"


def test_nothing_waits_where_nothing_is_written(small_document: Document) -> None:
    mine = Ahead(small_document._opened)
    assert not mine.pending
    assert mine.opened() is small_document._opened
    mine.settle()


PLANNER = """
import sys
from pathlib import Path
from planner.edits import AdoptPlan
from planner.plan import Placement, Plan
from ui.window import ahead
from ui.window.app import application
from ui.window.document import Document

application()
ahead.MANY = 0
document = Document.open(Path(sys.argv[1]))
cases, sessions = document.problem.cases, document.problem.sessions
for number in range(1000):
    plan = Plan.build(
        Placement(case.id, sessions[at % len(sessions)].id, None, number)
        for at, case in enumerate(cases)
    )
    document.do(AdoptPlan(scenario="base", plan=plan))
    print(number, flush=True)
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize("plans", [1, 5, 23, 60])
def test_a_kill_loses_nothing_but_what_is_under_way(
    plans: int, small_problem: Problem, tmp_path: Path, qapp: object
) -> None:
    """A plan that is seen is written within the moment; the one before it is there, whole."""
    path = tmp_path / "small.opale"
    save_study(Study(id="kills", base=small_problem), path)
    before = path.read_bytes()
    root = str(Path(__file__).resolve().parents[2])
    program = subprocess.Popen(
        [sys.executable, "-c", PLANNER, str(path)],
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    told = [int(program.stdout.readline()) for _ in range(plans)]
    program.kill()
    told += [int(line) for line in program.stdout.read().splitlines()]
    program.stdout.close()
    program.wait(timeout=60)
    assert path.read_bytes() == before
    left = leftovers(path)
    if not left:  # the first plan of all was under way
        assert told[-1] == 0
        return
    document = Document.recover(left[0])
    try:
        starts = {each.start for each in document.plan.placements}
        assert len(starts) == 1  # whole
        assert starts.pop() - told[-1] in (-1, 0, 1)
        assert len(list(document.plan.placements)) == len(small_problem.cases)
        assert document.unsaved
    finally:
        document.close()
