"""Room for one more case in a session, told from the cases there and from where surgeons are.

A case comes in at any place of the sequence, and those after it begin later if they must. Nothing else
of the clock is known here: who proposes starts from it has them audited.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from planner.facts import GRID
from planner.rules.theatre_space import Option
from planner.unplaceable import Openings
from solvers.rows.arrays import Whole
from solvers.theatre.clock import choice_of
from solvers.theatre.exact import Move
from solvers.theatre.listing import DayList
from solvers.theatre.programme import Ground, Programme

_DAY: Final = 24 * 60
_NOWHERE: Final = -1
"""The session of a surgeon who is away."""


Soonest: TypeAlias = Callable[[int], int | None]
"""When something may begin, from a start on; None: not any more."""


class _Stay(NamedTuple):
    """A surgeon at work: from, until, in which session."""

    start: int
    end: int
    session: int


class Gaps:
    """The sessions of a programme with what is in them, and the surgeons of each day."""

    def __init__(self, programme: Programme) -> None:
        self._ground: Ground = programme.ground
        self._movable = programme.search.state.movable
        self._known = self._ground.space.facts
        problem = self._ground.space.problem
        openings = Openings(problem)
        hard = {rule.type for rule in problem.rules if rule.enabled and rule.hard}
        self._apart = "surgeon_overlap" in hard
        code = np.maximum(self._ground.compiled.slot_code, 0)
        options = self._ground.space.options
        length = np.array([0, *(option.minutes for option in options)], np.int64)
        self._minutes = length[code]
        self._used = np.zeros(len(problem.sessions), np.int64)
        self._sessions = problem.sessions
        self._ends: list[int] = []
        for session in problem.sessions:
            opens, limit = self._known.opens(session), openings.limit(session)
            last = self._known.closes(session) + _DAY if limit is None else opens + limit
            self._ends.append(last)
        begins = [self._known.opens(session) for session in problem.sessions]
        self._room = np.array(self._ends, np.int64) - np.array(begins, np.int64)
        self._inside: dict[int, list[Move]] = defaultdict(list)
        self._busy: dict[tuple[str, int], list[_Stay]] = defaultdict(list)
        if "surgeon_away" in hard:
            self._absences()
        layout, starts = self._ground.layout, programme.starts
        day = layout.day[programme.slots]
        for cell in np.flatnonzero((day >= 0) & (starts >= 0)).tolist():
            self._add(Move(cell, int(programme.slots[cell]), int(starts[cell])))

    def _absences(self) -> None:
        """Note when surgeons are away on days with sessions."""
        for day in sorted({session.day for session in self._sessions}):
            for surgeon in self._ground.space.problem.surgeons:
                for start, end in self._known.absent(surgeon.id, day):
                    insort(self._busy[surgeon.id, day], _Stay(start, end, _NOWHERE))

    def put(self, moves: list[Move]) -> None:
        """Take in the first of some moves, a new case, and where it pushes others to."""
        session = int(self._ground.layout.session[moves[0].slot])
        for was in list(self._inside[session]):
            if was.cell in {move.cell for move in moves}:
                self._remove(was)
        for move in moves:
            self._add(move)

    def _stay(self, move: Move) -> tuple[tuple[str, int] | None, _Stay]:
        option = self._ground.option(move.slot)
        session = int(self._ground.layout.session[move.slot])
        alone = option.surgeon is not None and self._known.surgeons[option.surgeon].rooms == 1
        key = (option.surgeon, option.session.day) if option.surgeon and alone else None
        return key, _Stay(move.start, move.start + option.minutes, session)

    def _add(self, move: Move) -> None:
        key, stay = self._stay(move)
        insort(self._inside[stay.session], move, key=_place)
        self._used[stay.session] += self._minutes[move.slot]
        if key is not None and self._apart:
            insort(self._busy[key], stay)

    def _remove(self, move: Move) -> None:
        key, stay = self._stay(move)
        self._inside[stay.session].remove(move)
        self._used[stay.session] -= self._minutes[move.slot]
        if key is not None and self._apart:
            self._busy[key].remove(stay)

    def roomy(self, slots: Whole) -> Whole:
        """Keep the slots in whose session there are as many minutes left."""
        session = self._ground.layout.session[slots]
        kept: Whole = slots[self._used[session] + self._minutes[slots] <= self._room[session]]
        return kept

    def alone(self, slot: int) -> Soonest:
        """Say when a case may begin in a slot by its own hours, were nobody else there."""
        option = self._ground.option(slot)
        choice = choice_of(0, option)
        clock = self._ground.clocks.day(option.session.day, [choice])
        listed, low = DayList(clock, {}), clock.low[0]

        def soonest(start: int) -> int | None:
            clock.low[0] = max(low, start)
            return listed.soonest(0)

        return soonest

    def ways(self, cell: int, slot: int, soonest: Soonest = int) -> Iterator[list[Move]]:
        """Give the ways to put a case into a slot, and what it pushes: after, between and before others.

        `soonest` says when it may begin, from a start on.
        """
        number = int(self._ground.layout.session[slot])
        opens, inside = self._known.opens(self._sessions[number]), self._inside[number]
        option = self._ground.option(slot)
        for place in range(len(inside), -1, -1):
            low = opens
            if place:
                before = inside[place - 1]
                low = before.start + self._ground.option(before.slot).minutes + option.turnover
            start = soonest(low)
            if start is None:
                continue
            moves = self._pushed(number, Move(cell, slot, start), inside[place:])
            if moves is not None and soonest(moves[0].start) == moves[0].start:
                yield moves

    def _pushed(self, number: int, new: Move, after: list[Move]) -> list[Move] | None:
        """Begin a case as soon as its surgeon can, and those after it when they can; None: too late."""
        session, found = self._sessions[number], list[Move]()
        closes, end = self._known.closes(session), 0
        for move in (new, *after):
            option = self._ground.option(move.slot)
            start = max(move.start, end + option.turnover if found else 0)
            start = self._free(number, option, -(-start // GRID) * GRID)
            if found and start <= move.start:
                break  # all that comes after it stays as it is
            if found and not self._movable[move.cell]:
                return None
            end = start + option.minutes
            if start >= closes or end > self._ends[number]:
                return None
            found.append(move._replace(start=start))
        again = self._known.again(session.day)
        if again is not None and any(again[0] <= move.start < again[1] for move in found):
            return None
        return found

    def _free(self, number: int, option: Option, start: int) -> int:
        """Give the first start from one on at which a surgeon is in no other session."""
        if option.surgeon is None:
            return start
        for stay in self._busy.get((option.surgeon, option.session.day), ()):
            if stay.session != number and stay.start < start + option.minutes and stay.end > start:
                start = -(-stay.end // GRID) * GRID
        return start


def _place(move: Move) -> tuple[int, int]:
    return move.start, move.cell
