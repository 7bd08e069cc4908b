"""What rules say of a merge: what each side of a conflict would break, and what only both break.

A breach counts as the same on both sides when its rule, its subjects, its days and its amount are.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from planner.facts import facts
from planner.merging.conflicts import Conflict, Place, Side
from planner.merging.naming import Names, named_back, renamed, told_apart
from planner.merging.plans import Cell, cells
from planner.merging.study import Merged, merge
from planner.merging.together import Studies, has
from planner.problem import Problem
from planner.rules.contract import Breach
from planner.score import Judged, Judgement, Score, judge
from planner.study import Study

CHOOSABLE: Final = ("differs", "removed", "added", "order", "overlap")
"""Conflicts of which either side can be taken alone."""


class Consequence(NamedTuple):
    """What the plan of a scenario would break more, and less, with one side of a conflict.

    `now` is the score of what stands without a choice, `then` that with the side.
    """

    side: Side
    adds: tuple[Judged, ...]
    removes: tuple[Judged, ...]
    now: Score
    then: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A hard rule that two plans keep and their merge breaks; `cells` are what may be planned anew."""

    scenario: str
    judged: Judged
    cells: frozenset[Cell]


class Judge:
    """Judges studies of one merge; each scenario of each is judged once."""

    def __init__(
        self,
        three: Studies,
        merged: Merged,
        unknown: frozenset[Place] = frozenset(),
        names: tuple[Names, Names] = ({}, {}),
    ) -> None:
        self.three = (three[0], named_back(three[1], names[0]), named_back(three[2], names[1]))
        self.merged, self.unknown = merged, unknown
        self._known: dict[tuple[int, str], tuple[Study, Judgement]] = {}

    def of(self, study: Study, name: str) -> Judgement:
        """Give the judgement of a scenario's plan."""
        known = self._known.get((id(study), name))
        if known is None:
            plan, waivers = study.scenario(name).plan, study.waivers(name)
            known = study, judge(study.problem(name), plan, waivers)
            self._known[id(study), name] = known
        return known[1]

    def consequences(
        self, conflict: Conflict, choices: Mapping[Place, Side] | None = None
    ) -> tuple[Consequence, ...]:
        """Say what each side of a conflict would add and remove, beside what stands now."""
        if conflict.what not in CHOOSABLE:
            return ()
        name = self.merged.scenario_of(conflict.place)
        now = self.of(self.merged.study, name)
        found: list[Consequence] = []
        for side in ("ours", "theirs"):
            taken: dict[Place, Side] = {**(choices or {}), conflict.place: side}
            then = self._judged(name, taken)
            if then is None:  # the side has taken the whole scenario away
                continue
            adds, removes = _beyond(then, now), _beyond(now, then)
            found.append(Consequence(side, adds, removes, now.score, then.score))
        return tuple(found)

    def _judged(self, name: str, choices: Mapping[Place, Side]) -> Judgement | None:
        """Judge a scenario as it would be after other choices; the others are left out of that."""
        names = {new: old for old, new in self.merged.names.items()}
        line = {names.get(each.name, each.name) for each in self.merged.study.line(name)}
        ours, theirs, _ = told_apart(*self.three)
        base, ours, theirs = (_only(each, line) for each in (self.three[0], ours, theirs))
        made = merge(base, ours, theirs, choices=choices, unknown=self.unknown).study
        study = renamed(made, self.merged.names)
        return self.of(study, name) if has(study, name) else None

    def clashes(self) -> Iterator[Clash]:
        """Find the hard breaches of merged plans that neither side has by itself."""
        names = self.merged.names
        ours, theirs = (renamed(each, names) for each in self.three[1:])
        for scenario in self.merged.study.scenarios:
            name = scenario.name
            sides = [each for each in (ours, theirs) if has(each, name)]
            if len(sides) < 2 or any(_alike(self.merged.study, each, name) for each in sides):
                continue
            known = {_key(each) for side in sides for each in self.of(side, name).hard}
            for judged in self.of(self.merged.study, name).hard:
                if _key(judged) not in known:
                    free = frozenset(_cells(self.merged.study, sides, name, judged.breach))
                    yield Clash(scenario=name, judged=judged, cells=free)


def _only(study: Study, names: set[str]) -> Study:
    """Give a study without the scenarios that another one does not stand on."""
    kept = tuple(each for each in study.scenarios if each.name in names)
    return dataclasses.replace(study, scenarios=kept)


def _alike(one: Study, other: Study, name: str) -> bool:
    return one.scenario(name).plan == other.scenario(name).plan and one.problem(
        name
    ) == other.problem(name)


def _key(judged: Judged) -> tuple[object, ...]:
    return judged.rule.id, judged.breach.about, judged.breach.amount


def _beyond(one: Judgement, other: Judgement) -> tuple[Judged, ...]:
    """Give the breaches of one judgement that another has not, or has less of; hard rules first."""
    known = {_key(each)[:2]: each.breach.amount for each in other.judged}
    fresh = (each for each in one.judged if each.breach.amount > known.get(_key(each)[:2], 0))
    return tuple(sorted(fresh, key=lambda each: (not each.rule.hard, -each.cost, each.rule.id)))


def _cells(study: Study, sides: Iterable[Study], name: str, breach: Breach) -> Iterator[Cell]:
    """Give what a breach is about and the two sides have planned differently."""
    problem = study.problem(name)
    tracks = {str(each.id): each.track for each in problem.shifts}
    there = [cells(each.scenario(name).plan, tracks) for each in sides]
    for cell, held in cells(study.scenario(name).plan, tracks).items():
        if len({each.get(cell) for each in there}) > 1 and _about(problem, breach, cell, held):
            yield cell


def _about(problem: Problem, breach: Breach, cell: Cell, held: tuple[object, ...]) -> bool:
    about, subjects = breach.about, set(breach.about.subjects)
    if cell[0] == "duty":
        return about.first <= int(cell[2]) <= about.last and bool({cell[1], *held} & subjects)
    sessions = facts(problem).sessions
    for each in held:
        session = sessions.get(getattr(each, "session", None))  # type: ignore[arg-type]
        if session is None or not about.first <= session.day <= about.last:
            continue
        named = {cell[1], session.id, session.theatre, getattr(each, "surgeon", None)}
        if named & subjects:
            return True
    return False


def conflicted(conflicts: Iterable[Conflict], problem: Problem, name: str) -> Iterator[Cell]:
    """Give the cells of a scenario's plan that are conflicts nobody has settled."""
    for conflict in conflicts:
        place = conflict.place
        if place.scenario != name or place.part != "plan" or conflict.chosen:
            continue
        if place.kind == "case":
            yield ("case", place.id)
            continue
        date, _, track = place.field.partition(" ")
        for day in range(problem.horizon.days):
            if problem.horizon.date(day).isoformat() == date:
                yield ("duty", place.id, str(day), track)
