"""What a field of a record or a rule may hold: its form, bounds and links, said once.

Tables, CSV columns, forms, faults, changes and fingerprints are all driven by these descriptions,
so that a new field is one line in the class that owns it.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field
from typing import Any, Final, Literal, TypeAlias, TypeVar

T = TypeVar("T")

Form: TypeAlias = Literal[
    "text",  # one line of text
    "whole",  # an integer, in `unit`
    "flag",  # yes or no
    "day",  # a day number, written as a date
    "time",  # minutes after midnight, written HH:MM; above 24:00 on the next day
    "choice",  # one of `options`
    "link",  # the id of a record of kind `link`
    "links",  # a set of such ids
    "tags",  # a set of free words
    "days",  # a set of day numbers, written as dates
    "weekdays",  # a set of weekdays, Monday is 0
    "words",  # one entry a day: shift ids or tags, "-" off, "?" unknown
    "pairs",  # ordered (word, whole) pairs
    "scope",  # kind of tag → set of tags
]

MIDNIGHT: Final = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """The description of one field: `low` and `high` are inclusive, `unit` is for people."""

    name: str
    form: Form
    optional: bool = False
    required: bool = True
    default: Any = None
    low: int = 0
    high: int = 1_000_000
    unit: str = ""
    options: tuple[str, ...] = ()
    link: str = ""


_KEY: Final = "opale"


def _described(form: Form, default: Any, optional: bool, **more: Any) -> Any:
    metadata = {_KEY: {"form": form, "optional": optional, **more}}
    if default is MISSING and optional:
        default = None
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def text(default: Any = MISSING, *, optional: bool = False, high: int = 200) -> Any:
    """One line of text of at most `high` characters."""
    return _described("text", default, optional, high=high)


def whole(
    default: Any = MISSING,
    *,
    unit: str = "",
    low: int = 0,
    high: int = 10_000,
    optional: bool = False,
) -> Any:
    """An integer from `low` to `high`, in `unit`."""
    return _described("whole", default, optional, unit=unit, low=low, high=high)


def flag(default: Any = False) -> Any:
    """Yes or no."""
    return _described("flag", default, False)


def day(default: Any = MISSING, *, optional: bool = False) -> Any:
    """A day of the study: day 0 is the first of the horizon, the past is negative."""
    return _described("day", default, optional, unit="day", low=-4000, high=4000)


def time(default: Any = MISSING, *, optional: bool = False, high: int = 2 * MIDNIGHT) -> Any:
    """Minutes after midnight of the day that owns the field; the next day counts on above 1440."""
    return _described("time", default, optional, unit="minute", high=high)


def choice(default: Any, *options: str) -> Any:
    """One of a few words."""
    return _described("choice", default, False, options=options)


def link(kind: str, default: Any = MISSING, *, optional: bool = False) -> Any:
    """The id of a record of that kind."""
    return _described("link", default, optional, link=kind)


def links(kind: str) -> Any:
    """A set of ids of records of that kind; empty unless given."""
    return _described("links", frozenset(), False, link=kind)


def tags(*words: str) -> Any:
    """A set of free words; those named unless given."""
    return _described("tags", frozenset(words), False)


def days() -> Any:
    """A set of days; empty unless given."""
    return _described("days", frozenset(), False, unit="day", low=-4000, high=4000)


def weekdays(default: frozenset[int] = frozenset(range(7))) -> Any:
    """A set of weekdays, Monday is 0."""
    return _described("weekdays", default, False, high=6)


def words(default: tuple[str, ...] = ()) -> Any:
    """One word a day: what a person did before day 0, the last entry on day −1, or a pattern."""
    return _described("words", default, False)


def pairs(default: tuple[tuple[str, int], ...] = ()) -> Any:
    """Ordered (word, integer) pairs."""
    return _described("pairs", default, False)


def scope(default: Any) -> Any:
    """Whom a rule is for: kind of tag → set of tags."""
    return _described("scope", default, False)


def shift_tag(default: str) -> Any:
    """The tag of a kind of shift (`work`, `night`, a shift's own id …)."""
    return _described("text", default, False, high=60)


_SPECS: dict[type, tuple[FieldSpec, ...]] = {}


def specs(cls: type) -> tuple[FieldSpec, ...]:
    """Describe the fields of a record or rule class, in order; a field without words is an error.

    Raises:
        TypeError: a field was declared without one of the functions of this module.
    """
    known = _SPECS.get(cls)
    if known is not None:
        return known
    found = []
    for item in dataclasses.fields(cls):
        if _KEY not in item.metadata:
            raise TypeError(f"{cls.__name__}.{item.name} has no description")
        required = item.default is MISSING
        default = None if required else item.default
        found.append(
            FieldSpec(name=item.name, required=required, default=default, **item.metadata[_KEY])
        )
    _SPECS[cls] = described = tuple(found)
    return described


def key() -> Any:
    """The id of a record: a short code, unique in its kind."""
    return _described("text", MISSING, False, high=60)


KINDS: dict[str, type] = {}
"""Kind of record → its class, in the order in which `Problem` holds them."""


def record(kind: str) -> Callable[[type[T]], type[T]]:
    """Register a record class under the name that changes, tables and files use for it."""

    def register(cls: type[T]) -> type[T]:
        KINDS[kind] = cls
        return cls

    return register
