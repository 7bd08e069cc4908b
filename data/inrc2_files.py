"""Which files an instance of the Second Nurse Rostering Competition is made of, by its name."""

import re
from pathlib import Path
from typing import Final, NamedTuple

from data.importing import FileFault, Unreadable
from data.sections import Sections

SUCCESSIONS: Final = "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"
REQUESTS: Final = "SHIFT_OFF_REQUESTS"
SCENARIO: Final = {
    "SCENARIO": "",
    "WEEKS": "",
    "SKILLS": "n",
    "SHIFT_TYPES": "np",
    SUCCESSIONS: "nw*",
    "CONTRACTS": "npppww",
    "NURSES": "nnw*",
}
HISTORY: Final = {"HISTORY": "wn", "NURSE_HISTORY": "nwwnwww"}
WEEK_DATA: Final = {"WEEK_DATA": "n", "REQUIREMENTS": "nn" + 7 * "p", REQUESTS: "nnn"}
COUNTED: Final = frozenset({"SKILLS", "SHIFT_TYPES", "CONTRACTS", "NURSES", REQUESTS})
"""Sections of the three kinds of file with the shapes of their rows; whose header has their number."""

MOST_WEEKS: Final = 52
_NAME: Final = re.compile(r"(\w[\w.%-]*)_(\d{1,3})_(\d{1,3}(?:-\d{1,3})*)")


class Files(NamedTuple):
    """The files of an instance."""

    scenario: Path
    history: Path
    weeks: tuple[Path, ...]


def is_instance(path: Path) -> bool:
    """Tell whether the folder, or that of the name, has the scenario."""
    if path.is_dir():
        return any(path.glob("Sc-*.txt"))
    name = _NAME.fullmatch(path.name)
    return name is not None and (path.parent / f"Sc-{name[1]}.txt").is_file()


def files_of(path: Path) -> Files:
    """Find the files of an instance: `n030w4/n030w4_1_6-2-9-1`, or a folder that holds just one.

    Raises:
        Unreadable: it is not named, or the folder holds several.
    """
    if path.is_dir():
        return _only(path)
    name = _NAME.fullmatch(path.name)
    if name is None:
        raise Unreadable("no_instance" if path.exists() else "no_file", path.name, path=str(path))
    dataset, history, weeks = name.groups()
    return Files(
        path.parent / f"Sc-{dataset}.txt",
        path.parent / f"H0-{dataset}-{history}.txt",
        tuple(path.parent / f"WD-{dataset}-{week}.txt" for week in weeks.split("-")),
    )


def _only(folder: Path) -> Files:
    """Give the instance of a folder that holds one; its weeks in the order of their numbers."""
    kinds = [sorted(folder.glob(f"{kind}-*.txt"), key=_by_number) for kind in ("Sc", "H0", "WD")]
    for kind, paths in zip(("Sc", "H0", "WD"), kinds, strict=True):
        if not paths:
            raise Unreadable("no_file", folder.name, path=str(folder / f"{kind}-*.txt"))
    scenarios, histories, weeks = kinds
    faults: list[FileFault] = []
    wanted = Sections(scenarios[0], SCENARIO, COUNTED, faults).head("WEEKS")
    if len(scenarios) > 1 or len(histories) > 1 or (not faults and wanted != str(len(weeks))):
        example = f"{folder.name}/{_example(scenarios[0], histories, weeks, wanted)}"
        raise Unreadable("many_instances", folder.name, example=example)
    return Files(scenarios[0], histories[0], tuple(weeks))


def _example(scenario: Path, histories: list[Path], weeks: list[Path], wanted: str) -> str:
    """Name an instance of a folder with several."""
    dataset = scenario.stem.removeprefix("Sc-")
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 3 else 1
    names = [path.stem.rpartition("-")[2] for path in weeks] * number
    return f"{dataset}_{histories[0].stem.rpartition('-')[2]}_{'-'.join(names[:number])}"


def _by_number(path: Path) -> tuple[int, str]:
    return len(path.name), path.name
