"""`planner FILE`: what is in it. The default command, to which any word comes that is no command."""

from pathlib import Path

import click

from ui.cli import speaking
from ui.cli.speech import say


@speaking.command("start", hidden=True)
@click.argument("file")
@click.pass_context
def command(context: click.Context, file: str) -> int | None:
    """Look into a file, or say which commands there are."""
    if not Path(file.partition("#")[0]).exists():
        group = context.parent.command if context.parent else None
        known = group.list_commands(context) if isinstance(group, click.Group) else []
        names = ", ".join(name for name in known if name != "worker")
        raise click.UsageError(say("cli.no_command", command=file, commands=names), context.parent)
    from ui.cli.info import command as info

    code: int | None = context.invoke(info, target=file)
    return code
