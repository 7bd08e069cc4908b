"""A comparison as a report or a workbook, in the words of the command line where it cannot be written."""

from collections.abc import Callable
from pathlib import Path

from data.state import unwritten
from planner.compare import Comparison
from ui.cli.comparing import Sides
from ui.cli.speech import lang


def write_report(comparison: Comparison, sides: Sides, path: Path) -> None:
    """Write the report of a comparison; a reader never meets half of one.

    Raises:
        Refused: it cannot be written; what was there is whole.
    """
    from data.report import write_report

    _write(write_report, comparison, sides, path)


def write_workbook(comparison: Comparison, sides: Sides, path: Path) -> None:
    """Write a comparison as an Excel workbook; a reader never meets half of one.

    Raises:
        Refused: it cannot be written; what was there is whole.
    """
    from data.report.workbook import write_workbook

    _write(write_workbook, comparison, sides, path)


def _write(write: Callable[..., None], comparison: Comparison, sides: Sides, path: Path) -> None:
    try:
        write(path, comparison, sides.outcomes, lang(), title=sides.title)
    except OSError as error:
        raise unwritten(path, error) from error
