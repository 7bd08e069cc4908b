"""The one schema table: a table a kind of record, a column a field.

CSV folders and the tables of a study file are both laid out by it, so that a new field of a record
is one line in the class that owns it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from planner import fields
from planner.fields import FieldSpec
from planner.problem import ATTRIBUTES, RECORD_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The records of one kind: its class, and its columns in order, the id among them.

    `name` is the attribute of `Problem`: `cases`, `cover`; a CSV file and an SQL table are called so.
    """

    kind: str
    name: str
    record: type[Any]
    columns: tuple[FieldSpec, ...]


@cache
def tables() -> tuple[Table, ...]:
    """Give the tables of all kinds with a fixed class; links point to tables before or to itself."""
    return tuple(
        Table(
            kind=kind,
            name=ATTRIBUTES[kind],
            record=fields.KINDS[kind],
            columns=fields.specs(fields.KINDS[kind]),
        )
        for kind in RECORD_KINDS
    )


def table(kind: str) -> Table:
    """Give the table of a kind.

    Raises:
        KeyError: there is no such kind of record.
    """
    return {each.kind: each for each in tables()}[kind]
