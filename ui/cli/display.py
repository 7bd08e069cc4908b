"""The progress of a run on standard error: bars on a screen, plain lines in a pipe, or JSON lines."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from planner.bound_words import source_words
from planner.runs import Bound, Event, Failed, Finished, Improved, Phase, Remark, Started
from planner.sentences import remark_words
from planner.words import known, number
from ui.cli.harmless import beneath, in_json, in_one_line
from ui.cli.show import score_words
from ui.cli.speech import lang, say

_PAUSE: Final = 1.0  # seconds between two lines about better plans

Show = Callable[[Event], None]
ShowEach = Callable[[str, Event], None]
"""Shows an event of one of several runs, named by a title."""


@contextmanager
def display(events: str, seconds: float | None, title: str = "") -> Iterator[Show]:
    """Give what shows the events of one run; `seconds`: how long it will take, where that is known."""
    with displays(events, seconds) as show:
        yield lambda event: show(title, event)


@contextmanager
def displays(events: str, seconds: float | None) -> Iterator[ShowEach]:
    """Give what shows the events of several runs in one view; `seconds`: how long each will take."""
    if events == "none":
        yield lambda _title, _event: None
    elif events == "jsonl":
        yield _json_line
    elif sys.stderr.isatty():
        with _bars(seconds) as show:
            yield show
    else:
        lines: dict[str, _Lines] = {}
        yield lambda title, event: lines.setdefault(title, _Lines(title))(event)


def _json_line(title: str, event: Event) -> None:
    from data.events import event_plain

    best = Path()  # who reads the lines needs no file
    line = event_plain(event, best) | ({"scenario": title} if title else {})
    line.pop("best", None)
    print(in_json(json.dumps(line, ensure_ascii=False)), file=sys.stderr, flush=True)


def event_words(event: Event) -> str | None:
    """Say an event in a line; None where there is nothing to say."""
    match event:
        case Started() | Finished():
            return None
        case Phase():
            return say(
                "cli.event.phase", part=part_words(event.part), phase=phase_words(event.name)
            )
        case Improved():
            return say(
                "cli.event.improved",
                part=part_words(event.part),
                score=score_words(event.score, part=True),
                seconds=number(event.seconds, lang()),
            )
        case Bound():
            best = number(event.bound, lang())
            source = source_words((event.source,), lang())
            return say("cli.event.bound", part=part_words(event.part), bound=best, sources=source)
        case Remark() | Failed():
            return _remark(event)


def _remark(event: Remark | Failed) -> str:
    facts: dict[str, Any] = dict(event.facts)
    if "part" in facts:
        facts["part"] = part_words(str(facts["part"]))
    return remark_words(event.what, facts, lang())


def part_words(part: str) -> str:
    """Name a part of a plan."""
    return say(f"cli.part.{part}")


def phase_words(name: str) -> str:
    """Name a phase of a run; one that has no name yet is shown by its id."""
    message = f"phase.{name}"
    return say(message) if known(message) else name


class _Lines:
    """One line an event; of better plans at most one a second, and the last before another event."""

    def __init__(self, title: str) -> None:
        self._title = f"{title} · " if title else ""
        self._last = -_PAUSE
        self._held: Improved | None = None

    def __call__(self, event: Event) -> None:
        now = time.monotonic()
        if isinstance(event, Improved) and now - self._last < _PAUSE:
            self._held = event
            return
        if self._held is not None and not isinstance(event, Improved):
            self._say(self._held)
        self._held = None
        if isinstance(event, Improved):
            self._last = now
        self._say(event)

    def _say(self, event: Event) -> None:
        words = event_words(event)
        if words:
            print(f"{self._title}{words}", file=sys.stderr, flush=True)


@contextmanager
def _bars(seconds: float | None) -> Iterator[ShowEach]:
    """Show a bar of time a run, with the phase and the best score; remarks stand above them."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        Task,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.progress_bar import ProgressBar

    class TimeBar(BarColumn):
        """A bar that moves with the clock, also while there is nothing to tell."""

        def render(self, task: Task) -> ProgressBar:
            if task.total is not None and not task.finished:
                task.completed = min(task.elapsed or 0.0, task.total)
            return super().render(task)

    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[title]}"),
        TimeBar(bar_width=24),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    screen = Console(file=beneath(sys.stderr), highlight=False)
    with Progress(*columns, console=screen) as progress:
        tasks: dict[str, TaskID] = {}

        def show(title: str, event: Event) -> None:
            if title not in tasks:
                starting = say("cli.starting")
                tasks[title] = progress.add_task(starting, total=seconds, title=_shown(title))
            words = event_words(event)
            if isinstance(event, Remark | Failed) and words:
                progress.console.print(_shown(words))
            elif words:
                progress.update(tasks[title], description=_shown(words))
            if isinstance(event, Finished):
                progress.update(tasks[title], completed=seconds)

        yield show


def _shown(words: str) -> str:
    """Give words for a bar of progress: nothing in them is markup, or steers a terminal."""
    from rich.markup import escape

    return escape(in_one_line(words))
