"""A text file in sections: a header in capitals, then rows of words whose shape is known beforehand."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from data.csv.files import text_of
from data.importing import FileFault, Unreadable, unopened

Pair: TypeAlias = tuple[int, int]

_HEADER: Final = re.compile(r"([A-Z][A-Z_]*)\s*(=\s*(\S*))?")
_WORD: Final = re.compile(r"\([^()]*\)|[^\s()]+")
_PAIR: Final = re.compile(r"\(\s*(\d{1,4})\s*,\s*(\d{1,4})\s*\)")
_CODE: Final = re.compile(r"\w[\w.%-]{0,19}")
MOST: Final = 9999


class Row(NamedTuple):
    """A row with its line; each value is what the shape of the section says."""

    line: int
    words: tuple[str, ...]

    def whole(self, place: int) -> int:
        """Give a number that has been checked."""
        return int(self.words[place])

    def pair(self, place: int) -> Pair:
        """Give a pair of bounds that has been checked."""
        found = _PAIR.fullmatch(self.words[place])
        assert found is not None
        return int(found[1]), int(found[2])


class Sections:
    """The rows of a file by section; what is wrong with them goes to `faults`.

    A shape has a letter a word: `n` a code, `w` a whole number, `p` a pair of bounds, `*` codes to
    the end of the line, as many as the number before says. Where a header announces a number of
    rows (`counted`), so many have to follow. Sections without a shape have one word in the header.
    """

    def __init__(
        self,
        path: Path,
        shapes: Mapping[str, str],
        counted: frozenset[str],
        faults: list[FileFault],
    ) -> None:
        """Read the file.

        Raises:
            Unreadable: it is no text, or cannot be opened.
        """
        self.file, self.faults, self._shapes = path.name, faults, shapes
        self.rows: dict[str, list[Row]] = {name: [] for name in shapes}
        self.heads: dict[str, Row] = {}
        self._whole: dict[str, int] = dict.fromkeys(shapes, 0)  # rows, those with faults too
        self._read(_text(path))
        for name in shapes:
            if name not in self.heads:
                self.fault("section_missing", 0, value=name)
        for name in counted & self.heads.keys():
            self._count(name)

    def _read(self, text: str) -> None:
        section = ""
        for line, raw in enumerate(text.splitlines(), start=1):
            words = raw.strip()
            header = _HEADER.fullmatch(words)
            if header and (header[1] in self._shapes or header[2]):
                section = header[1]
                if section not in self._shapes:
                    self.fault("section_unknown", line, value=section)
                elif section in self.heads:
                    self.fault("not_once", line, value=section)
                self.heads[section] = Row(line, (header[3] or "",))
            elif words and section in self._shapes:
                self._add(section, Row(line, tuple(_WORD.findall(words))))
            elif words and not section:
                self.fault("section_unknown", line, value=words[:40])

    def _add(self, section: str, row: Row) -> None:
        """Take a row whose words are as many as its shape says, and of its kinds."""
        self._whole[section] += 1
        shape, found = self._shapes[section], len(row.words)
        fixed = len(shape.removesuffix("*"))
        letters = shape.replace("*", "n" * (found - fixed))
        if len(letters) != found:
            self.fault("fields_wrong", row.line, found=found, wanted=fixed)
            return
        fits = [self._fits(row, place, letter) for place, letter in enumerate(letters)]
        wanted = found
        if all(fits) and shape.endswith("*"):
            wanted = fixed + row.whole(fixed - 1)
        if wanted != found:
            self.fault("fields_wrong", row.line, found=found, wanted=wanted)
        elif all(fits):
            self.rows[section].append(row)

    def _fits(self, row: Row, place: int, letter: str) -> bool:
        """Tell whether a word is what its letter says."""
        word, pair = row.words[place], _PAIR.fullmatch(row.words[place])
        if letter == "w" and not (word.isascii() and word.isdecimal()):
            self.fault("not_whole", row.line, place + 1, value=word)
        elif letter == "w" and len(word) > len(str(MOST)):
            self.fault("out_of_bounds", row.line, place + 1, value=word[:40], low=0, high=MOST)
        elif letter == "p" and (pair is None or int(pair[1]) > int(pair[2])):
            self.fault("not_bounds", row.line, place + 1, value=word[:40])
        elif letter == "n" and not _CODE.fullmatch(word):
            self.fault("no_code", row.line, place + 1, value=word[:40])
        else:
            return True
        return False

    def _count(self, section: str) -> None:
        """Report a section that has not the rows that its header announces."""
        line, (word,) = self.heads[section]
        if not (word.isascii() and word.isdecimal() and len(word) < 6):
            self.fault("not_whole", line, 3, value=word[:40])
        elif int(word) != self._whole[section]:
            found = self._whole[section]
            self.fault("rows_wrong", line, value=section, wanted=int(word), found=found)

    def fault(self, what: str, line: int, field: int = 0, **facts: str | int) -> None:
        """Note a fault; the column is the number of the word."""
        column = str(field or "")
        self.faults.append(
            FileFault(what=what, file=self.file, row=line, column=column, facts=facts)
        )

    def head(self, section: str) -> str:
        """Give the word of a header, nothing where there is none."""
        return self.heads[section].words[0] if section in self.heads else ""

    def codes(self, section: str) -> dict[str, Row]:
        """Give the rows of a section by their first word; report one that comes twice."""
        found: dict[str, Row] = {}
        for row in self.rows[section]:
            if row.words[0] in found:
                self.fault("not_once", row.line, 1, value=row.words[0])
            found.setdefault(row.words[0], row)
        return found


def _text(path: Path) -> str:
    """Give the text of one of several files: a fault names it, and not what they make together."""
    try:
        return text_of(path)
    except OSError as error:
        fault = unopened(path, error)
        raise Unreadable(fault.what, fault.file, path=str(path)) from error
