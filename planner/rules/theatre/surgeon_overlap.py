"""A surgeon does one case at a time (T04)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from planner.facts import Facts
from planner.rules.blocks import About, Cells, Feature, Linear, Row, Table
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.crowding import Held, held, overlaps
from planner.rules.hours import inside, joined, length, running, without
from planner.rules.space import Column, TheatreSpace
from planner.rules.timing import NoOverlap, Stretch, TheatreDay
from planner.view import TheatreView

CROWDED: Final = 60  # what the guide takes for a minute too many of a half-day, as for overtime


@rule("surgeon_overlap")
@dataclass(frozen=True, kw_only=True)
class SurgeonOverlap(Rule[TheatreView, TheatreSpace]):
    """A surgeon has `changeover` minutes between any two cases; a unit is a minute that overlaps.

    One breach a pair of cases. A day on which one of her cases has no start is judged by its sum:
    the minutes and changeovers of her cases against the time that theatres run, overtime included,
    and she is not away.
    `apart` guides the search: what a second session in the same half-day of a surgeon seems to
    cost, about six times a change of room.
    """

    changeover: int = whole(0, unit="minute", high=120)
    apart: int = whole(3000, unit="point", high=100_000)
    unit, reach = "minute", None
    family, scoped = "surgeons", "surgeon"

    def capacity(self, facts: Facts, surgeon: str, day: int) -> int:
        """Give the minutes that her cases and changeovers of a day can fill."""
        there = without(running(facts.sessions_on.get(day, ())), facts.away(surgeon, day))
        return length(joined((start, end + self.changeover) for start, end in there))

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        timed: dict[str, list[Held]] = defaultdict(list)
        for (surgeon, day), together in view.surgeon_days(self.changeover).items():
            if not self.scope.holds(view.facts.surgeon_tags[surgeon]):
                continue
            if all(placed.start is not None for placed in together):
                stretches = (held(view.horizon, p, after=self.changeover) for p in together)
                timed[surgeon].extend(stretches)
                continue
            used = sum(placed.minutes + self.changeover for placed in together)
            room = self.capacity(view.facts, surgeon, day)
            if used > room:
                about = About("surgeon_full", (surgeon,), day, day)
                yield Breach(about, used - room, {"surgeon": surgeon, "used": used, "room": room})
        for surgeon, all_held in timed.items():
            for pair in overlaps(all_held):
                other, case = pair.cases
                about = About("surgeon_overlap", (surgeon, *pair.cases), *pair.days)
                facts: dict[str, int | str] = {"surgeon": surgeon, "case": case, "other": other}
                facts |= {"changeover": self.changeover}
                yield Breach(about, pair.minutes, facts)

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
        load = _joined(
            (column, [minutes + longer for minutes in column.minutes] if longer else column.minutes)
            for column, _ in blocks
        )
        hi = self.capacity(space.facts, surgeon, day)
        given = ("surgeon_away", "in_session", "session_overtime")
        return Linear(about, (load,), hi=hi, kind="relaxation", given=given)

    def _guides(
        self, space: TheatreSpace, surgeon: str, day: int, blocks: list["_Block"]
    ) -> Iterator[Linear]:
        """One session a half-day, and no more minutes than her sessions of the half-day have."""
        noon, about = space.problem.noon, About("surgeon_apart", (surgeon,), day, day)
        for first, last in ((0, noon), (noon, 2 * 1440)):
            half = [
                block
                for block in blocks
                if block.column.session.start < last and block.column.session.end > first
            ]
            if len(half) < 2:
                continue
            absent = tuple((block.absent, 1) for block in half)
            lo = len(half) - 1
            yield Linear(about, features=absent, lo=lo, each=self.apart, kind="guide")
            load = _joined((block.column, _share(block.column, noon)) for block in half)
            sessions = [block.column.session for block in half]
            open_to = joined((session.start, session.end) for session in sessions)
            there = without(open_to, space.facts.away(surgeon, day))
            hi = length(inside(there, first, last))
            yield Linear(about, (load,), hi=hi, each=CROWDED, kind="guide")

    def timing(self, day: TheatreDay) -> Iterator[NoOverlap]:
        stretches: dict[str, list[Stretch]] = defaultdict(list)
        for choice in day.choices:
            if choice.surgeon is not None:
                stretches[choice.surgeon].append(Stretch(choice.number, after=self.changeover))
        for surgeon, found in stretches.items():
            if len(found) > 1 and self.scope.holds(day.facts.surgeon_tags[surgeon]):
                about = About("surgeon_overlap", (surgeon,), day.day, day.day)
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


def _share(column: Column, noon: int) -> Sequence[int]:
    """Give the minutes in a half-day: a session over noon counts half to each."""
    if not column.session.start < noon < column.session.end:
        return column.minutes
    return [(minutes + 1) // 2 for minutes in column.minutes]
