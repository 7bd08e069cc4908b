"""The program `planner`: the headless door."""

import click

from planner import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="planner")
def main() -> None:
    """Optimise theatre schedules and staff rosters, and compare what-if scenarios."""


if __name__ == "__main__":
    main()
