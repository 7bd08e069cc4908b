"""The program as a process of its own, as a night job or a window starts it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from demo_hospitals import generate

from data.study_file import save_study
from planner.study import Study
from ui.cli.__main__ import main

ROOT = Path(__file__).resolve().parent.parent.parent


class Program:
    """One run of the program; its lines on standard error are read as they come, with their time."""

    def __init__(
        self,
        words: tuple[object, ...],
        place: Path,
        *,
        reads_results: bool = True,
        **environment: str,
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ui.cli", *map(str, words)],
            cwd=place,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.lines: list[tuple[float, str]] = []
        self.out = ""
        self._more = threading.Condition()
        readers = (self._errors, self._results) if reads_results else (self._errors,)
        self._readers = [threading.Thread(target=read, daemon=True) for read in readers]
        for reader in self._readers:
            reader.start()

    def _errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._more:
                self.lines.append((time.monotonic(), line.rstrip("\n")))
                self._more.notify_all()
        with self._more:
            self.lines.append((time.monotonic(), ""))
            self._more.notify_all()

    def _results(self) -> None:
        assert self.process.stdout is not None
        self.out = self.process.stdout.read()

    @property
    def err(self) -> str:
        return "\n".join(line for _, line in self.lines)

    def until(self, wanted: Callable[[str], bool], seconds: float = 120.0) -> str:
        """Wait for a line on standard error."""
        with self._more:
            found = self._more.wait_for(
                lambda: (
                    next((line for _, line in self.lines if wanted(line)), None)
                    or (self.lines and self.lines[-1][1] == "" and "gone")
                ),
                seconds,
            )
        assert found, self.err
        assert found != "gone", self.err
        return str(found)

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def end(self, seconds: float = 180.0) -> int:
        """Wait for the end; give the exit code."""
        code = self.process.wait(seconds)
        for reader in self._readers:
            reader.join(30)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None and not pipe.closed:
                pipe.close()
        return code

    def events(self) -> list[tuple[float, Any]]:
        """Give the events of `--events jsonl` with the time at which each was read."""
        return [(when, json.loads(line)) for when, line in self.lines if line.startswith("{")]

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Start = Callable[..., Program]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the program in a folder with a state folder of its own."""
    begun: list[Program] = []

    def started(*words: object, reads_results: bool = True, **environment: str) -> Program:
        settings = {"OPALE_STATE": str(tmp_path / "state"), "OPALE_LANG": "en", **environment}
        begun.append(Program(words, tmp_path, reads_results=reads_results, **settings))
        return begun[-1]

    yield started
    for program in begun:
        program.process.kill()
        program.end()


@pytest.fixture
def run(start: Start) -> Start:
    """Run the program to its end."""

    def ran(*words: object, **environment: str) -> Program:
        program = start(*words, **environment)
        program.code = program.end()  # type: ignore[attr-defined]
        return program

    return ran


@dataclass(frozen=True)
class Called:
    """A command that was called in this process, which has read the program already."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Called]:
    """Call what only looks at a journey, or prepares it, with the state folder of its programs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "state"))

    def called(*words: object) -> Called:
        ended = CliRunner().invoke(main, [str(word) for word in words])
        return Called(ended.exit_code, ended.stdout, ended.stderr)

    return called


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.opale"
    save_study(Study(id="demosmall1", name="small", base=generate("small")), path)
    return path


@pytest.fixture
def small(small_file: Path, tmp_path: Path) -> Path:
    """The small demo hospital as a study that a test may change."""
    return Path(shutil.copy(small_file, tmp_path))
