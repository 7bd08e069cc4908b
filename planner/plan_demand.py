"""What a theatre plan asks of the staff, and why: the theatres it uses, extra hands, the recovery room.

A hospital's requirements may hold more than the formula of `demand.py` (a fixed part): they move by
the difference between the sessions that are open and those that the plan uses. The nurses of the
recovery room follow its fullest minute. Source: domain reference 5.1, 5.10; ratios are expert
knowledge.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from planner.demand import (
    SPECIALTY,
    THIRD_NURSE,
    Hands,
    counted_by_suite,
    deltas,
    post_of,
)
from planner.hospital import OWN_TEAM, Session, TheatreId
from planner.plan import Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement
from planner.theatre_view import Placed, TheatreView

RECOVERY: Final = "SSPI"
"""The post of nurses in the recovery room: SSPI, SSPI-J, SSPI-J-Central."""

PATIENTS_A_NURSE: Final = 3
HIGH_RISK: Final = frozenset({"asa4", "asa5"})
"""Flags of a case that has an anaesthetist to itself."""


class Asked(NamedTuple):
    """A cover requirement as a plan asks for it, and as it was (None: there was none).

    `why` is a message id that `facts` fill.
    """

    need: CoverRequirement
    before: CoverRequirement | None
    why: str
    facts: Mapping[str, str | int]


def in_use(problem: Problem, plan: Plan) -> tuple[Session, ...]:
    """Give the sessions of a problem, closed where the plan has no case; kept ones wait for theirs."""
    used = {placement.session for placement in plan.placements}
    return tuple(
        session
        if session.closed or session.emergency or session.id in used
        else replace(session, closed=True)
        for session in problem.sessions
    )


def asked(problem: Problem, plan: Plan) -> tuple[Asked, ...]:
    """Give the requirements that the plan moves, in order of day, each with its reason.

    `problem` has the cover of its open sessions, not that of another plan.
    """
    found = [*_of_theatres(problem, plan), *_of_recovery(problem, plan)]
    return tuple(sorted(found, key=lambda each: (each.need.day, each.need.id)))


def _hands(problem: Problem, view: TheatreView) -> Hands:
    """Give what the cases of a plan ask for; where no procedure asks for third nurses, rooms do."""
    known = view.facts
    told = any(THIRD_NURSE in procedure.features for procedure in problem.procedures)
    thirds, risky = set(), set()
    for placed in view.all_placed():
        here = placed.session.theatre, placed.session.day
        if told and THIRD_NURSE in known.procedures[placed.case.procedure].features:
            thirds.add(here)
        if placed.case.flags & HIGH_RISK:
            risky.add(here)
    if not told:
        equipped = {room.id for room in problem.theatres if THIRD_NURSE in room.features}
        thirds = {(each.theatre, each.day) for each in problem.sessions if each.theatre in equipped}
    return Hands(thirds=thirds, risky=risky)


def _of_theatres(problem: Problem, plan: Plan) -> Iterator[Asked]:
    view = TheatreView(problem, plan)
    hands, sessions = _hands(problem, view), in_use(problem, plan)
    rooms = _rooms(problem, sessions)
    by_suite = counted_by_suite(problem)
    suites = {room.id: room.suite for room in problem.theatres}
    for delta in deltas(problem, sessions, hands):
        need = delta.cover
        post = post_of(problem, need)
        head, _, rest = post.partition("-")
        here = [
            theatre
            for theatre, owners in sorted(rooms[need.day].items())
            if (rest in owners if head == SPECIALTY else not by_suite or suites[theatre] == rest)
        ]
        moved = moved_by(need, delta.people, wished=delta.wished)
        told: dict[str, str | int] = {
            "n": len(here),
            "theatres": ", ".join(here),
            "thirds": sum((theatre, need.day) in hands.thirds for theatre in here),
            "risky": sum((theatre, need.day) in hands.risky for theatre in here),
            "specialty": rest,
        }
        yield Asked(moved, None if delta.new else need, f"plan_asks.{head}", told)


def _rooms(
    problem: Problem, sessions: tuple[Session, ...]
) -> Mapping[int, Mapping[TheatreId, set[str]]]:
    """Give the theatres that are staffed on each day, with the owners of their sessions."""
    own = {room.id for room in problem.theatres if OWN_TEAM in room.features}
    found: dict[int, dict[TheatreId, set[str]]] = defaultdict(dict)
    for session in sessions:
        if not session.closed and not (session.emergency and session.theatre in own):
            found[session.day].setdefault(session.theatre, set()).update(session.owners)
    return found


def moved_by(need: CoverRequirement, people: int, *, wished: bool) -> CoverRequirement:
    """Give a requirement with so many people more, or fewer; `wished`: its best moves too."""
    least = max(0, need.least + people)
    return replace(
        need,
        least=least,
        best=max(0, need.best + people) if wished else need.best,
        most=None if need.most is None else max(0, need.most + people),
    )


def _of_recovery(problem: Problem, plan: Plan) -> Iterator[Asked]:
    view = TheatreView(problem, plan)
    if any(placed.begin is None for placed in view.all_placed()):
        return  # a plan without starts does not say who recovers when
    staffed = _rooms(problem, in_use(problem, plan))
    wards: dict[tuple[str, int], list[CoverRequirement]] = defaultdict(list)
    for need in problem.cover:
        post = post_of(problem, need)
        if post == RECOVERY or post.startswith(f"{RECOVERY}-"):
            wards[_suite(problem, post), need.day].append(need)
    for (suite, day), needs in wards.items():
        served = _served(problem, suite)
        stays = [
            stay
            for placed in view.all_placed()
            if placed.session.theatre in served and (stay := _stay(view, placed)) is not None
        ]
        floor = int(any(theatre in served for theatre in staffed.get(day, ())))
        yield from _nurses(problem, view, needs, stays, floor)


def _suite(problem: Problem, post: str) -> str:
    """Give the suite that a post names at its end, "" where it names none."""
    suites = sorted({room.suite for room in problem.theatres if room.suite}, key=len)
    return next((suite for suite in reversed(suites) if post.endswith(f"-{suite}")), "")


def _served(problem: Problem, suite: str) -> set[TheatreId]:
    """Give the theatres whose patients recover where those of a suite do; "": all of them."""
    rooms = [each for each in problem.recoveries if suite and suite in each.suites]
    suites = {each for room in rooms for each in room.suites} or {suite}
    return {room.id for room in problem.theatres if not suite or room.suite in suites}


def _stay(view: TheatreView, placed: Placed) -> tuple[int, int] | None:
    """Give when a patient is in the recovery room, in elapsed minutes."""
    minutes = view.facts.recovery_minutes(placed.case)
    if placed.over is None or not minutes:
        return None
    out = view.horizon.elapsed(placed.session.day, 0) + placed.over
    return out, out + minutes


def _nurses(
    problem: Problem,
    view: TheatreView,
    needs: list[CoverRequirement],
    stays: list[tuple[int, int]],
    floor: int,
) -> Iterator[Asked]:
    """Give each shift its nurses: the first what the day asks less those of later shifts."""
    shifts = _hours(problem, view, needs)
    given: list[tuple[int, int, int]] = []  # start, end, nurses of later shifts
    for place in range(len(shifts) - 1, -1, -1):
        start, end, need = shifts[place]
        since = max([start, *(over for _, over, _ in shifts[:place])])
        minutes = {max(since, begin) for begin, over in stays if begin < end and over > since}
        peak, nurses = 0, 0 if place else floor
        for minute in minutes:
            there = sum(begin <= minute < over for begin, over in stays)
            others = sum(more for begin, over, more in given if begin <= minute < over)
            peak = max(peak, there)
            nurses = max(nurses, -(-there // PATIENTS_A_NURSE) - others)
        given.append((start, end, nurses))
        if nurses != need.least:
            moved = moved_by(need, nurses - need.least, wished=bool(need.best))
            yield Asked(moved, need, f"plan_asks.{RECOVERY}", {"patients": peak})


def _hours(
    problem: Problem, view: TheatreView, needs: list[CoverRequirement]
) -> list[tuple[int, int, CoverRequirement]]:
    """Give when the shifts of requirements begin and end, the earliest first.

    Those that begin after the recovery rooms have closed are there for emergencies: they stay.
    """
    known, found = view.facts, []
    close = max((room.end for room in problem.recoveries), default=0)
    for need in needs:
        shifts = [known.shifts[shift] for shift in need.shifts if shift in known.shifts]
        if shifts and min(shift.start for shift in shifts) < close:
            spans = [known.span(need.day, shift.id) for shift in shifts]
            begin, end = min(start for start, _ in spans), max(end for _, end in spans)
            found.append((begin, end, need))
    return sorted(found, key=lambda each: (each[0], each[1], each[2].id))
