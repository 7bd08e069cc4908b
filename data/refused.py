"""What cannot be done with a file, said as a message id and facts: never a traceback for a user."""

import errno
import json
import sqlite3
from collections.abc import Mapping
from typing import Final

from planner.words import say

_KINDS: Final = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOSPC: "full",
    errno.EISDIR: "folder",
    errno.EEXIST: "there",
    errno.ENAMETOOLONG: "long",
    errno.EBUSY: "busy",
    errno.ENXIO: "irregular",
    errno.EFBIG: "big",
    errno.EIO: "failing",
}


_OF_DATABASE: Final = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "denied",
    sqlite3.SQLITE_PERM: "denied",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_CANTOPEN: "shut",
    sqlite3.SQLITE_IOERR: "failing",
}


class SystemWords(str):
    """The system's own words for an error, which can be said in a language by the kind of error."""

    __slots__ = ("kind",)
    kind: str

    @classmethod
    def of(cls, error: OSError) -> "SystemWords":
        """Take the words of an error."""
        made = cls(error.strerror or type(error).__name__)
        made.kind = _KINDS.get(error.errno or 0, "other")
        return made

    @classmethod
    def of_database(cls, error: sqlite3.Error) -> "SystemWords":
        """Take the words of SQLite for what a disk has refused."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest tells where it was refused
        made = cls(error)
        made.kind = _OF_DATABASE.get(code, "other")
        return made

    def said(self, lang: str) -> str:
        """Say it in a language; what has no kind of its own is quoted."""
        return say(f"system.{self.kind}", lang, words=str(self))


def is_full(error: Exception) -> bool:
    """Tell whether a database found no room on its disk."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


class JsonWords(SystemWords):
    """Why a text cannot be read as JSON, which can be said in a language."""

    __slots__ = ("facts",)
    facts: Mapping[str, int]

    @classmethod
    def of_json(cls, error: ValueError | RecursionError) -> "JsonWords":
        """Take what a reader of JSON in UTF-8 has met with."""
        made = cls(error)
        made.facts = {}
        match error:
            case json.JSONDecodeError():
                made.kind, made.facts = "at", {"line": error.lineno, "column": error.colno}
            case UnicodeDecodeError():
                made.kind, made.facts = "letters", {"n": error.start + 1}
            case RecursionError():
                made.kind = "deep"
            case _:
                made.kind = "number"  # Python reads none of more than some thousands of digits
        return made

    def said(self, lang: str) -> str:
        """Say it in a language."""
        return say(f"json.{self.kind}", lang, **self.facts)


def in_words(facts: Mapping[str, str | int], lang: str) -> dict[str, str | int]:
    """Give facts of a sentence with the system's words for errors in a language."""
    return {
        name: fact.said(lang) if isinstance(fact, SystemWords) else fact
        for name, fact in facts.items()
    }


class Refused(Exception):
    """A file or folder that cannot be taken as it is; `sentence` says where, what and what to do.

    Attributes:
        what: the message id.
        facts: what the sentence names.
    """

    def __init__(self, what: str, /, **facts: str | int) -> None:
        """Keep the message and its facts; the words are made when they are shown."""
        super().__init__(what, facts)
        self.what = what
        self.facts = facts

    def told(self, lang: str) -> dict[str, str | int]:
        """Give the facts as a sentence of a language names them."""
        return in_words(self.facts, lang)

    def sentence(self, lang: str = "en") -> str:
        """Say it in a language."""
        return say(self.what, lang, **self.told(lang))

    def __str__(self) -> str:
        """Say it in English, for logs."""
        return self.sentence()
