"""Who holds a study: a small file beside it, so that two people never write over each other.

The lock of `ward.opale` is `.~ward.opale.lock`, made exclusively, with user, host, process and
time, and when that process began. It is stale when its process died on this host, also where another
one has its number now; a lock of another host is never taken away.
"""

import contextlib
import getpass
import json
import os
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from data.processes import began, moment
from data.refused import Refused
from data.state import new_id, reason, true_path
from planner.words import clock, day

_WRITING: Final = 10.0  # seconds in which an empty lock may still be on its way
_LONGEST: Final = 10_000  # bytes of a lock that anybody would read
_LONGEST_NAME: Final = 100  # signs of a name in it
_PROCESSES: Final = range(1, 2**32)  # what a process may have as its number, on any system


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a study, and since when (ISO 8601, UTC).

    `began` is when the process began, as `data.processes` tells it; "" where nobody knows.
    """

    user: str
    host: str
    pid: int
    since: str
    began: str = ""

    @classmethod
    def me(cls) -> Self:
        """Describe this process."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        here = _shown(socket.gethostname())
        pid = os.getpid()
        return cls(user=_shown(user()), host=here, pid=pid, since=now, began=began(pid))

    @classmethod
    def of(cls, found: object) -> Self:
        """Take a holder from a file, in words that steer no screen; nothing in it is believed well formed.

        Raises:
            ValueError: it is none.
        """
        if not isinstance(found, dict) or not found.keys() >= {"user", "host", "since", "pid"}:
            raise ValueError(found)
        pid = found["pid"]
        if type(pid) is not int or pid not in _PROCESSES:
            raise ValueError(pid)
        texts = {name: _shown(str(found[name])) for name in ("user", "host", "since")}
        return cls(pid=pid, began=moment(found.get("began")), **texts)

    @property
    def gone(self) -> bool:
        """Whether this is known to be over: the same host, and no such process any more."""
        if self.host != _shown(socket.gethostname()):
            return False
        if not alive(self.pid):
            return True
        now = began(self.pid) if self.began else ""
        return now not in ("", self.began)


class Held(Refused):
    """The study is open elsewhere; `holder` says who has it (None: the lock cannot be read)."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        """Name the holder, or the lock file itself when nobody can be named."""
        self.holder = holder
        if holder is None:
            super().__init__("study.held_unknown", path=path.name, lock=str(lock_path(path)))
        else:
            who = {"user": holder.user, "host": holder.host, "lock": str(lock_path(path))}
            super().__init__(
                "study.held", path=path.name, since=holder.since, pid=holder.pid, **who
            )

    def told(self, lang: str) -> dict[str, str | int]:
        """Give who holds it, since when by the clock on the wall here."""
        told = super().told(lang)
        if self.holder is None:
            return told
        try:
            since = datetime.fromisoformat(self.holder.since).astimezone()
        except (ValueError, OverflowError, OSError):  # the last ones: a year that no clock has
            return told
        written = f"{day(since.date(), lang, 'date')}, {clock(since.hour * 60 + since.minute)}"
        return {**told, "since": written}


class NoLockError(Refused):
    """The folder of a study takes no lock file: it can be read there, and not be changed."""


def lock_path(path: Path) -> Path:
    """Give the lock file of a study: beside the file itself, whichever link leads to it."""
    path = true_path(path)
    return path.with_name(f".~{path.name}.lock")


def holder_of(path: Path) -> Holder | None:
    """Tell who holds a study now; None: nobody, or nobody who is still there."""
    found = _read(lock_path(path))
    return found if isinstance(found, Holder) and not found.gone else None


@contextmanager
def locked(path: Path) -> Iterator[Holder]:
    """Hold a study for the length of a block.

    Raises:
        Held: somebody else holds it.
        NoLockError: the folder takes no lock file.
    """
    mine = acquire(path)
    try:
        yield mine
    finally:
        release(path, mine)


def acquire(path: Path) -> Holder:
    """Take the lock of a study; give it back with `release`.

    Raises:
        Held: somebody else holds it.
        NoLockError: the folder takes no lock file.
    """
    lock, mine = lock_path(path), Holder.me()
    for _ in range(3):  # a stale lock is cleared and tried again; others may be doing the same
        try:
            _create(lock, mine)
        except FileExistsError:
            if not _clear_stale(lock):
                found = _read(lock)
                raise Held(path, found if isinstance(found, Holder) else None) from None
        except OSError as error:
            why = reason(error)
            raise NoLockError("study.no_lock", folder=str(path.parent), why=why) from error
        else:
            return mine
    raise Held(path, None)


def release(path: Path, mine: Holder) -> None:
    """Give a lock back, if it is still ours; one that cannot be taken away ends with this process."""
    lock = lock_path(path)
    if _read(lock) == mine:
        with contextlib.suppress(OSError):
            lock.unlink(missing_ok=True)


def _create(lock: Path, holder: Holder) -> None:
    descriptor = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(holder), file)
    except OSError:  # a full disk: an empty lock would tell everybody that somebody is here
        lock.unlink(missing_ok=True)
        raise


def _read(lock: Path) -> Holder | str | None:
    """Read a lock: its holder, the words that are no holder, or None where there is no lock.

    Whoever may write in the folder may have made it: nothing in it is believed to be well formed.
    """
    try:
        words = _words(lock)
    except OSError:
        return None
    try:
        return Holder.of(json.loads(words))
    except (ValueError, RecursionError):
        return words


def _words(lock: Path) -> str:
    """Give the first words of a lock; a pipe, a device or a folder has one that says nothing."""
    wanted = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(lock, wanted)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return "?"  # never read: a pipe would wait for somebody who writes, without end
        return os.read(descriptor, _LONGEST).decode("utf-8", "replace")
    finally:
        os.close(descriptor)


def _shown(name: str) -> str:
    """Cut a name to what a sentence can bear: one line, without signs that steer a screen."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:_LONGEST_NAME])


def _clear_stale(lock: Path) -> bool:
    """Take a stale lock out of the way; true: try again.

    The file is moved aside first and read again there: if somebody was quicker and the moved file
    is a living lock, it is put back.
    """
    found = _read(lock)
    if found is None:
        return True
    if not _stale(found, lock):
        return False
    aside = lock.with_name(f"{lock.name}.{new_id()}")
    try:
        lock.rename(aside)
    except OSError:
        return True
    if _read(aside) != found:
        with contextlib.suppress(OSError):
            aside.rename(lock)
        return False
    aside.unlink(missing_ok=True)
    return True


def _stale(found: Holder | str, lock: Path) -> bool:
    if isinstance(found, Holder):
        return found.gone
    try:
        age = time.time() - lock.stat().st_mtime
    except OSError:
        return True
    return not found.strip() and age > _WRITING  # its maker died between making and writing


def user() -> str:
    """Give the name under which this person works on this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def alive(pid: int) -> bool:
    """Tell whether a process of this machine still runs."""
    if pid <= 0:
        return False
    if sys.platform == "win32":  # there, signal 0 would be a Ctrl-C
        import ctypes

        query = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
        handle = ctypes.windll.kernel32.OpenProcess(query, False, pid)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OverflowError:
        return False
    except PermissionError:
        return True
    return True
