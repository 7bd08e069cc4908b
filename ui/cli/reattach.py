"""`planner reattach`: take back what others made of a file that was shared without names."""

import click

from ui.cli import speaking
from ui.cli.speaking import json_option, option


@speaking.command("reattach")
@click.argument("shared", metavar="SHARED")
@option("--onto", "target", metavar="FILE", required=True, help="cli.reattach.onto")
@json_option
def command(shared: str, target: str, as_json: bool) -> None:
    """Take the scenarios of a file that came back into the study that it was made of."""
    from pathlib import Path

    from data.sharing import as_shared, taken_back
    from data.study_file import open_study
    from planner.edits import Edit
    from planner.returning import taking_back
    from ui.cli.passphrases import passphrase_for
    from ui.cli.scenarios import edit
    from ui.cli.sentences import Told
    from ui.cli.show import note
    from ui.cli.targets import Loaded

    path = Path(shared)
    with open_study(path, passphrase=passphrase_for(path)) as opened:
        theirs, before = opened.study, as_shared(opened)

    def make(loaded: Loaded) -> Edit:
        found = taken_back(theirs, loaded.study, before)
        if found.base:
            note("cli.reattach.base")
        if found.lost:
            note("reattach.lost", n=found.lost)
        if not found.scenarios:
            raise Told("cli.reattach.nothing", path=shared)
        return taking_back(found, path.name)

    edit(target, make, as_json=as_json)
