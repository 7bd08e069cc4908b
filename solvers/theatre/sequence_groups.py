"""What of which only so much may hold at a time, in a model with a clock."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from solvers.theatre.clock import Group, hold
from solvers.theatre.sequence_frame import DayPart, Frame, Taken

_CROWDED: Final = 30
"""Minutes that a thing too few is taken to last where a soft rule counts them: the audit says it."""


def group(frame: Frame, day: DayPart, said: Group) -> None:
    """Let the stretches of a group hold as the clock says."""
    fixed = list(said.busy)
    open_: list[tuple[Taken, int, int]] = []
    profile: list[tuple[int, int]] = []
    for stretch in said.stretches:
        each, choice = day.taken[stretch.choice], day.clock.choices[stretch.choice]
        before, whole = hold(choice, stretch)
        if whole <= 0:
            continue
        if each.fixed is None:
            open_.append((each, *frame.whole(choice, stretch)))
        else:
            profile.append((each.fixed - before, each.fixed - before + whole))
    if not open_ or (len(open_) + len(profile) <= said.capacity and not fixed):
        return
    if said.price:
        _soft(frame, open_, profile, said)
    elif said.capacity == 1:
        _no_overlap(frame, open_, _joined([*fixed, *profile], frame.unit))
    else:
        _cumulative(frame, open_, profile, said.capacity)


def _no_overlap(
    frame: Frame, open_: list[tuple[Taken, int, int]], fixed: list[tuple[int, int]]
) -> None:
    intervals = [frame.interval(*each) for each in open_]
    for first, last in fixed:
        intervals.append(frame.model.new_fixed_size_interval_var(first, last - first, ""))
    if len(intervals) > 1:
        frame.model.add_no_overlap(intervals)


def _cumulative(
    frame: Frame,
    open_: list[tuple[Taken, int, int]],
    fixed: list[tuple[int, int]],
    capacity: int,
) -> None:
    """What stays may be too much by itself; it then takes all there is, not more."""
    steps = _profile(fixed, frame.unit, capacity)
    most = max((many for _, _, many in steps), default=0)
    if len(open_) + most <= capacity:
        return
    intervals = [frame.interval(*each) for each in open_]
    demands = [1] * len(intervals)
    for first, last, many in steps:
        intervals.append(frame.model.new_fixed_size_interval_var(first, last - first, ""))
        demands.append(many)
    frame.model.add_cumulative(intervals, demands, capacity)


def _soft(
    frame: Frame, open_: list[tuple[Taken, int, int]], fixed: list[tuple[int, int]], said: Group
) -> None:
    """Let more of a thing be there at a price; the audit counts the minutes."""
    steps = _profile([*fixed, *said.busy], frame.unit, len(fixed) + len(said.busy))
    most = len(open_) + max((many for _, _, many in steps), default=0)
    more = frame.priced(0, most, most, said.price * _CROWDED)
    intervals = [frame.interval(*each) for each in open_]
    demands = [1] * len(intervals)
    for first, last, many in steps:
        intervals.append(frame.model.new_fixed_size_interval_var(first, last - first, ""))
        demands.append(many)
    frame.model.add_cumulative(intervals, demands, more + said.capacity)


def _profile(stretches: list[tuple[int, int]], unit: int, most: int) -> list[tuple[int, int, int]]:
    """Give (first, last, how many, at most `most`) of stretches that stay, in units."""
    change: dict[int, int] = defaultdict(int)
    for first, last in stretches:
        change[first // unit] += 1
        change[-(-last // unit)] -= 1
    found, many, since = [], 0, 0
    for at in sorted(change):
        if many > 0 and at > since:
            found.append((since, at, min(many, most)))
        many, since = many + change[at], at
    return found


def _joined(stretches: Iterable[tuple[int, int]], unit: int) -> list[tuple[int, int]]:
    """Join stretches that overlap, in units: two that stay may be in each other's way."""
    found: list[tuple[int, int]] = []
    for first, last in sorted((a // unit, -(-b // unit)) for a, b in stretches):
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif last > first:
            found.append((first, last))
    return found
