"""The tables of records and rules in a study file, derived from the one schema table.

A cell holds the plain value of `planner.plain`: dates as ISO text, times as HH:MM, sets as JSON
lists. `data/schema/NNNN.sql` is this text as it was when its version was released; a test keeps the
newest one equal to it.
"""

from typing import Final

from data.tables import Table, tables
from planner.clock import written
from planner.fields import FieldSpec, specs
from planner.rules.contract import Rule

KEY_LENGTH: Final = 60


_POSITION: Final = '"position" INTEGER NOT NULL CHECK ("position" >= 0)'
JSON_OBJECT: Final = "json_valid({0}) AND json_type({0}) = 'object'"
JSON_LIST: Final = "json_valid({0}) AND json_type({0}) = 'array'"


def record_tables() -> str:
    """Give the statements that make a table a kind of record, and the one of rules."""
    return "\n".join([*map(record_table, tables()), rule_table()])


def record_table(table: Table) -> str:
    """Give the statement that makes the table of a kind of record."""
    return _statement(table.name, [column(spec) for spec in table.columns])


def rule_table() -> str:
    """Give the statement of the table of rules: what all types have, and parameters as JSON."""
    own = [column(spec) for spec in specs(Rule)]
    name = '"type" TEXT NOT NULL CHECK (length("type") <= 60)'
    parameters = '"parameters" TEXT NOT NULL CHECK (' + JSON_OBJECT.format('"parameters"') + ")"
    return _statement("rules", [own[0], name, *own[1:], parameters])


def _statement(name: str, columns: list[str]) -> str:
    body = ",\n    ".join([_POSITION, *columns])
    return f'CREATE TABLE "{name}" (\n    {body}\n) STRICT;\n'


def column(spec: FieldSpec) -> str:
    """Give the definition of a column: type, whether it may be empty, and its bounds."""
    kind = "INTEGER" if spec.form in ("whole", "flag") else "TEXT"
    key = " PRIMARY KEY" if spec.name == "id" else ""
    empty = "" if spec.optional else " NOT NULL"
    return f'"{spec.name}" {kind}{empty}{key} CHECK ({_bounds(spec)})'


def _bounds(spec: FieldSpec) -> str:
    name = f'"{spec.name}"'
    if spec.optional and spec.form not in (
        "text",
        "whole",
        "flag",
        "day",
        "time",
        "choice",
        "link",
    ):
        raise TypeError(f"{spec.name}: a list in a study file is empty, never absent")
    match spec.form:
        case "whole":
            return f"{name} BETWEEN {spec.low} AND {spec.high}"
        case "flag":
            return f"{name} IN (0, 1)"
        case "day":
            return f"date({name}, '+0 days') IS {name}"  # the plain date() lets 30 February pass
        case "time":
            return f"{name} GLOB '[0-4][0-9]:[0-5][0-9]' AND {name} <= '{written(spec.high)}'"
        case "choice":
            options = ", ".join("'" + option.replace("'", "''") + "'" for option in spec.options)
            return f"{name} IN ({options})"
        case "link":
            return f"length({name}) <= {KEY_LENGTH}"
        case "text":
            return f"length({name}) <= {spec.high}"
        case "scope":
            return JSON_OBJECT.format(name)
    return JSON_LIST.format(name)
