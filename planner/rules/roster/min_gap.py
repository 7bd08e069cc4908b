"""How long a person rests between two duties."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from planner.clock import MINUTES_A_DAY
from planner.people import ShiftId
from planner.rostering import CALLOUT, ShiftType
from planner.rules.blocks import About, Feature, Linear, Never, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.rules.spells import LONGEST
from planner.view import RosterView, Worked

Clashes: TypeAlias = dict[tuple[str, str, str], dict[frozenset[ShiftId], list[ShiftId]]]
"""(message, track of the earlier day, track of the later) → later shifts → earlier shifts."""


@rule("min_gap")
@dataclass(frozen=True, kw_only=True)
class MinGap(Rule[RosterView, RosterSpace]):
    """From the end of a duty with `before` to the start of one with `after` pass `minutes` or more.

    Minutes are those that really pass, over clock changes too. With 0 minutes duties may touch and
    not overlap. A unit is a pair of duties, a day or several apart or on two tracks of a day.

    Before a call-out from home no rest is owed, unless `after` is its own tag: nobody chooses when it
    comes, and the rest counts from its end.
    """

    before: str = shift_tag("work")
    after: str = shift_tag("work")
    minutes: int = whole(720, unit="minute", high=20_160)
    reach = "person"
    family = "rest"

    def owed(self, late: ShiftType) -> int:
        """Give the minutes that have to pass before a shift."""
        return 0 if CALLOUT in late.tags and self.after not in (CALLOUT, late.id) else self.minutes

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        since = -(self.minutes // MINUTES_A_DAY + 1 + LONGEST)
        for person in view.people(self.scope):
            duties = view.duties(person.id, since, view.horizon.last)
            found: dict[About, list[Breach]] = defaultdict(list)
            for place, early in enumerate(duties):
                for late in duties[place + 1 :]:
                    if late.start - early.end >= self.minutes:
                        break
                    if late.start - early.end >= self.owed(late.shift):
                        continue
                    if max(early.day, late.day) >= 0 and self._meant(view, early, late):
                        breach = self._breach(person.id, early, late)
                        found[breach.about].append(breach)
            for about, pairs in found.items():
                yield Breach(about, len(pairs), pairs[0].facts)

    def _meant(self, view: RosterView, early: Worked, late: Worked) -> bool:
        first, second = view.facts.shift_ids(self.before), view.facts.shift_ids(self.after)
        if early.shift.id in first and late.shift.id in second:
            return True
        same = early.start == late.start
        return same and late.shift.id in first and early.shift.id in second

    def _breach(self, person: str, early: Worked, late: Worked) -> Breach:
        rest = late.start - early.end
        days = sorted((early.day, late.day))
        about = About("duties_overlap" if rest < 0 else "rest_short", (person,), days[0], days[1])
        facts = {
            "rest": rest,
            "least": self.minutes,
            "short": self.minutes - rest,
            "overlap": -rest,
        }
        shifts = {"early": early.shift.id, "late": late.shift.id}
        return Breach(about, 1, {**facts, **shifts, "early_day": early.day, "late_day": late.day})

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        longest = max((shift.end for shift in space.problem.shifts), default=0)
        apart = (self.minutes + longest + 60) // 1440  # an hour for a clock change
        pairs = [
            (day, later, self._clashes(space, day, later))
            for later in range(space.last + 1)
            for day in range(later - apart, later + 1)
        ]
        for person in space.people(self.scope):
            for day, later, clashes in pairs:
                if clashes and space.known(person.id, day) and space.known(person.id, later):
                    yield from self._rows(space, person.id, day, later, clashes)

    def _rows(
        self, space: RosterSpace, person: str, day: int, later: int, clashes: Clashes
    ) -> Iterator[Row]:
        items: dict[str, dict[tuple[str, str], list[Feature]]] = defaultdict(dict)
        for (what, track, other), shifts in clashes.items():
            one = space.by_day(person, (track,))[day]
            two = space.by_day(person, (other,))[later]
            items[what][track, other] = [
                ((one, space.code_set(firsts)), (two, space.code_set(seconds)))
                for seconds, firsts in shifts.items()
            ]
        for what, by_tracks in items.items():
            about = About(what, (person,), day, later)
            pairs = [pair for pairs in by_tracks.values() for pair in pairs]
            if len(by_tracks) == 1:  # no two of them hold together
                for pair in pairs:
                    yield Never(about, pair)
            else:
                both = ((space.feature(pair), 1) for pair in pairs)
                yield Linear(about, features=tuple(both), hi=0)

    def _clashes(self, space: RosterSpace, day: int, later: int) -> Clashes:
        """Find the pairs of shifts on two days that are too close, by message and tracks."""
        found: dict[tuple[str, str, str], dict[ShiftId, set[ShiftId]]] = {}
        facts, before, after = (
            space.facts,
            space.facts.shift_ids(self.before),
            space.facts.shift_ids(self.after),
        )
        for one in space.problem.shifts:
            begin, end = facts.span(day, one.id)
            for two in space.problem.shifts:
                if day == later and space.tracks.index(one.track) >= space.tracks.index(two.track):
                    continue  # one cell cannot clash with itself, and a pair counts once
                start, stop = facts.span(later, two.id)
                rests = []
                if begin <= start and one.id in before and two.id in after:
                    rests.append((start - end, self.owed(two)))
                if start <= begin and two.id in before and one.id in after:
                    rests.append((begin - stop, self.owed(one)))
                short = [rest for rest, owed in rests if rest < owed]
                if short:
                    what = "duties_overlap" if min(short) < 0 else "rest_short"
                    key = what, one.track, two.track
                    found.setdefault(key, {}).setdefault(one.id, set()).add(two.id)
        return {key: _by_later(shifts) for key, shifts in found.items()}


def _by_later(shifts: dict[ShiftId, set[ShiftId]]) -> dict[frozenset[ShiftId], list[ShiftId]]:
    grouped: dict[frozenset[ShiftId], list[ShiftId]] = defaultdict(list)
    for first, seconds in shifts.items():
        grouped[frozenset(seconds)].append(first)
    return dict(grouped)
