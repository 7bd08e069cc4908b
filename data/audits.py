"""Audits kept for later: what was found of a plan once is not worked out again, in another process either.

`STATE/audits/STUDY_ID/KEY` holds what `planner.audited` says of an outcome, under a digest of itself. The key
names all that an audit reads, and the program that made it, so that what is found is never out of date. It
lies in the private folder and never in the study file: nobody's file tells what its own plan breaks.
"""

import contextlib
import json
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

import planner
from data.codec import dumps
from data.refused import Refused
from data.state import private_folder, read_regular, state_folder, write_private
from data.study_file import Opened
from planner import audited
from planner.kpis.contract import Outcome
from planner.plan import Plan

KEPT: Final = 200
"""How many audits stay in the state folder, of all studies together: the last ones written."""

_BROKEN: Final = (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What a kept audit that is damaged may be met with."""

_told: Final[WeakKeyDictionary[Outcome, int]] = WeakKeyDictionary()
"""Outcomes that stand in the folder as they are, by how much was known of them then."""


class Audits:
    """The kept audits of one study; without an id nothing is looked for and nothing kept."""

    def __init__(self, study_id: str | None) -> None:
        self._folder = None if study_id is None else folder_of(study_id)

    def recall(self, outcome: Outcome) -> None:
        """Give an outcome what was found of it before, if that is known; else it is audited when asked."""
        if self._folder is None or audited.is_audited(outcome) or outcome.plan == Plan():
            return
        with contextlib.suppress(*_BROKEN):
            whole = read_regular(self._folder / _name(outcome)).decode("utf-8")
            mark, _, body = whole.partition("\n")
            if mark == _digest(body):
                audited.take(outcome, json.loads(body))
                _told[outcome] = _size(outcome)

    def remember(self, outcomes: Iterable[Outcome]) -> None:
        """Keep what is known of those outcomes that were audited; what cannot be kept is let go."""
        if self._folder is None:
            return
        fresh = [
            outcome
            for outcome in outcomes
            if audited.is_audited(outcome)
            and outcome.plan != Plan()
            and _told.get(outcome) != _size(outcome)
        ]
        with contextlib.suppress(OSError, ValueError, Refused):
            for outcome in fresh:
                _write(private_folder(self._folder) / _name(outcome), outcome)
            if fresh:
                _trim(self._folder.parent)


def audits_of(opened: Opened) -> Audits:
    """Give the kept audits of an open study; of a sealed one nothing is kept in plain."""
    return Audits(None if opened.seal is not None else opened.study.id)


def folder_of(study_id: str) -> Path:
    """Give the folder of a study's audits; it need not exist."""
    # an id may be anybody's words, and is no path
    return state_folder() / "audits" / blake2b(study_id.encode(), digest_size=10).hexdigest()


def _write(path: Path, outcome: Outcome) -> None:
    size = _size(outcome)
    body = dumps(audited.found_plain(outcome))
    write_private(path, f"{_digest(body)}\n{body}".encode(), lasting=False)
    _told[outcome] = size


def _size(outcome: Outcome) -> int:
    """Count the plans tried and the figures worked out: neither gets less."""
    return len(outcome.tried) + len(outcome.figures)


def _trim(folder: Path) -> None:
    there = [path for path in folder.glob("*/*") if path.is_file()]
    there.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in there[KEPT:]:
        path.unlink(missing_ok=True)


def _name(outcome: Outcome) -> str:
    return f"{audited.key(outcome)}-{_program()}"


@cache
def _program() -> str:
    """Name the program that audits: its version and, where it runs from its sources, their state."""
    whole = blake2b(planner.__version__.encode(), digest_size=8)
    sources = Path(planner.__file__).parent
    for path in sorted(sources.rglob("*.py")):
        found = path.stat()
        whole.update(f"{path.relative_to(sources)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def _digest(body: str) -> str:
    return blake2b(body.encode(), digest_size=16).hexdigest()
