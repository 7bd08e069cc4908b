"""Opening a study that anybody may have made: a file is data, never a program.

The file is copied to a private place and opened there, read-only, under limits and an authorizer. One
under a passphrase is opened in memory: its plain bytes never reach a disk.
Whatever is not one of our plain tables is refused; rows are read by statements of our own into a
database of our own, where types and bounds are enforced.
"""

import contextlib
import os
import re
import shutil
import sqlite3
import stat
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from data.database import column_of, transaction
from data.migrations import APPLICATION, SCHEMA, create
from data.momentary import MARK, is_left, mark
from data.protecting import Seal, Secret, is_sealed, unsealed
from data.refused import Refused, is_full
from data.state import FULL, private_folder, reason, state_folder

LARGEST: Final = 512 * 2**20  # bytes of a file that is opened at all
SLOWEST: Final = 60.0  # seconds that reading may take
_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100
_STEPS: Final = 20_000  # steps of SQLite's machine between two looks at the clock

_LIMITS: Final = {
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LENGTH: 16 * 2**20,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 100_000,
}
_MAY: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_PRAGMAS: Final = frozenset({"table_xinfo", "quick_check"})


class Poured(NamedTuple):
    """What a file was: its format, the digest of its bytes, and what it was sealed with."""

    version: int
    digest: str
    seal: Seal | None = None


class _Object(NamedTuple):
    type: str
    name: str
    table: str


def pour(path: Path, target: sqlite3.Connection, passphrase: Secret | None = None) -> Poured:
    """Read a study file into an empty database of ours; give the file's format, digest and seal.

    The target gets the tables of that format; bringing it up to date is the caller's next step.

    Raises:
        SealedError: it is under a passphrase, and this is none or another one.
        Refused: the file cannot be read, is no study, or holds what a study does not.
    """
    try:
        folder = private_folder(state_folder() / "opening")
        _clear_leftovers(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=mark()) as place:
            copy = Path(place) / "copy"
            _take(path, copy)
            plain, seal = None, None
            if is_sealed(copy):
                plain, seal = unsealed(copy.read_bytes(), passphrase, path)
            head, size = _head(copy) if plain is None else (plain[:_HEADER], len(plain))
            version = _version(head, size, path)
            create(target, version)
            _pour_copy(copy if plain is None else plain, path, target)
            return Poured(version, digest(copy), seal)
    except OSError as error:
        if error.errno in FULL:  # nothing is written but the copy
            place, why = str(state_folder()), reason(error)
            raise Refused("study.no_state_folder", path=place, why=why) from error
        raise _unopened(path, error) from error


def digest(path: Path) -> str:
    """Give a digest of a file's bytes, to know it again."""
    with path.open("rb") as file:
        return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()


def _clear_leftovers(folder: Path) -> None:
    """Remove copies that a killed process left behind: they hold a hospital's data."""
    for leftover in folder.iterdir():
        with contextlib.suppress(OSError):
            if is_left(leftover, leftover.name[:MARK]):
                shutil.rmtree(leftover, ignore_errors=True)


def _take(path: Path, copy: Path) -> None:
    """Copy a regular file of bearable size; a pipe or device is never read."""
    try:
        descriptor = os.open(
            path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        )
    except OSError as error:
        raise _unopened(path, error) from error
    with os.fdopen(descriptor, "rb") as source:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise Refused("study.is_folder", path=str(path))
        if not stat.S_ISREG(found.st_mode):
            raise Refused("study.not_regular", path=str(path))
        if found.st_size > LARGEST:
            size, most = found.st_size // 2**20, LARGEST // 2**20
            raise Refused("study.too_big", path=str(path), size=size, most=most)
        if found.st_size == 0:
            raise Refused("study.empty", path=str(path))
        with copy.open("xb") as file:
            shutil.copyfileobj(source, file, 2**20)
    for suffix in ("-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists() and beside.stat().st_size:
            raise Refused("study.half_written", path=str(path), beside=beside.name)


def _unopened(path: Path, error: OSError) -> Refused:
    if isinstance(error, FileNotFoundError):
        return Refused("study.missing", path=str(path))
    if isinstance(error, IsADirectoryError) or path.is_dir():  # Windows says no permission
        return Refused("study.is_folder", path=str(path))
    if isinstance(error, PermissionError):
        return Refused("study.no_permission", path=str(path))
    return Refused("study.unopened", path=str(path), why=reason(error))


def _head(copy: Path) -> tuple[bytes, int]:
    with copy.open("rb") as file:
        return file.read(_HEADER), copy.stat().st_size


def _version(header: bytes, size: int, path: Path) -> int:
    """Read the format from the header, without any SQLite; a file that was cut is seen by its pages."""
    if header[:16] != _MAGIC[: len(header)]:
        raise Refused("study.not_study", path=str(path))
    if len(header) < _HEADER:
        raise Refused("study.damaged", path=str(path))
    if int.from_bytes(header[68:72], "big") != APPLICATION:
        raise Refused("study.not_study", path=str(path))
    page, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    if header[24:28] == header[92:96] and size < (65536 if page == 1 else page) * pages:
        raise Refused("study.damaged", path=str(path))
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA:
        raise Refused("study.newer", path=str(path), found=version, known=SCHEMA)
    if version < 1:
        raise Refused("study.not_study", path=str(path))
    return version


def _pour_copy(copy: Path | bytes, path: Path, target: sqlite3.Connection) -> None:
    try:
        with closing(_opened(copy)) as source:
            _same_objects(source, target, path)
            names = [found.name for found in _objects(target) if found.type == "table"]
            for name in names:
                _same_columns(source, target, name, path)
            if source.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise Refused("study.damaged", path=str(path))
            with transaction(target):
                for name in names:
                    _pour_table(source, target, name, path)
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the second where a name is no text
        if is_full(error):  # that is the target's disk: the file is only read
            raise
        slow = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
        what = "study.too_slow" if slow else "study.damaged"
        raise Refused(what, path=str(path)) from error


def _opened(copy: Path | bytes) -> sqlite3.Connection:
    """Open the copy, a file or its bytes, with every guard that this SQLite has."""
    address = "file::memory:"
    if isinstance(copy, Path):
        address = f"file:{quote(str(copy.resolve()))}?mode=ro&immutable=1"
    source = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        if isinstance(copy, bytes):
            source.deserialize(copy)
        for limit, most in _LIMITS.items():
            source.setlimit(limit, most)
        end = time.monotonic() + SLOWEST
        source.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        # SQLite reads no checks of a file that it may not write. Of bytes it does, and takes the
        # functions in them for unsafe; there the authorizer alone keeps functions from being called.
        guard = "trusted_schema=OFF" if isinstance(copy, Path) else "ignore_check_constraints=ON"
        for setting in (guard, "query_only=ON", "cell_size_check=ON", "mmap_size=0"):
            source.execute(f"PRAGMA {setting}")
        source.set_authorizer(_allowed)
    except BaseException:
        source.close()
        raise
    return source


def _allowed(action: int, first: str | None, *_: str | None) -> int:
    """Allow reading, and the two questions that we ask; functions, views and writing are refused."""
    asked = action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS
    return sqlite3.SQLITE_OK if asked or action in _MAY else sqlite3.SQLITE_DENY


def _objects(connection: sqlite3.Connection) -> set[_Object]:
    """Give what a database holds; a virtual table has no page of its own, and counts as `virtual`."""
    found = connection.execute("SELECT type, name, tbl_name, rootpage FROM sqlite_schema")
    return {
        _Object("virtual" if type == "table" and not page else str(type), str(name), str(table))
        for type, name, table, page in found
    }


def _same_objects(source: sqlite3.Connection, target: sqlite3.Connection, path: Path) -> None:
    found, wanted = _objects(source), _objects(target)
    for planted in sorted(found - wanted):
        type, name = _shown(planted.type), _shown(planted.name)
        raise Refused("study.foreign_object", path=str(path), type=type, name=name)
    for lacking in sorted(wanted - found):
        raise Refused("study.lacks_table", path=str(path), name=lacking.table)


def _same_columns(
    source: sqlite3.Connection, target: sqlite3.Connection, name: str, path: Path
) -> None:
    question = f'PRAGMA table_xinfo("{name}")'
    found, wanted = source.execute(question).fetchall(), target.execute(question).fetchall()
    for ours, theirs in zip(wanted, found, strict=False):
        if ours != theirs:
            raise Refused(
                "study.wrong_column", path=str(path), table=name, column=_shown(theirs[1])
            )
    if len(found) != len(wanted):
        raise Refused("study.wrong_columns", path=str(path), table=name)


def _shown(name: str) -> str:
    """Cut a name from the file to what a sentence can bear."""
    return re.sub(r"[^\w .-]", "?", name)[:60]


class _HiddenError(Exception):
    """A text goes on behind a zero, where no bound of a table looks."""


class Counted:
    """Rows on their way, and how many of them have been asked for.

    A zero in a text ends it for SQLite's own bounds and not for anybody else: none may pass.
    """

    def __init__(self, rows: Iterator[Any]) -> None:
        self.rows = rows
        self.count = 0
        self.hidden = 0

    def __iter__(self) -> Iterator[Any]:
        for row in self.rows:
            self.count += 1
            if any(isinstance(cell, str) and "\0" in cell for cell in row):
                self.hidden = next(at for at, cell in enumerate(row) if "\0" in str(cell))
                raise _HiddenError
            yield row


def _pour_table(
    source: sqlite3.Connection, target: sqlite3.Connection, name: str, path: Path
) -> None:
    columns = [row[1] for row in target.execute(f'PRAGMA table_xinfo("{name}")')]
    listed = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    rows = Counted(source.execute(f'SELECT {listed} FROM "{name}"'))  # noqa: S608 - names are ours
    statement = f'INSERT INTO "{name}" ({listed}) VALUES ({marks})'  # noqa: S608 - names are ours
    with _refusing_cells(name, rows, path, columns):
        target.executemany(statement, rows)


@contextmanager
def _refusing_cells(name: str, rows: Counted, path: Path, columns: Sequence[str]) -> Iterator[None]:
    """Say which row and column a table of ours refuses.

    Raises:
        Refused: the table did not take a row.
    """
    try:
        yield
    except (sqlite3.IntegrityError, _HiddenError) as error:
        column = columns[rows.hidden] if isinstance(error, _HiddenError) else column_of(error)
        raise Refused(
            "study.bad_row", path=str(path), table=name, row=rows.count, column=column
        ) from error
