"""Records and rules as plain values (text, numbers, lists) and back, driven by their descriptions.

The canonical form: days as ISO dates, times as HH:MM (above 24:00 on the next day), sets as sorted
lists. Changes, fingerprints, the study file and run requests all use it; importers that read what
people write are more tolerant, and end here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from planner import fields
from planner.clock import SUNDAY, WEEKDAY_WORDS, Horizon, read_time, written
from planner.fields import FieldSpec
from planner.rules import catalogue
from planner.rules.contract import Rule, Scope

Plain: TypeAlias = str | int | float | bool | list[Any] | dict[str, Any] | None

_TRUE: Final = frozenset({"1", "yes", "true", "oui", "vrai"})
_FALSE: Final = frozenset({"0", "no", "false", "non", "faux"})
UNWRITABLE: Final = re.compile(r"[\x00\ud800-\udfff]")
"""What no file can hold: the letter of code 0, and halves of letters."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def printable(words: str) -> str:
    """Give words with every sign that cannot be shown written out: nothing of it moves a cursor."""
    if words.isprintable():
        return words
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in words)


_PYTHONS: Final = re.compile(
    r"(?:invalid literal for int\(\) with base \d+|Invalid isoformat string|"
    r"could not convert string to float): (['\"])(?P<value>.*)\1"
)
"""What Python says of values that it cannot read, in English alone."""


def told_value(error: Exception) -> str:
    """Give the word or value that an error is about, as far as it tells one; the rest is for programmers."""
    if isinstance(error, KeyError):
        return str(error.args[0]) if error.args else ""
    if not isinstance(error, ValueError):
        return ""
    found = _PYTHONS.fullmatch(str(error))
    return str(error) if found is None else found["value"]


class NotPlainError(ValueError):
    """A plain value or text that does not fit its field; `what` is a message id with `facts`."""

    def __init__(self, what: str, field: str, value: object) -> None:
        super().__init__(f"{what}: {field} = {value!r}")
        self.what = what
        self.field = field
        self.value = printable(str(value))


class _NotPrintableError(ValueError):
    """A text with a letter that no file, or no code, may hold."""


def texts_within(value: Any) -> Iterator[str]:
    """Give the texts of a value, plain or not: itself, those of what it holds, names of entries included.

    >>> [*texts_within(["a", 1, {"b": ("c", None)}])]
    ['a', 'b', 'c']
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from texts_within(name)
            yield from texts_within(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from texts_within(each)


def to_plain(record: Any, horizon: Horizon) -> dict[str, Plain]:
    """Give a record, or a rule with its `type`, as plain values by field."""
    values: dict[str, Plain] = {"type": record.type} if isinstance(record, Rule) else {}
    for spec in fields.specs(type(record)):
        values[spec.name] = plain(spec, getattr(record, spec.name), horizon)
    return values


def from_plain(kind: str, values: Mapping[str, Any], horizon: Horizon) -> Any:
    """Make a record of a kind (`rule`: of its type) from plain values; what is left out has its default.

    Raises:
        NotPlainError: an unknown kind, type or field, a missing field, or a value that does not fit.
    """
    values = dict(values)
    if kind == "rule":
        type_name = values.pop("type", "")
        found = catalogue().get(str(type_name))
        if found is None:
            raise NotPlainError("unknown_rule_type", "type", type_name)
        cls: Any = found
    elif kind in fields.KINDS:
        cls = fields.KINDS[kind]
    else:
        raise NotPlainError("unknown_kind", "kind", kind)
    made = {}
    for spec in fields.specs(cls):
        if spec.name in values:
            made[spec.name] = value(spec, values.pop(spec.name), horizon)
        elif spec.required:
            raise NotPlainError("missing_field", spec.name, "")
    for name in values:
        raise NotPlainError("unknown_field", name, values[name])
    return cls(**made)


_WRITTEN: Final[Mapping[str, Callable[[Any, Horizon], Plain]]] = {
    "day": lambda value, horizon: horizon.date(value).isoformat(),
    "days": lambda value, horizon: [horizon.date(day).isoformat() for day in sorted(value)],
    "time": lambda value, _: written(value),
    "links": lambda value, _: sorted(value),
    "tags": lambda value, _: sorted(value),
    "weekdays": lambda value, _: sorted(value),
    "words": lambda value, _: list(value),
    "pairs": lambda value, _: [list(pair) for pair in value],
    "scope": lambda value, _: {kind: sorted(tags) for kind, tags in value.tags},
}
"""How the values of a form are written; those of all others (text, whole, flag …) are plain already."""


def is_plain(spec: FieldSpec) -> bool:
    """Tell whether the values of a field are plain as they are."""
    return spec.form not in _WRITTEN


def plain(spec: FieldSpec, value: Any, horizon: Horizon) -> Plain:
    """Give the value of a field as a plain value."""
    write = _WRITTEN.get(spec.form)
    if value is None or write is None:
        return value  # type: ignore[no-any-return]
    return write(value, horizon)


def value(spec: FieldSpec, given: Any, horizon: Horizon) -> Any:
    """Make the value of a field from a plain value.

    Raises:
        NotPlainError: the value does not fit the field's form or bounds.
    """
    if given is None:
        if spec.optional:
            return None
        raise NotPlainError("empty_value", spec.name, "")
    try:
        made = _made(spec, given, horizon)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        if isinstance(error, NotPlainError):
            raise
        what = "not_printable" if isinstance(error, _NotPrintableError) else f"not_{spec.form}"
        raise NotPlainError(what, spec.name, given) from error
    if spec.name == "id" and not made.strip():
        raise NotPlainError("empty_value", spec.name, given)
    if spec.form in ("whole", "day", "time") and not spec.low <= made <= spec.high:
        raise NotPlainError("not_in_bounds", spec.name, given)
    if spec.form == "choice" and made not in spec.options:
        raise NotPlainError("not_choice", spec.name, given)
    return made


def _made(spec: FieldSpec, given: Any, horizon: Horizon) -> Any:
    match spec.form:
        case "day":
            return horizon.day(date.fromisoformat(given))
        case "days":
            return frozenset(horizon.day(date.fromisoformat(each)) for each in _list(given))
        case "time":
            return read_time(given)
        case "whole":
            return _whole(given)
        case "flag":
            return _flag(given)
        case "links" | "tags":
            return frozenset(_code(each) for each in _list(given))
        case "weekdays":
            return frozenset(_weekday(each) for each in _list(given))
        case "words":
            return tuple(_code(each) for each in _list(given))
        case "pairs":
            return tuple((_code(word), _whole(number)) for word, number in given)
        case "scope":
            return Scope.of(**{kind: [_text(tag) for tag in _list(t)] for kind, t in given.items()})
    return _code(given) if spec.name == "id" or spec.form == "link" else _text(given)


def _list(given: Any) -> list[Any]:
    if not isinstance(given, list | tuple):
        raise TypeError(given)
    return list(given)


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError(given)
    if UNWRITABLE.search(given):
        raise _NotPrintableError(given)
    return given


def _code(given: Any) -> str:
    """Take a code: an id, a tag, a link; it stands in tables and in words that people type."""
    if _CONTROL.search(_text(given)):
        raise _NotPrintableError(given)
    return str(given)


def _whole(given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError(given)
    return given


def _weekday(given: Any) -> int:
    """Take the number of a weekday, Monday is 0, or its name."""
    number = WEEKDAY_WORDS[given.lower()] if isinstance(given, str) else _whole(given)
    if not 0 <= number <= SUNDAY:
        raise ValueError(given)
    return number


def _flag(given: Any) -> bool:
    if given in (0, 1):
        return bool(given)
    raise TypeError(given)


# --- one line of text, for tables and the command line ---------------------------------------


def text_of(spec: FieldSpec, value: Any, horizon: Horizon) -> str:
    """Write the value of a field in one line: lists with spaces, an absent value empty."""
    given = plain(spec, value, horizon)
    if given is None:
        return ""
    match given:
        case bool():
            return "yes" if given else "no"
        case list():
            return " ".join(":".join(map(str, e)) if isinstance(e, list) else str(e) for e in given)
        case dict():
            return " ".join(f"{kind}={','.join(tags)}" for kind, tags in given.items())
    return str(given)


def from_text(spec: FieldSpec, words: str, horizon: Horizon) -> Any:
    """Read the value of a field from one line as `text_of` writes it.

    Raises:
        NotPlainError: the words do not fit the field.
    """
    words = words.strip()
    if not words and spec.optional:
        return None
    try:
        return value(spec, _plain_of(spec, words), horizon)
    except NotPlainError:
        raise
    except ValueError as error:
        raise NotPlainError(f"not_{spec.form}", spec.name, words) from error


def _plain_of(spec: FieldSpec, words: str) -> Any:
    match spec.form:
        case "whole":
            return int(words)
        case "flag":
            lowered = words.lower()
            if lowered in _TRUE | _FALSE:
                return lowered in _TRUE
            raise ValueError(words)
        case "links" | "tags" | "days" | "words":
            return words.split()
        case "weekdays":
            return [int(each) if each.isdigit() else each for each in words.split()]
        case "pairs":
            return [
                (each.rpartition(":")[0], int(each.rpartition(":")[2])) for each in words.split()
            ]
        case "scope":
            split = (each.partition("=") for each in words.split())
            return {kind: tags.split(",") for kind, _, tags in split}
    return words
