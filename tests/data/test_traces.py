"""Traces of a study: killed saves and openings, and working copies without a file, are found by a purge."""

import json
import shutil
import socket
from pathlib import Path

import pytest

from data import momentary
from data.demo import generate
from data.purging import purge_person
from data.state import state_folder
from data.study_file import create_study, open_study
from planner.study import Study


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with create_study(Study(id="traced1", name="ward", base=generate("small"))) as opened:
        opened.save(tmp_path / "ward [1].opale")
    return tmp_path / "ward [1].opale"


def _left(path: Path, name: str, study: str, of: Path | None) -> Path:
    folder = state_folder() / "work" / name
    folder.mkdir(parents=True)
    shutil.copy(path, folder / "copy.opale")
    holder = {"user": "z", "host": socket.gethostname(), "pid": 2**22 + 1, "since": "2026-10-05"}
    about = {"path": of and str(of), "study": study, "saved": 0, "holder": holder}
    (folder / "about.json").write_text(json.dumps(about))
    return folder


def test_what_was_killed_and_has_no_file_goes_and_what_is_of_another_stays(path: Path) -> None:
    with open_study(path) as opened:
        study = opened.study
    opening = state_folder() / "opening"
    for name, content in (("mine", path.read_bytes()), ("other", b"another study")):
        (opening / name).mkdir(parents=True)
        (opening / name / "copy").write_bytes(content)
    saving = path.with_name(f".~{path.name}.0123.saving")
    beside = path.with_name(".~other.opale.0123.saving")
    in_work, in_reading = momentary.saving(path), opening / momentary.mark()
    for each in (saving, beside, in_work):
        shutil.copy(path, each)
    in_reading.mkdir()
    shutil.copy(path, in_reading / "copy")
    mine = [_left(path, "here", study.id, path), _left(path, "none", study.id, None)]
    others = [_left(path, "there", study.id, beside), _left(path, "else", "elsewhere", None)]
    with open_study(path) as opened:
        made = purge_person(opened, study.base.staff[0].id)
        with made.opened:
            gone = made.save()
    assert {saving, opening / "mine", *mine} <= set(gone)
    assert not any(each.exists() for each in (saving, opening / "mine", *mine))
    assert all(each.exists() for each in (beside, opening / "other", *others))
    assert in_work.exists()  # a command that runs is at it
    assert (in_reading / "copy").exists()
