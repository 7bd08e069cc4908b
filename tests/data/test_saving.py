"""Saving never halves: on disk is the whole old study or the whole new one (F74)."""

import dataclasses
import os
from pathlib import Path

import pytest

from data.journal import Entry
from data.momentary import saving
from data.refused import Refused
from data.study_file import is_study, open_study, save_study
from planner.edits import Branch
from planner.study import Study


@pytest.fixture
def path(tmp_path: Path, study: Study) -> Path:
    made = tmp_path / "bloc.opale"
    save_study(study, made)
    return made


def test_saving_keeps_one_backup_and_the_mode_of_the_file(path: Path, study: Study) -> None:
    before = path.read_bytes()
    path.chmod(0o640)
    with open_study(path) as opened:
        opened.do(Branch(parent="base", name="x"))
        opened.save()
        first = path.read_bytes()
        assert (path.parent / "bloc.opale.bak").read_bytes() == before
        opened.do(Branch(parent="base", name="y"))
        opened.save()
    assert (path.parent / "bloc.opale.bak").read_bytes() == first
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in path.parent.iterdir() if each.is_file()) == [
        "bloc.opale",
        "bloc.opale.bak",
    ]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_folder_in_place_of_the_backup_is_named(path: Path, lang: str) -> None:
    before, backup = path.read_bytes(), path.with_name("bloc.opale.bak")
    backup.mkdir()
    with open_study(path) as opened:
        opened.do(Branch(parent="base", name="x"))
        with pytest.raises(Refused) as refused:
            opened.save()
        sentence = refused.value.sentence(lang)
        assert str(path) in sentence.replace(str(backup), "")
        assert str(backup) in sentence
        assert path.read_bytes() == before
        assert sorted(path.parent.glob("*opale*")) == [path, backup]
        backup.rmdir()
        opened.save()
    assert backup.read_bytes() == before


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_file_that_is_marked_read_only_is_not_replaced(path: Path, lang: str) -> None:
    before = path.read_bytes()
    path.chmod(0o444)
    with open_study(path) as opened:
        opened.do(Branch(parent="base", name="x"))
        with pytest.raises(Refused) as refused:
            opened.save()
        assert refused.value.what == "study.marked"
        assert str(path) in refused.value.sentence(lang)
        assert (path.read_bytes(), [*path.parent.glob("*.bak")]) == (before, [])
        path.chmod(0o644)
        opened.save()
    assert path.read_bytes() != before


def test_opening_does_not_touch_the_file(path: Path) -> None:
    before, when = path.read_bytes(), path.stat().st_mtime_ns
    with open_study(path) as opened:
        opened.do(Branch(parent="base", name="never saved"))
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == when


def test_saving_elsewhere_leaves_the_first_file(path: Path, study: Study) -> None:
    other = path.with_name("copie.opale")
    with open_study(path) as opened:
        opened.do(Branch(parent="base", name="x"))
        assert opened.save(other) == other
        assert opened.path == other
    with open_study(path) as first, open_study(other) as second:
        assert first.study == study
        assert [each.name for each in second.study.scenarios][-1] == "x"


def test_what_was_deleted_does_not_stay_in_the_file(path: Path) -> None:
    """A saved file has no free pages in which an old name could be read, but what a line can go back to."""
    with open_study(path) as opened:
        staff = tuple(dataclasses.replace(each, name="") for each in opened.study.base.staff)
        base = opened.study.base.with_records("staff", staff)
        opened.record(dataclasses.replace(opened.study, base=base), Entry(action="journal.created"))
        opened.connection.execute("DELETE FROM deltas")
        opened.save()
    assert "Hélène".encode() not in path.read_bytes()


def of_a_dead_process(path: Path) -> Path:
    """Give the name that a process with a number that none can have would have given a file."""
    return path.with_name(path.name.replace(f"{os.getpid():08x}", f"{2**22 + 1:08x}"))


def test_a_leftover_of_a_dead_save_is_ignored_and_later_cleared(path: Path, study: Study) -> None:
    young = path.with_name(".~bloc.opale.aa.saving")
    old = path.with_name(".~bloc.opale.bb.saving")
    living, dead = saving(path), of_a_dead_process(saving(path))
    journal = dead.with_name(f"{dead.name}-journal")
    for leftover in (young, old, living, dead, journal):
        leftover.write_bytes(path.read_bytes()[:5000])
    os.utime(old, (0, 0))
    with open_study(path) as opened:
        assert opened.study == study
        opened.save()
    assert young.exists()
    assert living.exists()
    assert not any(each.exists() for each in (old, dead, journal))


def test_what_a_killed_save_left_is_cleared_whatever_the_file_is_called(
    tmp_path: Path, study: Study
) -> None:
    path = tmp_path / "bloc [1].opale"
    left = of_a_dead_process(saving(path))
    left.write_bytes(b"patients")
    save_study(study, path)
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == [path.name]


def test_a_full_disk_is_said_and_the_old_file_is_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    with open_study(path) as opened:
        opened.do(Branch(parent="base", name="x"))
        monkeypatch.setattr("data.saving._flush", full)
        with pytest.raises(Refused) as caught:
            opened.save()
    assert caught.value.what == "study.disk_full"
    assert "disque est plein" in caught.value.sentence("fr")
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.glob(".~*")] == []


@pytest.mark.skipif(os.name != "posix", reason="the limit on the size of files is one of POSIX")
def test_a_file_that_may_not_grow_is_said_and_the_old_one_is_whole(path: Path) -> None:
    import resource

    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with open_study(path) as opened:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
        try:
            with pytest.raises(Refused) as caught:
                opened.save()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.what in ("study.disk_full", "study.not_written")
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.glob(".~*")] == []


def test_a_missing_folder_is_said(tmp_path: Path, study: Study) -> None:
    with pytest.raises(Refused) as caught:
        save_study(study, tmp_path / "nowhere" / "x.opale")
    assert caught.value.what == "study.no_folder"


def test_a_death_between_backup_and_replacement_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with open_study(path) as opened:
        opened.do(Branch(parent="base", name="x"))
        monkeypatch.setattr("data.saving._replace", dies)
        with pytest.raises(KeyboardInterrupt):
            opened.save()
    assert path.read_bytes() == before


def test_a_drive_without_hard_links_gets_its_backup_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def no_links(*_: object) -> None:
        raise OSError(1, "no")

    monkeypatch.setattr("os.link", no_links)
    with open_study(path) as opened:
        opened.do(Branch(parent="base", name="x"))
        opened.save()
    assert path.with_name("bloc.opale.bak").read_bytes() == before


def test_what_looks_like_a_study(path: Path, tmp_path: Path) -> None:
    assert is_study(path)
    (tmp_path / "x.csv").write_text("a;b")
    assert not is_study(tmp_path / "x.csv")
    assert not is_study(tmp_path / "none")
    assert not is_study(tmp_path)


def test_a_file_that_changed_meanwhile_is_not_saved_over(path: Path) -> None:
    with open_study(path) as mine:
        with open_study(path) as theirs:
            theirs.do(Branch(parent="base", name="theirs"))
            theirs.save()
            theirs.do(Branch(parent="base", name="theirs too"))
            theirs.save()
        before = path.read_bytes()
        mine.do(Branch(parent="base", name="mine"))
        with pytest.raises(Refused) as caught:
            mine.save()
        assert caught.value.what == "study.changed_meanwhile"
        assert path.read_bytes() == before
        mine.save(path.with_name("mine.opale"))
    path.unlink()
    with open_study(path.with_name("mine.opale")) as again:
        assert [each.name for each in again.study.scenarios][-1] == "mine"
