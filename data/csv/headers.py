"""Which field a column of a file holds: its name, its label in either language, or an alias."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from data.csv.files import Sheet
from data.importing import FileFault
from data.tables import Table
from planner.fields import FieldSpec
from planner.words import LANGUAGES, known, say

_UNIT: Final = re.compile(r"[(\[]([^)\]]*)[)\]]\s*$")
_LONGEST: Final = 100
_HOURS: Final = frozenset({"h", "heure", "heures", "hour", "hours"})


class Column(NamedTuple):
    """A column of a file: the words above it, its field, and whether plain numbers are hours."""

    words: str
    spec: FieldSpec
    hours: bool


def plain_words(words: str) -> str:
    """Give words without case, accents, spaces and signs, to compare headers by.

    >>> plain_words(" Durée moyenne (min) ")
    'dureemoyennemin'
    """
    parts = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in parts if letter.isalnum())


def columns_of(sheet: Sheet, table: Table) -> list[Column | None]:
    """Give the field of each column of a sheet; what does not fit becomes a fault of the sheet."""
    names = _names(table)
    seen: dict[str, str] = {}
    if not any(_column(words.strip(), names) for words in sheet.header):
        expected = ", ".join(spec.name for spec in table.columns)
        _fault(sheet, "header_unknown", "", expected=expected)
        return []
    found: list[Column | None] = []
    for words in sheet.header:
        column = _column(words.strip(), names)
        if column is None:
            expected = ", ".join(spec.name for spec in table.columns)
            value = words.strip()[:_LONGEST]
            _fault(sheet, "column_unknown", value, value=value, expected=expected)
        elif column.spec.name in seen:
            twice = {"first": seen[column.spec.name], "field": column.spec.name}
            _fault(sheet, "column_twice", words.strip(), **twice)
            column = None
        else:
            seen[column.spec.name] = words.strip()
        found.append(column)
    for spec in table.columns:
        if spec.required and not spec.optional and spec.name not in seen:
            _fault(sheet, "column_missing", "", field=spec.name)
    return found


def _fault(sheet: Sheet, what: str, column: str, **facts: str | int) -> None:
    row = sheet.header_row
    fault = FileFault(what=what, file=sheet.file, row=row, column=column, facts=facts)
    sheet.faults.append(fault)


def _column(words: str, names: Mapping[str, FieldSpec]) -> Column | None:
    if len(words) > _LONGEST:
        return None
    unit = _UNIT.search(words)
    spec = names.get(plain_words(words))
    if spec is None and unit:
        spec = names.get(plain_words(words[: unit.start()]))
    if spec is None:
        return None
    told = unit[1] if unit else words
    return Column(words, spec, told.strip().casefold() in _HOURS)


@cache
def _names(table: Table) -> dict[str, FieldSpec]:
    names: dict[str, FieldSpec] = {}
    for spec in table.columns:
        for words in _all_names(table.kind, spec.name):
            names.setdefault(plain_words(words), spec)
    for spec in table.columns:  # a field's own name goes before another's label
        names[plain_words(spec.name)] = spec
    return names


def _all_names(kind: str, field: str) -> list[str]:
    words = []
    for lang in LANGUAGES:
        if known(f"field.{kind}.{field}"):
            words.append(say(f"field.{kind}.{field}", lang))
        if known(f"alias.{kind}.{field}"):
            words += say(f"alias.{kind}.{field}", lang).split("|")
    return words
