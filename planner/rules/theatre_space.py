"""The decisions of a theatre plan: a case is a cell, its options (session × surgeon) are its codes.

Options come from indexed facts, without those that hard rules close (`closing.py`), and always hold
the placements kept. Code 0 is left out; the codes of a case follow one another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import add
from typing import NamedTuple

from planner.bulk import many_objects
from planner.cached import cached
from planner.cases import Case, CaseId
from planner.facts import facts
from planner.hospital import Session, SessionId, TheatreId
from planner.plan import Placement
from planner.problem import Problem
from planner.rules.blocks import OFF, About, Cells, Codes, Feature, Table
from planner.rules.closing import closing_of
from planner.rules.contract import Scope


class Option(NamedTuple):
    """One way to operate a case: a session and a surgeon, with planned minutes and turnover."""

    code: int
    case: Case
    session: Session
    surgeon: str | None
    minutes: int
    turnover: int
    cell: int


class Column(NamedTuple):
    """Options into one session side by side, to read and not to change.

    What is summed over a session is worked out from these: a hospital has 200 000 options.
    """

    session: Session
    cells: tuple[int, ...]
    codes: tuple[int, ...]
    minutes: tuple[int, ...]
    surgeons: tuple[str | None, ...]

    @property
    def each_cell(self) -> Cells:
        """The cells, each once, in order."""
        return tuple(dict.fromkeys(self.cells))

    def table(self, values: Iterable[int]) -> Table:
        """Give a value for each code."""
        return dict(zip(self.codes, values, strict=True))


class TheatreSpace:
    """Cells are cases; options come from indexed facts and always hold the placements kept."""

    def __init__(self, problem: Problem, kept: Iterable[Placement] = ()) -> None:
        self.problem = problem
        self.facts = facts(problem)
        self.cases = problem.cases
        self.cells = len(problem.cases)
        self.cell_of = {case.id: cell for cell, case in enumerate(problem.cases)}
        self.turnovers = [self.facts.turnover(case) for case in problem.cases]  # by cell
        self.options: list[Option] = []
        self._codes: list[tuple[int, ...]] = []
        with many_objects():
            self._list(kept)
        self.codes = len(self.options) + 1
        self.shared = 1
        self._closed: dict[SessionId, Feature] = {}
        self._absent: dict[tuple[str, int, tuple[TheatreId, ...]], Feature] = {}
        self._columns: dict[SessionId, Column] = {}
        self._load: dict[SessionId, tuple[Cells, Table]] = {}

    def _list(self, kept: Iterable[Placement]) -> None:
        known = self.facts
        wanted: dict[CaseId, list[tuple[Session, str | None]]] = defaultdict(list)
        for placement in kept:
            if placement.session in known.sessions:
                pair = (known.sessions[placement.session], placement.surgeon)
                wanted[placement.case].append(pair)
        closing = closing_of(known)
        first = OFF + 1
        for cell, case in enumerate(self.cases):
            turnover = self.turnovers[cell]
            pairs = list(closing.pairs(case))
            if case.id in wanted:
                pairs += [pair for pair in dict.fromkeys(wanted[case.id]) if pair not in pairs]
            minutes = {surgeon: known.minutes(case, surgeon) for surgeon in {s for _, s in pairs}}
            self.options += [
                Option(code, case, session, surgeon, minutes[surgeon], turnover, cell)
                for code, (session, surgeon) in enumerate(pairs, first)
            ]
            codes = range(first, first + len(pairs))
            self._codes.append((OFF, *codes))
            first = codes.stop

    @cached
    def code_of(self) -> Mapping[tuple[CaseId, SessionId, str | None], int]:
        """The code of each placement that there may be."""
        return {(o.case.id, o.session.id, o.surgeon): o.code for o in self.options}

    @cached
    def _into(self) -> Mapping[SessionId, list[Option]]:
        found: dict[SessionId, list[Option]] = defaultdict(list)
        for option in self.options:
            found[option.session.id].append(option)
        return found

    # --- the compiler's side -----------------------------------------------------------------

    def domain(self, cell: int) -> tuple[int, ...]:
        """Give left out and the options of a case."""
        return self._codes[cell]

    def fixed(self, cell: int) -> int | None:
        """No case is fixed by itself; pins are the engine's."""
        return None

    def owner(self, code: int) -> int | None:
        """Give the cell of an option's case."""
        return None if code == OFF else self.cell_of[self.options[code - 1].case.id]

    def about(self, what: str, cell: int, code: int) -> About:
        """Give the case and its day; the whole horizon when it is left out."""
        case = self.cases[cell]
        if code == OFF:
            return About(what, (case.id,), 0, self.problem.horizon.last)
        day = self.options[code - 1].session.day
        return About(what, (case.id,), day, day)

    def forget(self) -> None:
        """Let go of what rules share while they are read; it is worked out again if asked for."""
        for known in (self._closed, self._absent, self._columns, self._load):
            known.clear()
        for name in ("code_of", "_into", "_days", "_blocks", "_places"):
            self.__dict__.pop(name, None)

    # --- the rules' side ---------------------------------------------------------------------

    def sessions(self, scope: Scope) -> Iterator[Session]:
        """Give the sessions that a scope means (specialty, theatre, suite, session)."""
        tags = self.facts.session_tags
        return (s for s in self.problem.sessions if not scope.tags or scope.holds(tags[s.id]))

    def cases_in(self, scope: Scope) -> Iterator[Case]:
        """Give the cases that a scope means."""
        tags = self.facts.case_tags
        return (c for c in self.cases if not scope.tags or scope.holds(tags[c.id]))

    def option(self, code: int) -> Option:
        """Give the option of a code above 0."""
        return self.options[code - 1]

    def options_of(self, case: CaseId) -> list[Option]:
        """Give the options of a case; their codes follow one another."""
        codes = self._codes[self.cell_of[case]]
        return self.options[codes[1] - 1 : codes[-1]] if len(codes) > 1 else []

    @cached
    def _days(self) -> list[dict[int, list[int]]]:
        found: list[dict[int, list[int]]] = []
        for codes in self._codes:
            days: dict[int, list[int]] = {}
            for option in self.options[codes[1] - 1 : codes[-1]] if len(codes) > 1 else ():
                day = option.session.day
                if day in days:
                    days[day].append(option.code)
                else:
                    days[day] = [option.code]
            found.append(days)
        return found

    def days_of(self, cell: int) -> Mapping[int, list[int]]:
        """Give the codes of a case's options by day."""
        return self._days[cell]

    def into(self, session: Session) -> list[Option]:
        """Give the options into a session."""
        return self._into.get(session.id, [])

    def column(self, session: Session) -> Column:
        """Give the options into a session side by side, in the order of `into`."""
        known = self._columns.get(session.id)
        if known is None:
            known = self._columns[session.id] = _column(session, self.into(session))
        return known

    def cells_of(self, options: Iterable[Option]) -> Cells:
        """Give the cells of some options, each once, in order."""
        return tuple(dict.fromkeys([option.cell for option in options]))

    def codes_in(self, options: Iterable[Option]) -> Codes:
        """Give the codes of some options."""
        return Codes(frozenset([option.code for option in options]))

    def left_out(self, case: CaseId) -> Feature:
        """Give the feature "this case waits"."""
        return (((self.cell_of[case],), Codes(frozenset({OFF}))),)

    def part(
        self, options: Sequence[Option], value: Callable[[Option], int]
    ) -> tuple[Cells, Table]:
        """Give a value per option as a part of a `Linear`."""
        table = dict(zip([option.code for option in options], map(value, options), strict=True))
        return self.cells_of(options), table

    def load(self, session: Session) -> tuple[Cells, Table]:
        """Give the minutes and turnovers of a session's options, as one part for all rules."""
        known = self._load.get(session.id)
        if known is None:
            column = self.column(session)
            turnovers = [self.turnovers[cell] for cell in column.cells]
            table = column.table(map(add, column.minutes, turnovers))
            known = self._load[session.id] = column.each_cell, table
        return known

    def session_closed(self, session: Session) -> Feature:
        """Give the feature "no case in this session"."""
        known = self._closed.get(session.id)
        if known is None:
            known = self._closed[session.id] = _none_of(self.column(session))
        return known

    def surgeon_absent(self, surgeon: str, day: int, *theatres: TheatreId) -> Feature:
        """Give the feature "this surgeon has no case in any of these theatres on this day".

        One test for all of them: a case that may be in several would else be a test for each.
        """
        known = self._absent.get((surgeon, day, theatres))
        if known is None:
            places = (self._places.get((surgeon, theatre, day), []) for theatre in theatres)
            known = self._absent[surgeon, day, theatres] = _none_of(*chain.from_iterable(places))
        return known

    @cached
    def _blocks(self) -> Mapping[str, Mapping[SessionId, Column]]:
        found: dict[str, dict[SessionId, list[Option]]] = defaultdict(lambda: defaultdict(list))
        for option in self.options:
            if option.surgeon is not None:
                found[option.surgeon][option.session.id].append(option)
        return {
            surgeon: {id: _column(options[0].session, options) for id, options in mine.items()}
            for surgeon, mine in found.items()
        }

    def with_surgeon(self, surgeon: str) -> Mapping[SessionId, Column]:
        """Give the options with a surgeon by session."""
        return self._blocks.get(surgeon, {})

    @cached
    def _places(self) -> Mapping[tuple[str, TheatreId, int], list[Column]]:
        found: dict[tuple[str, TheatreId, int], list[Column]] = defaultdict(list)
        for surgeon, blocks in self._blocks.items():
            for column in blocks.values():
                found[surgeon, column.session.theatre, column.session.day].append(column)
        return found

    def none_of(self, column: Column) -> Feature:
        """Give the feature "none of these options is taken"; always true without any."""
        return _none_of(column)


def _column(session: Session, options: list[Option]) -> Column:
    if not options:
        return Column(session, (), (), (), ())
    codes, _, _, surgeons, minutes, _, cells = zip(*options, strict=True)
    return Column(session, cells, codes, minutes, surgeons)


def _none_of(*columns: Column) -> Feature:
    cells = tuple(dict.fromkeys(chain.from_iterable([column.cells for column in columns])))
    codes = frozenset(chain.from_iterable([column.codes for column in columns]))
    return ((cells, Codes(codes, negated=True)),)
