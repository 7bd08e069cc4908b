"""Hundreds of hostile and damaged files: each gets a sentence and exit code 1, and stays as it was.

A harmless fault (a bit in a name, a code that nobody has) may open: then every command can work with
what was read, and what is saved of it opens equal.
"""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import hostile_files
import hostile_tables
import hostile_tangles
import pytest
from click.testing import CliRunner, Result
from hostile_files import Hostile

from data.refused import Refused
from data.study_file import open_study
from data.working import work_on
from ui.cli.__main__ import main

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and sockets are POSIX")

CORPUS: Final = (*hostile_files.files(), *hostile_tables.tables(), *hostile_tangles.tangles())
KINDS: Final = tuple(dict.fromkeys(each.kind for each in CORPUS))
LONGEST: Final = 120  # seconds that no file may take by far, on any machine
READERS: Final = (("check", "--all"), ("compare",), ("kpis",), ("scenario", "list"))


def some(count: int) -> list[Hostile]:
    """Give a few of each kind."""
    by_kind = [[each for each in CORPUS if each.kind == kind] for kind in KINDS]
    rounds = [each[:: max(1, len(each) // 3)] for each in by_kind]
    ordered = [each[at] for at in range(3) for each in rounds if at < len(each)]
    return ordered[:count]


Listing = dict[str, tuple[object, ...]]


def listing(folder: Path) -> Listing:
    """Give all that lies in a folder: kind, size, times, and the bytes of files that have few."""
    found: Listing = {}
    for path in sorted(folder.rglob("*")):
        told = path.lstat()
        small = stat.S_ISREG(told.st_mode) and told.st_size < 10**7
        content = path.read_bytes() if small else None
        found[str(path.relative_to(folder))] = (
            told.st_mode,
            told.st_size,
            told.st_mtime_ns,
            content,
        )
    return found


@contextmanager
def watched() -> Iterator[None]:
    """End what blocks: it fails, and does not stand in the way of the others."""

    def late(*_: object) -> None:
        raise AssertionError("it blocks")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


class Judge:
    """Opens a hostile file as each door does; what is wrong with how that went is in `complaints`."""

    def __init__(self, hostile: Hostile, folder: Path, good: bytes) -> None:
        self.hostile, self.folder = hostile, folder
        self.state = folder.parent / f"{folder.name}.state"
        self.path = folder / "bloc.opale"
        self.complaints: list[str] = []
        folder.mkdir()
        hostile.make(self.path, good)
        os.environ["OPALE_STATE"] = str(self.state)

    def judged(self) -> str:
        """Give what became of it: refused, or opened."""
        before = listing(self.folder)
        with watched():
            ended = call("info", self.path, "--json")
            if ended.exit_code == 1:
                self._refused(ended)
            elif ended.exit_code == 0 and self.hostile.harmless:
                self._opened()
            else:
                self._complain(f"info ended with {ended.exit_code}")
        if listing(self.folder) != before:
            self._complain("it was touched")
        if any(self._left()):
            self._complain(f"left in the state folder: {self._left()}")
        return "refused" if ended.exit_code == 1 else "opened"

    def _left(self) -> list[str]:
        """Give what lies in the state folder, but for empty folders and the logs complained of."""
        found = self.state.rglob("*")
        return [str(each.relative_to(self.state)) for each in found if not each.is_dir()]

    def _refused(self, ended: Result) -> None:
        words = ended.stderr.strip()
        if ended.stdout or not words or words.count("\n") or "Traceback" in words:
            self._complain(f"{words!r} and {ended.stdout[:80]!r} were told")
        if self.path.name not in words or not words.isprintable():
            self._complain(f"the sentence {words!r}")
        for opened in (open_study, work_on):
            try:
                opened(self.path).close()
            except Refused as error:
                if error.sentence("fr") in ("", words) or error.sentence("en") != words:
                    self._complain(f"{error.sentence('fr')!r} beside {words!r}")
            else:
                self._complain(f"{opened.__name__} takes it")

    def _opened(self) -> None:
        """Work with what was read: look at it, save it elsewhere, open that, change it."""
        for command, *more in READERS:
            ended = (
                call(command, self.path, *more)
                if command != "scenario"
                else call(command, *more, self.path)
            )
            if ended.exit_code not in (0, 1, 2):
                self._complain(f"{command} ended with {ended.exit_code}")
        shutil.rmtree(self.state / "audits", ignore_errors=True)  # what a comparison has found
        saved = self.folder.parent / f"{self.folder.name}.saved.opale"
        with open_study(self.path) as opened:
            study, lines = opened.study, opened.history()
            opened.save(saved)
        with open_study(saved) as again:
            if (again.study, again.history()) != (study, lines):
                self._complain("what is saved opens otherwise")
        if call("scenario", "branch", saved, "fresh").exit_code != 0:
            self._complain("no scenario can be branched from it")

    def _complain(self, words: str) -> None:
        logs = sorted((self.state / "errors").glob("*.log"))
        why = logs[-1].read_text(encoding="utf-8").strip().splitlines()[-3:] if logs else []
        for log in logs:
            log.unlink()
        self.complaints.append(f"{self.hostile}: {words} {' | '.join(why)}")


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the judge sets to the test, and the language that it reads."""
    monkeypatch.setenv("OPALE_STATE", "")
    monkeypatch.setenv("OPALE_LANG", "en")


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    assert len(CORPUS) == len({str(each) for each in CORPUS})
    assert sum(not each.harmless for each in CORPUS) >= 300


@pytest.mark.parametrize("hostile", some(32), ids=str)
def test_a_hostile_file_is_refused_and_stays_as_it_was(
    hostile: Hostile, tmp_path: Path, study_bytes: bytes
) -> None:
    judge = Judge(hostile, tmp_path / "place", study_bytes)
    judge.judged()
    assert judge.complaints == [], "\n".join(judge.complaints)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_all_hostile_files(
    kind: str, tmp_path: Path, study_bytes: bytes, record_property: Any
) -> None:
    tally, complaints = Counter[str](), []
    for number, hostile in enumerate(each for each in CORPUS if each.kind == kind):
        judge = Judge(hostile, tmp_path / str(number), study_bytes)
        tally[judge.judged()] += 1
        complaints += judge.complaints
    record_property("files", dict(tally))
    assert complaints == [], "\n".join(complaints)
    assert tally["refused"] >= sum(not each.harmless for each in CORPUS if each.kind == kind)


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from ui.cli.__main__ import main
main()
"""
WORST: Final = (
    "no study: JSON without end",
    "no study: a zip",
    "place: a pipe",
    "place: a device",
    "place: links in a circle",
    "place: too large",
    "beside: a hot journal",
    "lie: four thousand million pages",
    "lie: free pages in a circle",
    "longer: twice",
    "planted: a view without end",
    "planted: a virtual table by fts5(x)",
    "schema: the root of the schema",
    "cell: scenarios.note without end",
    "tangle: a parent in a circle",
)


@pytest.mark.long
@pytest.mark.parametrize("name", WORST)
def test_the_worst_in_a_process_of_their_own_with_little_memory(
    name: str, tmp_path: Path, study_bytes: bytes, root: Path
) -> None:
    """A gigabyte of addresses, a minute of processor time: whoever passes them is killed."""
    (hostile,) = (each for each in CORPUS if str(each) == name)
    path = tmp_path / "place" / "bloc.opale"
    path.parent.mkdir()
    hostile.make(path, study_bytes)
    before = listing(path.parent)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "info", str(path)],
        cwd=root,
        env={**os.environ, "OPALE_STATE": str(tmp_path / "state"), "OPALE_LANG": "en"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode in ((0, 1) if hostile.harmless else (1,)), done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode == 1:
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert listing(path.parent) == before
    assert [each for each in (tmp_path / "state").rglob("*") if not each.is_dir()] == []
