"""The worker as a process of its own: lines of JSON in and out. It can be killed, and it can die.

It is the headless program, so that every click exercises the same door as the command line.
"""

import json
from typing import Any, Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from ui.starting import search_path, worker_command

_TAIL: Final = 4_000
"""Bytes of what the worker prints on the side that are kept, for the sentence about its death."""
_FAREWELL: Final = 1_000


def surroundings() -> QProcessEnvironment:
    """Give the environment of the worker: ours, and the very packages that run here."""
    found = QProcessEnvironment.systemEnvironment()
    found.insert("PYTHONPATH", search_path(found.value("PYTHONPATH", "")))
    return found


class Worker(QObject):
    """One worker process, started when first needed and then warm."""

    said = Signal(dict)
    """A line of the worker."""
    died = Signal(int, str)
    """It ended, and nobody asked it to: the code (negative: a signal), and its last words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._words = b""

    @property
    def number(self) -> int:
        """The process id, 0 where none is running."""
        return 0 if self._process is None else int(self._process.processId())

    def start(self) -> None:
        """Start it, if it is not there."""
        if self._process is not None:
            return
        process = self._process = QProcess(self)
        self._words = b""
        process.setProcessEnvironment(surroundings())
        program, *arguments = worker_command()
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._overhear)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        process.start(program, arguments)

    def tell(self, line: dict[str, Any]) -> None:
        """Send it a line; it is started first where it is not there."""
        self.start()
        assert self._process is not None
        self._process.write(json.dumps(line).encode() + b"\n")

    def kill(self, *, wait: bool = True) -> None:
        """End it at once; nobody hears of it. `wait`: until it is gone, which takes a moment."""
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._finished)
        process.errorOccurred.disconnect(self._failed)
        process.finished.connect(process.deleteLater)
        process.kill()
        if wait:
            process.waitForFinished(_FAREWELL)

    def _read(self) -> None:
        process = self._process
        while process is not None and process is self._process and process.canReadLine():
            words = bytes(process.readLine().data())
            try:
                line = json.loads(words)
            except ValueError:
                continue  # not ours: something printed before the door was open
            if isinstance(line, dict):
                self.said.emit(line)

    def _overhear(self) -> None:
        if self._process is not None:
            more = bytes(self._process.readAllStandardError().data())
            self._words = (self._words + more)[-_TAIL:]

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            process, self._process = self._process, None
            self.died.emit(127, "" if process is None else process.errorString())

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._overhear()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        crashed = status == QProcess.ExitStatus.CrashExit
        lines = self._words.decode(errors="replace").strip().splitlines()
        self.died.emit(-code if crashed else code, lines[-1] if lines else "")
