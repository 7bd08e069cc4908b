"""A comparison as an Excel workbook: a sheet a table, numbers that can be reckoned with.

Everything is written as text, number or date, never as a formula or a link, whatever it is called.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data.report import beside
from planner.compare import Comparison
from planner.comparison_tables import Cell, Table, Tables
from planner.comparison_words import search_sentences, stale_sentences
from planner.kpis.contract import Outcome
from planner.plan_changes import duty_grid
from planner.study import BASE
from planner.words import day, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME: Final = 31
"""Characters that the name of a sheet may have."""
TEXT: Final = 32_000
"""Characters that a cell may have, and a few less."""
WIDEST: Final = 60
NARROWEST: Final = 8
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {"valign": "top", "text_wrap": True},
    "date": {"valign": "top", "num_format": "ddd d mmm yyyy", "align": "left"},
    "number": {"valign": "top", "num_format": "#,##0.####"},
    "better": {"valign": "top", "num_format": "#,##0.####", "font_color": "#1B6B3A"},
    "worse": {"valign": "top", "num_format": "#,##0.####", "font_color": "#A3231F"},
    "title": {"bold": True, "font_size": 14},
}


def write_workbook(
    path: Path,
    comparison: Comparison,
    outcomes: Mapping[str, Outcome],
    lang: str,
    *,
    title: str = "",
    names: Mapping[str, str] | None = None,
    made: dt.date | None = None,
) -> None:
    """Write a comparison as one workbook, in place of what was there, whole or not at all.

    `names` are words for scenarios where their own will not do.

    Raises:
        OSError: the file cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    made = dt.datetime.now(dt.UTC).astimezone().date() if made is None else made
    shown = {BASE: say("report.base", lang), **(names or {})}
    tables = Tables(comparison=comparison, outcomes=outcomes, lang=lang, shown=shown)
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    with beside(path) as fresh:
        book = Workbook(str(fresh), options)
        book.set_properties({"title": title, "created": dt.datetime.combine(made, dt.time())})
        maker = _Maker(book)
        maker.cover(_about(tables, title, made))
        for table in tables.every():
            maker.sheet(table)
        for table in _grids(tables):
            maker.sheet(table, narrow=True)
        try:
            book.close()
        except FileCreateError as error:
            raise _of_system(error) from error


def _of_system(error: Exception) -> OSError:
    """Give the system's error that a workbook's own stands for."""
    cause = error.args[0] if error.args else None
    return cause if isinstance(cause, OSError) else OSError(str(error))


def _about(tables: Tables, title: str, made: dt.date) -> Sequence[str]:
    """Say what was compared, and what a reader has to know before any figure."""
    comparison, lang = tables.comparison, tables.lang
    horizon = comparison.horizon
    told = [
        title or say("report.title", lang),
        say("report.period", lang, first=horizon.date(0), last=horizon.date(horizon.last)),
        say("report.made", lang, day=made),
        say("table.reference", lang, scenario=tables.called(comparison.reference)),
    ]
    for stale in comparison.reasons:
        named = stale._replace(scenario=tables.called(stale.scenario))
        told += stale_sentences(named, lang)
    told += search_sentences(comparison, lang, tables.shown)
    return [*told, say("report.human", lang)]


def _grids(tables: Tables) -> Sequence[Table]:
    """Give, for each scenario with other duties, people × days: only people and days that differ."""
    found = []
    off = say("board.off", tables.lang)
    for name in tables.comparison.scenarios:
        changes = [c for c in tables.comparison.duties if c.scenario == name]
        days, lines = duty_grid(changes, off)
        if lines:
            dates = [tables.comparison.horizon.date(each) for each in days]
            head = (
                say("table.person", tables.lang),
                *(day(d, tables.lang, "short") for d in dates),
            )
            called = say("table.grid", tables.lang, scenario=tables.called(name))
            found.append(Table(title=called, head=head, lines=tuple(lines)))
    return found


class _Maker:
    """Writes sheets with names of their own."""

    def __init__(self, book: "Workbook") -> None:
        self.book = book
        self.styles = {name: book.add_format(dict(each)) for name, each in _STYLES.items()}
        self.names: set[str] = set()

    def cover(self, told: Sequence[str]) -> None:
        """Write the first sheet: sentences, one a line."""
        sheet = self._sheet(told[0])
        sheet.set_column(0, 0, 110)
        for line, words in enumerate(told):
            sheet.write_string(line, 0, words[:TEXT], self.styles["text" if line else "title"])

    def sheet(self, table: Table, *, narrow: bool = False) -> None:
        """Write a table: its head stays in view, and every column can be filtered."""
        sheet = self._sheet(table.title)
        for column, words in enumerate(table.head):
            sheet.write_string(0, column, words[:TEXT], self.styles["head"])
            wide = max(len(words), *(_length(line[column]) for line in table.lines[:200]))
            most = NARROWEST + 4 if narrow and column else WIDEST
            sheet.set_column(column, column, min(max(wide + 2, NARROWEST), most))
        for number, line in enumerate(table.lines, start=1):
            tone = table.tones[number - 1] if table.tones else ""
            for column, cell in enumerate(line):
                self._write(sheet, number, column, cell, tone)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table.lines), len(table.head) - 1)

    def _write(self, sheet: "Worksheet", line: int, column: int, cell: Cell, tone: str) -> None:
        match cell:
            case None:
                return
            case str():
                sheet.write_string(line, column, cell[:TEXT], self.styles["text"])
            case dt.date():
                when = dt.datetime.combine(cell, dt.time())
                sheet.write_datetime(line, column, when, self.styles["date"])
            case _:
                sheet.write_number(line, column, cell, self.styles[tone or "number"])

    def _sheet(self, title: str) -> "Worksheet":
        plain = " ".join(title.translate(_FORBIDDEN).split())[:NAME] or "-"
        name, count = plain, 1
        while name.lower() in self.names:
            count += 1
            name = f"{plain[: NAME - len(str(count)) - 1]} {count}"
        self.names.add(name.lower())
        return self.book.add_worksheet(name)


def _length(cell: Cell) -> int:
    """Give about how many characters a cell needs."""
    return max(len(part) for part in str("" if cell is None else cell).splitlines() or [""])
