"""The program `planner`: alone it opens the window; everything else it does without one."""

import click

from planner import __version__
from ui.cli.door import Door
from ui.cli.gui import command as gui
from ui.cli.gui import show
from ui.cli.speaking import HELP, SpeakingOption, language_option


@click.group(
    "planner",
    cls=Door,
    help="cli.planner",
    default="gui",
    invoke_without_command=True,
    context_settings=HELP,
)
@click.version_option(
    __version__,
    prog_name="planner",
    message="%(prog)s %(version)s",
    cls=SpeakingOption,
    help="cli.option.version",
)
@language_option
@click.pass_context
def main(context: click.Context) -> int | None:
    """Optimise theatre schedules and staff rosters, and compare what-if scenarios."""
    return show() if context.invoked_subcommand is None else None


main.add_command(gui)

if __name__ == "__main__":
    main()
