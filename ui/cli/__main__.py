"""The program `planner`: the headless door. Alone it says how to begin."""

import click

from planner import __version__
from ui.cli.door import Door
from ui.cli.speaking import HELP, SpeakingOption, language_option
from ui.cli.speech import say
from ui.cli.start import command as start


@click.group(
    "planner",
    cls=Door,
    help="cli.planner",
    default="start",
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
def main(context: click.Context) -> None:
    """Optimise theatre schedules and staff rosters, and compare what-if scenarios."""
    if context.invoked_subcommand is None:
        print(say("cli.begin"))


main.add_command(start)

if __name__ == "__main__":
    main()
