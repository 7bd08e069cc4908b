"""What is remembered between starts, whatever somebody has made of its file."""

import pytest

from ui.window.settings import Settings


@pytest.mark.parametrize(
    ("kept", "found"), [(30, 30), ("45", 45), ("a while", 60), ("", 60), (["1", "2"], 60)]
)
def test_a_number_that_cannot_be_read_is_the_usual_one(
    settings: Settings, kept: object, found: int
) -> None:
    assert settings.number("solve/seconds", 60) == 60
    settings.keep("solve/seconds", kept)
    assert settings.number("solve/seconds", 60) == found
