"""Patterns of days that must not come: nights then days, one lone rest, succession by shift."""

import pytest
from roster_words import Found, facts, judged, situation

from planner.packs.example import SHIFTS
from planner.rostering import ShiftType
from planner.rules.contract import audit
from planner.rules.roster.forbidden_sequence import ForbiddenSequence
from planner.sentences import breach_sentence
from planner.view import RosterView

SEQ = "sequence"


@pytest.mark.parametrize(
    ("pattern", "roster", "found"),
    [
        (("night", "day"), "N12 D12", [Found(SEQ, 0, 1, 1)]),
        (("night", "day"), "N12 - D12", []),
        (("night", "day"), "D12 N12", []),
        (("night", "day"), "N12 | D12", [Found(SEQ, -1, 0, 1)]),
        (("night", "day"), "N12 D12 | -", []),
        (("night", "day"), "? | D12", []),
        (("night", "day"), "N12 N10 M", [Found(SEQ, 1, 2, 1)]),
        (("night", "-", "work"), "N12 - M", [Found(SEQ, 0, 2, 1)]),
        (("night", "-", "work"), "N12 - - M", []),
        (("night", "-", "work"), "N12 - | N12", [Found(SEQ, -2, 0, 1)]),
        (("night", "-", "work"), "N12 ? | M", []),
        (("night", "-", "work"), "N12 N12 -", []),
        (("night", "*", "day"), "N12 N12 M", [Found(SEQ, 0, 2, 1)]),
        (("night", "*", "day"), "N12 - M", [Found(SEQ, 0, 2, 1)]),
        (("night", "*", "day"), "N12 ? | M", []),  # a window with an unknown day is not judged
        (("night", "day/late"), "N12 S", [Found(SEQ, 0, 1, 1)]),
        (("N12", "M/J9"), "N12 J9", [Found(SEQ, 0, 1, 1)]),
        (("N12", "M/J9"), "N10 J9", []),
        (("N12", "M/J9"), "N12 D12", []),
        (("M", "S", "M"), "M S M S M", [Found(SEQ, 0, 2, 1), Found(SEQ, 2, 4, 1)]),
        (("-",), "M - M", [Found(SEQ, 1, 1, 1)]),
        (("dusk", "day"), "N12 D12", []),
        (("dusk/night", "day"), "N12 D12", [Found(SEQ, 0, 1, 1)]),
        ((), "N12 D12", []),
    ],
)
def test_a_pattern(pattern: tuple[str, ...], roster: str, found: list[Found]) -> None:
    assert judged(ForbiddenSequence(id="R", pattern=pattern), roster) == found


CALL = (
    *SHIFTS,
    ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"work", "evening"})),
    ShiftType(id="C", start=1200, end=1260, track="call", tags=frozenset({"call"})),
)


@pytest.mark.parametrize(
    ("pattern", "roster", "found"),
    [
        (("work", "-"), "K -", [Found(SEQ, 0, 1, 1)]),
        (("work", "-"), "K C", [Found(SEQ, 0, 1, 1)]),  # on call at home is no work
        (("work", "-"), "M K", []),
        (("work", "work"), "M+K M+K", [Found(SEQ, 0, 1, 1)]),
        (("evening", "day"), "M+K M", [Found(SEQ, 0, 1, 1)]),
        (("evening", "-", "evening"), "K - K", [Found(SEQ, 0, 2, 1)]),
        (("evening/day", "night"), "K N12+C", [Found(SEQ, 0, 1, 1)]),
    ],
)
def test_on_several_tracks_any_of_them_will_do(
    pattern: tuple[str, ...], roster: str, found: list[Found]
) -> None:
    assert judged(ForbiddenSequence(id="R", pattern=pattern), roster, shifts=CALL) == found


def test_the_facts_say_what_was_found() -> None:
    rule = ForbiddenSequence(id="R", pattern=("night", "-", "day/late"))
    (said,) = facts(rule, *situation({"A": "N10 - S"}))
    assert said == {"pattern": "night - day/late", "found": "N10 - S"}


@pytest.mark.parametrize(
    ("pattern", "roster", "words"),
    [
        (
            ("night", "-", "day/late"),
            "N10 - S",
            ("night, rest, day shift or late shift", "nuit, repos, poste de jour ou poste du soir"),
        ),
        (("N12", "*", "M"), "N12 - M", ("N12, any day, M", "N12, jour quelconque, M")),
    ],
)
def test_a_pattern_is_said_in_the_readers_words(
    pattern: tuple[str, ...], roster: str, words: tuple[str, str]
) -> None:
    problem, plan = situation({"A": roster})
    rule = ForbiddenSequence(id="R", pattern=pattern)
    (breach,) = audit(rule, RosterView(problem, plan))
    for lang, told in zip(("en", "fr"), words, strict=True):
        assert breach_sentence(problem, rule, breach, lang).endswith(told)
