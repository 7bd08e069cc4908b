"""What two sides have done to one thing: who wins where only one did, and a conflict where both did.

Everything here is neutral: with the sides exchanged the same value is kept and the same conflict told.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypeVar

from planner.plain import Plain

T = TypeVar("T")

Side: TypeAlias = Literal["ours", "theirs", "base"]
SIDES: Final[tuple[Side, ...]] = ("ours", "theirs", "base")


class Place(NamedTuple):
    """Where in a study a conflict is: a scenario, a part of it, and the key of a row.

    `part` is facts, scenario, changes or plan; `group` names a change set. `kind`, `id`
    and `field` are those of a record or change; of a plan the kind is case or duty, the field of a
    duty its date and track.
    """

    scenario: str
    part: str
    kind: str = ""
    id: str = ""
    field: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sides that did different things to one row; None where a side has no such row.

    `what` is differs, removed (here, and edited there), added (by both, differently), named (a row
    that one side has removed and the other one names), broken (a change of what the other side has
    removed), overlap (change sets of both sides set one field) or order. `kept` is what stands in the
    merged study, `chosen` the side that somebody has chosen, "" while nobody has.
    """

    place: Place
    what: str
    base: Plain = None
    ours: Plain = None
    theirs: Plain = None
    kept: Plain = None
    chosen: str = ""

    @property
    def mirrored(self) -> "Conflict":
        """The same conflict seen from the other side."""
        other = {"ours": "theirs", "theirs": "ours"}.get(self.chosen, self.chosen)
        return dataclasses.replace(self, ours=self.theirs, theirs=self.ours, chosen=other)


class Desk:
    """Where conflicts are settled and written down: by a choice for one, or a side for all.

    `unknown` are places of which nobody knows how they were when the studies parted; `apart` are the
    change sets of one name that have got two: scenario, name, and the new name of one of them.
    """

    def __init__(
        self,
        prefer: Side | None = None,
        choices: Mapping[Place, Side] | None = None,
        unknown: frozenset[Place] = frozenset(),
    ) -> None:
        self.prefer = prefer
        self.choices = dict(choices or {})
        self.unknown = unknown
        self.found: dict[tuple[Place, str], Conflict] = {}
        self.apart: list[tuple[str, str, str]] = []

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """All conflicts so far, in order of their places."""
        return tuple(self.found[key] for key in sorted(self.found))

    def three(
        self, place: Place, values: tuple[T, T, T], show: Callable[[T], Plain], what: str = ""
    ) -> T:
        """Give what comes of (base, ours, theirs): the side that has changed it, or a settled conflict."""
        base, ours, theirs = values
        if place in self.unknown and ours != theirs:
            neutral = min(ours, theirs, key=canonical)
            return self.settle(place, "added", values, show, neutral)
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        fresh, gone = show(base) is None, show(ours) is None or show(theirs) is None
        named = what or ("added" if fresh else "removed" if gone else "differs")
        neutral = min(ours, theirs, key=canonical) if named == "added" else base
        return self.settle(place, named, values, show, neutral)

    def settle(
        self,
        place: Place,
        what: str,
        values: tuple[T, T, T],
        show: Callable[[T], Plain],
        neutral: T,
    ) -> T:
        """Settle a conflict between (base, ours, theirs) and write it down."""
        base, ours, theirs = values
        chosen = self.choice(place)
        kept = {"base": base, "ours": ours, "theirs": theirs}.get(chosen, neutral)
        shown = {"base": show(base), "ours": show(ours), "theirs": show(theirs)}
        if place in self.unknown:
            shown["base"] = None
        self.tell(Conflict(place=place, what=what, kept=show(kept), chosen=chosen, **shown))
        return kept

    def choice(self, place: Place) -> str:
        """Give the side that is chosen for a conflict; "": none."""
        return self.choices.get(place) or self.prefer or ""

    def tell(self, conflict: Conflict) -> None:
        """Write a conflict down."""
        self.found[conflict.place, conflict.what] = conflict


def canonical(value: Any) -> str:
    """Write any value of a study so that equal ones are equal, and two can be put in an order."""
    return json.dumps(_ordered(value), ensure_ascii=True, sort_keys=True)


def _ordered(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [_ordered(getattr(value, each.name)) for each in dataclasses.fields(value)]
        return [type(value).__name__, *fields]
    match value:
        case frozenset() | set():
            return sorted((_ordered(each) for each in value), key=json.dumps)
        case Mapping():
            return {str(key): _ordered(each) for key, each in value.items()}
        case tuple() | list():
            return [_ordered(each) for each in value]
        case dt.date():
            return value.isoformat()
    return value
