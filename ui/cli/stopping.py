"""Ctrl-C while a solver runs: once stops it with its best plan, twice leaves at once."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, Final

from ui.cli.door import INTERRUPTED
from ui.cli.speech import say

_SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)
)


class Stop:
    """Whether to stop; asked by the solver between two moves."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def __call__(self) -> bool:
        """Tell whether the run has been asked to stop."""
        return self._asked.is_set()

    def ask(self) -> None:
        """Ask the run to stop with the best plan so far."""
        self._asked.set()


@contextlib.contextmanager
def listening(stop: Stop, leave: Callable[[], None]) -> Iterator[None]:
    """Take Ctrl-C, and the end that a night job's clock sends, as the wish to stop.

    The second time the program leaves at once; `leave` puts away what must not stay behind.
    """

    def asked(_signal: int, _frame: FrameType | None) -> None:
        if stop():
            with contextlib.suppress(Exception):
                leave()
            os._exit(INTERRUPTED)
        stop.ask()
        print(say("cli.stopping"), file=sys.stderr, flush=True)

    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        before = {number: signal.signal(number, asked) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
