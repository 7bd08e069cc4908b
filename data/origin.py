"""Who shared a study file, when and why; and whether it is to be changed in a copy alone."""

import contextlib
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from data.database import insert
from data.journal import now
from data.lock import user
from data.refused import Refused
from planner.words import day, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a file comes from: `made` is ISO 8601, UTC; `read_only` asks that only copies be changed."""

    author: str = field(default_factory=user)
    made: str = field(default_factory=now)
    reason: str = ""
    read_only: bool = False

    def sentence(self, lang: str) -> str:
        """Say who shared the file, when, and why; and what may be done with it."""
        when = self.made
        with contextlib.suppress(ValueError):
            when = day(datetime.fromisoformat(self.made).astimezone().date(), lang, "date")
        why = "why" if self.reason else "bare"
        kind = "read_only" if self.read_only else "free"
        return say(f"origin.{kind}.{why}", lang, author=self.author, when=when, reason=self.reason)


class ReadOnlyError(Refused):
    """Somebody shared a file to be read, and it was to be changed."""

    def __init__(self, path: Path, origin: Origin) -> None:
        """Keep who shared it and why."""
        super().__init__("origin.refused", path=path.name)
        self.origin = origin

    def told(self, lang: str) -> dict[str, str | int]:
        """Give the file, and who shared it and why."""
        return {**super().told(lang), "origin": self.origin.sentence(lang)}


def read_origin(connection: sqlite3.Connection) -> Origin | None:
    """Read who shared a file; None: nobody has."""
    found = connection.execute("SELECT author, made, reason, read_only FROM shared").fetchone()
    if found is None:
        return None
    author, made, reason, read_only = found
    return Origin(author=author, made=made, reason=reason, read_only=bool(read_only))


def write_origin(connection: sqlite3.Connection, origin: Origin) -> None:
    """Write who shares a file, in a database of ours.

    Raises:
        Refused: the reason is too long.
    """
    connection.execute("DELETE FROM shared")
    names = ("key", "author", "made", "reason", "read_only")
    own = (1, origin.author, origin.made, origin.reason, int(origin.read_only))
    insert(connection, "shared", names, [own])
