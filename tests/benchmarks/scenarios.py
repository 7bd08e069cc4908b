"""What many scenarios cost: `PYTHONPATH=. python tests/benchmarks/scenarios.py [PROFILE]`.

Prints rows of the file, CPU milliseconds of opening, branching, switching, undoing and saving, and CPU
seconds of comparing five scenarios, on chu with a first plan and twenty what-ifs. Nothing is asserted.
`solved`: the comparison alone, of five scenarios with a first plan each: with nothing known, with the audits
that a solve or an earlier comparison has kept, and by the program itself in processes of their own.
"""

import gc
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from data.audits import Audits
from data.demo import generate
from data.study_file import open_study, save_study
from planner.changes import ChangeSet, Set
from planner.commands import expand
from planner.compare import compare
from planner.compare import comparing as comparing_
from planner.edits import AdoptPlan, Branch, Record, Switch
from planner.facts import facts
from planner.hand_edits import Place
from planner.kpis import sheet
from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.problem import Problem
from planner.runs import Budget, Improved, SolveRequest
from planner.study import BASE, Study
from solvers.engine import solve
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed
from ui.window.app import application
from ui.window.document import Document
from ui.window.panels.states import State, state

SCENARIOS, CHANGES, SHARE, COMPARED = 20, 30, 0.1, 5


def first(problem: Problem) -> Plan:
    """Give the greedy theatres and the first roster of a problem."""
    clocks = Clocks(problem, facts(problem), problem.rules, ())
    theatres = Plan.build(listed(clocks, first_plan(problem, ())))
    found: list[Plan] = [theatres]
    request = SolveRequest(
        problem=problem, plan=theatres, parts=("roster",), budget=Budget(seconds=120), workers=1
    )
    solve(
        request,
        lambda event: found.append(event.plan) if isinstance(event, Improved) else None,
        lambda: len(found) > 1,
    )
    return found[-1]


def another(plan: Plan, problem: Problem, random: Random) -> Plan:
    """Exchange the sessions of some cases and the shifts of some people: a tenth of the rows."""
    placements, duties = list(plan.placements), list(plan.duties)
    for rows, fields in ((placements, ("session", "start")), (duties, ("shift",))):
        picked = random.sample(range(len(rows)), int(SHARE * len(rows)))
        for at, other in zip(picked, [*picked[1:], *picked[:1]], strict=True):
            fresh = {name: getattr(rows[other], name) for name in fields}
            rows[at] = rows[at]._replace(**fresh)  # type: ignore[index,attr-defined]
    return Plan.build(placements, duties)


def many(study: Study, random: Random) -> Study:
    """Branch what-ifs from the base, each with changes and a plan of its own."""
    problem, plan = study.base, study.scenario(BASE).plan
    for number in range(SCENARIOS):
        name = f"what-if {number}"
        changes = tuple(
            Set(kind="case", id=str(c.id), field="mean", expected=c.mean, value=c.mean + 5)
            for c in random.sample(problem.cases, CHANGES)
        )
        for edit in (
            Branch(parent=BASE, name=name),
            Record(scenario=name, group=ChangeSet(name="longer", changes=changes)),
            AdoptPlan(scenario=name, plan=another(plan, problem, random)),
        ):
            study = edit.apply(study)
    return study


def measure(name: str, work: Callable[[], object], times: int = 15) -> None:
    """Print what a piece of work costs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(1000 * (time.process_time() - start))
    found.sort()
    print(f"{name:60}{found[len(found) // 2]:9.1f}{found[-1]:9.1f}")


def rows(path: Path) -> int:
    """Count the rows of a file."""
    with closing(sqlite3.connect(path)) as plain:
        names = [n for (n,) in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return sum(plain.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names)


def states(study: Study) -> list[State]:
    """Give what the window shows beside the names of scenarios."""
    return [state(study, scenario.name) for scenario in study.scenarios]


def hands(path: Path) -> None:
    """Measure what a hand does to a study of many scenarios: on disk, and in what the window knows."""
    application()
    document = Document.open(path)
    study = document.study
    measure("how all scenarios stand, as the window shows it", lambda: states(study), 1)
    name = study.scenarios[-1].name
    measure("look at another scenario's plan", lambda: study.scenario(name).plan.sessions, 1)
    document.show(name)
    on = [True]
    placed = next(iter(document.plan.placements))

    def branch() -> None:
        document.do(Branch(parent=name, name=f"branch {len(document.study.scenarios)}"))

    def switch() -> None:
        on[0] = not on[0]
        document.do(Switch(scenario=name, group="longer", enabled=on[0]))

    def nudge() -> None:
        on[0] = not on[0]
        moved = placed._replace(start=480 + 5 * on[0])
        document.do(Place(scenario=name, placement=moved))

    def adopt() -> None:
        on[0] = not on[0]
        plan = another(document.plan, document.problem, Random(on[0]))
        on_window(lambda: document.do(AdoptPlan(scenario=name, plan=plan)), adopted)

    def on_window(work: Callable[[], object], spent: list[float]) -> None:
        document.opened  # noqa: B018 - what is written beside is there
        start = time.thread_time()
        work()
        spent.append(1000 * (time.thread_time() - start))

    adopted, undone = list[float](), list[float]()
    measure("the first branch", branch, 1)
    document.stack.undo()
    measure("branch", branch)
    measure("undo of a branch", document.stack.undo)
    measure("switch a group of changes", switch)
    measure("undo of a switch", document.stack.undo)
    measure("redo of a switch", document.stack.redo)
    measure("a case moved by hand", nudge)
    measure("undo of that", document.stack.undo)
    base = document.study.scenario(BASE).plan
    known = next(iter(base.placements))

    def correct() -> None:
        on[0] = not on[0]
        moved = known._replace(start=480 + 5 * on[0])
        document.do(Place(scenario=BASE, placement=moved))

    measure("a case moved in the base, twenty children", correct)
    measure("undo of that", document.stack.undo)
    for _ in range(5):
        adopt()
    for _ in range(5):
        on_window(document.stack.undo, undone)
    for words, spent in (
        ("adopt another plan (a tenth differs), thread of the window", adopted),
        ("undo of that, thread of the window", undone),
    ):
        print(f"{words:60}{sorted(spent)[2]:9.1f}{max(spent):9.1f}")
    measure("save", document.save, 5)
    document.close()


def solved(base: Study) -> Study:
    """Give a study with four what-ifs of a closed room, each with a first plan of its own."""
    study = base
    for theatre in base.base.theatres[: COMPARED - 1]:
        name = f"{theatre.id} closed"
        group = expand(base.base, "close-room", str(theatre.id), "wednesday")
        for edit in (Branch(parent=BASE, name=name), Record(scenario=name, group=group)):
            study = edit.apply(study)
        study = AdoptPlan(scenario=name, plan=first(study.problem(name))).apply(study)
    return study


def outcomes(study: Study) -> dict[str, Outcome]:
    """Give the outcomes of all scenarios, of which nothing is known."""
    return {each.name: Outcome(study.problem(each.name), each.plan) for each in study.scenarios}


def comparing(study: Study) -> None:
    """Measure comparing five scenarios from nothing, and with what was kept of it."""
    for name in outcomes(study):
        facts(study.problem(name))
    for _ in range(3):
        known = outcomes(study)
        marks = [time.process_time()]
        for outcome in known.values():
            outcome.judgement  # noqa: B018 - audited here
        marks.append(time.process_time())
        steps = (found for found in comparing_(known, BASE) if found is not None)
        shown = next(steps)
        marks.append(time.process_time())
        for _last in steps:
            pass
        marks.append(time.process_time())
        compare(known, BASE)
        marks.append(time.process_time())
        audits, figures, lent, again = (after - before for before, after in pairwise(marks))
        print(
            f"{len(known)} compared, CPU s: audits {audits:.2f}; figures and differences {figures:.2f};"
            f" plans lent {lent:.2f}; all once more {again:.2f}"
            f" ({len(shown.placements)} placements, {len(shown.duties)} duties differ)"
        )
    kept = Audits(study.id)
    solved_ = outcomes(study)
    for outcome in solved_.values():
        sheet(outcome)  # as a solve does
    for words, told in (("a solve", solved_), ("a comparison", known)):
        kept.remember(told.values())
        measure(f"compared with what {words} has kept", lambda: recalled(study, kept), 3)


def recalled(study: Study, kept: Audits) -> None:
    """Compare in the way of a process that knows nothing but what was kept."""
    known = outcomes(study)
    for outcome in known.values():
        kept.recall(outcome)
    compare(known, BASE)


def by_program(study: Study, folder: Path) -> None:
    """Measure `planner compare` in processes of their own: CPU seconds from their start to their end."""
    path = folder / "five.opale"
    save_study(study, path)
    for words in ("nothing is known", "known", "known"):
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "ui.cli", "compare", str(path), "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        after = os.times()
        spent = after.children_user + after.children_system
        spent -= before.children_user + before.children_system
        print(
            f"planner compare, {words}: {spent:.2f} CPU s, {after.elapsed - before.elapsed:.2f} s"
        )


def main(wanted: Sequence[str]) -> None:
    """Print all of it for a demo hospital."""
    gc.disable()  # as in the window, which looks for rubbish when nobody waits
    profile = next((each for each in wanted if each != "solved"), "chu")
    with tempfile.TemporaryDirectory() as state:
        os.environ["OPALE_STATE"] = state
        problem = generate(profile, 1)
        base = AdoptPlan(scenario=BASE, plan=first(problem)).apply(
            Study(id="bench", name=profile, base=problem)
        )
        if "solved" not in wanted:
            many_scenarios(base, Path(state))
        print(f"{'CPU ms':60}{'median':>9}{'most':>9}")
        five = solved(base)
        comparing(five)
        by_program(replace(five, id="bench2"), Path(state))


def many_scenarios(base: Study, folder: Path) -> None:
    """Count rows, and measure opening and hands."""
    study = many(base, Random(1))
    alone, path = folder / "one.opale", folder / "many.opale"
    save_study(base, alone)
    save_study(study, path)
    plan = base.scenario(BASE).plan
    size = len(list(plan.placements)) + len(list(plan.duties))
    added = rows(path) - rows(alone)
    print(f"{base.name}: {size} rows of the base plan; {SCENARIOS} scenarios add {added}")
    print(f"rows added: {added / size:.2f} times the base plan's (goal: below 2.5)")
    print(f"{'CPU ms':60}{'median':>9}{'most':>9}")
    measure("open the base alone", lambda: open_study(alone).close(), 5)
    measure("open all scenarios", lambda: open_study(path).close(), 5)
    hands(path)


if __name__ == "__main__":
    main(sys.argv[1:])
