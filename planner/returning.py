"""What comes back of a study that was shared without names: new scenarios on those that there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from planner.changes import Change
from planner.disguise import Disguise
from planner.edits import AdoptPlan, Branch, Edit, Record
from planner.fingerprint import fingerprint
from planner.hand_edits import Together
from planner.study import BASE, Scenario, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Scenarios that are new, or differ from what was shared, by the codes of the study.

    `base`: the facts of the base were changed there too; they are not taken back.
    """

    scenarios: tuple[Scenario, ...]
    base: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(Together):
    """Take scenarios of a file that came back into a study, as one edit."""

    file: str

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        names = ", ".join(sorted(self.touched))
        return "edit_take_back", {"file": self.file, "names": names}


def returned(shared: Study, study: Study, known: Disguise) -> Returned:
    """Tell what a file that came back has that the study has not; `known` is how it was disguised.

    A scenario with another plan stands on its own one, one with other changes beside it.
    """
    names = {new: old for old, new in known.scenarios.items()}
    taken = {each.name for each in study.scenarios}
    for each in shared.scenarios:
        names.setdefault(each.name, each.name)  # one that is there by that name came back before
        taken.add(names[each.name])
    known = replace(known, scenarios={old: new for new, old in names.items()})
    back = known.back()
    found = tuple(_differing(shared, study, back, taken, known))
    return Returned(scenarios=found, base=known.problem(study.base) != shared.base)


def _differing(
    shared: Study, study: Study, back: Disguise, taken: set[str], known: Disguise
) -> Iterator[Scenario]:
    mine = {each.name: each for each in study.scenarios}
    for each in shared.scenarios:
        theirs = back.scenario(each)
        own = mine.get(theirs.name)
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
            same = known.problem(study.problem(own.name)) == shared.problem(each.name)
            good = same and not shared.stale(each.name)
            made_for = fingerprint(study.problem(own.name)) if good else own.made_for
            yield Scenario(name=name, parent=own.name, plan=theirs.plan, made_for=made_for)


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
