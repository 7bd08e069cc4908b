"""What goes with records that are taken away, in sentences: shifts, cases, rows, and other scenarios."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from planner.changes import Adjust
from planner.clock import Horizon
from planner.going import Going
from planner.leaving import Leaving
from planner.plan import Duty, Placement
from planner.words import day as written_day
from planner.words import listing, number, say

SHOWN: Final = 8
"""How many of them are named; more are counted."""
FEW: Final = 4
"""How many records of a kind are named that stand in the way."""


def consequences(going: Going, lang: str, called: Callable[[str], str] = str) -> list[str]:
    """Say what stays, what goes with the records, and which other scenarios it concerns.

    `called` gives the name under which a scenario is shown.
    """
    study, told = going.study, list[str]()
    horizon = study.base.horizon
    if going.leaving:
        who, past = named([*going.leaving], lang), going.past()
        told.append(say("remove.worked", lang, n=len(going.leaving), who=who))
        if past:
            words = shift_words(past, horizon, lang)
            told.append(say("remove.past", lang, n=len(past), list=words))
    told += loss_words(*going.lost(going.scenario), horizon, lang)
    gone = Counter(kind for kind, _ in going.records(going.scenario))
    if gone:
        told.append(say("remove.with", lang, n=gone.total(), list=_counted(gone, lang)))
    told += _cover_words(going, lang)
    heirs, others = (going.elsewhere(heirs=heirs) for heirs in (True, False))
    told += elsewhere_words([called(name) for name in heirs], lang, "remove.heirs")
    return told + elsewhere_words([called(name) for name in others], lang)


def leaving_lines(leaving: Leaving, lang: str, called: Callable[[str], str] = str) -> list[str]:
    """Say which shifts after last days lose their person, and which other scenarios it concerns.

    `called` gives the name under which a scenario is shown.
    """
    here, lost = leaving.scenario, leaving.lost
    inherited = [called(name) for name in lost if name != here]
    return [
        *loss_words(lost.get(here, []), (), leaving.study.base.horizon, lang),
        *elsewhere_words(inherited, lang, "remove.heirs"),
        *elsewhere_words([*map(called, leaving.elsewhere())], lang),
    ]


def named(names: Sequence[str], lang: str) -> str:
    """List names as a sentence does; many are counted."""
    if len(names) <= SHOWN:
        return listing(names, lang)
    more = say("reason.more", lang, n=len(names) - SHOWN)
    return f"{', '.join(names[:SHOWN])} {more}"


def loss_words(
    duties: Sequence[Duty], placements: Sequence[Placement], horizon: Horizon, lang: str
) -> list[str]:
    """Say which shifts and cases lose their place."""
    found = []
    if duties:
        words = shift_words(duties, horizon, lang)
        found.append(say("remove.duties", lang, n=len(duties), list=words))
    if placements:
        cases = named([placement.case for placement in placements], lang)
        found.append(say("remove.cases", lang, n=len(placements), list=cases))
    return found


def shift_words(duties: Sequence[Duty], horizon: Horizon, lang: str) -> str:
    """List shifts by day, and by person where there are several; many are counted."""
    many = len({duty.person for duty in duties}) > 1
    shown = [
        f"{duty.person if many else ''} "
        f"{written_day(horizon.date(duty.day), lang, 'short')} {duty.shift}".lstrip()
        for duty in duties[:SHOWN]
    ]
    if len(duties) > SHOWN:
        shown.append(say("reason.more", lang, n=len(duties) - SHOWN))
    return ", ".join(shown)


def elsewhere_words(
    names: Sequence[str], lang: str, message: str = "remove.elsewhere"
) -> list[str]:
    """Say which other scenarios' plans use what goes; nothing where none does."""
    return [say(message, lang, names=listing(names, lang))] if names else []


def _cover_words(going: Going, lang: str) -> list[str]:
    """Say by how much the people needed move where sessions go: the first few, the others counted."""
    moved = [each for each in going.cover() if isinstance(each, Adjust) and each.field == "least"]
    if not moved:
        return []
    words = [f"{each.id} {number(each.delta, lang)}" for each in moved[:FEW]]
    more = [say("reason.more", lang, n=len(moved) - FEW)] if len(moved) > FEW else []
    return [say("remove.cover", lang, n=len(moved), list=" ".join([", ".join(words), *more]))]


def _counted(found: Mapping[str, int], lang: str) -> str:
    words = [
        f"{n} {say(f'kinds.{kind}' if n > 1 else f'kind.{kind}', lang).lower()}"
        for kind, n in found.items()
    ]
    return listing(words, lang)
