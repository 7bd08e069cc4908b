"""Whose account of the operating system this is: what the system says, whatever the surroundings claim."""

import os
import sys
from pathlib import Path
from typing import Final

from data.journal import now
from data.lock import user
from planner.signatures import MAPPED, Signature, plain_name

_MAP: Final = Path("/proc/self/uid_map")
_IDENTITY: Final = ["0", "0", "4294967295"]


def account() -> str:
    """Give the name of the account; a number where the system has no name for it."""
    if sys.platform == "win32":
        try:
            return os.getlogin()
        except OSError:
            return user()
    return _named(os.getuid())


def signature(step: str, name: str = "", reason: str = "") -> Signature:
    """Sign a step now; a name that is not the account's own is what this account declares.

    Inside a user namespace anybody may be called anything: the account is the one outside as far as
    the map tells it, marked as such, and the name in here is one that it has declared.
    """
    mine, name = account(), plain_name(name)
    lines = uid_map()
    if lines is not None and [each.split() for each in lines.splitlines()] != [_IDENTITY]:
        signed, declared = _outside(lines, mine) + MAPPED, name or mine
    else:
        signed, declared = mine, "" if name.casefold() == mine.casefold() else name
    return Signature(step=step, account=signed, name=declared, made=now(), reason=reason.strip())


def uid_map() -> str | None:
    """Give which accounts outside stand behind those in here, as Linux tells it (user_namespaces(7)).

    Empty where it does not tell; None where no account can stand behind another.
    """
    if sys.platform != "linux":
        return None
    try:
        return _MAP.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""


def _outside(lines: str, mine: str) -> str:
    """Name the account outside that stands behind this one; `mine` where the map does not say."""
    number = os.getuid()
    for line in lines.splitlines():
        match line.split():
            case [inside, outside, count] if (inside + outside + count).isdecimal():
                if 0 <= number - int(inside) < int(count):
                    return _named(int(outside) + number - int(inside))
    return mine


def _named(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except (KeyError, OverflowError):
        return str(number)
