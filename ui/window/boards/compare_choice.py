"""Which scenarios stand in the comparison, which of them is the reference, and which one is looked at."""

from planner.study import Study
from ui.window.boards.compare_sides import Roll, default_sides, kept_sides


class Choice:
    """The sides by name. They follow the open scenario until somebody chooses others."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget the sides of the document before."""
        self.names: tuple[str, ...] = ()
        self.reference = self.seen = ""
        self.chosen = False
        """Whether the sides were chosen by hand."""
        self._opened = ""

    def follow(self, study: Study, there: Roll, opened: str) -> None:
        """Find the sides: those chosen that are still there, else parent and open scenario."""
        if opened != self._opened:
            self._opened, self.chosen = opened, False
        kept = kept_sides(there, self.names)
        if not self.chosen or len(kept) < 2:
            self.chosen = False
            kept = default_sides(study, opened)
            if kept != self.names:
                self.reference = kept[0]
        self.names = kept
        if self.reference not in kept:
            self.reference = kept[0]
        others = [name for name in kept if name != self.reference]
        if self.seen not in others:
            self.seen = opened if opened in others else (*others, "")[0]

    def choose(self, place: int, name: str) -> None:
        """Put a scenario on a side; one that stands elsewhere changes places with it."""
        names = list(self.names)
        if name in names:
            there = names.index(name)
            names[there] = names[place]
        at = self.names.index(self.reference)
        names[place] = name
        self._take(tuple(names), names[at])

    def add(self, *names: str) -> None:
        """Put more scenarios beside the others; the last of them is looked at."""
        new = tuple(name for name in dict.fromkeys(names) if name not in self.names)
        if new:
            self._take((*self.names, *new), self.reference)
            self.seen = new[-1]

    def beside(self, reference: str, name: str) -> None:
        """Set one side beside another that is the reference, and leave all others."""
        self._opened = name
        self._take((reference, name), reference)

    def drop(self, place: int) -> None:
        """Take a scenario away."""
        names = tuple(name for at, name in enumerate(self.names) if at != place)
        self._take(names, self.reference if self.reference in names else names[0])

    def swap(self) -> None:
        """Let A and B change places."""
        if len(self.names) > 1:
            at = self.names.index(self.reference)
            names = (self.names[1], self.names[0], *self.names[2:])
            self._take(names, names[at])

    def refer(self, name: str) -> None:
        """Compare with another side; the reference before is looked at, where it was the other one."""
        if name in self.names and name != self.reference:
            if name == self.seen:
                self.seen = self.reference
            self._take(self.names, name)

    def _take(self, names: tuple[str, ...], reference: str) -> None:
        self.names, self.reference, self.chosen = names, reference, True
