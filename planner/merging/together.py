"""What only together goes wrong: a row that one side has removed and a scenario of the other names."""

import dataclasses
from collections.abc import Sequence
from typing import Final, TypeAlias

from planner.changes import Add, Change, ChangeSet, Note, Remove
from planner.links import LINKS, broken
from planner.merging.change_sets import change_shown
from planner.merging.conflicts import Conflict, Desk, Place
from planner.merging.facts import mended, put_back, with_changed
from planner.problem import Fault
from planner.study import Scenario, Study

Studies: TypeAlias = tuple[Study, Study, Study]
"""What both began with, ours and theirs."""
_ROUNDS: Final = 12
"""What is put back may name another row that is gone too, and so on."""


def linked(desk: Desk, made: Study, three: Studies) -> Study:
    """See to it that no scenario names what is gone: removed from the base, it is put back there.

    A change set of a scenario that removes it is switched off, one that added it comes back.
    """
    for name in (each.name for each in made.scenarios):
        for _ in range(_ROUNDS):
            fresh = _fresh(made, name, three)
            before = made
            for fault in fresh:
                made = _with_target(desk, made, name, fault, three)
            if made == before:
                break
    return made


def _fresh(made: Study, name: str, three: Studies) -> list[Fault]:
    """Give the links to nothing that a scenario has in none of the three."""
    found: list[Fault] | None = None
    for study in (three[1], three[2], three[0]):
        if has(study, name) and found != []:
            lost = list(broken(study.problem(name), made.problem(name), LINKS))
            found = lost if found is None else [fault for fault in found if fault in lost]
    return found or []


def has(study: Study, name: str) -> bool:
    """Tell whether a study has a scenario of a name."""
    return any(each.name == name for each in study.scenarios)


def _with_target(desk: Desk, made: Study, name: str, fault: Fault, three: Studies) -> Study:
    facts = dict(fault.facts)
    link, id = str(facts["link"]), str(facts["value"])
    kinds = (link, *(("surgeon",) if link == "staff" else ()))
    problems = (three[0].base, three[1].base, three[2].base)
    if not any(record.id == id for kind in kinds for record in made.base.records(kind)):
        back = dict(put_back(desk, link, id, problems, name))
        if back:
            base = mended(desk, with_changed(made.base, back), problems)
            return dataclasses.replace(made, base=base)
        return _with_adding(desk, made, name, kinds, id, three[0])
    for scenario in made.line(name):
        for group in scenario.changes:
            change = _of(group, Remove, kinds, id)
            if change is not None and group.enabled:
                off = dataclasses.replace(group, enabled=False)
                desk.tell(_named(desk, scenario.name, group.name, change))
                made = made.replace(_with_set(made.scenario(scenario.name), group, off))
    return made


def _of(group: ChangeSet, action: type[Change], kinds: Sequence[str], id: str) -> Change | None:
    """Give the change of a set that adds, or removes, a record."""
    found = (each for each in group.changes if isinstance(each, action))
    return next((each for each in found if each.kind in kinds and each.id == id), None)


def _with_adding(
    desk: Desk, made: Study, name: str, kinds: Sequence[str], id: str, base: Study
) -> Study:
    """Give back a change set that once added what is named, to the scenario that had it."""
    for scenario in made.line(name):
        if not has(base, scenario.name):
            continue
        for group in base.scenario(scenario.name).changes:
            change = _of(group, Add, kinds, id)
            if change is not None:
                desk.tell(_named(desk, scenario.name, group.name, change))
                whole = ChangeSet(name=group.name, changes=(change,))
                back = dataclasses.replace(scenario, changes=(whole, *scenario.changes))
                return made.replace(back)
    return made


def _with_set(scenario: Scenario, group: ChangeSet, after: ChangeSet) -> Scenario:
    sets = tuple(after if each is group else each for each in scenario.changes)
    return dataclasses.replace(scenario, changes=sets)


def _named(desk: Desk, scenario: str, group: str, change: Change) -> Conflict:
    place = Place(scenario, "changes", change.kind, change.id, "", group)
    shown = change_shown(change)
    chosen = "base" if desk.choice(place) else ""
    return Conflict(place=place, what="named", base=shown, kept=shown, chosen=chosen)


# --- changes without a target -------------------------------------------------------------------


def tell_broken(desk: Desk, made: Study, sides: Sequence[Study]) -> None:
    """Tell of changes whose target the other side has taken away: they stay, and do nothing."""
    for name in (each.name for each in made.scenarios):
        idle = [each for each in made.notes(name) if each.state == "broken"]
        known = [n for side in sides if idle and has(side, name) for n in side.notes(name)]
        for note in idle:
            if note not in known:
                desk.tell(_broken(desk, name, note))


def _broken(desk: Desk, scenario: str, note: Note) -> Conflict:
    change = note.change
    field = getattr(change, "field", "")
    place = Place(scenario, "changes", change.kind, change.id, field, note.set_name)
    shown = change_shown(change)
    chosen = desk.choice(place)
    return Conflict(place=place, what="broken", base=shown, kept=shown, chosen=chosen)
