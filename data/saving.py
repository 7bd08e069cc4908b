"""A file put in its place in one step: written beside it whole, flushed, then renamed over it.

On any failure what was there is as it was. The file before stays as `NAME.bak`.
"""

import contextlib
import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from data.database import MEMORY
from data.lock import Held, Holder, holder_of
from data.momentary import is_left, saving, savings
from data.protecting import Seal
from data.refused import Refused, SystemWords
from data.state import true_path, unwritten


def write_file(connection: sqlite3.Connection, path: Path, seal: Seal | None = None) -> None:
    """Put the whole database at a path in one step; on any failure the file there is as it was.

    With a seal it is enciphered in memory: no plain byte of it reaches the disk.

    Raises:
        Held: somebody else holds the file.
        Refused: it cannot be written.
    """

    def write(fresh: Path) -> None:
        if seal is None:
            connection.execute("VACUUM INTO ?", (str(fresh),))
        else:
            fresh.write_bytes(seal.shut(whole_of(connection)))

    put(write, path)


def whole_of(connection: sqlite3.Connection) -> bytes:
    """Give a database as the bytes of a file, without what was deleted from it; made in memory alone."""
    with closing(sqlite3.connect(MEMORY)) as copy:
        copy.execute("PRAGMA temp_store = MEMORY")
        connection.backup(copy)
        copy.execute("VACUUM")
        return copy.serialize()


def put(write: Callable[[Path], object], path: Path) -> None:
    """Put what `write` writes at a path in one step; on any failure the file there is as it was.

    Raises:
        Held: somebody else holds the file.
        Refused: it cannot be written.
    """
    path = true_path(path)
    _not_held(path)
    _not_marked(path)
    _clear_leftovers(path)
    fresh = saving(path)
    try:
        write(fresh)
        _flush(fresh)
        _keep_backup(path, fresh)
        _replace(fresh, path)
        _flush_folder(path.parent)
    except sqlite3.OperationalError as error:
        raise _unwritten(path, error) from error
    except OSError as error:
        raise unwritten(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def _unwritten(path: Path, error: sqlite3.OperationalError) -> Refused:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return Refused("study.disk_full", path=str(path))
    if not path.parent.is_dir():
        return Refused("study.no_folder", path=str(path), folder=str(path.parent))
    if not os.access(path.parent, os.W_OK):
        return Refused("study.no_folder_permission", path=str(path), folder=str(path.parent))
    return Refused("study.not_written", path=str(path), why=SystemWords.of_database(error))


def _not_held(path: Path) -> None:
    holder = holder_of(path)
    mine = Holder.me()
    if holder is not None and (holder.host, holder.pid) != (mine.host, mine.pid):
        raise Held(path, holder)


def _not_marked(path: Path) -> None:
    """Refuse a file that nobody may write in: to rename over it asks its folder alone."""
    if path.exists() and not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise Refused("study.marked", path=str(path))


def _clear_leftovers(path: Path) -> None:
    """Remove half-written files of savings that died."""
    with contextlib.suppress(OSError):
        for leftover, made in savings(path):
            with contextlib.suppress(OSError):
                if is_left(leftover, made):
                    leftover.unlink()


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name itself last; only POSIX can, and some network drives cannot."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _keep_backup(path: Path, fresh: Path) -> None:
    """Keep the file that is there as `NAME.bak`, in one step too; there is never no file."""
    if not path.exists():
        return
    shutil.copymode(path, fresh)
    aside = fresh.with_name(f"{fresh.name}.bak")
    try:
        try:
            os.link(path, aside)
        except OSError:  # a drive without hard links
            shutil.copy2(path, aside)
        _put_aside(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _put_aside(aside: Path, path: Path) -> None:
    backup = path.with_name(f"{path.name}.bak")
    try:
        aside.replace(backup)
    except OSError as error:
        if not backup.is_dir():
            raise
        # Windows says no permission
        raise Refused("study.backup_is_folder", path=str(path), backup=str(backup)) from error


def _replace(fresh: Path, path: Path) -> None:
    """Put the new file in place; Windows refuses for a moment while a virus scanner reads."""
    for _ in range(20):
        try:
            fresh.replace(path)
        except PermissionError:
            if os.name == "posix":
                raise
            time.sleep(0.05)
        else:
            return
    fresh.replace(path)
