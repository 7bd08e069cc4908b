"""Two programs on one file: the second is told who holds it, and may look and copy; the dead hold nothing."""

import getpass
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from data.lock import lock_path
from data.study_file import open_study

Call = Callable[..., Any]
HOLDER: Final = """
import sys
from pathlib import Path
from data.lock import acquire
from data.working import work_on
from planner.edits import Branch
path = Path(sys.argv[1])
acquire(path)
opened = work_on(path)
opened.do(Branch(parent="base", name="theirs"))
print("there", flush=True)
if sys.stdin.readline():
    opened.save()
    print("saved", flush=True)
sys.stdin.readline()
"""
CHANGING: Final = (
    ("scenario", "branch", "{}", "mine"),
    ("scenario", "delete", "{}#closed"),
    ("solve", "{}", "--effort", "1"),
    ("simulate", "{}"),
    ("recover", "{}"),
)


@pytest.fixture
def holder(two: Path, root: Path) -> Iterator[Any]:
    """Another program that works on the study as the window does; it saves for one line, or is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(two)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as made:
        assert made.stdout is not None
        assert made.stdout.readline() == "there\n"
        yield made
        made.kill()


def test_the_second_is_told_who_holds_the_file(two: Path, call: Call, holder: Any) -> None:
    before = two.read_bytes()
    for words in CHANGING:
        ended = call(*(word.format(two) for word in words))
        assert (ended.code, ended.out) == (1, ""), words
        for told in (
            getpass.getuser(),
            socket.gethostname(),
            f"process {holder.pid}",
            "Open a copy",
        ):
            assert told in ended.err
    assert two.read_bytes() == before
    french = call("scenario", "branch", two, "mine", "--lang", "fr").err
    assert "déjà ouvert" in french


def test_the_second_may_look_and_copy(two: Path, place: Path, call: Call, holder: Any) -> None:
    before = two.read_bytes()
    for words in (("info",), ("check",), ("kpis",), ("compare",), ("slots", "--help")):
        assert call(words[0], two, *words[1:]).code in (0, 2), words
    copy = place / "copy.opale"
    assert call("share", two, "--with-names", "--out", copy).code == 0
    solved = place / "solved.opale"
    assert call("solve", two, "--effort", 1, "--parts", "theatre", "--out", solved).code in (0, 2)
    with open_study(copy) as one, open_study(two) as other:
        assert one.study.base == other.study.base
    assert call("scenario", "branch", copy, "mine").code == 0
    assert two.read_bytes() == before
    assert lock_path(two).exists()


def test_a_lock_of_a_killed_program_is_taken_over(two: Path, call: Call, holder: Any) -> None:
    holder.kill()
    holder.wait()
    assert lock_path(two).exists()
    assert call("scenario", "branch", two, "mine").code == 0
    assert not lock_path(two).exists()
    with open_study(two) as opened:
        names = [each.name for each in opened.study.scenarios]
    assert names == ["base", "closed", "mine"]


def test_what_the_first_saves_is_never_written_over(two: Path, call: Call, holder: Any) -> None:
    with open_study(two) as mine:
        holder.stdin.write("save\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "saved\n"
        holder.kill()
        holder.wait()
        after = two.read_bytes()
        with pytest.raises(Exception, match="another program has written it"):
            mine.save()
    assert two.read_bytes() == after
    with open_study(two) as opened:
        assert "theirs" in {each.name for each in opened.study.scenarios}
