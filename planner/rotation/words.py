"""What laying rotations out did, in sentences: duties given, those left out and why, hours beyond."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from planner.clock import Horizon
from planner.problem import Problem
from planner.rotation.rollout import WHYS, LeftOut, RolledOut
from planner.words import clauses, day, minutes, say


def lines(problem: Problem, found: RolledOut, lang: str) -> Iterator[str]:
    """Say what was laid out, then what was not and why, and who gets more hours than her contract has."""
    horizon = problem.horizon
    dates = {"first": horizon.date(found.first), "last": horizon.date(found.last)}
    yield say("rotation.given", lang, n=found.given, people=found.people, **dates)
    for why in WHYS:
        left = [each for each in found.left_out if each.why == why]
        if left:
            yield say(
                f"rotation.left.{why}", lang, n=len(left), duties=_duties(horizon, left, lang)
            )
    if found.kept:
        yield say("rotation.kept", lang, n=found.kept)
    if found.over:
        loads = [
            say("rotation.load", lang, person=p, worked=minutes(worked), due=minutes(due))
            for p, worked, due in found.over
        ]
        yield say("rotation.over", lang, n=len(loads), loads=", ".join(loads))


def _duties(horizon: Horizon, left: Sequence[LeftOut], lang: str) -> str:
    """Name duties, all of them: each person once, with her days and shifts."""
    hers: dict[str, list[str]] = defaultdict(list)
    for duty, _ in left:
        hers[duty.person].append(f"{day(horizon.date(duty.day), lang, 'short')} {duty.shift}")
    named = (
        say("rotation.hers", lang, person=person, duties=", ".join(found))
        for person, found in hers.items()
    )
    return clauses(named, lang)


def document(problem: Problem, found: RolledOut) -> dict[str, Any]:
    """Give what was laid out and what was not as a plain document."""
    horizon = problem.horizon
    return {
        "first": horizon.date(found.first).isoformat(),
        "last": horizon.date(found.last).isoformat(),
        "duties": found.given,
        "people": found.people,
        "pinned": found.kept,
        "left_out": [
            {
                "person": each.duty.person,
                "day": horizon.date(each.duty.day).isoformat(),
                "shift": each.duty.shift,
                "why": each.why,
            }
            for each in found.left_out
        ],
        "over": [load._asdict() for load in found.over],
    }
