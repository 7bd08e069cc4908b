"""Names of files of the moment: each says which process made it, so that what a killed one left is known."""

import os
import socket
import time
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex
from typing import Final

from data.lock import alive

_OLD: Final = 3600.0
"""Seconds after which a file of the moment is nobody's, whoever made it."""
_HOST, _PROCESS, _CHANCE = 6, 8, 6
"""Letters and digits for the host, the number of the process, and chance."""
MARK: Final = _HOST + _PROCESS + _CHANCE


def mark() -> str:
    """Give a fresh name of 20 letters and digits, with this process in it."""
    return f"{_host()}{os.getpid():0{_PROCESS}x}{token_hex(_CHANCE // 2)}"


def in_use(made: str) -> bool | None:
    """Tell whether the process that made a mark still runs; None: nobody knows, as on another host."""
    if len(made) != MARK or not made.startswith(_host()):
        return None
    try:
        return alive(int(made[_HOST : _HOST + _PROCESS], 16))
    except ValueError:
        return None


def is_left(path: Path, made: str) -> bool:
    """Tell whether a file was left behind: its process is dead, or it is older than any work takes.

    Raises:
        OSError: it is gone meanwhile.
    """
    return in_use(made) is False or time.time() - path.stat().st_mtime > _OLD


def saving(path: Path) -> Path:
    """Give a fresh name beside a file, for what is to be put in its place."""
    return path.with_name(f"{_begin(path)}{mark()}.saving")


def savings(path: Path) -> list[tuple[Path, str]]:
    """Give the half-written files beside a file, each with its mark.

    Raises:
        OSError: the folder cannot be read.
    """
    found = []
    for each in path.parent.iterdir():
        made, _, ending = each.name.removeprefix(_begin(path)).partition(".")
        if each.name.startswith(_begin(path)) and ending.startswith("saving"):
            found.append((each, made))
    return found


def _begin(path: Path) -> str:
    return f".~{path.name}."


def _host() -> str:
    return blake2b(socket.gethostname().encode(), digest_size=_HOST // 2).hexdigest()
