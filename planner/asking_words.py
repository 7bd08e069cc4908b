"""What a scenario changes, in sentences, before it is solved: that what was meant is there, and no more."""

from collections.abc import Iterator, Mapping
from typing import Final

from planner.astray import astray, astray_sentences
from planner.compare import Stale, inputs
from planner.comparison_words import input_sentences, stale_sentences
from planner.study import Study
from planner.words import say

MOST: Final = 6
"""Sentences of changed facts that are told before the rest is counted."""
_AS_IT_IS: Final[Mapping[str, str]] = {}


def asked_sentences(
    study: Study,
    name: str,
    lang: str,
    *,
    stale: Stale | None = None,
    shown: Mapping[str, str] = _AS_IT_IS,
    most: int = MOST,
) -> Iterator[str]:
    """Say what a scenario has otherwise than its parent, which changes miss their target, and since when.

    `stale` is what has moved on since its plan was made; `shown` are names for scenarios.

    Raises:
        UnknownScenarioError: the study has no such scenario.
    """
    parent = study.scenario(name).parent
    if parent is not None:
        told = [*input_sentences(inputs(name, study.problem(parent), study.problem(name)), lang)]
        facts = {"parent": shown.get(parent, parent), "n": len(told)}
        yield say("asked.against" if told else "asked.same", lang, **facts)
        yield from told[:most]
        if len(told) > most:
            yield say("stale.more", lang, n=len(told) - most)
    yield from astray_sentences(astray(study, name), lang)
    if stale is not None:
        yield from stale_sentences(stale._replace(scenario=shown.get(name, name)), lang, most)
