"""Mentions: who is named in a label although case, accents, order or signs differ."""

import unicodedata

import pytest

from planner.mentions import mentions


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("DUP", "nuit-dup"),
        ("DUPONT", "repos-dupont"),
        ("HÉLÈNE", unicodedata.normalize("NFD", "PTH HÉLÈNE")),
        ("Hélène", "PTH (HELENE)"),
        ("Anne Roy", "poste anne  ROY"),
        ("IBODE-001", "after ibode 001"),
    ],
)
def test_a_code_is_found_in_another_writing(code: str, text: str) -> None:
    assert mentions([text, "PTH"], [code], []) == ((f"{code} ({text})",), ())


@pytest.mark.parametrize(
    ("code", "text"),
    [("LIT", "un lit de plus"), ("DUP", "nuit-dupont"), ("A", "S-a"), ("A-1-2", "a-1-3")],
)
def test_other_words_are_no_codes(code: str, text: str) -> None:
    assert mentions([text], [code], []) == ((), ())


@pytest.mark.parametrize(
    ("text", "found"), [("r-4711", True), ("4711", False), ("S1-2026-10-05", False)]
)
def test_a_number_in_a_label_may_be_somebody(text: str, found: bool) -> None:
    assert mentions([text], ["4711", "2026", "10"], []) == ((), (text,) if found else ())


@pytest.mark.parametrize("text", ["PTH DUPONT Paul", "pth paul dupont", "Dupont (M. Paul)"])
def test_a_whole_name_is_found_in_any_order(text: str) -> None:
    assert mentions([text], [], ["Dr Paul Dupont"]) == ((f"Dr Paul Dupont ({text})",), ())


def test_a_lone_surname_is_in_doubt_unless_it_is_the_whole_name() -> None:
    text = "PTH technique Dupont"
    assert mentions([text], [], ["Paul Dupont"]) == ((), (text,))
    assert mentions([text], [], ["Dupont"]) == ((f"Dupont ({text})",), ())
    assert mentions(["un prof", "le 12"], [], ["Prof Li 12"]) == ((), ())
    assert mentions(["repos de nuit"], [], ["Anne Nuit"], frozenset({"nuit"})) == ((), ())


@pytest.mark.parametrize(
    ("code", "text"),
    [
        *(("DUP", "nuitDUP"), ("DUP", "DUP2"), ("DUPONT", "nuitdupont"), ("DUPONT", "S1xDupont2")),
        *(("X", "Contrat de Mme Martin"), ("X", "Colonne M. Martin"), ("X", "bloc Dr Roy")),
    ],
)
def test_a_glued_code_and_a_title_may_be_about_somebody(code: str, text: str) -> None:
    assert mentions([text], [code], []) == ((), (text,))
    assert mentions(["nuit", "durable", "M 12", "MDUPE"], [code], []) == ((), ())
