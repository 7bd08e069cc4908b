"""The line in a study's journal that says that it was shared: with whom is in the reason, with what here."""

from hashlib import sha256

from data.journal import Entry
from data.lock import locked
from data.refused import Refused
from data.sharing import Shared
from data.study_file import Opened

NAMED, NAMELESS = "journal.shared_named", "journal.shared_nameless"


def line_of(
    done: Shared, *, reason: str = "", read_only: bool = False, protected: bool = False
) -> Entry:
    """Give the line about a file that was shared: its name and digest, how, and the digest of its key.

    Raises:
        OSError: the file or its key cannot be read.
    """
    facts = {"file": done.path.name, "digest": sha256(done.path.read_bytes()).hexdigest()}
    if done.key is not None:
        facts["key"] = sha256(done.key.read_bytes()).hexdigest()
    return Entry(
        action=NAMED if done.key is None else NAMELESS,
        parameters={**facts, "read_only": read_only, "protected": protected},
        reason=reason,
    )


def note_sharing(opened: Opened, line: Entry) -> Refused | None:
    """Write the line into the study's own file; give why that cannot be, which leaves the file as it is.

    A study without a file of its own has no journal that lasts.
    """
    if opened.path is None:
        return None
    try:
        with locked(opened.path):
            opened.refuse_read_only()
            opened.record(opened.study, line)
            opened.save()
    except Refused as error:
        return error
    return None
