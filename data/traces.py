"""Where else a study is kept: the copy before the file, killed saves and openings, working copies."""

from collections.abc import Iterator
from pathlib import Path

from data import audits
from data.momentary import MARK, in_use, savings
from data.runs import folder_of
from data.state import read_regular, state_folder, true_path
from data.working import leftovers


def traces(path: Path, study: str) -> tuple[Path, ...]:
    """Give the files and folders that hold a study besides its file, which is nobody else's now.

    Working copies of other files stay, as what is unsaved there is in no other place; of those that
    never had a file, the ones of this study go.
    """
    path = true_path(path)
    copies = [
        each.folder
        for each in leftovers()
        if each.path == path or (each.path is None and each.study == study)
    ]
    places = [path.with_name(f"{path.name}.bak"), folder_of(study), audits.folder_of(study)]
    found = [*places, *copies, *_killed_saves(path), *_killed_openings(study)]
    return tuple(each for each in found if each.exists())


def _killed_saves(path: Path) -> Iterator[Path]:
    for each, made in savings(path):
        if not in_use(made):
            yield each


def _killed_openings(study: str) -> Iterator[Path]:
    """Give copies that were being looked at as their process died, if they are of a study."""
    folder = state_folder() / "opening"
    for each in folder.iterdir() if folder.is_dir() else ():
        if in_use(each.name[:MARK]):
            continue
        try:
            mine = study.encode() in read_regular(each / "copy")
        except OSError:
            continue
        if mine:
            yield each
