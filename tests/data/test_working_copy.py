"""A crash loses no edit: the next start offers the working copy."""

import dataclasses
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from data import study_file
from data.demo import generate
from data.migrations import create
from data.refused import Refused
from data.study_file import open_study, save_study
from data.working import leftovers, work_on, work_on_new
from planner.edits import Branch
from planner.study import Study

CRASH = """
import os, sys
from pathlib import Path
from data.working import work_on
from planner.edits import Branch
opened = work_on(Path(sys.argv[1]))
for name in sys.argv[2:]:
    opened.save() if name == "save" else opened.do(Branch(parent="base", name=name))
os._exit(9)
"""


@pytest.fixture
def path(tmp_path: Path, study_bytes: bytes) -> Path:
    made = tmp_path / "bloc.opale"
    made.write_bytes(study_bytes)
    return made


def crash(path: Path, root: Path, *edits: str) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(path), *edits], cwd=root, check=False)
    assert done.returncode == 9


def test_every_edit_survives_a_crash(path: Path, study: Study, root: Path) -> None:
    before = path.read_bytes()
    crash(path, root, "x", "y")
    [left] = leftovers()
    assert (left.path, left.study, left.edits) == (path, study.id, 2)
    assert left.since
    assert leftovers(path) == (left,)
    assert leftovers(path.with_name("other.opale")) == ()
    assert path.read_bytes() == before
    with left.recover() as opened:
        assert [each.name for each in opened.study.scenarios][-2:] == ["x", "y"]
        assert [each.action for each in opened.history()][-2:] == ["edit_branch"] * 2
        assert leftovers() == ()  # it is ours now
        opened.save()
    with open_study(path) as again:
        assert [each.name for each in again.study.scenarios][-2:] == ["x", "y"]
    assert leftovers() == ()


def test_a_crash_after_saving_leaves_nothing_to_offer(path: Path, root: Path, state: Path) -> None:
    crash(path, root, "x", "save")
    assert leftovers() == ()
    assert list((state / "work").iterdir()) == []


def test_only_what_came_after_the_save_counts(path: Path, root: Path) -> None:
    crash(path, root, "x", "save", "y")
    [left] = leftovers()
    assert left.edits == 1


def test_a_recovered_copy_that_crashes_again_is_offered_again(path: Path, root: Path) -> None:
    crash(path, root, "x")
    [left] = leftovers()
    code = "import os; from data.working import leftovers; leftovers()[0].recover(); os._exit(9)"
    subprocess.run([sys.executable, "-c", code], cwd=root, check=False)
    [again] = leftovers()
    assert (again.folder, again.edits) == (left.folder, 1)


def test_a_leftover_can_be_thrown_away(path: Path, root: Path, state: Path) -> None:
    crash(path, root, "x")
    leftovers()[0].discard()
    assert leftovers() == ()
    assert list((state / "work").iterdir()) == []


def test_a_copy_in_use_is_not_offered_and_goes_at_the_close(path: Path, state: Path) -> None:
    with work_on(path) as opened:
        opened.do(Branch(parent="base", name="x"))
        assert leftovers() == ()
        assert len(list((state / "work").iterdir())) == 1
    assert list((state / "work").iterdir()) == []


def test_a_new_study_is_safe_before_its_first_saving(tmp_path: Path, study: Study) -> None:
    with work_on_new(study) as opened:
        opened.do(Branch(parent="base", name="x"))
        assert opened.save(tmp_path / "new.opale") == tmp_path / "new.opale"
    with open_study(tmp_path / "new.opale") as again:
        assert again.study == opened.study


def test_a_new_study_that_was_never_saved_is_offered(
    study: Study, tmp_path: Path, root: Path
) -> None:
    save_study(study, tmp_path / "x.opale")
    code = (
        "import os, sys; from pathlib import Path; from data.study_file import open_study;"
        "from data.working import work_on_new;"
        "work_on_new(open_study(Path(sys.argv[1])).study); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "x.opale")], cwd=root, check=False)
    [left] = leftovers()
    assert (left.path, left.edits) == (None, 1)
    with left.recover() as opened:
        assert opened.study == study
        assert opened.path is None


def test_what_is_no_study_leaves_no_copy(tmp_path: Path, state: Path) -> None:
    (tmp_path / "x.opale").write_text("x")
    with pytest.raises(Refused):
        work_on(tmp_path / "x.opale")
    assert list((state / "work").iterdir()) == []


def test_rubbish_in_the_work_folder_is_passed_over(path: Path, root: Path, state: Path) -> None:
    crash(path, root, "x")
    for name, content in (("a", ""), ("b", "[]"), ("c", '{"holder": 3}')):
        (state / "work" / name).mkdir()
        (state / "work" / name / "about.json").write_text(content, encoding="utf-8")
    (state / "work" / "d").mkdir()
    (state / "work" / "file").touch()
    assert [left.edits for left in leftovers()] == [1]


def test_a_leftover_that_went_away_is_said(path: Path, root: Path) -> None:
    crash(path, root, "x")
    [left] = leftovers()
    (left.folder / "copy.opale").write_bytes(b"x" * 5000)
    with pytest.raises(Refused) as caught:
        left.recover()
    assert caught.value.what == "study.copy_gone"
    assert leftovers() == ()
    assert left.folder.exists()
    left.discard()
    with pytest.raises(Refused) as caught:
        left.recover()
    assert caught.value.what == "study.copy_gone"
    gone = dataclasses.replace(left, folder=left.folder / "x")
    gone.discard()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study that takes more room than its empty tables."""
    made = tmp_path_factory.mktemp("large") / "large.opale"
    save_study(Study(id="large", name="large", base=generate("small", 1)), made)
    return made


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("room", ["none", "tables"])
def test_a_state_folder_without_room_is_said_and_leaves_nothing(
    large: Path, state: Path, monkeypatch: pytest.MonkeyPatch, room: str, lang: str
) -> None:
    """The file is not said to be damaged: it is the disk of the working copy that is full."""
    real, before = study_file.connect, large.read_bytes()
    with closing(real()) as bare:
        create(bare)
        pages = 5 if room == "none" else bare.execute("PRAGMA page_count").fetchone()[0] + 1

    def narrow(database: str) -> sqlite3.Connection:
        made = real(database)
        made.execute(f"PRAGMA max_page_count = {pages}")
        return made

    monkeypatch.setattr(study_file, "connect", narrow)
    with pytest.raises(Refused) as caught:
        work_on(large)
    assert caught.value.what == "study.no_state_folder"
    assert str(state / "work") in caught.value.sentence(lang)
    assert not list((state / "work").iterdir())
    assert large.read_bytes() == before
