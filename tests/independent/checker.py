"""A second, brute-force judgement of a plan: `python tests/independent/checker.py FOLDER`.

It reads only the folder that `planner export … --as csv --out FOLDER` writes, goes through the
plan minute by minute, and shares no code with the product. From `rules.toml` it takes which rules
are in force and their numbers. It prints each hard breach, and what each soft rule counts.

It exits with 2 if a hard rule is broken, with 3 if none is but there is one that it cannot judge,
with 1 if the folder is no export, else with 0. Waivers and pins are not in an export: what was
waived is a breach here.
"""

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from independent_cases import Theatres
from independent_clock import walked
from independent_cover import JUDGED_COVER, wrong_cover
from independent_folder import Folder, Limit, Wrong, words
from independent_hands import JUDGED_HANDS, wrong_hands
from independent_lists import JUDGED_LISTS, wrong_lists
from independent_order import JUDGED_ORDER, wrong_order
from independent_promises import JUDGED_PROMISES, wrong_promises
from independent_rosters import JUDGED_ROSTERS, Rosters, wrong_rosters
from independent_sessions import JUDGED_SESSIONS, wrong_sessions
from independent_sums import wrong_sums
from independent_surgeons import JUDGED_SURGEONS, wrong_surgeons
from independent_teams import TEAMS, wrong_teams
from independent_theatres import JUDGED_MINUTES, wrong_minutes
from independent_waiting import JUDGED_WAITING, wrong_waiting

MARGIN = 15  # days beside the history and the horizon: whole weeks, and duties over midnight
JUDGED = {
    *(*JUDGED_HANDS, *JUDGED_LISTS, *JUDGED_MINUTES, *JUDGED_SESSIONS, *JUDGED_SURGEONS),
    *(*JUDGED_ORDER, *JUDGED_PROMISES, *JUDGED_WAITING),
    *(*JUDGED_COVER, *JUDGED_ROSTERS, *TEAMS),
}
NOT_JUDGED: dict[str, str] = {}
"""Rule types of the product that nobody judges here → why."""


class Verdict(NamedTuple):
    """Hard breaches, what soft rules count, the rules that nobody judged, how much was looked at."""

    wrong: list[Wrong]
    soft: list[Wrong]
    unjudged: list[Limit]
    placements: int
    duties: int
    limits: list[Limit]

    @property
    def totals(self) -> dict[str, int]:
        """The units of each rule that is not kept, by id."""
        found: dict[str, int] = {}
        for each in (*self.wrong, *self.soft):
            found[each.rule] = found.get(each.rule, 0) + each.amount
        return found


def check(path: Path) -> Verdict:
    """Judge the plan of an exported folder.

    Raises:
        OSError, ValueError, KeyError: the folder is not such an export.
    """
    folder = Folder(path)
    found = list(_found(folder))
    hard, soft = [w for w in found if w.hard], [w for w in found if not w.hard]
    unjudged = [limit for limit in folder.limits if limit.type not in JUDGED]
    looked = len(folder.placements), len(folder.duties)
    return Verdict(hard, soft, unjudged, *looked, folder.limits)


def _found(folder: Folder) -> Iterator[Wrong]:
    longest = max((len(words(row["past"])) for row in folder.rows("histories")), default=0)
    first = folder.start - dt.timedelta(days=longest + MARGIN)
    blocks = (7 * int(limit.numbers.get("weeks", 1)) for limit in folder.limits_of("weekly_rest"))
    margin = max([MARGIN, *blocks])
    clock = walked(folder.zone, first, folder.dates[-1] + dt.timedelta(days=margin))
    theatres, rosters = Theatres(folder, clock), Rosters(folder, clock)
    yield from (*theatres.unreadable, *rosters.unreadable)
    for part in (wrong_lists, wrong_minutes, wrong_sums, wrong_hands, wrong_order, wrong_promises):
        yield from part(theatres)
    for more in (wrong_sessions, wrong_surgeons, wrong_waiting):
        yield from more(theatres)
    for other in (wrong_rosters, wrong_teams, wrong_cover):
        yield from other(rosters)


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
    for limit in verdict.limits:
        items = [each for each in verdict.soft if each.rule == limit.id]
        if items:
            units = sum(each.amount for each in items)
            sys.stdout.write(f"soft: {limit.id} ({limit.type}): {units} in {len(items)}\n")
    for limit in verdict.unjudged:
        kind = "hard" if limit.hard else "soft"
        sys.stderr.write(f"not judged here: {limit.id} ({limit.type}, {kind})\n")
    looked = f"{verdict.placements} placements and {verdict.duties} duties"
    sys.stdout.write(f"{len(verdict.wrong)} breaches in {looked}\n")
    if verdict.wrong:
        return 2
    return 3 if any(limit.hard for limit in verdict.unjudged) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
