"""Who is there together: enough of a skill among those at work, a mentor for each learner."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from planner.facts import Facts
from planner.people import ShiftId, StaffMember
from planner.rules.blocks import About, Cells, Feature, Linear, Row, Table
from planner.rules.contract import Breach, Rule, choice, rule, shift_tag, text, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


class Group(NamedTuple):
    """People who are looked at together, on some shifts: those with the skill, those beside."""

    name: str
    skilled: tuple[str, ...]
    beside: tuple[str, ...]
    shifts: frozenset[ShiftId]


@rule("skill_mix")
@dataclass(frozen=True, kw_only=True)
class SkillMix(Rule[RosterView, RosterSpace]):
    """Where people with the skill `beside` (empty: anybody) have duties with `tag`, others have `skill`.

    These are `least` or more, and `percent` or more of the people beside them: 50 with nobody named
    is half of all, 100 beside learners is one for each. Each shift of a day is looked at by itself,
    each team, or the day. A unit is a hundredth of a person missing.
    """

    tag: str = shift_tag("work")
    skill: str = text("", high=60)
    beside: str = text("", high=60)
    least: int = whole(1, unit="person", high=50)
    percent: int = whole(0, unit="per cent", high=400)
    among: str = choice("shift", "shift", "team", "day")
    unit = "person_hundredth"
    family, scoped = "skills", "person"

    def groups(self, facts: Facts, people: Iterable[StaffMember]) -> list[Group]:
        """List who is looked at together."""
        tagged, everyone = facts.shift_ids(self.tag), list(people)
        if self.among == "shift":
            return [self._group(shift, everyone, frozenset({shift})) for shift in sorted(tagged)]
        if self.among == "day":
            return [self._group(self.tag, everyone, tagged)]
        teams: dict[str, list[StaffMember]] = defaultdict(list)
        for person in everyone:
            teams[person.team].append(person)
        return [self._group(team or "-", teams[team], tagged) for team in sorted(teams)]

    def _group(self, name: str, people: list[StaffMember], shifts: frozenset[ShiftId]) -> Group:
        skilled = tuple(p.id for p in people if self.skill in p.abilities)
        beside = tuple(p.id for p in people if not self.beside or self.beside in p.abilities)
        return Group(name, skilled, beside, shifts)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for group in self.groups(view.facts, view.people(self.scope)):
            for day in range(view.horizon.days):
                here = set[str]().union(*(view.at_work(day, shift) for shift in group.shifts))
                there, company = len(here.intersection(group.skilled)), here & {*group.beside}
                asked = {"mix_few": 100 * self.least, "mix_thin": self.percent * len(company)}
                for what, hundredths in asked.items():
                    if company and hundredths > 100 * there:
                        facts = {"there": there, "company": len(company)}
                        facts["asked"] = -(-hundredths // 100)
                        about = About(what, (group.name,), day, day)
                        off = hundredths - 100 * there
                        yield Breach(about, off, {**facts, "skill": self.skill})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for group in self.groups(space.facts, space.people(self.scope)):
            if not group.beside or not group.shifts:
                continue
            for day in range(space.last + 1):
                few = About("mix_few", (group.name,), day, day)
                thin = About("mix_thin", (group.name,), day, day)
                skilled = self._count(space, group.skilled, group.shifts, day, 100)
                if self.least:
                    nobody = space.feature(
                        tuple(
                            test
                            for person in group.beside
                            for test in space.none_of(person, day, day, group.shifts)
                        )
                    )
                    parts, terms, off = skilled
                    terms = (*terms, (nobody, 100 * self.least))
                    yield Linear(few, parts, terms, lo=100 * self.least + off)
                if self.percent:
                    beside = self._count(space, group.beside, group.shifts, day, -self.percent)
                    parts, terms = skilled[0] + beside[0], skilled[1] + beside[1]
                    yield Linear(thin, parts, terms, lo=skilled[2] + beside[2])

    def _count(
        self,
        space: RosterSpace,
        people: tuple[str, ...],
        shifts: frozenset[ShiftId],
        day: int,
        each: int,
    ) -> tuple[tuple[tuple[Cells, Table], ...], tuple[tuple[Feature, int], ...], int]:
        """Count the people who have one of the shifts, `each` a person: parts, features, constant."""
        tracks = space.tracks_of(shifts)
        if len(tracks) == 1:
            cells = tuple(c for p in people for c in space.cells_on(p, day, track=tracks[0]))
            table = {space.code_of[shift]: each for shift in sorted(shifts)}
            return (((cells, table),) if cells else ()), (), 0
        terms = tuple((space.none_of(person, day, day, shifts), -each) for person in people)
        return (), terms, -each * len(people)
