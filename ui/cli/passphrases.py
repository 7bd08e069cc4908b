"""Passphrases: typed at the terminal, or the first line of a file; never a word of the command line."""

import sys
from pathlib import Path
from typing import Any, Final

import click

from data.protecting import is_sealed, opens
from data.refused import SystemWords
from data.state import true_path
from data.study_file import Opened
from ui.cli.harmless import harmless
from ui.cli.sentences import Told
from ui.cli.show import note
from ui.cli.speech import say

FILES: Final = "opale.passphrase_files"
"""Where a call keeps the files that its options `--passphrase-file` name."""
_LINES: Final = "opale.passphrases"
STANDARD_INPUT: Final = "-"
_LONGEST: Final = 4096


def passphrase_for(path: Path) -> str | None:
    """Give the passphrase of a file; None: it has none. One call asks once for each file.

    Of several that are named the one that opens it, or else the first, which is refused then.

    Raises:
        Told: nobody is there to be asked, or a file that is named has none.
    """
    if not is_sealed(path):
        return None
    context = click.get_current_context(silent=True)
    known = {} if context is None else context.meta
    place = str(true_path(path))
    if place not in known:
        named = _named(known)
        known[place] = (
            _fitting(path, named) if named else typed("cli.passphrase.of", path=str(path))
        )
    return str(known[place])


def _named(known: dict[str, Any]) -> tuple[str, ...]:
    """Read the passphrases of the files that a call names: each file once, as it may be a pipe."""
    if _LINES not in known:
        known[_LINES] = tuple(first_line(file) for file in known.get(FILES, ()))
    found: tuple[str, ...] = known[_LINES]
    return found


def _fitting(path: Path, named: tuple[str, ...]) -> str:
    if len(named) == 1:
        return named[0]
    return next((words for words in named if opens(path, words)), named[0])


def new_passphrase(path: Path, file: str | None) -> str:
    """Give a passphrase for a new file: that of a file, or one that is typed twice.

    Raises:
        Told: nobody is there to be asked, the two differ, or the file that is named has none.
    """
    if file is not None:
        return first_line(file)
    once = typed("cli.passphrase.new", path=str(path))
    if typed("cli.passphrase.again") != once:
        raise Told("cli.passphrase.differ")
    return once


def tell_in_clear(opened: Opened, *written: Path) -> None:
    """Say beside the result that what was written of a study under a passphrase has none."""
    if opened.seal is not None and opened.path is not None:
        for path in written:
            note("seal.in_clear", path=str(path), file=str(opened.path))


def typed(message: str, **facts: str) -> str:
    """Ask at the terminal, where nothing shows what is typed.

    Raises:
        Told: nobody is there to be asked.
    """
    if not sys.stdin.isatty():
        raise Told("cli.passphrase.nobody")
    return str(
        click.prompt(harmless(say(message, **facts)), hide_input=True, err=True, prompt_suffix=" ")
    )


def first_line(file: str) -> str:
    """Read the first line of a file, of standard input where it is “-”.

    Raises:
        Told: it cannot be read, or is empty.
    """
    try:
        if file == STANDARD_INPUT:
            line = sys.stdin.readline(_LONGEST)
        else:
            with Path(file).open(encoding="utf-8-sig") as lines:
                line = lines.readline(_LONGEST)
    except OSError as error:
        raise Told("cli.passphrase.no_file", file=file, why=SystemWords.of(error)) from error
    except UnicodeDecodeError as error:
        raise Told("cli.passphrase.not_text", file=file) from error
    if not line.strip():
        raise Told("cli.passphrase.empty", file=file)
    return line.rstrip("\r\n")
