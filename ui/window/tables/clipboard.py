"""What a spreadsheet puts on the clipboard, as lines of cells, and what goes back to it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from data.csv.cells import guarded, unguarded

_FIGURE: Final = re.compile(r"[+-]?[\d\s.,:%]*")
"""What begins with a sign and is no formula: −5, +1,5, or the sign alone."""


def lines_of(text: str) -> list[list[str]]:
    """Part a text into lines of cells: by tabs, or by semicolons where every line has some.

    Cells in quotation marks may hold line ends and tabs; empty lines at the end are none.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not text:
        return []
    written = text.split("\n")
    semicolons = "\t" not in text and len(written) > 1 and all(";" in line for line in written)
    rows = csv.reader(io.StringIO(text), delimiter=";" if semicolons else "\t", strict=False)
    return [[*map(unguarded, row)] for row in rows] or [[]]


def text_of(lines: Iterable[Sequence[str]]) -> str:
    """Write lines of cells as a spreadsheet takes them; no text among them is a formula to it."""
    safe = ([c if _FIGURE.fullmatch(c) else guarded(c) for c in line] for line in lines)
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(safe)
    return out.getvalue().rstrip("\n")
