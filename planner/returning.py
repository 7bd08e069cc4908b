"""What comes back of a study that was shared without names: new scenarios on those that there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.changes import Change, ChangeSet, apply
from planner.disguise import Disguise, in_order_of_codes
from planner.edits import AdoptPlan, Branch, Edit, Record
from planner.fingerprint import fingerprint
from planner.hand_edits import Together
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Scenario, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Scenarios that are new, or differ from what was shared, by the codes of the study.

    `base`: the facts of the base were changed there too; they are not taken back. `lost` counts the
    placements, duties and changes that are left out: what they name has gone from the study since.
    """

    scenarios: tuple[Scenario, ...]
    base: bool
    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(Together):
    """Take scenarios of a file that came back into a study, as one edit."""

    file: str

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        names = ", ".join(sorted(self.touched))
        return "edit_take_back", {"file": self.file, "names": names}


def returned(shared: Study, study: Study, known: Disguise, before: Study | None = None) -> Returned:
    """Tell what a file that came back has that the study has not; `known` is how it was disguised.

    A scenario with another plan stands on its own one, one with other changes beside it. `before` is
    what was shared, by the codes of the file: the study itself may have moved on since.
    """
    names = {new: old for old, new in known.scenarios.items()}
    taken = {each.name for each in study.scenarios}
    for each in shared.scenarios:
        names.setdefault(each.name, each.name)  # one that is there by that name came back before
        taken.add(names[each.name])
    known = replace(known, scenarios={old: new for new, old in names.items()})
    back = known.back()
    untouched = frozenset[str]() if before is None else frozenset(_untouched(before, shared))
    found = tuple(_differing(shared, study, back, taken, known, untouched))
    scenarios, lost = _fitting(study, found)
    base = in_order_of_codes(known.problem(study.base)) if before is None else before.base
    return Returned(scenarios=scenarios, base=base != shared.base, lost=lost)


def _untouched(before: Study, shared: Study) -> Iterator[str]:
    """Name the scenarios of which nobody has changed anything since they were shared."""
    was = {each.name: each for each in before.scenarios}
    for each in shared.scenarios:
        old = was.get(each.name)
        if old is not None and (old.changes, old.plan) == (each.changes, each.plan):
            yield each.name


def _differing(
    shared: Study,
    study: Study,
    back: Disguise,
    taken: set[str],
    known: Disguise,
    untouched: frozenset[str],
) -> Iterator[Scenario]:
    here = {each.name: each for each in study.scenarios}
    for each in shared.scenarios:
        if each.name in untouched:
            continue
        theirs = back.scenario(each)
        own = here.get(theirs.name)
        if own is None:
            yield replace(theirs, made_for=None if shared.stale(each.name) else theirs.made_for)
            continue
        changed = _changes(known, own) != _changes(known, theirs)
        if not changed and theirs.plan == own.plan:
            continue
        name = _free(own.name, taken)
        taken.add(name)
        if changed:
            yield replace(theirs, name=name, made_for=None)
        else:
            mine, other = known.problem(study.problem(own.name)), shared.problem(each.name)
            same = in_order_of_codes(mine) == in_order_of_codes(other)
            good = same and not shared.stale(each.name)
            made_for = fingerprint(study.problem(own.name)) if good else own.made_for
            yield Scenario(name=name, parent=own.name, plan=theirs.plan, made_for=made_for)


def _fitting(study: Study, found: Sequence[Scenario]) -> tuple[tuple[Scenario, ...], int]:
    """Leave out what names records that the study has no more; count it."""
    kept: list[Scenario] = []
    lost = 0
    for scenario in found:
        study = Branch(parent=scenario.parent or BASE, name=scenario.name).apply(study)
        groups: list[ChangeSet] = []
        for group in scenario.changes:
            good = _unbroken(study.problem(scenario.name), group)
            lost += len(group.changes) - len(good.changes)
            if good.changes:
                study = Record(scenario=scenario.name, group=good).apply(study)
                groups.append(good)
        plan, left = _of(study.problem(scenario.name), scenario.plan)
        lost += left
        made_for = None if left else scenario.made_for
        kept.append(replace(scenario, changes=tuple(groups), plan=plan, made_for=made_for))
    return tuple(kept), lost


def _unbroken(problem: Problem, group: ChangeSet) -> ChangeSet:
    """Give a group without the changes whose record is gone."""
    _, notes = apply(problem, (replace(group, enabled=True),))
    broken = [note.change for note in notes if note.state == "broken"]
    return replace(group, changes=tuple(each for each in group.changes if each not in broken))


def _of(problem: Problem, plan: Plan) -> tuple[Plan, int]:
    """Give what a plan has of the records of a problem, and how much of it is left out."""
    kinds = ("case", "session", "surgeon", "staff", "shift")
    cases, sessions, surgeons, staff, shifts = (
        {str(each.id) for each in problem.records(kind)} for kind in kinds
    )

    def there(it: Placement | Duty) -> bool:
        if isinstance(it, Duty):
            return it.person in staff and it.shift in shifts
        operates = it.surgeon is None or it.surgeon in surgeons
        return it.case in cases and it.session in sessions and operates

    placements, duties = [*plan.placements], [*plan.duties]
    kept, worked = [*filter(there, placements)], [*filter(there, duties)]
    left = len(placements) + len(duties) - len(kept) - len(worked)
    return (Plan.build(kept, worked) if left else plan), left


def _changes(known: Disguise, scenario: Scenario) -> list[tuple[Change, ...]]:
    """Give the changes of a scenario as they were shared, without free text and names of groups."""
    return [known.changes(0, group).changes for group in scenario.changes]


def taking_back(found: Returned, file: str) -> TakeBack:
    """Give the edit that takes in what came back."""
    return TakeBack(edits=tuple(_edits(found)), file=file)


def _edits(found: Returned) -> Iterator[Edit]:
    for scenario in found.scenarios:
        yield Branch(parent=scenario.parent or BASE, name=scenario.name)
        for group in scenario.changes:
            yield Record(scenario=scenario.name, group=group)
        yield AdoptPlan(scenario=scenario.name, plan=scenario.plan, made_for=scenario.made_for)


def _free(name: str, taken: set[str]) -> str:
    """Give a name for what came back that no scenario has yet."""
    if name not in taken:
        return name
    numbers = range(2, len(taken) + 3)
    return next(each for each in (f"{name} ({n})" for n in numbers) if each not in taken)
