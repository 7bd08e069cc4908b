"""A study file is read for work: a large one beside, while the window goes on painting."""

from functools import partial
from pathlib import Path
from typing import Final

from data.journal import versions
from data.study_file import Opened
from data.working import work_on
from planner.fingerprint import fingerprint
from ui.window.awaiting import awaited

FELT: Final = 1_000_000
"""Bytes of a study file from which reading it is felt."""


def read_for_work(path: Path, passphrase: str | None) -> Opened:
    """Read a study file for work.

    Raises:
        SealedError, Refused: as `work_on`.
    """
    read = partial(work_on, path, passphrase)
    if not path.is_file() or path.stat().st_size < FELT:
        return read()
    return awaited(lambda: _fingerprinted(read()))


def _fingerprinted(opened: Opened) -> Opened:
    """Work out what the lists and the first edit would wait for: the fingerprint of each scenario's facts."""
    versions()
    for scenario in opened.study.scenarios:
        fingerprint(opened.study.problem(scenario.name))
    return opened
