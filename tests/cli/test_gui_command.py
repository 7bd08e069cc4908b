"""The window from the command line: by default, with a file, and a sentence where it cannot be shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6")

Call = Callable[..., Any]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path | None, str | None]]:
    """Note what is shown instead of showing it; this machine can show windows."""
    found: list[tuple[Path | None, str | None]] = []

    def run(path: Path | None = None, *, lang: str | None = None, way: str = "") -> int:
        found.append((path, way) if way else (path, lang))
        return 0

    monkeypatch.setattr("ui.window.app.run", run)
    monkeypatch.setattr("ui.window.machine.trouble", lambda: None)
    return found


@pytest.mark.parametrize("words", [(), ("gui",)])
def test_alone_the_program_opens_the_window(
    call: Call, shown: list[Any], words: tuple[str, ...]
) -> None:
    ended = call(*words)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert shown == [(None, None)]


@pytest.mark.parametrize("words", [(), ("gui",)])
def test_with_a_file_the_window_opens_on_it(
    call: Call, shown: list[Any], small_file: Path, words: tuple[str, ...]
) -> None:
    assert call(*words, small_file).code == 0
    assert shown == [(small_file, None)]


@pytest.mark.parametrize("way", ["copy", "read-only"])
def test_a_file_is_opened_as_it_is_asked(
    call: Call, shown: list[Any], small_file: Path, way: str
) -> None:
    for words in (("gui", small_file, "--as", way), (small_file, "--as", way)):
        assert call(*words).code == 0
    assert shown == [(small_file, way)] * 2
    assert call("gui", small_file, "--as", "poem").code == 1


def test_a_word_that_is_no_file_is_no_window(call: Call, shown: list[Any]) -> None:
    for words in (("slove",), ("gui", "slove")):
        ended = call(*words)
        assert ended.code == 1
        assert "slove" in ended.err
        assert "demo, info, check, solve" in ended.err
    assert shown == []


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")


@pytest.mark.usefixtures("no_screen")
@pytest.mark.parametrize(("lang", "told"), [("en", "no screen here"), ("fr", "pas d’écran ici")])
def test_without_a_screen_there_is_a_sentence(
    call: Call, monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    monkeypatch.setattr("ui.window.machine.lacking", lambda: "")
    ended = call("--lang", lang)
    assert (ended.code, ended.out) == (1, "")
    assert told in ended.err
    assert "apt-get install" in ended.err
    assert len(ended.err.strip().splitlines()) == 1


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_without_the_libraries_of_qt_there_is_a_line_to_paste(
    call: Call, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr("ui.window.machine.lacking", lambda: "libEGL.so.1")
    ended = call("gui", "--lang", lang)
    assert ended.code == 1
    assert "libEGL.so.1" in ended.err
    for package in ("libegl1", "libxkbcommon0", "libxcb-cursor0", "libdbus-1-3"):
        assert package in ended.err
    assert len(ended.err.strip().splitlines()) == 1


def test_the_readme_has_the_same_line_to_paste(root: Path) -> None:
    from ui.window.machine import LIBRARIES

    line = f"sudo apt-get install -y --no-install-recommends {LIBRARIES}"
    assert f"```sh\n{line}\n```" in (root / "README.md").read_text(encoding="utf-8")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.window import machine

    def fail(name: str) -> None:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(machine.importlib, "import_module", fail)
    assert machine.lacking() == "libEGL.so.1"


def test_what_x_needs_is_looked_for_only_under_x(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.window import machine

    def fail(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(machine.ctypes, "CDLL", fail)
    monkeypatch.setattr(machine.importlib, "import_module", lambda _name: None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert machine.lacking() == ""
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert machine.lacking() == "libxcb-cursor.so.0"


@pytest.mark.parametrize(("more", "seen", "opened"), [
    ((), True, True),
    (("--no-window",), True, False),
    (("--json",), True, False),
    ((), False, False),
])  # fmt: skip
def test_a_demo_ends_in_the_window_where_somebody_sees_it(
    call: Call,
    shown: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
    seen: bool,
    opened: bool,
) -> None:
    def pretend(demonstration: Any) -> dict[str, Any]:
        return {"placed": 1, "duties": 1, "scores": {"base": {"breaches": 0}}}

    monkeypatch.setattr("ui.cli.demonstrating.Demonstration.run", pretend)
    monkeypatch.setattr("ui.cli.gui.seen", lambda: seen)
    assert call("demo", "small", *more).code == 0
    assert shown == ([(Path("demo.opale"), None)] if opened else [])
