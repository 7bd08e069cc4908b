"""Naming: what of a text is somebody's beyond doubt, what is in doubt, and what is somebody else's."""

import pytest

from planner.naming import Person

X = "X-ABCDEF"
OTHERS = {"Paul Dupont", "Marie Petit", "Dr Jean Dupont", "Salle Marie Curie", "Anne Marie Dupont"}


def person(name: str = "Marie Dupont", id: str = "IBODE-001", *others: str) -> Person:
    names = frozenset(others or OTHERS)
    return Person(
        kind="staff", id=id, names=frozenset({name}), anonymous=X, others=names, homonyms=names
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("voir Marie Dupont lundi", f"voir {X} lundi"),
        ("seen by DUPONT, Marie", f"seen by {X}"),
        ("Mme Marie Dupont part", f"{X} part"),
        ("agreed with Dr. Dupont Marie.", f"agreed with {X}."),
        ("l’avis d’ibode-001", f"l’avis d’{X}"),
        ("leave of Marie Dupont’s", f"leave of {X}’s"),
    ],
)
def test_whole_names_and_codes_are_hers_in_any_order(before: str, after: str) -> None:
    assert person().read(before) == (after, ())


@pytest.mark.parametrize(
    "text",
    [
        "voir le docteur Petit, Marie",
        "Paul Dupont, Marie Petit",
        "Anne Marie Dupont is back",
        "IBODE-0011 and XIBODE-001",
        "une prothèse de 60 minutes",
    ],
)
def test_names_of_others_are_not_hers(text: str) -> None:
    assert person().read(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [("sans Dupont", ("Dupont",)), ("Without Marie or dupont", ("Marie", "dupont"))],
)
def test_a_word_that_others_have_too_is_in_doubt(text: str, words: tuple[str, ...]) -> None:
    assert person().read(text) == (text, words)


def test_a_word_that_nobody_else_has_is_hers() -> None:
    zoe = person("Zoé Planquette-Durand")
    assert zoe.read("knows planquette").text == f"knows {X}"
    assert zoe.read("Mme Durand, ZOE PLANQUETTE").text == f"{X}, {X}"
    assert zoe.read("request-planquette-2026").text == f"request-{X}-2026"
    assert (
        person("Hélène Lefèvre").read("HELENE part, LEFEVRE reste").text == f"{X} part, {X} reste"
    )


@pytest.mark.parametrize(("name", "text"), [("Anne Lebœuf", "LEBOEUF"), ("Ida Sørås", "soras")])
def test_a_name_is_hers_without_the_letters_that_keyboards_lack(name: str, text: str) -> None:
    assert person(name).read(f"knows {text}").text == f"knows {X}"


def test_short_words_are_names_after_a_title_alone() -> None:
    assert person("Dr Li Wu").read("Li Wu, Dr Wu, un li").text == f"{X}, {X}, un li"


@pytest.mark.parametrize("code", ["60", "7", "A"])
def test_a_code_that_is_a_number_is_hers_where_it_is_the_whole_text(code: str) -> None:
    numbered = person("Zoé Planquette", code)
    assert numbered.cleared(code) == X
    for text in (f"{code} minutes", f"2026-{code}-05", f"A {code} 12:60"):
        found = numbered.read(text)
        assert found == (text, () if code.isdecimal() else (code,)), "people decide on letters"


def test_a_name_that_is_somebody_elses_too_does_not_mean_her_alone() -> None:
    assert not person("Marie Dupont", "S1", "Dr Marie Dupont").is_hers("Marie Dupont")
    assert person("Marie Dupont", "S1", "Paul Dupont", "Marie Petit").is_hers("Marie Dupont")
    assert not person("Dupont", "S1", "Paul Dupont").is_hers("Dupont")
