"""How the value of a field is written in a cell, so that a spreadsheet shows it and harms nobody.

Days are ISO dates, times HH:MM with `+1` on the next day, of an hour that comes twice with `(1)` or
`(2)`, durations whole minutes, lists joined by `|`. A text that a spreadsheet would take for a
formula gets a leading `'`, which reading takes away.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from planner.clock import MINUTES_A_DAY, WEEKDAYS, Again, Horizon, Twice, written
from planner.fields import FieldSpec

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
NONE: Final = "none"


def guarded(text: str) -> str:
    """Put a `'` before a text that begins like a formula, or with a `'` of its own.

    >>> guarded("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text


def unguarded(text: str) -> str:
    """Take away the `'` that `guarded` put there.

    >>> unguarded("'=1+1")
    '=1+1'
    """
    return text[1:] if text.startswith("'") and text[1:].startswith((*FORMULA, "'")) else text


def joined(items: Iterable[str]) -> str:
    r"""Join words with `|`; a `|` or `\` inside a word gets a `\` before it."""
    return "|".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def parted(text: str) -> list[str]:
    """Part what `joined` joined; spaces around the words are dropped."""
    if "\\" not in text:
        return [item.strip() for item in text.split("|")]
    items, word, escaped = [], "", False
    for letter in text:
        if escaped or letter not in "\\|":
            word, escaped = word + letter, False
        elif letter == "\\":
            escaped = True
        else:
            items.append(word.strip())
            word = ""
    return [*items, word.strip()]


def clock(minute: int) -> str:
    """Write minutes after midnight, the next day with `+1`, which of two where the clock has both.

    >>> clock(1890), clock(1440), clock(Again(150))
    ('07:30+1', '24:00', '02:30 (2)')
    """
    mark = " (2)" if isinstance(minute, Again) else " (1)" if isinstance(minute, Twice) else ""
    if minute <= MINUTES_A_DAY:
        return written(minute) + mark
    return f"{written(minute - MINUTES_A_DAY)}+1{mark}"


def writer(spec: FieldSpec, horizon: Horizon) -> Callable[[Any], str]:
    """Give the function that writes the values of a field."""
    write = _writer(spec, horizon)
    return lambda value: "" if value is None else write(value)


def _writer(spec: FieldSpec, horizon: Horizon) -> Callable[[Any], str]:
    match spec.form:
        case "whole":
            return str
        case "flag":
            return lambda value: "yes" if value else "no"
        case "day":
            return lambda value: horizon.date(value).isoformat()
        case "days":
            return lambda value: joined(horizon.date(day).isoformat() for day in sorted(value))
        case "time":
            return clock
        case "weekdays":
            return lambda value: joined(WEEKDAYS[day] for day in sorted(value)) or NONE
        case "links" | "tags":
            return lambda value: guarded(joined(sorted(value)))
        case "words":
            return lambda value: guarded(joined(value))
        case "pairs":
            return lambda value: guarded(joined(f"{word}={number}" for word, number in value))
    if spec.form == "text" and spec.optional:
        return lambda value: guarded(value) or "'"  # apart from no text at all
    return guarded
