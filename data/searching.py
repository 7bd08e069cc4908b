"""How long the plans of an open study were searched, and what the searches still gained at their end."""

from typing import NamedTuple

from data.journal import late_gains, searched
from data.study_file import Opened


class Behind(NamedTuple):
    """By scenario: processor seconds of search behind its plan, and its late gains; where known."""

    searched: dict[str, float]
    late: dict[str, int]


def behind(opened: Opened) -> Behind:
    """Read what the journal and the runs of a study say of the searches behind its plans."""
    runs = opened.past_runs()
    history = opened.history() if runs else ()
    return Behind(searched(history, runs), late_gains(history, runs))
