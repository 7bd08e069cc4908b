"""What a purged study still says of whoever was erased: in labels, codes and words of lists, by place."""

from collections.abc import Iterator
from dataclasses import replace

from data.scan import places_in
from planner.dropped_texts import shipped_texts
from planner.erasing import Named
from planner.naming import Person
from planner.problem import ATTRIBUTES

_KINDS = {table: kind for kind, table in ATTRIBUTES.items()}
_WORDLIKE = 4
"""Characters from which a code is no other word in a sentence, in small letters or capitals."""


def lingering(
    whole: bytes, person: Person, told: frozenset[str], *, certain: bool
) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Give the texts that name somebody beyond doubt, and those that may, each with its first place.

    Texts that were `told` before, names of other people and those of the program are not read.
    `certain`: her code means nothing else in the study.
    """
    sure: list[Named] = []
    doubted: list[Named] = []
    alone = replace(person, others=person.homonyms)  # a label with her name is no rival of it
    passed = told | person.homonyms | shipped_texts()
    for text, (table, id, field) in places_in(whole).items():
        if text in passed:
            continue
        certain_here = _is_sure(text, alone, certain=certain)
        reading = person.read(text)
        if not certain_here and reading.text == text and not reading.undecided:
            continue
        words = reading.undecided or (text,)
        found = Named(
            kind=_KINDS.get(table, table),
            id=id,
            field=field,
            before=text,
            after=text,
            undecided=words,
        )
        (sure if certain_here else doubted).append(found)
    return tuple(sure), tuple(doubted)


def _is_sure(text: str, person: Person, *, certain: bool) -> bool:
    if certain and person.has_code(text):
        if person.id in text or len(person.id) >= _WORDLIKE or " " not in text:
            return True
    return any(map(person.is_hers, person.names)) and person.whole_in(text)


def at_places(words: tuple[str, ...], whole: bytes) -> Iterator[Named]:
    """Give the first place of each word that is a text of its own."""
    places = places_in(whole)
    for word in words:
        if word in places:
            table, id, field = places[word]
            yield Named(kind=_KINDS.get(table, table), id=id, field=field, before=word, after=word)
