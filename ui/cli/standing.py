"""How scenarios stand on their way to being published, as the command line tells it."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from planner.astray import Astray, astray, astray_cell
from planner.signing_words import lost_sentence, state_words
from planner.standing import back_to_draft, standing
from planner.study import Study
from ui.cli.speech import lang, say


def tell_drafts(before: Study, after: Study) -> None:
    """Say beside the result which scenarios are drafts again, as what was signed has changed."""
    for name, lost in back_to_draft(before, after):
        print(lost_sentence(lost, lang(), name), file=sys.stderr)


def standing_plain(study: Study, name: str) -> dict[str, Any]:
    """Give how a scenario stands as plain values; `lost` is what was signed and has changed since.

    `unlike` is who published another plan than the one that stands as published.

    `broken` and `shifted` count its changes that miss what they were made for.
    """
    found = standing(study, name)
    signed = [asdict(each) | {"declared": each.declared} for each in found.signatures]
    lost = None if found.lost is None else asdict(found.lost)
    return {
        "state": found.state,
        "signatures": signed,
        "lost": lost,
        "unlike": None if found.unlike is None else asdict(found.unlike),
        **astray(study, name)._asdict(),
    }


def state_cell(scenario: Mapping[str, Any]) -> str:
    """Say in a cell of a table how a scenario of plain values stands, and whether its plan is out of date.

    Changes that miss what they were made for are counted.
    """
    words = [state_words(scenario["state"], lang())]
    if scenario["stale"]:
        words.append(say("cli.stale"))
    if scenario["unlike"] is not None:
        words.append(say("cli.unlike"))
    if missed := astray_cell(Astray(scenario["broken"], scenario["shifted"]), lang()):
        words.append(missed)
    return " · ".join(words)
