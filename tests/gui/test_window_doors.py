"""The window never sends who sits before it to the command line: a message has words for each door."""

import re
from pathlib import Path

import pytest

from data.lock import Held, Holder
from data.origin import Origin, ReadOnlyError
from data.refused import Refused
from planner.edits import EditRefusedError
from planner.words import in_window, known, messages
from ui.window.workbench import Workbench

HOUSE = Path(__file__).parents[2]
TYPED = re.compile(r"\bplanner [a-z]|(^|[\s(])--[a-z]")
"""What is typed at a terminal."""
BEFORE_A_WINDOW = frozenset({"gui.no_qt", "gui.no_screen", "gui.no_libraries"})
"""Said where there is no window."""


def named_in_rooms() -> str:
    """All that the rooms of the window are written in; what only the command line says is not in it."""
    rooms = ("planner", "data", "solvers", "ui/window")
    return "\n".join(
        path.read_text(encoding="utf-8") for room in rooms for path in (HOUSE / room).rglob("*.py")
    )


def test_what_names_a_command_has_words_for_the_window_too() -> None:
    rooms = named_in_rooms()
    for lang in ("en", "fr"):
        said = messages(lang)
        lacking = [
            message
            for message, forms in said.items()
            if any(map(TYPED.search, forms))
            and any(f'"{name}"' in rooms for name in (message, message.removeprefix("remark.")))
            and f"{message}.in_window" not in said
        ]
        assert set(lacking) <= BEFORE_A_WINDOW
        for message, forms in said.items():
            if message.endswith(".in_window"):
                assert known(message.removesuffix(".in_window"))
                assert not any(map(TYPED.search, forms))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_refusal_is_said_as_who_sits_before_a_window_needs_it(
    bench: Workbench, lang: str
) -> None:
    bench.speak(lang)
    refused = EditRefusedError("sign.not_proposed", scenario="B")
    assert "›" in bench.sentence(refused)
    assert "planner" not in bench.sentence(refused)
    shared = Refused("share.other_study")
    assert "--onto" in shared.sentence(lang)
    assert "--onto" not in bench.sentence(shared)
    origin = Origin(author="ana", made="2026-11-27T09:00:00+00:00", reason="", read_only=True)
    viewed = bench.sentence(ReadOnlyError(Path("x.opale"), origin))
    assert "x.opale" in viewed
    assert "ana" in viewed
    assert "planner" not in viewed
    held = Held(Path("y.opale"), Holder.me())  # one that both doors say alike
    assert bench.sentence(held) == held.sentence(lang)
    assert in_window("study.held") == "study.held"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_fault_of_the_program_is_told_as_one(bench: Workbench, lang: str) -> None:
    bench.speak(lang)
    told = bench.sentence(KeyError("x"))
    assert told.startswith("Opale itself" if lang == "en" else "Opale lui-même")
    assert told.endswith("KeyError: 'x'")
