"""Purging a study file: one person, or what is older than a day, goes from facts, plans and history.

It is done on a copy in memory. Before anything is written the copy is read once, as whoever opens the file
later does, and looked through byte by byte. The journal says that it was done, who did it and when, and
never who was erased. Lines before it can no longer be reopened: what they would show is what has gone. The
copy before the file, working copies, runs and kept audits of the study, which hold it too, are cleared away,
and keys of files that were shared from it name its scenarios as the study does from then on.
"""

import contextlib
import json
import secrets
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from data import journal, reading, writing
from data.codec import Unfit, dumps, loads
from data.database import connect, transaction
from data.forgetting import forget
from data.keys import rename_in_keys
from data.lingering import at_places, lingering
from data.origin import read_origin
from data.saving import whole_of
from data.scan import found_within
from data.study_file import Opened
from data.traces import traces
from planner.erasing import KINDS, Erased, Named, erased, person_of
from planner.naming import Person
from planner.problem import ATTRIBUTES
from planner.retention import LAST_DAY, let_go
from planner.study import Study

PURGED: Final = "journal.purged"
LET_GO: Final = "journal.let_go"
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(slots=True)
class Purge:
    """A purge that is ready: the study after it, what goes by kind, and what would still be left.

    `places` say where what would be left stands, as far as that is in a record.
    `names` are new names of scenarios by those before.
    `texts` are those that name whoever is erased, each with the words that people have to decide on.
    """

    opened: Opened
    counts: dict[str, int]
    left: tuple[str, ...] = ()
    places: tuple[Named, ...] = ()
    texts: tuple[Named, ...] = ()
    kept: tuple[Path, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def save(self) -> tuple[Path, ...]:
        """Write the file, and clear away what else holds it; give the paths that have gone.

        What could not be cleared away is in `kept` then.

        Raises:
            Held: somebody else holds the file.
            Refused: it cannot be written; what was there is whole.
        """
        path = self.opened.save()
        # whoever goes on with it copies its free pages too
        self.opened.connection.execute("VACUUM")
        id = self.opened.study.id
        others = traces(path, id)
        for each in others:
            with contextlib.suppress(OSError):
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        keys = rename_in_keys(id, self.names) if self.names else ()
        self.kept = (*(each for each in others if each.exists()), *keys)
        return tuple(each for each in others if each not in self.kept)


def purge_person(opened: Opened, id: str) -> Purge:
    """Make a purge of a person ready.

    Raises:
        EditRefusedError: nobody has this code.
        Refused: what came of it could not be opened again.
    """
    person = person_of(opened.study, id, _anonymous(), _past(opened.connection, id))
    found = erased(opened.study, person)
    made = _after(opened, found, {"what": "person"})
    with transaction(made.connection):
        found_texts = forget(made.connection, person)
    made.origin = read_origin(made.connection)
    _refuse_unreadable(made)
    counts = {**found.counts, "journal": found_texts}
    texts = {each for each in person.names if len(each) > 1 and person.is_hers(each)}
    codes = set() if _is_else(opened.study, person) else {id}
    if (
        not person.is_looked_for
    ):  # as a word it may mean anything: it is left where it is a cell alone
        codes, texts = set(), texts | codes
    whole = whole_of(made.connection)
    exact = found_within(whole, _written(codes), _written(texts))
    told = frozenset(each.after for each in found.texts)
    sure, doubted = lingering(whole, person, told, certain=bool(codes))
    exact = tuple(each for each in exact if not any(each in named.before for named in sure))
    places = (*sure, *at_places(exact, whole))
    left = (*(each.before for each in sure), *exact)
    pairs = zip(opened.study.scenarios, found.study.scenarios, strict=True)
    names = {old.name: new.name for old, new in pairs if old.name != new.name}
    return Purge(
        opened=made,
        counts=counts,
        left=left,
        places=places,
        names=names,
        texts=(*found.texts, *doubted),
    )


def purge_before(opened: Opened, before: date) -> Purge:
    """Make a purge of what is older than a day ready.

    Raises:
        Refused: what came of it could not be opened again.
    """
    found = let_go(opened.study, before)
    made = _after(opened, found, {"what": "before", "before": before.isoformat()})
    with transaction(made.connection):
        lines = _older(made.connection, before) + _tell_without(made.connection, before)
    _refuse_unreadable(made)
    return Purge(opened=made, counts={**found.counts, "journal": lines})


def _after(opened: Opened, found: Erased, parameters: Mapping[str, str]) -> Opened:
    """Give the study after a purge in a database of its own, with its line in the journal."""
    connection = connect()
    opened.connection.backup(connection)
    with transaction(connection):
        writing.write(connection, opened.study, found.study)
        connection.execute("UPDATE plans SET score = NULL, indicators = NULL")
        connection.execute("DELETE FROM deltas")
        names = tuple(each.name for each in found.study.scenarios)
        entry = journal.Entry(action=PURGED, scenarios=names, parameters=dict(parameters))
        journal.append(connection, entry)
    return Opened(
        found.study,
        opened.path,
        connection,
        digest=opened.digest,
        origin=opened.origin,
        seal=opened.seal,
    )


def _refuse_unreadable(made: Opened) -> None:
    """Read a purged study once: what nobody could open would be lost, as no copy of before stays.

    Raises:
        Refused: something does not fit.
    """
    try:
        reading.read(made.connection)
    except Unfit as error:
        assert made.path is not None
        raise error.of(made.path) from error


def _older(connection: sqlite3.Connection, before: date) -> int:
    """Leave of lines that are older than a day that there was one, and when; their runs go."""
    day = before.isoformat()
    connection.execute("DELETE FROM runs WHERE started < ?", (day,))
    return connection.execute(
        "UPDATE journal SET author = '', action = ?, scenarios = '[]', parameters = '{}',"
        " fingerprints = '{}', run = NULL, reason = '' WHERE made < ? AND action <> ?",
        (LET_GO, day, LET_GO),
    ).rowcount


def _past(connection: sqlite3.Connection, id: str) -> dict[str, frozenset[str]]:
    """Give the names that whoever has a code had, by kind, from what the history keeps of records gone."""
    found: dict[str, set[str]] = {}
    tables = {ATTRIBUTES[kind]: kind for kind in KINDS}
    for (body,) in connection.execute("SELECT body FROM deltas WHERE body <> ''"):
        for table, rows in _gone(body):
            names = {str(row.get("name") or "") for row in rows if row.get("id") == id}
            if table in tables:
                found.setdefault(tables[table], set()).update(names)
    for (cell,) in connection.execute("SELECT parameters FROM journal"):
        for change in _changes(loads(cell)):
            if change.get("id") == id and change.get("kind") in KINDS:
                known = [change.get(each) for each in ("value", "expected")]
                told = [each.get("name") if isinstance(each, dict) else each for each in known]
                named = isinstance(known[0], dict) or change.get("field") == "name"
                names = {str(each or "") for each in told} if named else {""}
                found.setdefault(str(change["kind"]), set()).update(names)
    return {kind: frozenset(names) for kind, names in found.items() if names}


def _gone(body: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give the rows that a line of the journal took away, by table; none of what is not of our making."""
    with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError, RecursionError):
        for table, part in json.loads(body).items():
            yield table, [dict(zip(part["columns"], row, strict=True)) for row in part["gone"]]


def _changes(value: Any) -> Iterator[Mapping[str, Any]]:
    """Give the changes that a line of the journal tells, however deep they lie."""
    if isinstance(value, dict):
        if isinstance(value.get("action"), str) and "kind" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _changes(each)


def _written(texts: Iterable[str]) -> set[str]:
    """Give texts with their accents within the letters, and behind them."""
    return {unicodedata.normalize(form, each) for each in texts for form in ("NFC", "NFD")}


def _tell_without(connection: sqlite3.Connection, before: date) -> int:
    """Take absences and wishes that were over on a day out of later lines, which tell of recording them."""
    count = 0
    for number, cell in connection.execute("SELECT number, parameters FROM journal").fetchall():
        told = loads(cell)
        after = _kept(told, before.isoformat())
        if after != told:
            connection.execute(
                "UPDATE journal SET parameters = ? WHERE number = ?", (dumps(after), number)
            )
            count += 1
    return count


def _kept(value: Any, before: str) -> Any:
    """Give a value of a line of the journal without the changes that are about what was over on a day."""
    match value:
        case dict():
            return {name: _kept(each, before) for name, each in value.items()}
        case list():
            return [_kept(each, before) for each in value if not _over(each, before)]
    return value


def _over(change: Any, before: str) -> bool:
    """Tell whether a change adds or takes an absence or a wish that was over on a day."""
    if not isinstance(change, dict) or change.get("kind") not in LAST_DAY:
        return False
    record = change.get("value")
    last = record.get(LAST_DAY[change["kind"]]) if isinstance(record, dict) else None
    return isinstance(last, str) and last < before


def _is_else(study: Study, person: Person) -> bool:
    """Tell whether something that is nobody has the same code, a theatre for instance."""
    return any(
        record.id == person.id
        for kind in ATTRIBUTES
        if kind not in ("staff", "surgeon", "case", "history", "promise", "turn", "appointment")
        for record in study.base.records(kind)
    )


def _anonymous() -> str:
    return "X-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
