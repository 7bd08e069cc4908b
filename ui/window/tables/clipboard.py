"""What a spreadsheet puts on the clipboard, as lines of cells, and what goes back to it."""

import csv
import io
from collections.abc import Iterable, Sequence


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
    return list(rows) or [[]]


def text_of(lines: Iterable[Sequence[str]]) -> str:
    """Write lines of cells as a spreadsheet takes them."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(lines)
    return out.getvalue().rstrip("\n")
