"""Studies in which each value fits its column, while all of them together fit nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hostile_files import Hostile, Make, flipped
from hostile_tables import sql

from data.migrations import SCHEMA

LOST: Final = (
    ("sessions", "theatre"), ("cases", "procedure"), ("cases", "specialty"), ("cases", "priority"),
    ("staff", "contract"), ("absences", "person"), ("requests", "person"), ("requests", "shift"),
    ("placements", "case"), ("placements", "session"), ("placements", "surgeon"),
    ("duties", "person"), ("duties", "shift"), ("histories", "id"), ("pins", "id"),
    ("waivers", "rule"), ("carried", "person"), ("appointments", "id"), ("turns", "rotation"),
    ("lines", "rotation"), ("forecast_sessions", "session"), ("surgeons", "specialty"),
    ("procedures", "specialty"), ("census", "ward"), ("changes", "id"), ("changes", "kind"),
)  # fmt: skip
ALONE: Final = (
    *("change_sets", "changes", "pins", "waivers", "plans"),
    *("forecasts", "forecast_stands", "forecast_days"),
)
REFUSED: Final[tuple[tuple[str, str], ...]] = (
    ("a parent in a circle", "UPDATE scenarios SET parent = 'et après' WHERE name = 'salle fermée'"),
    ("a scenario on itself", "UPDATE scenarios SET parent = name WHERE name = 'et après'"),
    ("a base on its child", "UPDATE scenarios SET parent = 'et après' WHERE parent IS NULL"),
    ("a parent that is nobody", "UPDATE scenarios SET parent = 'nobody' WHERE name = 'et après'"),
    ("three bases", "UPDATE scenarios SET parent = NULL"),
    ("children before parents", "UPDATE scenarios SET position = 100 - position"),
    ("no scenario", "DELETE FROM scenarios"),
    ("no study", "DELETE FROM study"),
    ("a base by another name", "UPDATE scenarios SET name = 'root' WHERE parent IS NULL"),
    ("a name of two lines", "UPDATE scenarios SET name = 'a' || char(10) || 'b' WHERE name = 'et après'"),
    ("a name that paints the screen", "UPDATE scenarios SET name = char(27) || 'c' WHERE parent = 'base'"),
    ("a code that paints the screen", "UPDATE cases SET id = char(27) || ']0;x' WHERE id = 'P-0001'"),
    ("a code of two lines", "UPDATE staff SET id = 'A' || char(13) || char(10) || 'B' WHERE id = 'A17'"),
    ("a start before all calendars", "UPDATE study SET start = '0000-01-01'"),
    ("a start with Julius Caesar", "UPDATE study SET start = '0001-01-01'"),
    ("a start at the end of days", "UPDATE study SET start = '9999-12-31'"),
    ("facts of before all calendars", "UPDATE study SET as_of = '0001-01-01'"),
    ("facts of the end of days", "UPDATE study SET as_of = '9999-12-31'"),
    ("no time zone", "UPDATE study SET zone = ''"),
    ("a time zone that is a folder", "UPDATE study SET zone = 'Europe'"),
    ("a time zone that is a file", "UPDATE study SET zone = '/etc/passwd'"),
    ("a time zone above", "UPDATE study SET zone = '../zoneinfo/UTC'"),
    ("a rule of no type", "UPDATE rules SET type = 'wormhole'"),
    ("a rule of a module", "UPDATE rules SET type = '_template'"),
    ("a parameter out of bounds", "UPDATE rules SET parameters = '{\"most\": -5}' WHERE id = 'r1'"),
    ("a duty far away", "UPDATE OR IGNORE duties SET day = '9999-12-31'"),
    ("a session far away", "UPDATE sessions SET day = '1066-10-14'"),
    ("a pin far away", "UPDATE pins SET first = '9999-12-31'"),
    ("a waiver far away", "UPDATE waivers SET last = '0001-01-01'"),
    ("a forecast far away", "UPDATE OR IGNORE forecast_days SET day = '9999-12-31'"),
    ("a line of the journal without a time", "UPDATE journal SET made = 'yesterday'"),
    ("a group that is none", """UPDATE journal SET action = 'edit_record', scenarios = '["base"]',
     parameters = '{"group": 3}'"""),
    ("facts that are no facts", "UPDATE changes SET value = '3' WHERE action = 'add'"),
    ("a field that is none", "UPDATE changes SET field = NULL"),
    ("a number that is none", "UPDATE changes SET value = '\"three\"' WHERE action = 'adjust'"),
    ("a change without end", "UPDATE changes SET value = '1e999' WHERE action = 'set'"),
    ("numbers of other scenarios", "UPDATE scenarios SET number = number + 100"),
    ("numbers of other plans", "UPDATE placements SET plan = plan + 100"),
)  # fmt: skip
HARMLESS: Final[tuple[tuple[str, str], ...]] = (
    ("a new name that is none", "UPDATE journal SET action = 'edit_rename', parameters = '{}'"),
    ("a branch without a name", "UPDATE journal SET action = 'edit_branch', parameters = '{}'"),
    ("a record without its group", """UPDATE journal SET action = 'edit_record',
     scenarios = '["base"]', parameters = '{}'"""),
)  # fmt: skip
OWN: Final = (
    ("as_of", '"tomorrow"'), ("as_of", '"9999-12-31"'), ("as_of", "null"), ("order", '"random"'),
    ("order", "[]"), ("noon", '"noon"'), ("noon", "99999"), ("noon", "null"), ("noon", "-1"),
    ("clock", "3"),
)  # fmt: skip


def _hot(column: str, value: str) -> str:
    return f"""INSERT INTO runs VALUES ('r', 'base', '2026-10-01T07:30:00+00:00', 'f', 'q', '{{}}', 1,
    '{{}}', 'feasible', NULL, NULL, 1.0, 1.0) ON CONFLICT DO NOTHING;
    UPDATE runs SET {column} = {value}"""


def tangled() -> Iterator[Hostile]:
    for name, statement in REFUSED:
        yield Hostile("tangle", name, sql(statement))
    for name, statement in HARMLESS:
        yield Hostile("tangle", name, sql(statement), harmless=True)
    for table, column in LOST:
        change = f"UPDATE OR IGNORE {table} SET \"{column}\" = 'nobody'"
        yield Hostile("lost", f"{table}.{column}", sql(change), harmless=True)
    for table in ALONE:
        column = "scenario" if table != "plans" else "number"
        change = f"UPDATE {table} SET {column} = {column} + 1000"
        yield Hostile("alone", f"rows of {table}", sql(change))
    for field, value in OWN:
        told = f"kind = 'problem', id = 'problem', field = '{field}', value = '{value}'"
        change = f"UPDATE changes SET {told} WHERE action = 'set'"
        yield Hostile("own", f"{field} = {value}", sql(change), harmless=True)
    for column, value in (("seconds", "9e999"), ("cpu_seconds", "9e999"), ("started", "'once'")):
        yield Hostile("run", f"{column} = {value}", sql(*_hot(column, value).split(";")))
    for payload in (
        "forecast_stands",
        "forecast_sessions",
        "forecast_days",
        "placements",
        "duties",
        "plans",
    ):
        yield Hostile("gone", payload, sql(f"DELETE FROM {payload}"), harmless=True)


RELEASED: Final = Path(__file__).parent.parent / "samples" / "released"
OF_BEFORE: Final = (
    "UPDATE OR IGNORE partitions SET key = 'Monday' WHERE part = 'day'",
    "UPDATE OR IGNORE partitions SET key = '9999-12-31' WHERE part = 'day'",
    "UPDATE OR IGNORE partitions SET key = 'nobody' WHERE part = 'session'",
    "UPDATE partitions SET plan = plan + 100",
    "UPDATE placements SET plan = plan + 100",
    "UPDATE OR IGNORE duties SET day = '9999-12-31'",
    "UPDATE scenarios SET number = number + 100",
    "UPDATE scenarios SET parent = NULL",
    "UPDATE scenarios SET parent = name WHERE parent IS NOT NULL",
    "UPDATE study SET start = '9999-12-31'",
    "DELETE FROM study",
)


def of_before() -> Iterator[Hostile]:
    """Give files of formats before, which are brought up to date while they are judged."""

    def old(version: int, spoiled: Make) -> Make:
        return lambda path, _: spoiled(path, (RELEASED / f"{version:04d}.opale").read_bytes())

    for version in range(1, SCHEMA):
        for seed in range(4):
            yield Hostile("old", f"{version}, bits {seed}", old(version, flipped(seed, 30)), True)
    for version in (1, 5):  # the first and the last that hold plans by whole sessions and days
        for statement in OF_BEFORE:
            yield Hostile("old", f"{version}, {statement}", old(version, sql(statement)), True)


def tangles() -> tuple[Hostile, ...]:
    """Give all of them."""
    return (*tangled(), *of_before())
