"""People work only the shifts that they may."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.people import ShiftId
from planner.rostering import CALLOUT
from planner.rules.blocks import About, Linear, Price, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("allowed_shifts")
@dataclass(frozen=True, kw_only=True)
class AllowedShifts(Rule[RosterView, RosterSpace]):
    """A person who has a list of shifts works no others; a unit is a day on which she does.

    The engines offer no others; a plan made by hand or elsewhere may hold some. A call-out is none of
    them: whoever is on call may be called out.
    """

    unit, reach = "day", "person"
    family = "skills"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            for day in range(view.horizon.last + 1 if person.shifts else 0):
                others = [
                    shift.id
                    for shift in view.shifts(person.id, day)
                    if shift.id not in person.shifts and CALLOUT not in shift.tags
                ]
                if others:
                    about = About("shift_not_allowed", (person.id,), day, day)
                    facts = {
                        "shift": ", ".join(others),
                        "allowed": ", ".join(sorted(person.shifts)),
                    }
                    yield Breach(about, 1, facts)

    def prices(self, space: RosterSpace) -> Iterator[Price]:
        for person, others in self._refused(space):
            tracks = space.tracks_of(others)
            if len(tracks) == 1:
                cells = space.cells_on(person, 0, space.last, tracks[0])
                yield Price("shift_not_allowed", cells, space.code_set(others))

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for person, others in self._refused(space):
            if len(space.tracks_of(others)) > 1:  # two tracks of a day are one item
                for day in range(space.last + 1):
                    about = About("shift_not_allowed", (person,), day, day)
                    none = space.none_of(person, day, day, others)
                    yield Linear(about, features=((none, 1),), lo=1)

    def _refused(self, space: RosterSpace) -> Iterator[tuple[str, frozenset[ShiftId]]]:
        every = frozenset(shift.id for shift in space.problem.shifts if CALLOUT not in shift.tags)
        for person in space.people(self.scope):
            if person.shifts:
                yield person.id, every - person.shifts
