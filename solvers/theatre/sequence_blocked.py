"""Patients who wait in the theatre for a place in the recovery room, in a model with a clock.

Whoever waits, waits within bounds; who comes first goes first is the audit's to say.
"""

from heapq import heapify, heapreplace

from ortools.sat.python import cp_model

from planner.rules.timing import BlockUntil, InTheWay, Stretch
from solvers.theatre.clock import FAR, Said, hold
from solvers.theatre.sequence_frame import DayPart, Frame


def block_until(frame: Frame, day: DayPart, verb: BlockUntil, said: Said) -> None:
    """Say nothing by itself: the rooms in which patients wait are told beside it (`in_the_way`)."""


def in_the_way(frame: Frame, day: DayPart, verb: InTheWay, said: Said) -> None:
    """Let each patient leave when there is a place, and nobody have the theatre before.

    At a price nothing is said: the audit judges.
    """
    stays = {stretch.choice: stretch.after for stretch in verb.waits.stretches}
    if not said.price and any(day.taken[number].fixed is None for number in stays):
        _Waiting(frame, day, verb.waits, stays).put(verb.rooms)


class _Waiting:
    """When each patient leaves the theatre: a variable in units by choice, a case has one."""

    def __init__(
        self, frame: Frame, day: DayPart, waits: BlockUntil, stays: dict[int, int]
    ) -> None:
        self.frame, self.day, self.stays = frame, day, stays
        self.capacity = waits.capacity
        self.most = waits.most // frame.unit
        self.now = self._now()
        self.leave: dict[int, cp_model.IntVar] = {}

    def _end(self, number: int) -> int:
        return self.frame.start_now(self.day.taken[number]) + self.day.clock.choices[number].minutes

    def _now(self) -> dict[int, int]:
        """Give when each patient leaves at present, first come first served, in units."""
        there = [number for number in self.stays if self.frame.present(self.day.taken[number])]
        free = [0] * self.capacity
        heapify(free)
        found = {}
        for end, number in sorted((self._end(number), number) for number in there):
            leave = max(end, free[0])
            heapreplace(free, leave + self.stays[number])
            found[number] = -(-leave // self.frame.unit)
        return found

    def put(self, rooms: tuple[tuple[Stretch, ...], ...]) -> None:
        """Add places and rooms to the model."""
        for room in rooms:
            self._room(room)
        frame, intervals = self.frame, []
        for number, stay in self.stays.items():
            taken, size = self.day.taken[number], -(-stay // frame.unit)
            if taken.fixed is None:
                literal, leave = frame.literal(taken), self.leave[number]
                made = frame.model.new_optional_fixed_size_interval_var(leave, size, literal, "")
            else:
                made = frame.model.new_fixed_size_interval_var(self.leave[number], size, "")
            intervals.append(made)
        frame.model.add_cumulative(intervals, [1] * len(intervals), self.capacity)

    def _room(self, room: tuple[Stretch, ...]) -> None:
        fixed = self._held(room)
        intervals = [
            self.frame.model.new_fixed_size_interval_var(first, last - first, "")
            for first, last in fixed
        ]
        cells: dict[int, cp_model.IntVar] = {}
        for stretch in room:
            number, taken = stretch.choice, self.day.taken[stretch.choice]
            before, whole = self.frame.whole(self.day.clock.choices[number], stretch)
            if taken.fixed is not None and number in self.stays:
                intervals += self._stays_on(number, fixed)
            elif taken.fixed is None and number in self.stays:
                intervals.append(self._waits(number, before, whole, cells))
            elif taken.fixed is None and whole > 0:
                intervals.append(self.frame.interval(taken, before, whole))
        self.frame.model.add_no_overlap(intervals)

    def _held(self, room: tuple[Stretch, ...]) -> list[tuple[int, int]]:
        """Give what the cases that stay hold of a room, in units, without waiting; joined."""
        unit, found = self.frame.unit, list[tuple[int, int]]()
        for stretch in room:
            fixed = self.day.taken[stretch.choice].fixed
            before, whole = hold(self.day.clock.choices[stretch.choice], stretch)
            if fixed is not None:
                found.append(((fixed - before) // unit, -(-(fixed - before + whole) // unit)))
        joined: list[tuple[int, int]] = []
        for first, last in sorted(found):
            if joined and first < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], last))
            else:
                joined.append((first, last))
        return joined

    def _stays_on(self, number: int, held: list[tuple[int, int]]) -> list[cp_model.IntervalVar]:
        """Let a patient whose case stays wait until the next such case; longer only as at present."""
        end, now = -(-self._end(number) // self.frame.unit), self.now[number]
        follows = min((first for first, last in held if last > end), default=FAR)
        last = min(end + self.most, max(follows, end))
        self.leave[number] = leave = self.frame.sub.whole(end, max(last, now), "", now)
        if now > last:
            return []  # broken at present, whatever the others do
        size = self.frame.sub.whole(0, last - end, "", now - end)
        return [self.frame.model.new_interval_var(end, size, leave, "")]

    def _waits(
        self, number: int, before: int, whole: int, cells: dict[int, cp_model.IntVar]
    ) -> cp_model.IntervalVar:
        """Hold the room until a free patient leaves it."""
        frame, taken = self.frame, self.day.taken[number]
        start, literal = frame.start[taken.cell], frame.literal(taken)
        end = frame.first[taken.cell] + whole - before
        now = min(max(self.now.get(number, end), end), end + self.most)
        if taken.cell not in cells:
            cells[taken.cell] = frame.sub.whole(0, FAR, "", now)
        leave = self.leave[number] = cells[taken.cell]
        size = frame.sub.whole(whole, whole + self.most, "", now - end + whole)
        return frame.model.new_optional_interval_var(start - before, size, leave, literal, "")
