"""Random events of a day, and what every answer to one has to keep."""

import random
from collections import Counter
from collections.abc import Iterator

from planner.day_events import Event, Moment
from planner.day_repair import Repaired, made, moved
from planner.facts import facts
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.runs import SolveRequest
from planner.score import Judgement, judge
from solvers.theatre.repair_space import bare

KINDS = ("overrun", "cancel", "emergency", "close", "late")


def drawn(problem: Problem, plan: Plan, kind: str, draw: random.Random) -> tuple[Event, Moment]:
    """Draw an event of a kind on one of the busier days that can be."""
    known = facts(problem)
    days = Counter(known.sessions[p.session].day for p in plan.placements)
    day = draw.choice([day for day, _ in days.most_common(max(1, len(days) // 2))])
    now = 5 * draw.randrange(96, 156)  # 08:00 to 13:00
    today = [p for p in plan.placements if known.sessions[p.session].day == day]
    left = [p for p in today if (p.start or 0) >= now]
    running = [p for p in today if p not in left and _end(problem, p) > now]
    if not left or not running:
        return drawn(problem, plan, kind, draw)
    return _event(problem, kind, draw, left, running, now), Moment(day, now)


def _event(
    problem: Problem,
    kind: str,
    draw: random.Random,
    left: list[Placement],
    running: list[Placement],
    now: int,
) -> Event:
    known, one = facts(problem), draw.choice(left)
    match kind:
        case "overrun":
            case = draw.choice([*left, *running]).case
            return Event(kind=kind, subject=case, minutes=draw.randrange(10, 130))
        case "cancel":
            return Event(kind=kind, subject=one.case)
        case "emergency":
            specialty, minutes = known.cases[one.case].specialty, draw.randrange(30, 180)
            priority = draw.choice(problem.priorities).id
            within = draw.choice([None, 60, 240])
            return Event(
                kind=kind, subject=specialty, minutes=minutes, priority=priority, within=within
            )
        case "close":
            at = now + draw.randrange(0, 120)
            return Event(kind=kind, subject=known.sessions[one.session].theatre, at=at)
    return Event(kind=kind, subject=one.surgeon or "", minutes=draw.randrange(15, 120))


def _end(problem: Problem, placement: Placement) -> int:
    known = facts(problem)
    return (placement.start or 0) + known.minutes(known.cases[placement.case], placement.surgeon)


def whole(problem: Problem, plan: Plan, waivers: tuple[()] = ()) -> Judgement:
    """Audit the theatre part of a whole plan."""
    return judge(problem, plan, waivers, parts=("theatre",))


def faults_of(request: SolveRequest, found: Repaired) -> Iterator[str]:
    """Say what answers do that they must not; nothing where all is well."""
    struck, known = found.struck, facts(found.struck.problem)
    day, now = struck.moment
    if sum(answer.reach == "nothing" for answer in found.answers) != 1:
        yield "doing nothing is not among the answers"
    problem = bare(struck.problem)
    nothing = whole(problem, struck.plan)
    there = {(e.rule.id, e.breach.about): e.cost for e in nothing.hard}
    for answer in found.answers:
        after = made(struck.plan, answer.moves)
        for move in moved(request.plan, after):
            case = move.case
            if case in struck.started:
                yield f"{case} has started"
            for side in (move.before, move.after):
                if side is not None and known.sessions[side.session].day != day:
                    yield f"{case} is moved on another day"
            if move.after is not None and (move.after.start is None or move.after.start < now):
                yield f"{case} starts before now"
        for each in whole(problem, after).hard:
            if each.cost > there.get((each.rule.id, each.breach.about), 0):
                yield f"{answer.reach} adds {each.rule.type}: {each.breach}"
