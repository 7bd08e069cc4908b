"""Killed at any moment of editing and saving: the file is whole, and no edit that was told is lost (F74).

The child works as the window does: on a private working copy, each edit on disk before it is told,
saved now and then; the next one takes up what the one before has left.
"""

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Final

import pytest

from data.lock import holder_of
from data.study_file import open_study
from data.working import leftovers
from planner.study import Study

KILLS: Final = 100
OFTEN: Final = 7  # edits from one saving to the next

EDITOR: Final = f"""
import sys
from pathlib import Path
from data.lock import acquire
from data.working import leftovers, work_on
from planner.changes import ChangeSet, Set
from planner.edits import Branch, Delete, Record
path = Path(sys.argv[1])
acquire(path)
left = leftovers(path)
opened = left[0].recover() if left else work_on(path)
number = opened.study.base.cases[0].mean
print("at", number, len(left), flush=True)
while True:
    number += 1
    change = Set(kind="case", id=opened.study.base.cases[0].id, field="mean", value=number)
    opened.do(Record(scenario="base", group=ChangeSet(name="longer", changes=(change,))))
    print("edit", number, flush=True)
    if number % 3 == 0:
        opened.do(Branch(parent="base", name=f"for a moment {{number}}"))
        opened.do(Delete(name=f"for a moment {{number}}"))
    if number % {OFTEN} == 0:
        opened.save()
        print("saved", number, flush=True)
"""


class Told:
    """What a child has said: where it began, the last edit and the last saving."""

    def __init__(self) -> None:
        self.began: int | None = None
        self.left = 0
        self.edit = self.saved = 0

    def hear(self, line: str) -> None:
        word, number, *more = line.split()
        match word:
            case "at":
                self.began = self.edit = int(number)
                self.left = int(more[0])
            case "edit":
                self.edit = int(number)
            case "saved":
                self.saved = int(number)


def killed(path: Path, root: Path, random: Random) -> Told:
    """Let a child work for a while, kill it, and give all that it has told."""
    child = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(path)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    told = Told()
    for _ in range(random.randrange(1, 3 * OFTEN)):
        told.hear(child.stdout.readline())
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(random.uniform(0.0, 0.03))
    child.kill()
    child.wait()
    for line in child.stdout.read().splitlines(keepends=True):
        if line.endswith("\n"):  # half a line was never told
            told.hear(line)
    child.stdout.close()
    return told


@pytest.mark.long
def test_of_a_hundred_kills_none_loses_an_edit(
    tmp_path: Path, study_bytes: bytes, study: Study, root: Path
) -> None:
    path = tmp_path / "bloc.opale"
    path.write_bytes(study_bytes)
    random, first = Random(100), study.base.cases[0].mean
    on_file = told_last = first
    saves = offered = 0
    for _ in range(KILLS):
        told = killed(path, root, random)
        assert told.began is not None
        # What the one before had told is there; one edit more may have been written, untold.
        assert told.began - told_last in (0, 1)
        offered += told.left
        with open_study(path) as opened:
            number = opened.study.base.cases[0].mean
            lines = [each.action for each in opened.history()]
        saved = max(told.saved, on_file)
        # The file is that of a saving that was told, or of the one that was under way.
        being_saved = told.edit + (-told.edit % OFTEN)
        assert number in (saved, being_saved)
        assert lines.count("edit_record") == number - first
        saves += number != on_file
        on_file, told_last = number, told.edit
        assert holder_of(path) is None
        names = {each.name for each in tmp_path.iterdir() if ".saving" not in each.name}
        assert names <= {"bloc.opale", "bloc.opale.bak", ".~bloc.opale.lock", "state"}
    assert saves > KILLS // 5  # both were killed: those that save and those that edit
    assert offered > KILLS // 2
    left = leftovers(path)
    if left:
        with left[0].recover() as opened:
            assert opened.study.base.cases[0].mean - told_last in (0, 1)
            opened.save()
    assert leftovers() == ()
    assert list((tmp_path / "state" / "work").iterdir()) == []
