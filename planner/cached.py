"""A value that is worked out once, when it is first asked for, without a lock.

That of `functools` has, up to Python 3.11, one lock for all instances of a class: while a thread works a
value out for one of them, whoever asks for that of another waits.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from functools import cached_property as cached
else:

    class cached:  # noqa: N801 - read as a decorator
        """An attribute that keeps what its function gave: one answer for all threads."""

        def __init__(self, work: Any) -> None:
            self.work, self.__doc__ = work, work.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self.name = name

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            if instance is None:
                return self
            known = instance.__dict__
            if self.name not in known:  # who comes second takes what is there by then
                known.setdefault(self.name, self.work(instance))
            return known[self.name]


__all__ = ["cached"]
