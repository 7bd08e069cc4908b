"""A demo hospital that is made in English has English words, and the same numbers."""

from dataclasses import replace

import pytest
from demo_hospitals import generate

from data import demo
from data.demo import PROFILES
from planner.demand import deltas
from planner.problem import RECORD_KINDS, Problem, faults

ALIKE = {"Laser", "Neuronavigation", "Sleeve gastrectomie"}
"""Names that look the same in both languages, or nearly."""


def names(problem: Problem) -> list[str]:
    """Give all names, those of people aside: nobody has one."""
    records = (record for kind in RECORD_KINDS for record in problem.records(kind))
    return [name for name in (getattr(record, "name", "") for record in records) if name]


WORDS = ("name", "reason", "role", "team", "suite", "suites")
"""Fields that hold words; all else is a code or a number, and the same in both languages."""
FRENCH = {
    "Salle",
    "intervention",
    "Congé",
    "Congés",
    "Maladie",
    "Hors",
    "Formation",
    "BLOC",
    "SSPI",
}


def words(problem: Problem) -> set[str]:
    """Give all words of a problem, those of names aside."""
    records = (record for kind in RECORD_KINDS for record in problem.records(kind))
    found = (getattr(record, field, "") for record in records for field in WORDS[1:])
    return {word for held in found for word in (held if isinstance(held, frozenset) else (held,))}


@pytest.mark.parametrize("profile", PROFILES)
def test_words_are_in_the_language_and_all_else_is_the_same(profile: str) -> None:
    french, english = generate(profile), generate(profile, lang="en")
    told = list(zip(names(french), names(english), strict=True))
    assert len(told) > 5
    assert {one for one, other in told if one == other} <= ALIKE
    every = {other for _, other in told} | words(english)
    assert not [each for each in every if set(each.lower()) & set("éèêàçœî")]
    assert not [each for each in every if not FRENCH.isdisjoint(each.split())]
    assert words(english) & words(french) <= {"", "A", "B", "C", "Central", "Pool"}
    for kind in RECORD_KINDS:
        for one, other in zip(french.records(kind), english.records(kind), strict=True):
            said = {field: getattr(one, field) for field in WORDS if hasattr(one, field)}
            assert replace(other, id=one.id, **said) == one
    assert list(faults(english)) == list(faults(french)) == []


def test_a_demo_is_made_in_french_unless_another_language_is_asked_for() -> None:
    assert demo.generate("small", lang="fr") == generate("small")
    assert demo.generate("small", lang="en") != generate("small")


def test_the_people_needed_in_a_suite_keep_its_name() -> None:
    """Cover follows the sessions of a suite by its id."""
    english = generate("chu", lang="en")
    (session, *_) = (s for s in english.sessions if not s.emergency and not s.closed)
    rest = [each for each in english.sessions if each is not session]
    suites = {theatre.suite for theatre in english.theatres}
    kept = {need.id for need in english.cover}
    moved = deltas(english, rest)
    assert moved
    assert all(each.cover.id in kept for each in moved)
    assert suites == {"Day-surgery", "Central", "Women-children", "Head-neck"}
    assert any("BLOC-Head-neck-" in id for id in kept)
