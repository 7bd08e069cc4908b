"""The report of a comparison, in the words of the command line where it cannot be written."""

from pathlib import Path

from data.refused import Refused
from data.state import reason
from planner.compare import Comparison
from ui.cli.comparing import Sides
from ui.cli.speech import lang


def write_report(comparison: Comparison, sides: Sides, path: Path) -> None:
    """Write the report of a comparison; a reader never meets half of one.

    Raises:
        Refused: it cannot be written; what was there is whole.
    """
    from data import report

    try:
        report.write_report(path, comparison, sides.outcomes, lang(), title=sides.title)
    except OSError as error:
        raise Refused("study.not_written", path=str(path), why=reason(error)) from error
