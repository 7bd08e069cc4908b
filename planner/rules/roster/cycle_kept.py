"""People of a rotation work what its lines say (S12)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import OFF, About, Codes, Linear, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.cycle import cycle_days
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("cycle_kept")
@dataclass(frozen=True, kw_only=True)
class CycleKept(Rule[RosterView, RosterSpace]):
    """A person's day is that of her line of the rotation; a unit is a day that is not.

    Looked at are the tracks that the rotation uses, from the day of the facts on. Days with an
    absence, public holidays on which the rotation does not work, and shifts that are not hers are
    free. A day off that becomes a day of work counts like a day of work that becomes another.
    """

    reach = "person"
    family = "promises"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        shown = {person.id for person in view.people(self.scope)}
        for said in cycle_days(view.facts):
            if said.person.id in shown:
                there = {
                    shift.id
                    for shift in view.shifts(said.person.id, said.day)
                    if shift.track in said.tracks
                }
                if there != said.shifts:
                    about = About("cycle_left", (said.person.id,), said.day, said.day)
                    words = ("+".join(sorted(shifts)) or "-" for shifts in (said.shifts, there))
                    yield Breach(about, 1, dict(zip(("line", "now"), words, strict=True)))

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        meant = {person.id for person in space.people(self.scope)}
        for person, day, shifts, used in cycle_days(space.facts):
            if person.id not in meant:
                continue
            tests = []
            for track in used:
                here = frozenset(s for s in shifts if space.facts.shifts[s].track == track)
                codes = space.code_set(here) if here else Codes(frozenset({OFF}))
                tests.append((space.cells_on(person.id, day, track=track), codes))
            about = About("cycle_left", (person.id,), day, day)
            yield Linear(about, features=((space.feature(tuple(tests)), 1),), lo=1)
