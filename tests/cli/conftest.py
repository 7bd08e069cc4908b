"""The program called in this process, and a small study to call it on."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from data.demo import generate
from data.study_file import save_study
from planner.study import Study
from ui.cli.__main__ import main


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Call = Callable[..., Ended]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a state folder and a language of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("OPALE_LANG", "en")
    return tmp_path


@pytest.fixture
def call() -> Call:
    """Call the program as a shell would."""

    def called(*words: object) -> Ended:
        ended = CliRunner().invoke(main, [str(word) for word in words])
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    return called


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.opale"
    save_study(Study(id="demosmall1", name="small", base=generate("small")), path)
    return path


@pytest.fixture
def small(small_file: Path, place: Path) -> Path:
    """The small demo hospital as a study that a test may change."""
    path = place / "small.opale"
    shutil.copy(small_file, path)
    return path


@pytest.fixture(scope="session")
def samples(root: Path) -> Path:
    return root / "tests" / "samples"
