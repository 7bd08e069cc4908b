"""Whose account of the operating system this is: what the system says, whatever the surroundings claim."""

import os
import sys

from data.journal import now
from data.lock import user
from planner.signatures import Signature


def account() -> str:
    """Give the name of the account; a number where the system has no name for it."""
    if sys.platform == "win32":
        try:
            return os.getlogin()
        except OSError:
            return user()
    import pwd

    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def signature(step: str, name: str = "", reason: str = "") -> Signature:
    """Sign a step now; a name that is not the account's own is what this account declares."""
    mine, name = account(), " ".join(name.split())
    declared = "" if name.casefold() == mine.casefold() else name
    return Signature(step=step, account=mine, name=declared, made=now(), reason=reason.strip())
