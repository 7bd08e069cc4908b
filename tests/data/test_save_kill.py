"""Killed at any moment of saving, a study is the whole old one or the whole new one (F74)."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from data.lock import holder_of, locked
from data.study_file import open_study, save_study
from planner.edits import Branch
from planner.study import Study

SAVER = """
import sys
from pathlib import Path
from data.lock import locked
from data.study_file import open_study
from planner.edits import Branch
path = Path(sys.argv[1])
with locked(path), open_study(path) as opened:
    number = len(opened.study.scenarios)
    print("go", flush=True)
    while True:
        opened.do(Branch(parent="base", name=f"n{number}"))
        opened.save()
        number += 1
"""


@pytest.mark.long
def test_a_kill_at_any_moment_leaves_a_whole_study(
    tmp_path: Path, study: Study, root: Path
) -> None:
    path = tmp_path / "bloc.opale"
    save_study(study, path)
    random, count = Random(74), len(study.scenarios)
    for _ in range(40):
        saver = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(path)], cwd=root, stdout=subprocess.PIPE
        )
        assert saver.stdout is not None
        assert saver.stdout.readline() == b"go\n"
        with pytest.raises(subprocess.TimeoutExpired):
            saver.wait(random.uniform(0.0, 0.4))
        saver.kill()
        saver.wait()
        saver.stdout.close()
        with open_study(path) as opened:
            names = [each.name for each in opened.study.scenarios]
            assert names == [each.name for each in study.scenarios] + [
                f"n{number}" for number in range(len(study.scenarios), len(names))
            ]
            assert len(opened.history()) == 1 + len(names) - len(study.scenarios)
        assert len(names) >= count
        count = len(names)
        if count > 400:
            save_study(study, path)
            count = len(study.scenarios)
        assert holder_of(path) is None
    assert count > len(study.scenarios)
    with locked(path), open_study(path) as opened:
        opened.do(Branch(parent="base", name="after all that"))
        opened.save()
