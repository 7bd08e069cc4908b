"""Nothing is overwritten: an existing file stops a command before any work, unless `--force`."""

import os
from pathlib import Path

from ui.cli.sentences import Told


def refuse_existing(path: Path, *, force: bool) -> None:
    """See to it that a file can be written where nothing stands yet.

    Raises:
        Told: something stands there, or its folder is missing or closed.
    """
    if path.is_dir():
        raise Told("cli.out_is_folder", path=str(path))
    if path.exists() and not force:
        raise Told("cli.exists", path=str(path))
    refuse_folder(path)


def refuse_folder(path: Path) -> None:
    """See to it that a path can be made in its folder.

    Raises:
        Told: the folder is missing, or nobody may write there.
    """
    parent = path.absolute().parent
    if not parent.is_dir():
        raise Told("cli.no_folder", path=str(path), folder=str(parent))
    if not os.access(parent, os.W_OK):
        raise Told("cli.closed_folder", path=str(path), folder=str(parent))
