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
        if isinstance(value, tuple):
            told[name] = _listed(value, lang)
    told["reasons"] = clauses((why_words(why, lang) for why in reason.refused), lang)
    return say(f"waits.{reason.what}", lang, **told)


def _listed(things: Iterable[str | Rule[Any, Any]], lang: str) -> str:
    """Name ids and rules."""
    return ", ".join(each if isinstance(each, str) else title(each, lang) for each in things)


def waiting_plain(outcome: Outcome, lang: str, pins: Iterable[Pin] = ()) -> list[dict[str, str]]:
    """Give each case that waits with its reason as plain values, and the hard rules that it would break."""
    return [
        {
            "case": case.id,
            "reason": reason.what,
            "rules": _listed(reason.facts.get("rules", ()), lang),
            "sentence": reason_words(reason, lang),
        }
        for case, reason in LeftOut(outcome, pins=pins).every()
    ]


def waiting_lines(waiting: Iterable[Mapping[str, str]], lang: str) -> list[str]:
    """Say why cases wait, a line a reason with its cases, the reason of most of them first.

    Cases that would break other hard rules have lines of their own.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in waiting:
        found[each["reason"], each["rules"]].append(each["case"])
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        say(f"waits.group.{what}", lang, rules=rules, **_named(cases))
        for (what, rules), cases in ordered
    ]


def _named(cases: Sequence[str]) -> dict[str, Any]:
    more = " …" if len(cases) > SHOWN else ""
    return {"n": len(cases), "cases": ", ".join(cases[:SHOWN]) + more}
