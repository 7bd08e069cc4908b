"""Two studies merged into one: base facts, then scenarios, then what only together goes wrong."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from planner.merging.conflicts import Conflict, Desk, Place, Side
from planner.merging.facts import merged_facts
from planner.merging.naming import Names, named_again, named_back, renamed, told_apart
from planner.merging.rows import sequence
from planner.merging.scenarios import Three, merged_settings, with_plans
from planner.merging.together import Studies, has, linked, tell_broken
from planner.study import BASE, Scenario, Study, UnknownScenarioError


class OtherPeriodError(ValueError):
    """Two studies of different periods, whose days do not mean the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came of a merge. Places of conflicts have the names that scenarios had at the parting.

    `names` are those that they have now where they are others; `doubled` names scenarios that both
    sides have made under one name, each with the name that one of them has got; `apart` does so for
    change sets, the scenario first.
    """

    study: Study
    conflicts: tuple[Conflict, ...] = ()
    doubled: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str, str], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def scenario_of(self, place: Place) -> str:
        """Give the name of the scenario of a place now; the base for one that is gone."""
        name = self.names.get(place.scenario, place.scenario)
        return name if has(self.study, name) else BASE

    @property
    def left(self) -> tuple[Conflict, ...]:
        """The conflicts that nobody has settled."""
        return tuple(each for each in self.conflicts if not each.chosen)


def merge(
    base: Study,
    ours: Study,
    theirs: Study,
    *,
    prefer: Side | None = None,
    choices: Mapping[Place, Side] | None = None,
    unknown: frozenset[Place] = frozenset(),
    names: tuple[Names, Names] = ({}, {}),
) -> Merged:
    """Merge two studies that began as one, `base`, of which `unknown` places are not known.

    `prefer` settles all conflicts, `choices` single ones; otherwise what both began with is kept.
    `names` are those that our and their scenarios have got since, by their names in `base`.

    Raises:
        OtherPeriodError: they plan different periods.
    """
    if len({each.base.horizon for each in (base, ours, theirs)}) > 1:
        raise OtherPeriodError
    desk = Desk(prefer, choices, unknown)
    ours, theirs = named_back(ours, names[0]), named_back(theirs, names[1])
    ours, theirs, doubled = told_apart(base, ours, theirs)
    three = (base, ours, theirs)
    facts = merged_facts(desk, (base.base, ours.base, theirs.base))
    scenarios = _scenarios(desk, three)
    made = dataclasses.replace(
        ours,
        id=_own(desk, three, "id"),
        name=_own(desk, three, "name"),
        base=facts,
        scenarios=tuple(scenarios.values()),
    )
    made = linked(desk, made, three)
    for name in scenarios:
        sides = _sides(name, three)
        if sides is not None:
            before = [each.problem(name) if has(each, name) else each.base for each in three]
            whole = with_plans(desk, made.scenario(name), sides, made.problem(name), before)
            made = made.replace(whole)
    tell_broken(desk, made, (ours, theirs))
    fresh = named_again(desk, made, *names)
    study = renamed(made, fresh) if fresh else made
    apart = tuple((fresh.get(each[0], each[0]), *each[1:]) for each in desk.apart)
    found = Merged(study=study, conflicts=desk.conflicts, doubled=doubled, apart=apart)
    return dataclasses.replace(found, names=fresh)


def _own(desk: Desk, three: Studies, field: str) -> str:
    base, ours, theirs = (str(getattr(each, field)) for each in three)
    place = Place(BASE, "study", field=field)
    return desk.three(place, (base, ours, theirs), lambda value: value, "differs")


# --- scenarios ----------------------------------------------------------------------------------


def _found(study: Study, name: str) -> Scenario | None:
    try:
        return study.scenario(name)
    except UnknownScenarioError:
        return None


def _sides(name: str, three: Studies) -> Three | None:
    """Give a scenario as all three have it; None where one has none, and nothing is to be merged."""
    base, ours, theirs = (_found(each, name) for each in three)
    if ours is None or theirs is None:
        return None
    return (base or _bare(ours, theirs), ours, theirs)


def _bare(ours: Scenario, theirs: Scenario) -> Scenario:
    """Give what two equal scenarios began as."""
    return Scenario(name=ours.name, parent=min(ours.parent or BASE, theirs.parent or BASE))


def _scenarios(desk: Desk, three: Studies) -> dict[str, Scenario]:
    """Merge the scenarios but for their plans; each parent stands before its children."""
    kept: dict[str, Scenario] = {}
    names = [tuple(each.name for each in study.scenarios) for study in three]
    for name in dict.fromkeys(each for side in names for each in side):
        found = _kept(desk, name, three)
        if found is not None:
            kept[name] = found
    _keep_parents(desk, kept, three)
    return _parents_first(kept, sequence(names[0], names[1], names[2], kept))


def _kept(desk: Desk, name: str, three: Studies) -> Scenario | None:
    base, ours, theirs = (_found(each, name) for each in three)
    sides = _sides(name, three)
    if sides is not None:
        return merged_settings(desk, sides)
    there = ours or theirs
    if there is None or base is None:
        return there
    if there == base:
        return None
    values = (base, ours, theirs)
    place = Place(name, "scenario")
    return desk.settle(place, "removed", values, _scenario_shown, there)


def _scenario_shown(scenario: Scenario | None) -> str | None:
    return None if scenario is None else scenario.name


def _keep_parents(desk: Desk, kept: dict[str, Scenario], three: Studies) -> None:
    """Keep a scenario that one side has taken away and on which the other has built."""
    waiting = [each.parent for each in kept.values()]
    while waiting:
        parent = waiting.pop()
        if parent is None or parent in kept:
            continue
        values = tuple(_found(each, parent) for each in three)
        found = next(each for each in values[::-1] if each is not None)
        shown = [_scenario_shown(each) for each in values]
        place = Place(parent, "scenario")
        desk.tell(
            Conflict(
                place=place,
                what="named",
                base=shown[0],
                ours=shown[1],
                theirs=shown[2],
                kept=parent,
                chosen="base" if desk.choice(place) else "",
            )
        )
        kept[parent] = found
        waiting.append(found.parent)


def _parents_first(kept: Mapping[str, Scenario], order: Iterable[str]) -> dict[str, Scenario]:
    """Put scenarios in an order in which each parent stands before its children."""
    placed: dict[str, Scenario] = {}
    wanted = tuple(dict.fromkeys((*order, *kept)))
    below: dict[str | None, list[int]] = defaultdict(list)
    for number, name in enumerate(wanted):
        below[kept[name].parent].append(number)
    ready, left = list(below[None]), dict.fromkeys(wanted)
    while left:
        name = wanted[heappop(ready)] if ready else min(left)
        # Where nothing is ready, two sides have hung them on each other: they stand on the base.
        hung = kept[name].parent is None or kept[name].parent in placed
        placed[name] = kept[name] if hung else dataclasses.replace(kept[name], parent=BASE)
        del left[name]
        for number in below[name]:
            if wanted[number] in left:
                heappush(ready, number)
    return placed
