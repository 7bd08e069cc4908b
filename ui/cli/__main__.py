"""The program `planner`: the headless door. The default command is a short help, or `info` of a file."""

import click

from planner import __version__
from ui.cli.door import Door
from ui.cli.speaking import HELP, SpeakingOption, language_option
from ui.cli.start import command as start


@click.group(
    "planner",
    cls=Door,
    help="cli.planner",
    default="start",
    default_if_no_args=True,
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
def main() -> None:
    """Optimise theatre schedules and staff rosters, and compare what-if scenarios."""


main.add_command(start)

if __name__ == "__main__":
    main()
