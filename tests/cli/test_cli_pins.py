"""`planner scenario pin|unpin|pins`: what solving is to keep, from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.study_file import open_study
from planner.study import Pin

Call = Callable[..., Any]


def pins(path: Path, scenario: str = "base") -> tuple[Pin, ...]:
    with open_study(path) as opened:
        return opened.study.scenario(scenario).pins


def test_a_case_a_session_and_days_are_pinned_listed_and_freed(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        plan = opened.study.scenario("base").plan
        date = opened.study.base.horizon.date(3).isoformat()
    placed, person = next(iter(plan.placements)), next(iter(plan.duties)).person
    words = [f"case/{placed.case}", f"session/{placed.session}", f"person/{person}@{date}"]
    assert call("scenario", "pin", two, *words).code == 0
    assert [pin.kind for pin in pins(two)] == ["case", "session", "person"]
    rows = call("scenario", "pins", f"{two}#closed", "--json").document["pins"]
    assert [(row["kind"], row["scenario"], row["kept"]) for row in rows] == [
        ("case", "base", True),
        ("session", "base", True),
        ("person", "base", True),
    ]
    assert rows[2]["first"] == rows[2]["last"] == date
    told = call("scenario", "pins", two, "--lang", "fr").out
    assert f"cas {placed.case}" in told
    assert call("scenario", "unpin", two, *words[1:]).code == 0
    assert pins(two) == (Pin(kind="case", id=placed.case),)


def test_what_cannot_be_pinned_or_freed_gets_a_sentence(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        case = next(iter(opened.study.scenario("base").plan.placements)).case
    for words, told in (("K1", "case/ID"), ("case/nobody", "nobody"), ("day/someday", "someday")):
        ended = call("scenario", "pin", two, words)
        assert ended.code == 1
        assert told in ended.err
    call("scenario", "pin", two, f"case/{case}")
    ended = call("scenario", "unpin", f"{two}#closed", f"case/{case}")
    assert ended.code == 1
    assert "base" in ended.err
    assert len(pins(two)) == 1
