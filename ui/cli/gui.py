"""`planner [FILE]`: open the window. The default command, and the only one that knows of it."""

import sys
from pathlib import Path

import click

from ui.cli import speaking, speech
from ui.cli.sentences import Told
from ui.cli.speaking import OneOf, option
from ui.cli.speech import lang, say


@speaking.command("gui", opens=False)
@click.argument("file", metavar="[FILE]", required=False)
@option("--as", "way", type=OneOf("copy", "read-only"), help="cli.gui.as")
@click.pass_context
def command(context: click.Context, file: str | None, way: str | None) -> int:
    """Open the window, with a study in it where one is named."""
    path = None if file is None else Path(file.partition("#")[0])
    if path is not None and not path.exists():
        group = context.parent.command if context.parent else None
        known = group.list_commands(context) if isinstance(group, click.Group) else []
        names = ", ".join(name for name in known if name != "worker")
        raise click.UsageError(say("cli.no_command", command=file, commands=names), context.parent)
    return show(path, way or "")


def show(path: Path | None = None, way: str = "") -> int:
    """Show the window until it is closed.

    Raises:
        Told: this machine cannot show one.
    """
    from ui.window.machine import trouble

    found = trouble()
    if found is not None:
        what, facts = found
        raise Told(what, **facts)
    from ui.window.app import run

    return run(path, lang=lang() if speech.wanted(sys.argv[1:]) else None, way=way)


def seen() -> bool:
    """Tell whether somebody sits at a terminal with a screen on which a window can be shown."""
    from ui.window.machine import screen, trouble

    return sys.stdout.isatty() and screen() and trouble() is None
