"""Studies that were read or written before are not again: many tests begin with the same few hospitals.

The product reads each content once in a process, with all its guards; who opens the same bytes again has
what came of it, and tables that are as they were give the records that they gave. Values are frozen, so
that what was found out about a problem serves all tests as well. The database of an equal new study is
copied; its journal begins when that of the first one did.
"""

import sqlite3
from collections.abc import Hashable, Sequence
from contextlib import closing
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import pytest

from data import migrations, reading, study_file, untrusted, working
from data.database import MEMORY, connect
from data.study_file import Opened
from planner.clock import Horizon
from planner.problem import Problem
from planner.study import Study

MOST: Final = 32
"""Studies that are kept."""

_pour, _read, _make = untrusted._pour_copy, reading.read, reading.records
_create = study_file.create_study
_created: list[tuple[Study, dict[str, str], bytes]] = []
_poured: dict[bytes, bytes] = {}
_studies: dict[bytes, Study] = {}
_problems: dict[tuple[Any, ...], tuple[Problem, Any]] = {}


def read_once(patch: pytest.MonkeyPatch) -> None:
    """Have each content read and written once, until the patch is undone."""
    for module in (study_file, working):
        patch.setattr(module, "create_study", create_study)
    patch.setattr(untrusted, "_pour_copy", pour_copy)
    patch.setattr(reading, "read", read)
    patch.setattr(
        reading, "records", lambda kind, rows, horizon: records(kind, tuple(rows), horizon)
    )
    patch.setattr(reading, "Problem", problem)


def pour_copy(copy: Path | bytes, path: Path, target: sqlite3.Connection) -> None:
    key = _digest(copy if isinstance(copy, bytes) else copy.read_bytes())
    if key not in _poured:
        _pour(copy, path, target)
        _keep(_poured, key, target.serialize())
        return
    _restore(_poured[key], target)


def create_study(study: Study, *, database: str = MEMORY, **how: str) -> Opened:
    for known, done, content in _created:
        if done == how and known == study:
            return Opened(study, None, _copied(content, database))
    opened = _create(study, database=database, **how)
    _created.insert(0, (study, how, opened.connection.serialize()))
    del _created[MOST:]
    return opened


def read(connection: sqlite3.Connection) -> Study:
    key = _digest(connection.serialize())
    return _studies.get(key) or _keep(_studies, key, _read(connection))


@lru_cache(maxsize=60 * MOST)
def records(kind: str, rows: tuple[Sequence[Any], ...], horizon: Horizon) -> tuple[Any, ...]:
    return _make(kind, rows, horizon)


def problem(**facts: Any) -> Problem:
    key = tuple(id(fact) if isinstance(fact, tuple) else fact for fact in facts.values())
    found, _ = _problems.get(key) or _keep(_problems, key, (Problem(**facts), facts))
    return found  # type: ignore[no-any-return]


def _copied(content: bytes, database: str) -> sqlite3.Connection:
    connection = connect(database)
    try:
        connection.execute(migrations._PAGES)
        _restore(content, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _restore(content: bytes, target: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(MEMORY)) as known:
        known.deserialize(content)
        known.backup(target)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()


def _keep(kept: dict[Any, Any], key: Hashable, value: Any) -> Any:
    kept[key] = value
    if len(kept) > MOST:
        del kept[next(iter(kept))]
    return value
