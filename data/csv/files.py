"""The text of a file as spreadsheets save it: encoding, separator, and rows with their lines."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from data.importing import FileFault, Unreadable

_SEPARATORS: Final = ";,\t"
MOST_BYTES: Final = 500_000_000
csv.field_size_limit(MOST_BYTES)  # a cell too long for its field is told as that, with its column


def text_of(path: Path) -> str:
    """Give the text of a file in UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises:
        Unreadable: it is empty, too large, or no text.
        OSError: it cannot be opened.
    """
    if path.is_dir():
        raise Unreadable("directory", path.name, path=str(path))
    found = path.stat()
    if not path.is_file():  # a device or a pipe, which may have no end
        raise Unreadable("unopened", path.name, path=str(path))
    if found.st_size > MOST_BYTES:
        raise Unreadable("too_large", path.name, most=MOST_BYTES // 1_000_000)
    raw = path.read_bytes()
    if not raw.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise Unreadable("empty_file", path.name)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(raw, "utf-16", path)
    if b"\0" in raw:
        raise Unreadable("no_text", path.name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(raw, "cp1252", path)


def _decoded(raw: bytes, encoding: str, path: Path) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable("no_encoding", path.name, row=line) from error


class Sheet:
    """The rows of a file: `header`, then `rows()` with the line on which each begins."""

    def __init__(self, path: Path) -> None:
        """Open the file and read its header.

        Raises:
            Unreadable: there is no text, or no header.
            OSError: it cannot be opened.
        """
        self.file = path.name
        self.faults: list[FileFault] = []
        text = text_of(path)
        first, _, rest = text.partition("\n")
        self._skipped = 0
        if first.strip().strip('"').lower().startswith("sep="):  # a word to Excel, not a header
            text, self._skipped, first = rest, 1, rest.partition("\n")[0]
        separator = max(_SEPARATORS, key=lambda sign: _bare(first).count(sign))
        self._lines = csv.reader(
            io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True
        )
        rows = self._all()
        self.header_row, self.header = next(rows, (1, []))
        self._rest = rows
        if not any(words.strip() for words in self.header):
            raise Unreadable("no_header", self.file, row=1)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give the rows that hold something, each with its line; the others become faults."""
        width = len(self.header)
        for line, row in self._rest:
            if len(row) != width and not self._fits(row, width):
                facts = {"found": len(row), "wanted": width}
                what = "cells_missing" if len(row) < width else "cells_too_many"
                self.faults.append(FileFault(what=what, file=self.file, row=line, facts=facts))
                continue
            yield line, row

    def _fits(self, row: list[str], width: int) -> bool:
        return len(row) > width and not any(cell.strip() for cell in row[width:])

    def _all(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            line = self._lines.line_num + self._skipped + 1
            try:
                row = next(self._lines)
            except StopIteration:
                return
            except csv.Error:
                self.faults.append(FileFault(what="quotes", file=self.file, row=line))
                continue
            if any(cell.strip() for cell in row):
                yield line, row


def _bare(line: str) -> str:
    """Give a line without what stands in quotes."""
    return "".join(part for place, part in enumerate(line.split('"')) if place % 2 == 0)
