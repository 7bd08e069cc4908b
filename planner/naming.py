"""Where a text names somebody: by code, by whole name in any order, or by a word that is hers alone.

A whole name is two words or more of it beside each other. A lone word that another name of the study has
as well may mean somebody else: such words are given back for people to decide, and stay as they are.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

_SHORTEST: Final = 3
"""Letters that a lone word must exceed to be taken for a name, unless a title stands before it."""
_LEAST_CODE: Final = 3
"""Characters from which a code is looked for within a text: `a` is a word, and numbers count things."""
_TITLES: Final = frozenset(
    {"dr", "dre", "docteur", "docteure", "doctor", "pr", "pre", "prof", "professeur"}
    | {"professeure", "professor", "m", "mr", "mrs", "ms", "miss", "mme", "mlle"}
    | {"monsieur", "madame", "mademoiselle", "sister", "nurse"}
)
_PARTICLES: Final = frozenset(
    {"de", "du", "des", "la", "le", "les", "van", "von", "der", "den", "el", "al", "d", "l"}
    | {"et", "and"}
)
_MARKS: Final = "\u0300-\u036f"
"""Accents that stand after their letter, as some systems write them."""
_TOKEN: Final = re.compile(rf"(?:[^\W_][{_MARKS}]*)+(?:-(?:[^\W_][{_MARKS}]*)+)*")
_TIGHT: Final = re.compile(r"\s*['’]?\s*")
_LOOSE: Final = re.compile(r"\s*[,;'’-]?\s*")
_AFTER_TITLE: Final = re.compile(r"\.?\s*")


class Reading(NamedTuple):
    """A text with a code in the place of somebody, and the words in it that may mean somebody else."""

    text: str
    undecided: tuple[str, ...] = ()


class _Token(NamedTuple):
    text: str
    parts: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whoever is to be erased: her kind and code, the names she is known by, her new code.

    `others` are all other names of the study, whether of people or things; `homonyms` those of people.
    `own` are kind and id of the records that are about her alone: what is written there is hers.
    """

    kind: str
    id: str
    names: frozenset[str]
    anonymous: str
    others: frozenset[str] = field(default=frozenset())
    homonyms: frozenset[str] = field(default=frozenset())
    own: frozenset[tuple[str, str]] = field(default=frozenset())

    @property
    def is_looked_for(self) -> bool:
        """Whether her code means her wherever it stands: it is no number, and no word of a letter or two."""
        return self._code is not None

    def has_code(self, text: str) -> bool:
        """Tell whether her code stands in a text; a number counts where it is the whole text."""
        return self._is_code(text) or bool(self._code and self._code.search(text))

    def without_code(self, text: str) -> str:
        """Give a text with her new code in the place of the old one, and all else as it is."""
        if self._is_code(text):
            return self.anonymous
        text = self._typed.sub(rf"\g<1>{self.anonymous}\g<2>", text)
        return self._code.sub(self.anonymous, text) if self._code else text

    def cleared(self, text: str) -> str:
        """Give a text with her new code wherever it names her beyond doubt."""
        return self.read(text).text

    def read(self, text: str) -> Reading:
        """Give a text with her new code wherever it names her beyond doubt, and the words in doubt."""
        text = self.without_code(text)
        tokens = tuple(_tokens(text))
        doubted = [self.id] if self._short and self._short.search(text) else []
        if not any(token.parts & self._words for token in tokens):
            return Reading(text, tuple(doubted))
        spans, taken = self._runs(text, tokens)
        alone = [at for at in range(len(tokens)) if at not in taken]
        lone = (self._lone(text, tokens, at, doubted) for at in alone)
        spans += [span for span in lone if span is not None]
        for start, end in sorted(spans, reverse=True):
            text = text[:start] + self.anonymous + text[end:]
        return Reading(text, tuple(dict.fromkeys(doubted)))

    def whole_in(self, text: str) -> bool:
        """Tell whether her whole name stands in a text, and not as part of a longer name of others."""
        return bool(self._runs(text, tuple(_tokens(text)))[0])

    def is_hers(self, name: str) -> bool:
        """Tell whether a name of hers means her alone: nobody and nothing else is called so."""
        if len(units := _name(name)) == 1:
            return not any(unit <= self._shared for unit in units)
        return not any(units <= _name(other) for other in self.homonyms)

    def _lone(
        self, text: str, tokens: Sequence[_Token], at: int, doubted: list[str]
    ) -> tuple[int, int] | None:
        """Give where a lone word of hers stands; in `doubted` goes one that may be somebody else's."""
        token, start = tokens[at], _from_title(text, tokens, at)
        short = start < token.start or (self._single and token.text[:1].isupper())
        hers = frozenset(
            part
            for part in token.parts & self._words - _PARTICLES - _TITLES
            if short or len(part) > _SHORTEST
        )
        if not hers:
            return None
        if token.parts <= self._words:
            if token.parts in self._compounds if len(token.parts) > 1 else hers <= self._shared:
                doubted.append(token.text)
                return None
            return start, token.end
        if hers & self._shared:
            doubted.append(token.text)
            return None
        part = next(p for p in re.finditer(r"[^-]+", token.text) if folded(p[0]) in hers)
        return token.start + part.start(), token.start + part.end()

    def _runs(
        self, text: str, tokens: Sequence[_Token]
    ) -> tuple[list[tuple[int, int]], frozenset[int]]:
        """Give where whole names of hers stand, and the words that such names, or those of others, take.

        Words side by side come before those that a comma parts: “Paul Dupont, Marie Petit” is no
        “Dupont, Marie”.
        """
        spans: list[tuple[int, int]] = []
        taken: set[int] = set()
        for gap in (_TIGHT, _LOOSE):
            found = [
                (run, False)
                for name in self._rivals
                for run in _stretches(text, tokens, frozenset().union(*name), gap)
                if all(any(tokens[at].parts & unit for at in run) for unit in name)
            ]
            found += [
                (run, True)
                for name in self._units
                for run in _stretches(text, tokens, frozenset().union(*name), gap)
                if sum(any(tokens[at].parts & unit for at in run) for unit in name) > 1
            ]
            for run, hers in sorted(found, key=lambda each: -len(each[0])):
                if taken.isdisjoint(run):
                    taken.update(run)
                    if hers:
                        start = _from_title(text, tokens, run[0])
                        spans.append((start, tokens[run[-1]].end))
        return spans, frozenset(taken)

    # --- what she and others are called -----------------------------------------------------------

    @cached_property
    def _code(self) -> re.Pattern[str] | None:
        if self.id.isdecimal() or len(self.id) < _LEAST_CODE:
            return None
        return re.compile(rf"(?<!\w){_in_any_writing(self.id)}(?![\w{_MARKS}])", re.IGNORECASE)

    @cached_property
    def _typed(self) -> re.Pattern[str]:
        """What finds a change as it was typed, after which a group is named: what it writes about her."""
        code = _in_any_writing(self.id)
        return re.compile(rf"(\b(?:staff|surgeon|case)/){code}(\.(?:name|note)=).*", re.DOTALL)

    @cached_property
    def _short(self) -> re.Pattern[str] | None:
        """What finds a code that may be a word or a number of anything: people decide on those."""
        if self._code or (self.id.isdecimal() and len(self.id) < _LEAST_CODE):
            return None
        return re.compile(rf"(?<!\w){_in_any_writing(self.id)}(?![\w{_MARKS}])")

    def _is_code(self, text: str) -> bool:
        return unicodedata.normalize("NFC", text) == unicodedata.normalize("NFC", self.id)

    @cached_property
    def _units(self) -> frozenset[frozenset[frozenset[str]]]:
        return frozenset(map(_name, self.names)) - {frozenset()}

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for name in self._units for unit in name for word in unit)

    @cached_property
    def _single(self) -> bool:
        return any(len(name) == 1 for name in self._units)

    @cached_property
    def _rivals(self) -> tuple[frozenset[frozenset[str]], ...]:
        """The names of others that share a word with hers, and are no part of hers."""
        all_names = set(map(_name, self.others))
        return tuple(
            name
            for name in all_names
            if len(name) > 1
            and any(unit & self._words for unit in name)
            and not any(name <= mine for mine in self._units)
        )

    @cached_property
    def _shared(self) -> frozenset[str]:
        return frozenset(w for name in self.others for unit in _name(name) for w in unit)

    @cached_property
    def _compounds(self) -> frozenset[frozenset[str]]:
        return frozenset(unit for name in self.others for unit in _name(name) if len(unit) > 1)


def _stretches(
    text: str, tokens: Sequence[_Token], words: frozenset[str], gap: re.Pattern[str]
) -> Iterator[range]:
    """Give the longest stretches of words of a name that only a gap parts, particles within."""
    at = 0
    while at < len(tokens):
        if not tokens[at].parts <= words:
            at += 1
            continue
        first = last = at
        after = at + 1
        while after < len(tokens) and gap.fullmatch(
            text, tokens[after - 1].end, tokens[after].start
        ):
            if tokens[after].parts <= words:
                last = after
            elif not tokens[after].parts <= _PARTICLES:
                break
            after += 1
        yield range(first, last + 1)
        at = last + 1


def _from_title(text: str, tokens: Sequence[_Token], at: int) -> int:
    """Give where a name begins, with the title before it."""
    start = tokens[at].start
    while at and tokens[at - 1].parts <= _TITLES:
        if not _AFTER_TITLE.fullmatch(text, tokens[at - 1].end, start):
            break
        at -= 1
        start = tokens[at].start
    return start


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        parts = frozenset(map(folded, found[0].split("-")))
        yield _Token(found[0], parts, found.start(), found.end())


def name_words(name: str) -> frozenset[str]:
    """Give the words of a name, folded, those of a double one each; no titles, particles, initials."""
    return frozenset(word for unit in _name(name) for word in unit if len(word) > 1)


def _name(name: str) -> frozenset[frozenset[str]]:
    """Give the words of a name, those of a double one together; no titles, particles, initials."""
    return frozenset(
        each.parts
        for each in _tokens(name)
        if not each.parts <= _TITLES | _PARTICLES and max(map(len, each.parts)) > 1
    )


_PLAIN: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
"""Letters that no normal form takes apart, and many keyboards do not have."""


def _in_any_writing(text: str) -> str:
    """Give a pattern of a text whose letters have their accents within them or behind them."""
    signs = unicodedata.normalize("NFC", text)
    apart = ((sign, unicodedata.normalize("NFD", sign)) for sign in signs)
    return "".join(
        re.escape(sign) if sign == two else f"(?:{re.escape(sign)}|{re.escape(two)})"
        for sign, two in apart
    )


def folded(text: str) -> str:
    """Give a text as it is compared: in small letters, without accents, in whatever form they came."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
