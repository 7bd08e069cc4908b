"""Records taken away and last days set by typed changes: plans lose what they have of them too."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.amending import Stack
from planner.changes import Change, ChangeSet, Remove, apply
from planner.edits import Edit, EditRefusedError, SetPins
from planner.going import Going
from planner.going_words import consequences, leaving_lines
from planner.hand_edits import Together
from planner.leaving import Leaving, switching
from planner.problem import ATTRIBUTES
from planner.study import Pin, Study
from ui.cli.speech import lang


def switched(study: Study, scenario: str, group: str, *, on: bool) -> Edit:
    """Give the edit that switches a group of changes, with what plans lose by it."""
    return switching(study, scenario, group, on=on)[0]


def switched_lines(study: Study, scenario: str, group: str, *, on: bool) -> list[str]:
    """Say what plans lose by a group of changes that is switched on again."""
    leaving = switching(study, scenario, group, on=on)[1]
    return [] if leaving is None else leaving_lines(leaving, lang())


def goings(study: Study, scenario: str, group: ChangeSet) -> dict[str, Going]:
    """Give the records that a group of changes takes away for good, by kind."""
    problem = study.problem(scenario)
    after = apply(problem, (group,))[0]
    kinds: dict[str, list[str]] = {}
    for change in group.changes:
        if isinstance(change, Remove) and change.kind in ATTRIBUTES:
            if all(record.id != change.id for record in after.records(change.kind)):
                kinds.setdefault(change.kind, []).append(change.id)
    return {
        kind: Going(study=study, scenario=scenario, kind=kind, ids=tuple(dict.fromkeys(ids)))
        for kind, ids in kinds.items()
    }


def recording(study: Study, scenario: str, group: ChangeSet) -> Edit:
    """Give the edit that records a group of changes, with all that plans lose by it.

    Raises:
        EditRefusedError: everything is so already.
    """
    edit = _removing(study, scenario, group)
    if edit.apply(study) == study:
        raise EditRefusedError("record_nothing", scenario=scenario, name=group.name)
    leaving = Leaving.of(study, scenario, edit, group.changes)
    return edit if leaving is None else leaving.whole


def _removing(study: Study, scenario: str, group: ChangeSet) -> Edit:
    """Give the edit with all that goes with the records which it takes away."""
    plans: list[Edit] = []
    heirs: list[Edit] = []
    found = goings(study, scenario, group)
    for going in found.values():
        for name in going.heirs:
            plans += going.plan_edits(name)
            changes = going.changes(name)
            if name != scenario and changes:
                heirs.append(Stack(scenario=name, group=replace(group, changes=changes)))
    main = Stack(scenario=scenario, group=replace(group, changes=tuple(_changes(group, found))))
    if not plans and not heirs:
        return main
    plans = _pins_once(plans)
    return Together(edits=(*plans, main, *heirs), named=len(plans))


def _pins_once(edits: Iterable[Edit]) -> list[Edit]:
    """Set the pins of a scenario once: each kind that goes would bring back what another one frees."""
    others: list[Edit] = []
    kept: dict[str, tuple[Pin, ...]] = {}
    for edit in edits:
        if isinstance(edit, SetPins):
            known = kept.get(edit.scenario, edit.pins)
            kept[edit.scenario] = tuple(pin for pin in edit.pins if pin in known)
        else:
            others.append(edit)
    return [*others, *(SetPins(scenario=name, pins=pins) for name, pins in kept.items())]


def _changes(group: ChangeSet, found: dict[str, Going]) -> Iterator[Change]:
    """Give the changes of the scenario: who has worked gets a last day, rows of one who goes go too."""
    told, removed = set[str](), set[Remove]()
    for change in group.changes:
        going = found.get(change.kind) if isinstance(change, Remove) else None
        made: Iterable[Change] = (change,)
        if going is not None and change.id in going.ids:
            all_of_it = going.changes(going.scenario) if change.kind not in told else ()
            told.add(change.kind)
            cover = going.cover()  # the group has it already, for all that goes together
            made = [each for each in all_of_it if each not in cover]
        for each in made:
            if not isinstance(each, Remove):
                yield each
            elif each not in removed:
                removed.add(each)
                yield each


def going_lines(study: Study, scenario: str, group: ChangeSet) -> list[str]:
    """Say what plans and facts lose by a group of changes, and which other scenarios it concerns."""
    found = goings(study, scenario, group)
    lines = [line for going in found.values() for line in consequences(going, lang())]
    edit = _removing(study, scenario, group)
    leaving = Leaving.of(study, scenario, edit, group.changes)
    return lines if leaving is None else [*lines, *leaving_lines(leaving, lang())]
