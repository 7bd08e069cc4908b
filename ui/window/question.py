"""What the window asks the engine: the facts, pins and waivers of a scenario, and the plan at hand."""

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack

from data.protecting import Seal
from data.runs import RunFolder, create_run
from planner.boards.roster_parts import Fixed
from planner.edits import EditRefusedError
from planner.following import linked_facts
from planner.master.options import MasterOptions
from planner.pinning import held
from planner.plan import Plan
from planner.problem import Problem, faults, refuses
from planner.rostering import CALLOUT
from planner.rotation.unrolled import unrolled
from planner.runs import MASTER, ROTATION, Budget, SolveRequest
from planner.sentences import fault_words
from planner.study import Pin, Study


class Asked(TypedDict, total=False):
    """What else is asked.

    `afresh`: the parts are not begun from the plan at hand. `master` says what the master schedule is
    weighed by, `rotation` whose lines are found; `linked`: theatres and roster in turn. `workers` are the
    threads of the search, 0: as many as it likes.
    """

    afresh: bool
    master: MasterOptions | None
    rotation: str
    linked: bool
    workers: int


def question(
    study: Study,
    name: str,
    parts: Sequence[str],
    seconds: float,
    **asked: Unpack[Asked],
) -> SolveRequest:
    """Make the question for a scenario.

    Raises:
        EditRefusedError: no part has anything to plan, or there is nothing to link.
    """
    linked, plan = asked.get("linked", False), study.scenario(name).plan
    problem = linked_facts(study, name) if linked else study.problem(name)
    has = parts_of(problem)
    wanted = tuple(part for part in parts if has[part])
    if not wanted:
        raise EditRefusedError("solve.nothing_to_solve")
    pins = held(study, name)
    rotation, master = asked.get("rotation", ""), asked.get("master")
    if ROTATION in wanted:
        unrolled(problem, rotation)
    return SolveRequest(
        problem=problem,
        plan=without(plan, wanted, pins, _called_out(problem)) if asked.get("afresh") else plan,
        pins=pins,
        waivers=study.waivers(name),
        parts=wanted,
        budget=Budget(seconds=seconds),
        near=study.stale(name) and not asked.get("afresh"),
        master=MasterOptions() if master is None else master,
        rotation=rotation,
        linked=linked,
        workers=asked.get("workers", 0),
    )


def parts_of(problem: Problem) -> Mapping[str, bool]:
    """Tell of each part whether a problem has anything to plan of it."""
    return {
        "theatre": bool(problem.cases and problem.sessions),
        "roster": bool(problem.staff),
        MASTER: bool(problem.templates and problem.cases),
        ROTATION: bool(problem.rotations and problem.turns),
    }


def refuse_faults(problem: Problem, lang: str) -> None:
    """See to it that facts can be planned; this takes a moment for a large hospital.

    Raises:
        EditRefusedError: they contradict each other.
    """
    found = [fault for fault in faults(problem) if refuses(fault)]
    if found:
        told = fault_words(found[0], lang)
        raise EditRefusedError("solve.faults_first", n=len(found), fault=told)


def written(
    study: str, seal: Seal | None, scenario: str, request: SolveRequest, lang: str
) -> RunFolder:
    """Write a question about a study, which may be protected, into a run folder of its own.

    Raises:
        EditRefusedError: its facts contradict each other.
        Refused: it cannot be written.
    """
    refuse_faults(request.problem, lang)
    folder = create_run(study, seal)
    folder.write_request(scenario, request)
    return folder


def _called_out(problem: Problem) -> frozenset[str]:
    """Give the shifts that are call-outs: what has happened is not planned afresh."""
    return frozenset(shift.id for shift in problem.shifts if CALLOUT in shift.tags)


def without(
    plan: Plan,
    parts: Sequence[str],
    pins: Sequence[Pin] = (),
    facts: frozenset[str] = frozenset(),
) -> Plan:
    """Give a plan without what is to be planned afresh; what pins hold stays, and shifts of `facts`."""
    fixed = Fixed(pins)
    named = {(pin.kind, pin.id) for pin in pins}
    kept = Plan.build(
        placements=[
            each
            for each in plan.placements
            if ("case", each.case) in named or ("session", each.session) in named
        ],
        duties=[
            each
            for each in plan.duties
            if fixed.holds(each.person, each.day) or each.shift in facts
        ],
    )
    return Plan(
        sessions=kept.sessions if "theatre" in parts else plan.sessions,
        days=kept.days if "roster" in parts else plan.days,
    )
