"""What is said of the lanes below the theatre board: how many of how many, who, and what is wrong."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from planner.boards.theatre_lanes import Lane, Step, Thing, sign_of
from planner.clock import MINUTES_A_DAY
from planner.problem import Problem
from planner.score import Judged
from planner.sentences import breach_sentence
from planner.words import say

NAMED: Final = 12
"""Cases that are named before the others are counted."""
SAID: Final = 6
"""Breaches that are said before the others are counted."""


def lane_name(thing: Thing) -> str:
    """Give what a thing is called."""
    return thing.name or thing.id


def count(lane: Lane, n: int, lang: str) -> str:
    """Say how many are held of how many: 5 of 6 posts."""
    return say(f"lane.used.{lane.kind}", lang, n=n, there=lane.there)


def lane_sentence(problem: Problem, thing: Thing, lane: Lane, step: Step | None, lang: str) -> str:
    """Say all about a step of a lane, or about its whole day where no step is given."""
    facts = {"name": lane_name(thing), "day": problem.horizon.date(lane.day)}
    parts = [say("lane.place", lang, **facts)]
    parts += _day(lane, lang) if step is None else _step(lane, step, lang)
    judged = lane.breaches if step is None else lane.about(step)
    return "\n".join((" · ".join(parts), *_told(problem, judged, lang)))


def _step(lane: Lane, step: Step, lang: str) -> Iterator[str]:
    if (step.start, step.end) != (0, MINUTES_A_DAY):
        yield _time(lane, step, lang)
    yield count(lane, len(step.cases), lang)
    yield from _surplus(lane, step, lang)
    if lane.shut(step):
        yield _hours(lane, lang)
    if step.cases:
        yield _names(step.cases, lang)
    if step.waiting:
        yield say("lane.waiting", lang, n=len(step.waiting), names=_names(step.waiting, lang))
    yield from _beside(lane, lang)


def _day(lane: Lane, lang: str) -> Iterator[str]:
    """Say the most of a day, and when it is too much."""
    if not lane.peak:
        yield say("lane.nothing", lang)
        yield say(f"lane.there.{lane.kind}", lang, n=lane.there)
    else:
        most = count(lane, lane.peak, lang)
        timed = any((step.start, step.end) != (0, MINUTES_A_DAY) for step in lane.steps)
        yield say("lane.most", lang, most=most) if timed else most
    for step in lane.steps:
        if lane.over(step):
            if (step.start, step.end) != (0, MINUTES_A_DAY):
                yield _time(lane, step, lang)
            yield from _surplus(lane, step, lang)
    if lane.hours is not None:
        yield _hours(lane, lang)
    yield from _beside(lane, lang)


def _time(lane: Lane, step: Step, lang: str) -> str:
    end = lane.horizon.shown(lane.day, step.start, step.minutes)
    return say("lane.time", lang, start=step.start, end=end)


def _surplus(lane: Lane, step: Step, lang: str) -> Iterator[str]:
    if lane.over(step):
        yield say("lane.over", lang, n=lane.over(step))


def _hours(lane: Lane, lang: str) -> str:
    assert lane.hours is not None
    return say("lane.hours", lang, start=lane.hours[0], end=lane.hours[1])


def _beside(lane: Lane, lang: str) -> Iterator[str]:
    if lane.taken:
        yield say(f"lane.taken.{lane.kind}", lang, n=lane.taken)
    if lane.loose:
        yield say("lane.loose", lang, n=len(lane.loose), names=_names(lane.loose, lang))


def _names(cases: Sequence[str], lang: str) -> str:
    shown = list(cases) if len(cases) <= NAMED + 1 else list(cases[:NAMED])
    left = len(cases) - len(shown)
    return ", ".join(shown) + (f" {say('lane.more', lang, n=left)}" if left else "")


def _told(problem: Problem, judged: Iterable[Judged], lang: str) -> Iterator[str]:
    found = sorted(judged, key=lambda each: (not each.rule.hard, each.cost == 0))
    for each in found[:SAID]:
        words = breach_sentence(problem, each.rule, each.breach, lang)
        yield say(f"theatre.breach.{sign_of(each) or 'soft'}", lang, sentence=words)
    if len(found) > SAID:
        yield say("lane.more_breaches", lang, n=len(found) - SAID)
