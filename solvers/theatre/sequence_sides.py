"""Two sides that never hold at the same time, in a model with a clock."""

from typing import NamedTuple

from planner.rules.timing import NeverBoth, Stretch
from solvers.theatre.clock import Said, hold
from solvers.theatre.sequence_frame import DayPart, Frame, Taken


class _Side(NamedTuple):
    """The stretches of free choices, in units (before, whole), and those of what stays."""

    open: list[tuple[Taken, int, int]]
    fixed: list[tuple[int, int]]


def never_both(frame: Frame, day: DayPart, verb: NeverBoth, said: Said) -> None:
    """Keep free choices of one side off those of the other, and off what stays of it.

    At a price nothing is said: the audit judges.
    """
    if said.price:
        return
    one, other = _side(frame, day, verb.one), _side(frame, day, verb.other)
    _off(frame, one.open, other.fixed)
    _off(frame, other.open, one.fixed)
    if not one.open or not other.open:
        return
    if verb.disjoint:
        frame.model.add_no_overlap([frame.interval(*each) for each in (*one.open, *other.open)])
        return
    for ours in one.open:
        for theirs in other.open:
            if ours[0].cell != theirs[0].cell:
                _in_turn(frame, ours, theirs)


def _side(frame: Frame, day: DayPart, stretches: tuple[Stretch, ...]) -> _Side:
    found = _Side([], [])
    for stretch in stretches:
        each, choice = day.taken[stretch.choice], day.clock.choices[stretch.choice]
        before, whole = hold(choice, stretch)
        if whole > 0 and each.fixed is None:
            found.open.append((each, *frame.whole(choice, stretch)))
        elif whole > 0 and each.fixed is not None:
            first = each.fixed - before
            found.fixed.append((first // frame.unit, -(-(first + whole) // frame.unit)))
    return found


def _off(frame: Frame, open_: list[tuple[Taken, int, int]], fixed: list[tuple[int, int]]) -> None:
    """Keep choices off what stays; among themselves they, and it, may do as they like."""
    if not open_ or not fixed:
        return
    model, room = frame.model, len(open_)
    intervals = [frame.interval(*each) for each in open_]
    demands = [1] * room
    for first, last in _joined(fixed):
        intervals.append(model.new_fixed_size_interval_var(first, last - first, ""))
        demands.append(room)
    model.add_cumulative(intervals, demands, room)


def _in_turn(frame: Frame, ours: tuple[Taken, int, int], theirs: tuple[Taken, int, int]) -> None:
    """Let one of two choices come first, where both are taken."""
    model, first = frame.model, frame.model.new_bool_var("")
    both = [frame.literal(ours[0]), frame.literal(theirs[0])]
    for literal, (one, before, whole), (other, ahead, _) in (
        (first, ours, theirs),
        (first.negated(), theirs, ours),
    ):
        end = frame.start[one.cell] - before + whole
        begin = frame.start[other.cell] - ahead
        model.add(end <= begin).only_enforce_if(literal, *both)


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
