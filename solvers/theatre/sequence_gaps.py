"""Moments at which cases end, never too far apart, in a model with a clock: a guess for the search.

A window as long as the longest gap is looked at each quarter of an hour; one in which no case ends
stands for that quarter, if anything began before it and anything ends after it. The audit judges.
"""

from typing import Final

from ortools.sat.python import cp_model

from planner.rules.timing import LargestGap
from solvers.theatre.clock import FAR, Said
from solvers.theatre.sequence_frame import DayPart, Frame

_STEP: Final = 15
_LARGE: Final = 1_500
"""Pairs of a window and a choice above which fewer windows are looked at."""


def largest_gap(frame: Frame, day: DayPart, verb: LargestGap, said: Said) -> None:
    """Pay for each window between the first start and the last end in which no case ends."""
    choices = day.clock.choices
    there = [number for number in verb.choices if frame.present(day.taken[number])]
    open_ = [number for number in verb.choices if day.taken[number].fixed is None]
    if not there or not open_ or not said.price:
        return
    ends = {
        number: frame.start_now(day.taken[number]) + choices[number].minutes for number in there
    }
    fixed = [end for number, end in ends.items() if day.taken[number].fixed is not None]
    begun, over = min(frame.start_now(day.taken[number]) for number in there), max(ends.values())
    first, last = _span(frame, day, verb, begun, over)
    begins = range(verb.since + (begun - verb.since) % _STEP, verb.until - verb.most, _STEP)
    quiet = [at for at in begins if not any(at < end <= at + verb.most for end in fixed)]
    every = 1 + len(quiet) * len(open_) // _LARGE
    for at in quiet[::every]:
        until = at + verb.most
        later, done = (
            frame.sub.boolean("", hint=begun > at),
            frame.sub.boolean("", hint=over <= until),
        )
        frame.model.add(first > at).only_enforce_if(later)
        frame.model.add(last <= until).only_enforce_if(done)
        now = begun <= at and over > until
        now = now and not any(at < end <= until for end in ends.values())
        empty = frame.priced(0, 1, int(now), said.price * _STEP * every)
        _unless_ended(frame, day, (at, until), open_, [empty, later, done])


def _span(
    frame: Frame, day: DayPart, verb: LargestGap, begun: int, over: int
) -> tuple[cp_model.IntVar, cp_model.IntVar]:
    """Make a moment no later than the first start, and one no earlier than the last end, in minutes."""
    first, last = frame.sub.whole(0, FAR, "", begun), frame.sub.whole(0, FAR, "", over)
    for number in verb.choices:
        taken, minutes = day.taken[number], day.clock.choices[number].minutes
        if taken.fixed is not None:
            frame.model.add(first <= taken.fixed)
            frame.model.add(last >= taken.fixed + minutes)
            continue
        start, literal = frame.start_of(taken), frame.literal(taken)
        frame.model.add(first <= start).only_enforce_if(literal)
        frame.model.add(last >= start + minutes).only_enforce_if(literal)
    return first, last


def _unless_ended(
    frame: Frame,
    day: DayPart,
    window: tuple[int, int],
    open_: list[int],
    else_: list[cp_model.LinearExprT],
) -> None:
    """Let one of the free choices end in a window, or something else be true of it."""
    inside = else_
    for number in open_:
        taken, minutes = day.taken[number], day.clock.choices[number].minutes
        low, high = day.clock.low[number] + minutes, day.clock.high[number] + minutes
        if high <= window[0] or low > window[1]:
            continue
        now = frame.present(taken) and window[0] < frame.start_now(taken) + minutes <= window[1]
        ends = frame.sub.boolean("", hint=now)
        inside.append(ends)
        end = frame.start_of(taken) + minutes
        frame.model.add_implication(ends, frame.literal(taken))
        frame.model.add(end > window[0]).only_enforce_if(ends)
        frame.model.add(end <= window[1]).only_enforce_if(ends)
    frame.model.add(cp_model.LinearExpr.sum(inside) >= 1)
