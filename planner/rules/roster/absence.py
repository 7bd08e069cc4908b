"""Nobody works while away: leave, training, a consultation of an hour; nor after her last day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.people import Absence, ShiftId
from planner.rules.blocks import About, Codes, Linear, Price, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import RosterSpace
from planner.view import RosterView, Worked

_DAY = 1440


@rule("absence")
@dataclass(frozen=True, kw_only=True)
class NotWhileAway(Rule[RosterView, RosterSpace]):
    """No duty overlaps an absence by a minute; a unit is a duty.

    A whole day away lasts from midnight to midnight, so a night that ends in it overlaps it. A night
    that begins on a person's last day is still hers; every duty of a later day is one unit.
    """

    unit, reach = "duty", "person"
    family = "absences"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            clashes: dict[int, list[tuple[Worked, Absence]]] = defaultdict(list)
            absences = [
                (each, [*self._away(view, each)]) for each in view.facts.absences.get(person.id, ())
            ]
            last = view.facts.last_days.get(person.id, view.horizon.last)
            yield from self._after(view, person.id, last)
            for duty in view.duties(person.id, 0, last) if absences else ():
                for absence, away in absences:
                    if any(s < duty.end and duty.start < e for s, e in away):
                        clashes[duty.day].append((duty, absence))
                        break
            for day, found in clashes.items():
                duty, absence = found[0]
                facts = {"shift": duty.shift.id, "absence": absence.id, "reason": absence.reason}
                yield Breach(About("absent", (person.id,), day, day), len(found), facts)

    def _after(self, view: RosterView, person: str, last: int) -> Iterator[Breach]:
        """Give the days after a person's last one on which she works."""
        for day in range(max(last + 1, 0), view.horizon.last + 1):
            duties = view.duties(person, day, day)
            if duties:
                facts: dict[str, int | str] = {"shift": duties[0].shift.id, "until": last}
                yield Breach(About("left", (person,), day, day), len(duties), facts)

    def _away(self, view: RosterView, absence: Absence) -> Iterator[tuple[int, int]]:
        for day in range(absence.first, absence.last + 1):
            if absence.start is None or absence.end is None:
                yield view.horizon.span(day, 0, _DAY)
            else:
                yield view.horizon.span(day, absence.start, absence.end)

    def prices(self, space: RosterSpace) -> Iterator[Price]:
        for about, cells in self._closed(space):
            if len(cells) == 1:
                cell, codes = cells[0]
                yield Price(about.what, (cell,), codes)

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for about, cells in self._closed(space):
            if len(cells) > 1:  # two tracks of one day are one item
                ones = (((cell,), dict.fromkeys(sorted(c.members), 1)) for cell, c in cells)
                yield Linear(about, tuple(ones), hi=0)

    def _closed(self, space: RosterSpace) -> Iterator[tuple[About, list[tuple[int, Codes]]]]:
        """Give for each person and day the cells with the codes that meet an absence or come too late."""
        every = frozenset(shift.id for shift in space.problem.shifts)
        for person in space.people(self.scope):
            last = space.facts.last_days.get(person.id, space.last)
            for day in range(max(last + 1, 0), space.last + 1):
                about = About("left", (person.id,), day, day)
                yield about, self._cells(space, person.id, day, every)
            for day in self._near(space.facts.absences.get(person.id, ()), last):
                away = [
                    space.facts.horizon.span(other, *stretch)
                    for other in (day - 1, day, day + 1)
                    for stretch in space.facts.away(person.id, other)
                ]
                met = frozenset(
                    shift.id
                    for shift in space.problem.shifts
                    for start, end in (space.facts.span(day, shift.id),)
                    if any(first < end and start < last for first, last in away)
                )
                about = About("absent", (person.id,), day, day)
                yield about, self._cells(space, person.id, day, met)

    def _cells(
        self, space: RosterSpace, person: str, day: int, shifts: frozenset[ShiftId]
    ) -> list[tuple[int, Codes]]:
        cells = []
        for track in space.tracks_of(shifts):
            own = space.code_set(shifts, track)
            cells += [(cell, own) for cell in space.cells_on(person, day, track=track)]
        return cells

    def _near(self, absences: Iterable[Absence], last: int) -> list[int]:
        days = {day for a in absences for day in range(a.first - 1, a.last + 2)}
        return sorted(day for day in days if 0 <= day <= last)
