"""Where the program keeps what is private to this person: working copies and runs.

`OPALE_STATE` names another folder (tests, night jobs); else the system's own place is taken.
"""

import errno
import os
import secrets
import stat
from pathlib import Path
from typing import Final

import platformdirs

from data.refused import Refused, SystemWords

LONGEST: Final = 2**29
"""Bytes of a file in here that is read at all: as many as a study may have."""

LITTLE: Final = 2**20
"""Bytes of one that says a few words: whose it is, a key, a name."""


def state_folder() -> Path:
    """Give the state folder of this person; it need not exist yet."""
    named = os.environ.get("OPALE_STATE")
    return Path(named) if named else platformdirs.user_state_path("opale", appauthor=False)


def private_folder(path: Path) -> Path:
    """Make a folder, and the missing ones above it, that only this person can look into.

    Raises:
        Refused: the folder cannot be made.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused("study.no_state_folder", path=str(path), why=reason(error)) from error
    return path


def write_private(path: Path, whole: bytes, *, lasting: bool = True) -> None:
    """Write a file that only this person can read, in one step: it is there whole, or not at all.

    One that is not `lasting` must outlive this process, but not the power: it is not flushed to the disk.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    fresh = path.with_name(f".{path.name}.{new_id()}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(whole)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read_regular(path: Path, most: int = LONGEST) -> bytes:
    """Read a regular file of bearable size; a pipe, which may have no end, or a device is never read.

    Raises:
        OSError: it cannot be read, is no regular file, or has more than `most` bytes.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags)
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise _unread(errno.EISDIR, path)
        if not stat.S_ISREG(found.st_mode):
            raise _unread(errno.ENXIO, path)
        if found.st_size > most:
            raise _unread(errno.EFBIG, path)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(found.st_size)
    finally:
        os.close(descriptor)


def _unread(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
"""No room, no more quota, and a file larger than the drive or the session allows."""


def unwritten(path: Path, error: OSError) -> Refused:
    """Say that a file was not written, and of a full disk what to do."""
    if error.errno in FULL:
        return Refused("study.disk_full", path=str(path))
    return Refused("study.not_written", path=str(path), why=reason(error))


def true_path(path: Path) -> Path:
    """Give the place that a path leads to through links; links in a circle lead to themselves."""
    return Path(os.path.realpath(path))  # `Path.resolve` fails where links run in a circle


def new_id() -> str:
    """Give a fresh random id of 20 letters and digits, for studies and runs."""
    return secrets.token_hex(10)


def reason(error: OSError) -> SystemWords:
    """Give the system's own words for an error."""
    return SystemWords.of(error)
