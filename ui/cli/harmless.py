"""What is printed steers no terminal: signs that would are written out, wherever they come from.

Names, notes and journals are free texts, and may come from anybody's file. The program's own two
streams write out every sign that moves a cursor, sets a title or turns the direction of writing.
"""

import contextlib
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO, cast

_STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BREAKS: Final = re.compile(r"[\n\t]")


def harmless(text: str) -> str:
    """Give a text with every sign that steers a terminal written out; line ends and tabs stay."""
    return _STEERING.sub(lambda sign: ascii(sign[0])[1:-1], text)


def in_one_line(text: str) -> str:
    """Give a text as a cell of a table may have it: line ends and tabs are written out too."""
    return _BREAKS.sub(lambda sign: ascii(sign[0])[1:-1], harmless(text))


def in_json(document: str) -> str:
    """Give a JSON document with the same values, its steering signs escaped as JSON does it."""
    return _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", document)


class Harmless:
    """A stream of text before another one, which lets nothing through that steers a terminal."""

    def __init__(self, beneath: TextIO) -> None:
        self.beneath = beneath

    def write(self, text: str) -> int:
        """Write a text; give the length of what was asked for."""
        self.beneath.write(harmless(text))
        return len(text)

    def writelines(self, texts: Iterable[str]) -> None:
        """Write texts one after the other."""
        for text in texts:
            self.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.beneath, name)


def beneath(stream: TextIO) -> TextIO:
    """Give the stream that really writes: for what draws on the terminal itself, of harmless texts."""
    return cast(TextIO, getattr(stream, "beneath", stream))


@contextlib.contextmanager
def harmless_streams() -> Iterator[None]:
    """Let the program's two streams write harmless text for the length of a block."""
    out, err = (
        None if each is None else cast(TextIO, Harmless(each))  # a window of Windows has none
        for each in (sys.stdout, sys.stderr)
    )
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        yield
