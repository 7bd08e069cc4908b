"""Why cases wait, in sentences and as plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from planner.kpis.contract import Outcome
from planner.left_out import LeftOut
from planner.misfits import SHOWN
from planner.rules.contract import Rule
from planner.sentences import title
from planner.slots import why_words
from planner.study import Pin
from planner.unplaceable import Reason
from planner.words import clauses, say


def reason_words(reason: Reason, lang: str) -> str:
    """Say why a case waits, with its figures."""
    told = dict(reason.facts)
    for name, value in reason.facts.items():
        if isinstance(value, Rule):
            told[name] = title(value, lang)
        elif isinstance(value, tuple):
            told[name] = ", ".join(value)
    told["reasons"] = clauses((why_words(why, lang) for why in reason.refused), lang)
    return say(f"waits.{reason.what}", lang, **told)


def waiting_plain(outcome: Outcome, lang: str, pins: Iterable[Pin] = ()) -> list[dict[str, str]]:
    """Give each case that waits with its reason as plain values."""
    return [
        {"case": case.id, "reason": reason.what, "sentence": reason_words(reason, lang)}
        for case, reason in LeftOut(outcome, pins=pins).every()
    ]


def waiting_lines(waiting: Iterable[Mapping[str, str]], lang: str) -> list[str]:
    """Say why cases wait, a line a reason with its cases, the reason of most of them first."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in waiting:
        found[each["reason"]].append(each["case"])
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [say(f"waits.group.{what}", lang, **_named(cases)) for what, cases in ordered]


def _named(cases: Sequence[str]) -> dict[str, Any]:
    more = " …" if len(cases) > SHOWN else ""
    return {"n": len(cases), "cases": ", ".join(cases[:SHOWN]) + more}
