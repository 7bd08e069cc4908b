"""The change sets of a scenario merged: sets by name, and the changes within each by what they change."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from planner.changes import Add, Adjust, Change, ChangeSet, Remove, Set
from planner.merging.conflicts import Conflict, Desk, Place, canonical
from planner.merging.rows import merged_rows, moved, sequence
from planner.plain import Plain

Sets = tuple[ChangeSet, ...]
Three = tuple[ChangeSet | None, ChangeSet | None, ChangeSet | None]
Key = tuple[str, int]
"""A name, and how many of that name came before."""
Keyed = tuple[Mapping[Key, ChangeSet], Mapping[Key, ChangeSet], Mapping[Key, ChangeSet]]
About = tuple[str, str, str]
"""Kind and id of the record, and the field ("" for the whole of it)."""
Row = tuple[str, str, str, int]
"""Kind and id of the record, the field ("" for the whole of it), and how many such came before."""


def merged_sets(desk: Desk, scenario: str, three: tuple[Sets, Sets, Sets]) -> Sets:
    """Merge the change sets of a scenario; what two new sets both set is a conflict as well."""
    base, ours, theirs = three
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    keyed = _apart(desk, scenario, (_keyed(base), _keyed(ours), _keyed(theirs)))

    def settle(key: Key, values: Three) -> ChangeSet | None:
        return _merged_set(desk, scenario, key, values)

    rows = merged_rows(keyed, settle)
    order = _order(desk, scenario, keyed, rows)
    rows = _chosen(desk, scenario, keyed, rows)
    order = tuple(key for key in order if key in rows)
    for conflict in _overlaps(desk, scenario, keyed, [rows[key] for key in order]):
        desk.tell(conflict)
    return tuple(rows[key] for key in order)


def _keyed(sets: Sets) -> dict[Key, ChangeSet]:
    before: Counter[str] = Counter()
    found = {}
    for group in sets:
        found[group.name, before[group.name]] = group
        before[group.name] += 1
    return found


def _apart(desk: Desk, scenario: str, keyed: Keyed) -> Keyed:
    """Give two names to sets that both have made under one name to change different things.

    As one set they would be switched, moved and taken away together. Sets that change one thing
    stay one: what it is changed to is chosen there.
    """
    base, ours, theirs = keyed
    for key in sorted((ours.keys() & theirs.keys()) - base.keys()):
        one, other = ours[key], theirs[key]
        if change_rows(one.changes).keys() & change_rows(other.changes).keys() or one == other:
            continue
        taken = {name for side in (base, ours, theirs) for name in map(_called, side)}
        fresh = next(name for n in count(2) if (name := f"{key[0]} ({n})") not in taken)
        desk.apart.append((scenario, _called(key), fresh))
        if canonical(one) > canonical(other):
            ours = _called_so(ours, key, fresh)
        else:
            theirs = _called_so(theirs, key, fresh)
    return base, ours, theirs


def _called_so(side: Mapping[Key, ChangeSet], key: Key, fresh: str) -> dict[Key, ChangeSet]:
    """Give sets of which one has another name, in their order."""
    named = {(fresh, 0): dataclasses.replace(side[key], name=fresh)}
    return {
        k: v for each in side for k, v in (named if each == key else {each: side[each]}).items()
    }


def _merged_set(desk: Desk, scenario: str, key: Key, values: Three) -> ChangeSet | None:
    base, ours, theirs = values
    place = Place(scenario, "changes", group=_called(key))
    if ours is None or theirs is None:  # taken away here, worked on there: the work stays
        edited = ours if theirs is None else theirs
        return desk.settle(place, "removed", (base, ours, theirs), _set_shown, edited)
    was = base or ChangeSet(name=key[0])
    place = place._replace(field="enabled")
    on = (was.enabled, ours.enabled, theirs.enabled)
    if base is None and ours.enabled != theirs.enabled:  # neither has switched what was there
        enabled = desk.settle(place, "added", on, bool, True)
    else:
        enabled = desk.three(place, on, bool, "differs")

    def settle(
        row: Row, changes: tuple[Change | None, Change | None, Change | None]
    ) -> Change | None:
        kind, id, field, _ = row
        changes = _expecting_alike(*changes)
        where = Place(scenario, "changes", kind, id, field, _called(key))
        return desk.three(where, changes, change_shown)

    sides = (change_rows(was.changes), change_rows(ours.changes), change_rows(theirs.changes))
    rows = merged_rows(sides, settle)
    return dataclasses.replace(ours, enabled=enabled, changes=tuple(rows.values()))


def _expecting_alike(
    base: Change | None, ours: Change | None, theirs: Change | None
) -> tuple[Change | None, Change | None, Change | None]:
    """Have both sides expect one value where they set the same: what each found there is no conflict."""
    if ours == theirs or not (isinstance(ours, Set) and isinstance(theirs, Set)):
        return base, ours, theirs
    if ours.value != theirs.value:
        return base, ours, theirs
    fresh = [each for each in (ours, theirs) if each != base]
    kept = min(fresh, key=canonical)
    return base, kept, kept


def _called(key: Key) -> str:
    return key[0] if key[1] == 0 else f"{key[0]} ({key[1] + 1})"


def change_rows(changes: Sequence[Change]) -> dict[Row, Change]:
    """Give changes by what they change."""
    before: Counter[tuple[str, str, str]] = Counter()
    found = {}
    for change in changes:
        about = (change.kind, change.id, getattr(change, "field", ""))
        found[(*about, before[about])] = change
        before[about] += 1
    return found


def change_shown(change: Change | None) -> Plain:
    """Give what a change does as a plain value."""
    match change:
        case Set():
            return {"set": change.value}
        case Adjust():
            return {"adjust": change.delta}
        case Add():
            return {"add": dict(change.record)}
        case Remove():
            return {"remove": True}
    return None


def _set_shown(group: ChangeSet | None) -> Plain:
    return None if group is None else {"changes": len(group.changes), "enabled": group.enabled}


def _order(
    desk: Desk,
    scenario: str,
    keyed: Sequence[Mapping[Key, ChangeSet]],
    rows: Mapping[Key, ChangeSet],
) -> tuple[Key, ...]:
    """Give the order of the sets: later ones win, so two different orders are a conflict."""
    base, ours, theirs = (tuple(each) for each in keyed)
    place = Place(scenario, "changes", field="order")
    both = moved(base, ours) and moved(base, theirs)
    kept = [[key for key in side if key in base] for side in (base, ours, theirs)]
    if both and kept[1] != kept[2]:
        settled = desk.settle(
            place,
            "order",
            (kept[0], kept[1], kept[2]),
            lambda names: [*map(_called, names)],
            kept[0],
        )
        base = ours = theirs = tuple(dict.fromkeys((*settled, *base)))
        ours, theirs = (
            (*base, *(key for key in side if key not in base)) for side in map(tuple, keyed[1:])
        )
    last = desk.prefer if desk.prefer in ("ours", "theirs") else ""
    return sequence(base, ours, theirs, rows, last)


# --- two sets that change one thing -------------------------------------------------------------


def _overlaps(
    desk: Desk,
    scenario: str,
    keyed: Sequence[Mapping[Key, ChangeSet]],
    sets: Sequence[ChangeSet],
) -> Iterator[Conflict]:
    """Find what one side changes in one set and the other side in another: the later set wins."""
    for about, ours, theirs in _both(keyed):
        last = [c for group in sets for c in group.changes if _about(c) == about][-1:]
        place = _at(scenario, about)
        yield Conflict(
            place=place,
            what="overlap",
            ours=_told(ours),
            theirs=_told(theirs),
            kept=change_shown(last[0]) if last else None,
            chosen=desk.choice(place),
        )


def _both(
    keyed: Sequence[Mapping[Key, ChangeSet]],
) -> Iterator[tuple[About, dict[Key, Change], dict[Key, Change]]]:
    """Give what both sides change, each in sets of its own, and not to the same."""
    fresh = [dict(_fresh(keyed[0], side)) for side in keyed[1:]]
    for about in sorted(fresh[0].keys() & fresh[1].keys()):
        ours, theirs = fresh[0][about], fresh[1][about]
        if not ours.keys() & theirs.keys() and _differ(ours, theirs):
            yield about, ours, theirs


def _at(scenario: str, about: About) -> Place:
    kind, id, field = about
    return Place(scenario, "changes", kind, id, field)


def _chosen(
    desk: Desk,
    scenario: str,
    keyed: Sequence[Mapping[Key, ChangeSet]],
    rows: Mapping[Key, ChangeSet],
) -> dict[Key, ChangeSet]:
    """Take out of the sets what somebody has chosen against; a set of which nothing is left goes.

    A side that is preferred in all has its sets last instead: then nothing need go.
    """
    found = dict(rows)
    for about, ours, theirs in _both(keyed):
        place = _at(scenario, about)
        side = desk.choice(place)
        if not side or (side != "base" and place not in desk.choices):
            continue
        gone = {"ours": theirs, "theirs": ours}.get(side, {**ours, **theirs})
        for key in gone.keys() & found.keys():
            kept = tuple(each for each in found[key].changes if _about(each) != about)
            found[key] = dataclasses.replace(found[key], changes=kept)
            if not kept:
                del found[key]
    return found


def _about(change: Change) -> About:
    return change.kind, change.id, getattr(change, "field", "")


def _fresh(
    base: Mapping[Key, ChangeSet], side: Mapping[Key, ChangeSet]
) -> Iterator[tuple[About, dict[Key, Change]]]:
    """Give what a side changes that was not changed so before, with the set and the last change."""
    found: dict[About, dict[Key, Change]] = {}
    for key, group in side.items():
        known = set[str]() if key not in base else {repr(c) for c in base[key].changes}
        for change in group.changes:
            if repr(change) not in known:
                found.setdefault(_about(change), {})[key] = change
    yield from found.items()


def _differ(ours: Mapping[Key, Change], theirs: Mapping[Key, Change]) -> bool:
    """Tell whether it matters which comes last: numbers that are added up do not care."""
    both: list[Any] = [*ours.values(), *theirs.values()]
    if all(isinstance(each, Adjust) for each in both):
        return False
    return len({repr(change_shown(each)) for each in both}) > 1


def _told(changes: Mapping[Key, Change]) -> Plain:
    return change_shown([*changes.values()][-1])
