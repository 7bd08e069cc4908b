"""A study as it was after a line of its journal, as an unsaved copy."""

import sqlite3

from data import deltas, journal, reading
from data.codec import Unfit
from data.database import MEMORY, connect, transaction
from data.origin import read_origin
from data.refused import Refused
from data.study_file import Opened
from planner.study import Study


def reopened(opened: Opened, line: int, *, database: str = MEMORY) -> Opened:
    """Give a study as it was after a line of its journal: it has no file, and its journal ends there.

    Raises:
        Refused: the file does not hold enough for it, or what it holds is not of our making.
    """
    connection = connect(database)
    try:
        opened.connection.backup(connection)
        found = state_after(connection, line)
        path = opened.path.name if opened.path is not None else ""
        entry = journal.Entry(
            action="journal.reopened",
            scenarios=tuple(each.name for each in found.scenarios),
            parameters={"line": line, "file": path or opened.study.name},
        )
        with transaction(connection):
            deltas.begin(connection)
            deltas.keep(connection, journal.append(connection, entry))
        origin = read_origin(connection)
        made = Opened(found, opened.path, connection, origin=origin, seal=opened.seal)
        made.own()
    except BaseException:
        connection.close()
        raise
    return made


def state_after(connection: sqlite3.Connection, line: int) -> Study:
    """Make a database of ours what it was after a line of its journal; give the study that it holds then.

    Raises:
        Refused: it does not hold enough for it, or what it holds is not of our making.
    """
    deltas.go_back(connection, line)
    try:
        return reading.read(connection)
    except Unfit as error:
        raise Refused("journal.bad_state", line=line) from error
