"""A worker that pretends: it plans one case after another, and ends as its one argument says.

`finish` comes to its end by itself, `wait` waits to be stopped and plans more cases when it is given more
time, `late` ends without having spent that time, `deaf` does not even stop, `die` ends by a fault,
`nothing` finds no plan, `idle` does not even look for one.
"""

import dataclasses
import json
import os
import signal
import sys
from datetime import date
from typing import Any

from data.events import HELLO, event_plain
from data.runs import Best, RunFolder, asked_run
from planner.clock import read_time
from planner.day_events import read_event
from planner.day_repair import Answer, Move, Repaired
from planner.day_struck import strike
from planner.day_words import document
from planner.facts import facts
from planner.master.adopting import grid_changes
from planner.master.grading import grade
from planner.master.grid import Grid
from planner.plan import Placement, Plan
from planner.rotation.comparing import line_changes, turned
from planner.rotation.unrolled import unrolled
from planner.runs import (
    MASTER,
    ROTATION,
    Bound,
    Event,
    Finished,
    Improved,
    Phase,
    SolveRequest,
    SolveResult,
    Started,
    Status,
)
from planner.score import judge
from planner.sick import is_sick_call

PLANS = 3


def say(event: Event, folder: RunFolder) -> None:
    print(json.dumps(event_plain(event, folder.best_path)), flush=True)


def plans(request: SolveRequest) -> list[Plan]:
    """Plans of which each places a case more, alone in a session that is its own."""
    known, placements, found = facts(request.problem), list(request.plan.placements), []
    used = {placement.session for placement in placements}
    there = {placement.case for placement in placements}
    for case in request.problem.cases:
        for session in request.problem.sessions:
            if case.id not in there and session.id not in used and case.specialty in session.owners:
                surgeon = known.surgeons_for(case)[0]
                placements.append(Placement(case.id, session.id, surgeon, session.start))
                used.add(session.id)
                there.add(case.id)
                found.append(request.plan.with_placements(placements))
                break
        if len(found) == PLANS:
            break
    return found


def solve(asked: dict[str, Any], how: str) -> tuple[RunFolder, SolveResult]:
    folder = asked_run(asked)
    return search(folder, folder.question().request, how)


def grid(folder: RunFolder, request: SolveRequest, how: str) -> tuple[RunFolder, SolveResult]:
    """Give the first half-day that another specialty may own to it; `nothing` finds none better."""
    say(Started(fingerprint="x", seed=request.seed), folder)
    say(Phase(part=MASTER, name="exact"), folder)
    now = Grid(request.problem, request.master)
    owners = dict(now.present)
    for slot in now.free if how != "nothing" else ():
        others = [each for each in now.specialties if now.suits(slot, each)]
        other = next((each for each in others if each != owners[slot.template.id]), None)
        if other is not None:
            owners[slot.template.id] = other
            break
    score = grade(now, owners).score
    changes = tuple(grid_changes(request.problem, owners)) if how != "nothing" else ()
    say(Bound(part=MASTER, bound=1, source="model"), folder)
    return folder, SolveResult(
        status="feasible", plan=request.plan, score=score, parts={}, bound=1, changes=changes
    )


def lines(folder: RunFolder, request: SolveRequest, how: str) -> tuple[RunFolder, SolveResult]:
    """Leave the Sundays of a rotation free; `nothing` finds none better."""
    say(Started(fingerprint="x", seed=request.seed), folder)
    say(Phase(part=ROTATION, name="exact"), folder)
    whole = unrolled(request.problem, request.rotation)
    weeks = tuple((*week[:6], ()) for week in whole.wheel.weeks)
    changes = tuple(line_changes(request.problem, request.rotation, weeks))
    changes = changes if how != "nothing" else ()
    say(Bound(part=ROTATION, bound=0, source="model"), folder)
    score = turned(request.problem, request.rotation, changes).after.score
    return folder, SolveResult(
        status="feasible", plan=request.plan, score=score, parts={}, bound=0, changes=changes
    )


def search(folder: RunFolder, request: SolveRequest, how: str) -> tuple[RunFolder, SolveResult]:
    if request.of_facts:
        return (grid if request.of_facts == MASTER else lines)(folder, request, how)
    say(Started(fingerprint="x", seed=request.seed), folder)
    say(Phase(part="theatre", name="greedy"), folder)
    plan, score = request.plan, judge(request.problem, request.plan).score
    for number, plan in enumerate(plans(request) if how != "nothing" else ()):
        score = judge(request.problem, plan, request.waivers).score
        spent = {"seconds": 0.1 * number, "cpu_seconds": 0.1 * number}
        best = Best(
            plan=plan, score=score, horizon=request.problem.horizon, part="theatre", **spent
        )
        folder.write_best(best)
        say(Improved(part="theatre", plan=plan, score=score, **spent), folder)
    say(Bound(part="theatre", bound=1, source="sessions"), folder)
    say(Phase(part="theatre", name="neighbourhoods"), folder)
    return folder, SolveResult(status="feasible", plan=plan, score=score, parts={})


def simulate(asked: dict[str, Any]) -> dict[str, str]:
    from ui.cli.serving import simulated  # here, as most tests ask for no more than a plan

    return {"forecast": str(simulated(asked_run(asked)))}


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Find places, and who stands in, as they are found; answer an event by an hour that a case waits."""
    from ui.cli import asking

    folder = asked_run(asked)
    if asked["do"] == "slots" or is_sick_call(asked["occurrence"]):
        return asking.answer(folder, asked)
    request = folder.question().request
    moment = asking.moment_of(request, date.fromisoformat(asked["day"]), read_time(asked["now"]))
    struck = strike(request.problem, request.plan, read_event(asked["occurrence"]), moment)
    later = next(p for p in struck.plan.placements if (p.start or 0) > moment.now)
    move = Move(later.case, later, later._replace(start=(later.start or 0) + 60))
    answers = (Answer(reach="session", moves=(move,)), Answer(reach="nothing"))
    return document(request.plan, Repaired(struck=struck, answers=answers), asked["lang"])


def end(folder: RunFolder, result: SolveResult, status: Status) -> None:
    finished = dataclasses.replace(result, status=status)
    horizon = folder.question().request.problem.horizon
    folder.write_best(Best(plan=finished.plan, score=finished.score, horizon=horizon))
    say(Finished(result=finished), folder)


def main(how: str) -> None:
    print(json.dumps(HELLO), flush=True)
    run: tuple[RunFolder, SolveResult] | None = None
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["do"] == "solve":
            run = None if how == "idle" else solve(asked, how)
            if how == "die":
                print("out of luck", file=sys.stderr, flush=True)
                os.kill(os.getpid(), signal.SIGSEGV)
            if how in ("finish", "nothing"):
                nothing = how == "nothing" and not run[0].question().request.of_facts
                end(*run, "nothing" if nothing else "feasible")
        elif asked["do"] == "simulate":
            told = simulate(asked) if how != "nothing" else {"why": "out of dice"}
            line = {"event": "simulated", "request": asked["request"], **told}
            print(json.dumps(line), flush=True)
        elif asked["do"] in ("repair", "slots"):
            found = {"why": "out of luck"} if how == "nothing" else {"answer": answer(asked)}
            line = {"event": "answered", "request": asked["request"], **found}
            print(json.dumps(line), flush=True)
        elif asked["do"] == "more" and run is not None:
            folder, result = run
            if how == "late":
                end(*run, "feasible")
            else:
                request = folder.question().request
                run = search(folder, dataclasses.replace(request, plan=result.plan), how)
        elif asked["do"] == "stop" and run is not None and how != "deaf":
            end(*run, "stopped")


if __name__ == "__main__":
    main(sys.argv[1])
