"""The rows of a solution file in CSV form, as public benchmarks have them."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from data.csv.files import Sheet
from data.importing import Unreadable


def solution_rows(path: Path, header: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its line, cells without spaces around; the first row is the header.

    Raises:
        Unreadable: the header is another one, or, after all rows, one of them could not be read.
        OSError: the file cannot be opened.
    """
    sheet = Sheet(path)
    if [words.strip() for words in sheet.header] != list(header):
        raise Unreadable("solution_header", path.name, row=1, wanted=",".join(header))
    for line, cells in sheet.rows():
        yield line, [cell.strip() for cell in cells]
    for fault in sheet.faults:
        raise Unreadable(fault.what, fault.file, row=fault.row, **fault.facts)


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a header and rows.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(header)
        lines.writerows(rows)
