"""Nobody works while away: leave, training, a consultation of an hour."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.people import Absence
from planner.rules.blocks import About, Codes, Linear, Price, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import RosterSpace
from planner.view import RosterView, Worked

_DAY = 1440


@rule("absence")
@dataclass(frozen=True, kw_only=True)
class NotWhileAway(Rule[RosterView, RosterSpace]):
    """No duty overlaps an absence by a minute; a unit is a duty.

    A whole day away lasts from midnight to midnight, so a night that ends in it overlaps it.
    """

    unit, reach = "duty", "person"
    family = "absences"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            clashes: dict[int, list[tuple[Worked, Absence]]] = defaultdict(list)
            absences = view.facts.absences.get(person.id, ())
            for duty in view.duties(person.id, 0, view.horizon.last) if absences else ():
                for absence in absences:
                    if any(s < duty.end and duty.start < e for s, e in self._away(view, absence)):
                        clashes[duty.day].append((duty, absence))
                        break
            for day, found in clashes.items():
                duty, absence = found[0]
                facts = {"shift": duty.shift.id, "absence": absence.id, "reason": absence.reason}
                yield Breach(About("absent", (person.id,), day, day), len(found), facts)

    def _away(self, view: RosterView, absence: Absence) -> Iterator[tuple[int, int]]:
        for day in range(absence.first, absence.last + 1):
            if absence.start is None or absence.end is None:
                yield view.horizon.span(day, 0, _DAY)
            else:
                yield view.horizon.span(day, absence.start, absence.end)

    def prices(self, space: RosterSpace) -> Iterator[Price]:
        for _, cells in self._closed(space):
            if len(cells) == 1:
                cell, codes = cells[0]
                yield Price("absent", (cell,), codes)

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for about, cells in self._closed(space):
            if len(cells) > 1:  # two tracks of one day are one item
                ones = (((cell,), dict.fromkeys(sorted(c.members), 1)) for cell, c in cells)
                yield Linear(about, tuple(ones), hi=0)

    def _closed(self, space: RosterSpace) -> Iterator[tuple[About, list[tuple[int, Codes]]]]:
        """Give for each person and day the cells with the codes that meet an absence."""
        for person in space.people(self.scope):
            for day in self._near(space, space.facts.absences.get(person.id, ())):
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
                cells = []
                for track in space.tracks_of(met):
                    own = space.code_set(met, track)
                    cells += [(cell, own) for cell in space.cells_on(person.id, day, track=track)]
                yield About("absent", (person.id,), day, day), cells

    def _near(self, space: RosterSpace, absences: Iterable[Absence]) -> list[int]:
        days = {day for a in absences for day in range(a.first - 1, a.last + 2)}
        return sorted(day for day in days if 0 <= day <= space.last)
