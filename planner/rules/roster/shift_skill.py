"""Some shifts need a skill."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Price, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, text
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("shift_skill")
@dataclass(frozen=True, kw_only=True)
class ShiftSkill(Rule[RosterView, RosterSpace]):
    """Only people with `skill` have duties with `tag`; a unit is a day with such a duty."""

    tag: str = shift_tag("work")
    skill: str = text("")
    reach = "person"
    family = "skills"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            if self.skill and self.skill not in person.abilities:
                for day in range(view.horizon.last + 1):
                    if view.works(person.id, day, self.tag):
                        shifts = ", ".join(shift.id for shift in view.shifts(person.id, day))
                        about = About("skill_missing", (person.id,), day, day)
                        yield Breach(about, 1, {"shift": shifts, "skill": self.skill})

    def prices(self, space: RosterSpace) -> Iterator[Price]:
        tagged = space.facts.shift_ids(self.tag)
        tracks = space.tracks_of(tagged)
        if self.skill and len(tracks) == 1:
            for person in space.people(self.scope):
                if self.skill not in person.abilities:
                    cells = space.cells_on(person.id, 0, space.last, tracks[0])
                    yield Price("skill_missing", cells, space.code_set(tagged))

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        tagged = space.facts.shift_ids(self.tag)
        if self.skill and len(space.tracks_of(tagged)) > 1:  # two tracks of a day are one item
            for person in space.people(self.scope):
                if self.skill not in person.abilities:
                    for day in range(space.last + 1):
                        about = About("skill_missing", (person.id,), day, day)
                        idle = space.none_of(person.id, day, day, tagged)
                        yield Linear(about, features=((idle, 1),), lo=1)
