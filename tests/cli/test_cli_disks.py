"""Disks that are full or can only be read: a sentence, exit code 1, and nothing is lost or left (F74).

The disks are real: small ones in memory, seen by one process alone, which Linux lets anybody make.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from data.study_file import open_study

Call = Callable[..., Any]
MOUNT: Final = 'mount -t tmpfs -o size="$SIZE" none "$DISK" && cp -a "$FROM"/. "$DISK"/'
WITHIN: Final = f"""{MOUNT} && cd "$DISK" || exit 99
[ "$READ_ONLY" = no ] || mount -o remount,ro "$DISK" || exit 99
"$@"
code=$?
rm -rf "$FROM" && cp -a "$DISK" "$FROM"
exit $code"""


def mountable() -> bool:
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not mountable(), reason="no disks can be made here"),
]


@pytest.fixture
def disk(place: Path, two: Path) -> Path:
    """A folder with a study, which a process finds on a disk of its own."""
    made = place / "disk"
    made.mkdir()
    two.rename(made / "two.opale")
    return made


def run(disk: Path, *words: str, size: int = 2**26, read_only: bool = False) -> Any:
    """Run the program on a disk of some bytes that holds what the folder does; what is left comes back."""
    mount = disk.parent / "mount"
    mount.mkdir(exist_ok=True)
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", WITHIN, "sh", sys.executable, "-m", "ui.cli", *words],
        env={
            **os.environ,
            "DISK": str(mount),
            "FROM": str(disk),
            "SIZE": str(size),
            "READ_ONLY": "yes" if read_only else "no",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


WRITING: Final = (
    ("scenario", "branch", "two.opale", "another"),
    ("scenario", "propose", "two.opale"),
    ("solve", "two.opale", "--effort", "1", "--parts", "theatre"),
    ("simulate", "two.opale"),
    ("share", "two.opale", "--out", "shared.opale"),
    ("merge", "two.opale", "two.opale", "--out", "merged.opale"),
    ("export", "two.opale", "--as", "csv", "--out", "tables"),
    ("compare", "two.opale", "--html", "report.html"),
    ("scenario", "next-period", "two.opale", "--out", "next.opale"),
)
READING: Final = (("info", "two.opale"), ("check", "two.opale"), ("kpis", "two.opale"))


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_a_full_disk_is_said_and_the_file_is_as_it_was(words: tuple[str, ...], disk: Path) -> None:
    before = contents(disk)
    room = sum(len(content) for content in before.values())
    done = run(disk, *words, size=room // 4096 * 4096 + 4096 * 3)
    assert done.returncode == 1, done.stdout + done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert "full" in last or "No space left" in last, last
    assert "Traceback" not in done.stderr
    assert contents(disk) == before
    with open_study(disk / "two.opale") as opened:
        assert [each.name for each in opened.study.scenarios] == ["base", "closed"]


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_a_disk_that_can_only_be_read_is_said(words: tuple[str, ...], disk: Path) -> None:
    before = contents(disk)
    done = run(disk, *words, read_only=True)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert contents(disk) == before


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_what_only_reads_works_on_any_disk(words: tuple[str, ...], disk: Path) -> None:
    before = contents(disk)
    for size, read_only in ((2**26, True), (2**20, False)):
        done = run(disk, *words, size=size, read_only=read_only)
        assert done.returncode in (0, 2), done.stderr
        assert done.stdout
    assert contents(disk) == before
