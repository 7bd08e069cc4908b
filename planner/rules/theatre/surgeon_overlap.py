"""A surgeon does one case at a time (T04)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from planner.facts import Facts
from planner.rules.blocks import About, Cells, Feature, Linear, Row, Table
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.crowding import Held, held, overlaps
from planner.rules.hands import critical, spared
from planner.rules.hours import inside, joined, length, running, without
from planner.rules.space import Column, TheatreSpace
from planner.rules.timing import NoOverlap, Stretch, TheatreDay
from planner.view import Placed, TheatreView

CROWDED: Final = 60  # what the guide takes for a minute too many of a half-day, as for overtime


@rule("surgeon_overlap")
@dataclass(frozen=True, kw_only=True)
class SurgeonOverlap(Rule[TheatreView, TheatreSpace]):
    """A surgeon has `changeover` minutes between any two cases; a unit is a minute that overlaps.

    One breach a pair of cases. A surgeon of two theatres is needed in the critical part of a case
    only. A day on which one of her cases has no start is judged by its sum: the minutes that she is
    needed and the changeovers against the time that theatres run, overtime included, and she is not
    away.
    `apart` guides the search: what a session more than she has theatres seems to cost in a half-day,
    about six times a change of room.
    """

    changeover: int = whole(0, unit="minute", high=120)
    apart: int = whole(3000, unit="point", high=100_000)
    unit, reach = "minute", None
    family, scoped = "surgeons", "surgeon"

    def capacity(self, facts: Facts, surgeon: str, day: int) -> int:
        """Give the minutes that her cases and changeovers of a day can fill."""
        there = without(running(facts, day), facts.absent(surgeon, day))
        return length(joined((start, end + self.changeover) for start, end in there))

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        timed: dict[str, list[Held]] = defaultdict(list)
        for (surgeon, day), together in view.surgeon_days(self.changeover).items():
            if not self.scope.holds(view.facts.surgeon_tags[surgeon]):
                continue
            if all(placed.start is not None for placed in together):
                timed[surgeon].extend(self._held(view, surgeon, placed) for placed in together)
                continue
            needed = (critical(view.facts, p.case, surgeon, p.minutes) for p in together)
            used = sum(minutes + self.changeover for minutes in needed)
            room = self.capacity(view.facts, surgeon, day)
            if used > room:
                about = About("surgeon_full", (surgeon,), day, day)
                yield Breach(about, used - room, {"surgeon": surgeon, "used": used, "room": room})
        for surgeon, all_held in timed.items():
            what = _message(view.facts, surgeon)
            for pair in overlaps(all_held):
                other, case = pair.cases
                about = About(what, (surgeon, *pair.cases), *pair.days)
                facts: dict[str, int | str] = {"surgeon": surgeon, "case": case, "other": other}
                facts |= {"changeover": self.changeover}
                yield Breach(about, pair.minutes, facts)

    def _held(self, view: TheatreView, surgeon: str, placed: Placed) -> Held:
        opening, closing = spared(view.facts, placed.case, surgeon)
        return held(view.horizon, placed, before=-opening, after=self.changeover - closing)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        for surgeon in space.problem.surgeons:
            if self.scope.holds(space.facts.surgeon_tags[surgeon.id]):
                days: dict[int, list[_Block]] = defaultdict(list)
                for column in space.with_surgeon(surgeon.id).values():
                    days[column.session.day].append(_Block(column, space.none_of(column)))
                for day, blocks in days.items():
                    yield self._day(space, surgeon.id, day, blocks)
                    yield from self._guides(space, surgeon.id, day, blocks)

    def _day(self, space: TheatreSpace, surgeon: str, day: int, blocks: list["_Block"]) -> Linear:
        longer = self.changeover
        about = About("surgeon_full", (surgeon,), day, day)
        needed = ((column, _needed(space, surgeon, column)) for column, _ in blocks)
        load = _joined(
            (column, [each + longer for each in minutes] if longer else minutes)
            for column, minutes in needed
        )
        hi = self.capacity(space.facts, surgeon, day)
        given = ("surgeon_away", "in_session", "session_overtime")
        return Linear(about, (load,), hi=hi, kind="relaxation", given=given)

    def _guides(
        self, space: TheatreSpace, surgeon: str, day: int, blocks: list["_Block"]
    ) -> Iterator[Linear]:
        """A session a half-day and theatre of hers, no more minutes than they have in the half-day."""
        facts, about = space.facts, About("surgeon_apart", (surgeon,), day, day)
        noon = facts.passed(day, space.problem.noon)
        for first, last in ((0, noon), (noon, 2 * 1440)):
            half = [
                block
                for block in blocks
                if facts.opens(block.column.session) < last
                and facts.closes(block.column.session) > first
            ]
            if len(half) < 2:
                continue
            lo = len(half) - facts.surgeons[surgeon].rooms
            if lo > 0:
                absent = tuple((block.absent, 1) for block in half)
                yield Linear(about, features=absent, lo=lo, each=self.apart, kind="guide")
            columns = [block.column for block in half]
            load = _joined((c, _share(space, c, _needed(space, surgeon, c))) for c in columns)
            sessions = [block.column.session for block in half]
            open_to = joined((facts.opens(each), facts.closes(each)) for each in sessions)
            there = without(open_to, facts.absent(surgeon, day))
            hi = length(inside(there, first, last))
            yield Linear(about, (load,), hi=hi, each=CROWDED, kind="guide")

    def timing(self, day: TheatreDay) -> Iterator[NoOverlap]:
        stretches: dict[str, list[Stretch]] = defaultdict(list)
        for choice in day.choices:
            if choice.surgeon is not None:
                opening, closing = spared(day.facts, choice.case, choice.surgeon)
                after = self.changeover - closing
                stretch = Stretch(choice.number, before=-opening, after=after)
                stretches[choice.surgeon].append(stretch)
        for surgeon, found in stretches.items():
            if len(found) > 1 and self.scope.holds(day.facts.surgeon_tags[surgeon]):
                about = About(_message(day.facts, surgeon), (surgeon,), day.day, day.day)
                yield NoOverlap(about, tuple(found))


class _Block(NamedTuple):
    """The options of a surgeon in a session, and that none of them is taken."""

    column: Column
    absent: Feature


def _joined(loads: Iterable[tuple[Column, Sequence[int]]]) -> tuple[Cells, Table]:
    cells: dict[int, None] = {}
    table: dict[int, int] = {}
    for column, minutes in loads:
        cells.update(dict.fromkeys(column.cells))
        table.update(zip(column.codes, minutes, strict=True))
    return tuple(cells), table


def _needed(space: TheatreSpace, surgeon: str, column: Column) -> Sequence[int]:
    """Give the minutes for which the surgeon is needed in each of her options."""
    if space.facts.surgeons[surgeon].rooms < 2:
        return column.minutes
    cases = (space.cases[cell] for cell in column.cells)
    both = zip(cases, column.minutes, strict=True)
    return [critical(space.facts, case, surgeon, minutes) for case, minutes in both]


def _share(space: TheatreSpace, column: Column, needed: Sequence[int]) -> Sequence[int]:
    """Give the minutes in a half-day: a session over noon counts half to each."""
    if not column.session.start < space.problem.noon < column.session.end:
        return needed
    return [(minutes + 1) // 2 for minutes in needed]


def _message(facts: Facts, surgeon: str) -> str:
    """Give what is said of two cases at once, by the theatres in which she may work."""
    return "surgeon_overlap" if facts.surgeons[surgeon].rooms < 2 else "surgeon_both"
