"""The columns of a table of facts: which come first, what they are called, how wide they are."""

from collections.abc import Sequence
from typing import Final

from planner.fields import KINDS, FieldSpec, specs
from planner.words import known, say
from ui.window.look.type import SMALL, width
from ui.window.tables import cells

_FIRST: Final = {
    "case": ("id", "procedure", "specialty", "priority", "mean", "due", "surgeons", "mode"),
    "session": ("id", "theatre", "day", "start", "end", "owners", "surgeon", "closed"),
    "template": ("id", "theatre", "weekday", "start", "end", "owners", "surgeon", "week", "cycle"),
    "procedure": ("id", "name", "specialty", "mean", "deviation", "turnover", "recovery"),
    "staff": ("id", "name", "role", "team", "share", "contract", "skills"),
}
"""Fields that planners look at first, by kind; the others follow as they are described."""
WIDEST: Final = 260
_LEAST: Final = 44
_ROOM: Final = 28
"""What a cell needs beside its words: its edges and the sign of an own value."""
_SORTED: Final = 22
"""What a heading needs beside its words: its edges and the arrow of the order."""


def columns(kind: str) -> tuple[FieldSpec, ...]:
    """Give the fields of a kind as columns, the most important first."""
    every = {spec.name: spec for spec in specs(KINDS[kind])}
    first = _FIRST.get(kind, ())
    return (*(every.pop(name) for name in first), *every.values())


def head(kind: str, spec: FieldSpec, lang: str) -> str:
    """Give the words over a column: short ones where a field has some."""
    words = short(kind, spec, lang)
    return words[:1].upper() + words[1:]


def short(kind: str, spec: FieldSpec, lang: str) -> str:
    """Give a field in few words, as they stand within a sentence."""
    message = f"column.{kind}.{spec.name}"
    if known(message):
        return say(message, lang)
    words = cells.heading(kind, spec, lang)
    return words[:1].lower() + words[1:]


def needed(heading: str, words: Sequence[str]) -> int:
    """Give how wide a column has to be for its heading and the words of some of its cells."""
    inside = max((width(each) for each in words), default=0)
    wanted = max(width(heading, SMALL, 600) + _SORTED, min(inside, WIDEST) + _ROOM, _LEAST)
    return round(wanted)


def shared(widths: Sequence[int], room: int, *, stretch: bool = True) -> list[int]:
    """Give the columns that fit into a room all of it, so that the next one begins at its edge.

    Where all of them fit, the last one takes what is left, if it is to `stretch`.
    """
    found, used, fitting = list(widths), 0, 0
    for each in widths:
        if used + each > room:
            break
        used, fitting = used + each, fitting + 1
    if fitting and fitting < len(found):
        spare, left = divmod(room - used, fitting)
        for place in range(fitting):
            found[place] += spare + (1 if place < left else 0)
    elif stretch and found and fitting == len(found):
        found[-1] += room - used
    return found
