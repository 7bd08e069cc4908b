"""Short codes of procedures and shifts, for bars and cells that have no room for a name."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, zip_longest
from string import ascii_letters, digits
from typing import Final

SHORTEST, LONGEST = 3, 6
_JOINTS: Final = "-_. /"


def tiny_codes(ids: Iterable[str]) -> Mapping[str, str]:
    """Give each id a code of two letters or a little more that no other one has, for narrow bars.

    >>> tiny_codes(["PROSTATE-ROBOT", "PROLAPSUS", "CATARACTE"])
    {'PROSTATE-ROBOT': 'PRR', 'PROLAPSUS': 'PR', 'CATARACTE': 'CA'}
    """
    return short_codes(ids, shortest=2, part=1)


def short_codes(
    ids: Iterable[str], shortest: int = SHORTEST, part: int = SHORTEST
) -> Mapping[str, str]:
    """Give each id a code of few letters that no other one has.

    Of an id with parts every part keeps its beginning, so that numbers at the end stay. Ids that
    begin with the same letters for too long are numbered.

    >>> short_codes(["CATARACTE", "COIFFE", "COLECTOMIE", "CARDIAC-M3"])["CARDIAC-M3"]
    'CARM3'
    """
    return _short(tuple(dict.fromkeys(ids)), shortest, part)


@lru_cache(maxsize=16)
def _short(known: tuple[str, ...], shortest: int, part: int) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for length in range(shortest, LONGEST + 1):
        tried = {id: _code(id, length, part) for id in known if id not in found}
        counted = Counter([*tried.values(), *found.values()])
        found |= {id: code for id, code in tried.items() if counted[code] == 1}
    taken = set(found.values())
    for id in known:
        number = 1
        while id not in found:
            code = f"{_code(id, shortest, part)}{number}"
            if code not in taken:
                found[id] = code
                taken.add(code)
            number += 1
    return {id: found[id] for id in known}


def letters(ids: Iterable[str]) -> Mapping[str, str]:
    """Give each shift a letter that no other one has, for narrow cells.

    It is its first one (two of an id that begins with a number); of several shifts with the same first
    letter the others have one by which they differ.

    >>> letters(["M", "J9", "J10", "N10", "N12"])
    {'M': 'M', 'J9': 'J', 'J10': '1', 'N10': 'N', 'N12': '2'}
    """
    known = tuple(dict.fromkeys(ids))
    found: dict[str, str] = {}
    owner: dict[str, str] = {}
    for id in sorted(known, key=lambda each: each != initial(each)):  # N before N12
        if owner.setdefault(initial(id), id) == id:
            found[id] = initial(id)
    for id in known:
        if id not in found:
            tried = _letters(id, owner[initial(id)])
            found[id] = next((letter for letter in tried if letter not in owner), id)
            owner.setdefault(found[id], id)
    return {id: found[id] for id in known}


def initial(id: str) -> str:
    """Give the first letter of an id, or its first two where it begins with a number."""
    return id[:2] if id[:1].isdigit() else id[:1]


def _letters(id: str, other: str) -> Iterable[str]:
    """Give letters for an id: where it differs from another, any of its own, small, any at all."""
    apart = (one for one, two in zip_longest(id, other) if one and one != two)
    return chain(apart, id, id.lower(), id.upper(), ascii_letters, digits)


def _code(id: str, length: int, part: int) -> str:
    words = id
    for joint in _JOINTS[1:]:
        words = words.replace(joint, _JOINTS[0])
    first, *others = [word for word in words.split(_JOINTS[0]) if word] or [id]
    return first[:length] + "".join(word if word.isdigit() else word[:part] for word in others)
