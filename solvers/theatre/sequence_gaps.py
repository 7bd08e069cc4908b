"""Moments at which cases end, never too far apart, in a model with a clock: a guess for the search.

A window as long as the longest gap is looked at each quarter of an hour; one in which no case ends
stands for that quarter. The audit judges.
"""

from typing import Final

from ortools.sat.python import cp_model

from planner.rules.timing import LargestGap
from solvers.theatre.clock import Said
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
    first = max(verb.since, min(frame.start_now(day.taken[number]) for number in there))
    last = min(verb.until, max(ends.values()))
    begins = range(first, last - verb.most, _STEP)
    quiet = [at for at in begins if not any(at < end <= at + verb.most for end in fixed)]
    every = 1 + len(quiet) * len(open_) // _LARGE
    for at in quiet[::every]:
        now = not any(at < end <= at + verb.most for end in ends.values())
        empty = frame.priced(0, 1, int(now), said.price * _STEP * every)
        _unless_ended(frame, day, (at, at + verb.most), open_, empty)


def _unless_ended(
    frame: Frame,
    day: DayPart,
    window: tuple[int, int],
    open_: list[int],
    empty: cp_model.IntVar,
) -> None:
    """Let a window be empty, or one of the free choices end in it."""
    inside: list[cp_model.LinearExprT] = [empty]
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
