"""What pipelines that work on several cores share: a stop sign for kernels, and jobs in threads.

Threads suffice: kernels and CP-SAT run without the interpreter lock.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np

from solvers.budget import processors
from solvers.rows.arrays import Flags

_TICK: Final = 0.01


def lanes_of(workers: int) -> int:
    """Give the number of lanes: as asked, or two; never more than there are processors."""
    return min(workers or 2, processors())


@contextmanager
def stop_sign(over: Callable[[], bool]) -> Iterator[Flags]:
    """Give a flag for the kernel, set by a thread of its own when the time is over or at a stop."""
    flag = np.zeros(1, np.uint8)
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_TICK):
            if over():
                flag[0] = 1
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield flag
    finally:
        ended.set()
        thread.join()


def together(jobs: list[Callable[[], None]]) -> None:
    """Run jobs in threads of their own; the first fault is raised when all have ended."""
    faults: list[BaseException] = []

    def guarded(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as fault:  # noqa: BLE001  # raised again in the caller's thread
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs[1:]]
    for thread in threads:
        thread.start()
    guarded(jobs[0])
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
