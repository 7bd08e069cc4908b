"""A value worked out once: no instance waits for another, and all threads take one answer."""

from threading import Barrier, Event, Thread

from planner.cached import cached

_FAR = 60


class Slow:
    """Its value is there once somebody says so."""

    def __init__(self) -> None:
        self.begun, self.go = Event(), Event()
        self.asked = 0

    @cached
    def value(self) -> object:
        """A value of its own."""
        self.asked += 1
        self.begun.set()
        assert self.go.wait(_FAR)
        return object()


def test_it_is_worked_out_once() -> None:
    slow = Slow()
    slow.go.set()
    assert slow.value is slow.value
    assert slow.asked == 1
    slow.value = "another"
    assert slow.value == "another"


def test_nobody_waits_for_the_value_of_another() -> None:
    held, free = Slow(), Slow()
    free.go.set()
    thread = Thread(target=lambda: held.value, daemon=True)
    thread.start()
    assert held.begun.wait(_FAR)
    found: list[object] = []
    other = Thread(target=lambda: found.append(free.value), daemon=True)
    other.start()
    other.join(_FAR)
    assert found, "it has waited for the one that is still worked out"
    held.go.set()
    thread.join(_FAR)


def test_two_threads_take_one_answer() -> None:
    class Met:
        """Two have to be at work on its value at once."""

        both = Barrier(2, timeout=_FAR)

        @cached
        def value(self) -> object:
            """A value of its own."""
            self.both.wait()
            return object()

    met, found = Met(), list[object]()
    threads = [Thread(target=lambda: found.append(met.value), daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_FAR)
    assert len(found) == 2
    assert found[0] is found[1] is met.value
