"""Posts that a roster leaves open: requirements with fewer people than they need at least, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from planner.kpis.contract import Outcome
from planner.score import Judged
from planner.sentences import breach_sentence
from planner.words import say

SHOWN: Final = 8
"""Posts that a text names; a document has all of them."""


def open_posts(outcome: Outcome) -> tuple[Judged, ...]:
    """Give the breaches of the rules on least cover, hard ones and others, by day; each post once."""
    found: dict[str, Judged] = {}
    for each in outcome.judgement.judged:
        if each.rule.type == "coverage" and getattr(each.rule, "level", "") == "least":
            found.setdefault(each.breach.about.subjects[0], each)
    return tuple(sorted(found.values(), key=lambda each: each.breach.about.first))


def open_plain(outcome: Outcome, lang: str) -> list[dict[str, Any]]:
    """Give each open post as plain values: requirement, date, people missing, and a sentence."""
    problem = outcome.problem
    return [
        {
            "requirement": each.breach.about.subjects[0],
            "date": problem.horizon.date(each.breach.about.first).isoformat(),
            "missing": each.breach.facts["n"],
            "sentence": breach_sentence(problem, each.rule, each.breach, lang),
        }
        for each in open_posts(outcome)
    ]


def open_lines(posts: Sequence[Mapping[str, Any]], lang: str) -> Iterator[str]:
    """Say how many posts are open, name the first ones, and say where all of them are told."""
    if not posts:
        return
    people = sum(int(each["missing"]) for each in posts)
    yield say("posts.open", lang, n=len(posts), people=people)
    for each in posts[:SHOWN]:
        yield f"  {each['sentence']}"
    if len(posts) > SHOWN:
        yield f"  {say('posts.more', lang, n=len(posts) - SHOWN)}"
