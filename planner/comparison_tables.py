"""A comparison as tables in words: what the command line prints at length and a workbook holds.

A cell is text, or a number where one can be reckoned with; a table knows its title by a message.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from planner.cases import CaseId
from planner.compare import Comparison, KpiRow
from planner.comparison_words import cause_sentence, input_cells, share_sentence
from planner.held_words import held_sentences
from planner.kpi_words import definition, part, row_difference, row_title, sense
from planner.kpis.contract import Outcome
from planner.plan import Placement
from planner.words import clock, day, known, number, say

Cell: TypeAlias = str | int | float | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A title, its columns, and its lines; `tones` are better, worse or "" for each line."""

    title: str
    head: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]
    tones: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Makes the tables of a comparison; `shown` are words for scenarios where names will not do."""

    comparison: Comparison
    outcomes: Mapping[str, Outcome]
    lang: str
    shown: Mapping[str, str] = field(default_factory=dict)

    def every(self) -> Iterator[Table]:
        """Give all tables that hold anything, in the order in which people read them."""
        for table in (
            self.indicators(),
            self.causes(counted=True),
            self.facts(),
            self.placements(),
            self.duties(),
            self.held(),
        ):
            if table.lines:
                yield table

    def indicators(self, *, every: bool = True) -> Table:
        """Give a line an indicator: its values, differences, unit and definition."""
        others = self._others()
        head = [self._say("indicator"), *(self._headed(name) for name in self.comparison.scenarios)]
        head += [self._say("difference", scenario=self.called(name)) for name in others]
        rows = [row for row in self.comparison.kpis if every or row.differs]
        lines = [
            (
                row_title(row, self.lang),
                *(_rounded(row.values[name]) for name in self.comparison.scenarios),
                *(_rounded(row.delta.get(name)) for name in others),
                say(f"kpi.unit.{row.kpi.unit}", self.lang),
                self._say(f"better.{row.kpi.better}"),
                definition(row.kpi, self.lang),
            )
            for row in rows
        ]
        head += [self._say(what) for what in ("unit", "better", "definition")]
        tones = tuple(self._tone(row) for row in rows)
        return self._table("indicators", head, lines, tones)

    def causes(self, *, counted: bool = False) -> Table:
        """Give why indicators differ: a line a cause; the amounts of a figure add up to its total.

        Where they are `counted` amounts are numbers, with their unit beside them.
        """
        lines = []
        for name in self._others():
            for row, told, amount, words in self._causes(name):
                whose = self.called(name), row_title(row, self.lang), told
                unit = say(f"kpi.unit.{row.kpi.unit}", self.lang)
                lines.append((*whose, _rounded(amount), unit) if counted else (*whose, words))
        head = ("scenario", "indicator", "cause", "amount", *(["unit"] if counted else []))
        return self._table("causes", [self._say(each) for each in head], lines)

    def _causes(self, name: str) -> Iterator[tuple[KpiRow, str, float | None, str]]:
        """Give each cause with its row, in words, and its amount as a number and in words."""
        problems = self.outcomes[name].problem, self._base.problem
        for row in self.comparison.kpis:
            found = row.causes.get(name, ())
            for share in row.shares.get(name, ()):
                told = self._say("by_itself", what=share_sentence(share, self.lang, problems))
                yield row, told, share.amount, part(row, share.amount, self.lang)
            delta = row.delta.get(name)
            if not found or not delta:
                continue
            for cause in found:
                told = cause_sentence(cause, self.lang, problems)
                yield row, told, cause.amount, part(row, cause.amount, self.lang)
            yield row, self._say("total"), delta, row_difference(row, name, self.lang)

    def facts(self) -> Table:
        """Give the facts that differ, by scenario, kind, record and field."""
        lines = [
            (self.called(change.scenario), *input_cells(change, self.lang))
            for change in self.comparison.inputs
        ]
        head = ("scenario", "how", "kind", "record", "field", "before", "after")
        return self._table("facts", [self._say(each) for each in head], lines)

    def placements(self) -> Table:
        """Give the cases that are elsewhere: where the reference has them, and where they are."""
        lines = [
            (
                self.called(change.scenario),
                change.case,
                *self._place(change.before, self.comparison.reference),
                *self._place(change.after, change.scenario),
            )
            for change in self.comparison.placements
        ]
        sides = [
            self._say("side", what=self._say(what), side=self._say(side))
            for side in ("before", "after")
            for what in ("theatre", "day", "start", "surgeon")
        ]
        return self._table("placements", [self._say("scenario"), self._say("case"), *sides], lines)

    def duties(self) -> Table:
        """Give the duties that differ: person, day, track, and both shifts."""
        horizon, off = self.comparison.horizon, say("board.off", self.lang)
        lines = [
            (
                self.called(change.scenario),
                change.person,
                horizon.date(change.day),
                _track(change.track, self.lang),
                change.before or off,
                change.after or off,
            )
            for change in self.comparison.duties
        ]
        head = ("scenario", "person", "day", "track", "before", "after")
        return self._table("duties", [self._say(each) for each in head], lines)

    def held(self) -> Table:
        """Give the pins and accepted breaches that differ, in sentences."""
        lines = [
            (self.called(name), sentence)
            for name in self._others()
            for sentence in held_sentences(
                self.comparison, name, self.outcomes[name].problem, self.lang
            )
        ]
        return self._table("held", [self._say("scenario"), self._say("what")], lines)

    def called(self, name: str) -> str:
        """Give the name under which a scenario is shown."""
        return self.shown.get(name, name)

    def _headed(self, name: str) -> str:
        """Give the name of a scenario over its figures, marked where its plan is out of date."""
        stale = name in self.comparison.stale
        return self._say("stale", scenario=self.called(name)) if stale else self.called(name)

    @property
    def _base(self) -> Outcome:
        return self.outcomes[self.comparison.reference]

    def _others(self) -> list[str]:
        return [n for n in self.comparison.scenarios if n != self.comparison.reference]

    def _say(self, word: str, /, **facts: str) -> str:
        return say(f"table.{word}", self.lang, **facts)

    def _tone(self, row: KpiRow) -> str:
        """Give whether the others are all better or all worse, as far as they differ."""
        found = {sense(row.kpi, row.delta.get(name)) for name in self._others()} - {""}
        return found.pop() if len(found) == 1 and row.differs else ""

    def _place(self, placement: Placement | None, name: str) -> tuple[Cell, ...]:
        """Give theatre, day, start and surgeon; the session's code where nobody knows it any more."""
        if placement is None:
            return self._say("waits"), None, None, None
        outcome = self.outcomes[name]
        placed = outcome.theatre.where(CaseId(placement.case))
        start = None if placement.start is None else clock(placement.start)
        if placed is None:
            return str(placement.session), None, start, placement.surgeon
        when = outcome.problem.horizon.date(placed.session.day)
        return str(placed.session.theatre), when, start, placement.surgeon

    def _table(
        self,
        what: str,
        head: Sequence[str],
        lines: Sequence[tuple[Cell, ...]],
        tones: tuple[str, ...] = (),
    ) -> Table:
        return Table(title=self._say(what), head=tuple(head), lines=tuple(lines), tones=tones)


def _track(name: str, lang: str) -> str:
    """Say which of a person's tracks it is; its own name where we have given it none."""
    plain, _, number = name.partition("-")
    message = next((m for m in (f"track.{plain}", f"tag.{plain}") if known(m)), None)
    if message is None or not (number.isdecimal() or not number):
        return name
    return " ".join(filter(None, (say(message, lang), number)))


def _rounded(value: float | None) -> float | int | None:
    return value if value is None or isinstance(value, int) else round(value, 4)


def cell_words(cell: Cell, lang: str) -> str:
    """Write a cell for reading."""
    if cell is None:
        return ""
    match cell:
        case str():
            return cell
        case date():
            return day(cell, lang, "short")
    return number(cell, lang, 0 if isinstance(cell, int) else 1)
