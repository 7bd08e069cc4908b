"""Assignments in conflict solved anew, with all else pinned for the length of one run."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, Final

from planner.kpis.contract import Outcome
from planner.merging.judging import Clash, conflicted
from planner.merging.plans import Cell
from planner.pinning import stretches
from planner.plan_changes import duties, placements
from planner.problem import Problem
from planner.runs import Budget, SolveRequest
from planner.score import judge
from planner.study import BASE, Pin, Study
from ui.cli.adopting import adopt, request_for
from ui.cli.budgets import budget_of
from ui.cli.display import display
from ui.cli.merging_text import Move, Report
from ui.cli.running import run
from ui.cli.stopping import Stop
from ui.cli.targets import Loaded, Target

MERGED: Final = "journal.merged"
"""Why plans change that were in conflict."""


def resolve(loaded: Loaded, report: Report, settings: Mapping[str, Any]) -> Report:
    """Solve the cases and duties in conflict of each scenario anew; what cannot be stays in conflict.

    Raises:
        Told: the facts of a scenario contradict each other.
    """
    runs, before = [], loaded.study
    solved = set[str]()
    for name in [each.name for each in loaded.study.scenarios]:
        free = frozenset(_free(loaded, report, name))
        if not free:
            continue
        target = Target(loaded.target.path, None if name == BASE else name)
        there = dataclasses.replace(loaded, target=target)
        asked = dict(settings, budget=_budget(settings), strict=False)
        request = pinned(request_for(there, _parts(free), asked), free)
        with display("none", request.budget.seconds) as show:
            done = run(loaded.opened, name, request, show, stop=Stop())
        if done.found:
            adopt(there, done, save=False, reason=MERGED)
            runs.append(done.folder.id)
            solved.add(name)
        done.folder.finish(done.result.status)
    moves = tuple(_moves(before, loaded.study, solved))
    return dataclasses.replace(_after(loaded, report, solved, tuple(runs)), moves=moves)


def _moves(before: Study, after: Study, solved: set[str]) -> Iterator[Move]:
    """Give where runs have put what was in conflict, beside where the merge had it."""
    for name in sorted(solved):
        was, now = (
            Outcome(each.problem(name), each.scenario(name).plan) for each in (before, after)
        )
        yield from placements(name, was, now)
        yield from duties(name, was, now)


def _budget(settings: Mapping[str, Any]) -> Budget:
    given = {name: settings[name] for name in ("seconds", "cpu_seconds", "effort")}
    return (
        budget_of(**given) if any(each is not None for each in given.values()) else Budget(effort=1)
    )


def _free(loaded: Loaded, report: Report, name: str) -> Iterator[Cell]:
    here = [each for each in report.left if report.scenario(each) == name]
    place = here[0].place.scenario if here else name
    yield from conflicted(here, loaded.study.problem(name), place)
    for clash in report.clashes:
        if clash.scenario == name:
            yield from clash.cells


def _parts(free: frozenset[Cell]) -> tuple[str, ...]:
    kinds = {cell[0] for cell in free}
    return tuple(part for part, kind in (("theatre", "case"), ("roster", "duty")) if kind in kinds)


def pinned(request: SolveRequest, free: frozenset[Cell]) -> SolveRequest:
    """Give a question in which all is pinned but some cells of the plan."""
    return dataclasses.replace(request, pins=(*request.pins, *_rest(request.problem, free)))


def _rest(problem: Problem, free: frozenset[Cell]) -> Iterator[Pin]:
    cases = {cell[1] for cell in free if cell[0] == "case"}
    duties = {(cell[1], int(cell[2])) for cell in free if cell[0] == "duty"}
    yield from (Pin(kind="case", id=str(c.id)) for c in problem.cases if c.id not in cases)
    days = range(problem.horizon.days)
    yield from stretches(
        (str(each.id), day)
        for each in problem.staff
        for day in days
        if (each.id, day) not in duties
    )


def _after(loaded: Loaded, report: Report, solved: set[str], runs: tuple[str, ...]) -> Report:
    """Say what is left: conflicts of facts, and what a run could not mend."""
    done = tuple(
        each
        for each in report.left
        if each.place.part == "plan" and report.scenario(each) in solved
    )
    left = tuple(each for each in report.left if each not in done)
    clashes = tuple(each for each in report.clashes if _still(loaded, each))
    mended = tuple(each for each in report.clashes if each not in clashes)
    return dataclasses.replace(
        report, left=left, clashes=clashes, solved=done, runs=runs, mended=mended
    )


def _still(loaded: Loaded, clash: Clash) -> bool:
    """Tell whether the rule of a clash is still broken so by the plan as it is now."""
    study, name = loaded.study, clash.scenario
    found = judge(study.problem(name), study.scenario(name).plan, study.waivers(name))
    about = clash.judged.breach.about
    return any(
        each.rule.id == clash.judged.rule.id and each.breach.about == about for each in found.hard
    )
