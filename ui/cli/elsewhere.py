"""A worker of the command line: a process that solves one question after another, heard in a thread."""

import contextlib
import json
import os
import queue
import subprocess
import threading
from typing import Any, Final, NamedTuple

from data.events import event_of
from data.protecting import Seal
from data.refused import Refused
from data.runs import RunFolder
from planner.runs import Event, Failed
from ui.starting import search_path, worker_command

_FAREWELL: Final = 5.0
"""Seconds that a worker has to end by itself."""


class Heard(NamedTuple):
    """What a worker said, None: it is gone."""

    worker: "Elsewhere"
    event: Event | None


class Elsewhere:
    """One worker process, warm between questions. What it says goes into a queue, as it comes.

    It is no part of the group that Ctrl-C reaches: it is asked to stop, and ends with its input.
    """

    def __init__(self, heard: "queue.SimpleQueue[Heard]") -> None:
        self._heard = heard
        self._seal: Seal | None = None
        surroundings = dict(os.environ)
        surroundings["PYTHONPATH"] = search_path(surroundings.get("PYTHONPATH", ""))
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            encoding="utf-8",
            start_new_session=True,
        )
        self._ears = threading.Thread(target=self._listen, daemon=True)
        self._ears.start()

    def solve(self, folder: RunFolder) -> None:
        """Ask it to solve the question of a run."""
        self._seal = folder.seal  # before there is anything to hear of it
        self._tell(folder.line("solve"))

    def stop(self) -> None:
        """Ask it to stop with the best plan so far."""
        self._tell({"do": "stop"})

    def end(self) -> None:
        """Let it go; one that does not go by itself is killed."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._ears.join()

    def _tell(self, line: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # one that is gone is heard of as such
            self._process.stdin.write(json.dumps(line) + "\n")
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for words in lines:
                event = _event(words, self._seal)
                if event is not None:
                    self._heard.put(Heard(self, event))
        self._heard.put(Heard(self, None))


def _event(words: str, seal: Seal | None) -> Event | None:
    """Read a line of a worker; its greeting, and what is not its own, say nothing."""
    try:
        line = json.loads(words)
    except ValueError:
        return None
    if not isinstance(line, dict) or line.get("event") in (None, "hello"):
        return None
    try:
        return event_of(line, seal)
    except Refused as error:
        return Failed(what=error.what, facts=dict(error.facts))
