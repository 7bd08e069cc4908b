"""The study of the next period as a file: for the command line and for the window."""

from datetime import date
from pathlib import Path

from data.protecting import Seal
from data.state import new_id
from data.study_file import create_study
from planner.next_period import Following, study_after
from planner.study import Study


def write_next_period(
    study: Study,
    name: str,
    path: Path,
    as_of: date | None = None,
    *,
    seal: Seal | None = None,
    published: bool = False,
) -> Following:
    """Write the period after a scenario's as a new study; give what it begins with.

    `seal`: that of the file whose study it is; the new one is under the same passphrase. `published`:
    the plan that was published is what was done, and not the one that stands.

    Raises:
        Held: somebody else holds the file.
        Refused: it cannot be written; what was there is whole.
    """
    following, found = study_after(study, name, new_id(), as_of, published=published)
    with create_study(following, action="journal.next_period") as opened:
        opened.seal = seal
        opened.save(path)
    return found
