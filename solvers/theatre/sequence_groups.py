"""What of which only so much may hold at a time, in a model with a clock."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ortools.sat.python import cp_model

from planner.rules.timing import Stretch
from solvers.theatre.clock import Group, hold
from solvers.theatre.sequence_frame import DayPart, Frame, Taken


class _Open(NamedTuple):
    """A stretch of a free choice, in units: before the start, in all, and when it can hold."""

    taken: Taken
    before: int
    whole: int
    first: int
    last: int


def group(frame: Frame, day: DayPart, said: Group) -> None:
    """Let the stretches of a group hold as the clock says."""
    open_: list[_Open] = []
    profile: list[tuple[int, int]] = []
    for stretch in said.stretches:
        each, choice = day.taken[stretch.choice], day.clock.choices[stretch.choice]
        before, whole = hold(choice, stretch)
        if whole <= 0:
            continue
        if each.fixed is None:
            open_.append(_open(frame, day, stretch))
        else:
            profile.append((each.fixed - before, each.fixed - before + whole))
    if not open_ or (len(open_) + len(profile) <= said.capacity and not said.busy):
        return
    if said.price:
        _soft(frame, open_, profile, said)
    elif said.capacity == 1:
        _no_overlap(frame, open_, _joined([*said.busy, *profile], frame.unit))
    else:
        _cumulative(frame, open_, [*said.busy, *profile], said.capacity)


def _open(frame: Frame, day: DayPart, stretch: Stretch) -> _Open:
    number = stretch.choice
    before, whole = frame.whole(day.clock.choices[number], stretch)
    first = -(-day.clock.low[number] // frame.unit) - before
    last = day.clock.high[number] // frame.unit - before + whole
    return _Open(day.taken[number], before, whole, first, last)


def _no_overlap(frame: Frame, open_: list[_Open], fixed: list[tuple[int, int]]) -> None:
    intervals = [frame.interval(*each[:3]) for each in open_]
    for first, last in fixed:
        intervals.append(frame.model.new_fixed_size_interval_var(first, last - first, ""))
    if len(intervals) > 1:
        frame.model.add_no_overlap(intervals)


def _cumulative(
    frame: Frame, open_: list[_Open], fixed: list[tuple[int, int]], capacity: int
) -> None:
    """What stays may be too much by itself; it then takes all there is, not more."""
    steps = _profile(fixed, frame.unit, capacity)
    most = max((many for _, _, many in steps), default=0)
    if len(open_) + most <= capacity:
        return
    intervals = [frame.interval(*each[:3]) for each in open_]
    demands = [1] * len(intervals)
    for first, last, many in steps:
        intervals.append(frame.model.new_fixed_size_interval_var(first, last - first, ""))
        demands.append(many)
    frame.model.add_cumulative(intervals, demands, capacity)


def _soft(frame: Frame, open_: list[_Open], fixed: list[tuple[int, int]], said: Group) -> None:
    """Pay for each minute of each one too many, step by step where there can be too many.

    All of the capacity and `spare` more are there; each step takes the spare that is not paid for.
    """
    stays = _counts(_profile([*fixed, *said.busy], frame.unit, len(fixed) + len(said.busy)))
    may: dict[int, set[int]] = defaultdict(set)
    for each in open_:
        for step in range(each.first, each.last):
            may[step].add(each.taken.cell)
    over = {step: stays[step] + len(cells) - said.capacity for step, cells in may.items()}
    crowded = sorted(step for step, most in over.items() if most > 0)
    if not crowded:
        return
    spare = max(over.values())
    now = _counts((*_now(frame, each), 1) for each in open_ if frame.present(each.taken))
    intervals = [frame.interval(*each[:3]) for each in open_]
    demands: list[cp_model.LinearExprT] = [1] * len(intervals)
    for step in crowded:
        here = max(0, stays[step] + now[step] - said.capacity)
        least = max(0, stays[step] - said.capacity)
        paid = frame.priced(least, over[step], here, said.price * frame.unit)
        intervals.append(frame.model.new_fixed_size_interval_var(step, 1, ""))
        demands.append(spare - paid + stays[step])
    frame.model.add_cumulative(intervals, demands, said.capacity + spare)


def _now(frame: Frame, each: _Open) -> tuple[int, int]:
    """Give when a free choice that is taken holds at present, in units."""
    first = frame.first[each.taken.cell] - each.before
    return first, first + each.whole


def _counts(stretches: Iterable[tuple[int, int, int]]) -> Counter[int]:
    """Give how many hold in each step."""
    found: Counter[int] = Counter()
    for first, last, many in stretches:
        for step in range(first, last):
            found[step] += many
    return found


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
