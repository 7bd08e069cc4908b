"""Where a copy that was shared with names left its study.

The first line of its journal keeps which lines the study had by then, each by a digest. What the copy was
then is what both began as, exactly.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace
from hashlib import blake2b
from typing import Final, NamedTuple

from data.codec import dumps
from data.journal import Entry

SHARED: Final = "journal.shared"
PAST, PART = "past", "part"
"""Facts of the line of a shared file: digests of the lines before it, and whether scenarios stayed away."""
KEPT: Final = 1000
"""Lines of which digests are kept: the last ones."""


class Before(NamedTuple):
    """What a study was as it was shared: digests of the lines of its journal; `part` of it is given."""

    past: Sequence[str] = ()
    part: bool = False

    def facts(self) -> dict[str, object]:
        """Give the facts of the first line of the file."""
        return {PAST: list(self.past[-KEPT:]), PART: self.part} if self.past else {}


NOTHING: Final = Before()


def before_sharing(lines: Sequence[Entry], *, part: bool) -> Before:
    """Give what a study is, by its journal, as it is shared; what comes of a part is one."""
    return Before(past_of(lines), part or is_part(lines))


def mark(entry: Entry) -> str:
    """Name a line of a journal, wherever it stands: its number is another in another file."""
    return dumps([*asdict(replace(entry, number=0)).values()])


def digests(lines: Iterable[Entry]) -> list[str]:
    """Give the digest of each line, wherever it stands."""
    return [blake2b(mark(each).encode(), digest_size=8).hexdigest() for each in lines]


def past_of(lines: Sequence[Entry]) -> tuple[str, ...]:
    """Give the digests of all lines that a journal has, and of those before its file was shared."""
    return (*shared_past(lines), *digests(lines))


def shared_past(lines: Sequence[Entry]) -> tuple[str, ...]:
    """Give the digests of what was there when a file was shared with names; none for other files."""
    if not lines or lines[0].action != SHARED:
        return ()
    found = lines[0].parameters.get(PAST)
    return tuple(map(str, found)) if isinstance(found, list) else ()


def is_part(lines: Sequence[Entry]) -> bool:
    """Tell whether a file was shared with some of the scenarios alone."""
    return bool(shared_past(lines)) and bool(lines[0].parameters.get(PART))


def left_from(ours: Sequence[Entry], theirs: Sequence[Entry]) -> bool:
    """Tell whether the first of two files was shared from the other, or from what the other was once."""
    past = shared_past(ours)
    return bool(past) and past[-1] in past_of(theirs)


def last_known(lines: Sequence[Entry], past: Iterable[str]) -> int:
    """Count the lines of a journal up to the last one that is among some digests; 0: none is."""
    known = {*past}
    return max((n for n, each in enumerate(digests(lines), 1) if each in known), default=0)


def lines_since(lines: Sequence[Entry], past: Collection[str]) -> list[Entry]:
    """Give the lines of a journal that are not among some digests."""
    return [line for line, each in zip(lines, digests(lines), strict=True) if each not in past]
