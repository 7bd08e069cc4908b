"""Private working copies: every edit is on disk at once, so that a crash loses nothing.

`STATE/work/COPY_ID` holds the database of one open study and `about.json`: which file it is, who has
it open, and up to which line of the journal it was saved. A copy whose process is gone is offered
when it has more than its file, and cleared away when not.
"""

import contextlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from data import reading
from data.codec import Unfit, dumps
from data.database import MEMORY, connect
from data.lock import Holder
from data.migrations import SCHEMA, migrate
from data.origin import read_origin
from data.protecting import Seal, is_sealed
from data.refused import Refused, SystemWords, is_full
from data.reopening import reopened
from data.state import (
    LITTLE,
    new_id,
    private_folder,
    read_regular,
    reason,
    state_folder,
    true_path,
    write_private,
)
from data.study_file import Opened, create_study, open_study
from planner.study import Study

_DATABASE: Final = "copy.opale"
_ABOUT: Final = "about.json"
_LAST: Final = "SELECT made FROM journal ORDER BY number DESC LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What `about.json` says."""

    path: Path | None
    study: str
    saved: int
    holder: Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A working copy of a program that ended without saving: `edits` lines of the journal more.

    `since`: when it was begun; `last`: when the last of the lines was written (ISO 8601, UTC).
    """

    folder: Path
    path: Path | None
    study: str
    since: str
    edits: int
    last: str

    def recover(self) -> Opened:
        """Open the copy as it was at the last edit; it is ours from now on, and still unsaved.

        Raises:
            Refused: the copy is gone or broken.
        """
        about = _read_about(self.folder)
        try:
            connection = connect(str(self.folder / _DATABASE))
        except sqlite3.Error as error:
            raise Refused("study.copy_gone", path=str(self.folder)) from error
        try:
            migrate(connection, _format(connection, self.folder))
            origin = read_origin(connection)
            opened = Opened(reading.read(connection), self.path, connection, origin=origin)
            _attend(opened, self.folder, 0 if about is None else about.saved)
        except BaseException as error:
            connection.close()
            if isinstance(error, Unfit):
                raise error.of(self.folder / _DATABASE) from error
            if isinstance(error, sqlite3.Error):
                if is_full(error):
                    raise _no_room(self.folder, error) from error
                raise Refused("study.copy_gone", path=str(self.folder)) from error
            raise
        return opened

    def discard(self) -> None:
        """Clear the copy away for good."""
        shutil.rmtree(self.folder, ignore_errors=True)


def work_on(path: Path, passphrase: str | None = None) -> Opened:
    """Open a study file for work: as `open_study`, on a copy that survives a crash.

    A file under a passphrase is worked on in memory, so that nothing of it is on a disk in plain; what
    was not saved does not survive a crash then.

    Raises:
        SealedError, Refused: as `open_study`, or the state folder cannot be used.
    """
    if is_sealed(path):
        return open_study(path, passphrase=passphrase)
    folder = _fresh_folder()
    return _attended(lambda: open_study(path, database=str(folder / _DATABASE)), folder)


def work_on_new(study: Study) -> Opened:
    """Begin work on a study that has no file yet, on a copy that survives a crash.

    Raises:
        Refused: as `create_study`, or the state folder cannot be used.
    """
    folder = _fresh_folder()
    return _attended(lambda: create_study(study, database=str(folder / _DATABASE)), folder)


def work_again(opened: Opened, line: int) -> Opened:
    """Begin work on a study as it was after a line of its journal; it has no file yet.

    Raises:
        Refused: as `reopened`, or the state folder cannot be used.
    """
    if opened.seal is not None:
        return reopened(opened, line)
    folder = _fresh_folder()
    return _attended(lambda: reopened(opened, line, database=str(folder / _DATABASE)), folder)


def work_on_copy(opened: Opened, seal: Seal | None = None) -> Opened:
    """Begin work on a study of its own, without a file, with all that an open one holds: its journal too.

    With a seal of its own or another one it is saved under that, and worked on in memory.

    Raises:
        Refused: the state folder cannot be used.
    """
    seal = opened.seal or seal
    if seal is not None:  # no plain byte of it reaches a disk
        return _copied(opened, MEMORY, seal)
    folder = _fresh_folder()
    return _attended(lambda: _copied(opened, str(folder / _DATABASE)), folder)


def work_with(opened: Opened) -> Opened:
    """Go on with a study in memory and its file, on a copy that survives a crash; it is saved as it is.

    Raises:
        Refused: the state folder cannot be used.
    """
    if opened.seal is not None:
        return opened
    folder = _fresh_folder()
    return _attended(lambda: _copied(opened, str(folder / _DATABASE), own=False), folder)


def _copied(opened: Opened, database: str, seal: Seal | None = None, *, own: bool = True) -> Opened:
    connection = connect(database)
    try:
        opened.connection.backup(connection)
        made = Opened(
            opened.study,
            opened.path,
            connection,
            digest=opened.digest,
            origin=opened.origin,
            seal=seal,
        )
        if own:
            made.own()
    except BaseException:
        connection.close()
        raise
    return made


def leftovers(path: Path | None = None) -> tuple[Leftover, ...]:
    """Give the working copies that hold unsaved edits of a program that is gone, the newest first.

    With a path only those of that file. Copies without unsaved edits are cleared away.
    """
    found = []
    try:
        folders = list(_work_folder().iterdir())
    except OSError:
        return ()
    for folder in folders:
        left = _leftover(folder)
        if left is not None and path in (None, left.path):
            found.append(left)
    return tuple(sorted(found, key=lambda each: each.since, reverse=True))


def _work_folder() -> Path:
    return state_folder() / "work"


def _fresh_folder() -> Path:
    return private_folder(_work_folder() / new_id())


def _attended(make: Callable[[], Opened], folder: Path) -> Opened:
    try:
        _write_about(folder, None, "", sys.maxsize)  # ours from here on, with nothing to offer yet
        opened = make()
        try:
            _attend(opened, folder, _lines(opened.connection) if opened.path else 0)
        except BaseException:
            opened.connection.close()
            raise
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, sqlite3.OperationalError):
            raise _no_room(folder, error) from error
        raise
    return opened


def _no_room(folder: Path, error: sqlite3.Error) -> Refused:
    """Say that the disk of the state folder takes no working copy."""
    why = SystemWords.of_database(error)
    return Refused("study.no_state_folder", path=str(folder.parent), why=why)


def _attend(opened: Opened, folder: Path, saved: int) -> None:
    """Note whose the copy is; at each saving note how far it went, and clear it away at the close."""
    opened.folder = folder

    def note() -> None:
        with contextlib.suppress(
            Refused
        ):  # the file is saved: the copy counts as more than it, at worst
            _write_about(folder, opened.path, opened.study.id, _lines(opened.connection))

    opened.on_save.append(note)
    _write_about(folder, opened.path, opened.study.id, saved)


def _lines(connection: sqlite3.Connection) -> int:
    found = connection.execute("SELECT coalesce(max(number), 0) FROM journal").fetchone()
    return int(found[0])


def _write_about(folder: Path, path: Path | None, study: str, saved: int) -> None:
    document = {
        "path": None if path is None else str(true_path(path)),
        "study": study,
        "saved": saved,
        "holder": asdict(Holder.me()),
    }
    try:
        write_private(folder / _ABOUT, dumps(document).encode(), lasting=False)
    except OSError as error:
        raise Refused("study.no_state_folder", path=str(folder), why=reason(error)) from error


def _read_about(folder: Path) -> _About | None:
    """Read whose a copy is; None where that is not told, or damaged: nothing is believed well formed."""
    try:
        found = json.loads(read_regular(folder / _ABOUT, LITTLE))
        path, saved = found["path"], found["saved"]
        if path is not None:
            if "\0" in os.fsdecode(os.fsencode(path)):
                return None
            path = Path(path)
        if type(saved) is not int:
            return None
        holder, study = Holder.of(found["holder"]), str(found.get("study", ""))
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None
    return _About(path=path, study=study, saved=saved, holder=holder)


def _leftover(folder: Path) -> Leftover | None:
    """Judge a working copy; one of a program that is gone and had nothing unsaved is cleared away."""
    about = _read_about(folder)
    if about is None or not about.holder.gone:
        return None  # being made this moment, damaged, not ours, or in use
    try:
        connection = connect(str(folder / _DATABASE))
        try:
            edits = _lines(connection) - about.saved
            last = connection.execute(_LAST).fetchone()
        finally:
            connection.close()
    except (sqlite3.Error, ValueError):
        edits, last = 0, None
        if (folder / _DATABASE).exists():
            return None  # damaged: not to be offered, and not ours to throw away
    if edits <= 0:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return Leftover(
        folder=folder,
        path=about.path,
        study=about.study,
        since=about.holder.since,
        edits=edits,
        last=str(last[0]) if last else about.holder.since,
    )


def _format(connection: sqlite3.Connection, folder: Path) -> int:
    """Give the format of a copy that this program can go on with."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > SCHEMA:
        raise Refused("study.newer", path=str(folder / _DATABASE), found=found, known=SCHEMA)
    if found < 1:
        raise Refused("study.copy_gone", path=str(folder))
    return found
