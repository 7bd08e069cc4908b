"""A study as it was after a line of its journal, as an unsaved copy."""

from data import deltas, journal, reading
from data.codec import Unfit
from data.database import MEMORY, connect, transaction
from data.origin import read_origin
from data.refused import Refused
from data.study_file import Opened


def reopened(opened: Opened, line: int, *, database: str = MEMORY) -> Opened:
    """Give a study as it was after a line of its journal: it has no file, and its journal ends there.

    Raises:
        Refused: the file does not hold enough for it, or what it holds is not of our making.
    """
    connection = connect(database)
    try:
        opened.connection.backup(connection)
        deltas.go_back(connection, line)
        found = reading.read(connection)
        path = opened.path.name if opened.path is not None else ""
        entry = journal.Entry(
            action="journal.reopened",
            scenarios=tuple(each.name for each in found.scenarios),
            parameters={"line": line, "file": path or opened.study.name},
        )
        with transaction(connection):
            deltas.begin(connection)
            deltas.keep(connection, journal.append(connection, entry))
    except Unfit as error:
        connection.close()
        raise Refused("journal.bad_state", line=line) from error
    except BaseException:
        connection.close()
        raise
    made = Opened(found, None, connection, origin=read_origin(connection), seal=opened.seal)
    made.own()
    return made
