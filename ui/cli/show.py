"""Results on standard output: tables, plain when piped, or one JSON document."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from planner.score import Score
from planner.words import number
from ui.cli.harmless import beneath, harmless, in_json, in_one_line
from ui.cli.speech import lang, say


@contextmanager
def telling() -> Iterator[None]:
    """Tell the result of what is done already: that nobody listens any more changes no exit code."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def document(content: Mapping[str, Any]) -> None:
    """Write the one JSON document of a command."""
    print(in_json(json.dumps(content, ensure_ascii=False, indent=2)))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Write a table; columns named in `right` hold numbers. Handsome on a screen, plain in a pipe."""
    head, rows = _cells(head), [_cells(row) for row in rows]
    if not sys.stdout.isatty():
        _plain(head, rows, frozenset(right))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, title in enumerate(head):
        made.add_column(Text(title), justify="right" if place in right else "left")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    Console(file=beneath(sys.stdout), highlight=False).print(made)


def _cells(line: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(in_one_line, line))


def _plain(head: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int]) -> None:
    lines = [head, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    for line in lines:
        cells = (
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join(cells).rstrip())


def note(message: str, **facts: Any) -> None:
    """Say something beside the result, on standard error."""
    print(harmless(say(message, **facts)), file=sys.stderr)  # a bar of progress may catch it first


def score_words(score: Score, *, part: bool = False) -> str:
    """Say a score in one line: hard breaches first, then the total or the tiers.

    `part`: it is that of one part of a plan, which costs less than the whole.
    """
    if score.total is None:
        soft = say("cli.score.tiers", tiers=" / ".join(number(t, lang()) for t in score.tiers))
    else:
        soft = say(
            "cli.score.part" if part else "cli.score.total", total=number(score.total, lang())
        )
    if not score.breaches:
        return soft
    return f"{say('cli.score.hard', n=score.breaches, cost=number(score.hard, lang()))} · {soft}"
