"""How the cells of a column become values: one reader a column, decided once for all its cells."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from data.csv.cells import NONE, parted, unguarded
from data.csv.durations import CellError, day_of, minutes, style, time, whole
from planner.clock import WEEKDAY_WORDS, Again, Horizon, Twice
from planner.fields import FieldSpec
from planner.plain import UNWRITABLE
from planner.words import LANGUAGES, known, say

Reader = Callable[[str], Any]

SPACES: Final = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u2007\t", " ") | {"\ufeff": "", "\u200b": ""}
)
YES: Final = frozenset({"yes", "true", "1", "x", "oui", "vrai"})
NO: Final = frozenset({"no", "false", "0", "non", "faux"})
_CACHED: Final = 20_000
_CODE: Final = 60  # a text that short is a code: ids, tracks, tags
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_EMPTY: Final[Mapping[str, Any]] = {
    "text": "",
    "links": frozenset(),
    "tags": frozenset(),
    "days": frozenset(),
    "words": (),
    "pairs": (),
}


def reader(spec: FieldSpec, kind: str, horizon: Horizon, *, hours: bool = False) -> Reader:
    """Give the reader of a column: trimmed words in, value out; it remembers what it has read.

    `hours`: the header says that plain numbers are hours. The reader raises `CellError`.
    """
    read = _reader(spec, kind, horizon, hours)
    empty = None if spec.optional else _EMPTY.get(spec.form, spec.default)
    known_cells: dict[str, Any] = {}

    def cell(words: str) -> Any:
        if words in known_cells:
            return known_cells[words]
        stripped = words.strip(" \u00a0\u202f\u2007\ufeff\u200b\t\r\n")
        if stripped:
            value = read(stripped)
        elif spec.required and not spec.optional:
            raise CellError("empty")
        else:
            value = empty
        if len(known_cells) < _CACHED:
            known_cells[words] = value
        return value

    return cell


def code(words: str) -> str:
    """Read a code: every kind of space is a plain one."""
    cleaned = unguarded(words).translate(SPACES).strip()
    if _CONTROL.search(cleaned):
        raise CellError("not_printable", value=ascii(cleaned)[1:-1])
    return cleaned


def _reader(spec: FieldSpec, kind: str, horizon: Horizon, hours: bool) -> Reader:
    match spec.form:
        case "text":
            return _text(spec)
        case "whole" if spec.unit == "minute":
            return lambda words: minutes(words.translate(SPACES), hours=hours)
        case "whole":
            return _number(spec)
        case "flag":
            return _flag
        case "day":
            return _dates(horizon)
        case "days":
            one = _dates(horizon)
            return lambda words: frozenset(one(each) for each in parted(words) if each)
        case "time":
            return _time(twice=kind == "placement")
        case "choice":
            return _choice(spec, kind)
        case "link":
            return code
        case "links" | "tags":
            return lambda words: frozenset(each for each in parted(code(words)) if each)
        case "weekdays":
            return _weekdays
        case "words":
            return lambda words: tuple(parted(code(words)))
        case "pairs":
            return _pairs
    raise TypeError(f"{kind}.{spec.name}: no cell holds a {spec.form}")


def _time(*, twice: bool) -> Reader:
    """Read times; where they have no date, none is one of two that the clock shows."""

    def read(words: str) -> int:
        minute = time(words.translate(SPACES))
        if isinstance(minute, Again | Twice) and not twice:
            raise CellError("time_of_two", value=words)
        return minute

    return read


def _text(spec: FieldSpec) -> Reader:
    clean = code if spec.high <= _CODE else unguarded

    def read(words: str) -> str:
        text = "" if words == "'" else clean(words)
        if len(text) > spec.high:
            raise CellError("too_long", value=f"{text[:20]}…", high=spec.high)
        if UNWRITABLE.search(text):
            raise CellError("not_printable", value=ascii(text)[1:-1])
        return text

    return read


def _number(spec: FieldSpec) -> Reader:
    signs = " %" if spec.unit == "per cent" else " "
    return lambda words: whole(words.rstrip(signs))


def _flag(words: str) -> bool:
    lowered = words.lower()
    if lowered not in YES and lowered not in NO:
        raise CellError("not_flag", value=words)
    return lowered in YES


def _dates(horizon: Horizon) -> Reader:
    """Read dates: the first one that looks like a date decides for the whole column."""
    decided = ""

    def read(words: str) -> int:
        nonlocal decided
        words = words.translate(SPACES)
        found = style(words)
        decided = decided or found
        if found != decided and found:
            raise CellError(f"not_{decided}", value=words)
        return horizon.day(day_of(words, decided))

    return read


def _choice(spec: FieldSpec, kind: str) -> Reader:
    meant = {}
    for option in spec.options:
        meant[option.casefold()] = option
        message = f"option.{kind}.{spec.name}.{option}"
        if option and known(message):
            meant |= {say(message, lang).casefold(): option for lang in LANGUAGES}

    def read(words: str) -> str:
        option = meant.get(code(words).casefold())
        if option is None:
            options = ", ".join(option for option in spec.options if option)
            raise CellError("no_option", value=words, options=options)
        return option

    return read


def _weekdays(words: str) -> frozenset[int]:
    if words.lower() == NONE:
        return frozenset()
    days = [each.lower().rstrip(".") for each in parted(words)]
    if not all(day in WEEKDAY_WORDS for day in days):
        raise CellError("not_weekdays", value=words)
    return frozenset(WEEKDAY_WORDS[day] for day in days)


def _pairs(words: str) -> tuple[tuple[str, int], ...]:
    pairs = []
    for each in parted(code(words)):
        word, sign, number = each.rpartition("=")
        if not sign:
            raise CellError("not_pairs", value=words)
        pairs.append((word.strip(), whole(number.strip())))
    return tuple(pairs)
