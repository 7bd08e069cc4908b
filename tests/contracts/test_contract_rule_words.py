"""Every rule type has a family, words for its parameters, and a sentence that tells all of them."""

import dataclasses
import datetime as dt
import re
from typing import Any, Final

import pytest

from planner.clock import Horizon
from planner.compare import InputChange
from planner.comparison_words import input_sentences
from planner.packs import load, names
from planner.problem import ATTRIBUTES
from planner.rule_words import brief, parameters, sentence, value_words
from planner.rules import catalogue
from planner.rules.contract import Rule, Scope
from planner.words import LANGUAGES, messages

HORIZON: Final = Horizon(start=dt.date(2026, 6, 1), days=14)
SAID: Final = {lang: messages(lang) for lang in LANGUAGES}
TYPES: Final = sorted(catalogue())
TOLD_AS_ONE: Final = {
    "bounds": {"least", "most"},
    "span": {"window", "days", "of", "weeks"},
    "more": {
        name
        for message in SAID["en"]
        if message.startswith("more.")
        for name in (message.removeprefix("more."), *re.findall(r"{(\w+)}", SAID["en"][message][0]))
    },
}
"""Facts of a sentence that tell several parameters; `more` those that are not as usual."""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("type_name", TYPES)
def test_a_rule_type_has_a_family_with_words(type_name: str, lang: str) -> None:
    cls = catalogue()[type_name]
    assert cls.family
    assert f"family.{cls.family}" in SAID[lang]
    assert cls.family != cls.part, "a rule of the house says its own family"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("type_name", TYPES)
def test_every_parameter_has_words(type_name: str, lang: str) -> None:
    said = SAID[lang]
    for spec in parameters(catalogue()[type_name]):
        assert f"field.rule.{spec.name}" in said, spec.name
        for option in spec.options:
            assert f"option.rule.{spec.name}.{option}" in said, (spec.name, option)
        if spec.form == "whole" and spec.unit not in ("minute", "per cent", "hundredth", ""):
            assert f"unit.{spec.unit}" in said, (spec.name, spec.unit)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("type_name", TYPES)
def test_the_sentence_tells_every_parameter(type_name: str, lang: str) -> None:
    (words,) = SAID[lang][f"says.{type_name}"]
    told = {name for found in re.findall(r"{(\w+)}", words) for name in _tells(found)}
    cls = catalogue()[type_name]
    assert {spec.name for spec in parameters(cls)} <= told
    assert f"brief.{type_name}" in SAID[lang]
    assert f"rule.{type_name}" in SAID[lang]


def _tells(name: str) -> set[str]:
    return TOLD_AS_ONE.get(name, {name})


@pytest.mark.parametrize("type_name", TYPES)
def test_the_scope_of_a_rule_tells_apart_what_there_is(type_name: str) -> None:
    cls = catalogue()[type_name]
    kinds = {"person", "case", "session", "surgeon", *ATTRIBUTES}
    assert cls.scoped in kinds
    assert (cls.part == "roster") == (cls.scoped == "person")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_of_the_packs_is_said_without_a_gap(lang: str) -> None:
    for rule in (rule for name in names() for rule in load(name).rules):
        for words in (sentence(rule, HORIZON, lang), brief(rule, HORIZON, lang)):
            assert "{" not in words
            assert words.strip()


def test_a_sentence_follows_the_parameters() -> None:
    rule = load("fr_fph").rule("FR06")
    cls: type[Rule[Any, Any]] = type(rule)
    more = dataclasses.replace(rule, minutes=660)
    assert "12" in sentence(rule, HORIZON, "fr")
    assert "11\u00a0h" in sentence(more, HORIZON, "fr").replace("\u202f", "\u00a0")
    everyone = dataclasses.replace(rule, scope=Scope())
    assert "FPH" in sentence(rule, HORIZON, "en")
    assert "FPH" not in sentence(everyone, HORIZON, "en")
    spec = next(spec for spec in parameters(cls) if spec.name == "minutes")
    assert value_words(cls, spec, None, HORIZON, "en") == "no limit"


@pytest.mark.parametrize(("lang", "words"), [("en", "least rest"), ("fr", "repos minimum")])
def test_a_comparison_names_parameters_in_words(lang: str, words: str) -> None:
    change = InputChange(
        scenario="a", kind="rule", id="FR06", field="minutes", before=720, after=660
    )
    (told,) = input_sentences([change], lang)
    assert words in told
