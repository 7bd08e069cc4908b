"""Translation files: `.po` as people write them, `.mo` as gettext reads them.

The build hook compiles with this module, and a checkout without compiled files reads through it,
so there is one reading of a `.po` file. Contexts and obsolete entries are not used here.
"""

import ast
import re
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

Entries: TypeAlias = dict[str, tuple[str, ...]]
"""Message id → its sentence, or its plural forms in order."""

PLURALS: Final[Mapping[str, str]] = {
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}
"""How a language counts, in gettext's words: in French 0 and 1 are singular."""

_MAGIC: Final = 0x950412DE
_SIGNS: Final = re.compile("[ \u00a0\u202f](?=[:;!?%])")
_QUOTES: Final = re.compile("(?<=«)[ \u00a0\u202f]|[ \u00a0\u202f](?=»)")


def read(words: str, place: str = "") -> Entries:
    """Read the text of a `.po` file; entries without a sentence are kept, with an empty one.

    Raises:
        ValueError: a line is no entry, or an id comes twice; the message names place and line.
    """
    entries: Entries = {}
    parts: dict[str, str] = {}
    name, start = "", 1
    for number, raw in enumerate(words.splitlines(), 1):  # one pass: a program starts with it
        line = raw.strip()
        if not line or line[0] == "#":
            continue
        if line[0] != '"':
            name, _, line = line.partition(" ")
            line = line.lstrip()
            if name == "msgid":
                _keep(entries, parts, f"{place}:{start}")
                parts, start = {}, number
        if not (name.startswith(("msgid", "msgstr")) and line[:1] == '"'):
            raise ValueError(f"{place}:{start}: this is no entry: {line}")
        parts[name] = parts.get(name, "") + _quoted(line, f"{place}:{start}")
    _keep(entries, parts, f"{place}:{start}")
    return entries


def _keep(entries: Entries, parts: dict[str, str], place: str) -> None:
    """Take up an entry that is read to its end; the header, or a lone comment, is none."""
    message = parts.pop("msgid", None)
    parts.pop("msgid_plural", None)
    if not message:
        return
    if message in entries:
        raise ValueError(f"{place}: {message} comes twice")
    entries[message] = tuple(parts[name] for name in sorted(parts))


def _kept_together(words: str) -> str:
    """Keep French signs with their words: no line ends before one, whatever space was typed."""
    return _QUOTES.sub("\u00a0", _SIGNS.sub("\u202f", words))


def _quoted(line: str, place: str) -> str:
    """Read what stands in quotes: nearly all of it as it is."""
    inside = line[1:-1]
    if len(line) > 1 and line.endswith('"') and "\\" not in inside and '"' not in inside:
        return inside
    try:
        return str(ast.literal_eval(line))
    except SyntaxError as error:
        raise ValueError(f"{place}: the quotes are not closed: {line}") from error


def read_folder(folder: Path) -> Entries:
    """Read all `.po` files of a folder as one catalogue, in the order of their names.

    Raises:
        ValueError: a file cannot be read, or two files have the same id.
    """
    entries: Entries = {}
    for path in sorted(folder.glob("*.po")):
        found = read(path.read_text(encoding="utf-8"), path.name)
        twice = sorted(entries.keys() & found.keys())
        if twice:
            raise ValueError(f"{path.name}: {', '.join(twice)}: another file has the same id")
        entries |= found
    return entries


def compiled(entries: Mapping[str, tuple[str, ...]], lang: str) -> bytes:
    """Write a catalogue in the binary form of gettext."""
    header = f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {PLURALS[lang]}\n"
    pairs = {"": header}
    for message, forms in entries.items():
        key = message if len(forms) == 1 else f"{message}\0{message}"
        joined = "\0".join(forms)
        pairs[key] = _kept_together(joined) if lang == "fr" else joined
    ordered = sorted((key.encode(), value.encode()) for key, value in pairs.items())
    count = len(ordered)
    texts = [key for key, _ in ordered] + [value for _, value in ordered]
    table: list[int] = []
    place = 28 + 16 * count
    for text in texts:
        table += (len(text), place)
        place += len(text) + 1
    head = struct.pack("<7I", _MAGIC, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return head + struct.pack(f"<{4 * count}I", *table) + b"".join(text + b"\0" for text in texts)
