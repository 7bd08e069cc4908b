"""Study files that are read beside the open one: for a comparison, a merge, an answer."""

from pathlib import Path

from data.study_file import is_study
from planner.edits import EditRefusedError


def must_be_study(path: Path) -> None:
    """See to it that a file is there and is a study.

    Raises:
        EditRefusedError: it is not.
    """
    if not path.exists():
        raise EditRefusedError("window.no_file", file=path.name)
    if not is_study(path):
        raise EditRefusedError("window.no_study_file", file=path.name)
