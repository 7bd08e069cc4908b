"""Nothing is overwritten: an existing file stops a command before any work, unless `--force`."""

import contextlib
import os
from pathlib import Path

from data.state import new_id, unwritten
from ui.cli.sentences import Told


def refuse_existing(path: Path, *, force: bool) -> None:
    """See to it that a file can be written where nothing stands yet.

    Raises:
        Told: something stands there, or its folder is missing or closed.
        Refused: nothing can be written there.
    """
    try:
        stands, folder = path.exists(), path.is_dir()
    except OSError as error:  # a name that no folder can hold
        raise unwritten(path, error) from error
    if folder:
        raise Told("cli.out_is_folder", path=str(path))
    if stands and not force:
        raise Told("cli.exists", path=str(path))
    refuse_folder(path)


def refuse_folder(path: Path) -> None:
    """See to it that a path can be made in its folder, by making a file beside it for a moment.

    What a folder allows is known to its disk alone: long names, full and read-only disks.

    Raises:
        Told: the folder is missing, or nobody may write there.
        Refused: nothing can be written.
    """
    parent = path.absolute().parent
    if not parent.is_dir():
        raise Told("cli.no_folder", path=str(path), folder=str(parent))
    if not os.access(parent, os.W_OK):
        raise Told("cli.closed_folder", path=str(path), folder=str(parent))
    trial = parent / f".~{path.name}.{new_id()}.writing"
    try:
        trial.write_bytes(b"\0")
    except OSError as error:
        raise unwritten(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            trial.unlink(missing_ok=True)
