"""Changes of a scenario that do not meet what they were recorded for: their target is gone, or moved on."""

from collections.abc import Iterator
from typing import NamedTuple

from planner.changes import Add, Note
from planner.study import Study
from planner.words import say


class Astray(NamedTuple):
    """How many changes of a scenario's own do nothing, and how many met another value than expected."""

    broken: int = 0
    shifted: int = 0


def astray(study: Study, name: str) -> Astray:
    """Count the changes of a scenario's own that are broken or shifted.

    Raises:
        UnknownScenarioError: the study has no such scenario.
    """
    own = {group.name for group in study.scenario(name).changes}
    states = [note.state for note in study.notes(name) if note.set_name in own]
    return Astray(states.count("broken"), states.count("shifted"))


def astray_sentences(found: Astray, lang: str) -> Iterator[str]:
    """Say how many changes miss what they were made for; nothing where none does."""
    for what, count in found._asdict().items():
        if count:
            yield say(f"asked.{what}", lang, n=count)


def astray_cell(found: Astray, lang: str) -> str:
    """Say the same in a cell of a table, "" where none is astray."""
    told = (say(f"astray.{what}", lang, n=n) for what, n in found._asdict().items() if n)
    return " · ".join(told)


def note_words(note: Note, lang: str) -> tuple[str, str]:
    """Say what became of a change, and what may be done about it."""
    target = f"{note.change.kind}/{note.change.id}"
    known = note.state == "broken" and isinstance(note.change, Add) and note.found is not None
    message = "cli.note.there" if known else f"cli.note.{note.state}"
    return say(message, lang, target=target, found=str(note.found)), say(f"{message}.hint", lang)
