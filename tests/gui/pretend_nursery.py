"""Pretended workers that start at once: one process has read all of the program that they need.

It forks a worker for each `pretend_ask` that comes to its socket, and ends with its standard input.
"""

import os
import selectors
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pretend_worker

HERE = Path(__file__).parent
MOST = 100_000
"""Bytes of the surroundings of a worker, more than a shell gives."""


@contextmanager
def nursery(folder: Path) -> Iterator[Path]:
    """Have a nursery in a process of its own for a while; give the path of its socket."""
    path = folder / "nursery"
    root = os.pathsep.join(map(str, (HERE.parents[1], HERE)))
    surroundings = {**os.environ, "PYTHONPATH": root}
    process = subprocess.Popen(
        [sys.executable, "-P", __file__, str(path)],
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        yield path
        assert process.stdin is not None
        process.stdin.close()


def serve(path: str) -> None:
    """Fork a worker for each who asks, until standard input is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    with socket.socket(socket.AF_UNIX) as door, selectors.DefaultSelector() as eyes:
        door.bind(path)
        door.listen()
        sys.stdout.write("open\n")
        sys.stdout.flush()
        eyes.register(door, selectors.EVENT_READ)
        eyes.register(sys.stdin, selectors.EVENT_READ)
        while all(key.fileobj is door for key, _ in eyes.select()):
            asking, _ = door.accept()
            if os.fork() == 0:
                live(asking)
            asking.close()


def live(asking: socket.socket) -> None:
    """Take over the pipes, the surroundings and the place of the one who asks, and work."""
    code = 1
    try:
        words, pipes, _, _ = socket.recv_fds(asking, MOST, 3)
        how, place, *surroundings = words.split(b"\0")
        for number, pipe in enumerate(pipes):
            os.dup2(pipe, number)
            os.close(pipe)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(place)
        os.environb.clear()
        os.environb.update(each.split(b"=", 1) for each in surroundings)
        pretend_worker.main(how.decode())
        code = 0
    except Exception:  # noqa: BLE001  # a fork never comes back, whatever happens
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        asking.send(bytes([code]))
        os._exit(code)


if __name__ == "__main__":
    serve(sys.argv[1])
