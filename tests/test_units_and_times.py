"""Times of day have one writer in the whole product, and no unit is torn from its number."""

import re
from pathlib import Path

import pytest

from planner import words

MAKERS = re.compile(r"%H:%M|:02d?\}:\{[^}]*:02|HH:mm|hh:mm")
"""Ways to write a time of day by hand."""
KNOWN = {
    "planner/clock.py": "what machines and files read",
    "planner/words.py": "what people read",
    "ui/window/dialogs/day_event.py": "a field of Qt, which writes what it reads",
}
TORN = re.compile(r"\} (min|h|j|d|pts|%)(?![\w’])")


@pytest.fixture
def root() -> Path:
    return Path(__file__).resolve().parents[1]


def test_times_of_day_are_written_in_one_place(root: Path) -> None:
    """Logs and files have stamps of their own, without a colon between hours and minutes."""
    found = {
        str(path.relative_to(root))
        for package in ("planner", "data", "ui", "solvers")
        for path in (root / package).rglob("*.py")
        if MAKERS.search(path.read_text(encoding="utf-8"))
    }
    assert found == KNOWN.keys()


@pytest.mark.parametrize("line", ["since:%H:%M", 'f"{hour:02}:{minute:02d}"', '"hh:mm"'])
def test_another_writer_would_be_seen(line: str) -> None:
    assert MAKERS.search(line)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_units_stay_with_their_numbers(lang: str) -> None:
    torn = [id for id, told in words.messages(lang).items() if TORN.search(" ".join(told))]
    assert torn == []


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "week\u00a041 of 2026"), ("fr", "semaine\u00a041 de 2026")]
)
def test_a_week_is_said_in_the_language(lang: str, told: str) -> None:
    facts = {"who": "A", "worked": 2700, "off": 60, "limit": 2640, "week": "2026-W41"}
    assert told in words.say("hours_many_week", lang, **facts)
