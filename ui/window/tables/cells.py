"""Values of fields as people read them in a table, and what they type as values again.

Reading is that of the CSV importer: 75, 1:15, 1 h 15, 07/10/2026 and 2026-10-07 are all understood.
"""

from collections.abc import Callable
from typing import Any, Final

from data.csv.cells import writer
from data.csv.durations import CellError
from data.csv.readers import reader
from planner.clock import Horizon
from planner.fields import FieldSpec
from planner.record_words import value_words
from planner.words import known, say

__all__ = ["CellError", "choices", "heading", "read", "readers", "refusal", "shown", "typed"]

_SORTED_AS_NUMBERS: Final = frozenset({"whole", "day", "time", "flag"})


def heading(kind: str, spec: FieldSpec, lang: str) -> str:
    """Give the words of a field."""
    message = f"field.{kind}.{spec.name}"
    words = say(message, lang) if known(message) else spec.name
    return words[:1].upper() + words[1:]


def shown(kind: str, spec: FieldSpec, value: Any, horizon: Horizon, lang: str) -> str:
    """Write a value for reading in a cell."""
    return value_words(kind, spec, value, horizon, lang, brief=True)


def typed(spec: FieldSpec, value: Any, horizon: Horizon, lang: str = "en") -> str:
    """Write a value as it stands in an editor or on the clipboard: what `read` reads back.

    Dates stand as a spreadsheet of the language writes them.
    """
    if lang == "fr" and spec.form in ("day", "days") and value is not None:
        days = [value] if spec.form == "day" else sorted(value)
        return "|".join(f"{horizon.date(day):%d/%m/%Y}" for day in days)
    return writer(spec, horizon)(value)


def read(kind: str, spec: FieldSpec, words: str, horizon: Horizon) -> Any:
    """Read what somebody typed.

    Raises:
        CellError: it does not fit the field, or its bounds.
    """
    return readers(kind, horizon)(spec, words)


def readers(kind: str, horizon: Horizon) -> Callable[[FieldSpec, str], Any]:
    """Give the reader of a block of cells: the first date of a column says how all of them are written.

    It raises `CellError`.
    """
    known: dict[str, Callable[[str], Any]] = {}

    def read_cell(spec: FieldSpec, words: str) -> Any:
        if spec.name not in known:
            known[spec.name] = reader(spec, kind, horizon)
        return _bounded(spec, known[spec.name](words), words, horizon)

    return read_cell


def _bounded(spec: FieldSpec, value: Any, words: str, horizon: Horizon) -> Any:
    if spec.form in ("whole", "day", "time") and value is not None:
        if not spec.low <= value <= spec.high:
            low, high = (_bound(spec, each, horizon) for each in (spec.low, spec.high))
            raise CellError("cell_bounds", value=words, low=low, high=high)
    return value


def _bound(spec: FieldSpec, value: int, horizon: Horizon) -> str:
    return typed(spec, value, horizon)


def refusal(error: CellError, lang: str) -> str:
    """Say why typed words are no value, and what to do."""
    what = say(f"import.{error.what}", lang, **error.facts)
    hint = f"import.{error.what}.hint"
    return f"{what}. {say(hint, lang, **error.facts)}" if known(hint) else f"{what}."


def order(spec: FieldSpec) -> Callable[[Any], Any]:
    """Give how values of a field are ordered: numbers as numbers, nothing last, words by letter."""
    if spec.form in _SORTED_AS_NUMBERS:
        return lambda value: (value is None, 0 if value is None else int(value))
    return lambda value: (value is None, "" if value is None else _folded(value))


def _folded(value: Any) -> str:
    if isinstance(value, frozenset | tuple):
        return " ".join(sorted(map(str, value))).casefold()
    return str(value).casefold()


def choices(kind: str, spec: FieldSpec, lang: str) -> list[tuple[str, str]]:
    """Give what a field may be, as (shown, typed), where there are few words; else nothing."""
    if spec.form == "choice":
        return [(shown(kind, spec, option, None, lang), option) for option in spec.options]  # type: ignore[arg-type]  # no date in it
    if spec.form == "flag":
        return [(say("compare.yes", lang), "yes"), (say("compare.no", lang), "no")]
    return []
