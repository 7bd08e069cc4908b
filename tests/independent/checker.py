"""A second, brute-force judgement of a plan: `python tests/independent/checker.py FOLDER`.

It reads only the folder that `planner export … --as csv --out FOLDER` writes, goes through the
plan minute by minute, and shares no code with the product. From `rules.toml` it takes which hard
limits are in force and their numbers. It prints what is wrong and exits with 2, or with 0.
"""

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from independent_cases import Theatres
from independent_clock import walked
from independent_folder import Folder, Wrong, words
from independent_hands import JUDGED_HANDS, wrong_hands
from independent_lists import JUDGED_LISTS, wrong_lists
from independent_order import JUDGED_ORDER, wrong_order
from independent_promises import JUDGED_PROMISES, wrong_promises
from independent_rosters import JUDGED_ROSTERS, Rosters, wrong_rosters
from independent_sums import wrong_sums
from independent_teams import TEAMS, wrong_teams
from independent_theatres import JUDGED_MINUTES, wrong_minutes

MARGIN = 15  # days beside the history and the horizon: whole weeks, and duties over midnight
JUDGED = {
    *(*JUDGED_HANDS, *JUDGED_LISTS, *JUDGED_MINUTES),
    *(*JUDGED_ORDER, *JUDGED_PROMISES, *JUDGED_ROSTERS, *TEAMS),
}


class Verdict(NamedTuple):
    """What is wrong, which hard rules nobody judged here, and how much was looked at."""

    wrong: list[Wrong]
    unjudged: list[str]
    placements: int
    duties: int


def check(path: Path) -> Verdict:
    """Judge the plan of an exported folder.

    Raises:
        OSError, ValueError, KeyError: the folder is not such an export.
    """
    folder = Folder(path)
    longest = max((len(words(row["past"])) for row in folder.rows("histories")), default=0)
    first = folder.start - dt.timedelta(days=longest + MARGIN)
    blocks = (7 * int(limit.numbers.get("weeks", 1)) for limit in folder.limits_of("weekly_rest"))
    margin = max([MARGIN, *blocks])
    clock = walked(folder.zone, first, folder.dates[-1] + dt.timedelta(days=margin))
    theatres, rosters = Theatres(folder, clock), Rosters(folder, clock)
    found = [*theatres.unreadable, *wrong_lists(theatres), *wrong_minutes(theatres)]
    found += wrong_sums(theatres)
    found += wrong_hands(theatres)
    found += wrong_order(theatres)
    found += wrong_promises(theatres)
    found += [*rosters.unreadable, *wrong_rosters(rosters), *wrong_teams(rosters)]
    unjudged = [limit.id for limit in folder.limits if limit.type not in JUDGED]
    return Verdict(found, unjudged, len(folder.placements), len(folder.duties))


def main(arguments: Sequence[str]) -> int:
    """Print the verdict on a folder and give the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: checker.py FOLDER\n")
        return 1
    try:
        verdict = check(Path(arguments[0]))
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"{arguments[0]} is no exported folder: {error!r}\n")
        return 1
    for wrong in verdict.wrong:
        sys.stdout.write(f"{wrong.rule} ({wrong.type}): {wrong.words}\n")
    for rule in verdict.unjudged:
        sys.stderr.write(f"not judged here: {rule}\n")
    looked = f"{verdict.placements} placements and {verdict.duties} duties"
    sys.stdout.write(f"{len(verdict.wrong)} breaches in {looked}\n")
    return 2 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
