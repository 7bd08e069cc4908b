"""The study file: open without trust, work on a copy of ours, save in one step.

An open study is a value and a database of ours that always says the same. The database lies in
memory for a command, or in the state folder for a window (see `data.working`). Saving writes a whole
new file beside the target, then puts it in its place; the file before stays as `NAME.bak`.
"""

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Self

from data import deltas, journal, reading, writing
from data.codec import Unfit, dumps
from data.database import MEMORY, connect, kept, transaction
from data.migrations import create, migrate
from data.origin import Origin, ReadOnlyError, read_origin, write_origin
from data.protecting import Seal, Secret, is_sealed
from data.refused import Refused
from data.saving import write_file
from data.state import true_path
from data.untrusted import digest, pour
from planner.edits import Edit
from planner.study import Study

SUFFIX: Final = ".opale"
_NO_FACTS: Final[Mapping[str, Any]] = {}


@dataclass(slots=True)
class Opened:
    """A study at hand. Close it, or use it as a context.

    `digest` is that of the file as we last read or wrote it, `folder` that of a working copy, `origin`
    says who shared the file; with a `seal` it is written under its passphrase.
    """

    study: Study
    path: Path | None
    connection: sqlite3.Connection
    digest: str | None = None
    folder: Path | None = None
    origin: Origin | None = None
    seal: Seal | None = None
    on_save: list[Callable[[], None]] = field(default_factory=list)

    def do(self, edit: Edit, *, run: journal.RunEntry | None = None, reason: str = "") -> Study:
        """Apply an edit and write it and its line in the journal, both or neither.

        Raises:
            EditRefusedError: the edit cannot be done.
            Refused: a value of it does not fit the file.
        """
        after = edit.apply(self.study)
        entry = journal.entry_of(edit, after, run=run, reason=reason)
        return self.record(after, entry, run=run)

    def record(
        self, after: Study, entry: journal.Entry, *, run: journal.RunEntry | None = None
    ) -> Study:
        """Take another state of the study with its line in the journal, both or neither.

        Raises:
            Refused: a value does not fit the file, or the working copy cannot be written.
        """
        with kept(self.connection, self.folder):
            deltas.begin(self.connection, writing.still(self.study, after))
            writing.write(self.connection, self.study, after)
            if run is not None:
                journal.append_run(self.connection, run)
            deltas.keep(self.connection, journal.append(self.connection, entry))
        self.study = after
        return after

    def keep_score(
        self, scenario: str, score: Mapping[str, Any], indicators: Mapping[str, Any] | None = None
    ) -> None:
        """Keep the score and the indicator sheet of a scenario's plan; an edit of it drops them."""
        with kept(self.connection, self.folder):
            self.connection.execute(
                "UPDATE plans SET score = ?, indicators = ? WHERE \"which\" = 'plan' AND scenario ="
                " (SELECT number FROM scenarios WHERE name = ?)",
                (dumps(score), None if indicators is None else dumps(indicators), scenario),
            )

    def kept_score(self, scenario: str) -> tuple[dict[str, Any], dict[str, Any] | None] | None:
        """Give the score and indicator sheet that were kept for a scenario's plan as it stands."""
        found = self.connection.execute(
            "SELECT plans.score, plans.indicators FROM plans JOIN scenarios ON scenario ="
            " scenarios.number WHERE \"which\" = 'plan' AND name = ?",
            (scenario,),
        ).fetchone()
        if found is None or found[0] is None:
            return None
        return json.loads(found[0]), None if found[1] is None else json.loads(found[1])

    def history(self) -> tuple[journal.Entry, ...]:
        """Read the journal, the oldest entry first."""
        return tuple(journal.entries(self.connection))

    def born(self) -> dict[str, str]:
        """Say when each scenario was made, as far as the journal tells."""
        return journal.born(self.connection)

    def past_runs(self) -> tuple[journal.RunEntry, ...]:
        """Read the runs whose plans were taken, the oldest first."""
        return tuple(journal.runs(self.connection))

    @property
    def read_only(self) -> bool:
        """Whether the file was shared to be read: only a copy of it may be changed."""
        return self.origin is not None and self.origin.read_only

    def share(self, origin: Origin) -> None:
        """Write into the study who shares it, and how.

        Raises:
            Refused: the reason is too long, or the working copy cannot be written.
        """
        with kept(self.connection, self.folder):
            write_origin(self.connection, origin)
        self.origin = origin

    def own(self) -> None:
        """Make a copy one's own: it has no file yet, and may be changed."""
        self._free()
        self.path = self.digest = None

    def _free(self) -> None:
        if self.origin is not None and self.origin.read_only and self.path is not None:
            self.share(replace(self.origin, read_only=False))

    def refuse_read_only(self) -> None:
        """Let a study pass that may be changed where it is.

        Raises:
            ReadOnlyError: it was shared to be read.
        """
        if self.origin is not None and self.origin.read_only and self.path is not None:
            raise ReadOnlyError(self.path, self.origin)

    def save(self, path: Path | None = None) -> Path:
        """Write the study to its file, or to another one which is its file from then on.

        Raises:
            Held: somebody else holds the file.
            ReadOnlyError: it was shared to be read, and this is no other file.
            Refused: it cannot be written, or another program has written it meanwhile; what was
                there before is whole.
        """
        target = path or self.path
        if target is None:
            raise ValueError("a study that was never saved needs a path")
        known = self.digest if target == self.path else None
        if known and target.exists() and digest(target) != known:
            raise Refused("study.changed_meanwhile", path=str(target))
        if self.path is not None and true_path(target) == true_path(self.path):
            self.refuse_read_only()
        shared = self.origin
        try:
            self._free()
            with (
                contextlib.suppress(Refused),
                kept(self.connection, self.folder),
            ):  # else it is saved as it is
                deltas.trim(self.connection)
            write_file(self.connection, target, self.seal)
        except BaseException:
            if shared is not None and shared is not self.origin:
                self.share(shared)
            raise
        self.path, self.digest = target, digest(target)
        for tell in self.on_save:
            tell()
        return target

    def close(self) -> None:
        """Let the database go, and the working copy with it: what was not saved is given up."""
        self.connection.close()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """Use the study for the length of a block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


def open_study(path: Path, *, database: str = MEMORY, passphrase: Secret | None = None) -> Opened:
    """Open a study file; nothing of it is trusted, and the file itself is not touched.

    Raises:
        SealedError: it is under a passphrase, and this is none or another one.
        Refused: it is no study, is damaged, newer than this program, or cannot be read.
    """
    connection = connect(database)
    try:
        version, found, seal = pour(path, connection, passphrase)
        migrate(connection, version)
        study, origin = reading.read(connection), read_origin(connection)
    except Unfit as error:
        connection.close()
        raise error.of(path) from error
    except BaseException:
        connection.close()
        raise
    return Opened(study, path, connection, digest=found, origin=origin, seal=seal)


def create_study(
    study: Study,
    *,
    database: str = MEMORY,
    action: str = "journal.created",
    made: str = "",
    facts: Mapping[str, Any] = _NO_FACTS,
) -> Opened:
    """Make an open study that has no file yet; the journal begins with its making, now or as `made`.

    `facts` are the parameters of that line.

    Raises:
        Refused: a value does not fit the file.
    """
    connection = connect(database)
    try:
        create(connection)
        with transaction(connection):
            writing.write(connection, None, study)
            names = tuple(scenario.name for scenario in study.scenarios)
            made = made or journal.now()
            entry = journal.Entry(action=action, scenarios=names, made=made, parameters=facts)
            journal.append(connection, entry)
    except BaseException:
        connection.close()
        raise
    return Opened(study, None, connection)


def save_study(study: Study, path: Path) -> None:
    """Write a study as a new file with a fresh journal; an open one is saved by `Opened.save`.

    Raises:
        Held: somebody else holds the file.
        Refused: a value does not fit, or the file cannot be written; what was there is whole.
    """
    with create_study(study) as opened:
        opened.save(path)


def is_study(path: Path) -> bool:
    """Tell whether a file begins as SQLite databases or sealed ones do; `open_study` says the rest."""
    if not path.is_file():  # to open a pipe would wait for ever
        return False
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0" or is_sealed(path)
    except OSError:
        return False
