"""The lock of a file for as long as a window has it open."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data import lock


class Hold:
    """The lock of a file, which stays that of this file wherever the study is saved next.

    Raises:
        Held: somebody else holds it.
        NoLockError: nobody may write in its folder.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._mine = path, lock.acquire(path)

    def let_go(self) -> None:
        """Give the lock back."""
        lock.release(self._path, self._mine)


@contextmanager
def letting_go(held: Hold | None) -> Iterator[None]:
    """Let a file go where what it is held for cannot be done."""
    try:
        yield
    except BaseException:
        if held is not None:
            held.let_go()
        raise
