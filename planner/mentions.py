"""Whether texts name somebody in another writing: other case, no accents, another order, a surname alone.

It reads what stays in a study that is shared without names: labels and codes of the house.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from planner.moved_dates import undated
from planner.naming import folded, name_words

_WORD: Final = re.compile(r"[^\W_]+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONE: Final = 3
"""Letters that a lone word of a name must exceed: shorter ones mean many things."""
_WORDLIKE: Final = 4
"""Characters from which a code is looked for in a sentence; shorter ones only where there is no blank."""
_TELLING: Final = 2
"""Characters that a code must have to be looked for in another writing than its own."""
_COUNTED: Final = 3
"""Digits from which a number within a label may be the code of somebody."""
_GLUED: Final = 5
"""Letters from which a code or a word of a name is looked for within longer words."""
_TITLES: Final = frozenset(
    {
        *("mme", "mlle", "mr", "mrs", "ms", "dr", "dre", "pr", "prof", "docteur", "professeur"),
        *("madame", "monsieur", "mademoiselle"),
    }
)
_SIR: Final = re.compile(r"(?<!\w)M\.\s?[^\W\d_]")
"""`M. Martin`; a lone `M` may be a morning."""
_HUMP: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where words are glued: `nuitDUP`, `DUP2`."""


class Mentions(NamedTuple):
    """Who is named, each with the text, as `code (text)`; and texts in which somebody may be."""

    certain: tuple[str, ...]
    doubtful: tuple[str, ...]


def mentions(
    texts: Iterable[str],
    codes: Iterable[str],
    names: Iterable[str],
    common: frozenset[str] = frozenset(),
) -> Mentions:
    """Give where texts name somebody.

    A code is one word of a text or several side by side; a name two of its words in one text, or its
    only one. In doubt are texts with a lone word of a longer name, with a number that is a code, with a
    code or such a word glued to others, and with a title such as `Mme`. Folded words that are `common`
    tell nothing alone.
    """
    known = _Codes(codes)
    people = _people(names)
    glued = _Glued({*known.by_word, *people})
    certain: set[str] = set()
    doubtful: set[str] = set()
    for text in texts:
        words = _WORD.findall(folded(text))
        certain |= {f"{code} ({text})" for code in known.among(words, text)}
        named = _named(words, people)
        certain |= {f"{name} ({text})" for name, whole in named if whole}
        lone = {word for word in words if len(word) > _LONE and word in people} - common
        told = known.counted(text)
        if not any(whole for _, whole in named):
            told = told or bool(lone) or _titled(text, words) or known.glued(text)
            told = told or any(glued.within(word) - common for word in words)
        if told:
            doubtful.add(text)
    return Mentions(tuple(sorted(certain)), tuple(sorted(doubtful)))


def _titled(text: str, words: list[str]) -> bool:
    """Tell whether a title stands before a word."""
    return not _TITLES.isdisjoint(words[:-1]) or _SIR.search(text) is not None


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Give the words of texts, folded."""
    return frozenset(word for text in texts for word in _WORD.findall(folded(text)))


class _Codes:
    """The codes of people and cases by their longest word: many begin alike."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.numbers: set[str] = set()
        self.by_word: dict[str, list[tuple[int, tuple[str, ...], str]]] = defaultdict(list)
        for code in codes:
            words = tuple(_WORD.findall(folded(code)))
            if code.isdecimal():
                self.numbers |= {code} if len(code) >= _COUNTED else set()
            elif words and len(code) >= _TELLING and _LETTER.search(code):
                longest = max(words, key=len)
                self.by_word[longest].append((words.index(longest), words, code))

    def among(self, words: list[str], text: str) -> Iterator[str]:
        """Give the codes that are words of a text, side by side."""
        tight = " " not in text
        for at, word in enumerate(words):
            for before, own, code in self.by_word.get(word, ()):
                first = at - before
                long = len(code) >= _WORDLIKE or tight
                if long and first >= 0 and tuple(words[first : first + len(own)]) == own:
                    yield code

    def counted(self, text: str) -> bool:
        """Tell whether a number that is a code stands in a label, and not as a part of a date."""
        if not self.numbers or not _LETTER.search(text):
            return False
        return not self.numbers.isdisjoint(_WORD.findall(undated(text)))

    def glued(self, text: str) -> bool:
        """Tell whether a code is a part of a word, where small letters end or digits begin."""
        split = (_HUMP.split(word) for word in _WORD.findall(text))
        return any(any(self.among([*map(folded, parts)], "")) for parts in split if parts[1:])


class _Glued:
    """Words that are looked for within longer ones, by their first letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self.by_start: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= _GLUED and _LETTER.search(word):
                self.by_start[word[:_GLUED]].append(word)

    def within(self, word: str) -> frozenset[str]:
        """Give the words that a longer one has in it."""
        starts = (word[at : at + _GLUED] for at in range(len(word) - _GLUED + 1))
        found = (each for start in starts for each in self.by_start.get(start, ()))
        return frozenset(each for each in found if each != word and each in word)


def _people(names: Iterable[str]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Give the names by each of their words, with all words of each."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for name in sorted(set(names)):
        own = frozenset(word for word in name_words(name) if not word.isdecimal())
        for word in own:
            found[word].append((name, own))
    return found


def _named(
    words: list[str], people: dict[str, list[tuple[str, frozenset[str]]]]
) -> list[tuple[str, bool]]:
    """Give the names of which words stand there, and whether enough to mean that name."""
    here = frozenset(words)
    found = dict(each for word in here & people.keys() for each in people[word])
    return [
        (name, len(own & here) > 1 or (len(own) == 1 and len(next(iter(own))) > _LONE))
        for name, own in found.items()
    ]
