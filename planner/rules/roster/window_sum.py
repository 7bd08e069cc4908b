"""How many minutes a person works, at most or at least, in a window of days."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from planner.people import StaffMember
from planner.rostering import ShiftType
from planner.rules.blocks import About, Cells, Linear, Row, Table
from planner.rules.contract import Breach, choice, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.rules.spells import LONGEST, stretches
from planner.rules.windowed import Windowed, earliest
from planner.rules.windows import KINDS, carried, pieces
from planner.view import RosterView, Worked


@rule("window_sum")
@dataclass(frozen=True, kw_only=True)
class WindowSum(Windowed):
    """Minutes of duties with `tag` stay between `least` and `most`; a unit is a minute outside.

    A duty counts whole on the day on which it starts, or each civil day has its own minutes
    (`split` midnight). `effective` minutes are the elapsed ones less the pause. Duties tagged
    `heavier` count `heavier_by` per thousand more.
    """

    window: str = choice("rolling", *KINDS)
    measure: str = choice("effective", "effective", "elapsed")
    split: str = choice("start", "start", "midnight")
    heavier: str = shift_tag("")
    heavier_by: int = whole(0, high=1000)
    least: int | None = whole(None, unit="minute", high=300_000, optional=True)
    most: int | None = whole(2880, unit="minute", high=300_000, optional=True)
    unit, reach = "minute", "person"
    family = "hours"

    def about(self, person: str, first: int, last: int, *, many: bool) -> About:
        """Give the item of a window; minutes split at midnight may be of the night before it."""
        week = "_week" if self.window == "week" else ""
        back = first - (self.split == "midnight")
        return About(f"hours_{'many' if many else 'few'}{week}", (person,), back, last)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            most_in, least_in = self.judged(view, person.id, self.most, self.least)
            minutes = Running(self._by_day(view, person.id, earliest(most_in, least_in)))
            if self.most is not None:
                for window in most_in:
                    worked = self._worked(view, person.id, minutes, *window)
                    most = self.bound(view.facts, person, self.most, window, up=False)
                    if worked > most:
                        about = self.about(person.id, *window, many=True)
                        yield self._breach(view, about, worked, most)
            if self.least is not None:
                for window in least_in:
                    worked = self._worked(view, person.id, minutes, *window)
                    least = self.bound(view.facts, person, self.least, window, up=True)
                    if worked < least:
                        about = self.about(person.id, *window, many=False)
                        yield self._breach(view, about, worked, least)

    def _by_day(self, view: RosterView, person: str, first: int) -> Counter[int]:
        if not view.facts.shift_ids(self.tag):
            return Counter()
        before = view.of_past.get((self, person, first))
        if before is None:
            before = self._counted(view, view.duties(person, first - LONGEST, -1))
            view.of_past[self, person, first] = before
        minutes = self._counted(view, view.duties(person, 0, view.horizon.last))
        for day, worked in before.items():
            minutes[day] += worked
        return minutes

    def _counted(self, view: RosterView, duties: Iterable[Worked]) -> Counter[int]:
        minutes: Counter[int] = Counter()
        for duty in duties:
            if self.tag not in duty.shift.tags and self.tag != duty.shift.id:
                continue
            heavier = self.heavier in duty.shift.tags or self.heavier == duty.shift.id
            off = duty.shift.pause if self.measure == "effective" else 0
            parts = {duty.day: duty.end - duty.start - off}
            if self.split == "midnight":
                here, over = pieces(view.facts, duty.day, duty.shift.id, pause=off > 0)
                parts = {duty.day: here, duty.day + 1: over}
            for day, lasting in parts.items():
                if self.counts(view.facts, day):
                    minutes[day] += self._weighed(lasting, heavier=heavier)
        return minutes

    def _weighed(self, minutes: int, *, heavier: bool) -> int:
        return minutes + minutes * (self.heavier_by if heavier else 0) // 1000

    def _worked(
        self, view: RosterView, person: str, minutes: "Running", first: int, last: int
    ) -> int:
        worked = minutes.between(first, last)
        for each in carried(view.facts, person, self.measured, first, last):
            worked += each.amount - minutes.between(each.since, each.until)
        return worked

    def _breach(self, view: RosterView, about: About, worked: int, limit: int) -> Breach:
        year, week = view.horizon.iso_week(about.last)
        from_day = about.first + (self.split == "midnight")
        facts = {"worked": worked, "limit": limit, "off": abs(worked - limit)}
        when = {"from_day": from_day}
        return Breach(about, abs(worked - limit), {**facts, **when, "week": f"{year}-W{week:02d}"})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        amounts = self._amounts(space)
        if not amounts.tagged and self.least is None and not self.carries(space.facts):
            return
        for person in space.people(self.scope):
            if self.most is not None:
                for window in space.spells(person.id, self.windows):
                    parts, before = self._parts(space, person, amounts, window)
                    most = self.bound(space.facts, person, self.most, window, up=False)
                    about = self.about(person.id, *window, many=True)
                    if parts or before > most:  # nobody has such a shift: nothing to say
                        yield Linear(about, parts, hi=most - before)
            if self.least is not None:
                measure = self.measured
                for window in space.spells(person.id, self.windows, whole=True, measure=measure):
                    parts, before = self._parts(space, person, amounts, window)
                    least = self.bound(space.facts, person, self.least, window, up=True)
                    about = self.about(person.id, *window, many=False)
                    yield Linear(about, parts, lo=least - before)

    def _parts(
        self,
        space: RosterSpace,
        person: StaffMember,
        amounts: "_Amounts",
        window: tuple[int, int],
    ) -> tuple[tuple[tuple[Cells, Table], ...], int]:
        """Give what is planned or known day by day in a window, and what is carried."""
        parts: list[tuple[Cells, Table]] = []
        for first, last in stretches(space.facts, person.id, self.measured, *window):
            if self.split == "start":
                parts += space.parts(person.id, first, last, amounts.whole)
            else:
                parts += space.parts(person.id, first - 1, first - 1, amounts.over)
                parts += space.parts(person.id, first, last - 1, amounts.both)
                parts += space.parts(person.id, last, last, amounts.here)
        amount = carried(space.facts, person.id, self.measured, *window)
        return tuple(parts), sum(each.amount for each in amount)

    def _amounts(self, space: RosterSpace) -> "_Amounts":
        facts = space.facts
        return _Amounts(self, space, facts.shift_ids(self.tag), facts.shift_ids(self.heavier))


class _Amounts:
    """What a shift of a day counts: the whole of it, or by civil day."""

    def __init__(
        self,
        rule: WindowSum,
        space: RosterSpace,
        tagged: frozenset[str],
        heavier: frozenset[str],
    ) -> None:
        self.rule, self.facts, self.tagged, self.heavier = rule, space.facts, tagged, heavier

    def whole(self, day: int, shift: ShiftType) -> int:
        """Give all minutes of a shift, if its day counts."""
        if shift.id not in self.tagged or not self.rule.counts(self.facts, day):
            return 0
        start, end = self.facts.span(day, shift.id)
        pause = shift.pause if self.rule.measure == "effective" else 0
        return self._more(end - start - pause, shift)

    def here(self, day: int, shift: ShiftType) -> int:
        """Give the minutes on the day of the shift."""
        return self._piece(day, shift, 0)

    def over(self, day: int, shift: ShiftType) -> int:
        """Give the minutes on the next day."""
        return self._piece(day, shift, 1)

    def both(self, day: int, shift: ShiftType) -> int:
        """Give the minutes of both days."""
        return self._piece(day, shift, 0) + self._piece(day, shift, 1)

    def _piece(self, day: int, shift: ShiftType, later: int) -> int:
        if shift.id not in self.tagged or not self.rule.counts(self.facts, day + later):
            return 0
        pause = self.rule.measure == "effective"
        return self._more(pieces(self.facts, day, shift.id, pause=pause)[later], shift)

    def _more(self, minutes: int, shift: ShiftType) -> int:
        extra = self.rule.heavier_by if shift.id in self.heavier else 0
        return minutes * (1000 + extra) // 1000


class Running:
    """Minutes by day, added up once for all windows that are asked for.

    >>> Running({3: 60, 1: 420}).between(2, 3)
    60
    """

    def __init__(self, minutes: Mapping[int, int]) -> None:
        self._days = sorted(minutes)
        self._until = [0, *accumulate(minutes[day] for day in self._days)]

    def between(self, first: int, last: int) -> int:
        """Give the minutes of the days from the first to the last."""
        begin = bisect_left(self._days, first)
        return self._until[bisect_right(self._days, last, lo=begin)] - self._until[begin]
