"""What the plan loses with an edit of the facts: shifts their person, cases their place."""

from collections.abc import Sequence
from typing import Final

from planner.plan import Duty, Placement
from planner.words import day as written_day
from planner.words import listing
from ui.window.document import Document
from ui.window.workbench import Workbench

SHOWN: Final = 8
"""How many of them are named; more are counted."""


def named(bench: Workbench, names: Sequence[str]) -> str:
    """List names as a sentence does; many are counted."""
    if len(names) <= SHOWN:
        return listing(names, bench.lang)
    more = bench.say("reason.more", n=len(names) - SHOWN)
    return f"{', '.join(names[:SHOWN])} {more}"


def loss_words(
    bench: Workbench,
    document: Document,
    duties: Sequence[Duty],
    placements: Sequence[Placement] = (),
) -> list[str]:
    """Say which shifts and cases lose their place."""
    found = []
    if duties:
        words = shift_words(bench, document, duties)
        found.append(bench.say("remove.duties", n=len(duties), list=words))
    if placements:
        cases = named(bench, [placement.case for placement in placements])
        found.append(bench.say("remove.cases", n=len(placements), list=cases))
    return found


def shift_words(bench: Workbench, document: Document, duties: Sequence[Duty]) -> str:
    """List shifts by day, and by person where there are several; many are counted."""
    horizon, many = document.problem.horizon, len({duty.person for duty in duties}) > 1
    shown = [
        f"{duty.person if many else ''} "
        f"{written_day(horizon.date(duty.day), bench.lang, 'short')} {duty.shift}".lstrip()
        for duty in duties[:SHOWN]
    ]
    if len(duties) > SHOWN:
        shown.append(bench.say("reason.more", n=len(duties) - SHOWN))
    return ", ".join(shown)


def elsewhere_words(
    bench: Workbench,
    names: Sequence[str],
    message: str = "remove.elsewhere",
) -> list[str]:
    """Say which other scenarios' plans use what goes; nothing where none does."""
    if not names:
        return []
    shown = [bench.called(name) for name in names]
    return [bench.say(message, names=listing(shown, bench.lang))]
