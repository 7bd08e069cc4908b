"""What the open study is called: its file, or what it was made of; protected, or only to be read."""

from typing import TYPE_CHECKING

from ui.window.workbench import Workbench

if TYPE_CHECKING:  # a study comes after the first picture
    from ui.window.document import Document


def made(document: "Document", how: str, **facts: str | int) -> "Document":
    """Note what a study was made of (copy, again, merged), to be told for as long as it has no file."""
    document.came_of = (how, facts)
    return document


def named(bench: Workbench, document: "Document") -> str:
    """Name a study, with all that is to be known before anything is done to it."""
    say, (how, facts) = bench.say, document.came_of
    marks = [say(f"window.mark.{how}", **facts)] if how and document.path is None else []
    stands = {"viewed": document.read_only, "sealed": document.sealed}
    marks += [say(f"window.mark.{each}") for each, so in stands.items() if so]
    if not marks:
        return document.title
    return say("window.marked", file=document.title, marks=", ".join(marks))
