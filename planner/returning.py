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

    A scenario with another plan stands on its own one, one with other changes beside it. One on which
    it stood and that has been deleted here comes back with it. `before` is what was shared, by the
    codes of the file: the study itself may have moved on since.
    """
    names = _named(shared, known)
    known = replace(known, scenarios={old: new for new, old in names.items()})
    untouched = frozenset[str]() if before is None else frozenset(_untouched(before, shared))
    answer = _Answer(shared, study, known, untouched)
    scenarios, lost = answer.fitting(tuple(answer.differing()))
    base = in_order_of_codes(known.problem(study.base)) if before is None else before.base
    return Returned(scenarios=scenarios, base=base != shared.base, lost=lost)


def _named(shared: Study, known: Disguise) -> dict[str, str]:
    """Give the names here of the scenarios of a file, by those there.

    One that is there by the name of ours came back before; but ours that were shared have numbers
    there, so one by the name of such a one is new.
    """
    names = {new: old for old, new in known.scenarios.items()}
    ours = set(names.values())
    for each in shared.scenarios:
        if each.name not in names:
            names[each.name] = _free(each.name, ours)
            ours.add(names[each.name])
    return names


def _untouched(before: Study, shared: Study) -> Iterator[str]:
    """Name the scenarios of which nobody has changed anything since they were shared."""
    was = {each.name: each for each in before.scenarios}
    for each in shared.scenarios:
        old = was.get(each.name)
        if old is not None and (old.changes, old.plan) == (each.changes, each.plan):
            yield each.name


class _Answer:
    """A file that came back beside the study, which may have moved on."""

    def __init__(
        self, shared: Study, study: Study, known: Disguise, untouched: frozenset[str]
    ) -> None:
        self.shared, self.study = shared, study
        self.known, self.back = known, known.back()
        self.untouched = untouched
        self.here = {each.name: each for each in study.scenarios}
        self.taken = {*self.here, *known.scenarios}
        self.beside: dict[str, str] = {}

    def differing(self) -> Iterator[tuple[str, Scenario]]:
        """Give the scenarios that are new or others than ours, each with its name in the file."""
        wanted = {each.name for each in self.shared.scenarios if each.name not in self.untouched}
        for name in tuple(wanted):  # what it stands on, where that has gone here
            wanted |= {
                each.name
                for each in self.shared.line(name)
                if self.back.scenarios[each.name] not in self.here
            }
        for each in self.shared.scenarios:
            if each.name in wanted:
                theirs = self.back.scenario(each)
                parent = self.beside.get(theirs.parent or "", theirs.parent)
                found = self._other(replace(theirs, parent=parent))
                if found is not None:
                    yield each.name, found

    def _other(self, theirs: Scenario) -> Scenario | None:
        own = self.here.get(theirs.name)
        if own is None:
            return theirs
        changed = _changes(self.known, own) != _changes(self.known, theirs)
        if not changed and theirs.plan == own.plan:
            return None
        name = _free(own.name, self.taken)
        self.taken.add(name)
        if changed:
            self.beside[own.name] = name  # what stands on it there has its changes, and does here
            return replace(theirs, name=name)
        return Scenario(name=name, parent=own.name, plan=theirs.plan, made_for=theirs.made_for)

    def fitting(self, found: Sequence[tuple[str, Scenario]]) -> tuple[tuple[Scenario, ...], int]:
        """Leave out what names records that the study has no more; count it."""
        study, kept, lost = self.study, list[Scenario](), 0
        for there, scenario in found:
            study = Branch(parent=scenario.parent or BASE, name=scenario.name).apply(study)
            groups: list[ChangeSet] = []
            for group in scenario.changes:
                good = _unbroken(study.problem(scenario.name), group)
                lost += len(group.changes) - len(good.changes)
                if good.changes:
                    study = Record(scenario=scenario.name, group=good).apply(study)
                    groups.append(good)
            problem = study.problem(scenario.name)
            plan, left = _of(problem, scenario.plan)
            lost += left
            made_for = scenario.made_for
            if made_for is not None and self._same(problem, there):
                made_for = fingerprint(
                    problem
                )  # else it stays that of their facts: out of date here
            kept.append(replace(scenario, changes=tuple(groups), plan=plan, made_for=made_for))
        return tuple(kept), lost

    def _same(self, problem: Problem, there: str) -> bool:
        """Tell whether a plan was made there for the very facts that hold here."""
        if self.shared.stale(there):
            return False
        mine, theirs = self.known.problem(problem), self.shared.problem(there)
        return in_order_of_codes(mine) == in_order_of_codes(theirs)


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
