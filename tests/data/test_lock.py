"""Two people never write over each other, and the one who comes second is told who was first."""

import errno
import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.lock import Held, Holder, acquire, alive, holder_of, lock_path, locked, release
from data.processes import began
from data.refused import Refused
from data.study_file import open_study, save_study
from planner.study import Study
from ui.cli.harmless import harmless

DEAD = subprocess.Popen([sys.executable, "-c", ""])
DEAD.wait()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "bloc.opale"
    made.touch()
    return made


def write(path: Path, **changed: object) -> None:
    found = {
        "user": "camille",
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "since": "2026-10-01T07:30:00+00:00",
    }
    lock_path(path).write_text(json.dumps(found | changed), encoding="utf-8")


def test_a_lock_stands_beside_the_study_and_goes(path: Path) -> None:
    with locked(path) as mine:
        assert path.with_name(".~bloc.opale.lock").exists()
        assert holder_of(path) == mine
        assert mine.pid == os.getpid()
    assert [each.name for each in path.parent.iterdir()] == ["bloc.opale"]
    assert holder_of(path) is None


def test_the_second_is_told_who_was_first(path: Path) -> None:
    write(path)
    with pytest.raises(Held) as caught, locked(path):
        pass
    for lang, words in (("en", "open elsewhere"), ("fr", "déjà ouvert")):
        sentence = caught.value.sentence(lang)
        assert words in sentence
        assert "camille" in sentence
        assert socket.gethostname() in sentence
        since = datetime(2026, 10, 1, 7, 30, tzinfo=UTC).astimezone()
        assert f"{since:%H:%M}" in sentence
        assert "2026-10-01" not in sentence
    assert caught.value.holder is not None
    assert lock_path(path).exists()


def test_the_same_process_does_not_hold_twice(path: Path) -> None:
    with locked(path), pytest.raises(Held), locked(path):
        pass
    with locked(path):
        pass


def test_a_lock_of_a_dead_process_of_this_host_is_stale(path: Path) -> None:
    write(path, pid=DEAD.pid)
    assert holder_of(path) is None
    with locked(path) as mine:
        assert mine.pid == os.getpid()
    assert [each.name for each in path.parent.iterdir()] == ["bloc.opale"]


ANOTHER_START = "00000000-0000-0000-0000-000000000000 1"


@pytest.mark.skipif(not began(os.getpid()), reason="the system does not tell when a process began")
def test_a_lock_whose_number_another_process_has_now_is_stale(path: Path) -> None:
    """After a power cut low numbers are soon in use again: nobody is to wait for them."""
    mine = began(os.getpid())
    boot, ticks = mine.split()
    for before in (ANOTHER_START, f"{boot} {int(ticks) - 1}"):
        write(path, began=before)
        assert holder_of(path) is None
        with locked(path) as holder:
            assert holder.began == mine
    write(path, began=mine)
    with pytest.raises(Held), locked(path):
        pass
    write(path, began=ANOTHER_START, host="poste-12")
    with pytest.raises(Held), locked(path):
        pass


@pytest.mark.parametrize("words", ["", "yesterday", 5, None, [], "9" * 200, "\n"])
def test_a_lock_that_does_not_say_when_its_process_began_is_held(path: Path, words: object) -> None:
    write(path, began=words)
    with pytest.raises(Held) as caught, locked(path):
        pass
    for lang, way in (("en", "delete"), ("fr", "supprimez")):
        assert f"{way} {lock_path(path)}" in caught.value.sentence(lang)


def test_when_a_process_began() -> None:
    assert began(os.getpid()) == began(os.getpid())
    assert began(DEAD.pid) == ""


def test_a_lock_of_another_host_is_never_taken(path: Path) -> None:
    write(path, host="poste-12", pid=DEAD.pid)
    with pytest.raises(Held) as caught, locked(path):
        pass
    assert "poste-12" in caught.value.sentence("fr")


def whose_process_is(number: str) -> str:
    """Give a lock that is well made, except for the number of its process."""
    found = {"user": "camille", "host": socket.gethostname(), "since": "2026-10-01"}
    return json.dumps(found)[:-1] + f', "pid": {number}}}'


@pytest.mark.parametrize(
    "content",
    [
        "",
        "rubbish",
        "[]",
        '{"user": 1}',
        "9" * 20_000,
        "[" * 9_000,
        '{"user":' * 1_200,
        *map(whose_process_is, ["Infinity", "-Infinity", "NaN", "1e400", "9" * 40, "7.5", "0"]),
        *map(whose_process_is, ["-1", "true", "null", '"12"', "[]"]),
    ],
)
def test_a_lock_that_cannot_be_read_counts_and_is_named(path: Path, content: str) -> None:
    lock_path(path).write_text(content, encoding="utf-8")
    with pytest.raises(Held) as caught, locked(path):
        pass
    assert caught.value.what == "study.held_unknown"
    assert str(lock_path(path)) in caught.value.sentence("en")
    assert holder_of(path) is None
    assert lock_path(path).read_text(encoding="utf-8") == content


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are made otherwise there")
def test_a_pipe_in_place_of_a_lock_is_not_waited_for(path: Path) -> None:
    os.mkfifo(lock_path(path))
    os.utime(lock_path(path), (0, 0))
    with pytest.raises(Held) as caught, locked(path):
        pass
    assert caught.value.what == "study.held_unknown"
    assert lock_path(path).exists()


def test_a_folder_or_a_device_in_place_of_a_lock(path: Path) -> None:
    lock_path(path).mkdir()
    with pytest.raises(Held) as caught, locked(path):
        pass
    assert caught.value.what == "study.held_unknown"
    lock_path(path).rmdir()
    lock_path(path).symlink_to(os.devnull)
    with pytest.raises(Held), locked(path):
        pass
    assert lock_path(path).is_symlink()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_names_of_a_lock_steer_no_screen(path: Path, lang: str) -> None:
    steers = "\x1b[2Jevil\nline\r\u202e\x9b\u2028"
    write(path, user=steers, host=steers, since=steers)
    with pytest.raises(Held) as caught, locked(path):
        pass
    sentence = caught.value.sentence(lang)
    assert "evil?line" in sentence
    assert harmless(sentence).replace("\n", "") == sentence


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-23:00", "x"])
def test_a_lock_of_a_year_that_no_clock_has(path: Path, since: str) -> None:
    write(path, since=since)
    with pytest.raises(Held) as caught, locked(path):
        pass
    assert "camille" in caught.value.sentence("en")


def test_a_lock_of_somebody_with_an_odd_name_is_given_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.lock.user", lambda: "long\n" * 50)
    with locked(path):
        assert holder_of(path) is not None
    assert not lock_path(path).exists()


def test_a_disk_that_fills_leaves_no_half_made_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("data.lock.json.dump", full)
    with pytest.raises(Refused) as caught, locked(path):
        pass
    assert caught.value.what == "study.no_lock"
    assert "Make room" in caught.value.sentence("en")
    assert "Faites de la place" in caught.value.sentence("fr")
    assert not lock_path(path).exists()


def test_an_old_empty_lock_is_stale(path: Path) -> None:
    lock_path(path).touch()
    os.utime(lock_path(path), (0, 0))
    with locked(path):
        pass


def test_a_living_lock_that_came_between_is_put_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process cleared the stale lock and took its own while we were about to clear it."""
    write(path, pid=DEAD.pid)
    moved = Path.rename

    def late(self: Path, target: Path) -> Path:
        if self == lock_path(path):
            write(path, user="dominique")
        return moved(self, target)

    monkeypatch.setattr(Path, "rename", late)
    with pytest.raises(Held) as caught, locked(path):
        pass
    assert caught.value.holder is not None
    assert caught.value.holder.user == "dominique"
    assert lock_path(path).exists()


def test_only_our_own_lock_is_given_back(path: Path) -> None:
    mine = acquire(path)
    write(path, user="dominique")
    release(path, mine)
    assert lock_path(path).exists()


def test_a_folder_that_takes_no_lock(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught, locked(tmp_path / "nowhere" / "x.opale"):
        pass
    assert caught.value.what == "study.no_lock"
    assert not isinstance(caught.value, Held)


def test_a_held_study_is_not_saved_over(tmp_path: Path, study: Study) -> None:
    path = tmp_path / "bloc.opale"
    save_study(study, path)
    before = path.read_bytes()
    write(path, host="poste-12")
    with open_study(path) as opened, pytest.raises(Held):
        opened.save()
    assert path.read_bytes() == before


def test_saving_under_our_own_lock(tmp_path: Path, study: Study) -> None:
    path = tmp_path / "bloc.opale"
    with locked(path):
        save_study(study, path)
    assert path.exists()


def test_a_process_that_dies_leaves_a_stale_lock(path: Path, root: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from data.lock import acquire;"
        "acquire(Path(sys.argv[1])); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=root, check=False)
    assert done.returncode == 9
    assert lock_path(path).exists()
    assert holder_of(path) is None
    with locked(path):
        pass


@pytest.mark.skipif(os.name != "posix", reason="numbers of processes are read differently there")
def test_numbers_of_processes() -> None:
    assert alive(os.getpid())
    assert not alive(DEAD.pid)
    assert not alive(0)
    assert not alive(-1)
    assert not alive(10**30)


def test_of_many_at_once_one_gets_it(path: Path, root: Path) -> None:
    write(path, pid=DEAD.pid)
    code = (
        "import sys; from pathlib import Path; from data.lock import Held, acquire\n"
        "sys.stdin.readline()\n"
        "try:\n    acquire(Path(sys.argv[1])); print('mine', flush=True)\n"
        "except Held:\n    print('held', flush=True)\n"
        "sys.stdin.readline()"
    )
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for each in crowd:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.stdout.readline().strip() for each in crowd if each.stdout is not None]
    for each in crowd:
        each.communicate("end\n")
    assert sorted(said) == ["held"] * 5 + ["mine"]


def test_a_holder_says_who_i_am() -> None:
    mine = Holder.me()
    assert mine.host == socket.gethostname()
    assert mine.user
    assert not mine.gone
