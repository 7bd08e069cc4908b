"""The report of a comparison, written in one step."""

from pathlib import Path

from data.refused import Refused
from data.state import new_id, reason
from planner.compare import Comparison
from ui.cli.comparing import Sides
from ui.cli.speech import lang


def write_report(comparison: Comparison, sides: Sides, path: Path) -> None:
    """Write the report of a comparison; a reader never meets half of one.

    Raises:
        Refused: it cannot be written; what was there is whole.
    """
    from data import report

    fresh = path.absolute().with_name(f".~{path.name}.{new_id()}.writing")
    try:
        report.write_report(fresh, comparison, sides.outcomes, lang(), title=sides.title)
        fresh.replace(path)
    except OSError as error:
        raise Refused("study.not_written", path=str(path), why=reason(error)) from error
    finally:
        fresh.unlink(missing_ok=True)
