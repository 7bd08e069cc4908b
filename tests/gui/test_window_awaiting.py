"""A large file is read beside: the window goes on painting, and what goes wrong is heard of."""

from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from data.refused import Refused
from planner.fingerprint import fingerprint
from ui.window import opening
from ui.window.awaiting import awaited
from ui.window.document import Document

_FAR = 60


def test_the_loop_turns_while_a_job_is_awaited(qtbot: QtBot) -> None:
    turned, timer = Event(), QTimer()
    timer.timeout.connect(turned.set)
    timer.start(0)
    assert awaited(lambda: (turned.wait(_FAR), current_thread() is main_thread())) == (True, False)


def test_what_goes_wrong_is_the_job_s_own(qtbot: QtBot) -> None:
    def job() -> None:
        raise Refused("study.not_written", path="x", why="y")

    with pytest.raises(Refused):
        awaited(job)


@pytest.mark.parametrize("large", [False, True])
def test_a_large_file_is_read_beside_with_its_fingerprints(
    qtbot: QtBot,
    tmp_path: Path,
    small_document: Document,
    monkeypatch: pytest.MonkeyPatch,
    large: bool,
) -> None:
    path = small_document.save(tmp_path / "study.opale")
    study = small_document.study
    small_document.close()
    monkeypatch.setattr(opening, "FELT", 0 if large else path.stat().st_size + 1)
    threads, worked = list[bool](), []
    read = opening.work_on

    def work_on(*given: object) -> object:
        threads.append(current_thread() is main_thread())
        return read(*given)  # type: ignore[arg-type]

    def print_of(problem: object) -> str:
        worked.append(problem)
        return fingerprint(problem)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "work_on", work_on)
    monkeypatch.setattr(opening, "fingerprint", print_of)
    document = Document.open(path)
    try:
        assert document.study == study
        assert threads == [not large]
        assert len(worked) == (len(study.scenarios) if large else 0)
    finally:
        document.close()
