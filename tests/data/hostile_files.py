"""Files that no honest program leaves: damaged ones, ones that are no study, and places that are no file.

Each is made from one good study and a seed, the same everywhere. What only another program can
write into the tables of a study stands in `hostile_tables.py`.
"""

import gzip
import io
import os
import socket
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from data.migrations import APPLICATION, SCHEMA

Make = Callable[[Path, bytes], None]
HEADER: Final = 100
PAGE: Final = 1024


class Hostile(NamedTuple):
    """A way to make a file at a path; `kind` for the count, `harmless` where it may open all the same."""

    kind: str
    name: str
    make: Make
    harmless: bool = False

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


def spoil(path: Path, *statements: str) -> None:
    """Do something to a study with plain SQLite, as an attacker or a curious person would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        for statement in statements:
            plain.execute(statement)


def written(make: Callable[[bytes], bytes]) -> Make:
    """Make a file of what the bytes of a good study become."""
    return lambda path, good: path.write_bytes(make(good)) and None


# --- damaged --------------------------------------------------------------------------------------


def flipped(seed: int, bits: int) -> Make:
    """Turn some bits over behind the header."""

    def make(good: bytes) -> bytes:
        random, content = Random(seed), bytearray(good)
        for _ in range(bits):
            content[random.randrange(HEADER, len(content))] ^= 1 << random.randrange(8)
        return bytes(content)

    return written(make)


def patched(at: int, *values: int) -> Make:
    """Put bytes at a place; a negative value turns all bits of the byte over."""

    def make(good: bytes) -> bytes:
        content = bytearray(good)
        for place, value in enumerate(values, start=at):
            content[place] = value if value >= 0 else content[place] ^ 0xFF
        return bytes(content)

    return written(make)


def page(seed: int, what: str) -> Make:
    """Do something to one page, or two."""

    def make(good: bytes) -> bytes:
        random, content = Random(seed), bytearray(good)
        pages = len(content) // PAGE
        one, other = (slice(PAGE * n, PAGE * (n + 1)) for n in random.sample(range(1, pages), 2))
        match what:
            case "zeroed":
                content[one] = bytes(PAGE)
            case "noise":
                content[one] = random.randbytes(PAGE)
            case "copied":
                content[one] = content[other]
            case "swapped":
                content[one], content[other] = content[other], content[one]
            case "lost":
                del content[one]
        return bytes(content)

    return written(make)


def cut(length: int) -> Make:
    """Keep the first bytes; a negative length leaves so many out at the end."""
    return written(lambda good: good[:length])


CUTS: Final = (
    1, 8, 15, 16, 17, 60, 99, 100, 101, 511, 512, 1000, 1023, 1024, 1025, 2048, 4096, 10_000,
    40_000, -40_000, -PAGE * 2, -PAGE - 1, -PAGE, -PAGE + 1, -512, -2, -1,
)  # fmt: skip


def damaged() -> Iterator[Hostile]:
    for seed in range(50):
        yield Hostile("bits", f"one, seed {seed}", flipped(seed, 1), harmless=True)
    for seed in range(50, 80):
        yield Hostile("bits", f"many, seed {seed}", flipped(seed, 40), harmless=True)
    for at in range(HEADER):
        fixed = at < 18 or at in (19, 21, 22, 23, 47) or 60 <= at < 64 or 68 <= at < 72
        yield Hostile("header", f"byte {at}", patched(at, -1), harmless=not fixed)
    for what in ("zeroed", "noise", "copied", "swapped", "lost"):
        for seed in range(8):
            free = what in ("copied", "swapped")
            yield Hostile("pages", f"{what}, seed {seed}", page(seed, what), harmless=free)
    for length in CUTS:
        yield Hostile("cut", f"to {length}", cut(length))
    noise = Random(8).randbytes(5000)
    yield Hostile("longer", "noise", written(lambda good: good + noise), harmless=True)
    yield Hostile("longer", "zeros", written(lambda good: good + bytes(PAGE * 9)), harmless=True)
    yield Hostile("longer", "twice", written(lambda good: good + good), harmless=True)
    yield Hostile("longer", "something before", written(lambda good: b"\n" + good))


# --- headers that lie -----------------------------------------------------------------------------

LIES: Final[tuple[tuple[str, int, bytes, bool], ...]] = (
    ("page size 0", 16, b"\0\0", False),
    ("page size 3", 16, b"\0\3", False),
    ("page size 512", 16, b"\2\0", False),
    ("page size 32768", 16, b"\x80\0", False),
    ("page size 65536", 16, b"\0\1", False),
    ("a write-ahead log", 18, b"\2\2", True),
    ("a file format of tomorrow", 18, b"\3\3", False),
    ("half of each page reserved", 20, b"\xff", False),
    ("four thousand million pages", 28, b"\xff\xff\xff\xff", False),
    ("no pages", 28, b"\0\0\0\0", True),
    ("a free page that is not there", 32, b"\x7f\xff\xff\xff\0\0\0\1", False),
    ("free pages in a circle", 32, b"\0\0\0\2\0\0\0\xff", False),
    ("a schema format of tomorrow", 44, b"\0\0\0\x63", False),
    ("text in UTF-16", 56, b"\0\0\0\2", False),
    ("a text encoding that is none", 56, b"\0\0\0\x09", True),
    ("vacuumed by itself", 52, b"\0\0\0\7", False),
    ("no application", 68, b"\0\0\0\0", False),
    ("the application of a map", 68, b"GP10", False),
    ("an application by a bit", 68, (APPLICATION ^ 1).to_bytes(4, "big"), False),
    ("format 0", 60, b"\0\0\0\0", False),
    ("format -1", 60, b"\xff\xff\xff\xff", False),
    ("the next format", 60, (SCHEMA + 1).to_bytes(4, "big"), False),
    ("a format of the far future", 60, b"\x7f\xff\xff\xff", False),
    ("an older format than its tables", 60, (SCHEMA - 1).to_bytes(4, "big"), False),
    ("the first format", 60, b"\0\0\0\1", False),
    ("a first page that is a leaf of an index", 100, b"\x0a", False),
    ("a first page with cells outside it", 103, b"\xff\xff", False),
)


def lying() -> Iterator[Hostile]:
    for name, at, content, harmless in LIES:
        yield Hostile("lie", name, patched(at, *content), harmless=harmless)


# --- no study at all ------------------------------------------------------------------------------


def zipped() -> bytes:
    """Give a zip as spreadsheets are, of one entry that is large once it is unpacked."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("../../../evil.opale"), bytes(10**7))
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
    return held.getvalue()


NO_STUDY: Final[tuple[tuple[str, Callable[[bytes], bytes]], ...]] = (
    ("empty", lambda _: b""),
    ("a line end", lambda _: b"\n"),
    ("a zero", lambda _: b"\0"),
    ("text", lambda _: "Bonjour, voici l’étude.\n".encode()),
    ("text in UTF-16", lambda _: "case;session\n1;2\n".encode("utf-16")),
    ("a table", lambda _: b"case;session\r\n1;2\r\n"),
    ("a page of the web", lambda _: b"<!doctype html><script>alert(1)</script>" * 50),
    ("a notice of no access", lambda _: b"<html><title>403</title></html>"),
    ("JSON", lambda _: b'{"study": []}'),
    ("JSON without end", lambda _: b"[" * 100_000),
    ("XML that doubles", lambda _: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'),
    ("a zip", lambda _: zipped()),
    ("a zip of the study", lambda good: gzip.compress(good, mtime=0)),
    ("a PDF", lambda _: b"%PDF-1.7\n" + bytes(3000)),
    ("a picture", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(3000)),
    ("a program", lambda _: b"\x7fELF\x02\x01\x01" + bytes(3000)),
    ("a program of Windows", lambda _: b"MZ" + bytes(3000)),
    ("a script", lambda _: b"#!/bin/sh\nrm -rf ~\n"),
    ("a pickle", lambda _: b"\x80\x04cos\nsystem\n(S'true'\ntR."),
    ("noise", lambda _: Random(11).randbytes(70_000)),
    ("zeros", lambda _: bytes(70_000)),
    ("the first words of a database", lambda _: b"SQLite format 3\0"),
    ("a header and nothing else", lambda good: good[:HEADER]),
    ("a header and zeros", lambda good: good[:HEADER] + bytes(len(good) - HEADER)),
    ("a header and noise", lambda good: good[:HEADER] + Random(12).randbytes(len(good) - HEADER)),
    ("the study in capitals", bytes.upper),
    ("the study as text", lambda good: good.decode("latin-1").encode()),
    ("the study with line ends of Windows", lambda good: good.replace(b"\n", b"\r\n")),
    ("the study backwards", lambda good: good[::-1]),
)  # fmt: skip


def no_study() -> Iterator[Hostile]:
    for name, made in NO_STUDY:
        yield Hostile("no study", name, written(made))
    for name, statements in (
        ("an empty database", ("PRAGMA user_version = 1",)),
        ("a database of somebody else", ("CREATE TABLE cases (id TEXT)",)),
        (
            "an empty database with our mark",
            (f"PRAGMA application_id = {APPLICATION}", f"PRAGMA user_version = {SCHEMA}"),
        ),
        (
            "our mark on a table of somebody else",
            (
                "CREATE TABLE cases (id TEXT)",
                f"PRAGMA application_id = {APPLICATION}",
                f"PRAGMA user_version = {SCHEMA}",
            ),
        ),
    ):
        yield Hostile("no study", name, lambda path, _, done=statements: spoil(path, *done))


# --- what is no file, and what lies beside one --------------------------------------------------------


def _folder(path: Path, good: bytes) -> None:
    path.mkdir()
    (path / "bloc.opale").write_bytes(good)


def _loop(path: Path, _: bytes) -> None:
    path.symlink_to(path.with_name("other.opale"))
    path.with_name("other.opale").symlink_to(path)


def _itself(path: Path, _: bytes) -> None:
    path.symlink_to(path)


def _nowhere(path: Path, _: bytes) -> None:
    path.symlink_to(path.with_name("nowhere.opale"))


def _linked(path: Path, good: bytes) -> None:
    path.with_name("true.opale").write_bytes(good)
    path.symlink_to(path.with_name("true.opale"))


def _pipe(path: Path, _: bytes) -> None:
    os.mkfifo(path)


def _socket(path: Path, _: bytes) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket has room for a hundred letters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _device(path: Path, _: bytes) -> None:
    path.symlink_to("/dev/zero")


def _huge(path: Path, good: bytes) -> None:
    path.write_bytes(good)
    os.truncate(path, 600 * 2**20)  # a hole: nothing of it lies on the disk


def _hot_journal(path: Path, good: bytes) -> None:
    """Leave the journal of a writer that died in the midst of it."""
    path.write_bytes(good)
    beside = path.with_name(f"{path.name}-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute("PRAGMA cache_size = 2")
        plain.execute("BEGIN")
        plain.execute("UPDATE cases SET note = hex(zeroblob(90))")
        plain.execute("UPDATE journal SET reason = hex(zeroblob(4000))")
        half, hot = path.read_bytes(), beside.read_bytes()
        plain.execute("ROLLBACK")
    path.write_bytes(half)
    beside.write_bytes(hot)


def _beside(suffix: str, content: bytes) -> Make:
    def make(path: Path, good: bytes) -> None:
        path.write_bytes(good)
        path.with_name(path.name + suffix).write_bytes(content)

    return make


def places() -> Iterator[Hostile]:
    yield Hostile("place", "nothing", lambda path, _: None)
    yield Hostile("place", "a folder", _folder)
    yield Hostile("place", "links in a circle", _loop)
    yield Hostile("place", "a link to itself", _itself)
    yield Hostile("place", "a link to nowhere", _nowhere)
    yield Hostile("place", "a link to a study", _linked, harmless=True)
    yield Hostile("place", "a pipe", _pipe)
    yield Hostile("place", "a socket", _socket)
    yield Hostile("place", "a device", _device)
    yield Hostile("place", "too large", _huge)
    yield Hostile("beside", "a hot journal", _hot_journal)
    yield Hostile("beside", "a journal of noise", _beside("-journal", Random(3).randbytes(600)))
    yield Hostile("beside", "an empty journal", _beside("-journal", b""), harmless=True)
    yield Hostile("beside", "a log", _beside("-wal", b"\x37\x7f\x06\x82" + bytes(4000)))
    yield Hostile("beside", "the memory of a log", _beside("-shm", bytes(32_768)), harmless=True)


def files() -> tuple[Hostile, ...]:
    """Give all of them."""
    return (*damaged(), *lying(), *no_study(), *places())
