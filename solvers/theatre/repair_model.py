"""The model of the rest of a day: what moves costs beside the score, and that nothing starts before now.

A model with the clock of the cases that may move. Prices of unrest are in units of the score.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from ortools.sat.python import cp_model

from planner.cases import CaseId
from planner.day_struck import Struck
from planner.facts import facts
from planner.hospital import SessionId
from planner.plan import Placement
from solvers.rows.arrays import Bools, Short
from solvers.theatre.programme import Programme
from solvers.theatre.sequence import TimedModel

BUMPED: Final = 100_000
"""A booked patient who is not operated after all: dearer than any standby is worth (measured: without
it six booked patients were exchanged for more valuable ones)."""
ELSEWHERE: Final = 20_000
"""A booked patient in another session, or with another surgeon."""
SHIFTED: Final = 3_000
A_MINUTE: Final = 10
"""Another start for a booked patient, and each minute of it."""
CALLED: Final = 1_000
"""A patient who is called in today."""
LEFT_OUT: Final = 1_000_000
"""An emergency that is not operated: dearer than some booked patients together."""
WAITS: Final = 100
TOO_LATE: Final = 5_000
"""A minute that an emergency waits, and one beyond the time in which it ought to begin."""
AT_HOME: Final = 2_000
"""A surgeon for an emergency who operates nothing else that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What else an answer has to be: sessions over by a time, others bumped than these."""

    ends: Mapping[SessionId, int] = field(default_factory=dict)
    unlike: tuple[frozenset[CaseId], ...] = ()


class Unrest:
    """What answers to an event ask of patients and staff, in units of the score."""

    def __init__(
        self, struck: Struck, booked: Mapping[CaseId, Placement], surgeons: frozenset[str]
    ) -> None:
        self.struck = struck
        self.booked = booked
        self.known, self.day = facts(struck.problem), struck.moment.day
        self.now = self.known.passed(self.day, struck.moment.now)  # that pass since midnight
        self.emergency = struck.case if struck.event.kind == "emergency" else None
        within = struck.event.within
        self.limit = None if within is None else self.now + within
        self.here = {*surgeons, None}

    def of(self, case: CaseId, after: Placement | None) -> int:
        """Give what it costs that a case goes there; None: it waits."""
        before = self.booked.get(case)
        if case == self.emergency:
            return LEFT_OUT if after is None else self._emergency(after)
        if before is None:
            return 0 if after is None else CALLED
        if after is None:
            return BUMPED
        there = (after.session, after.surgeon) == (before.session, before.surgeon)
        if after.start is None or before.start is None:
            return SHIFTED if there else ELSEWHERE
        apart = abs(self.begin(after.start) - self.begin(before.start))
        return A_MINUTE * apart + (ELSEWHERE if not there else SHIFTED if apart else 0)

    def begin(self, start: int) -> int:
        """Give a start in minutes that pass after midnight."""
        return self.known.passed(self.day, start)

    def _emergency(self, after: Placement) -> int:
        start = self.now if after.start is None else self.begin(after.start)
        late = 0 if self.limit is None else max(0, start - self.limit)
        home = 0 if after.surgeon in self.here else AT_HOME
        return WAITS * (start - self.now) + TOO_LATE * late + home


class RepairModel(TimedModel):
    """A model whose objective has the unrest in it, and whose cases start from now on."""

    def __init__(
        self,
        programme: Programme,
        free: Short,
        allowed: Bools,
        unrest: Unrest,
        shut: Collection[SessionId],
        wish: Wish,
    ) -> None:
        super().__init__(programme, free, allowed)
        self.unrest = unrest
        self._literals: dict[int, dict[int, cp_model.IntVar]] = defaultdict(dict)
        for slot, literal in self.sub.literal.items():
            self._literals[int(self.sub.compiled.slot_cell[slot])][slot] = literal
        self._bound(shut, wish)
        for cell in self.sub.cells.tolist():
            self._price(cell)
        for cases in wish.unlike:
            self._unlike(cases)
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        self.sub.minimise()

    def _bound(self, shut: Collection[SessionId], wish: Wish) -> None:
        """Nothing starts before now, nor in a session that is shut; some end by a time."""
        unit = self.frame.unit
        for part in self._days:
            for number, taken in enumerate(part.taken):
                if taken.fixed is not None:
                    continue
                literal, choice = self.frame.literal(taken), part.clock.choices[number]
                start = self.frame.start[taken.cell] * unit
                self.model.add(start >= self.unrest.now).only_enforce_if(literal)
                if choice.session.id in shut:
                    self.model.add(literal == 0)
                end = wish.ends.get(choice.session.id)
                if end is not None:
                    self.model.add(start + choice.minutes <= end).only_enforce_if(literal)

    def _price(self, cell: int) -> None:
        case = self.ground.space.cases[cell].id
        if case == self.unrest.emergency:
            self._price_emergency(cell)
            return
        before = self.unrest.booked.get(case)
        placed: list[tuple[cp_model.IntVar, bool]] = []
        for slot, literal in self._literals[cell].items():
            placement = self._placement(slot)
            if placement is None or before is None:
                self.sub.cost(literal, self.unrest.of(case, placement))
                continue
            there = (placement.session, placement.surgeon) == (before.session, before.surgeon)
            self.sub.cost(literal, 0 if there else ELSEWHERE)
            placed.append((literal, there))
        if before is not None and before.start is not None and placed:
            self._price_start(cell, placed, self.unrest.begin(before.start))

    def _price_start(
        self, cell: int, placed: list[tuple[cp_model.IntVar, bool]], before: int
    ) -> None:
        """Another start costs something by itself in the same place, and each minute of it anywhere."""
        start, unit = self.frame.start[cell], self.frame.unit
        now = self.frame.first[cell] * unit - before
        most = 3 * 1440 // unit
        apart = self.sub.whole(0, most, "", abs(now) // unit)
        other = self.sub.boolean("", hint=now != 0)
        for literal, there in placed:
            self.model.add(apart >= start - before // unit).only_enforce_if(literal)
            self.model.add(apart >= before // unit - start).only_enforce_if(literal)
            if there:
                self.model.add(apart <= most * other).only_enforce_if(literal)
        self.sub.cost(other, SHIFTED)
        self.sub.cost(apart, A_MINUTE * unit)

    def _price_emergency(self, cell: int) -> None:
        start, unit = self.frame.start.get(cell), self.frame.unit
        placed = []
        for slot, literal in self._literals[cell].items():
            placement = self._placement(slot)
            if placement is None:
                self.sub.cost(literal, LEFT_OUT)
                continue
            placed.append(literal)
            if placement.surgeon not in self.unrest.here:
                self.sub.cost(literal, AT_HOME)
        if start is None:
            return
        for since, price in ((self.unrest.now, WAITS), (self.unrest.limit, TOO_LATE)):
            if since is None:
                continue
            waits = self.sub.whole(0, 3 * 1440, "", max(0, self.frame.first[cell] * unit - since))
            for literal in placed:
                self.model.add(waits >= start * unit - since).only_enforce_if(literal)
            self.sub.cost(waits, price)

    def _placement(self, slot: int) -> Placement | None:
        """Give where a slot puts its case, without a start; None: it waits."""
        code = int(self.sub.compiled.slot_code[slot])
        if code <= 0:
            return None
        option = self.ground.space.options[code - 1]
        return Placement(option.case.id, option.session.id, option.surgeon)

    def _unlike(self, cases: frozenset[CaseId]) -> None:
        """One at least of these cases is operated."""
        cells = [self.ground.space.cell_of[case] for case in cases]
        out = [self.sub.literal.get(int(self.ground.layout.out[cell])) for cell in cells]
        known = [literal for literal in out if literal is not None]
        if len(known) == len(cells):
            self.model.add(cp_model.LinearExpr.sum(known) <= len(known) - 1)
