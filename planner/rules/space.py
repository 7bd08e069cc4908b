"""The decisions of a problem as cells and codes, and the features that rules share.

Roster: a cell is a person, track and day; code 0 is off, the others number the shift types. Theatre:
a cell is a case; code 0 is left out, the others number the options (session × surgeon) of all cases
(`theatre_space.py`).
A space counts nothing; it only says what there is to decide.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Protocol

from planner.facts import facts
from planner.people import ShiftId, StaffMember
from planner.plan import Duty
from planner.problem import Problem
from planner.rostering import CALLOUT, ShiftType
from planner.rules.blocks import OFF, About, Cells, Codes, Feature, Table
from planner.rules.contract import Scope
from planner.rules.spells import alike, borders, uncovered
from planner.rules.theatre_space import Column, Option, TheatreSpace
from planner.rules.windows import Window

__all__ = ["OFF", "Column", "Option", "RosterSpace", "Space", "TheatreSpace"]


class Space(Protocol):
    """What the compiler reads of a space.

    `cells` and `codes` count them. Codes below `shared` are common to all cells (theatre: only 0).
    """

    cells: int
    codes: int
    shared: int

    def domain(self, cell: int) -> tuple[int, ...]:
        """Give the codes that a cell may take before hard prices close some, 0 first."""

    def fixed(self, cell: int) -> int | None:
        """Give the code that a cell has for ever (history), None when it is free."""

    def owner(self, code: int) -> int | None:
        """Give the only cell that may take a code, None for a common one."""

    def about(self, what: str, cell: int, code: int) -> About:
        """Give what a price of a code in a cell is about."""


class RosterSpace:
    """Cells of a roster, by person, track and day; history are fixed cells on negative days.

    The shifts of duties that are `kept` (the plan at hand, pins) are among the codes of their cells
    even where the person may not work them. A call-out is a fact: kept ones are fixed, and nobody is
    given another.
    """

    def __init__(self, problem: Problem, kept: Iterable[Duty] = ()) -> None:
        self.problem = problem
        self.facts = facts(problem)
        self.first = min((-len(h.past) for h in problem.histories), default=0)
        self.last = problem.horizon.last
        self.shown = problem.staff  # to rules that ask by scope
        self.tracks = tuple(dict.fromkeys(shift.track for shift in problem.shifts))
        self.shift_of: tuple[ShiftType | None, ...] = (None, *problem.shifts)
        self.codes = self.shared = len(self.shift_of)
        self.code_of = {shift.id: code for code, shift in enumerate(problem.shifts, start=1)}
        self.places: list[tuple[str, str, int]] = []  # cell → person, track, day
        self._cell: dict[tuple[str, str, int], int] = {}
        self._fixed: dict[int, int] = {}
        self._known: dict[str, frozenset[int]] = {}
        self._days: dict[str, list[int]] = {}  # known days, in order, as the cells of a track lie
        self._base: dict[tuple[str, str], int] = {}
        self._lay_out()
        self.cells = len(self.places)
        self._domains = self._all_domains()
        self._kept: dict[int, tuple[int, ...]] = {}
        for duty in kept:
            self._keep(duty)
        self._idle: dict[tuple[str, int, str], Feature] = {}
        self._none: dict[tuple[str, int, int, frozenset[ShiftId]], Feature] = {}
        self._clear: dict[tuple[str, int, int, str], Feature] = {}
        self._busy: dict[tuple[int, int, str], list[tuple[int, frozenset[ShiftId]]]] = {}
        self._free: dict[tuple[int, int, str], list[tuple[int, tuple[str, ...], Codes]]] = {}
        self._features: dict[Feature, Feature] = {}
        self._codes: dict[tuple[frozenset[ShiftId], str | None], Codes] = {}
        self._others: dict[frozenset[ShiftId], Codes] = {}
        self._by_day: dict[tuple[str, tuple[str, ...]], dict[int, Cells]] = {}
        self._tracks_of: dict[frozenset[ShiftId], tuple[str, ...]] = {}
        self._ones: dict[frozenset[ShiftId], Table] = {}
        self._tables: dict[tuple[object, int, int], Table] = {}
        self._interned: dict[tuple[tuple[int, int], ...], Table] = {}
        self._days_alike: dict[tuple[object, int, int, int], list[tuple[list[int], Table]]] = {}

    def _lay_out(self) -> None:
        pasts = {history.id: history.past for history in self.problem.histories}
        for person in self.problem.staff:
            past = pasts.get(person.id, ())
            words = {day: word for day, word in enumerate(past, start=-len(past)) if word != "?"}
            self._known[person.id] = frozenset(words) | frozenset(range(self.last + 1))
            days = self._days[person.id] = sorted(self._known[person.id])
            for track in self.tracks:
                self._base[person.id, track] = len(self.places)
                for day in days:
                    cell = self._cell[person.id, track, day] = len(self.places)
                    self.places.append((person.id, track, day))
                    if day < 0:
                        self._fixed[cell] = self._past_code(words[day], track)

    def _past_code(self, word: str, track: str) -> int:
        for each in () if word == "-" else word.split("+"):
            code = self.code_of.get(ShiftId(each), OFF)
            shift = self.shift_of[code]
            if shift is not None and shift.track == track:
                return code
        return OFF

    def _all_domains(self) -> dict[tuple[str, str], tuple[int, ...]]:
        planned = [(n, s) for n, s in enumerate(self.shift_of) if s and CALLOUT not in s.tags]
        domains: dict[tuple[str, str], tuple[int, ...]] = {}
        for person in self.problem.staff:
            for track in self.tracks:
                here = ((n, s) for n, s in planned if s.track == track)
                own = (n for n, s in here if not person.shifts or s.id in person.shifts)
                domains[person.id, track] = (OFF, *own)
        return domains

    def _keep(self, duty: Duty) -> None:
        code = self.code_of.get(duty.shift)
        if code is None or duty.day < 0:
            return
        cell = self._cell.get((duty.person, self._track(duty.shift), duty.day))
        if cell is not None and CALLOUT in self.facts.shifts[duty.shift].tags:
            self._fixed[cell] = code
        elif cell is not None and code not in self.domain(cell):
            self._kept[cell] = (*self.domain(cell), code)

    # --- the compiler's side -----------------------------------------------------------------

    def forget(self) -> None:
        """Let go of what rules share while they are read; it is worked out again if asked for."""
        shared: tuple[dict[Any, Any], ...] = (
            *(self._idle, self._none, self._clear, self._busy, self._free, self._features),
            *(self._codes, self._others, self._by_day, self._ones, self._tables, self._interned),
            self._days_alike,
        )
        for known in shared:
            known.clear()

    def domain(self, cell: int) -> tuple[int, ...]:
        """Give the codes of the cell's track that the person may work or keeps, 0 first."""
        if cell in self._fixed:
            return (self._fixed[cell],)
        if cell in self._kept:
            return self._kept[cell]
        person, track, _ = self.places[cell]
        return self._domains[person, track]

    def fixed(self, cell: int) -> int | None:
        """Give the code of a history cell, and that of a call-out."""
        return self._fixed.get(cell)

    def owner(self, code: int) -> int | None:
        """Codes are common to all cells."""
        return None

    def about(self, what: str, cell: int, code: int) -> About:
        """Give the person and the day."""
        person, _, day = self.places[cell]
        return About(what, (person,), day, day)

    # --- the rules' side ---------------------------------------------------------------------

    def people(self, scope: Scope) -> Iterator[StaffMember]:
        """Give the staff members that a scope means, of those who are shown."""
        tags = self.facts.staff_tags
        return (p for p in self.shown if not scope.tags or scope.holds(tags[p.id]))

    def days(self, person: str) -> list[int]:
        """Give the known days of a person and the horizon, in order."""
        return self._days[person]

    def codes_of(self, tag: str) -> Codes:
        """Give the codes of the shifts with a tag."""
        return self.code_set(self.facts.shift_ids(tag))

    def code_set(self, shifts: Iterable[ShiftId], track: str | None = None) -> Codes:
        """Give the codes of some shifts, or of those of them on a track."""
        wanted = frozenset(shifts)
        known = self._codes.get((wanted, track))
        if known is None:
            on_track = (s for s in wanted if track is None or self._track(s) == track)
            known = Codes(frozenset(self.code_of[shift] for shift in on_track))
            self._codes[wanted, track] = known
        return known

    def others(self, shifts: frozenset[ShiftId]) -> Codes:
        """Give all codes but those of some shifts."""
        known = self._others.get(shifts)
        if known is None:
            known = self._others[shifts] = ~self.code_set(shifts)
        return known

    def cell(self, person: str, track: str, day: int) -> int | None:
        """Give the cell of a person, track and day, None on an unknown day."""
        return self._cell.get((person, track, day))

    def cells_on(
        self, person: str, first: int, last: int | None = None, track: str | None = None
    ) -> Cells:
        """Give the cells of a person on known days from `first` to `last` (default: that day)."""
        days = self._days.get(person, [])
        low, high = bisect_left(days, first), bisect_right(days, first if last is None else last)
        cells: Cells = ()
        for each in self.tracks if track is None else (track,):
            base = self._base.get((person, each))
            if base is not None:
                cells += tuple(range(base + low, base + high))
        return cells

    def by_day(self, person: str, tracks: tuple[str, ...]) -> Mapping[int, Cells]:
        """Give the cells of a person on some tracks by known day."""
        known = self._by_day.get((person, tracks))
        if known is None:
            bases = [self._base[person, track] for track in tracks]
            known = {
                day: tuple(base + place for base in bases)
                for place, day in enumerate(self._days[person])
            }
            self._by_day[person, tracks] = known
        return known

    def known(self, person: str, day: int) -> bool:
        """Tell whether what a person did on a day is known, or will be: the horizon."""
        return day in self._known[person]

    def first_known(self, person: str) -> int:
        """Give the first known day of a person; 0 without history."""
        return min(self._known[person], default=0)

    def windows(self, person: str, length: int) -> list[int]:
        """Give the first days of wholly known windows that end on day 0 or later, in the horizon."""
        known = self._known[person]
        starts = range(max(self.first_known(person), 1 - length), self.last - length + 2)
        return [day for day in starts if all(d in known for d in range(day, min(day + length, 0)))]

    def idle(self, person: str, day: int, tag: str) -> Feature:
        """Give the feature "no shift with this tag that day", over all tracks.

        Raises:
            KeyError: the day is unknown.
        """
        known = self._idle.get((person, day, tag))
        if known is None:
            if day not in self._known[person]:
                raise KeyError((person, day))
            known = self.none_of(person, day, day, self.facts.shift_ids(tag))
            self._idle[person, day, tag] = known
        return known

    def none_of(self, person: str, first: int, last: int, shifts: frozenset[ShiftId]) -> Feature:
        """Give the feature "none of these shifts on the known days from `first` to `last`"."""
        known = self._none.get((person, first, last, shifts))
        if known is None:
            tracks = self.tracks_of(shifts)
            if first == last:
                cells = self.by_day(person, tracks).get(first, ())
            else:
                on_tracks = (self.cells_on(person, first, last, track) for track in tracks)
                cells = tuple(chain.from_iterable(on_tracks))
            tests = ((cells, self.others(shifts)),) if cells else ()
            known = self._none[person, first, last, shifts] = self.feature(tests)
        return known

    def clear(self, person: str, start: int, end: int, tag: str) -> Feature:
        """Give the feature "no shift with this tag touches these elapsed minutes".

        Unknown days count as days off; without any test the feature is always true.
        """
        known = self._clear.get((person, start, end, tag))
        if known is None:
            tests = []
            for day, tracks, others in self._spared(start, end, tag):
                cells = self.by_day(person, tracks).get(day)
                if cells is not None:
                    tests.append((cells, others))
            known = self._clear[person, start, end, tag] = self.feature(tuple(tests))
        return known

    def _spared(self, start: int, end: int, tag: str) -> list[tuple[int, tuple[str, ...], Codes]]:
        """Give the codes that leave some elapsed minutes free, by day and tracks."""
        known = self._free.get((start, end, tag))
        if known is None:
            known = self._free[start, end, tag] = [
                (day, self.tracks_of(shifts), self.others(shifts))
                for day, shifts in self.touching(start, end, tag)
            ]
        return known

    def touching(self, start: int, end: int, tag: str) -> list[tuple[int, frozenset[ShiftId]]]:
        """Give the shifts with a tag that touch some elapsed minutes, by the day they start on."""
        known = self._busy.get((start, end, tag))
        if known is None:
            known = self._busy[start, end, tag] = []
            tagged = self.facts.shift_ids(tag)
            for day in range(start // 1440 - 3, end // 1440 + 2):
                spans = {shift: self.facts.span(day, shift) for shift in tagged}
                found = frozenset(
                    s for s, (begin, stop) in spans.items() if begin < end and stop > start
                )
                if found:
                    known.append((day, found))
        return known

    def feature(self, tests: Feature) -> Feature:
        """Give the one object that stands for a conjunction of tests."""
        return self._features.setdefault(tests, tests)

    def tracks_of(self, shifts: frozenset[ShiftId]) -> tuple[str, ...]:
        """Give the tracks on which some shifts lie, in order."""
        known = self._tracks_of.get(shifts)
        if known is None:
            tracks = {self._track(shift) for shift in shifts}
            known = self._tracks_of[shifts] = tuple(t for t in self.tracks if t in tracks)
        return known

    def _track(self, shift: ShiftId) -> str:
        return self.facts.shifts[shift].track

    def ones(self, shifts: frozenset[ShiftId]) -> Table:
        """Give the table that counts 1 for each of some shifts."""
        known = self._ones.get(shifts)
        if known is None:
            known = self._ones[shifts] = {self.code_of[shift]: 1 for shift in sorted(shifts)}
        return known

    def spells(
        self, person: str, window: Window, *, whole: bool = False, measure: str = ""
    ) -> list[tuple[int, int]]:
        """Give first and last day of the windows of a person.

        A maximum is judged on them all; a minimum, or a pattern, on the `whole` (known) ones, where
        days are known for which an amount of the `measure` is carried.
        """
        if window.kind == "horizon":
            return [(0, self.last)]
        if window.kind != "rolling":
            known, found = self._known[person], borders(self.problem.horizon, window)
            if not whole:
                return found
            return [w for w in found if uncovered(self.facts, person, measure, *w) <= known]
        found = [(day, day + window.days - 1) for day in self.windows(person, window.days)]
        if found or whole:
            return found
        return [(min(d for d in self._known[person] if d > self.last - window.days), self.last)]

    def parts(
        self,
        person: str,
        first: int,
        last: int,
        amount: Callable[[int, ShiftType], int],
        off: int = 0,
    ) -> tuple[tuple[Cells, Table], ...]:
        """Give `amount(day, shift)` over the known days of a window as parts of a `Linear`.

        Days with the same amounts share one table; a clock change gets one of its own. `amount` is
        asked once a day and shift and remembered, so it has to be hashable and always say the same.
        """
        by_day = self.by_day(person, self.tracks)
        found = []
        for days, table in self._alike(amount, max(first, self.first), min(last, self.last), off):
            cells = tuple(chain.from_iterable(by_day[day] for day in days if day in by_day))
            if cells:
                found.append((cells, table))
        return tuple(found)

    def _alike(
        self, amount: Callable[[int, ShiftType], int], first: int, last: int, off: int
    ) -> list[tuple[list[int], Table]]:
        """Give the days of a window on which something counts, by their table; the same for all."""
        known = self._days_alike.get((amount, first, last, off))
        if known is None:
            days = ((day, self._table(amount, day, off)) for day in range(first, last + 1))
            known = self._days_alike[amount, first, last, off] = alike(days)
        return known

    def _table(self, amount: Callable[[int, ShiftType], int], day: int, off: int) -> Table:
        table = self._tables.get((amount, day, off))
        if table is None:
            made = {OFF: off} if off else {}
            for code, shift in enumerate(self.shift_of):
                if shift is not None:
                    value = amount(day, shift)
                    if value:
                        made[code] = value
            table = self._interned.setdefault(tuple(made.items()), made)
            self._tables[amount, day, off] = table
        return table
